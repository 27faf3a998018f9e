"""Sources of rosters: the same roster from every kind of source is the same relations; what is wrong is said."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import bilik.audit.sources.files
import bilik.people.workbook
import postgres_server
from as_tables import HEADERS, WAYS, Tables, as_csv, as_database, as_parquet, as_workbook, example, tables
from bilik.audit.session import session
from bilik.audit.sources import RESERVED, Roster, open_roster
from bilik.errors import InputError
from bilik.people import load_people
from bilik.people.codes import read_codes
from command_line import PEOPLE, PREFIXES, TABLE_SET, written

DATES = ("awarded", "completed", "start", "end")
Relations = dict[str, list[dict[str, Any]]]


def opened(source: str | Path | Sequence[Path]) -> tuple[Roster, Relations]:
    """The roster and the rows of its relations, by row number."""
    with duckdb.connect() as connection:
        roster = open_roster(source, connection)
        return roster, {name: rows(connection, name) for name in HEADERS}


def rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    relation = connection.sql(f"SELECT * FROM given.{table} ORDER BY row, entry")
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def refusal(source: str | Path | Sequence[Path]) -> str:
    with duckdb.connect() as connection, pytest.raises(InputError) as error:
        open_roster(source, connection)
    line = str(error.value)
    assert "\n" not in line
    return line


def expected(content: Tables) -> Relations:
    """What the relations of a roster say, made from its cells without the package."""
    relations: Relations = {}
    for table, header in HEADERS.items():
        relations[table] = []
        given_header, *lines = content.get(table, [header])
        own = [name for name in given_header if name not in header] if table == "employees" else []
        for number, line in enumerate(lines, 2):
            cells = dict(zip(given_header, (cell.strip() or None for cell in line), strict=False))
            if not any(cells.values()):
                continue
            row: dict[str, Any] = {"row": number, "entry": None}
            for name in header:
                text = cells.get(name)
                if name in DATES:
                    day = date.fromisoformat(text) if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
                    row |= {name: day, f"{name}_given": text if day is None else None}
                else:
                    row[name] = text
            relations[table].append(row | {name: cells.get(name) for name in own})
    return relations


# -- the same from every kind of source ------------------------------------------------------------------------------


def as_sqlite(path: Path, content: Tables) -> Path:
    with closing(sqlite3.connect(path)) as database:
        for name, (header, *lines) in content.items():
            columns = ", ".join(f'"{column}"' for column in header)
            database.execute(f"CREATE TABLE {name} ({columns})")
            places = ", ".join("?" * len(header))
            database.executemany(f"INSERT INTO {name} VALUES ({places})", [[c or None for c in line] for line in lines])
        database.commit()
    return path


def as_parts(folder: Path, content: Tables) -> Path:
    """Parquet files of two rows each."""
    as_parquet(folder, content)
    for name in content:
        whole = folder / f"{name}.parquet"
        (folder / name).mkdir()
        with duckdb.connect() as connection:
            (count,) = connection.sql(f"SELECT count(*) FROM '{whole}'").fetchall()[0]
            for number in range(0, max(count, 1), 2):
                connection.execute(
                    f"COPY (SELECT * FROM '{whole}' LIMIT 2 OFFSET {number}) TO '{folder}/{name}/p{number:03}.parquet' "
                    "(FORMAT parquet)"
                )
        whole.unlink()
    return folder


def ragged(folder: Path, content: Tables) -> Path:
    """CSV that no strict reader takes: rows end with their last cell, some lines say nothing, some end differently."""
    for name, table in content.items():
        lines = [",".join(row).rstrip(",") + "\r\n" for row in table]
        written(folder, f"{name}.csv", "".join([*lines, "\n", "  \n", ",,\n"]))
    return folder


SOURCES: dict[str, Callable[[Path, Tables], Path]] = WAYS | {
    "parts": as_parts,
    "ragged": ragged,
    "sqlite": lambda folder, content: as_sqlite(folder / "people.sqlite", content),
    "sqlite .db": lambda folder, content: as_sqlite(folder / "people.db", content),
}


@pytest.mark.parametrize("way", SOURCES)
def test_every_kind_of_source_gives_the_same_relations(way: str, tmp_path: Path) -> None:
    roster, relations = opened(SOURCES[way](tmp_path, example()))
    assert relations == expected(example())
    assert len(relations["employments"]) > 5
    assert roster.carried == ("name", "unit")
    assert roster.tables == tuple(HEADERS)
    assert roster.size > 0


@pytest.mark.parametrize("way", ["comma", "parquet", "parts"])
def test_large_tables_are_copied_and_tell_the_same(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bilik.audit.sources.files, "MANY_LINES", 1)
    monkeypatch.setattr(bilik.audit.sources.files, "MANY_ROWS", 1)
    with session() as connection:
        open_roster(SOURCES[way](tmp_path, example()), connection)
        assert {name: rows(connection, name) for name in HEADERS} == expected(example())
        copied = connection.sql("SELECT table_name FROM duckdb_tables() WHERE database_name = 'copies'").fetchall()
    assert sorted(name for (name,) in copied) == sorted(HEADERS)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with postgres_server.server() as url:
        yield url


def in_postgres(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        for statement in statements:
            server.execute(statement.encode())


def as_postgres(content: Tables) -> Iterator[str]:
    """The statements that make a roster."""
    for name, (header, *lines) in content.items():
        kinds = ", ".join(f'"{column}" {"date" if column in DATES else "text"}' for column in header)
        yield f"CREATE TABLE {name} ({kinds})"
        for line in lines:
            cells = ", ".join("NULL" if not cell else "'" + cell.replace("'", "''") + "'" for cell in line)
            yield f"INSERT INTO {name} VALUES ({cells})"


def test_a_postgresql_database_gives_the_same_relations(postgres: str) -> None:
    in_postgres(postgres, *as_postgres(example()))
    roster, relations = opened(postgres)
    assert relations == expected(example())
    assert (roster.carried, roster.tables) == (("name", "unit"), tuple(HEADERS))


def test_a_postgresql_database_with_types_and_views(postgres: str) -> None:
    """Numbers as keys, moments, days that are none of ours, padded texts; a view is a table; nothing is written."""
    in_postgres(
        postgres,
        'CREATE TABLE staff (id bigint, post varchar(40), "Hired On" date, pay numeric(10, 2), fit boolean)',
        "INSERT INTO staff VALUES (1001, 'Бухгалтер; \"бас\"', '2020-02-29', 10.50, true), "
        "(1002, '', 'infinity', NULL, NULL)",
        'CREATE VIEW "Employees" AS SELECT id AS person, post AS position, "Hired On", pay, fit FROM staff ORDER BY id',
        'CREATE TABLE employments (person bigint, position char(20), "start" timestamp, "end" date)',
        "INSERT INTO employments VALUES (1001, 'engineer', '2010-01-01', 'infinity'), "
        "(1002, 'line' || chr(10) || 'break', '2010-01-01 08:00', '0044-03-15 BC'), (1003, NULL, NULL, '2021-12-31')",
        "CREATE TABLE credentials (person text, level text, awarded timestamptz)",
        "INSERT INTO credentials VALUES ('1001', ' higher ', NULL), (NULL, NULL, NULL), "
        "('1002', '', '2020-01-01 00:00Z')",
    )
    roster, relations = opened(postgres)
    assert roster.carried == ("Hired On", "pay", "fit")
    assert roster.tables == ("employees", "credentials", "employments")
    first, second = relations["employees"]
    assert (first["person"], first["position"], first["Hired On"]) == ("1001", 'Бухгалтер; "бас"', date(2020, 2, 29))
    assert (str(first["pay"]), first["fit"]) == ("10.50", True)
    assert (second["person"], second["position"]) == ("1002", None)
    told = [
        (job["person"], job["position"], job["start"], job["start_given"], job["end"], job["end_given"])
        for job in relations["employments"]
    ]
    assert told == [
        ("1001", "engineer", date(2010, 1, 1), None, None, "infinity"),
        ("1002", "line\nbreak", None, "2010-01-01 08:00:00", None, told[1][5]),
        ("1003", None, None, None, date(2021, 12, 31), None),
    ]
    assert "44" in str(told[1][5])
    assert "BC" in str(told[1][5])
    assert [(c["row"], c["level"], c["awarded"]) for c in relations["credentials"]] == [
        (2, "higher", None),
        (4, None, None),
    ]


def test_postgresql_that_cannot_be_read(postgres: str) -> None:
    in_postgres(postgres, "CREATE TABLE employments (person text)")
    assert "no table credentials;" in refusal(postgres)
    in_postgres(postgres, *as_postgres(example()), "ALTER TABLE employments DROP COLUMN position")
    assert "table employments has no column position; it has person," in refusal(postgres)
    line = refusal("postgresql://clerk:secret@127.0.0.1:1/staff?password=secret")
    assert line.startswith("postgresql://clerk@127.0.0.1:1/staff: not a database that can be read: ")
    assert "secret" not in line
    assert "not a database" in refusal("postgresql://[broken/staff")


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    assert "pip install 'bilik[postgres]'" in refusal("postgresql://127.0.0.1/staff")


# -- RDF -------------------------------------------------------------------------------------------------------------


def graph_of(content: Tables, folder: Path) -> Path:
    """A roster as the graph that reading its tables makes, in an RDF file."""
    import pyoxigraph as ox

    text = ox.serialize(
        (q.triple for q in load_people([as_csv(folder, content)]).store), format=ox.RdfFormat.TURTLE
    )
    assert text is not None
    return written(folder, "people.ttl", text)


def test_rdf_gives_the_same_relations(tmp_path: Path) -> None:
    """Names have become codes, claims those of their grade; titles are quoted, rows counted, entries have an IRI."""
    content = tables(
        employees=[("P 1", "accountant", "high", "second"), ("Q", "", "", "")],
        credentials=[
            ("P 1", "Жоғары білім", "0411", "2012-06-30", "economist; lawyer"),
            ("Q", "", "", "2001-02-29", ""),
        ],
        trainings=[("P 1", "accounting-control", "2014-01-31")],
        employments=[
            ("P 1", "Бухгалтер", "", "second", "", "", "2014-02-01", "", ""),
            ("P 1", "Кассир", "", "", "041", "personnel", "0101-02-01", "2018-01-31", "engineer"),
            ("Q", "", "", "third", "99", "", "soon", "2018-31-01", ""),
        ],
    )
    _, relations = opened(graph_of(content, tmp_path))
    base = "https://w3id.org/bilik/person/"
    told = {t: [[v for k, v in row.items() if k != "row"] for row in found] for t, found in relations.items()}
    assert [[row["row"] for row in found] for found in relations.values()] == [[1, 2], [1, 2], [1], [1, 2, 3]]
    job = ["P 1", "accountant", None, "second", None, None]
    other_job = ["P 1", '"Кассир"', None, None, "041", "personnel"]
    assert told == {
        "employees": [[None, "P 1", "accountant", "high", "second"], [None, "Q", None, None, None]],
        "credentials": [
            [f"{base}P%201/credentials/2", "P 1", "higher", "0411", date(2012, 6, 30), None, "economist;lawyer"],
            [f"{base}Q/credentials/3", "Q", None, None, None, '"2001-02-29"', None],
        ],
        "trainings": [[f"{base}P%201/trainings/2", "P 1", "accounting-control", date(2014, 1, 31), None]],
        "employments": [
            [f"{base}P%201/employments/2", *job, date(2014, 2, 1), None, None, None, None],
            [f"{base}P%201/employments/3", *other_job, date(101, 2, 1), None, date(2018, 1, 31), None, "engineer"],
            [f"{base}Q/employments/4", "Q", *[None] * 6, '"soon"', None, '"2018-31-01"', None],
        ],
    }


def test_rdf_that_says_several_things_of_one(tmp_path: Path) -> None:
    """Two usable values are as good as none; beside one that is none, the usable one counts; a title is no position."""
    path = written(
        tmp_path,
        "people.ttl",
        PREFIXES
        + """
        :p bilik:hasCredential :c , [] ; bilik:hasEmployment :j , :k , "text" ; bilik:claimsGrade :none .
        :c bilik:hasEducationLevel level:higher , level:doctorate ; bilik:hasField isced-f:0411 , isced-f:0421 ;
            bilik:awardedOn "2010-01-01"^^xsd:date , "2011-01-01"^^xsd:date .
        :j bilik:hasPosition position:lawyer , position:engineer ; bilik:positionTitle "engineer" ;
            bilik:endedOn "2020-01-01" ; bilik:isRecognisedFor position:lawyer , position:engineer , position:judge .
        :k bilik:positionTitle "engineer" .
        :q a bilik:Person .""",
    )
    roster, relations = opened(path)
    assert [(e["person"], e["position"]) for e in relations["employees"]] == [
        ("https://example.org/p", None),
        ("https://example.org/q", None),
    ]
    (unnamed, credential) = sorted(relations["credentials"], key=lambda row: str(row["entry"]) == "https://example.org/c")
    assert "genid" in unnamed["entry"]
    assert (credential["level"], credential["field"]) == ("higher", None)
    assert (credential["awarded"], credential["awarded_given"]) == (None, '"2010-01-01"')
    assert [
        (j["entry"], j["position"], j["end"], j["end_given"], j["recognised_for"]) for j in relations["employments"]
    ] == [
        ("https://example.org/j", None, None, '"2020-01-01"', "engineer;lawyer"),
        ("https://example.org/k", '"engineer"', None, None, None),
    ]
    assert roster.records is not None


def test_every_claim_in_rdf_is_the_claim_of_its_grade(tmp_path: Path) -> None:
    codes = read_codes()
    claims = "".join(f":{slug} bilik:claimsGrade grade:{slug} .\n" for slug, *_ in codes.grades)
    _, relations = opened(written(tmp_path, "claims.ttl", PREFIXES + claims))
    assert len(relations["employees"]) == len(codes.grades) == 50
    for row in relations["employees"]:
        fitting, _ = codes.grades_of(row["position"], row["tier"] or "", row["category"] or "")
        assert fitting == [row["person"].rpartition("/")[2]]


def test_rdf_may_be_many_files(tmp_path: Path) -> None:
    dossiers = [PEOPLE / "aigerim-ulgi.ttl", PEOPLE / "asel-mysal.jsonld"]
    for path in dossiers:
        written(tmp_path, path.name, path.read_bytes())
    written(tmp_path, "README.md", "about them")
    _, of_folder = opened(tmp_path)
    _, of_files = opened(dossiers)
    assert of_folder == of_files
    assert {row["person"].rpartition("/")[2] for row in of_folder["employees"]} == {"aigerim-ulgi", "asel-mysal"}
    assert "may only be RDF files" in refusal([dossiers[0], TABLE_SET])


# -- rows, columns, cells --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["comma", "ragged", "workbook", "sqlite", "parquet", "parts", "database"])
def test_rows_keep_their_number(way: str, tmp_path: Path) -> None:
    """Rows of nothing are counted and left out, rows of nobody are not."""
    job = ("P", "mechanic", "", "", "", "", "2010-01-01", "", "")
    spaces = [" " if name not in DATES else "" for name in HEADERS["employments"]]
    content = tables(employments=[[""] * 9, ("", *job[1:]), spaces, job])
    _, relations = opened(SOURCES[way](tmp_path, content))
    assert [(row["row"], row["person"]) for row in relations["employments"]] == [(3, None), (5, "P")]


def test_lines_and_rows_of_csv(tmp_path: Path) -> None:
    """A text over several lines is one row; an empty line is one."""
    as_csv(tmp_path, tables())
    written(tmp_path, "credentials.csv", 'person,level\n"P\n1",tvet\n\nQ,"hig""her"\n" R ",\n')
    _, relations = opened(tmp_path)
    told = [(row["row"], row["person"], row["level"]) for row in relations["credentials"]]
    assert told == [(2, "P\n1", "tvet"), (4, "Q", 'hig"her'), (5, "R", None)]


def test_columns_in_any_order_and_case_or_absent(tmp_path: Path) -> None:
    written(tmp_path, "credentials.csv", " LEVEL ;remark;Person\ntvet;x; P\n")
    written(tmp_path, "employments.csv", "end;start;position;person\n;2010-01-01;technician;P\n")
    roster, relations = opened(tmp_path)
    assert roster.tables == ("credentials", "employments")
    assert roster.carried == ()
    assert relations["employees"] == relations["trainings"] == []
    assert relations == expected(
        tables(
            credentials=[("P", "tvet", "", "", "")],
            employments=[("P", "technician", "", "", "", "", "2010-01-01", "", "")],
        )
    )


@pytest.mark.parametrize("way", ["comma", "ragged", "workbook", "sqlite", "parquet", "database"])
def test_columns_of_people_s_own(way: str, tmp_path: Path) -> None:
    """In their order and under their names; those with the name of a column of the results are renamed."""
    own = ["Аты-жөні", "Grade", "row", "а/б в"]
    content = tables()
    content["employees"] = [("person", own[0], "position", *own[1:]), ("P", "Үлгі А.", "engineer", "x", "7", "+1")]
    roster, relations = opened(SOURCES[way](tmp_path, content))
    assert roster.carried == (own[0], "Grade_given", "row_given", own[3])
    (row,) = relations["employees"]
    assert [row[name] for name in roster.carried] == ["Үлгі А.", "x", "7", "+1"]
    assert row["row"] == 2


def test_names_that_the_results_need() -> None:
    assert {"grade", "verdict", "claimed", "reason", "next_date"} <= RESERVED


def test_a_renamed_column_must_find_its_name_free(tmp_path: Path) -> None:
    as_csv(tmp_path, tables())
    written(tmp_path, "employees.csv", "person,position,grade,Grade_given\n")
    assert "the column grade_given is there already" in refusal(tmp_path)


def test_types_of_databases_are_kept_where_nobody_needs_text(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "people.duckdb")) as connection:
        connection.execute("CREATE TYPE level AS ENUM ('tvet', 'higher')")
        connection.execute("CREATE TABLE Employees (person INTEGER, position VARCHAR, born DATE, pay DECIMAL(9, 2))")
        connection.execute("INSERT INTO Employees VALUES (1001, 'engineer', '1990-01-31', 10.5)")
        connection.execute("CREATE TABLE credentials (person DOUBLE, level level, field INTEGER, awarded TIMESTAMP)")
        connection.execute("INSERT INTO credentials VALUES (1001, 'tvet', 421, '2010-06-30'), (0.5, NULL, 411, "
                           "'2010-06-30 12:00'), (1e20, NULL, NULL, 'infinity')")
        connection.execute('CREATE TABLE jobs (who VARCHAR, what VARCHAR, "from" DATE, till DATE)')
        connection.execute("INSERT INTO jobs VALUES ('1001', 'engineer', '2010-01-01', 'infinity'), "
                           "('1001', ' ', '0044-03-15 (BC)', '12000-01-01')")
        connection.execute('CREATE VIEW employments AS SELECT who AS person, what AS position, "from" AS start, '
                           'till AS "end" FROM jobs')
    _, relations = opened(tmp_path / "people.duckdb")
    (employee,) = relations["employees"]
    assert (employee["person"], employee["born"], str(employee["pay"])) == ("1001", date(1990, 1, 31), "10.50")
    assert [(c["person"], c["level"], c["field"], c["awarded"]) for c in relations["credentials"]] == [
        ("1001", "tvet", "421", date(2010, 6, 30)),
        ("0.5", None, "411", None),
        ("1e+20", None, None, None),
    ]
    assert [c["awarded_given"] for c in relations["credentials"]] == [None, "2010-06-30 12:00:00", "infinity"]
    jobs = relations["employments"]
    assert [(j["position"], j["start"], j["start_given"], j["end"], j["end_given"]) for j in jobs] == [
        ("engineer", date(2010, 1, 1), None, None, "infinity"),
        (None, None, "0044-03-15 (BC)", None, "12000-01-01"),
    ]


def test_dates_of_databases_need_no_text(tmp_path: Path) -> None:
    """Where all dates are usable nothing is computed of them."""
    for path in (as_parquet(tmp_path, example()), as_database(tmp_path / "people.duckdb", example())):
        with duckdb.connect() as connection:
            open_roster(path, connection)
            views = connection.execute("SELECT sql FROM duckdb_views() WHERE schema_name = 'given'").fetchall()
        assert len(views) == 4
        assert not any(re.search(r"given\.(no_)?day_of_", sql) for (sql,) in views)


def test_moments_in_sqlite(tmp_path: Path) -> None:
    """SQLite keeps them as text."""
    days = ["2010-01-31 00:00:00", "2010-01-31T00:00:00.000", "2010-01-31", "2010-01-31 08:00:00", "31.01.2010"]
    content = tables(employments=[("P", "lawyer", "", "", "", "", day, "", "") for day in days])
    _, relations = opened(as_sqlite(tmp_path / "people.db", content))
    assert [row["start"] for row in relations["employments"]] == [date(2010, 1, 31)] * 3 + [None] * 2
    assert [row["start_given"] for row in relations["employments"]] == [None] * 3 + days[3:]


WRITTEN_DAYS = st.one_of(
    st.builds(
        "{:04}-{:02}-{:02}{}".format,
        st.integers(0, 9999) | st.sampled_from([1900, 2000, 2023, 2024]),
        st.integers(0, 13),
        st.integers(0, 32),
        st.sampled_from(["", "Z", "+05:00", "-14:00", "+14:30", "+5", "z", " ", "T00:00:00", "+13:59"]),
    ),
    st.sampled_from(["2015-6-30", "2015/06/30", "20150630", "30.06.2015", "-2015-06-30", "12015-06-30", "infinity",
                     "epoch", "2015-06-30 (BC)", "2015-W27", "٢٠١٥-06-30", "2015-06", "today"]),
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(WRITTEN_DAYS, min_size=20, max_size=60))
def test_a_day_is_one_where_the_rules_see_one(days: list[str], tmp_path: Path) -> None:
    """The same texts as dates of a record are read by the rule that says which can be used."""
    content = tables(credentials=[("P", "tvet", "", day, "") for day in days])
    _, by_text = opened(as_csv(tmp_path, content))
    facts = "".join(
        f':p bilik:hasCredential :c{n:03} . :c{n:03} bilik:awardedOn "{day.strip()}"^^xsd:date .\n'
        for n, day in enumerate(days)
    )
    _, by_rules = opened(written(tmp_path, "people.ttl", PREFIXES + facts))
    assert [c["awarded"] for c in by_text["credentials"]] == [c["awarded"] for c in by_rules["credentials"]]
    for credential, day in zip(by_text["credentials"], days, strict=True):
        assert credential["awarded_given"] == (None if credential["awarded"] else day.strip())


CELLS = st.text(alphabet=st.sampled_from('ab1é"\n\r ;,\t\u00a0Қ-'), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6),
    way=st.sampled_from(["comma", "semicolon", "tab", "quoted", "byte order mark"]),
)
def test_any_text_in_csv_is_read_as_the_exact_reader_reads_it(
    lines: list[tuple[str, str, str]], way: str, tmp_path: Path
) -> None:
    content: dict[str, Any] = tables()
    content["credentials"] = [("person", "level", "field"), *lines]
    _, relations = opened(WAYS[way](tmp_path, content))
    found = relations["credentials"]
    told = [(row["row"], *(row[name] or "" for name in ("person", "level", "field"))) for row in found]
    assert told == [(n, *(c.strip() for c in line)) for n, line in enumerate(lines, 2) if any(c.strip() for c in line)]


# -- workbooks -------------------------------------------------------------------------------------------------------


def workbook(path: Path, *, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    book.save(path)
    return path


JOBS: list[list[object]] = [["person", "position", "start", "end"], ["P", "engineer", datetime(2010, 1, 1), None]]
DIPLOMAS: list[list[object]] = [["person", "level", "awarded"], ["P", "higher", date(2009, 6, 30)]]


def test_workbooks_as_people_have_them(tmp_path: Path) -> None:
    """Hidden sheets, sheets of other things, merged cells, numbers, errors, moments with a time of day."""
    path = tmp_path / "people.xlsx"
    book = Workbook()
    book.worksheets[0].append(["notes"])
    jobs = book.create_sheet(" Employments ")
    jobs.append(["person", "position", "start", "end"])
    jobs.append([1001, "engineer", datetime(2010, 1, 1), "2012-12-31"])
    jobs.append([None, "lawyer", datetime(2013, 1, 1, 8), "#N/A"])
    jobs.merge_cells("A2:A3")
    jobs.sheet_state = "hidden"
    diplomas = book.create_sheet("CREDENTIALS")
    diplomas.append(["person", "level", None, "field"])
    diplomas.append(["1001", "tvet", None, 421.0])
    book.save(path)
    _, relations = opened(path)
    columns = ("row", "person", "start", "start_given", "end", "end_given")
    assert [tuple(job[name] for name in columns) for job in relations["employments"]] == [
        (2, "1001", date(2010, 1, 1), None, date(2012, 12, 31), None),
        (3, None, None, "2013-01-01T08:00:00", None, "#N/A"),
    ]
    assert [(c["person"], c["field"]) for c in relations["credentials"]] == [("1001", "421")]


def with_formula(path: Path, cell: bytes) -> Path:
    """A workbook whose second cell of the second row of employments is a formula, saved as given."""
    workbook(path, sheets={"employments": JOBS, "credentials": DIPLOMAS})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in parts if name.endswith("sheet1.xml"))
    changed = re.sub(rb'<c r="B2".*?</c>', cell, parts[name])
    assert changed != parts[name]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in (parts | {name: changed}).items():
            archive.writestr(part, content)
    return path


@pytest.mark.parametrize(
    ("cell", "position"),
    [
        (b'<c r="B2" t="str"><f>LOWER("ENGINEER")</f><v>engineer</v></c>', "engineer"),
        (b'<c r="B2" t="str"><f>IF(1,"","x")</f><v></v></c>', None),
        (b'<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        (b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
    ],
)
def test_formulas_have_the_value_that_was_saved(cell: bytes, position: str | None, tmp_path: Path) -> None:
    _, relations = opened(with_formula(tmp_path / "people.xlsx", cell))
    assert [job["position"] for job in relations["employments"]] == [position]


@pytest.mark.parametrize("cell", [b'<c r="B2"><f>LOWER("X")</f></c>', b'<c r="B2"><f ca="1">A1</f><v/></c>'])
def test_formulas_without_a_value(cell: bytes, tmp_path: Path) -> None:
    line = refusal(with_formula(tmp_path / "people.xlsx", cell))
    assert "sheet employments cell B2: a formula without a calculated value; open" in line


def test_a_workbook_that_openpyxl_wrote_with_formulas(tmp_path: Path) -> None:
    diplomas = [["person", "level"], ["=A1", "tvet"]]
    path = workbook(tmp_path / "people.xlsx", sheets={"credentials": diplomas, "employments": JOBS})
    assert "sheet credentials cell A2" in refusal(path)


def test_one_sheet_for_everything(tmp_path: Path) -> None:
    header = ["ФИО", "Должность", "level 1", "level 2", "Место работы №1", "Место работы №2"]
    path = workbook(tmp_path / "list.xlsx", sheets={"Лист1": [[], header, ["Үлгі А."]]})
    line = refusal(path)
    assert "sheet Лист1 has one row a person and repeats columns (level 1, level 2, Место работы №1, Место" in line
    assert "employees, credentials, trainings, employments" in line
    assert "`bilik template`" in line
    line = refusal(workbook(tmp_path / "other.xlsx", sheets={"Лист1": [["a", "b"]], "Лист2": []}))
    assert "no sheet is called employees, credentials, trainings, employments, there is Лист1, Лист2" in line
    assert "`bilik template`" in line


def test_workbooks_that_are_none(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "old format .xls; save it as .xlsx" in refusal(written(tmp_path, "old.xlsx", ole))
    secret = ole + "EncryptedPackage".encode("utf-16-le")
    assert "protected by a password; save it without one" in refusal(written(tmp_path, "secret.xlsx", secret))
    assert "workbooks are read as .xlsx" in refusal(written(tmp_path, "old.xls", ole))
    assert "the file is empty" in refusal(written(tmp_path, "empty.xlsx", b""))
    assert "not a workbook" in refusal(written(tmp_path, "text.xlsx", b"person,level"))
    whole = as_workbook(tmp_path / "people.xlsx", example()).read_bytes()
    assert "not a workbook" in refusal(written(tmp_path, "cut.xlsx", whole[: len(whole) // 2]))


def test_a_workbook_of_which_a_sheet_is_damaged(tmp_path: Path) -> None:
    path = as_workbook(tmp_path / "people.xlsx", example())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[: len(content) * 2 // 3] if name.endswith("sheet4.xml") else content)
    assert "not a workbook that can be read" in refusal(path)


def test_workbooks_that_unpack_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused before anything is unpacked."""
    path = as_workbook(tmp_path / "people.xlsx", example())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/dense.xml", bytes(20_000_000))
    line = refusal(path)
    assert "its part xl/media/dense.xml unpacks to more than 200 times its size" in line
    monkeypatch.setattr(bilik.people.workbook, "LARGEST", 2**20)
    assert "unpacked it would have 19 MiB, of which 1 are allowed" in refusal(path)


