"""What others need to read tables of people: the R2RML mapping makes the records that Bilik makes; CSVW metadata."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest

import postgres_server
from as_tables import HEADERS, Tables, as_csv, as_database, tables
from bilik.evaluate.rules import ENTRY_LINKS
from bilik.namespaces import expand
from bilik.people import load_people
from bilik.people.codes import read_codes
from command_line import ROOT, TABLE_SET
from r2rml import mapped

MAPPING = ROOT / "data" / "people-mapping.rml.ttl"
METADATA = ROOT / "data" / "people-metadata.json"
ENGINE = Path(os.environ.get("BILIK_R2RML_PYTHON", ROOT / ".venv-r2rml" / "bin" / "python"))
"""Python with morph-kgc, which wants older packages than the project does and so has an environment of its own."""


def claims_of_every_grade() -> list[tuple[str, str, str, str]]:
    """Every grade claimed as fully as it is named, and without its tier, and with a tier that is none."""
    grades = read_codes().grades
    return [
        (f"{slug} {number}", position, given or "", category or "")
        for slug, position, tier, category in grades
        for number, given in enumerate([tier, None, "top"])
    ]


CONTENT = tables(
    employees=[
        ("P 1", "accountant", "high", "second"),
        ("Q/2", "", "", ""),
        ("R", "judge", "", ""),
        *claims_of_every_grade(),
    ],
    credentials=[
        ("P 1", "higher", "0411", "2012-06-30", "economist; lawyer"),
        (" Q/2 ", "tvet", "", "", "judge;engineering-technical"),
        ("", "tvet", "", "", ""),
    ],
    trainings=[("P 1", "accounting-control", "2014-01-31"), ("S", "", "")],
    employments=[
        ("P 1", "Кассир", "", "", "", "accounting-control", "2014-02-01", "2018-01-31", ""),
        ("P 1", "economist", "high", "second", "0311", "", "2018-02-01", "", "accountant"),
        ("Q/2", "", "", "none", "", "", "", "2020-01-31", ""),
        ("Q/2", "engineering-technical", "", "", "", "personnel", "2001-01-01", "", "engineer;technician"),
    ],
)  # fmt: skip


def canonical(triples: Iterable[ox.Triple]) -> list[str]:
    """The triples without the names of entries, which are numbered in another order; keys of persons as in RDF."""
    dataset = ox.Dataset()
    triples = list(triples)
    entries = {triple.object for triple in triples if triple.predicate in ENTRY_LINKS}
    names = {entry: ox.BlankNode() for entry in entries}
    for subject, predicate, value in triples:
        dataset.add(ox.Quad(names.get(subject, subject), predicate, names.get(value, value)))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def expected(content: Tables, folder: Path) -> list[str]:
    """What Bilik makes of the tables. It keeps positions that do not exist as findings, which a mapping leaves out."""
    folder.mkdir()
    unknown = ox.NamedNode(expand("position:judge"))
    store = load_people([as_csv(folder, content)]).store
    return canonical(quad.triple for quad in store if quad.object != unknown)


def in_sqlite(path: Path, content: Tables) -> Path:
    with closing(sqlite3.connect(path)) as database:
        for name, (header, *lines) in content.items():
            columns = ", ".join(f'"{column}" TEXT' for column in header)
            database.execute(f"CREATE TABLE {name} ({columns})")
            database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(header))})", lines)
        database.commit()
    return path


def test_the_mapping_makes_the_records_that_bilik_makes(tmp_path: Path) -> None:
    with closing(sqlite3.connect(in_sqlite(tmp_path / "people.db", CONTENT))) as database:

        def rows(query: str) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
            found = database.execute(query)
            return [name for name, *_ in found.description], found.fetchall()

        assert canonical(mapped(MAPPING, rows)) == expected(CONTENT, tmp_path / "csv")


def test_the_mapping_in_duckdb_with_dates(tmp_path: Path) -> None:
    path = as_database(tmp_path / "people.duckdb", CONTENT)
    with duckdb.connect(str(path), read_only=True) as connection:

        def rows(query: str) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
            found = connection.execute(query)
            return [name for name, *_ in found.description], found.fetchall()

        assert canonical(mapped(MAPPING, rows)) == expected(CONTENT, tmp_path / "csv")


def test_the_mapping_in_postgresql_with_dates(tmp_path: Path) -> None:
    import psycopg

    with postgres_server.server() as url, psycopg.connect(url) as server:
        for name, (header, *lines) in CONTENT.items():
            days = ("awarded", "completed", "start", "end")
            kinds = ", ".join(f'"{column}" {"date" if column in days else "text"}' for column in header)
            server.execute(f"CREATE TABLE {name} ({kinds})".encode())
            places = ", ".join(["%s"] * len(header))
            with server.cursor() as cursor:
                cells = [[cell or None for cell in line] for line in lines]
                cursor.executemany(f"INSERT INTO {name} VALUES ({places})".encode(), cells)

        def rows(query: str) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
            found = server.execute(query.encode())
            return [column.name for column in found.description or ()], found.fetchall()

        assert canonical(mapped(MAPPING, rows)) == expected(CONTENT, tmp_path / "csv")


def test_an_engine_of_others_makes_the_same(tmp_path: Path) -> None:
    """morph-kgc, an R2RML engine, on the same database; it hands on an SQL NULL as the text "None" unless told so."""
    if not ENGINE.exists():
        reason = f"no R2RML engine: {ENGINE} does not exist; `make .venv-r2rml/ready` installs one"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    database = in_sqlite(tmp_path / "people.db", CONTENT)
    made = tmp_path / "made.nt"
    config = tmp_path / "config.ini"
    config.write_text(
        f"[CONFIGURATION]\noutput_file={made}\noutput_format=N-TRIPLES\nnumber_of_processes=1\nna_values=,None\n"
        f"[people]\nmappings={MAPPING}\ndb_url=sqlite:///{database}\n",
        encoding="utf-8",
    )
    command = [str(ENGINE), "-m", "morph_kgc", str(config)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    triples = [quad.triple for quad in ox.parse(path=str(made), format=ox.RdfFormat.N_TRIPLES)]
    assert canonical(triples) == expected(CONTENT, tmp_path / "csv")


# -- CSVW ------------------------------------------------------------------------------------------------------------


def test_the_metadata_describe_the_tables() -> None:
    """Every column of the contract, in its order, in three languages; the example has no others but two of its own."""
    document = json.loads(METADATA.read_text(encoding="utf-8"))
    assert document["@context"][0] == "http://www.w3.org/ns/csvw"
    described = {table["url"].removesuffix(".csv"): table["tableSchema"]["columns"] for table in document["tables"]}
    assert {name: tuple(column["name"] for column in columns) for name, columns in described.items()} == HEADERS
    for columns in described.values():
        for column in columns:
            assert {text["@language"] for text in column["dc:description"]} == {"kk", "ru", "en"}
            assert all(text["@value"] for text in column["dc:description"])
    days = {column["name"] for columns in described.values() for column in columns if "datatype" in column}
    assert days == {"awarded", "completed", "start", "end"}
    lists = {column["name"] for columns in described.values() for column in columns if "separator" in column}
    assert lists == {"recognised_for"}
    for name, columns in described.items():
        with (TABLE_SET / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert set(next(csv.reader(file))) - {"name", "unit"} <= {column["titles"] for column in columns}
