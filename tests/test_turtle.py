"""The writer of Turtle: one graph, one text; lists, blank nodes and literals come through; only Bilik's prefixes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, XSD
from rdflib.term import BNode, Literal, Node, URIRef

from bilik.extract.graph import iri
from bilik.namespaces import PREFIXES
from bilik.turtle import read_turtle, to_turtle

ROOT: Final = Path(__file__).resolve().parents[1]

LIST_AND_BLANKS: Final = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix other: <https://example.org/other#> .

other:class owl:unionOf ( other:a [ owl:complementOf other:b ] "c" ) ;
  owl:equivalentClass [ owl:onProperty other:p ; owl:someValuesFrom [ owl:intersectionOf ( other:a other:b ) ] ] .
other:shape sh:property [ sh:path ( other:p [ sh:inversePath other:q ] ) ; sh:minCount 1 ] ,
  [ sh:path other:p ; sh:minCount 1 ] .
"""

Triple = tuple[Node, Node, Node]


def graph_of(triples: list[Triple]) -> Graph:
    """The triples, added in this order to a graph with other prefixes bound."""
    graph = Graph(bind_namespaces="none")
    graph.bind("foreign", "https://example.org/foreign#")
    for triple in triples:
        graph.add(triple)
    return graph


def parsed(text: str) -> Graph:
    """A Turtle text as a graph."""
    return Graph(bind_namespaces="none").parse(data=text, format="turtle")


def relabelled(graph: Graph, mark: str) -> list[Triple]:
    """The graph's triples with other labels on its blank nodes."""
    names: dict[Node, Node] = {}

    def renamed(node: Node) -> Node:
        return names.setdefault(node, BNode(f"{mark}{len(names)}")) if isinstance(node, BNode) else node

    return [(renamed(s), p, renamed(o)) for s, p, o in graph]


@pytest.mark.parametrize("mark", ["z", "a", "b1x"])
def test_lists_and_blank_nodes_stay_and_their_labels_do_not_matter(mark: str) -> None:
    graph = parsed(LIST_AND_BLANKS)
    text = to_turtle(graph)
    assert isomorphic(parsed(text), graph)
    triples = relabelled(graph, mark)
    assert to_turtle(graph_of(triples)) == text
    assert to_turtle(graph_of(triples[::-1])) == text
    written = parsed(text)
    union = written.value(URIRef("https://example.org/other#class"), OWL.unionOf)
    assert union is not None
    assert len(list(written.items(union))) == 3


def test_the_order_of_a_list_stays() -> None:
    subject, term = iri("bilik:Grade"), OWL.oneOf
    texts = set()
    for members in permutations(("a", "b", "c")):
        listed = " ".join(f'"{member}"' for member in members)
        graph = parsed(f"<{subject}> <{term}> ({listed}) .")
        written = parsed(to_turtle(graph))
        head = written.value(subject, term)
        assert head is not None
        assert [str(member) for member in written.items(head)] == list(members)
        texts.add(to_turtle(graph))
    assert len(texts) == 6


NODES: Final = [iri("bilik:Grade"), iri("grade:engineer"), URIRef("https://example.org/x"), BNode("p"), BNode("q")]
LITERALS: Final = [
    Literal("жоғары", lang="kk"),
    Literal("жоғары"),
    Literal('"\\\n\t'),
    Literal(1),
    Literal("1", datatype=XSD.nonNegativeInteger),
    Literal(True),
    Literal("2021-02-28", datatype=XSD.date),
]
#: Literals whose lexical form RDFLib changes when it reads them, or cannot give a value.
UNUSUAL: Final = [
    Literal("01", datatype=XSD.integer, normalize=False),
    Literal("1.0", datatype=XSD.decimal, normalize=False),
    Literal("1.00", datatype=XSD.decimal, normalize=False),
    Literal("one", datatype=XSD.integer, normalize=False),
]


def statements_with(values: Sequence[Node]) -> st.SearchStrategy[list[Triple]]:
    """Triples with these values, each once."""
    terms = st.sampled_from([RDF.type, iri("bilik:rank"), RDF.value])
    triples = st.tuples(st.sampled_from(NODES), terms, st.sampled_from(values))
    return st.lists(triples, unique=True, min_size=1, max_size=14)


@given(st.data())
def test_a_shuffled_graph_gives_the_same_text(data: st.DataObject) -> None:
    statements = data.draw(statements_with([*NODES, *LITERALS, *UNUSUAL]))
    shuffled = data.draw(st.permutations(statements))
    assert to_turtle(graph_of(shuffled)) == to_turtle(graph_of(statements))


def test_literals_of_one_value_have_one_order() -> None:
    statements = [(iri("bilik:Grade"), iri("bilik:rank"), value) for value in (Literal(1), *UNUSUAL)]
    assert len({to_turtle(graph_of(list(ordered))) for ordered in permutations(statements)}) == 1


@given(statements_with([*NODES, *LITERALS]))
def test_the_text_is_the_graph(statements: list[Triple]) -> None:
    graph = graph_of(statements)
    text = to_turtle(graph)
    assert isomorphic(parsed(text), graph)
    # A second reader finds the same triples, and what is read is written alike.
    assert len(set(ox.parse(text, format=ox.RdfFormat.TURTLE))) == len(graph)
    assert to_turtle(parsed(text)) == text


def test_only_prefixes_of_the_table_are_declared() -> None:
    graph = parsed(LIST_AND_BLANKS)
    graph.add((iri("grade:engineer"), RDF.type, iri("bilik:Grade")))
    text = to_turtle(graph)
    declared = dict(re.findall(r"^@prefix ([\w-]+): <([^>]+)> \.$", text, flags=re.MULTILINE))
    assert {"bilik", "grade", "owl", "sh"} <= set(declared)
    assert declared == {prefix: PREFIXES[prefix] for prefix in declared}
    assert "<https://example.org/other#class>" in text
    assert text.count("@prefix") == len(declared)


def test_the_text_ends_with_one_line_end_and_starts_with_none() -> None:
    text = to_turtle(parsed(LIST_AND_BLANKS))
    assert text == text.strip() + "\n"
    assert "\r" not in text
    assert to_turtle(Graph()) == "\n"


def test_literals_keep_their_lexical_form() -> None:
    subject, term = iri("bilik:Grade"), iri("bilik:rank")
    for value in (*LITERALS, *UNUSUAL):
        datatype = None if value.datatype is None else ox.NamedNode(str(value.datatype))
        for others in ([], [(BNode(), term, subject)]):
            text = to_turtle(graph_of([(subject, term, value), *others]))
            # Read by pyoxigraph, which changes no lexical form.
            quads = ox.parse(text, format=ox.RdfFormat.TURTLE)
            [found] = [quad.object for quad in quads if quad.subject == ox.NamedNode(subject)]
            assert found == ox.Literal(str(value), language=value.language, datatype=datatype)


def test_files_read_together_are_one_graph() -> None:
    tiers, categories = (ROOT / "ontology" / "vocab" / f"{name}.ttl" for name in ("tiers", "categories"))
    together = read_turtle(tiers, categories)
    assert set(together) == set(read_turtle(tiers)) | set(read_turtle(categories))
    assert to_turtle(together) == to_turtle(read_turtle(categories, tiers))
