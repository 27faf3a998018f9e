"""The rows of an audit as the verdicts of ``check`` make them, and random people as tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from as_tables import Tables, as_csv, tables
from bilik.evaluate import AlternativeResult, Judgement, Verdict
from oracle import Person

OF_EDUCATION = ("no-credential", "level-unknown", "level-unmet", "field-not-stated", "field-unknown", "field-unmet")
"""The notes that say what is wrong with an education, in the order in which a reason names them."""
RANKS = ("unmet", "unknown", "met")

Row = tuple[str, str, str, bool, int, int | None, str | None]


def rows_of(judgement: Judgement, person: str) -> list[Row]:
    """The rows of one person, in the order of the law."""
    return [row_of(verdict, person, claimed=verdict.grade in judgement.claims) for verdict in judgement.verdicts]


def row_of(verdict: Verdict, person: str, *, claimed: bool) -> Row:
    """One row: the best alternative, how far it is from being met, and what is not met of it."""
    best = min(verdict.alternatives, key=lambda a: (-RANKS.index(a.result), _short(a), a.number))
    incurable = any(c.kind != "experience" and c.result == "unmet" for c in best.conditions)
    reason = verdict.notes or _reasons(best)
    return (
        person,
        verdict.grade,
        verdict.outcome,
        claimed,
        best.number,
        None if incurable else _short(best),
        ";".join(reason) or None,
    )


def _short(alternative: AlternativeResult) -> int:
    return sum(c.short_months or 0 for c in alternative.conditions if c.kind == "experience")


def _reasons(alternative: AlternativeResult) -> list[str]:
    found = []
    for condition in alternative.conditions:
        if condition.result == "met":
            continue
        if condition.kind == "education":
            found += [f"education-{note}" for note in OF_EDUCATION if note in condition.notes]
        else:
            found.append(f"{condition.kind}-{condition.result}")
    return found


def as_table_set(folder: Path, people: Iterable[Person], claims: Iterable[tuple[str, str, str, str]] = ()) -> Path:
    """A folder of CSV files with the records of people, and (person, position, tier, category) of their claims."""
    folder.mkdir()
    return as_csv(folder, tables_of(people, claims))


def tables_of(people: Iterable[Person], claims: Iterable[tuple[str, str, str, str]] = ()) -> Tables:
    """The same as tables. What a table cannot say of a record is left out: a value that is an empty text."""
    people = list(people)
    return tables(
        employees=[*claims, *((person.key, "", "", "") for person in people)],
        credentials=[
            (p.key, c.level or "", c.field or "", c.awarded or "", ";".join(c.recognised_for))
            for p in people
            for c in p.credentials
        ],
        trainings=[(p.key, t.activity or "", t.completed or "") for p in people for t in p.trainings],
        employments=[
            (
                p.key,
                j.position or j.title or "",
                j.tier or "",
                j.category or "",
                j.field or "",
                j.activity or "",
                j.start or "",
                j.end or "",
                ";".join(j.recognised_for),
            )
            for p in people
            for j in p.employments
        ],
    )
