"""Rows of queries, put in order for pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Row = dict[str, str]


def by(rows: Iterable[Row], *names: str) -> Mapping[str, list[Row]]:
    """The rows by the value of a variable, or of the first of several that is bound; in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        key = next((row[name] for name in names if name in row), None)
        if key is not None:
            found.setdefault(key, []).append(row)
    return found


def values(rows: Iterable[Row], name: str) -> list[str]:
    """The values of a variable, each once, in the order of the rows."""
    return list(dict.fromkeys(row[name] for row in rows if name in row))


@dataclass(frozen=True)
class Tier:
    """The grades of a position in one tier, the highest first.

    Attributes:
        tier: IRI; None where the clause names none.
        grades: rows of the query of the grades.
    """

    tier: str | None
    grades: tuple[Row, ...]


def ladder(grades: Iterable[Row]) -> list[Tier]:
    """The grades of one position as a ladder: tiers, and in each the categories, from top to bottom."""
    tiers: dict[str | None, list[Row]] = {}
    for row in sorted(grades, key=lambda row: int(row.get("tierRank", 0)), reverse=True):
        tiers.setdefault(row.get("tier"), []).append(row)
    return [
        Tier(tier, tuple(sorted(rows, key=lambda row: int(row.get("categoryRank", 0)), reverse=True)))
        for tier, rows in tiers.items()
    ]


@dataclass(frozen=True)
class Match:
    """A concept of others that one of ours is matched with.

    Attributes:
        match: IRI of the property: how close it is.
        other: IRI of the concept.
        reasons: why, by language; none where the match speaks for itself.
    """

    match: str
    other: str
    reasons: Mapping[str, str]


def matches(rows: Iterable[Row]) -> list[Match]:
    """The matches of one concept, of the rows of the query of the mappings."""
    reasons: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        said = reasons.setdefault((row["match"], row["other"]), {})
        if "language" in row:
            said[row["language"]] = row["reason"]
    return [Match(match, other, said) for (match, other), said in reasons.items()]
