"""The one writer of Turtle: the same graph gives the same bytes on every machine and in every run."""

from __future__ import annotations

from collections.abc import Iterable
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


class OrderedGraph(Graph):
    """A graph that RDFLib holds in an order that does not change from run to run."""


def in_order(graph: Graph) -> OrderedGraph:
    """The same graph in order; one that is in order already is given back."""
    if isinstance(graph, OrderedGraph):
        return graph
    blanks = any(isinstance(term, BNode) for triple in graph for term in (triple[0], triple[2]))
    return _ordered(_canonical(_read(graph.serialize(format="nt", encoding="utf-8"))) if blanks else graph)


def from_oxigraph(triples: Iterable[ox.Triple]) -> OrderedGraph:
    """Statements that Oxigraph holds as a graph in order, blank nodes with their RDFC-1.0 labels."""
    return _ordered(_canonical(ox.Dataset(ox.Quad(*triple) for triple in triples)))


def _ordered(triples: Iterable[tuple[Node, Node, Node]]) -> OrderedGraph:
    ordered = OrderedGraph(bind_namespaces="none")
    for triple in sorted(sorted(triples, key=_spelling)):
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


def _read(lines: bytes) -> ox.Dataset:
    return ox.Dataset(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))


def _canonical(dataset: ox.Dataset) -> list[tuple[Node, Node, Node]]:
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
