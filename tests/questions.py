"""The questions of the catalogue, asked of the law on two engines, or of the example people and their verdicts too."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import Graph
from rdflib.query import ResultRow

from bilik.catalogue import Query, read_catalogue
from bilik.derive.catalogue_pages import examples
from bilik.namespaces import code
from bilik.people.reading import read_rdf
from bilik.resources import law_files
from command_line import ROOT, bilik

QUERIES: Final = {query.name: query for query in read_catalogue()}
EXPECTED: Final = Path(__file__).parent / "queries"
"""The rows that are known: a CSV file for each question, under its name."""

Row = tuple[str, ...]


@cache
def law() -> ox.Store:
    """What questions are asked of."""
    store = ox.Store()
    for path in law_files():
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    return store


@cache
def law_in_rdflib() -> Graph:
    """The same on rdflib."""
    graph = Graph(bind_namespaces="none")
    for path in law_files():
        graph.parse(path, format="turtle")
    return graph


@cache
def verdicts(data: Path, as_of: date) -> bytes:
    """What ``bilik check --format turtle`` prints about the example records of a folder."""
    return bilik("check", *examples(ROOT / data), "--as-of", as_of, "--format", "turtle").out.encode("utf-8")


@cache
def people(data: Path, as_of: date | None) -> tuple[ox.Triple, ...]:
    """What a question about people is asked of besides the law."""
    triples = [quad.triple for path in examples(ROOT / data) for quad in read_rdf(path)]
    if as_of:
        triples += [quad.triple for quad in ox.parse(verdicts(data, as_of), format=ox.RdfFormat.TURTLE)]
    return tuple(triples)


@cache
def _store(data: Path, as_of: date | None) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(law())
    store.bulk_extend(ox.Quad(*triple) for triple in people(data, as_of))
    return store


@cache
def _graph(data: Path, as_of: date | None) -> Graph:
    lines = ox.serialize(people(data, as_of), format=ox.RdfFormat.N_TRIPLES)
    assert lines
    graph = Graph(bind_namespaces="none")
    graph += law_in_rdflib()
    return graph.parse(data=lines, format="nt")


def solutions(query: Query, sparql: str | None = None) -> ox.QuerySolutions:
    """The answer on Oxigraph to a question as it stands in its file, or in other words."""
    store = _store(query.data, query.as_of) if query.data else law()
    result = store.query(sparql or query.sparql)
    assert isinstance(result, ox.QuerySolutions)
    return result


def by_oxigraph(query: Query, sparql: str | None = None) -> list[list[str]]:
    """Header and rows as ``bilik query --format csv`` has them."""
    written = solutions(query, sparql).serialize(format=ox.QueryResultsFormat.CSV)
    assert written is not None
    return rows_of(written.decode("utf-8"))


def by_rdflib(query: Query) -> list[list[str]]:
    """Header and rows on rdflib, terms as text."""
    result = (_graph(query.data, query.as_of) if query.data else law_in_rdflib()).query(query.sparql)
    assert result.vars is not None
    rows = [["" if term is None else str(term) for term in row] for row in result if isinstance(row, ResultRow)]
    return [[str(variable) for variable in result.vars], *rows]


def rows_of(text: str) -> list[list[str]]:
    """The rows of a CSV text."""
    return list(csv.reader(StringIO(text, newline="")))


def expected(name: str) -> list[list[str]]:
    """Header and rows that are known of a question."""
    return rows_of((EXPECTED / f"{name}.csv").read_text(encoding="utf-8"))


def answer(name: str, **values: str) -> list[Row]:
    """The rows of a question with other values for some parameters: IRIs as their keys, unbound as nothing."""
    query = QUERIES[name]
    result = solutions(query, query.with_values(values))
    names = [variable.value for variable in result.variables]
    return [tuple(_key(row[variable]) for variable in names) for row in result]


def columns(rows: Sequence[Row], *which: int) -> list[Row]:
    """Some columns of rows."""
    return [tuple(row[column] for column in which) for row in rows]


def _key(term: object) -> str:
    if term is None:
        return ""
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return code(term.value) if isinstance(term, ox.NamedNode) else term.value
