"""Running the published rules: compiled law, records and an as-of date in, verdict graph out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

import pyoxigraph as ox

from bilik.engine import construct, rule_files
from bilik.evaluate.verdicts import Facts, Verdict, grades_in, read_facts, read_verdicts
from bilik.namespaces import code, expand
from bilik.resources import folder

BATCH = 4
"""Persons judged in one store. Small stores keep the engine's joins short, so that the time a person takes does not
grow with the number of persons; fewer in a store would pay more for loading the law."""

_VERDICT, _FACTS = "-verdict-", "-facts-"
"""How the rules whose constructs are results are named; no rule reads what a rule of facts makes."""

ENTRY_LINKS = tuple(
    ox.NamedNode(expand(term)) for term in ("bilik:hasCredential", "bilik:hasTraining", "bilik:hasEmployment")
)
"""The properties that lead from a person to the entries of the record."""

_RECORD = frozenset(
    {
        *ENTRY_LINKS,
        *(
            ox.NamedNode(expand(term))
            for term in (
                "rdf:type",
                "bilik:claimsGrade",
                "bilik:hasEducationLevel",
                "bilik:hasField",
                "bilik:awardedOn",
                "bilik:isRecognisedFor",
                "bilik:coversActivity",
                "bilik:completedOn",
                "bilik:hasPosition",
                "bilik:positionTitle",
                "bilik:hasCategory",
                "bilik:startedOn",
                "bilik:endedOn",
            )
        ),
    }
)


@dataclass(frozen=True)
class CompiledLaw:
    """The compiled conditions, restricted to some grades or not, under the default readings or others.

    Attributes:
        quads: what the rules join with the records.
        variants: codes of the readings that replace default ones (``or-scope=stand-alone``), sorted.
    """

    quads: tuple[ox.Quad, ...]
    variants: tuple[str, ...] = ()

    @cached_property
    def facts(self) -> Facts:
        """The same by subject and predicate."""
        return read_facts(self.quads)

    @property
    def grades(self) -> list[str]:
        """IRIs of the grades it decides, in the order of the law."""
        return grades_in(self.facts)

    def only(self, grades: Collection[str]) -> CompiledLaw:
        """The law of these grades (IRIs) alone; the others are left without a requirement."""
        has_requirement = ox.NamedNode(expand("bilik:hasRequirement"))
        kept = tuple(q for q in self.quads if q.predicate != has_requirement or _value(q.subject) in grades)
        return replace(self, quads=kept)


@dataclass(frozen=True)
class Judgement:
    """The verdicts on one person, in the order of the law; ``claims`` are the slugs of the grades claimed."""

    person: str
    verdicts: tuple[Verdict, ...]
    claims: frozenset[str]

    @property
    def claimed(self) -> list[Verdict]:
        """The verdicts on the claimed grades."""
        return [verdict for verdict in self.verdicts if verdict.grade in self.claims]


def compiled_law() -> CompiledLaw:
    """The compiled law that is published with this version."""
    path = folder("data", "compiled", "conditions.ttl")
    return CompiledLaw(tuple(ox.parse(path=path, format=ox.RdfFormat.TURTLE)))


def persons(people: ox.Store) -> list[str]:
    """IRIs of everyone in the records, sorted."""
    found = construct(people, folder("queries", "rules", "10-record-persons.rq"))
    return sorted(_value(triple.subject) for triple in found)


def judge(
    people: ox.Store, law: CompiledLaw, as_of: date, *, graph: list[ox.Triple] | None = None
) -> Iterator[Judgement]:
    """Judge everyone in ``people`` against every grade of ``law`` as of a date; sorted by person.

    Args:
        graph: where given, the verdict graph is added to it as the judging goes on.

    Raises:
        EngineError: a rule cannot be run.
    """
    waiting = iter(persons(people))
    while batch := list(islice(waiting, BATCH)):
        triples = verdict_graph(_records(people, batch), law, as_of)
        if graph is not None:
            graph += triples
        found = read_verdicts(read_facts(triples), law.facts)
        for person in batch:
            claims = people.quads_for_pattern(ox.NamedNode(person), ox.NamedNode(expand("bilik:claimsGrade")), None)
            claimed = frozenset(code(q.object.value) for q in claims if isinstance(q.object, ox.NamedNode))
            yield Judgement(person, tuple(found.get(person, ())), claimed)


def as_of_statement(as_of: date) -> ox.Quad:
    """The statement by which rules and checks are told the as-of date."""
    day = ox.Literal(as_of.isoformat(), datatype=ox.NamedNode(expand("xsd:date")))
    return ox.Quad(ox.NamedNode(expand("calc:evaluation")), ox.NamedNode(expand("bilik:asOf")), day)


def verdict_graph(records: Collection[ox.Quad], law: CompiledLaw, as_of: date) -> list[ox.Triple]:
    """The verdict graph of some records: what the rules named "verdict" construct."""
    return _constructed(_VERDICT, records, law, as_of)


def derived_facts(records: Collection[ox.Quad], law: CompiledLaw, as_of: date) -> list[ox.Triple]:
    """The facts for SHACL engines and OWL reasoners: what the rules named "facts" construct."""
    return _constructed(_FACTS, records, law, as_of)


def _constructed(
    named: str, records: Collection[ox.Quad], law: CompiledLaw, as_of: date
) -> list[ox.Triple]:
    """Run the rules in their order and collect what those with ``named`` in their names construct."""
    store = ox.Store()
    store.bulk_extend(law.quads)
    store.extend(records)
    store.add(as_of_statement(as_of))
    collected: list[ox.Triple] = []
    rules = rule_files(folder("queries", "rules"))
    last = max(number for number, rule in enumerate(rules) if named in rule.name)
    for number, rule in enumerate(rules[: last + 1]):
        if named not in rule.name and _FACTS in rule.name:
            continue
        made = construct(store, rule)
        if number < last:  # nothing reads what the last one makes
            store.extend([ox.Quad(*triple) for triple in made])
        if named in rule.name:
            collected += made
    return collected


def _records(people: ox.Store, batch: Collection[str]) -> list[ox.Quad]:
    """What the record model says of these persons and of their entries.

    Other properties are left out: a record cannot state a working fact of the rules or a verdict.
    """
    records: list[ox.Quad] = []
    for person in batch:
        own = _said(people, ox.NamedNode(person))
        records += own
        for entry in {quad.object for quad in own if quad.predicate in ENTRY_LINKS}:
            if isinstance(entry, ox.NamedNode):
                records += _said(people, entry)
    return records


def _said(people: ox.Store, node: ox.NamedNode) -> list[ox.Quad]:
    return [quad for quad in people.quads_for_pattern(node, None, None) if quad.predicate in _RECORD]


def _value(term: object) -> str:
    assert isinstance(term, ox.NamedNode), "every node of Bilik's graphs is named"
    return term.value
