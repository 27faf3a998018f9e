"""Do the quotes of a graph still stand in the text? Reads the graph and the text, and nothing of the extraction.

A quote gives its passage twice: by its words with their surroundings (``oa:TextQuoteSelector``) and by its place
(``oa:TextPositionSelector``, code points). Both are looked up; a quote holds if all of it leads to one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from rdflib import Graph
from rdflib.namespace import RDF, Namespace
from rdflib.term import Node, URIRef

from bilik.errors import SourceError
from bilik.namespaces import code, expand, shorten

OA = Namespace("http://www.w3.org/ns/oa#")

Place = tuple[int, int]
"""Code points (start, end behind the last) of a passage."""

_HAS_QUOTE = URIRef(expand("bilik:hasSourceQuote"))
_SHOWN = 60
"""How many characters of a passage an error shows."""


class Status(Enum):
    """What became of a quote: it has one place, several, or its words are nowhere."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


@dataclass(frozen=True)
class Resolution:
    """A quote looked up.

    Attributes:
        quote: its IRI.
        status: *found* if words and place agree on one passage, *orphaned* if the words with these surroundings stand
            nowhere in the text or the quote gives none, *ambiguous* otherwise.
        words: the words looked for.
        places: every passage that one of the selectors leads to, in text order.
    """

    quote: str
    status: Status
    words: str
    places: tuple[Place, ...]


def quotes_in(graph: Graph) -> list[URIRef]:
    """Everything quoted and everything described as a quote, by IRI."""
    found = {*graph.objects(None, _HAS_QUOTE), *graph.subjects(RDF.type, OA.SpecificResource)}
    return sorted(quote for quote in found if isinstance(quote, URIRef))


def places_given(graph: Graph, quote: Node) -> set[Place]:
    """The places that the position selectors of a quote give."""
    return {
        (int(str(start)), int(str(end)))
        for selector in graph.objects(quote, OA.hasSelector)
        for start in graph.objects(selector, OA.start)
        for end in graph.objects(selector, OA.end)
    }


def resolve(graph: Graph, texts: Mapping[str, str]) -> list[Resolution]:
    """Look up every quote of a graph.

    Args:
        texts: IRI of a source (``oa:hasSource``) → its text.
    """
    return [_resolve(graph, quote, texts) for quote in quotes_in(graph)]


def check_quotes(graph: Graph, texts: Mapping[str, str]) -> None:
    """Look up every quote of a graph and accept nothing but *found*.

    Raises:
        SourceError: a quote is ambiguous or orphaned; the first one is shown.
    """
    failed = [found for found in resolve(graph, texts) if found.status is not Status.FOUND]
    if not failed:
        return
    first = failed[0]
    citing = sorted(shorten(str(node)) for node in graph.subjects(_HAS_QUOTE, URIRef(first.quote)))
    of = f" of {citing[0]}" if citing else ""
    words = " ".join(first.words.split())[:_SHOWN]
    at = "; ".join(f"{start}-{end}" for start, end in first.places) or "none"
    more = f"; {len(failed) - 1} more quotes do not hold" if len(failed) > 1 else ""
    raise SourceError(
        f"quote {code(first.quote)}{of} is {first.status.value}: «{words}» must stand, with its prefix and suffix, "
        f"in one place of the text and where its position says; places given and found: {at}{more}"
    )


def _resolve(graph: Graph, quote: URIRef, texts: Mapping[str, str]) -> Resolution:
    sources = [texts[str(source)] for source in graph.objects(quote, OA.hasSource) if str(source) in texts]
    words = sorted(_words(graph, quote))
    found = {place for text in sources for parts in words for place in _search(text, parts)}
    given = places_given(graph, quote)
    if not found:
        status = Status.ORPHANED
    elif len(found) == 1 and found == given:
        status = Status.FOUND
    else:
        status = Status.AMBIGUOUS
    exact = words[0][1] if words else ""
    return Resolution(str(quote), status, exact, tuple(sorted(found | given)))


def _words(graph: Graph, quote: URIRef) -> Iterator[tuple[str, str, str]]:
    """(prefix, exact, suffix) of each quote selector."""
    for selector in graph.objects(quote, OA.hasSelector):
        for exact in graph.objects(selector, OA.exact):
            yield _one(graph.objects(selector, OA.prefix)), str(exact), _one(graph.objects(selector, OA.suffix))


def _one(values: Iterable[Node]) -> str:
    return next(iter(sorted(str(value) for value in values)), "")


def _search(text: str, parts: tuple[str, str, str]) -> Iterator[Place]:
    """The places of the exact words between prefix and suffix, overlapping ones too."""
    prefix, exact, _ = parts
    whole = "".join(parts)
    at = text.find(whole) if exact else -1
    while at >= 0:
        yield at + len(prefix), at + len(prefix) + len(exact)
        at = text.find(whole, at + 1)
