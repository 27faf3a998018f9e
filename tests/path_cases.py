"""The jurist cases for paths: sentences about where a career leads, as data in ``cases/paths/``.

A case has
    name, clause, why: a sentence; the clause of the target; where it helps, the reason.
    as_of, person, to: the date of the plan, the record with `claims`, the target.
    reachable, months, date, steps: the plan for the record with the entries of `assume`, if there are any; a step is
        {grade, month, date, by}, and `by` is position, speciality, activity, education or training.
    stands_in_way: conditions that keep the record alone, without `assume`, from the target for ever, as {kind, note}
        of one alternative; `note` is the code that an evaluation gives.
    changes: what the best plan obtains first for the record alone: {kind: education, level, field} (any one of the
        levels with any one of the fields, which are concepts), {kind: training, activity} or {kind: experience,
        activity} (work outside the order).
    way: `without-study` where the plan meant is the one that needs no further education, and not the fastest.
    assume: what was obtained and when, {credential | training | employment: entry}; how long studies take is no matter
        of these cases.
    optimistic: the same results when `undetermined` counts as reached, where they differ; `decided_by` names the facts
        that make the difference, {entry, fact, value}.
    error: `as-of` or `to`, the input that is impossible; then there is no plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from as_rdf import person_of
from oracle import Credential, Employment, Person, Training

Entry = TypeVar("Entry", Credential, Training, Employment)
PATHS = Path(__file__).parent / "cases" / "paths"
ENTRIES = {"credential": "credentials", "training": "trainings", "employment": "employments"}


@cache
def path_cases() -> tuple[tuple[str, dict[str, Any]], ...]:
    """(key, case) of every case of every file."""
    return tuple(
        (f"{path.stem}-{number:02}", case)
        for path in sorted(PATHS.glob("*.yaml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    )


def record(key: str, case: Mapping[str, Any]) -> Person:
    """The record of a case as it stands."""
    return person_of(key, case["person"])


def with_entries(person: Person, entries: list[dict[str, dict[str, Any]]]) -> Person:
    """A record with more entries, written as in `assume`."""
    facts: dict[str, list[dict[str, Any]]] = {name: [] for name in ENTRIES.values()}
    for entry in entries:
        for kind, fields in entry.items():
            facts[ENTRIES[kind]].append(fields)
    more = person_of(person.key, facts)
    return Person(
        person.key,
        (*person.credentials, *more.credentials),
        (*person.trainings, *more.trainings),
        (*person.employments, *more.employments),
    )


def with_facts(person: Person, facts: list[dict[str, Any]]) -> Person:
    """A record with facts filled in, written as in `decided_by`."""
    for fact in facts:
        value = tuple(fact["value"]) if isinstance(fact["value"], list) else str(fact["value"])
        person = Person(
            person.key,
            _filled(person.credentials, fact, value),
            _filled(person.trainings, fact, value),
            _filled(person.employments, fact, value),
        )
    return person


def _filled(entries: tuple[Entry, ...], fact: Mapping[str, Any], value: object) -> tuple[Entry, ...]:
    changes: dict[str, Any] = {fact["fact"]: value}
    return tuple(replace(entry, **changes) if entry.key == fact["entry"] else entry for entry in entries)
