"""The jurist cases: sentences about the order, as data in ``cases/``, each with the verdict a jurist expects."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from as_rdf import person_iri, person_of, to_store
from bilik.evaluate import Verdict, compiled_law, judge

CASES = Path(__file__).parent / "cases"
LEAST = 80
"""Fewer cases would mean that files are not found."""


@cache
def cases() -> tuple[tuple[str, dict[str, Any]], ...]:
    """(key, case) of every case of every file."""
    return tuple(
        (f"{path.stem}-{number:02}", case)
        for path in sorted(CASES.glob("*.yaml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    )


@cache
def verdicts() -> dict[str, dict[str, Verdict]]:
    """case key → grade → verdict; all persons of one date are judged together."""
    by_date: dict[date, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for key, case in cases():
        by_date[case["as_of"]].append((key, case))
    found: dict[str, dict[str, Verdict]] = {}
    for as_of, together in by_date.items():
        store = to_store(person_of(key, case["person"] or {}) for key, case in together)
        judged = {judgement.person: judgement for judgement in judge(store, compiled_law(), as_of)}
        for key, _ in together:
            found[key] = {verdict.grade: verdict for verdict in judged[person_iri(key)].verdicts}
    return found


@pytest.mark.parametrize(("key", "case"), [pytest.param(k, c, id=f"{k}: {c['name']}") for k, c in cases()])
def test_case(key: str, case: dict[str, Any]) -> None:
    verdict = verdicts()[key][case["grade"]]
    assert verdict.outcome == case["verdict"], verdict
    assert verdict.provision == case["clause"]
    short = {
        alternative.number: condition.short_months
        for alternative in verdict.alternatives
        for condition in alternative.conditions
        if condition.kind == "experience"
    }
    expected = case.get("short", {})
    assert {number: short[number] for number in expected} == expected
    notes = {note for a in verdict.alternatives for condition in a.conditions for note in condition.notes}
    assert set(case.get("notes", ())) <= notes | set(verdict.notes)
    assert case.get("verdict_notes", list(verdict.notes)) == list(verdict.notes)


def test_cases_cover_the_order() -> None:
    """Every requirement clause has cases, and every grade."""
    found = [case for _, case in cases()]
    law = compiled_law()
    assert len(found) >= LEAST
    assert {case["grade"] for case in found} == {grade.rpartition("/")[2] for grade in law.grades}
    assert {case["verdict"] for case in found} == {"qualified", "undetermined", "not-qualified"}


def test_names_say_one_thing_each() -> None:
    names = [case["name"] for _, case in cases()]
    assert len(names) == len(set(names))
