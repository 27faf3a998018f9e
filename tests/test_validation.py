"""An engine that does not answer gives no verdict: exit 2 and one line, never a pass."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bilik import resources
from command_line import refusal

ROOT = Path(__file__).resolve().parent.parent
PERSON = ROOT / "data" / "people" / "saule-ulgi.ttl"
FOLDERS = ("ontology", "data", "shapes", "queries")


@pytest.fixture
def shapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shapes file of a copy of the graph folders that the commands are made to use."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    return tmp_path / "shapes" / "person.ttl"


def test_shapes_that_look_at_nothing_are_an_error(shapes: Path) -> None:
    text = shapes.read_text(encoding="utf-8")
    for target in ("sh:targetClass", "sh:targetSubjectsOf", "sh:targetObjectsOf"):
        text = text.replace(target, "bsh:noTarget")
    shapes.write_text(text, encoding="utf-8")
    assert "anything to look at" in refusal("validate", PERSON)


def test_an_engine_that_fails_is_an_error(shapes: Path) -> None:
    with shapes.open("a", encoding="utf-8") as file:
        file.write("\nbsh:Person sh:property [ sh:path bilik:hasCredential ; sh:minCount \"many\" ] .\n")
    assert "pySHACL" in refusal("validate", PERSON)


def test_a_rule_that_cannot_run_is_an_error(shapes: Path) -> None:
    rule = shapes.parents[1] / "queries" / "rules" / "60-witnesses.rq"
    rule.write_text("CONSTRUCT { ?s ?p ?o } WHERE {", encoding="utf-8")
    assert "60-witnesses.rq" in refusal("check", PERSON)
