"""The command ``bilik audit``: the same rows in every format, findings beside them, and nothing half-written."""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest

from audit_rows import as_table_set
from benchmarks.rosters import write_roster
from bilik.audit.evaluation import parts, prepare
from bilik.audit.session import session
from bilik.audit.sources import open_roster
from bilik.evaluate import compiled_law, persons, verdict_graph
from bilik.evaluate.rules import record_of
from bilik.namespaces import expand
from bilik.people import load_people
from command_line import PEOPLE, TABLE_SET, bilik, refusal, schema_errors
from oracle import Credential, Employment, Person

AS_OF = date(2026, 1, 1)
GIVEN = ("--as-of", AS_OF.isoformat(), "--lang", "en")
TERMS = list(
    map(expand, ("rdf:type", "bilik:concernsPerson", "bilik:concernsGrade", "bilik:asOf", "bilik:hasOutcome"))
)


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_roster(
        tmp_path_factory.mktemp("roster") / "people", persons=150, seed=5, dirty=0.1, form="csv", as_of=AS_OF
    )


def test_every_format_tells_the_same(roster: Path, tmp_path: Path) -> None:
    for suffix in (".csv", ".json", ".parquet"):
        assert bilik("audit", roster, "-o", tmp_path / f"v{suffix}", *GIVEN).status == 1
    relation = duckdb.read_parquet(str(tmp_path / "v.parquet"))
    of_parquet, columns = relation.fetchall(), relation.columns
    said = json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))
    assert schema_errors("audit", said) == []
    assert len(said) == len(of_parquet) > 150 * 50 * 0.9
    shown = [["" if cell is None else str(cell) for cell in row] for row in of_parquet]
    assert [["" if cell is None else str(cell) for cell in row.values()] for row in said] == shown
    with (tmp_path / "v.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == columns
    assert [[cell.capitalize() if cell in ("true", "false") else cell for cell in row] for row in rows] == shown
    with (tmp_path / "v.findings.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) > 10
    assert all(finding["message"] for finding in found)


def test_claims_only_are_the_claims_of_all(roster: Path, tmp_path: Path) -> None:
    bilik("audit", roster, "-o", tmp_path / "all.parquet", *GIVEN)
    bilik("audit", roster, "-o", tmp_path / "claims.parquet", "--claims-only", *GIVEN)
    claims = duckdb.read_parquet(str(tmp_path / "claims.parquet")).fetchall()
    assert claims
    assert claims == duckdb.read_parquet(str(tmp_path / "all.parquet")).filter("claimed").fetchall()


def test_another_reading_gives_the_verdicts_that_check_gives(tmp_path: Path) -> None:
    reading = ("--reading", "or-scope=stand-alone")
    bilik("audit", TABLE_SET, "-o", tmp_path / "v.json", *reading, *GIVEN)
    said = json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))
    checked = bilik("check", TABLE_SET, "--format", "json", *reading, *GIVEN).json
    assert [(row["person"], row["grade"], row["verdict"]) for row in said] == [
        (person["person"], verdict["grade"], verdict["verdict"])
        for person in checked["persons"]
        for verdict in person["verdicts"]
    ]


@pytest.mark.parametrize("source", [TABLE_SET, PEOPLE / "nurlan-mysal.ttl"], ids=["tables", "rdf"])
def test_the_graph_is_part_of_the_verdict_graph(source: Path, tmp_path: Path) -> None:
    bilik("audit", source, "-o", tmp_path / "v.ttl", *GIVEN)
    found = set(ox.parse(path=tmp_path / "v.ttl", format=ox.RdfFormat.TURTLE))
    people = load_people([source]).store
    records = [quad for person in persons(people) for quad in record_of(people, person)]
    graph = verdict_graph(records, compiled_law(), AS_OF)
    verdicts = {triple.subject for triple in graph if triple.object == ox.NamedNode(expand("bilik:Verdict"))}
    told = {t for t in graph if t.subject in verdicts and t.predicate.value in TERMS}
    assert {quad.triple for quad in found} == told


def test_claims_that_are_met_and_nothing_wrong_end_well(tmp_path: Path) -> None:
    jobs = (Employment("j1", position="accountant", category="second", start="2015-01-01"),)
    person = Person("p", (Credential("c1", "higher", "0411", "2014-06-30"),), (), jobs)
    source = as_table_set(tmp_path / "roster", [person], [("p", "accountant", "high", "first")])
    (source / "employees.csv").write_text("person,position,tier,category\np,accountant,high,first\n", encoding="utf-8")
    (tmp_path / "v.findings.csv").write_text("of another audit", encoding="utf-8")
    done = bilik("audit", source, "-o", tmp_path / "v.csv", *GIVEN)
    assert (done.status, done.err) == (0, "")
    assert "qualified" in done.out
    assert not (tmp_path / "v.findings.csv").exists()


def test_parts_make_the_same_rows_as_the_whole(roster: Path, tmp_path: Path) -> None:
    from bilik.audit.outputs import write_rows

    outcomes = []
    for size in (10_000, 40):
        with session("1GB") as connection:
            opened = open_roster(roster, connection)
            prepare(connection, compiled_law(), AS_OF, claims_only=False)
            portions = parts(connection, size)
            assert (len(portions) > 2) == (size == 40)
            outcomes.append(write_rows(connection, opened, portions, tmp_path / f"{size}.csv"))
    assert outcomes[0] == outcomes[1]
    assert (tmp_path / "40.csv").read_bytes() == (tmp_path / "10000.csv").read_bytes()


def test_less_memory_makes_smaller_parts(roster: Path) -> None:
    numbers = []
    for memory in ("8GB", "4GB", "200MB", "100MB"):
        with session(memory) as connection:
            open_roster(roster, connection)
            prepare(connection, compiled_law(), AS_OF, claims_only=False)
            numbers.append(len(parts(connection, 300)))
    assert numbers[0] == numbers[1] == 1
    assert 1 < numbers[2] < numbers[3]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere", "-o", "v.csv"), "nowhere: there is no such file or folder"),
        ((TABLE_SET, "-o", "v.doc"), "v.doc: write to a file that ends in"),
        ((TABLE_SET, "-o", "nowhere/v.csv"), "there is no folder"),
        ((TABLE_SET, "-o", "v.csv", "--memory", "lots"), "--memory lots: not a size"),
        ((TABLE_SET, "-o", "v.csv", "--reading", "or-scope=other"), "or-scope=other: no such variant"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    arguments: tuple[object, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in refusal("audit", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_stopped_half_way_it_leaves_no_file(tmp_path: Path) -> None:
    source = write_roster(tmp_path / "people", persons=100_000, seed=5)
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "bilik", "audit", str(source), "-o", str(out / "v.parquet"), *GIVEN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 120
        while not list(out.iterdir()) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        begun = list(out.iterdir())
        process.terminate()
        _, said = process.communicate(timeout=60)
    assert begun
    assert (process.returncode, said.strip()) == (130, "")
    assert list(out.iterdir()) == []


def test_a_full_disk_leaves_no_file(roster: Path, tmp_path: Path) -> None:
    """A limit of the size of files stands in for it: writing stops in the middle."""
    command = [sys.executable, "-m", "bilik", "audit", str(roster), "-o", str(tmp_path / "v.csv"), *GIVEN]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "v.csv" in done.stderr or str(roster) in done.stderr
    assert [path for path in tmp_path.iterdir() if not path.name.startswith(".")] == []
