"""A file of the law graph in the making: named nodes, labels in three languages, where the order states them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rdflib import Graph
from rdflib.term import Literal, Node, URIRef

from bilik.extract.quotes import Quotes
from bilik.extract.requirements import Span
from bilik.namespaces import expand

LANGUAGES = ("kk", "ru", "en")

UNOFFICIAL = "unofficial"
"""The status of a translation of this project, as the scheme of statuses calls it."""

Text = Mapping[str, str]
"""One text per language code."""


def iri(curie: str) -> URIRef:
    """``"bilik:Grade"`` → its IRI."""
    return URIRef(expand(curie))


@dataclass
class Section:
    """One file in the making; ``quotes`` are those of the order's source file."""

    quotes: Quotes
    graph: Graph = field(default_factory=lambda: Graph(bind_namespaces="none"))

    def add(self, subject: URIRef, predicate: str, *objects: Node) -> None:
        """Triples of one subject and predicate; none where there are no objects."""
        for value in objects:
            self.graph.add((subject, iri(predicate), value))

    def name(self, subject: URIRef, names: Text, predicate: str = "rdfs:label") -> None:
        """Labels in three languages, of which only the Kazakh is the order's."""
        self.say(subject, predicate, names)
        self.add(subject, "bilik:translationStatus", iri(f"translation-status:{UNOFFICIAL}"))

    def say(self, subject: URIRef, predicate: str, texts: Text) -> None:
        """A text in three languages."""
        self.add(subject, predicate, *(Literal(texts[language], lang=language) for language in LANGUAGES))

    def state(self, node: URIRef, spans: Iterable[Span]) -> None:
        """Where the order states a node, and in which words."""
        for span in spans:
            self.add(node, "bilik:isStatedIn", iri(f"law:{self.quotes.provision(span)}"))
            self.quote(node, span)

    def quote(self, node: URIRef, span: Span) -> None:
        """The words of a node that is a provision itself."""
        self.add(node, "bilik:hasSourceQuote", self.quotes.add_to(self.graph, span))
