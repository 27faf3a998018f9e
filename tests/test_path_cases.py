"""The jurist cases for paths, planned: ``bilik path`` gives the dates, the steps and the reasons that they expect."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from as_rdf import person_iri
from bilik.evaluate import compiled_law
from bilik.plan.plan import Course, Plan
from bilik.plan.planner import make_plans
from command_line import record as record_file
from command_line import refusal
from oracle import Person
from path_cases import path_cases, record, with_entries
from test_plan import records_of, waiting


def having(*fields: str) -> list[Any]:
    """The cases that have these fields, as parameters."""
    return [
        pytest.param(key, case, id=f"{key}: {case['name']}")
        for key, case in path_cases()
        if all(field in case for field in fields)
    ]


@cache
def _planned(key: str, *, assumed: bool) -> Plan:
    case = dict(path_cases())[key]
    person = record(key, case)
    return planned(with_entries(person, case.get("assume", [])) if assumed else person, case)


def planned(person: Person, case: dict[str, Any]) -> Plan:
    """The plan of a person of a case."""
    records = records_of(person, case["person"].get("claims", ()))
    return make_plans(records, person_iri(person.key), [case["to"]], compiled_law(), case["as_of"])[0]


def agrees(course: Course | None, expected: dict[str, Any]) -> None:
    """A course by time alone is what a case says."""
    if not expected["reachable"]:
        assert course is None or course.day is None
        return
    assert course is not None
    assert (course.day, course.months) == (expected["date"], expected["months"])
    if "steps" in expected:
        steps = [(step["grade"], step["date"], step["month"]) for step in expected["steps"]]
        assert [(step.grade, step.day, step.month) for step in course.steps] == steps
        for step, shown in zip(expected["steps"], course.steps, strict=True):
            assert step.get("by", shown.by) == shown.by


@pytest.mark.parametrize(("key", "case"), having("reachable"))
def test_the_plan(key: str, case: dict[str, Any]) -> None:
    plan = _planned(key, assumed=True)
    agrees(waiting(plan), case)
    assert plan.best.steps == () or plan.best.steps[-1].provision == case["clause"]


@pytest.mark.parametrize(("key", "case"), having("optimistic"))
def test_the_optimistic_reading(key: str, case: dict[str, Any]) -> None:
    plan = _planned(key, assumed=True)
    agrees(plan.optimistic or waiting(plan), case["optimistic"])
    concerned = {entry.rpartition("#")[2] for fact in plan.open_facts for entry in fact.entries}
    assert {fact["entry"] for fact in case["optimistic"].get("decided_by", ())} <= concerned


@pytest.mark.parametrize(("key", "case"), having("stands_in_way"))
def test_what_stands_in_the_way(key: str, case: dict[str, Any]) -> None:
    plan = _planned(key, assumed=False)
    assert waiting(plan) is None or plan.best.day is None
    expected = {way["kind"]: {way["note"]} if "note" in way else set() for way in case["stands_in_way"]}
    alternatives: dict[int, dict[str, set[str]]] = {}
    for obstacle in plan.obstacles:
        alternatives.setdefault(obstacle.alternative, {})[obstacle.kind] = set(obstacle.notes)
    assert any(
        kinds.keys() == expected.keys() and all(expected[kind] <= notes for kind, notes in kinds.items())
        for kinds in alternatives.values()
    ), alternatives


@pytest.mark.parametrize(("key", "case"), having("changes"))
def test_what_is_obtained_first(key: str, case: dict[str, Any]) -> None:
    """Of the ways compared one obtains exactly this."""
    plan = _planned(key, assumed=False)
    courses = [plan.best, *(course for _, course in plan.others)]
    expected = sorted((change["kind"], change.get("activity")) for change in case["changes"])
    fitting = [
        course
        for course in courses
        if sorted((change.kind, change.activity) for change in course.changes) == expected and course.day
    ]
    assert fitting, courses
    levels = {level for change in case["changes"] for level in change.get("level", ())}
    assert {change.level for course in fitting for change in course.changes if change.level} <= levels


@pytest.mark.parametrize(("key", "case"), having("error"))
def test_impossible_input(tmp_path: Path, key: str, case: dict[str, Any]) -> None:
    person = record_file(tmp_path, ":a a bilik:Person .")
    line = refusal("path", person, "--to", case["to"], "--as-of", case["as_of"])
    assert str(case["as_of"] if case["error"] == "as-of" else case["to"]) in line
