"""Verdicts that can be filed: what they were made from, and the validation report on standard output."""

from __future__ import annotations

import hashlib
from datetime import date

from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV

from bilik import __version__
from bilik.build import read_order
from bilik.namespaces import code, expand
from bilik.resources import root
from command_line import AS_OF, PEOPLE, bilik

BILIK = Namespace(expand("bilik:"))
CLAIMANT = PEOPLE / "saule-ulgi.ttl"


def graph_of(*arguments: object) -> Graph:
    run = bilik("check", CLAIMANT, *AS_OF, *arguments)
    assert run.status == 1
    return Graph().parse(data=run.out, format="turtle")


def test_every_verdict_says_what_it_was_made_from() -> None:
    graph = graph_of("--format", "turtle")
    verdicts = list(graph.subjects(RDF.type, BILIK.Verdict))
    assert len(verdicts) == 50
    for verdict in verdicts:
        evaluation = graph.value(verdict, PROV.wasGeneratedBy)
        assert graph.value(evaluation, BILIK.asOf) == Literal(date.fromisoformat(AS_OF[-1]))
        dataset = graph.value(evaluation, PROV.used)
        assert graph.value(dataset, OWL.versionInfo) == Literal(__version__)
        clause = graph.value(verdict, PROV.wasDerivedFrom)
        assert graph.value(graph.value(clause, DCTERMS.isPartOf), BILIK.textSha256) is not None


def test_checksums_are_those_of_the_texts() -> None:
    """Of the whole source file, and of each clause from its heading to its last word."""
    graph, order = graph_of("--format", "turtle"), read_order(root())
    raw = order.source.raw
    assert graph.value(URIRef(expand("law:order-775")), BILIK.textSha256) == Literal(_sha256(raw))
    clauses = set(graph.objects(None, PROV.wasDerivedFrom))
    assert len(clauses) == 18
    for clause in clauses:
        pieces = [piece for piece in order.structure.pieces if piece.provision == code(str(clause))]
        assert pieces[0].kind == "clause-heading"
        text = raw[pieces[0].start : pieces[-1].end]
        assert graph.value(clause, BILIK.textSha256) == Literal(_sha256(text))


def test_report_covers_claims_or_the_grades_asked_for() -> None:
    claimed = graph_of("--format", "shacl")
    assert {code(str(shape)) for shape in _sources(claimed)} == {
        "accountant-high-first",
        "accountant-high-first-possible",
    }
    asked = graph_of("--format", "shacl", "--position", "accountant")
    assert "accountant-mid-highest" in {code(str(shape)) for shape in _sources(asked)}
    assert "accountant-high-second" not in {code(str(shape)) for shape in _sources(asked)}


def test_findings_stay_out_of_graphs() -> None:
    """They go to standard error, where they cannot be taken for verdicts."""
    record = root() / "tests" / "record" / "employment-ends-after-start.ttl"
    for form in ("turtle", "shacl"):
        run = bilik("check", record, *AS_OF, "--format", form, "--lang", "en")
        assert run.status == 1
        assert "ends before it starts" in run.err
        assert Graph().parse(data=run.out, format="turtle")


def _sources(report: Graph) -> list[URIRef]:
    (node,) = report.subjects(RDF.type, SH.ValidationReport)
    return [URIRef(str(report.value(result, SH.sourceShape))) for result in report.objects(node, SH.result)]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
