"""The jurist cases for paths, lived through by the oracle of plans: the dates are right, and so are the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from rdflib import SKOS, Graph

from oracle import BILIK, PROJECT, Law, Person, judge, load_law, usable_date
from path_cases import path_cases, record, with_entries, with_facts
from plan_oracle import Simulated, made_possible_by, months_until, simulate

LEAST = 75
"""Fewer cases would mean that files are not found."""
KEYS = {
    *("name", "clause", "why", "as_of", "person", "to", "reachable", "months", "date", "steps"),
    *("stands_in_way", "way", "changes", "assume", "optimistic", "error"),
}
DAY = timedelta(days=1)


def having(*fields: str) -> list[Any]:
    """The cases that have these fields, as parameters."""
    return [
        pytest.param(key, case, id=f"{key}: {case['name']}")
        for key, case in path_cases()
        if all(field in case for field in fields)
    ]


@pytest.fixture(scope="module")
def law() -> Law:
    """The law as the project's graph states it."""
    return load_law()


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The law graph and the fields."""
    graph = Graph()
    for file in (*sorted((PROJECT / "data/order-775").glob("*.ttl")), PROJECT / "ontology/vocab/fields.ttl"):
        graph.parse(file)
    return graph


def lived(law: Law, person: Person, case: Mapping[str, Any], optimistic: bool = False) -> Simulated:
    """The career of a person of a case."""
    claims = case["person"].get("claims", ())
    return simulate(law, person, claims, case["to"], case["as_of"], optimistic=optimistic)


def agrees(
    law: Law, found: Simulated, expected: Mapping[str, Any], case: Mapping[str, Any], optimistic: bool = False
) -> None:
    """What came out is what the case says."""
    as_of = case["as_of"]
    assert (found.date is not None) == expected["reachable"], found.promotions
    assert found.date == expected.get("date"), found.promotions
    assert found.months == expected.get("months")
    if "steps" in expected:
        steps = [(step["grade"], step["date"], step["month"]) for step in expected["steps"]]
        assert [(grade, day, months_until(as_of, day)) for grade, day in found.promotions] == steps
    for step in expected.get("steps", ()):
        if "by" in step:
            by = made_possible_by(law, found, step["grade"], step["date"], as_of, optimistic=optimistic)
            assert step["by"] in by, (step, by)


@pytest.mark.parametrize(("key", "case"), having("reachable"))
def test_the_plan(law: Law, key: str, case: dict[str, Any]) -> None:
    person = with_entries(record(key, case), case.get("assume", []))
    agrees(law, lived(law, person, case), case, case)


@pytest.mark.parametrize(("key", "case"), having("reachable"))
def test_the_optimistic_reading(law: Law, key: str, case: dict[str, Any]) -> None:
    """It differs exactly where the case says so."""
    person = with_entries(record(key, case), case.get("assume", []))
    agrees(law, lived(law, person, case, optimistic=True), {**_plan(case), **case.get("optimistic", {})}, case, True)


def _plan(case: Mapping[str, Any]) -> dict[str, Any]:
    """What is expected of the optimistic reading where nothing else is said: the same days."""
    return {name: case[name] for name in ("reachable", "months", "date") if name in case}


@pytest.mark.parametrize(("key", "case"), having("optimistic"))
def test_the_facts_that_decide(law: Law, key: str, case: dict[str, Any]) -> None:
    """With all of them the plan is the optimistic one; without any of them it is not."""
    facts = case["optimistic"].get("decided_by", [])
    assert bool(facts) == case["optimistic"]["reachable"]
    hoped = case["optimistic"].get("date")
    if facts:
        assert lived(law, with_facts(record(key, case), facts), case).date == hoped
    for fact in facts:
        others = [other for other in facts if other != fact]
        assert lived(law, with_facts(record(key, case), others), case).date != hoped, fact


@pytest.mark.parametrize(("key", "case"), having("stands_in_way"))
def test_what_stands_in_the_way(law: Law, key: str, case: dict[str, Any]) -> None:
    """The conditions of one alternative that are not met when nothing changes any more.

    No alternative has fewer, unless the plan goes a way of its own.
    """
    found = lived(law, record(key, case), case)
    assert found.date is None
    lacking = [
        {condition.kind: set(condition.notes) for condition in alternative.conditions if condition.result != "met"}
        for alternative in judge(law, found.record, case["to"], found.until).alternatives
    ]
    expected = {way["kind"]: {way["note"]} if "note" in way else set() for way in case["stands_in_way"]}
    assert any(
        kinds.keys() == expected.keys() and all(expected[kind] <= kinds[kind] for kind in kinds) for kinds in lacking
    ), lacking
    assert "way" in case or len(expected) == min(map(len, lacking)), lacking


@pytest.mark.parametrize(("key", "case"), having("changes"))
def test_the_changes_suffice_and_are_needed(law: Law, graph: Graph, key: str, case: dict[str, Any]) -> None:
    """Whichever of the levels and fields is chosen; and without any one change the target is never reached."""
    person, changes = record(key, case), case["changes"]
    assert lived(law, person, case).date is None
    for entries in product(*(_entries(graph, change, case["as_of"] + DAY) for change in changes)):
        assert lived(law, with_entries(person, list(entries)), case).date is not None, entries
        for number in range(len(entries)):
            fewer = [*entries[:number], *entries[number + 1 :]]
            assert lived(law, with_entries(person, fewer), case).date is None, fewer


def _entries(graph: Graph, change: Mapping[str, Any], day: date) -> list[dict[str, dict[str, Any]]]:
    """Every entry by which a change may be made, as if it were made on one day."""
    if change["kind"] == "education":
        return [
            {"credential": {"key": "new", "level": level, "field": code, "awarded": day}}
            for level, field in product(change["level"], change["field"])
            for code in _codes(graph, field)
        ]
    if change["kind"] == "training":
        return [{"training": {"key": "new", "activity": change["activity"], "completed": day}}]
    assert change["kind"] == "experience"
    return [{"employment": {"key": "new", "title": "Outside", "activity": change["activity"], "start": day}}]


def _codes(graph: Graph, field: str) -> list[str]:
    """The members of a field."""
    (concept,) = [
        concept
        for concept, notation in graph.subject_objects(SKOS.notation)
        if str(notation) == field and str(concept).startswith("https://w3id.org/bilik/voc/field/")
    ]
    return sorted(str(member).rsplit("/", 1)[-1] for member in graph.objects(concept, SKOS.narrowMatch))


@pytest.mark.parametrize(("key", "case"), having("assume"))
def test_what_is_assumed_makes_the_changes(graph: Graph, key: str, case: dict[str, Any]) -> None:
    """One entry for each change, of its kind, in its order."""
    kinds = {"credential": "education", "training": "training", "employment": "experience"}
    for entry, change in zip(case["assume"], case["changes"], strict=True):
        ((kind, facts),) = entry.items()
        assert kinds[kind] == change["kind"]
        if kind == "credential":
            assert facts["level"] in change["level"]
            assert any(facts["field"].startswith(code) for field in change["field"] for code in _codes(graph, field))
        else:
            assert facts["activity"] == change["activity"]
        assert (facts.get("awarded") or facts.get("completed") or facts["start"]) > case["as_of"]


@pytest.mark.parametrize(("key", "case"), having("error"))
def test_impossible_input(law: Law, key: str, case: dict[str, Any]) -> None:
    """Either the date is no day of the calendar, or the target is no grade and no position; the rest is in order."""
    assert (usable_date(str(case["as_of"])) is None) == (case["error"] == "as-of")
    known = {*law.position_of, *law.position_of.values()}
    assert (case["to"] not in known) == (case["error"] == "to")
    assert set(case["person"].get("claims", ())) <= law.position_of.keys()


# --- the cases as a whole --------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "case"), having())
def test_the_form(graph: Graph, key: str, case: dict[str, Any]) -> None:
    assert case.keys() <= KEYS
    assert ("reachable" in case) != ("error" in case)
    assert ("date" in case) == ("months" in case) == bool(case.get("reachable"))
    assert case.get("reachable", True) or "stands_in_way" in case
    assert case.get("steps", [{"grade": case["to"]}])[-1]["grade"] == case["to"]
    if "clause" in case:
        stated = {
            str(provision).rsplit("/", 1)[-1]
            for grade, notation in graph.subject_objects(SKOS.notation)
            if str(notation) == case["to"] and (grade, BILIK.hasRequirement, None) in graph
            for provision in graph.objects(grade, BILIK.isStatedIn)
        }
        assert stated == {case["clause"]}
    else:
        assert case["error"] == "to"


def test_the_cases_cover_what_a_plan_can_say(law: Law) -> None:
    cases = [case for _, case in path_cases()]
    assert len(cases) >= LEAST
    assert {law.position_of[case["to"]] for case in cases if "reachable" in case} == set(law.position_of.values())
    by = {step["by"] for case in cases for step in case.get("steps", ()) if "by" in step}
    assert by == {"position", "speciality", "activity", "education", "training"}
    assert {change["kind"] for case in cases for change in case.get("changes", ())} == {
        *("education", "training", "experience")
    }
    facts = {fact["fact"] for case in cases for fact in case.get("optimistic", {}).get("decided_by", ())}
    assert facts == {"level", "field", "category", "position", "activity", "start", "end", "recognised_for"}
    assert {case["error"] for case in cases if "error" in case} == {"as-of", "to"}
    assert any(case.get("months") == 0 for case in cases)
    names = [case["name"] for case in cases]
    assert len(names) == len(set(names))
