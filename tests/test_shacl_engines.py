"""SHACL engines other than pySHACL read the generated shapes as the rules meant them."""

from __future__ import annotations

from pathlib import Path

import pytest

from components import require
from shacl_engines import PYRUDOF, TOPBRAID, Engine, by_grade, write_case
from test_agreement import SEED

PEOPLE = 30
GRADES = 50


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[tuple[str, str, str]]]:
    """Folder with ``data.nt`` and ``shapes.nt``, and the results expected."""
    place = tmp_path_factory.mktemp("engines")
    return place, write_case(place, PEOPLE, SEED + 7)


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
