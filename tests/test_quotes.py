"""Quotes of the law graph: each is found again in the text, what is not stops the build, and every node has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, Namespace
from rdflib.term import Literal, URIRef

from bilik import build
from bilik.catalogue import read_catalogue
from bilik.engine import load
from bilik.errors import InputError, SourceError
from bilik.extract.graph import iri
from bilik.extract.quotes import CONTEXT, Quotes
from bilik.extract.resolver import Status, check_quotes, quotes_in, resolve
from bilik.namespaces import BASE, expand, shorten
from bilik.resources import law_files
from bilik.turtle import read_turtle
from command_line import bilik

ROOT: Final = Path(__file__).resolve().parents[1]
RAW: Final = (ROOT / "data" / "source" / "order-775.kk.txt").read_bytes().decode("utf-8")
FILE: Final = f"{BASE}data/source/order-775.kk.txt"
LAW_FILES: Final = sorted((ROOT / "data" / "order-775").glob("*.ttl"))
OA: Final = Namespace("http://www.w3.org/ns/oa#")


@cache
def committed() -> Graph:
    """The committed law graph with its discrepancies, not to be edited."""
    return read_turtle(*LAW_FILES)


@pytest.fixture
def law() -> Graph:
    """A copy of it, to be edited."""
    return Graph() + committed()


@cache
def read_once() -> build.OrderText:
    """The order as read."""
    return build.read_order(ROOT)


# -- the committed graph -------------------------------------------------------------------------------------------


def test_every_quote_is_found() -> None:
    found = resolve(committed(), {FILE: RAW})
    assert len(found) > 1000
    assert [quote for quote in found if quote.status is not Status.FOUND] == []
    for quote in found:
        [(start, end)] = quote.places
        assert quote.words == RAW[start:end]
        assert shorten(quote.quote) == f"quote:chars-{start}-{end}"


def test_surroundings_are_as_long_as_needed() -> None:
    """At least the usual length but at the ends of the file, and no longer unless the words need it."""
    law, long = committed(), 0
    for words in law.subjects(RDF.type, OA.TextQuoteSelector):
        prefix, exact, suffix = (str(law.value(words, term)) for term in (OA.prefix, OA.exact, OA.suffix))
        start = RAW.index(prefix + exact + suffix) + len(prefix)
        end = start + len(exact)
        length = max(len(prefix), len(suffix))
        assert length in (CONTEXT, CONTEXT * 2, CONTEXT * 4)
        assert (prefix, suffix) == (RAW[max(0, start - length) : start], RAW[end : end + length])
        if length > CONTEXT:
            long += 1
            half = length // 2
            assert RAW.count(RAW[max(0, start - half) : end + half]) > 1
    assert long > 10


def test_quotes_cut_out_of_two_pieces_are_refused() -> None:
    order = read_once()
    quotes = Quotes(order.registry.source, RAW, order.structure.pieces)
    duty, following = [piece for piece in order.structure.pieces if piece.kind == "duty"][:2]
    assert quotes.provision((duty.start, duty.end)) == "order-775-cl-1"
    for span in ((duty.start, following.end), (duty.end, following.start), (duty.start, duty.start), (0, 1)):
        with pytest.raises(SourceError, match=rf"source characters {span[0]}-{span[1]} do not stand in one piece"):
            quotes.provision(span)


# -- found, ambiguous, orphaned ------------------------------------------------------------------------------------

TEXT: Final = "кемінде 3 жыл жұмыс өтілі; кемінде 5 жыл жұмыс өтілі; кемінде 5 жыл жұмыс өтілі."
"""The words stand in it three times, twice between the same surroundings."""

QUOTE: Final = iri("quote:made")


def quoted(
    exact: str | None, prefix: str, suffix: str, place: tuple[int, int] | None, source: str = "x:text"
) -> Graph:
    """A graph with one quote, cited by one duty."""
    graph = Graph()
    graph.add((iri("duty:made"), iri("bilik:hasSourceQuote"), QUOTE))
    graph.add((QUOTE, OA.hasSource, URIRef(source)))
    if exact is not None:
        words = URIRef(f"{QUOTE}-words")
        graph.add((QUOTE, OA.hasSelector, words))
        for term, text in ((OA.exact, exact), (OA.prefix, prefix), (OA.suffix, suffix)):
            graph.add((words, term, Literal(text)))
    if place:
        selector = URIRef(f"{QUOTE}-place")
        graph.add((QUOTE, OA.hasSelector, selector))
        for term, position in zip((OA.start, OA.end), place, strict=True):
            graph.add((selector, term, Literal(position)))
    return graph


CASES: Final[Mapping[str, tuple[Graph, Status, tuple[tuple[int, int], ...]]]] = {
    "unique words": (quoted("3 жыл", "", "", (8, 13)), Status.FOUND, ((8, 13),)),
    "words unique with their surroundings": (
        quoted("жұмыс өтілі", "3 жыл ", ";", (14, 25)),
        Status.FOUND,
        ((14, 25),),
    ),
    "words unique by what follows": (quoted("5 жыл", "", " жұмыс өтілі.", (62, 67)), Status.FOUND, ((62, 67),)),
    "words in two places": (quoted("5 жыл", "", "", (35, 40)), Status.AMBIGUOUS, ((35, 40), (62, 67))),
    "words in two places with their surroundings": (
        quoted("жыл", "кемінде 5 ", " жұмыс", (37, 40)),
        Status.AMBIGUOUS,
        ((37, 40), (64, 67)),
    ),
    "another place than the words": (quoted("3 жыл", "", "", (35, 40)), Status.AMBIGUOUS, ((8, 13), (35, 40))),
    "a place longer than the words": (quoted("3 жыл", "", "", (8, 14)), Status.AMBIGUOUS, ((8, 13), (8, 14))),
    "no place": (quoted("3 жыл", "", "", None), Status.AMBIGUOUS, ((8, 13),)),
    "words that are gone": (quoted("4 жыл", "", "", (8, 13)), Status.ORPHANED, ((8, 13),)),
    "words with other surroundings": (quoted("3 жыл", "кемінде ", " еңбек", (8, 13)), Status.ORPHANED, ((8, 13),)),
    "no words": (quoted(None, "", "", (8, 13)), Status.ORPHANED, ((8, 13),)),
    "empty words": (quoted("", "", "", (8, 8)), Status.ORPHANED, ((8, 8),)),
    "another text": (quoted("3 жыл", "", "", (8, 13), "x:other"), Status.ORPHANED, ((8, 13),)),
}


@pytest.mark.parametrize("case", CASES)
def test_a_quote_is_found_ambiguous_or_orphaned(case: str) -> None:
    graph, status, places = CASES[case]
    [found] = resolve(graph, {"x:text": TEXT})
    assert (found.quote, found.status, found.places) == (str(QUOTE), status, places)
    if status is Status.FOUND:
        check_quotes(graph, {"x:text": TEXT})
    else:
        with pytest.raises(SourceError, match=f"quote made of duty:made is {status.value}: ") as caught:
            check_quotes(graph, {"x:text": TEXT})
        assert "\n" not in str(caught.value)


def test_words_that_overlap_themselves_are_in_two_places() -> None:
    [found] = resolve(quoted("аба", "", "", (0, 3)), {"x:text": "абаба"})
    assert (found.status, found.places) == (Status.AMBIGUOUS, ((0, 3), (2, 5)))


def test_a_quote_that_nothing_describes_is_orphaned() -> None:
    graph = Graph()
    graph.add((iri("duty:made"), iri("bilik:hasSourceQuote"), QUOTE))
    assert [found.status for found in resolve(graph, {"x:text": TEXT})] == [Status.ORPHANED]


# -- the build -----------------------------------------------------------------------------------------------------


def refusal(monkeypatch: pytest.MonkeyPatch, law: Graph) -> str:
    """What ``bilik build`` says of a law graph other than the one it would make; nothing must be written."""
    monkeypatch.setattr(build, "is_installed", lambda: False)
    order = read_once()
    monkeypatch.setattr(build, "read_order", lambda _: order)
    monkeypatch.setattr(build, "write_law", lambda *_: {"order": law})
    before = {path: path.stat().st_mtime_ns for path in LAW_FILES}
    run = bilik("build")
    assert (run.status, run.out, run.err.count("\n")) == (2, "", 2)
    assert {path: path.stat().st_mtime_ns for path in LAW_FILES} == before
    return run.err.splitlines()[-1]


def edit(law: Graph, term: str, value: Literal) -> None:
    """Change what one of the selectors of a duty says."""
    quote = law.value(iri("duty:engineer-03"), iri("bilik:hasSourceQuote"))
    for selector in law.objects(quote, OA.hasSelector):
        if (selector, iri(term), None) in law:
            law.set((selector, iri(term), value))


@pytest.mark.parametrize(
    ("term", "value", "status"),
    [
        ("oa:exact", Literal("жоқ сөздер"), "orphaned"),
        ("oa:prefix", Literal("басқа сөздер"), "orphaned"),
        ("oa:start", Literal(17), "ambiguous"),
    ],
)
def test_the_build_stops_at_a_quote_that_does_not_hold(
    law: Graph, term: str, value: Literal, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(law, term, value)
    message = refusal(monkeypatch, law)
    assert f" of duty:engineer-03 is {status}: " in message


def test_the_build_stops_at_words_that_stand_twice(law: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """«жұмыс өтіліне талаптар қойылмайды» stands in many clauses: without its surroundings it is of none."""
    [quote] = [
        node
        for node in law.objects(iri("alternative:lawyer-1"), iri("bilik:hasSourceQuote"))
        if "талаптар қойылмайды" in str(next(law.objects(URIRef(f"{node}-words"), OA.exact)))
    ]
    for term in (OA.prefix, OA.suffix):
        law.set((URIRef(f"{quote}-words"), term, Literal("")))
    assert " is ambiguous: " in refusal(monkeypatch, law)


def test_the_build_stops_at_words_of_the_text_that_no_node_quotes(law: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    law.remove((iri("duty:engineer-03"), iri("bilik:hasSourceQuote"), None))
    line = RAW.count("\n", 0, RAW.index("техникалық-экономикалық талдау жүргiзедi")) + 1
    assert f"line {line}: no node of the law quotes 'техникалық-экономикалық талдау" in refusal(monkeypatch, law)


# -- every node ----------------------------------------------------------------------------------------------------


@cache
def law_in_oxigraph() -> ox.Store:
    store = ox.Store()
    load(store, *law_files())
    return store


@cache
def law_in_rdflib() -> Graph:
    graph = Graph()
    for path in law_files():
        graph.parse(path, format="turtle")
    return graph


def nodes_of_the_law(graph: Graph) -> Iterator[str]:
    """Whatever has a class of Bilik's in the law graph."""
    for node, cls in graph.subject_objects(RDF.type):
        if str(cls).startswith(expand("bilik:")) and isinstance(node, URIRef):
            yield str(node)


