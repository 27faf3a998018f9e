"""An audit finds what ``check`` finds, and what it cannot use never counts against anybody."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest

from as_tables import HEADERS, as_csv, tables
from audit_rows import Row, as_table_set
from benchmarks.rosters import AS_OF, write_roster
from bilik.audit.evaluation import evaluate
from bilik.audit.findings import COLUMNS, find_in, write_findings
from bilik.audit.meanings import look_up
from bilik.audit.session import session
from bilik.audit.sources import open_roster
from bilik.engine import select
from bilik.errors import InputError
from bilik.evaluate import compiled_law
from bilik.namespaces import code
from bilik.people import Finding, find, load_people
from bilik.people.codes import read_codes
from bilik.people.contract import ENTRIES
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language
from command_line import ROOT
from oracle import load_law
from test_agreement import crowd
from test_audit import random_claims

Found = tuple[str | int | None, ...]
"""code, table, row, column, entry, person, value, candidates."""
PLACES = ", ".join(f'"{column}"' for column in COLUMNS[:-1])


@contextmanager
def audited(source: Path | Sequence[Path], as_of: date = AS_OF) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that has the findings."""
    with session() as connection:
        roster = open_roster(source, connection)
        look_up(connection, [], read_codes())
        count = find_in(connection, roster, as_of)
        assert count == len(findings_of(connection))
        yield connection


def findings_of(connection: duckdb.DuckDBPyConnection) -> list[Found]:
    return connection.execute(f"SELECT {PLACES} FROM findings").fetchall()


def by_audit(source: Path | Sequence[Path], as_of: date = AS_OF) -> list[Found]:
    with audited(source, as_of) as connection:
        return findings_of(connection)


def by_check(source: Path | Sequence[Path], as_of: date = AS_OF) -> list[Found]:
    paths = [source] if isinstance(source, Path) else list(source)
    return [_found(finding) for finding in find(load_people(paths), as_of)]


def _found(finding: Finding) -> Found:
    place = (finding.table, finding.row, finding.column or finding.term, None if finding.table else finding.entry)
    return (finding.code, *place, finding.person, finding.value, ";".join(finding.candidates))


def in_any_order(found: Sequence[Found]) -> list[Found]:
    return sorted(found, key=str)


def table_set(path: Path, **rows: Sequence[Sequence[str]]) -> Path:
    path.mkdir()
    return as_csv(path, tables(**rows))


def codes_of_tables() -> set[str]:
    """The codes of all that tables can do wrong, by the texts and the shapes."""
    shapes = {
        code(row["shape"])
        for row in select(_shapes(), folder("queries", "audit", "findings", "shapes.rq"))
        if code(row["kind"]) in {code(table.kind.replace(":", "/")) for table in ENTRIES}
    }
    return shapes | set(tomllib.loads((ROOT / "data" / "texts" / "findings.toml").read_text(encoding="utf-8")))


def _shapes() -> ox.Store:
    store = ox.Store()
    store.load(path=folder("shapes", "person.ttl"), format=ox.RdfFormat.TURTLE)
    return store


# -- the findings of check -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dirty", [0.03, 0.5])
@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_the_findings_of_generated_rosters(form: str, dirty: float, tmp_path: Path) -> None:
    source = write_roster(tmp_path, persons=300, seed=3, dirty=dirty, form=form)
    expected = by_check(source)
    assert len(expected) > 1000 * dirty
    assert in_any_order(by_audit(source)) == in_any_order(expected)


def test_the_findings_of_random_people(tmp_path: Path) -> None:
    seen: set[str | int | None] = set()
    for as_of, people in crowd(load_law(), 300, seed=777).items():
        source = as_table_set(tmp_path / as_of.isoformat(), people, random_claims(people))
        expected = by_check(source, as_of)
        assert in_any_order(by_audit(source, as_of)) == in_any_order(expected), f"as of {as_of}, in {source}"
        seen |= {finding[0] for finding in expected}
    assert len(seen) > 12


def test_every_code_is_found(tmp_path: Path) -> None:
    source = write_roster(tmp_path, persons=2000, seed=1, dirty=0.5, form="csv")
    with audited(source) as connection:
        assert {code for code, *_ in findings_of(connection)} == codes_of_tables()


