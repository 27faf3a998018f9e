"""The registry of an order: the names, keys and words that reading its text and writing its graph depend on."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bilik.errors import SourceError


@dataclass(frozen=True)
class Names:
    """One name in the three languages."""

    kk: str
    ru: str
    en: str


@dataclass(frozen=True)
class Block:
    """A fixed block of the text outside sections, clauses and points; ``part`` is the provision it belongs to."""

    kind: str
    text: str
    part: str | None = None


@dataclass(frozen=True)
class Act:
    """Another act that the text cites, as notes name it: by date and number."""

    key: str
    date: date
    number: str
    names: Names


@dataclass(frozen=True)
class Calendar:
    """The words by which the text tells days: the beginnings of the names of the twelve months; numbers of days."""

    months: tuple[str, ...]
    days: Mapping[str, int]


@dataclass(frozen=True)
class PositionEntry:
    """A position of the order; see the comments of the registry file."""

    key: str
    heading: str
    index: str
    post: str
    names: Names
    exclusion: Names | None
    relevant_field: str | None
    relevant_reading: str | None
    implied_field: str | None
    implied_activity: str | None
    member_of: str | None
    also: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class GroupEntry:
    """A group of positions that a clause names as one; ``posts`` is its word before "positions"."""

    key: str
    posts: str
    names: Names
    implied_field: str | None
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Wordings of the requirement sentences: code → wordings, in the normalised spelling."""

    levels: Mapping[str, tuple[str, ...]]
    glosses: tuple[Mapping[str, str], ...]
    wrapped_levels: tuple[Mapping[str, str], ...]
    fields: Mapping[str, tuple[str, ...]]
    activities: Mapping[str, tuple[str, ...]]
    activity_readings: Mapping[str, str]
    omissions: tuple[Mapping[str, str], ...]
    tiers: Mapping[str, tuple[str, ...]]
    tier_readings: Mapping[str, str]
    category_labels: Mapping[str, tuple[str, ...]]
    category_services: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Registry:
    """Everything the registry files say of one order; ``licence`` is the IRI of that of the graph made from it."""

    key: str
    source: str
    licence: str
    names: Names
    acts: tuple[Act, ...]
    calendar: Calendar
    look_alikes: Mapping[str, str]
    slips: Mapping[str, str]
    clause_headings: Mapping[str, tuple[str, ...]]
    blocks: tuple[Block, ...]
    words: Words
    positions: tuple[PositionEntry, ...]
    groups: tuple[GroupEntry, ...]

    def act(self, when: date, number: str) -> Act:
        """The registered act of that date and number.

        Raises:
            SourceError: the registry names no such act.
        """
        for act in self.acts:
            if (act.date, act.number) == (when, number):
                return act
        raise SourceError(f"the registry names no act No. {number} of {when.isoformat()}")


def read_registry(folder: Path, order: str) -> Registry:
    """Read ``<order>.toml`` and ``letter-slips.tsv`` from the registry folder."""
    data = tomllib.loads((folder / f"{order}.toml").read_text(encoding="utf-8"))
    with (folder / "letter-slips.tsv").open(encoding="utf-8", newline="") as table:
        slips = {row["word"]: row["right"] for row in csv.DictReader(table, delimiter="\t")}
    head = data["order"]
    return Registry(
        key=head["key"],
        source=head["source"],
        licence=head["licence"],
        names=_names(head),
        acts=tuple(
            Act(key, act["cited"]["date"], act["cited"]["number"], _names(act)) for key, act in data["acts"].items()
        ),
        calendar=Calendar(tuple(data["calendar"]["months"]), data["calendar"]["days"]),
        look_alikes=data["look_alikes"],
        slips=slips,
        clause_headings=_wordings(data["clause_headings"]),
        blocks=tuple(Block(**block) for block in data["blocks"]),
        words=_words(data["words"]),
        positions=tuple(_position(entry) for entry in data["positions"]),
        groups=tuple(
            GroupEntry(
                key=entry["key"],
                posts=entry["posts"],
                names=_names(entry),
                implied_field=entry.get("implied_field"),
                readings=tuple(entry.get("readings", ())),
            )
            for entry in data["position_groups"]
        ),
    )


def _names(entry: Mapping[str, Any]) -> Names:
    return Names(entry["kk"], entry["ru"], entry["en"])


def _wordings(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(wordings) for key, wordings in table.items()}


def _words(data: Mapping[str, Any]) -> Words:
    return Words(
        levels=_wordings(data["levels"]),
        glosses=tuple(data["glosses"]),
        wrapped_levels=tuple(data["wrapped_levels"]),
        fields=_wordings(data["fields"]),
        activities=_wordings(data["activities"]),
        activity_readings=data["activity_readings"],
        omissions=tuple(data["omissions"]),
        tiers=_wordings(data["tiers"]),
        tier_readings=data["tier_readings"],
        category_labels={key: tuple(entry["label"]) for key, entry in data["categories"].items()},
        category_services={key: tuple(entry["service"]) for key, entry in data["categories"].items()},
    )


def _position(entry: Mapping[str, Any]) -> PositionEntry:
    heading = entry["heading"]
    exclusion = entry.get("exclusion")
    return PositionEntry(
        key=entry["key"],
        heading=heading,
        index=entry.get("index", heading),
        post=entry["post"],
        names=Names(f"{heading} ({exclusion})" if exclusion else heading, entry["ru"], entry["en"]),
        exclusion=Names(exclusion, entry["exclusion_ru"], entry["exclusion_en"]) if exclusion else None,
        relevant_field=entry.get("relevant_field"),
        relevant_reading=entry.get("relevant_reading"),
        implied_field=entry.get("implied_field"),
        implied_activity=entry.get("implied_activity"),
        member_of=entry.get("member_of"),
        also=tuple(entry.get("also", ())),
        readings=tuple(entry.get("readings", ())),
    )
