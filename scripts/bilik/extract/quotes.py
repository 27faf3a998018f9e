"""Quotes of the source file: the words, enough of their surroundings to find them again, and their place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, XSD, Namespace
from rdflib.term import Literal, URIRef

from bilik.errors import SourceError
from bilik.extract.requirements import Span
from bilik.extract.structure import Piece
from bilik.namespaces import BASE, expand

OA = Namespace("http://www.w3.org/ns/oa#")

CONTEXT = 32
"""Least number of code points of prefix and suffix; doubled until words and surroundings stand in one place only."""


class Quotes:
    """Writes the quotes of one source file.

    Args:
        file: name of the source file.
        raw: its characters; spans are code points of it.
        pieces: its pieces in text order.
    """

    def __init__(self, file: str, raw: str, pieces: Sequence[Piece]) -> None:
        self.source = URIRef(f"{BASE}data/source/{file}")
        self.raw = raw
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]

    def provision(self, span: Span) -> str:
        """Key of the finest provision that the words stand in.

        Raises:
            SourceError: they do not stand in one piece.
        """
        start, end = span
        piece = self._pieces[max(0, bisect_right(self._starts, start) - 1)]
        if not piece.start <= start < end <= piece.end:
            raise SourceError(f"source characters {start}-{end} do not stand in one piece")
        return piece.finest

    def add_to(self, graph: Graph, span: Span) -> URIRef:
        """Describe a quoted segment in the graph; the same span is the same node. Web Annotation Model, 4.2."""
        start, end = span
        quote = URIRef(f"{expand('quote:chars')}-{start}-{end}")
        words, place = URIRef(f"{quote}-words"), URIRef(f"{quote}-place")
        prefix, suffix = self._surroundings(span)
        graph.add((quote, RDF.type, OA.SpecificResource))
        graph.add((quote, DCTERMS.isPartOf, URIRef(expand(f"law:{self.provision(span)}"))))
        graph.add((quote, OA.hasSource, self.source))
        graph.add((quote, OA.hasSelector, words))
        graph.add((quote, OA.hasSelector, place))
        graph.add((words, RDF.type, OA.TextQuoteSelector))
        graph.add((words, OA.exact, Literal(self.raw[start:end])))
        graph.add((words, OA.prefix, Literal(prefix)))
        graph.add((words, OA.suffix, Literal(suffix)))
        graph.add((place, RDF.type, OA.TextPositionSelector))
        graph.add((place, OA.start, Literal(str(start), datatype=XSD.nonNegativeInteger)))
        graph.add((place, OA.end, Literal(str(end), datatype=XSD.nonNegativeInteger)))
        return quote

    def _surroundings(self, span: Span) -> tuple[str, str]:
        start, end = span
        length = CONTEXT
        while True:
            prefix, suffix = self.raw[max(0, start - length) : start], self.raw[end : end + length]
            text = prefix + self.raw[start:end] + suffix
            if self.raw.find(text, self.raw.find(text) + 1) < 0:
                return prefix, suffix
            length *= 2
