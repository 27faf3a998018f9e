"""Running the published rules: compiled law, records and an as-of date in, verdict graph out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from bilik.engine import construct, rule_files
from bilik.evaluate.verdicts import Facts, Verdict, grades_in, read_facts, read_verdicts
from bilik.namespaces import code, expand
from bilik.resources import folder

BATCH = 4
"""Persons judged in one store. Small stores keep the engine's joins short, so that the time a person takes does not
grow with the number of persons; fewer in a store would pay more for loading the law."""

_FAMILIES = _FACTS, _VERDICTS, _PROSPECTS = "-facts-", "-verdict-", "-prospect-"
"""How the rules whose constructs are results are named; no rule reads what a rule of another family makes."""

ENTRY_LINKS = tuple(
    ox.NamedNode(expand(term)) for term in ("bilik:hasCredential", "bilik:hasTraining", "bilik:hasEmployment")
)
"""The properties that lead from a person to the entries of the record."""

RECORD_TERMS = frozenset(
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
"""What a record may say; whatever else it says is left out, so that it cannot state a verdict."""


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
        """The law of these grades (IRIs) alone; nothing is left of the requirements of the others."""
        others = set(self.grades) - set(grades)
        requirements = {node for grade in others for node in self.facts[grade][expand("bilik:hasRequirement")]}
        alternatives = [node for one in requirements for node in self.facts[one][expand("bilik:hasAlternative")]]
        return self._without(requirements, alternatives)

    def only_alternative(self, grade: str, number: int) -> CompiledLaw:
        """The law with this alternative of a grade (IRI) alone; the other grades have all of theirs."""
        (requirement,) = self.facts[grade][expand("bilik:hasRequirement")]
        alternatives = self.facts[requirement][expand("bilik:hasAlternative")]
        numbers = {node: int(self.facts[node][expand("bilik:alternativeNumber")][0]) for node in alternatives}
        return self._without(set(), [node for node in alternatives if numbers[node] != number])

    def _without(self, requirements: Collection[str], alternatives: Collection[str]) -> CompiledLaw:
        conditions = {node for one in alternatives for node in self.facts[one][expand("bilik:hasCondition")]}
        dropped = {*requirements, *alternatives, *conditions}
        kept = tuple(q for q in self.quads if _value(q.subject) not in dropped and _iri(q.object) not in dropped)
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


@cache
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
        records = [quad for person in batch for quad in record_of(people, person)]
        triples = verdict_graph(records, law, as_of)
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
    return _constructed(_VERDICTS, records, law, as_of)


def derived_facts(records: Collection[ox.Quad], law: CompiledLaw, as_of: date) -> list[ox.Triple]:
    """The facts for SHACL engines and OWL reasoners: what the rules named "facts" construct."""
    return _constructed(_FACTS, records, law, as_of)


def prospects(records: Collection[ox.Quad], law: CompiledLaw, as_of: date) -> ox.Store:
    """Everything that the rules derive short of verdicts, with what those named "prospect" foresee.

    A person with a ``bilik:asOf`` in the records is judged on that day, everybody else on ``as_of``; one with a
    ``calc:isJudgedFor`` only for that position.
    """
    return _run(_PROSPECTS, records, law, as_of)[0]


def rules_by_result() -> dict[str, list[Path]]:
    """``facts``, ``verdicts`` and ``prospects`` → the rules that lead to them, in the order in which they run."""
    names = ("facts", "verdicts", "prospects")
    return {name: _rules(family) for name, family in zip(names, _FAMILIES, strict=True)}


def makes_results(rule: Path) -> bool:
    """Whether what a rule makes is a result; what the other rules make is for the rules after them only."""
    return any(family in rule.name for family in _FAMILIES)


def _rules(family: str) -> list[Path]:
    """The rules up to the last of a family, without those of other families."""
    others = tuple(other for other in _FAMILIES if other != family)
    rules = [rule for rule in rule_files(folder("queries", "rules")) if not any(o in rule.name for o in others)]
    last = max(number for number, rule in enumerate(rules) if family in rule.name)
    return rules[: last + 1]


def _constructed(family: str, records: Collection[ox.Quad], law: CompiledLaw, as_of: date) -> list[ox.Triple]:
    """What the rules of a family construct."""
    return _run(family, records, law, as_of)[1]


def _run(family: str, records: Collection[ox.Quad], law: CompiledLaw, as_of: date) -> tuple[ox.Store, list[ox.Triple]]:
    """Run the rules in their order without those of other families; the store, and what the family constructs."""
    store = ox.Store()
    store.bulk_extend(law.quads)
    store.extend(records)
    store.add(as_of_statement(as_of))
    collected: list[ox.Triple] = []
    rules = _rules(family)
    for number, rule in enumerate(rules, start=1):
        made = construct(store, rule)
        if number < len(rules) or family == _PROSPECTS:  # no rule reads what the last one makes, but prospects stay
            store.extend([ox.Quad(*triple) for triple in made])
        if family in rule.name:
            collected += made
    return store, collected


def record_of(people: ox.Store, person: str) -> list[ox.Quad]:
    """What the record model says of a person (IRI) and of the entries of the person's record.

    Other properties are left out: a record cannot state a working fact of the rules or a verdict.
    """
    record = _said(people, ox.NamedNode(person))
    for entry in {quad.object for quad in record if quad.predicate in ENTRY_LINKS}:
        if isinstance(entry, ox.NamedNode):
            record += _said(people, entry)
    return record


def _said(people: ox.Store, node: ox.NamedNode) -> list[ox.Quad]:
    return [quad for quad in people.quads_for_pattern(node, None, None) if quad.predicate in RECORD_TERMS]


def _iri(term: object) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None


def _value(term: object) -> str:
    assert isinstance(term, ox.NamedNode), "every node of Bilik's graphs is named"
    return term.value
