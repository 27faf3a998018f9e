"""The quality gates: the ontology and the law graph pass them, and each of them is seen to fail on its fixture."""

from __future__ import annotations

from typing import Final

import pytest
from rdflib.namespace import RDFS, SH, SKOS
from rdflib.term import Literal, URIRef

import gates
from bilik.derive.manifest import MANIFEST, manifest
from bilik.namespaces import expand
from bilik.turtle import read_turtle

CHECKS: Final = [(subject, gate) for subject in gates.SUBJECTS for gate in gates.checks_of(subject)]
SHAPES: Final = [(subject, gate) for subject in gates.SUBJECTS for gate in gates.shapes_of(subject)]
NEVER_LOOKED: Final = "every-shape-looks-at-something"
"""The gate of the gates, which is no shape and no query: a shape that looks at nothing passes whatever is wrong."""


@pytest.fixture(scope="module")
def findings() -> set[gates.Finding]:
    """All that the gates report about the real graph, excused or not."""
    graph = gates.everything()
    return gates.by_shapes(graph) | gates.by_checks(graph)


@pytest.fixture(scope="module")
def unseen() -> set[str]:
    """The shapes that find nothing to look at in the real graph."""
    graph = gates.everything()
    shapes = {gate: shape for subject in gates.SUBJECTS for gate, shape in gates.shapes_of(subject).items()}
    return {gate for gate, shape in shapes.items() if not gates.focus_nodes(shape, graph)}


# -- the real graph ------------------------------------------------------------------------------------------------


def test_the_ontology_and_the_law_pass(findings: set[gates.Finding]) -> None:
    assert len(gates.everything()) > 15_000
    assert gates.refused(findings, gates.everything()) == []


def test_every_shape_looks_at_something(unseen: set[str]) -> None:
    assert {gate for gate in unseen if (URIRef(expand(f"bsh:{gate}")), NEVER_LOOKED) not in gates.granted()} == set()


def test_every_exemption_is_needed(findings: set[gates.Finding], unseen: set[str]) -> None:
    used = {pair for finding in findings for pair in gates.exempting(finding, gates.everything())}
    used |= {(URIRef(expand(f"bsh:{gate}")), NEVER_LOOKED) for gate in unseen}
    assert gates.granted() - used == set()


def test_every_exemption_gives_its_reason_in_three_languages() -> None:
    assert gates.granted()
    for node, gate in gates.granted():
        assert gates.languages(node, SKOS.note, gates.exemptions()) == ["en", "kk", "ru"], (node, gate)


# -- the gates themselves ------------------------------------------------------------------------------------------


def test_no_two_gates_have_one_name() -> None:
    names = [gate for _, gate in (*CHECKS, *SHAPES)]
    assert len(names) == len(set(names))


def test_every_gate_has_a_fixture_and_every_fixture_a_gate() -> None:
    assert sorted(gates.fixtures()) == sorted([*CHECKS, *SHAPES])


@pytest.mark.parametrize("subject", gates.SUBJECTS)
def test_every_shape_is_a_gate_or_serves_one(subject: str) -> None:
    shapes = read_turtle(gates.ROOT / "shapes" / f"{subject}.ttl")
    named = set(shapes.subjects(RDFS.isDefinedBy))
    assert set(gates.shapes_of(subject).values()) < named
    assert {node for node in named if (node, SH.message, None) not in shapes} <= set(shapes.objects())


@pytest.mark.parametrize(("subject", "gate"), SHAPES)
def test_a_shape_explains_itself(subject: str, gate: str) -> None:
    shape = gates.shapes_of(subject)[gate]
    assert gates.shapes().value(shape, SH.severity) == SH.Violation
    for told in (RDFS.label, SH.message):
        assert gates.languages(shape, told, gates.shapes()) == ["en", "kk", "ru"], told


@pytest.mark.parametrize(("subject", "gate"), CHECKS)
def test_a_check_states_problem_and_remedy(subject: str, gate: str) -> None:
    lines = gates.checks_of(subject)[gate].read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Problem: ")
    assert any(line.startswith("# Remedy: ") for line in lines)
    assert [line for line in lines if line.startswith("SELECT ")] in (
        ["SELECT ?focus ?path ?value"],
        ["SELECT DISTINCT ?focus ?path ?value"],
    )
    assert lines[-1].startswith("ORDER BY ?focus")


# -- seen to fail --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", gates.SUBJECTS)
def test_the_valid_graph_passes(subject: str) -> None:
    graph = gates.valid(subject)
    found = gates.by_shapes(graph, [subject]) | gates.by_checks(graph, [subject])
    assert gates.refused(found, graph) == []


@pytest.mark.parametrize(("subject", "gate"), gates.fixtures())
def test_the_fixture_fails_its_gate_and_no_other(subject: str, gate: str) -> None:
    graph = gates.broken(subject, gate)
    found = gates.refused(gates.by_shapes(graph, [subject]) | gates.by_checks(graph, [subject]), graph)
    assert {finding.gate for finding in found} == {gate}
    if gate in gates.shapes_of(subject):
        assert {finding.about for finding in found} == gates.components(gates.shapes_of(subject)[gate])


@pytest.mark.parametrize(("subject", "gate"), CHECKS)
def test_a_check_reports_the_same_on_two_engines(subject: str, gate: str) -> None:
    graph, check = gates.broken(subject, gate), gates.checks_of(subject)[gate]
    rows = gates.rows_by_oxigraph(graph, check)
    assert rows
    assert gates.rows_by_rdflib(graph, check) == rows


# -- what was published --------------------------------------------------------------------------------------------


def test_a_published_name_stays_in_the_manifest_and_a_new_one_comes_in() -> None:
    before = read_turtle(gates.ROOT / "data" / "manifest.ttl")
    gone, new, quote = (URIRef(expand(name)) for name in ("bilik:Gone", "grade:new", "quote:chars-1-2"))
    before.add((MANIFEST, RDFS.member, gone))
    described = gates.valid("ontology") + gates.valid("law")
    described.add((new, RDFS.label, Literal("new", lang="en")))
    described.add((URIRef("https://example.org/foreign"), RDFS.label, Literal("foreign", lang="en")))
    after = manifest(before, [described])
    names = set(after.objects(MANIFEST, RDFS.member))
    assert set(before.objects(MANIFEST, RDFS.member)) < names
    assert {gone, new} <= names
    assert quote not in names
    assert all(str(name).startswith("https://w3id.org/bilik/") for name in names)
    assert manifest(after, []).isomorphic(after)
