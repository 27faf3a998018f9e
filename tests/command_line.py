"""The command line for tests: in this process, which is quick, or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from bilik.cli import main
from bilik.resources import folder

ROOT = Path(__file__).parents[1]
PEOPLE = ROOT / "data" / "people"
DOSSIERS = sorted(path for path in PEOPLE.iterdir() if path.suffix in (".ttl", ".jsonld"))
TABLE_SET = PEOPLE / "table-set"
AS_OF = ("--as-of", "2026-01-01")

PREFIXES = """@prefix : <https://example.org/> .
@prefix bilik: <https://w3id.org/bilik/def#> .
@prefix calc: <https://w3id.org/bilik/calc#> .
@prefix category: <https://w3id.org/bilik/voc/category/> .
@prefix grade: <https://w3id.org/bilik/id/grade/> .
@prefix isced-f: <http://data.europa.eu/snb/isced-f/> .
@prefix level: <https://w3id.org/bilik/voc/education-level/> .
@prefix outcome: <https://w3id.org/bilik/voc/outcome/> .
@prefix position: <https://w3id.org/bilik/id/position/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_WIDE = {"COLUMNS": "300"}


@dataclass(frozen=True)
class Run:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


def bilik(*arguments: object, env: Mapping[str, str] | None = None) -> Run:
    """Run the command line in this process, without a locale and on wide paper unless ``env`` says otherwise."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in _LOCALE:
            patch.delenv(name, raising=False)
        for name, value in {**_WIDE, **(env or {})}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["bilik", *map(str, arguments)])
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main()
    assert isinstance(ended.value.code, int)
    return Run(ended.value.code, out.getvalue(), err.getvalue())


def bilik_process(*arguments: object, env: Mapping[str, str] | None = None) -> Run:
    """Run the command line as a process of its own."""
    base = {name: value for name, value in os.environ.items() if name not in _LOCALE}
    done = subprocess.run(
        [sys.executable, "-m", "bilik", *map(str, arguments)],
        capture_output=True,
        env={**base, **_WIDE, **(env or {})},
        check=False,
    )
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def schema_errors(name: str, document: object) -> list[str]:
    """What a document has that the schema ``data/schemas/<name>.schema.json`` does not allow."""
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in folder("data", "schemas").glob("*.schema.json")]
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas
    )
    schema = json.loads(folder("data", "schemas", f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def record(tmp_path: Path, turtle: str, name: str = "record.ttl") -> Path:
    """A Turtle file with the prefixes of :data:`PREFIXES`."""
    return written(tmp_path, name, PREFIXES + turtle)


def refusal(*arguments: object) -> str:
    """The one line with which a command refuses."""
    run = bilik(*arguments)
    assert run.status == 2
    assert run.out == ""
    assert run.err.startswith("bilik: ")
    assert run.err.count("\n") == 1, run.err
    assert run.err.endswith("\n")
    return run.err
