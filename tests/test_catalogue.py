"""The query catalogue: its files, the page and the graph made from them, and that no term of the vocabulary is left
out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, Node, URIRef

from bilik.catalogue import Query, read_query
from bilik.derive.catalogue_graph import CATALOGUE, catalogue_graph, terms_of
from bilik.derive.catalogue_pages import GATE, SHOWN, unused_terms
from bilik.errors import InputError, SourceError
from bilik.namespaces import PREFIXES, code, expand, shorten
from bilik.texts import LANGUAGES
from bilik.turtle import read_turtle
from command_line import ROOT
from gates import rows_by_oxigraph, rows_by_rdflib
from questions import QUERIES, by_oxigraph, expected, law
from test_languages import strange

QUESTIONS: Final = pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
PAGE: Final = (ROOT / "queries" / "README.md").read_text(encoding="utf-8")


@cache
def published() -> Graph:
    """The catalogue as RDF."""
    return read_turtle(ROOT / "queries" / "catalogue.ttl")


@cache
def ontology() -> Graph:
    """The vocabularies by hand."""
    return read_turtle(*sorted((ROOT / "ontology").glob("*.ttl")))


# -- the files -------------------------------------------------------------------------------------------------------


@QUESTIONS
def test_a_question_is_written_like_all_others(query: Query) -> None:
    lines = query.sparql.splitlines()
    assert lines[0] == "#+ question:"
    assert lines[-1].startswith("ORDER BY "), "rows have an order, and nothing follows it"
    assert "#" not in re.sub(r"<[^>]*>", "", query.text), "comments have lines of their own"
    assert max(len(line) for line in lines if not line.startswith("#+")) <= 120
    assert list(query.prefixes.items()) == sorted((prefix, PREFIXES[prefix]) for prefix in query.prefixes)
    assert {prefix for prefix in query.prefixes if f"{prefix}:" in query.text.replace(f"PREFIX {prefix}:", "")} == set(
        query.prefixes
    )
    for language in LANGUAGES:
        assert query.question[language].endswith("?")
        assert strange(language, query.question[language]) == []


def terms_named(part: Any) -> Iterator[str]:
    """The IRIs in a query as rdflib understands it."""
    if isinstance(part, URIRef):
        yield str(part)
    elif isinstance(part, PropertyPath):
        yield from terms_named(list(vars(part).values()))
    elif isinstance(part, CompValue | dict):
        yield from terms_named([*part.keys(), *part.values()])
    elif isinstance(part, list | tuple | set):
        for member in part:
            yield from terms_named(member)


@QUESTIONS
def test_the_names_in_a_question_are_those_an_engine_sees(query: Query) -> None:
    datatypes = {str(name) for name in terms_named(prepareQuery(query.sparql).algebra)}
    assert query.names
    assert set(query.names) <= datatypes | {str(RDF.type)}
    assert {name for name in datatypes if not name.startswith(PREFIXES["xsd"])} - {str(RDF.type)} <= set(query.names)


LAW_NAMES: Final = ("/id/", "/voc/education-level/", "/voc/tier/", "/voc/category/", "/voc/field/", "/voc/activity/")
"""Where the names of what the order lays down are."""


def constants(query: Query) -> set[str]:
    """What a query says of the order itself: its individuals and numbers, but for the defaults of parameters."""
    without = re.sub(r"VALUES \?\w+ \{ [^{}\n]* \}", "", query.sparql)
    bare = read_query(query.path, without)
    named = {name for name in bare.names if any(part in name for part in LAW_NAMES)}
    numbers = re.findall(r"(?<![\w?:-])\d+(?![\w-])", re.sub(r'"[^"]*"|<[^>]*>', "", bare.text))
    return named | (set(numbers) - {"0", "1"})


@QUESTIONS
def test_the_law_is_no_constant_of_a_question(query: Query) -> None:
    assert constants(query) == set()


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("VALUES ?x { position:engineer }", set()),
        ("?x bilik:isGradeOf position:engineer", {expand("position:engineer")}),
        ("?x bilik:hasTier <https://w3id.org/bilik/voc/tier/high>", {expand("tier:high")}),
        ("?x bilik:minimumMonths ?m FILTER (?m > 36)", {"36"}),
        ("?x bilik:minimumMonths ?m36 FILTER (?m36 > 0)", set()),
    ],
)
def test_constants_of_the_law_are_seen(where: str, found: set[str]) -> None:
    heads = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("bilik", "position"))
    assert constants(read_query(Path("x.rq"), f"{heads}\nSELECT * WHERE {{ {where} }}\n")) == found


@pytest.mark.parametrize(
    "header",
    ["data: 1", "as_of: 2026-01-01", "data: data/people\nas_of: soon", "data: [a, b]", "data: data/people\nas_of: 1"],
)
def test_a_header_that_names_no_folder_or_no_day(header: str) -> None:
    lines = "".join(f"#+ {line}\n" for line in header.splitlines())
    with pytest.raises(InputError, match=r"x\.rq.*`data: data/people` and `as_of: 2026-01-01`"):
        read_query(Path("x.rq"), f"{lines}SELECT * {{}}\n")


# -- coverage --------------------------------------------------------------------------------------------------------


def test_every_term_is_asked_about() -> None:
    unused = unused_terms(published(), law(), ROOT / GATE)
    print("Terms that no question uses:", *map(shorten, unused))
    assert unused == []


def test_a_term_that_nobody_asks_about_is_found_on_both_engines() -> None:
    own = (
        URIRef(expand("def/law").removesuffix("/law"))
        if "def/law" in PREFIXES
        else URIRef("https://w3id.org/bilik/def")
    )
    new, old, worked = (URIRef(expand(name)) for name in ("bilik:newTerm", "bilik:oldTerm", "calc:newTerm"))
    graph = published() + ontology()
    for term, vocabulary in ((new, own), (old, own), (worked, URIRef(PREFIXES["calc"].rstrip("#")))):
        graph.add((term, RDFS.isDefinedBy, vocabulary))
    graph.add((old, OWL.deprecated, Literal(True)))
    rows = [(str(new), expand("schema:about"), str(own))]
    assert rows_by_oxigraph(graph, ROOT / GATE) == rows
    assert rows_by_rdflib(graph, ROOT / GATE) == rows
    # And without a single question every term of both vocabularies is found, but none of the working terms.
    found = [row[0] or "" for row in rows_by_oxigraph(ontology(), ROOT / GATE)]
    assert len(found) > 100
    assert all(name.startswith(PREFIXES["bilik"]) for name in found)


def test_the_gate_states_problem_and_remedy() -> None:
    lines = (ROOT / GATE).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Problem: ")
    assert any(line.startswith("# Remedy: ") for line in lines)


# -- the graph -------------------------------------------------------------------------------------------------------


def test_the_graph_has_every_question() -> None:
    graph = published()
    questions = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert {graph.value(node, SKOS.notation) for node in questions} == {Literal(name) for name in QUERIES}
    assert {code(str(node)) for node in questions} == set(QUERIES)


def texts(node: URIRef, term: str | URIRef) -> dict[str | None, set[str]]:
    """Language → texts of a node under a property."""
    found: dict[str | None, set[str]] = defaultdict(set)
    for text in published().objects(node, URIRef(term)):
        assert isinstance(text, Literal)
        found[text.language].add(str(text))
    return found


def pairs(node: Node, link: URIRef, key: URIRef, value: URIRef) -> dict[str, str]:
    """What the nodes behind a link say: one property → another."""
    graph = published()
    return {str(graph.value(one, key)): str(graph.value(one, value)) for one in graph.objects(node, link)}


@QUESTIONS
def test_a_question_in_the_graph(query: Query) -> None:
    """What the shapes of the SIB's examples ask for, and what ours say more."""
    graph, node = published(), URIRef(expand(f"query:{query.name}"))
    assert set(graph.objects(node, RDF.type)) == {SH.SPARQLExecutable, SH.SPARQLSelectExecutable}
    (sparql,) = [text for term in (SH.select, SH.ask, SH.construct) for text in graph.objects(node, term)]
    assert by_oxigraph(query, str(sparql)) == expected(query.name)
    assert texts(node, RDFS.comment) == {language: {query.question[language]} for language in LANGUAGES}
    assert len(list(graph.objects(node, URIRef(expand("schema:target"))))) == 1
    about = {str(term) for term in graph.objects(node, URIRef(expand("schema:about")))}
    assert about == query.names & set(terms_of(law()))
    assert set(texts(node, expand("schema:keywords"))) == (set(LANGUAGES) if about else set())
    (prefixes,) = graph.objects(node, SH.prefixes)
    assert query.prefixes.items() <= pairs(prefixes, SH.declare, SH.prefix, SH.namespace).items()
    parameters = pairs(node, SH.parameter, SH.name, SH.defaultValue)
    assert {name: shorten(value) for name, value in parameters.items()} == {
        name: value.strip('"') for name, value in query.defaults.items()
    }
    assert (graph.value(node, DCTERMS.requires) is not None) is (query.data is not None)
    assert (graph.value(node, SKOS.note) is not None) is ("\n# " in query.sparql)


