"""Records against ``shapes/person.ttl`` with pySHACL: the same findings as the record checks, from a SHACL engine."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, Node

from bilik.errors import EngineError
from bilik.people.findings import Finding, finding, sort_findings, table_findings
from bilik.people.records import Records
from bilik.resources import folder


def validate(records: Records) -> list[Finding]:
    """All findings, those of tables first, then by person and entry.

    Raises:
        EngineError: the engine gave no report, or the shapes found nothing to look at: no answer is no approval.
    """
    graph = _as_written(records.store)
    graph.parse(folder("data", "compiled", "record.ttl"), format="turtle")
    shapes = Graph().parse(folder("shapes", "person.ttl"), format="turtle")
    if not any(_focus_nodes(shapes, graph)):
        raise EngineError("shapes/person.ttl: no shape found anything to look at in the records")
    try:
        _, report, answer = pyshacl.validate(graph, shacl_graph=shapes, inference="none", meta_shacl=False)
    except (ReportableRuntimeError, ShapeLoadError, ConstraintLoadError) as error:
        raise EngineError(f"pySHACL failed: {' '.join(str(error).split())}") from error
    if not isinstance(report, Graph):
        raise EngineError(f"pySHACL gave no report: {str(answer).strip().splitlines()[0]}")
    found = {_finding(records, report, result) for result in report.objects(None, SH.result)}
    return [*table_findings(records), *sort_findings(found)]


def _focus_nodes(shapes: Graph, graph: Graph) -> Iterator[Node]:
    """The nodes that the shapes target."""
    for target in shapes.objects(None, SH.targetClass):
        yield from graph.subjects(RDF.type, target)
    for link in shapes.objects(None, SH.targetSubjectsOf):
        yield from graph.subjects(link, None)
    for link in shapes.objects(None, SH.targetObjectsOf):
        yield from graph.objects(None, link)


def _as_written(store: ox.Store) -> Graph:
    """The records in rdflib with literals as they were written: rdflib would otherwise mend some wrong dates."""
    text = ox.serialize((q.triple for q in store), format=ox.RdfFormat.N_TRIPLES)
    assert text is not None, "serialising without an output gives bytes"
    graph = Graph()
    normalising, level = rdflib.NORMALIZE_LITERALS, logging.getLogger("rdflib").level
    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib").setLevel(logging.ERROR)  # a date that is none is a finding, not a log line
    try:
        graph.parse(data=text, format="nt")
    finally:
        rdflib.NORMALIZE_LITERALS = normalising
        logging.getLogger("rdflib").setLevel(level)
    return graph


def _finding(records: Records, report: Graph, result: Node) -> Finding:
    path = report.value(result, SH.resultPath)
    if isinstance(path, BNode):
        path = report.value(path, SH.inversePath)
    shape, focus, value = (report.value(result, term) for term in (SH.sourceShape, SH.focusNode, SH.value))
    return finding(records, str(shape), str(focus), str(path or ""), str(value if value is not None else ""))
