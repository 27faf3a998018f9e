"""Ways to close a gap: what the law asks for in a position and a person might obtain, in every combination.

At most one course of study is added, because people study one thing at a time, and the training and the work outside
the position that one alternative asks for, as far as the record does not have them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import product
from typing import NamedTuple, TypeGuard

import pyoxigraph as ox

from bilik.evaluate import CompiledLaw
from bilik.namespaces import code, expand
from bilik.plan.assumptions import Assumptions
from bilik.plan.months import add_months
from bilik.plan.outlook import Outlook, day_literal
from bilik.plan.plan import Change
from bilik.plan.walk import ASSUMED, Start, Walked
from bilik.texts import rank

_ENTRIES = {
    "education": ("bilik:hasCredential", "bilik:awardedOn"),
    "training": ("bilik:hasTraining", "bilik:completedOn"),
    "experience": ("bilik:hasEmployment", "bilik:startedOn"),
}
"""Kind of change → the property that links the entry to the person, and the one that dates it."""


class Way(NamedTuple):
    """A start with changes added to its record."""

    changes: tuple[Change, ...]
    start: Start


def ways(
    start: Start,
    by_time: Walked,
    studied_for: Collection[str],
    law: CompiledLaw,
    assumptions: Assumptions,
    *,
    study_needed: bool,
) -> list[Way]:
    """Every way to go from a start that obtains something.

    Args:
        by_time: what comes of obtaining nothing.
        studied_for: grades (IRIs) one of whose education conditions a study has to serve.
        study_needed: no way without a study leads to what is wanted.
    """
    without: list[tuple[Change, ...]] = [] if study_needed else [()]
    courses = [*without, *((study,) for study in studies(start, by_time.start.levels, studied_for, law, assumptions))]
    practice = [(), *_practice(start, by_time.start, law, assumptions)]
    nothing_moves = not by_time.reached and by_time.record == start.record
    found = []
    for study, rest in product(dict.fromkeys(courses), dict.fromkeys(practice)):
        changes = tuple(sorted((*study, *rest), key=lambda change: change.day))
        if changes:
            added = [quad for number, change in enumerate(changes) for quad in _quads(start, change, number)]
            first = changes[0].day if nothing_moves else None
            found.append(Way(changes, start._replace(record=(*start.record, *added), untouched_until=first)))
    return found


def studies(
    start: Start, levels: Sequence[str], grades: Collection[str], law: CompiledLaw, assumptions: Assumptions
) -> Iterator[Change]:
    """The courses of study that meet an education condition of one of some grades (IRIs) of the position.

    Args:
        levels: codes of the levels of education held at the start.
    """
    for grade, conditions in _alternatives(start.position, law):
        if grade in grades:
            for asked in conditions:
                if asked[expand("calc:kind")][0] == "education":
                    yield from _studies(start, asked, levels, assumptions)


def _practice(
    start: Start, now: Outlook, law: CompiledLaw, assumptions: Assumptions
) -> Iterator[tuple[Change, ...]]:
    """What an alternative asks for in trainings and in work outside the position, as far as it is not there.

    Trainings do not come by themselves: all that are missing belong together, unless the record has some ahead. Work
    may be missing or long enough.
    """
    trainings_ahead = any(kind == "training" for _, kind in now.changes)
    for _, conditions in _alternatives(start.position, law):
        trainings, work = [], []
        for asked in conditions:
            kind = asked[expand("calc:kind")][0]
            if kind == "training":
                (activity,) = asked[expand("bilik:requiresActivity")]
                months, day = assumptions.training, add_months(start.as_of, assumptions.training)
                if activity not in now.trained:
                    trainings.append(Change(kind, None, (), None, code(activity), months, day))
            elif kind == "experience":
                months, day = int(asked[expand("bilik:minimumMonths")][0]), start.as_of + timedelta(days=1)
                reckoning = law.facts[asked[expand("calc:isReckonedBy")][0]]
                for activity in reckoning.get(expand("calc:countsActivity"), ()):
                    if activity not in now.active:
                        work.append(Change(kind, None, (), None, code(activity), months, day))
        if trainings:
            yield tuple(trainings)
        if work:
            yield (*trainings, *work)
        if work and trainings_ahead:
            yield tuple(work)


def _alternatives(position: str, law: CompiledLaw) -> Iterator[tuple[str, list[Mapping[str, list[str]]]]]:
    """(grade, conditions) of every alternative of the grades of a position."""
    facts = law.facts
    for grade in law.grades:
        if facts[grade][expand("bilik:isGradeOf")][0] == position:
            for alternative in facts[facts[grade][expand("bilik:hasRequirement")][0]][expand("bilik:hasAlternative")]:
                yield grade, [facts[condition] for condition in facts[alternative][expand("bilik:hasCondition")]]


def _studies(
    start: Start, asked: Mapping[str, list[str]], levels: Sequence[str], assumptions: Assumptions
) -> Iterator[Change]:
    """The quickest study that meets an education condition, in each field that past work would go with.

    Levels that would count a fortiori are left out: nobody is sent to study on the strength of a reading.
    """
    accepted = asked.get(expand("calc:acceptsLevel"), ())
    durations = {code(level): assumptions.study_months(code(level), levels) for level in accepted}
    known = {level: months for level, months in durations.items() if months is not None}
    if not known:
        return
    level = min(known, key=lambda one: (known[one], rank(f"level:{one}")))
    level_only = asked[expand("calc:hasFieldRule")][0] == expand("calc:levelOnly")
    fields = () if level_only else tuple(sorted(asked.get(expand("calc:acceptedCode"), ())))
    day = add_months(start.as_of, known[level])
    for field in [worked for worked in _fields(start) if worked.startswith(fields)] or fields[:1] or (None,):
        yield Change("education", level, fields, field, None, known[level], day)


def _fields(start: Start) -> list[str]:
    """Codes of the fields in the record, of work among others: experience counts in the field of the credential."""
    term, scheme = expand("bilik:hasField"), expand("isced-f:")
    named = {quad.object.value for quad in start.record if quad.predicate.value == term and _is_iri(quad.object)}
    return sorted(field.removeprefix(scheme) for field in named if field.startswith(scheme))


def _is_iri(term: object) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)


def _quads(start: Start, change: Change, number: int) -> Iterator[ox.Quad]:
    """The change as an entry of the person's record."""
    entry = ox.NamedNode(f"{ASSUMED}change/{number}")
    link, day = _ENTRIES[change.kind]
    yield ox.Quad(ox.NamedNode(start.person), ox.NamedNode(expand(link)), entry)
    yield ox.Quad(entry, ox.NamedNode(expand(day)), day_literal(change.day))
    concepts = {
        "bilik:hasEducationLevel": change.level and f"level:{change.level}",
        "bilik:hasField": change.field and f"isced-f:{change.field}",
        "bilik:coversActivity": change.activity and f"activity:{change.activity}",
    }
    for term, concept in concepts.items():
        if concept:
            yield ox.Quad(entry, ox.NamedNode(expand(term)), ox.NamedNode(expand(concept)))
    if change.kind == "experience":
        # A title makes it a post outside the order.
        yield ox.Quad(entry, ox.NamedNode(expand("bilik:positionTitle")), ox.Literal("(assumed)"))