def asked(sparql: str) -> Graph:
    return catalogue_graph([read_query(Path("queries", "competency", "x.rq"), sparql)], {})


def test_questions_of_other_forms() -> None:
    node = URIRef(expand("query:x"))
    for form, kind, term in (
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", SH.SPARQLConstructExecutable, SH.construct),
        ("ASK { ?s ?p ?o }", SH.SPARQLAskExecutable, SH.ask),
    ):
        graph = asked(f"{form}\n")
        assert set(graph.objects(node, RDF.type)) == {SH.SPARQLExecutable, kind}
        assert graph.value(node, term) == Literal(f"{form}\n")
    assert (CATALOGUE, RDF.type, OWL.Ontology) in asked("ASK {}\n")


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        ("DESCRIBE <x:y>\n", "no line begins with SELECT"),
        ("PREFIX bilik: <x:y#>\n\nASK {}\n", "the prefix bilik: is <https://w3id.org/bilik/def#> everywhere else"),
        ("PREFIX nobody: <x:y#>\n\nASK {}\n", "the prefix nobody:"),
    ],
)
def test_a_file_that_does_not_fit_the_graph(sparql: str, words: str) -> None:
    with pytest.raises(SourceError, match=re.escape(words)):
        asked(sparql)


# -- the page --------------------------------------------------------------------------------------------------------