# -- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["credentials", "employments"])
@pytest.mark.parametrize("way", ["comma", "parquet", "parts", "workbook", "database", "sqlite"])
def test_missing_tables(way: str, table: str, tmp_path: Path) -> None:
    content = {name: lines for name, lines in example().items() if name != table}
    line = refusal(SOURCES[way](tmp_path, content))
    assert f"no table {table};" in line
    assert "a table set has credentials, employments" in line


@pytest.mark.parametrize(
    ("table", "column"),
    [("employees", "position"), ("credentials", "level"), ("trainings", "person"), ("employments", "start")],
)
@pytest.mark.parametrize("way", ["comma", "parquet", "parts", "workbook", "database", "sqlite"])
def test_missing_columns(way: str, table: str, column: str, tmp_path: Path) -> None:
    content: dict[str, list[list[str]]] = example()
    index = content[table][0].index(column)
    content[table] = [row[:index] + row[index + 1 :] for row in content[table]]
    assert f"table {table} has no column {column}; it has " in refusal(SOURCES[way](tmp_path, content))


@pytest.mark.parametrize(
    ("content", "signs"),
    [
        ("person,level,Level\nP,higher,tvet\n", ("table credentials row 1", "several columns level")),
        ("person,level\nP,tvet\nP,higher,0421\n", ("table credentials row 3", "3 cells", "has 2", "quotes")),
        ('person,level\nP,"higher\n', ("credentials.csv line 2", "not valid CSV")),
        ('person,level\nP,"hig"her\n', ("credentials.csv line 2", "not valid CSV")),
        ("person,level\nP,\xff\n".encode("latin-1"), ("credentials.csv line 2", "not UTF-8; save the file as UTF-8")),
        ("person,level\nP,1\n".encode("utf-16"), ("credentials.csv line 1", "not UTF-8")),
        ("", ("credentials.csv", "the file is empty")),
        (" \n\n", ("credentials.csv", "the file is empty")),
        ("\nperson,level\nP,tvet\n", ("table credentials has no column person",)),
    ],
    ids=["twice", "too many", "open quote", "quote inside", "not UTF-8", "UTF-16", "empty", "blank", "late header"],
)
def test_csv_that_is_no_table(content: str | bytes, signs: tuple[str, ...], tmp_path: Path) -> None:
    as_csv(tmp_path, tables())
    written(tmp_path, "credentials.csv", content)
    line = refusal(tmp_path)
    assert [sign for sign in signs if sign not in line] == [], line


