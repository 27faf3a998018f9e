"""The generated shapes say what the rules say: pySHACL, both families, random people, every grade."""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH, Graph, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from as_rdf import person_iri, to_store
from bilik.derive.shapes import FAMILIES
from bilik.evaluate import Verdict, compiled_law, derived_facts, judge
from bilik.namespaces import code, expand
from bilik.people import load_people
from bilik.report.as_shacl import validation_report
from oracle import load_law
from test_agreement import SEED, as_worded_now, crowd, turning_days

PEOPLE = int(os.environ.get("BILIK_PEOPLE", "300"))
ROOT = Path(__file__).resolve().parent.parent
SEVERITIES = {"qualified": set(), "undetermined": {"Warning"}, "not-qualified": {"Warning", "Violation"}}


@cache
def shapes() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "shapes" / "qualification").glob("*.ttl")):
        graph.parse(path)
    return graph


def with_facts(records: Collection[ox.Quad], as_of: date) -> Graph:
    """The records with the derived facts, literals as written."""
    facts = derived_facts(records, compiled_law(), as_of)
    lines = ox.serialize([*(quad.triple for quad in records), *facts], format=ox.RdfFormat.N_TRIPLES)
    graph = Graph()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        logging.getLogger("rdflib.term").setLevel(logging.ERROR)
        graph.parse(data=lines, format="nt")
    return graph


def focus_nodes(graph: Graph, shape: Node) -> set[Node]:
    """The nodes that the shape is about: a run without any proves nothing."""
    return {node for target in shapes().objects(shape, SH.targetClass) for node in graph.subjects(RDF.type, target)}


def results(graph: Graph) -> dict[tuple[str, str], set[str]]:
    """(person, grade) → severities of the results, by pySHACL."""
    conforms, report, answer = pyshacl.validate(graph, shacl_graph=shapes(), inference="none", meta_shacl=False)
    assert isinstance(report, Graph), answer
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for result in report.objects(None, SH.result):
        shape = code(str(report.value(result, SH.sourceShape)))
        focus = str(report.value(result, SH.focusNode))
        found[focus, shape.removesuffix("-possible")].add(code(str(report.value(result, SH.resultSeverity))))
    assert conforms == (not found)
    return found


def claiming_all(graph: Graph, people: Iterable[str], grades: Iterable[str]) -> None:
    """Everyone claims every grade."""
    grades = list(grades)
    for person in people:
        for grade in grades:
            graph.add((URIRef(person), RDF.type, URIRef(expand(f"claim:{grade}"))))


def test_shapes_agree_with_the_rules() -> None:
    law, looked_at = load_law(), 0
    for as_of, people in crowd(law, PEOPLE, SEED + 6).items():
        store = to_store(people)
        graph = with_facts(list(store), as_of)
        claiming_all(graph, (person_iri(person.key) for person in people), law.position_of)
        for grade in law.position_of:
            for family in FAMILIES:
                assert len(focus_nodes(graph, URIRef(expand(f"bsh:{grade}{family.suffix}")))) == len(people)
        found = results(graph)
        for judgement in judge(store, compiled_law(), as_of):
            for verdict in judgement.verdicts:
                looked_at += 1
                key = (judgement.person, verdict.grade)
                assert found.get(key, set()) == SEVERITIES[as_worded_now(verdict)], key
    assert looked_at == PEOPLE * len(law.position_of)


def test_shapes_know_the_present_wording_whatever_the_day() -> None:
    law, noted = load_law(), 0
    for as_of, people in crowd(law, 12, SEED + 8, turning_days(law)).items():
        store = to_store(people)
        graph = with_facts(list(store), as_of)
        claiming_all(graph, (person_iri(person.key) for person in people), law.position_of)
        found = results(graph)
        for verdict in (v for judgement in judge(store, compiled_law(), as_of) for v in judgement.verdicts):
            noted += bool(verdict.notes) and as_worded_now(verdict) != "undetermined"
            assert found.get((verdict.person, verdict.grade), set()) == SEVERITIES[as_worded_now(verdict)]
    assert noted > 100


def test_every_grade_alternative_and_condition_has_its_shapes() -> None:
    """Named, with messages in three languages, the provision and the severity of the family."""
    graph = shapes()
    facts = compiled_law().facts
    owners = [code(grade) for grade in compiled_law().grades]
    owners += [code(node) for node in facts if node.startswith((expand("alternative:"), expand("condition:")))]
    for owner in owners:
        for family in FAMILIES:
            shape = URIRef(expand(f"bsh:{owner}{family.suffix}"))
            assert {message.language for message in graph.objects(shape, SH.message)} == {"kk", "ru", "en"}, shape  # type: ignore[attr-defined]
            assert graph.value(shape, DCTERMS.source) is not None, shape
            assert graph.value(shape, SH.severity) == family.severity, shape


def test_messages_name_the_value_and_the_clause() -> None:
    (message,) = (
        str(m)
        for m in shapes().objects(URIRef(expand("bsh:accountant-high-first-1-experience")), SH.message)
        if m.language == "en"  # type: ignore[attr-defined]
    )
    assert "at least 2 years' experience in the position of accountant of the second category" in message
    assert "clause 14" in message
    assert "or of a higher category" in message


def judged_examples(as_of: date) -> tuple[ox.Store, list[Verdict]]:
    """The example people and the verdicts on their claims."""
    records = load_people(sorted((ROOT / "data" / "people").glob("*.ttl")))
    return records.store, [v for j in judge(records.store, compiled_law(), as_of) for v in j.claimed]


def test_claims_are_checked_as_they_stand() -> None:
    """Records, derived facts and shapes, in an engine: nothing else is needed."""
    as_of = date(2026, 1, 1)
    store, verdicts = judged_examples(as_of)
    found = results(with_facts(list(store), as_of))
    assert {(v.person, v.grade): SEVERITIES[v.outcome] for v in verdicts if v.outcome != "qualified"} == found
    assert {v.outcome for v in verdicts} == set(SEVERITIES)


def test_report_says_what_the_engine_says_and_why() -> None:
    """The report made of the verdicts has the engine's results, and details down to the conditions that failed."""
    as_of = date(2026, 1, 1)
    store, verdicts = judged_examples(as_of)
    report = Graph().parse(data=validation_report(verdicts), format="turtle")
    (root,) = report.subjects(RDF.type, SH.ValidationReport)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for result in report.objects(root, SH.result):
        shape = report.value(result, SH.sourceShape)
        assert (shape, RDF.type, SH.NodeShape) in shapes()
        found[str(report.value(result, SH.focusNode)), code(str(shape)).removesuffix("-possible")].add(
            code(str(report.value(result, SH.resultSeverity)))
        )
        alternatives = list(report.objects(result, SH.detail))
        assert alternatives
        for alternative in alternatives:
            conditions = list(report.objects(alternative, SH.detail))
            assert conditions, alternative
            for condition in conditions:
                assert (report.value(condition, SH.sourceShape), SH.message, None) in shapes()
                assert len(list(report.objects(condition, SH.resultMessage))) == 3
    assert found == results(with_facts(list(store), as_of))
    assert report.value(root, SH.conforms).value is False  # type: ignore[union-attr]


def test_report_conforms_when_nothing_fails() -> None:
    as_of = date(2026, 1, 1)
    _, verdicts = judged_examples(as_of)
    report = Graph().parse(data=validation_report(v for v in verdicts if v.outcome == "qualified"), format="turtle")
    assert [value.value for value in report.objects(None, SH.conforms)] == [True]  # type: ignore[attr-defined]
    assert list(report.objects(None, SH.result)) == []
