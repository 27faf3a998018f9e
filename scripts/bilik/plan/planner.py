"""Plans of persons: the way by time alone, what to obtain where that does not lead there, and how the ways compare.

A plan is exact given its assumptions: every way (``bilik.plan.ways``) is walked by the rules, and ``bilik.plan.walk``
says why a walk finds the earliest day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pyoxigraph as ox

from bilik.evaluate import CompiledLaw, Verdict, judge
from bilik.evaluate.rules import record_of
from bilik.namespaces import code, expand
from bilik.people import Records
from bilik.plan.assumptions import read_assumptions
from bilik.plan.months import add_months, months_until
from bilik.plan.plan import Change, Course, Obstacle, OpenFact, Plan, Step
from bilik.plan.walk import ASSUMED, Reached, Start, Walked, walk
from bilik.plan.ways import Way, studies, ways
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
    walks = _Walks(records, person, grades, law, as_of)
    outlines = walks.outlines(detailed=True)
    plans = []
    for grade, plan in zip(walks.targets, outlines, strict=True):
        position = _position(grade, law)
        waits, hopeful = walks.by_time[position].of(grade), walks.if_all_is_well[position]
        hoped = _course((), hopeful, grade, law, as_of)
        sooner = hoped if hoped.day and (waits is None or hoped.day < waits.day) else None
        facts = tuple(_open_facts(records, hopeful, sooner, law)) if sooner else ()
        obstacles = tuple(_obstacles(walks.at_the_end[grade])) if grade in walks.at_the_end else ()
        plans.append(replace(plan, optimistic=sooner, open_facts=facts, obstacles=obstacles))
    return plans


def outline_plans(records: Records, person: str, grades: Sequence[str], law: CompiledLaw, as_of: date) -> list[Plan]:
    """The plans without ``optimistic``, ``open_facts`` and ``obstacles``: for an overview of many grades."""
    return _Walks(records, person, grades, law, as_of).outlines(detailed=False)


class _Walks:
    """All walks that plans take: by time alone, if all is well, and the ways to close what gaps there are.

    Attributes:
        targets: IRIs of the grades.
        by_time, if_all_is_well: by position (IRI).
        at_the_end: by grade that time alone does not reach: the verdict when nothing changes any more.
    """

    def __init__(
        self, records: Records, person: str, grades: Sequence[str], law: CompiledLaw, as_of: date
    ) -> None:
        self.targets = [expand(f"grade:{grade}") for grade in grades]
        self.by_time: dict[str, Walked] = {}
        self.if_all_is_well: dict[str, Walked] = {}
        self.at_the_end: dict[str, Verdict] = {}
        record = tuple(record_of(records.store, person))
        claims = frozenset(_objects(record, "bilik:claimsGrade"))
        positions = dict.fromkeys(_position(grade, law) for grade in self.targets)
        self._starts = [Start(person, position, record, claims, as_of) for position in positions]
        self._law = law
        self._as_of = as_of
        self._assumptions = read_assumptions()
        self._ways: list[Way] = []

    def outlines(self, *, detailed: bool) -> list[Plan]:
        """Walk, and compare the ways for each target; ``detailed``: with the other two attributes."""
        hopeful = [start._replace(optimistic=True) for start in self._starts] if detailed else []

        def follow(number: int, walked: Walked) -> Sequence[Start]:
            return self._ways_from(number, walked, detailed) if number < len(self._starts) else ()

        walked = walk([*self._starts, *hopeful], self._law, self.targets, follow)
        first = len(self._starts) + len(hopeful)
        positions = [start.position for start in hopeful]
        self.if_all_is_well = dict(zip(positions, walked[len(self._starts) :], strict=False))
        outcomes = list(zip(self._ways, walked[first:], strict=True))
        return [self._outline(grade, outcomes) for grade in self.targets]

    def _ways_from(self, number: int, walked: Walked, detailed: bool) -> list[Start]:
        """The walk by time alone is over for a position: where the ways to close what gaps it leaves start."""
        start = self._starts[number]
        self.by_time[start.position] = walked
        lacking = [
            grade
            for grade in self.targets
            if _position(grade, self._law) == start.position and walked.of(grade) is None
        ]
        if not lacking:
            return []
        if detailed:
            self.at_the_end |= _when_nothing_changes(walked, lacking, self._law)
        study_needed = all(_lacks_education(grade, walked, self._law) for grade in lacking)
        studied_for = lacking if study_needed else self._law.grades
        added = ways(start, walked, studied_for, self._law, self._assumptions, study_needed=study_needed)
        self._ways += added
        return [way.start for way in added]

    def _outline(self, grade: str, outcomes: Sequence[tuple[Way, Walked]]) -> Plan:
        position = _position(grade, self._law)
        start = next(start for start in self._starts if start.position == position)
        by_time = self.by_time[position]
        waiting = _course((), by_time, grade, self._law, self._as_of)
        courses = [
            _course(way.changes, walked, grade, self._law, self._as_of)
            for way, walked in (outcomes if waiting.day is None else ())
            if way.start.position == position
        ]
        # Where education is lacking a study has to be one for the grade itself, and else such a one is told first.
        own = set(studies(start, by_time.start.levels, {grade}, self._law, self._assumptions))
        foreign = {course for course in courses if any(c.kind == "education" and c not in own for c in course.changes)}
        if _lacks_education(grade, by_time, self._law):
            courses = [course for course in courses if course not in foreign]
        courses.sort(key=lambda course: course in foreign)
        leading = _undominated(course for course in courses if course.day)
        best = min(leading, key=_by_day, default=waiting)
        others = tuple(_others(best, leading, waiting))
        known_from = _known_from(grade, self._law)
        return Plan(start.person, code(grade), self._as_of, best, others, None, (), (), known_from)


def _when_nothing_changes(walked: Walked, grades: Sequence[str], law: CompiledLaw) -> dict[str, Verdict]:
    """grade IRI → the verdict when the walk is over and all time has passed that any condition asks for."""
    minimum = expand("bilik:minimumMonths")
    longest = max(int(said[minimum][0]) for said in law.facts.values() if minimum in said)
    found = _verdicts(walked.record, law, grades, add_months(walked.until, longest + 1))
    return {expand(f"grade:{verdict.grade}"): verdict for verdict in found}


def _lacks_education(grade: str, walked: Walked, law: CompiledLaw) -> bool:
    """Whether every alternative asks for an education that is neither there nor to come: other studies do not help."""
    if any(kind == "education" for _, kind in walked.start.changes):
        return False
    (requirement,) = law.facts[grade][expand("bilik:hasRequirement")]
    alternatives = law.facts[requirement][expand("bilik:hasAlternative")]
    asked = [law.facts[one].get(expand("calc:asksEducation"), ()) for one in alternatives]
    return all(conditions and not walked.start.educated.intersection(conditions) for conditions in asked)


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
    requirement = facts[reached.grade][expand("bilik:hasRequirement")][0]
    return Step(
        grade=code(reached.grade),
        month=months_until(as_of, reached.day),
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
    """What is open in the grades of a course that is there only if all turns out well, each on the day of its step."""
    settling = settled_by("en")
    for step in course.steps:
        (verdict,) = _verdicts(walked.record, law, [expand(f"grade:{step.grade}")], step.day)
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
