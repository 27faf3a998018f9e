"""Ways to close a gap: what the law asks for in a position and a person might obtain, in every combination.

At most one course of study, one training and one job outside the position are added: people study one thing at a time,
and more of a kind is never needed, since each serves every grade of the position that asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import TypeGuard

import pyoxigraph as ox
from dateutil.relativedelta import relativedelta

from bilik.evaluate import CompiledLaw
from bilik.namespaces import code, expand
from bilik.plan.assumptions import Assumptions
from bilik.plan.outlook import day_literal
from bilik.plan.plan import Change
from bilik.plan.walk import ASSUMED, Start, Walked
from bilik.texts import rank

_ENTRIES = {
    "education": ("bilik:hasCredential", "bilik:awardedOn"),
    "training": ("bilik:hasTraining", "bilik:completedOn"),
    "experience": ("bilik:hasEmployment", "bilik:startedOn"),
}
"""Kind of change → the property that links the entry to the person, and the one that dates it."""


@dataclass(frozen=True)
class Way:
    """A start with changes added to its record."""

    changes: tuple[Change, ...]
    start: Start


def ways(
    start: Start, by_time: Walked, studied_for: Collection[str], law: CompiledLaw, assumptions: Assumptions
) -> list[Way]:
    """Every way to go from a start that obtains something.

    Args:
        by_time: what comes of obtaining nothing.
        studied_for: grades (IRIs) one of whose education conditions a study has to serve.
    """
    offered = list(dict.fromkeys(offers(start, by_time.levels, studied_for, law, assumptions)))
    by_kind = [[None, *(offer for offer in offered if offer.kind == kind)] for kind in _ENTRIES]
    nothing_moves = not by_time.reached and by_time.record == start.record
    found = []
    for chosen in product(*by_kind):
        changes = tuple(sorted(filter(None, chosen), key=lambda change: change.day))
        if changes:
            added = [quad for number, change in enumerate(changes) for quad in _quads(start, change, number)]
            first = changes[0].day if nothing_moves else None
            found.append(Way(changes, replace(start, record=(*start.record, *added), untouched_until=first)))
    return found


def offers(
    start: Start, levels: Sequence[str], studied_for: Collection[str], law: CompiledLaw, assumptions: Assumptions
) -> Iterator[Change]:
    """What might be obtained: studies that serve one of some grades, trainings and work that the position asks for.

    Args:
        levels: codes of the levels of education held at the start.
    """
    facts, position = law.facts, start.position
    tomorrow = start.as_of + timedelta(days=1)
    for grade in law.grades:
        if facts[grade][expand("bilik:isGradeOf")][0] != position:
            continue
        (requirement,) = facts[grade][expand("bilik:hasRequirement")]
        for alternative in facts[requirement][expand("bilik:hasAlternative")]:
            for condition in facts[alternative][expand("bilik:hasCondition")]:
                asked = facts[condition]
                kind = asked[expand("calc:kind")][0]
                if kind == "education" and grade in studied_for:
                    yield from _studies(start, asked, levels, assumptions)
                elif kind == "training":
                    (activity,) = asked[expand("bilik:requiresActivity")]
                    months, day = assumptions.training, start.as_of + relativedelta(months=assumptions.training)
                    yield Change(kind, None, (), None, code(activity), months, day)
                elif kind == "experience":
                    months = int(asked[expand("bilik:minimumMonths")][0])
                    reckoning = facts[asked[expand("calc:isReckonedBy")][0]]
                    for activity in reckoning.get(expand("calc:countsActivity"), ()):
                        yield Change(kind, None, (), None, code(activity), months, tomorrow)


def _studies(
    start: Start, asked: Mapping[str, list[str]], levels: Sequence[str], assumptions: Assumptions
) -> Iterator[Change]:
    """The quickest study that meets an education condition, in each field that past work would go with."""
    accepted = [*asked.get(expand("calc:acceptsLevel"), ()), *asked.get(expand("calc:acceptsLevelAFortiori"), ())]
    durations = {code(level): assumptions.study_months(code(level), levels) for level in accepted}
    known = {level: months for level, months in durations.items() if months is not None}
    if not known:
        return
    level = min(known, key=lambda one: (known[one], rank(f"level:{one}")))
    level_only = asked[expand("calc:hasFieldRule")][0] == expand("calc:levelOnly")
    fields = () if level_only else tuple(sorted(asked.get(expand("calc:acceptedCode"), ())))
    day = start.as_of + relativedelta(months=known[level])
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