JOB = ("p", "accountant", "", "", "", "")
HARD: Mapping[str, tuple[Mapping[str, Sequence[Sequence[str]]], list[Found]]] = {
    "a row that stands there three times is read once, whatever else is wrong with it": (
        {"credentials": [("p", "doctor", "", "", "")] * 3},
        [
            ("credential-level-is-known", "credentials", 2, "level", None, "p", "doctor", ""),
            ("row-repeated", "credentials", 3, None, None, "p", "2", ""),
            ("row-repeated", "credentials", 4, None, None, "p", "2", ""),
        ],
    ),
    "a row of nobody is that alone": (
        {"credentials": [*[("", "doctor", "law", "2019", "?")] * 2, ("p", "higher", "", "", "")]},
        [
            ("row-without-person", "credentials", 2, "person", None, None, "", ""),
            ("row-without-person", "credentials", 3, "person", None, None, "", ""),
        ],
    ),
    "the same rows of two people are no repetition": (
        {"credentials": [("p", "higher", "", "", ""), ("q", "higher", "", "", "")]},
        [],
    ),
    "semicolons alone say nothing": (
        {"credentials": [("p", "", "", "", " ; ;")]},
        [("row-without-values", "credentials", 2, None, None, "p", "", "")],
    ),
    "each position of a cell that is none, once; a group of positions is none": (
        {"credentials": [("p", "", "", "", "translator; x/y ;mechanics;x/y; %41")]},
        [
            ("credential-recognition-is-a-position", "credentials", 2, "recognised_for", None, "p", value, "")
            for value in ("%41", "mechanics", "x/y")
        ],
    ),
    "a day with a time of day is a day that is written wrongly, one with a time zone is a day": (
        {"credentials": [("p", "higher", "", "2019-03-01T10:00:00", ""), ("p", "higher", "", "2019-03-01Z", "")]},
        [("credential-award-is-year-month-day", "credentials", 2, "awarded", None, "p", "2019-03-01T10:00:00", "")],
    ),
    "a day is the same with and without a time zone": (
        {"employments": [(*JOB, "2019-03-01", "2020-03-01+05:00", ""), (*JOB, "2019-03-01Z", "2020-03-01", "")]},
        [("row-repeated", "employments", 3, None, None, "p", "2", "")],
    ),
    "what is no day starts at no time, on the as-of date or later": (
        {"employments": [(*JOB, start, "", "") for start in ("2030-02-30", "2026-01-01Z", "2026-01-02")]},
        [
            ("employment-start-is-a-date", "employments", 2, "start", None, "p", "2030-02-30", ""),
            ("employment-starts-later", "employments", 4, "start", None, "p", "2026-01-02", ""),
        ],
    ),
    "days that do not exist are put in order as they are written": (
        {"employments": [(*JOB, "2019-03-01", "2019-02-29", ""), (*JOB, "2019", "2018-01-01", "")]},
        [
            ("employment-end-is-a-date", "employments", 2, "end", None, "p", "2019-02-29", ""),
            ("employment-ends-after-start", "employments", 2, "start", None, "p", "2019-03-01", ""),
            ("employment-start-is-a-date", "employments", 3, "start", None, "p", "2019", ""),
            ("employment-start-is-year-month-day", "employments", 3, "start", None, "p", "2019", ""),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HARD)
def test_hard_cases(case: str, tmp_path: Path) -> None:
    rows, expected = HARD[case]
    source = table_set(tmp_path / "people", **rows)
    assert by_audit(source) == expected
    assert in_any_order(by_check(source)) == in_any_order(expected)


def test_records_in_rdf_have_the_findings_of_check_in_its_order(tmp_path: Path) -> None:
    paths = [tmp_path / "a.ttl", tmp_path / "b.ttl"]
    for path, start in zip(paths, ("2026-01-01Z", "2027-05-01"), strict=True):
        path.write_text(
            f"""@prefix bilik: <https://w3id.org/bilik/def#> .
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
            <{path.stem}> a bilik:Person ; bilik:hasCredential <{path.stem}/c> ; bilik:hasEmployment <{path.stem}/e> .
            <{path.stem}/c> bilik:hasEducationLevel <x>, <y> ; bilik:hasField "law" .
            <{path.stem}/e> bilik:startedOn "{start}"^^xsd:date ; bilik:endedOn "2020"^^xsd:date ."""
        )
    expected = by_check(paths)
    assert {finding[0] for finding in expected} >= {"credential-one-level", "employment-starts-later"}
    assert [finding[4] for finding in expected if finding[0] == "employment-starts-later"] == [
        f"{paths[1].as_uri().removesuffix('.ttl')}/e"
    ]
    assert by_audit(paths) == expected


def test_in_the_order_of_the_source(tmp_path: Path) -> None:
    order = {name: number for number, name in enumerate(HEADERS)}
    found = by_audit(write_roster(tmp_path, persons=300, seed=4, dirty=0.5, form="csv"))
    places = [(order[str(finding[1])], finding[2], finding[0]) for finding in found]
    assert places == sorted(places)
    assert len({place[0] for place in places}) == len(HEADERS)


# -- what cannot be used is not known --------------------------------------------------------------------------------


def verdicts(source: Path) -> list[Row]:
    with session() as connection:
        open_roster(source, connection)
        evaluate(connection, compiled_law(), AS_OF, claims_only=False)
        return connection.execute("FROM rows").fetchall()


def lines_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def emptied(source: Path, target: Path, found: Sequence[Found], *, ends: bool) -> Path:
    """The tables with nothing where something is wrong; rows that are not read are empty, and keep their numbers.

    An employment that starts later is known not to count. Neither is an end that is no day as good as none, by which
    the employment would still go on: it is emptied only if asked for.
    """
    target.mkdir()
    content = {path.stem: lines_of(path) for path in source.glob("*.csv")}
    for rule, table, row, column, _, _, value, _ in found:
        lines = content[str(table)]
        header, cells = lines[0], lines[int(row or 0) - 1]
        if rule in ("row-repeated", "row-without-person"):
            cells[:] = [""] * len(cells)
        elif column == "recognised_for":
            at = header.index(column)
            cells[at] = ";".join(part for part in map(str.strip, cells[at].split(";")) if part != value)
        elif rule == "employment-ends-after-start":
            cells[header.index("start")] = cells[header.index("end")] = ""
        elif column and rule != "employment-starts-later" and (ends or column != "end"):
            cells[header.index(str(column))] = ""
    return as_csv(target, content)


def test_what_cannot_be_used_is_as_good_as_nothing(tmp_path: Path) -> None:
    source = write_roster(tmp_path / "dirty", persons=300, seed=5, dirty=0.5, form="csv")
    found, dirty = by_audit(source), verdicts(source)
    assert emptied(source, tmp_path / "same", [], ends=True)
    assert verdicts(tmp_path / "same") == dirty, "writing the tables again changes nothing"
    assert verdicts(emptied(source, tmp_path / "emptied", found, ends=False)) == dirty
    without_ends = verdicts(emptied(source, tmp_path / "ends", found, ends=True))
    assert without_ends != dirty
    for row, emptier in zip(dirty, without_ends, strict=True):
        assert row[:2] == emptier[:2]
        assert row[2] != "not-qualified" or emptier[2] == "not-qualified", "an end that is no day fails nobody"


# -- the file --------------------------------------------------------------------------------------------------------


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_what_check_says(language: Language, tmp_path: Path) -> None:
    source = write_roster(tmp_path / "roster", persons=300, seed=3, dirty=0.5, form="csv")
    records = load_people([source])
    messages = {_found(finding): finding.message(language) for finding in find(records, AS_OF)}
    with audited(source) as connection:
        path = write_findings(connection, tmp_path / "verdicts.parquet", language)
        found = findings_of(connection)
    assert path == tmp_path / "verdicts.findings.csv"
    written = read(path)
    assert tuple(written[0]) == COLUMNS
    assert [tuple(row.values()) for row in written] == [
        (*("" if cell is None else str(cell) for cell in finding), messages[finding]) for finding in found
    ]


def test_where_nothing_is_wrong_no_file_is_left(tmp_path: Path) -> None:
    clean = table_set(tmp_path / "clean", credentials=[("p", "higher", "0411", "2015-06-30", "")])
    (tmp_path / "verdicts.findings.csv").write_text("of an earlier audit")
    (tmp_path / "others.findings.csv").write_text("of another audit")
    with audited(clean) as connection:
        assert write_findings(connection, tmp_path / "verdicts.csv", "en") is None
        assert findings_of(connection) == []
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == ["others.findings.csv"]


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    wrong = table_set(tmp_path / "wrong", credentials=[("p", "doctor", "", "", "")])
    (tmp_path / "verdicts.findings.csv").mkdir()
    with audited(wrong) as connection, pytest.raises(InputError, match=r"verdicts\.findings\.csv: cannot be written"):
        write_findings(connection, tmp_path / "verdicts.csv", "en")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["verdicts.findings.csv", "wrong"]
    with (
        audited(table_set(tmp_path / "clean", credentials=[("p", "higher", "", "", "")])) as connection,
        pytest.raises(InputError, match=r"verdicts\.findings\.csv: .* cannot be removed"),
    ):
        write_findings(connection, tmp_path / "verdicts.csv", "en")


def test_texts_of_cells_are_quoted(tmp_path: Path) -> None:
    text = '=HYPERLINK("x"),\nтағы'
    source = table_set(tmp_path / "people", employees=[("p", text, "", "")])
    with audited(source) as connection:
        path = write_findings(connection, tmp_path / "v.csv", "ru")
    assert path is not None
    assert [row["value"] for row in read(path)] == [text]


def test_an_audit_after_another_finds_nothing_of_it(tmp_path: Path) -> None:
    dirty = table_set(tmp_path / "dirty", credentials=[("p", "doctor", "law", "2019", "?")])
    graph = tmp_path / "p.ttl"
    graph.write_text(
        "@prefix bilik: <https://w3id.org/bilik/def#> . <p> bilik:hasCredential <c> . <c> bilik:hasField 'law' ."
    )
    with session() as connection:
        for source, count in ((dirty, 5), (graph, 2), (dirty, 5)):
            roster = open_roster(source, connection)
            connection.execute("DROP SCHEMA IF EXISTS meaning CASCADE")
            look_up(connection, [], read_codes())
            assert find_in(connection, roster, AS_OF) == count
            assert {finding[4] is None for finding in findings_of(connection)} == {source == dirty}
