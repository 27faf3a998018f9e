"""The verdict graph as a receipt that can be filed: verdicts, and what they were made from.

Every verdict names the evaluation it comes from (the version of the graph and the as-of date) and the clause it
applies, with the checksum of the clause's text. Under other readings than the default ones the evaluation and every
verdict have names of their own, so that receipts can be put together. No clock: the same records and date give the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import pyoxigraph as ox

from bilik import __version__
from bilik.engine import turtle
from bilik.evaluate import CompiledLaw
from bilik.namespaces import BASE, expand


def receipt(graph: Iterable[ox.Triple], law: CompiledLaw, as_of: date) -> str:
    """The verdict graph with its provenance, as sorted Turtle."""
    verdicts = set(_named_apart(graph, law.variants, as_of))
    return turtle(verdicts | set(_provenance(verdicts, law, as_of)))


def _named_apart(graph: Iterable[ox.Triple], variants: Sequence[str], as_of: date) -> Iterable[ox.Triple]:
    """The verdict graph with the variants in the names of its verdicts and results."""
    if not variants:
        return graph
    usual = f"{BASE}verdict/{as_of.isoformat()}/"
    own = f"{usual}{','.join(variants)}/"

    def renamed(node: ox.NamedNode) -> ox.NamedNode:
        return ox.NamedNode(own + node.value.removeprefix(usual)) if node.value.startswith(usual) else node

    return (
        ox.Triple(
            renamed(triple.subject) if isinstance(triple.subject, ox.NamedNode) else triple.subject,
            triple.predicate,
            renamed(triple.object) if isinstance(triple.object, ox.NamedNode) else triple.object,
        )
        for triple in graph
    )


def _provenance(verdicts: Iterable[ox.Triple], law: CompiledLaw, as_of: date) -> Iterator[ox.Triple]:
    under = f"/{','.join(law.variants)}" if law.variants else ""
    evaluation = ox.NamedNode(f"{BASE}evaluation/{__version__}/{as_of.isoformat()}{under}")
    dataset = ox.NamedNode(f"{BASE}dataset/{__version__}")
    day = ox.Literal(as_of.isoformat(), datatype=_iri("xsd:date"))
    yield ox.Triple(evaluation, _iri("rdf:type"), _iri("prov:Activity"))
    yield ox.Triple(evaluation, _iri("bilik:asOf"), day)
    yield ox.Triple(evaluation, _iri("prov:used"), dataset)
    for variant in law.variants:
        yield ox.Triple(evaluation, _iri("prov:used"), _iri(f"reading:{variant}"))
    yield ox.Triple(dataset, _iri("rdf:type"), _iri("prov:Entity"))
    yield ox.Triple(dataset, _iri("owl:versionInfo"), ox.Literal(__version__))
    for triple in verdicts:
        if triple.predicate == _iri("bilik:concernsGrade"):
            yield ox.Triple(triple.subject, _iri("prov:wasGeneratedBy"), evaluation)
            yield from _clause(triple, law)


def _clause(concerns: ox.Triple, law: CompiledLaw) -> Iterator[ox.Triple]:
    """The clause a verdict applies, the order it belongs to, and the checksums of both texts."""
    assert isinstance(concerns.object, ox.NamedNode), "grades are named"
    (requirement,) = law.facts[concerns.object.value][expand("bilik:hasRequirement")]
    (clause,) = law.facts[requirement][expand("bilik:isStatedIn")]
    yield ox.Triple(concerns.subject, _iri("prov:wasDerivedFrom"), ox.NamedNode(clause))
    (order,) = law.facts[clause][expand("dcterms:isPartOf")]
    yield ox.Triple(ox.NamedNode(clause), _iri("dcterms:isPartOf"), ox.NamedNode(order))
    for provision in (clause, order):
        (checksum,) = law.facts[provision][expand("bilik:textSha256")]
        yield ox.Triple(ox.NamedNode(provision), _iri("rdf:type"), _iri("prov:Entity"))
        yield ox.Triple(ox.NamedNode(provision), _iri("bilik:textSha256"), ox.Literal(checksum))


def _iri(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))
