"""Table sets of people: a folder of CSV or Parquet files, a workbook, or a DuckDB file, as records.

Cells become what they stand for in the record model and nothing is judged here: a code that does not exist or a date
that is none becomes a value that the record checks find, and that the rules take for unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from bilik.errors import InputError
from bilik.namespaces import expand
from bilik.people.codes import Codes, read_codes
from bilik.people.records import PERSON, Cell, Records, TableFinding
from bilik.people.rows import read_lines, table_rows
from bilik.people.workbook import read_sheets


@dataclass(frozen=True)
class Column:
    """What the cells of a column become: ``term`` the property, ``kind`` concept, date, field or position(s)."""

    term: str
    kind: str


@dataclass(frozen=True)
class Table:
    """A table of the contract: which property links its rows to a person, and its columns beside ``person``."""

    name: str
    link: str
    kind: str
    columns: Mapping[str, Column]
    needed: tuple[str, ...]
    """Columns whose absence could turn into a wrong verdict: without them the table is refused."""


ENTRIES = (
    Table(
        "credentials",
        "bilik:hasCredential",
        "bilik:Credential",
        {
            "level": Column("bilik:hasEducationLevel", "concept"),
            "field": Column("bilik:hasField", "field"),
            "awarded": Column("bilik:awardedOn", "date"),
            "recognised_for": Column("bilik:isRecognisedFor", "positions"),
        },
        ("level",),
    ),
    Table(
        "trainings",
        "bilik:hasTraining",
        "bilik:Training",
        {"activity": Column("bilik:coversActivity", "concept"), "completed": Column("bilik:completedOn", "date")},
        ("activity",),
    ),
    Table(
        "employments",
        "bilik:hasEmployment",
        "bilik:Employment",
        {
            "position": Column("bilik:hasPosition", "position"),
            "tier": Column("bilik:hasTier", "concept"),
            "category": Column("bilik:hasCategory", "concept"),
            "field": Column("bilik:hasField", "field"),
            "activity": Column("bilik:coversActivity", "concept"),
            "start": Column("bilik:startedOn", "date"),
            "end": Column("bilik:endedOn", "date"),
            "recognised_for": Column("bilik:isRecognisedFor", "positions"),
        },
        ("position", "start", "end"),
    ),
)
CLAIMS = "employees"
CLAIM_COLUMNS = {
    "position": Column("bilik:hasPosition", "position"),
    "tier": Column("bilik:hasTier", "concept"),
    "category": Column("bilik:hasCategory", "concept"),
}
TABLES: Mapping[str, Mapping[str, Column]] = {
    CLAIMS: CLAIM_COLUMNS,
    **{table.name: table.columns for table in ENTRIES},
}
"""Every table of the contract with its columns beside ``person``."""

REQUIRED = ("credentials", "employments")
NAMES = tuple(TABLES)
NEEDED = {CLAIMS: ("position",)} | {table.name: table.needed for table in ENTRIES}

Rows = Sequence[tuple[int, Mapping[str, str]]]
"""Row number in the table (the header is row 1) and the cells by column, as text; an empty cell is an empty text."""


def read_table_set(path: Path, store: ox.Store, records: Records) -> None:
    """Read a table set: its records into ``store``, the places of the entries and the findings into ``records``.

    Raises:
        InputError: a required table or column is missing, or a table cannot be read.
    """
    tables = _read_all(path)
    if missing := missing_tables(tables):
        raise InputError(f"{path}: {missing}")
    codes = read_codes()
    for table in ENTRIES:
        if table.name in tables:
            check_columns(path, table.name, tuple(tables[table.name][0][1]))
            _entries(table, tables[table.name], codes, store, records)
    if CLAIMS in tables:
        check_columns(path, CLAIMS, tuple(tables[CLAIMS][0][1]))
        _claims(tables[CLAIMS], codes, store, records)


# -- rows to records -------------------------------------------------------------------------------------------------


def missing_tables(tables: Collection[str]) -> str | None:
    """What to say if a required table is not among those that there are."""
    missing = [name for name in REQUIRED if name not in tables]
    if not missing:
        return None
    return (
        f"no table {' and no table '.join(missing)}; a table set has {', '.join(REQUIRED)} and may have "
        f"{', '.join(name for name in NAMES if name not in REQUIRED)} (.csv or .parquet files, or sheets)"
    )


def check_columns(place: str | Path, table: str, columns: Sequence[str]) -> None:
    """Whether a table has the columns that it needs.

    Args:
        columns: the names that there are, in small letters.

    Raises:
        InputError: one is missing.
    """
    there_is = ", ".join(filter(None, columns)) or "none"
    if missing := [name for name in ("person", *NEEDED[table]) if name not in columns]:
        raise InputError(f"{place}: table {table} has no column {', '.join(missing)}; it has {there_is}")


def _entries(table: Table, rows: Rows, codes: Codes, store: ox.Store, records: Records) -> None:
    for row, cells in _usable(table.name, rows, records):
        person = _person(cells["person"], store)
        entry = ox.NamedNode(f"{person.value}/{table.name}/{row}")
        _add(store, person, table.link, entry)
        _add(store, entry, "rdf:type", ox.NamedNode(expand(table.kind)))
        if entry.value in records.cells:
            raise InputError(
                f"{table.name} row {row}: the person {cells['person']} has this row in another table set too; put the "
                "rows of one person into one table set"
            )
        columns: dict[str, str] = {}
        for name, column in table.columns.items():
            text = cells.get(name, "")
            if not text:
                continue
            for term, value in values(column, text, codes):
                columns[expand(term)] = name
                _add(store, entry, term, value)
        records.cells[entry.value] = Cell(table.name, row, columns)
        if not columns:
            records.findings.append(TableFinding("row-without-values", table.name, row, None, "", cells["person"]))


def values(column: Column, text: str, codes: Codes) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    """What a cell stands for in the record: properties with their values; nothing is judged."""
    match column.kind:
        case "date":
            yield column.term, ox.Literal(text, datatype=ox.NamedNode(expand("xsd:date")))
        case "field":
            yield column.term, ox.NamedNode(expand("isced-f:") + quote(text, safe=""))
        case "positions":
            for part in split_positions(text):
                yield column.term, ox.NamedNode(codes.concept("bilik:hasPosition", part))
        case "position" if codes.known(column.term, text) is None:
            yield "bilik:positionTitle", ox.Literal(text)
        case _:
            yield column.term, ox.NamedNode(codes.concept(column.term, text))


def _claims(rows: Rows, codes: Codes, store: ox.Store, records: Records) -> None:
    for row, cells in _usable(CLAIMS, rows, records):
        person = _person(cells["person"], store)
        claim = {name: cells.get(name, "") for name in CLAIM_COLUMNS}
        if not claim["position"]:
            continue
        fitting, of_position = codes.grades_of(**claim)
        if len(fitting) == 1:
            _add(store, person, "bilik:claimsGrade", ox.NamedNode(expand("grade:") + fitting[0]))
        for code, column, value, candidates in claim_findings(claim, fitting, of_position, codes):
            records.findings.append(TableFinding(code, CLAIMS, row, column, value, cells["person"], candidates))


def split_positions(text: str) -> list[str]:
    """The positions that a cell names, separated by semicolons."""
    return [part for part in map(str.strip, text.split(";")) if part]


def claim_findings(
    claim: Mapping[str, str], fitting: Sequence[str], of_position: Sequence[str], codes: Codes
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """What is wrong with a claim, as (code, column, value, candidates)."""
    shown = " ".join(filter(None, claim.values()))
    if claim["tier"] and codes.known("bilik:hasTier", claim["tier"]) is None:
        yield "claim-tier-unknown", "tier", claim["tier"], codes.tiers
    if not of_position:
        yield "claim-position-unknown", "position", claim["position"], codes.positions
    elif not fitting:
        yield "claim-fits-no-grade", "position", shown, tuple(of_position)
    elif len(fitting) > 1:
        yield "claim-fits-several-grades", "position", shown, tuple(fitting)


def _usable(table: str, rows: Rows, records: Records) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of somebody; rows of nobody and repeated rows are findings, and a repeated row is read once."""
    seen: dict[tuple[str, ...], int] = {}
    for row, cells in rows:
        if not any(cells.values()):
            continue
        key = tuple(cells.values())
        if not cells["person"]:
            records.findings.append(TableFinding("row-without-person", table, row, "person", ""))
        elif key in seen:
            records.findings.append(TableFinding("row-repeated", table, row, None, str(seen[key]), cells["person"]))
        else:
            seen[key] = row
            yield row, cells


