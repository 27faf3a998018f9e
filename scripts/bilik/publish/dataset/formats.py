"""The formats of the published graphs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from rdflib import Graph

from bilik.jsonld import Terms, to_jsonld
from bilik.namespaces import PREFIXES
from bilik.turtle import to_turtle


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        media_type: by which it is asked for.
        name: IRI of the format at the W3C.
        write: graph and JSON-LD terms → text; the same graph gives the same text.
    """

    media_type: str
    name: str
    write: Callable[[Graph, Terms], str]


def _n_triples(graph: Graph, _: Terms) -> str:
    return _written(graph, ox.RdfFormat.N_TRIPLES)


def _rdf_xml(graph: Graph, _: Terms) -> str:
    return _written(graph, ox.RdfFormat.RDF_XML)


def _written(graph: Graph, form: ox.RdfFormat) -> str:
    """By Oxigraph, statements sorted, blank nodes with their RDFC-1.0 labels."""
    dataset = ox.Dataset(ox.parse(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefixes = PREFIXES if form == ox.RdfFormat.RDF_XML else None
    lines = ox.serialize(sorted((quad.triple for quad in dataset), key=str), format=form, prefixes=prefixes)
    assert lines is not None, "serialising without an output gives bytes"
    return lines.decode("utf-8")


FORMATS: Final[Mapping[str, Format]] = {
    "ttl": Format("text/turtle", "http://www.w3.org/ns/formats/Turtle", lambda graph, _: to_turtle(graph)),
    "jsonld": Format("application/ld+json", "http://www.w3.org/ns/formats/JSON-LD", to_jsonld),
    "nt": Format("application/n-triples", "http://www.w3.org/ns/formats/N-Triples", _n_triples),
    "rdf": Format("application/rdf+xml", "http://www.w3.org/ns/formats/RDF_XML", _rdf_xml),
}
"""File suffix → format; that of the documents come first."""

OF_DOCUMENTS: Final = ("ttl", "jsonld")
"""The formats of a single document."""
