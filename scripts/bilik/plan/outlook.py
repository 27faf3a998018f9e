"""What lies ahead of somebody on a day: which grades are reached, and when time alone will reach the others.

Nothing is reckoned here: the published rules, with those named "prospect", are run over the record as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from bilik.engine import select
from bilik.evaluate import CompiledLaw
from bilik.evaluate.rules import ENTRY_LINKS, prospects
from bilik.namespaces import BASE, expand
from bilik.resources import folder

_PLAN = f"{BASE}plan/"


@dataclass(frozen=True)
class Situation:
    """Somebody on a day, looked at for one position.

    Attributes:
        record: the statements about the person and the entries of the record.
        position: IRI of the position whose grades are asked about.
    """

    person: str
    record: tuple[ox.Quad, ...]
    day: date
    position: str


@dataclass(frozen=True)
class Prospect:
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


@dataclass(frozen=True)
class Outlook:
    """What lies ahead.

    Attributes:
        changes: the days to come on which the record itself changes, with the kind of entry that does it.
        posts: the posts certainly held, as "position category" in codes; a category not known is "unknown".
        levels: codes of the levels of education held.
    """

    prospects: tuple[Prospect, ...]
    changes: tuple[tuple[date, str], ...]
    posts: tuple[str, ...]
    levels: tuple[str, ...]


def outlooks(situations: Sequence[Situation], law: CompiledLaw) -> list[Outlook]:
    """The outlook of each situation; all are looked at in one run of the rules.

    Raises:
        EngineError: a rule cannot be run.
    """
    if not situations:
        return []
    records: list[ox.Quad] = []
    for number, situation in enumerate(situations):
        records += _apart(situation, number)
    store = prospects(records, law, situations[0].day)
    found: dict[str, list[Prospect]] = defaultdict(list)
    for row in select(store, folder("queries", "plan", "outlook.rq")):
        found[row["person"]].append(
            Prospect(
                row["grade"], row["alternative"], int(row["rank"]), _day(row.get("certain")), _day(row.get("possible"))
            )
        )
    changes: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in select(store, folder("queries", "plan", "changes-of-record.rq")):
        if day := _day(row["day"]):
            changes[row["person"]].append((day, row["kind"]))
    return [
        Outlook(
            tuple(found[person]),
            tuple(changes[person]),
            tuple(sorted(_values(store, person, "calc:worksAs"))),
            tuple(sorted(_levels(store, person))),
        )
        for person in map(_name, range(len(situations)))
    ]


def _apart(situation: Situation, number: int) -> Iterator[ox.Quad]:
    """The record under names of its own, so that several states of one record fit into one graph."""
    entries = {quad.object for quad in situation.record if quad.predicate in ENTRY_LINKS}
    names = {entry: ox.NamedNode(f"{_name(number)}/{n}") for n, entry in enumerate(sorted(entries, key=str))}
    person = ox.NamedNode(_name(number))
    names[ox.NamedNode(situation.person)] = person
    for quad in situation.record:
        yield ox.Quad(names.get(quad.subject, quad.subject), quad.predicate, names.get(quad.object, quad.object))
    day = ox.Literal(situation.day.isoformat(), datatype=ox.NamedNode(expand("xsd:date")))
    yield ox.Quad(person, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("bilik:Person")))
    yield ox.Quad(person, ox.NamedNode(expand("bilik:asOf")), day)
    yield ox.Quad(person, ox.NamedNode(expand("calc:isJudgedFor")), ox.NamedNode(situation.position))


def _name(number: int) -> str:
    return f"{_PLAN}{number}"


def _levels(store: ox.Store, person: str) -> Collection[str]:
    held = _values(store, person, "calc:holds")
    return {level.rpartition("/")[2] for paper in held for level in _values(store, paper, "calc:hasUsableLevel")}


def _values(store: ox.Store, node: str, term: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(ox.NamedNode(node), ox.NamedNode(expand(term)), None):
        if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
            yield quad.object.value


def _day(number: str | None) -> date | None:
    """A day of the rules, 20200131; None where there is none, or one beyond the calendar."""
    if number is None or len(number) != 8:
        return None
    return date(int(number[:4]), int(number[4:6]), int(number[6:]))