def _person(key: str, store: ox.Store) -> ox.NamedNode:
    person = ox.NamedNode(PERSON + quote(key, safe=""))
    _add(store, person, "rdf:type", ox.NamedNode(expand("bilik:Person")))
    return person


def _add(store: ox.Store, subject: ox.NamedNode, term: str, value: ox.NamedNode | ox.Literal) -> None:
    store.add(ox.Quad(subject, ox.NamedNode(expand(term)), value))


# -- files to rows ---------------------------------------------------------------------------------------------------


def _read_all(path: Path) -> dict[str, Rows]:
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    if path.is_dir():
        return {name: rows for name in NAMES if (rows := _read_file(path, name)) is not None}
    if path.suffix.lower() == ".xlsx":
        return {name: _rows(lines, path, name) for name, lines in read_sheets(path, NAMES)}
    return _read_database(path)


def _read_file(folder: Path, name: str) -> Rows | None:
    if (path := folder / f"{name}.csv").is_file():
        return _rows(read_lines(path), path, name)
    if (path := folder / f"{name}.parquet").is_file():
        return _query(f"SELECT * FROM read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')", path)
    return None


def _rows(lines: Iterable[Sequence[object]], path: Path, table: str) -> Rows:
    names, numbered = table_rows(lines, path, table)
    folded = [name.lower() for name in names]
    rows = [(row, {name: cell for name, cell in zip(folded, cells, strict=True) if name}) for row, cells in numbered]
    return rows or [(1, dict.fromkeys(filter(None, folded), ""))]


def _read_database(path: Path) -> dict[str, Rows]:
    import duckdb  # only databases and Parquet files need it

    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            present = {str(row[0]).lower() for row in connection.execute("SHOW TABLES").fetchall()}
            return {name: _fetch(connection.table(name), path, name) for name in NAMES if name in present}
    except duckdb.Error as error:
        raise InputError(f"{path}: not a database that can be read: {str(error).splitlines()[0]}") from error


def _query(sql: str, path: Path) -> Rows:
    import duckdb

    try:
        return _fetch(duckdb.sql(sql), path, path.stem)
    except duckdb.Error as error:
        raise InputError(f"{path}: cannot be read: {str(error).splitlines()[0]}") from error


def _fetch(relation: Any, path: Path, table: str) -> Rows:
    return _rows([relation.columns, *relation.fetchall()], path, table)
