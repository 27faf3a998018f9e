"""What lies ahead of somebody on a day: which grades are reached, and when time alone will reach the others.

Nothing is reckoned here: the published rules, with those named "prospect", are run over the record as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import pyoxigraph as ox

from bilik.engine import select
from bilik.evaluate import CompiledLaw
from bilik.evaluate.rules import ENTRY_LINKS, prospects
from bilik.namespaces import BASE, code, expand
from bilik.resources import folder

_PLAN = f"{BASE}plan/"


class Situation(NamedTuple):
    """Somebody on a day, looked at for one position.

    Attributes:
        record: the statements about the person and the entries of the record.
        position: IRI of the position whose grades are asked about.
    """

    person: str
    record: tuple[ox.Quad, ...]
    day: date
    position: str


class Prospect(NamedTuple):
    """How an alternative of a grade stands.

    Attributes:
        grade, alternative: IRIs.
        rank: 2 met, 1 unknown, 0 unmet.
        certain, possible: the day on which time alone makes it met, or met if everything open turns out well.
    """

    grade: str
    alternative: str
    rank: int
    certain: date | None
    possible: date | None


class Outlook(NamedTuple):
    """What lies ahead.

    Attributes:
        changes: the days to come on which the record itself changes, with the kind of entry that does it.
        posts: the posts certainly held, as "position category" in codes; a category not known is "unknown".
        levels: codes of the levels of education held.
        educated: IRIs of the education conditions that a credential held meets.
        trained: IRIs of the activities in which a training certainly counts.
        active: IRIs of the activities that employments serve which certainly go on, without an end.
    """

    prospects: tuple[Prospect, ...]
    changes: tuple[tuple[date, str], ...]
    posts: tuple[str, ...]
    levels: tuple[str, ...]
    educated: frozenset[str]
    trained: frozenset[str]
    active: frozenset[str]


def outlooks(situations: Sequence[Situation], law: CompiledLaw) -> list[Outlook]:
    """The outlook of each situation; all are looked at in one run of the rules, and equal records on a day once.

    Raises:
        EngineError: a rule cannot be run.
    """
    if not situations:
        return []
    states: dict[tuple[date, tuple[ox.Quad, ...]], list[Situation]] = {}
    for situation in situations:
        states.setdefault((situation.day, situation.record), []).append(situation)
    names = {state: f"{_PLAN}{number}" for number, state in enumerate(states)}
    records = [quad for state, alike in states.items() for quad in _apart(alike, names[state])]
    store = prospects(records, law, situations[0].day)
    found: dict[str, list[Prospect]] = defaultdict(list)
    for row in select(store, folder("queries", "plan", "outlook.rq")):
        certain, possible = _day(row.get("certain")), _day(row.get("possible"))
        prospect = Prospect(row["grade"], row["alternative"], int(row["rank"]), certain, possible)
        found[row["person"]].append(prospect)
    changes: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in select(store, folder("queries", "plan", "changes-of-record.rq")):
        if day := _day(row["day"]):
            changes[row["person"]].append((day, row["kind"]))
    of_position = {grade: law.facts[grade][expand("bilik:isGradeOf")][0] for grade in law.grades}
    seen = []
    for situation in situations:
        name = names[situation.day, situation.record]
        asked = tuple(one for one in found[name] if of_position[one.grade] == situation.position)
        trainings = _values(store, name, "calc:isTrainedFor")
        jobs = [j for j in _values(store, name, "bilik:hasEmployment") if not any(_values(store, j, "calc:endDay"))]
        going_on = [job for job in jobs if any(_values(store, job, "calc:goesOnCertainly"))]
        seen.append(
            Outlook(
                prospects=asked,
                changes=tuple(changes[name]),
                posts=tuple(sorted(_values(store, name, "calc:presentPost"))),
                levels=tuple(sorted({code(level) for level in _of_credentials(store, name, "calc:hasUsableLevel")})),
                educated=frozenset(_of_credentials(store, name, "calc:meetsEducation")),
                trained=frozenset(a for one in trainings for a in _values(store, one, "bilik:requiresActivity")),
                active=frozenset(a for job in going_on for a in _values(store, job, "calc:servesActivity")),
            )
        )
    return seen


def _apart(alike: Sequence[Situation], name: str) -> Iterator[ox.Quad]:
    """A record under names of its own, so that several states of one record fit into one graph."""
    first = alike[0]
    entries = {quad.object for quad in first.record if quad.predicate in ENTRY_LINKS}
    names = {entry: ox.NamedNode(f"{name}/{n}") for n, entry in enumerate(sorted(entries, key=str))}
    person = ox.NamedNode(name)
    names[ox.NamedNode(first.person)] = person
    for quad in first.record:
        yield ox.Quad(names.get(quad.subject, quad.subject), quad.predicate, names.get(quad.object, quad.object))
    yield ox.Quad(person, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("bilik:Person")))
    yield ox.Quad(person, ox.NamedNode(expand("bilik:asOf")), day_literal(first.day))
    for situation in alike:
        yield ox.Quad(person, ox.NamedNode(expand("calc:isJudgedFor")), ox.NamedNode(situation.position))


def day_literal(day: date) -> ox.Literal:
    """A day as a literal of a record."""
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(expand("xsd:date")))


def _of_credentials(store: ox.Store, person: str, term: str) -> Iterator[str]:
    for credential in _values(store, person, "calc:holds"):
        yield from _values(store, credential, term)


def _values(store: ox.Store, node: str, term: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(ox.NamedNode(node), ox.NamedNode(expand(term)), None):
        if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
            yield quad.object.value


def _day(number: str | None) -> date | None:
    """A day of the rules, 20200131; None where there is none, or one beyond the calendar."""
    if number is None or len(number) != 8:
        return None
    return date(int(number[:4]), int(number[4:6]), int(number[6:]))
