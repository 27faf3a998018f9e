"""The one writer of Turtle: the same graph gives the same bytes on every machine and in every run."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import XSD
from rdflib.term import BNode, IdentifiedNode, Literal, Node, URIRef

from bilik.namespaces import PREFIXES


def to_turtle(graph: Graph) -> str:
    """The graph as Turtle with Bilik's prefixes; blank nodes carry their RDFC-1.0 labels, so that order is stable."""
    ordered = in_order(graph)
    for prefix, iri in PREFIXES.items():
        ordered.bind(prefix, iri)
    return ordered.serialize(format="turtle").strip() + "\n"


def in_order(graph: Graph) -> Graph:
    """The same graph, which RDFLib holds in an order that does not change from run to run."""
    ordered = Graph(bind_namespaces="none")
    blanks = any(isinstance(term, BNode) for triple in graph for term in (triple[0], triple[2]))
    for triple in sorted(sorted(_canonical(graph) if blanks else graph, key=_spelling)):
        ordered.add(triple)
    return ordered


def read_turtle(*paths: Path) -> Graph:
    """The Turtle files as one graph."""
    graph = Graph(bind_namespaces="none")
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def _spelling(triple: tuple[Node, Node, Node]) -> list[tuple[str, ...]]:
    """A key for terms that RDFLib's own order takes for equal, as 1 and 01: by what is written."""
    return [(type(term).__name__, term.n3()) for term in triple if isinstance(term, IdentifiedNode | Literal)]


def _canonical(graph: Graph) -> list[tuple[Node, Node, Node]]:
    dataset = ox.Dataset(ox.parse(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [(_node(quad.subject), _node(quad.predicate), _node(quad.object)) for quad in dataset]


def _node(term: object) -> Node:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal():
            plain = term.language or term.datatype.value == str(XSD.string)
            datatype = None if plain else URIRef(term.datatype.value)
            return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
        case _:
            raise TypeError(f"not an RDF term of a graph: {term!r}")