@cache
def sections() -> dict[str, str]:
    """Name of a question → what the page says about it."""
    parts = re.split(r"^(?:###? )(.+)\n", PAGE, flags=re.MULTILINE)
    return {name: text for name, text in zip(parts[1::2], parts[2::2], strict=True) if name in QUERIES}


def test_the_page_has_every_question() -> None:
    assert list(sections()) == list(QUERIES)
    for name in QUERIES:
        assert PAGE.count(f"\n- [{name}](#{name})\n") == 1


@QUESTIONS
def test_a_question_on_the_page(query: Query) -> None:
    section, rows = sections()[query.name], expected(query.name)
    for language in LANGUAGES:
        assert f"- {language}: {query.question[language]}\n" in section
    (file,) = re.findall(r"^\[.+\]\((.+)\)", section, re.MULTILINE)
    assert (ROOT / "queries" / file).samefile(query.path)
    for name, value in query.defaults.items():
        assert f"`{name}` = `{value}`" in section
    table = [line for line in section.splitlines() if line.startswith("|")]
    shown = rows[1 : SHOWN + 1]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in table]
    assert [cell.strip() for cell in cells[0]] == rows[0]
    assert [[cell.strip().replace("\\|", "|") for cell in row] for row in cells[2:]] == [
        [" ".join(shorten(cell).split()) for cell in row] for row in shown
    ]
    assert f"Rows in all: {len(rows) - 1}, here: {len(shown)}." in section
    assert ("Asked of the records" in section) is (query.data is not None)
    assert (str(query.as_of) in section) is (query.as_of is not None)


def test_the_page_says_which_question_uses_a_term() -> None:
    lines = {line.split("|")[1].strip(" `"): line for line in PAGE.splitlines() if line.startswith("| `")}
    for term in terms_of(law()):
        using = [name for name, query in QUERIES.items() if term in query.names]
        assert re.findall(r"\[([a-z0-9-]+)\]\(#\1\)", lines.get(shorten(term), "")) == using
    assert PAGE.endswith("Terms that no question uses: none.\n")


def test_queries_of_the_catalogue_are_rows() -> None:
    for query in QUERIES.values():
        assert isinstance(law().query(query.sparql), ox.QuerySolutions)