def test_where_does_this_come_from_is_answered_for_every_node() -> None:
    [query] = [query for query in read_catalogue() if query.name == "where-does-this-come-from"]
    nodes = sorted(set(nodes_of_the_law(committed())))
    assert len(nodes) > 1000
    for node in nodes:
        solutions = law_in_oxigraph().query(query.with_values({"node": shorten(node)}))
        assert isinstance(solutions, ox.QuerySolutions)
        rows = [[row[name] for name in ("provision", "start", "end", "words")] for row in solutions]
        assert rows, node
        for provision, start, end, words in rows:
            assert isinstance(provision, ox.NamedNode)
            assert provision.value.startswith(expand("law:"))
            assert isinstance(words, ox.Literal)
            assert RAW[int(str(start.value)) : int(str(end.value))] == words.value


def test_nodes_are_stated_where_their_quotes_stand() -> None:
    law = committed()
    within = URIRef("http://purl.org/dc/terms/isPartOf")
    for node in sorted(set(nodes_of_the_law(law))):
        quotes = list(law.objects(URIRef(node), iri("bilik:hasSourceQuote")))
        provisions = {provision for quote in quotes for provision in law.objects(quote, within)}
        stated = set(law.objects(URIRef(node), iri("bilik:isStatedIn")))
        assert provisions == (stated or {URIRef(node)}), node


def test_nodes_share_segments() -> None:
    """A and (X or Y): both alternatives quote the words of A."""
    law = committed()
    first, second = (
        set(law.objects(iri(f"condition:technician-mid-first-{number}-education"), iri("bilik:hasSourceQuote")))
        for number in (1, 2)
    )
    assert first == second
    citing = {str(node) for quote in first for node in law.subjects(iri("bilik:hasSourceQuote"), quote)}
    assert {expand(f"alternative:technician-mid-first-{number}") for number in (1, 2)} <= citing


def test_a_node_is_given_by_its_name() -> None:
    [query] = [query for query in read_catalogue() if query.name == "where-does-this-come-from"]
    assert "<https://example.org/x>" in query.with_values({"node": "<https://example.org/x>"})
    with pytest.raises(InputError, match="engineer-03: not a node; write it as prefix:name or <IRI>"):
        query.with_values({"node": "engineer-03"})
    run = bilik("query", "where-does-this-come-from", "node=duty:engineer-99")
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "no such node; nearest: duty:engineer-0" in run.err


def test_the_resolver_sees_quotes_that_nothing_cites(law: Graph) -> None:
    law.remove((None, iri("bilik:hasSourceQuote"), None))
    assert len(quotes_in(law)) > 1000
