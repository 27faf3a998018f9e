"""Plans of persons: the way by time alone, what to obtain where that does not lead there, and how the ways compare.

A plan is exact given its assumptions: every way (``bilik.plan.ways``) is walked by the rules, and ``bilik.plan.walk``
says why a walk finds the earliest day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
from dateutil.relativedelta import relativedelta

from bilik.evaluate import CompiledLaw, Verdict, judge
from bilik.evaluate.rules import record_of
from bilik.namespaces import code, expand
from bilik.people import Records
from bilik.plan.assumptions import read_assumptions
from bilik.plan.plan import Change, Course, Obstacle, OpenFact, Plan, Step
from bilik.plan.walk import ASSUMED, Reached, Start, Walked, walk
from bilik.plan.ways import ways
from bilik.texts import settled_by

_SERVICE = {
    "calc:countsIn": "position",
    "calc:countsSpecialityOf": "speciality",
    "calc:countsActivity": "activity",
}
"""What a reckoning says it counts → how a step came about."""


def make_plans(records: Records, person: str, grades: Sequence[str], law: CompiledLaw, as_of: date) -> list[Plan]:
    """The plans of a person (IRI) for some grades (slugs), in their order.

    Raises:
        EngineError: a rule cannot be run.
    """
    targets = [expand(f"grade:{grade}") for grade in grades]
    starts = _starts(records, person, targets, law, as_of)
    walked = walk([*starts.values(), *(replace(start, optimistic=True) for start in starts.values())], law)
    by_time = dict(zip(starts, walked, strict=False))
    if_all_is_well = dict(zip(starts, walked[len(starts) :], strict=True))
    lacking = [grade for grade in targets if by_time[_position(grade, law)].of(grade) is None]
    obstacles = {
        verdict.grade: tuple(_obstacles(verdict))
        for verdict in (_verdicts(record_of(records.store, person), law, lacking, as_of) if lacking else ())
    }
    plans = []
    for grade, plan in zip(targets, _outlines(starts, by_time, targets, law), strict=True):
        position = _position(grade, law)
        waits = by_time[position].of(grade)
        hoped = _course((), if_all_is_well[position], grade, law, as_of)
        sooner = hoped if hoped.day and (waits is None or hoped.day < waits.day) else None
        facts = tuple(_open_facts(records, if_all_is_well[position], sooner, law)) if sooner else ()
        plans.append(replace(plan, optimistic=sooner, open_facts=facts, obstacles=obstacles.get(plan.to, ())))
    return plans


def outline_plans(records: Records, person: str, grades: Sequence[str], law: CompiledLaw, as_of: date) -> list[Plan]:
    """The plans without ``optimistic``, ``open_facts`` and ``obstacles``: for an overview of many grades."""
    targets = [expand(f"grade:{grade}") for grade in grades]
    starts = _starts(records, person, targets, law, as_of)
    return _outlines(starts, dict(zip(starts, walk(list(starts.values()), law), strict=True)), targets, law)


def _outlines(
    starts: Mapping[str, Start], by_time: Mapping[str, Walked], targets: Sequence[str], law: CompiledLaw
) -> list[Plan]:
    """By position where a person starts and what comes of waiting → the plans for the targets."""
    lacking = {_position(grade, law) for grade in targets if by_time[_position(grade, law)].of(grade) is None}
    assumptions = read_assumptions() if lacking else None
    tried = [
        way
        for position, start in starts.items()
        if position in lacking and assumptions
        for way in ways(start, by_time[position], law, assumptions)
    ]
    outcomes = list(zip(tried, walk([way.start for way in tried], law), strict=True))
    plans = []
    for grade in targets:
        position = _position(grade, law)
        start = starts[position]
        waiting = _course((), by_time[position], grade, law, start.as_of)
        courses = [
            _course(way.changes, walked, grade, law, start.as_of)
            for way, walked in (outcomes if waiting.day is None else ())
            if way.start.position == position
        ]
        leading = _undominated(course for course in courses if course.day)
        best = min(leading, key=_by_day, default=waiting)
        others = tuple(_others(best, leading, waiting))
        plans.append(Plan(start.person, code(grade), start.as_of, best, others, None, (), (), _known_from(grade, law)))
    return plans


def _starts(
    records: Records, person: str, targets: Sequence[str], law: CompiledLaw, as_of: date
) -> dict[str, Start]:
    """position IRI → where the person starts from in it."""
    record = tuple(record_of(records.store, person))
    claims = frozenset(_objects(record, "bilik:claimsGrade"))
    positions = dict.fromkeys(_position(grade, law) for grade in targets)
    return {position: Start(person, position, record, claims, as_of) for position in positions}


def _position(grade: str, law: CompiledLaw) -> str:
    return law.facts[grade][expand("bilik:isGradeOf")][0]


def _known_from(grade: str, law: CompiledLaw) -> date | None:
    (requirement,) = law.facts[grade][expand("bilik:hasRequirement")]
    days = law.facts[requirement].get(expand("bilik:inForceNotBefore"))
    return date.fromisoformat(days[0]) if days else None


def _course(changes: tuple[Change, ...], walked: Walked, grade: str, law: CompiledLaw, as_of: date) -> Course:
    target = walked.of(grade)
    if target is None:
        return Course(changes, (), None, None)
    on_the_way = [one for one in walked.reached if one.promotes and one.day < target.day]
    steps = tuple(_step(one, law, as_of) for one in [*on_the_way, target])
    return Course(changes, steps, target.day, steps[-1].month)


def _step(reached: Reached, law: CompiledLaw, as_of: date) -> Step:
    facts = law.facts
    asked = {
        facts[condition][expand("calc:kind")][0]: facts[condition]
        for condition in facts[reached.alternative][expand("bilik:hasCondition")]
    }
    experience = asked.get("experience")
    by = reached.by
    if by not in ("education", "training"):
        by = _service(facts[experience[expand("calc:isReckonedBy")][0]]) if experience else "education"
    passed = relativedelta(reached.day, as_of)
    requirement = facts[reached.grade][expand("bilik:hasRequirement")][0]
    return Step(
        grade=code(reached.grade),
        month=passed.years * 12 + passed.months + (1 if passed.days else 0),
        day=reached.day,
        by=by,
        provision=code(facts[requirement][expand("bilik:isStatedIn")][0]),
        alternative=int(facts[reached.alternative][expand("bilik:alternativeNumber")][0]),
        required_months=int(experience[expand("bilik:minimumMonths")][0]) if experience else None,
    )


def _service(reckoning: Mapping[str, list[str]]) -> str:
    return next(by for term, by in _SERVICE.items() if expand(term) in reckoning)


def _undominated(courses: Iterable[Course]) -> list[Course]:
    """The courses without those that obtain more than another one and are no sooner."""
    courses = list(courses)
    return [
        course
        for course in courses
        if not any(
            set(other.changes) < set(course.changes) and _by_day(other)[0] <= _by_day(course)[0] for other in courses
        )
    ]


def _by_day(course: Course) -> tuple[date, int]:
    assert course.day is not None, "only courses that lead there are compared"
    return course.day, len(course.changes)


def _others(best: Course, leading: Sequence[Course], waiting: Course) -> Iterator[tuple[str, Course]]:
    """What else can be said for another way than being the fastest."""
    if any(change.kind == "education" for change in best.changes):
        without = [course for course in leading if all(change.kind != "education" for change in course.changes)]
        yield "no-study", min(without, key=_by_day, default=waiting)
    fewest = min(leading, key=lambda course: (len(course.changes), course.day), default=best)
    if len(fewest.changes) < len(best.changes):
        yield "fewest-changes", fewest


def _open_facts(records: Records, walked: Walked, course: Course, law: CompiledLaw) -> Iterator[OpenFact]:
    """What is open in the grades of a course that is there only if all turns out well."""
    assert course.day is not None, "a course that leads nowhere is not sooner"
    settling = settled_by("en")
    grades = [expand(f"grade:{step.grade}") for step in course.steps]
    for verdict in _verdicts(walked.record, law, grades, course.day):
        unknown = [alternative for alternative in verdict.alternatives if alternative.result == "unknown"]
        for condition in (c for a in unknown for c in a.conditions if verdict.outcome == "undetermined"):
            if condition.result != "unknown":
                continue
            entries = tuple(records.shown(entry) for entry in condition.evidence if not entry.startswith(ASSUMED))
            notes = [note for note in condition.notes if note in settling] or [f"{condition.kind}-unknown"]
            yield from (OpenFact(verdict.grade, condition.kind, note, entries) for note in notes)


def _obstacles(verdict: Verdict) -> Iterator[Obstacle]:
    for alternative in verdict.alternatives:
        for asked in alternative.conditions:
            if asked.result != "met":
                yield Obstacle(alternative.number, asked.kind, asked.result, asked.notes, asked.short_months)


def _verdicts(record: Iterable[ox.Quad], law: CompiledLaw, grades: Sequence[str], day: date) -> Iterator[Verdict]:
    store = ox.Store()
    store.extend(record)
    for judgement in judge(store, law.only(set(grades)), day):
        yield from judgement.verdicts


def _objects(record: Iterable[ox.Quad], term: str) -> Iterator[str]:
    for quad in record:
        if quad.predicate.value == expand(term) and isinstance(quad.object, ox.NamedNode):
            yield quad.object.value
