"""Plans equal an exhaustive simulation: by time alone, if all that is open turns out well, and with what is obtained.

``BILIK_PLANS`` says how many random people are compared.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest

from as_rdf import person_iri, to_quads
from bilik.evaluate import compiled_law
from bilik.namespaces import expand
from bilik.people import Records
from bilik.plan.plan import Change, Course, Plan
from bilik.plan.planner import make_plans, outline_plans
from oracle import Credential, Employment, Law, Person, Training, load_law
from plan_oracle import Simulated, simulate
from plan_people import PlanCase, plan_cases

PLANS = int(os.environ.get("BILIK_PLANS", "100"))
SEED = 775


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def planned(law: Law) -> list[tuple[PlanCase, Plan]]:
    """Random people with the plans for their targets."""
    found = []
    for case in plan_cases(SEED, PLANS, law):
        person, claims, target, as_of = case
        (plan,) = make_plans(records_of(person, claims), person_iri(person.key), [target], compiled_law(), as_of)
        found.append((case, plan))
    return found


def records_of(person: Person, claims: Iterable[str]) -> Records:
    """The record of a person who claims some grades."""
    records = Records()
    records.store.extend(to_quads(person))
    for claim in claims:
        subject, term = ox.NamedNode(person_iri(person.key)), ox.NamedNode(expand("bilik:claimsGrade"))
        records.store.add(ox.Quad(subject, term, ox.NamedNode(expand(f"grade:{claim}"))))
    return records


def changed(person: Person, changes: Collection[Change], as_of: date) -> Person:
    """The person with the changes of a course carried out."""
    for number, change in enumerate(changes):
        key, day = f"change-{number}", change.day.isoformat()
        if change.kind == "education":
            paper = Credential(key, change.level, change.field, day)
            person = replace(person, credentials=(*person.credentials, paper))
        elif change.kind == "training":
            person = replace(person, trainings=(*person.trainings, Training(key, change.activity, day)))
        else:
            job = Employment(key, title="elsewhere", activity=change.activity, start=day)
            person = replace(person, employments=(*person.employments, job))
    return person


def compared(course: Course | None) -> object:
    if course is None or course.day is None:
        return None
    return course.day, course.months, tuple((step.grade, step.day) for step in course.steps)


def simulated(outcome: Simulated) -> object:
    return (outcome.date, outcome.months, outcome.promotions) if outcome.date else None


def waiting(plan: Plan) -> Course | None:
    """The course by time alone."""
    return None if plan.best.changes else plan.best


def test_time_alone(law: Law, planned: list[tuple[PlanCase, Plan]]) -> None:
    for (person, claims, target, as_of), plan in planned:
        expected = simulated(simulate(law, person, claims, target, as_of))
        assert compared(waiting(plan)) == expected, (person, claims, target, as_of)


def test_if_everything_open_turns_out_well(law: Law, planned: list[tuple[PlanCase, Plan]]) -> None:
    for (person, claims, target, as_of), plan in planned:
        if as_of < law.worded[target]:
            continue  # no paper settles what the wording was: a plan does not hope for it
        outcome = simulate(law, person, claims, target, as_of, optimistic=True)
        sooner, waits = plan.optimistic, waiting(plan)
        if sooner:
            assert compared(sooner) == simulated(outcome), (person, claims, target, as_of)
        else:
            # As late as by time alone, perhaps with other promotions on the way.
            assert (waits and waits.day) == outcome.date, (person, claims, target, as_of)
        assert bool(plan.open_facts) == bool(sooner), "what makes the difference is named"


def test_what_is_obtained_first(law: Law, planned: list[tuple[PlanCase, Plan]]) -> None:
    """Every way proposed leads there on the day it says, and not without all that it obtains."""
    for (person, claims, target, as_of), plan in planned:
        for course in (plan.best, *(course for _, course in plan.others)):
            expected = simulate(law, changed(person, course.changes, as_of), claims, target, as_of)
            assert compared(course) == simulated(expected), (person, claims, target, as_of)
            for left_out in course.changes:
                fewer = [change for change in course.changes if change is not left_out]
                without = simulate(law, changed(person, fewer, as_of), claims, target, as_of).date
                assert without is None or (course.day and without > course.day), (person, target, left_out)


def test_all_kinds_of_plans_occur(planned: list[tuple[PlanCase, Plan]]) -> None:
    kinds = Counter[str]()
    for _, plan in planned:
        kinds["at once"] += plan.best.months == 0
        kinds["by time alone"] += bool(plan.best.months and not plan.best.changes)
        kinds["with promotions on the way"] += len(plan.best.steps) > 1
        kinds["by study"] += any(change.kind == "education" for change in plan.best.changes)
        kinds["sooner if all is well"] += plan.optimistic is not None
        kinds["with obstacles"] += bool(plan.obstacles)
        kinds["with other ways"] += bool(plan.others)
        for step in plan.best.steps:
            kinds[step.by] += 1
    assert set(kinds) >= {"position", "speciality", "activity", "education"}
    assert min(kinds.values()) > 0, kinds


def test_an_overview_says_what_each_plan_says(law: Law) -> None:
    grades = sorted(law.position_of)
    for person, claims, _, as_of in plan_cases(SEED + 1, 4, law):
        records, compiled = records_of(person, claims), compiled_law()
        outlines = outline_plans(records, person_iri(person.key), grades, compiled, as_of)
        for grade, outline in zip(grades, outlines, strict=True):
            (plan,) = make_plans(records, person_iri(person.key), [grade], compiled, as_of)
            assert (outline.to, outline.best, outline.others) == (grade, plan.best, plan.others), (person, as_of)