def test_a_bad_row_far_down_is_found_at_once(tmp_path: Path) -> None:
    as_csv(tmp_path, tables())
    lines = ["person,level", *["P,tvet"] * 100_000, "P,tvet,0713", *["P,tvet"] * 100]
    written(tmp_path, "credentials.csv", "\n".join(lines))
    assert "row 100002: 3 cells" in refusal(tmp_path)
    written(tmp_path, "credentials.csv", "\n".join(lines).replace("P,tvet,0713", "P,\xff").encode("latin-1"))
    assert "credentials.csv line 100002: not UTF-8" in refusal(tmp_path)


def test_broken_parquet_is_named(tmp_path: Path) -> None:
    as_parts(tmp_path, example())
    broken = sorted((tmp_path / "employments").iterdir())[1]
    broken.write_bytes(broken.read_bytes()[:50])
    assert f"{broken}: cannot be read: " in refusal(tmp_path)


def test_parts_that_differ(tmp_path: Path) -> None:
    as_parts(tmp_path, example())
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 'P' AS person) TO '{tmp_path}/employments/zz.parquet' (FORMAT parquet)")
        open_roster_or_read(tmp_path, connection)


def open_roster_or_read(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(InputError, match=r"employments: cannot be read: "):
        open_roster(path, connection)


def test_databases_that_are_none(tmp_path: Path) -> None:
    assert "not a database that can be read" in refusal(written(tmp_path, "a.duckdb", b"person,level"))
    assert "not a database that can be read" in refusal(written(tmp_path, "a.db", b"SQLite format 3\0" + bytes(200)))
    whole = as_sqlite(tmp_path / "b.db", example()).read_bytes()
    assert "b.sqlite" in refusal(written(tmp_path, "b.sqlite", whole[: len(whole) // 2]))


def test_folders_and_files_that_are_no_rosters(tmp_path: Path) -> None:
    assert "there is no such file or folder" in refusal(tmp_path / "absent")
    line = refusal(tmp_path)
    for sign in ("no table credentials and no table employments", "employments.csv", ".parquet", "`bilik template`"):
        assert sign in line
    staff = written(tmp_path, "staff.csv", "name;level1;level2;position\nA;;;\n")
    for source in (staff, tmp_path):
        line = refusal(source)
        assert "staff.csv has one row a person and repeats columns (level1, level2)" in line
        assert "`bilik template`" in line
    assert "one file is no roster" in refusal(written(tmp_path, "employees.csv", "person,position\n"))
    assert "unknown kind of roster '.docx'" in refusal(written(tmp_path, "staff.docx", b"PK"))
    assert "there is as" not in refusal(tmp_path)
    as_csv(tmp_path, example())
    written(tmp_path, "Employments.CSV", "person\n")
    assert "table employments is there as " in refusal(tmp_path)
