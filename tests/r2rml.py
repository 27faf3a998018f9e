"""The part of R2RML that the mapping of people uses, interpreted: what the mapping makes is seen in every run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import RDF, Namespace
from rdflib.term import Node

RR = Namespace("http://www.w3.org/ns/r2rml#")
Rows = Callable[[str], tuple[Sequence[str], Sequence[Sequence[object]]]]
"""Runs a query: names of its columns, and its rows."""

_KNOWN = {
    RR.logicalTable, RR.sqlQuery, RR.subjectMap, RR["class"], RR.template, RR.predicateObjectMap, RR.predicate,
    RR.objectMap, RR.column, RR.datatype,
}  # fmt: skip


def mapped(mapping: Path, rows: Rows) -> set[ox.Triple]:
    """The triples that a mapping makes."""
    graph = Graph().parse(mapping, format="turtle")
    used = {predicate for predicate in graph.predicates() if str(predicate).startswith(str(RR))}
    assert used <= _KNOWN, f"not understood: {used - _KNOWN}"
    maps = sorted(graph.subjects(RDF.type, RR.TriplesMap), key=str)
    assert maps, "a mapping without maps"
    triples: set[ox.Triple] = set()
    for one in maps:
        table, subjects = graph.value(one, RR.logicalTable), graph.value(one, RR.subjectMap)
        names, found = rows(str(graph.value(table, RR.sqlQuery)))
        for row in found:
            cells = dict(zip(names, row, strict=True))
            subject = _term(graph, subjects, cells)
            assert isinstance(subject, ox.NamedNode), f"{one}: a row without a subject"
            for kind in graph.objects(subjects, RR["class"]):
                triples.add(ox.Triple(subject, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(kind))))
            for pair in graph.objects(one, RR.predicateObjectMap):
                value = _term(graph, graph.value(pair, RR.objectMap), cells)
                if value is not None:
                    triples.add(ox.Triple(subject, ox.NamedNode(str(graph.value(pair, RR.predicate))), value))
    return triples


def _term(graph: Graph, term_map: Node | None, cells: Mapping[str, object]) -> ox.NamedNode | ox.Literal | None:
    template = graph.value(term_map, RR.template)
    if template is None:
        value = cells[str(graph.value(term_map, RR.column))]
        datatype = graph.value(term_map, RR.datatype)
        kind = ox.NamedNode(str(datatype)) if datatype else None
        return None if value is None else ox.Literal(str(value), datatype=kind)
    names = re.findall(r"\{(\w+)\}", str(template))
    if any(cells[name] is None for name in names):
        return None
    filled = re.sub(r"\{(\w+)\}", lambda found: quote(str(cells[found[1]]), safe=""), str(template))
    return ox.NamedNode(filled)
