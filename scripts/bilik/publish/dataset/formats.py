"""The formats of the published graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bilik.engine import read_statements
from bilik.jsonld import Terms, to_jsonld
from bilik.namespaces import PREFIXES, expand
from bilik.turtle import OrderedGraph, from_oxigraph, to_turtle


class Content:
    """Statements to be written in several formats."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
        self._dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """Sorted; blank nodes have their RDFC-1.0 labels."""
        return sorted((quad.triple for quad in self._dataset), key=str)

    @cached_property
    def graph(self) -> OrderedGraph:
        """As a graph in order."""
        return from_oxigraph(self.triples)


def files_content(paths: Iterable[Path]) -> Content:
    """What Turtle files say together."""
    return Content(read_statements(paths))


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        media_type: by which it is asked for.
        name: IRI of the format at the W3C.
        write: content and JSON-LD terms → text; the same statements give the same text.
    """

    media_type: str
    name: str
    write: Callable[[Content, Terms], str]


def _turtle(content: Content, _: Terms) -> str:
    return to_turtle(content.graph)


def _json_ld(content: Content, terms: Terms) -> str:
    """With those of the terms that the statements use."""
    used = {predicate for _, predicate, value in content.graph} | {value for _, _, value in content.graph}
    names = {str(name) for name in used}
    needed = {
        term: said for term, said in terms.items() if expand(said if isinstance(said, str) else said["@id"]) in names
    }
    return to_jsonld(content.graph, needed)


def _n_triples(content: Content, _: Terms) -> str:
    return _by_oxigraph(content, ox.RdfFormat.N_TRIPLES)


def _rdf_xml(content: Content, _: Terms) -> str:
    return _by_oxigraph(content, ox.RdfFormat.RDF_XML)


def _by_oxigraph(content: Content, form: ox.RdfFormat) -> str:
    prefixes = PREFIXES if form == ox.RdfFormat.RDF_XML else None
    lines = ox.serialize(content.triples, format=form, prefixes=prefixes)
    assert lines is not None, "serialising without an output gives bytes"
    return lines.decode("utf-8")


FORMATS: Final[Mapping[str, Format]] = {
    "ttl": Format("text/turtle", "http://www.w3.org/ns/formats/Turtle", _turtle),
    "jsonld": Format("application/ld+json", "http://www.w3.org/ns/formats/JSON-LD", _json_ld),
    "nt": Format("application/n-triples", "http://www.w3.org/ns/formats/N-Triples", _n_triples),
    "rdf": Format("application/rdf+xml", "http://www.w3.org/ns/formats/RDF_XML", _rdf_xml),
}
"""File suffix → format; those of the documents come first."""

OF_DOCUMENTS: Final = ("ttl", "jsonld")
"""The formats of a single document."""
