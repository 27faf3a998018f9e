"""Table sets of people: a folder of CSV or Parquet files, a workbook, or a database in a file, as records.

Cells become what they stand for in the record model and nothing is judged here: a code that does not exist or a date
that is none becomes a value that the record checks find, and that the rules take for unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from bilik.errors import InputError
from bilik.namespaces import expand
from bilik.people.codes import Codes, read_codes
from bilik.people.contract import (
    CLAIM_COLUMNS,
    CLAIMS,
    COLUMNS,
    DATES,
    ENTRIES,
    NAMES,
    Column,
    Table,
    check_columns,
    missing_tables,
    tables_in,
)
from bilik.people.records import PERSON, Cell, Records, TableFinding
from bilik.people.rows import read_lines, shown, table_rows, without_zone
from bilik.people.workbook import read_sheets

Rows = Sequence[tuple[int, Mapping[str, str]]]
"""Row number in the table (the header is row 1) and the cells by column of the contract, as text, '' where empty.

Rows of nothing are left out.
"""


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
            _entries(table, tables[table.name], codes, store, records)
    if CLAIMS in tables:
        _claims(tables[CLAIMS], codes, store, records)


# -- rows to records -------------------------------------------------------------------------------------------------


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
    """Rows by table. All but CSV and workbooks needs DuckDB, which takes longer to import than a dossier to read."""
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    files = tables_in(path) if path.is_dir() else {}
    if path.is_dir() and all(file.suffix.lower() == ".csv" for file in files.values()):
        return {name: _rows(read_lines(file), file, name) for name, file in files.items()}
    if path.suffix.lower() == ".xlsx":
        return {name: _rows(lines, path, name) for name, lines in read_sheets(path, NAMES)}
    return _relations(path)


def _rows(lines: Iterable[Sequence[object]], path: Path, table: str) -> Rows:
    names, numbered = table_rows(lines, path, table)
    folded = [name.lower() for name in names]
    check_columns(path, table, folded)
    places = [folded.index(name) for name in COLUMNS[table] if name in folded]
    named = [place for place, name in enumerate(folded) if name]
    return [
        (row, {folded[place]: _cell(folded[place], cells[place]) for place in places})
        for row, cells in numbered
        if any(cells[place] for place in named)
    ]


def _cell(column: str, text: str) -> str:
    return without_zone(text) if column in DATES else text


def _relations(path: Path) -> dict[str, Rows]:
    """The rows of the relations that a roster is; they name a day as it was given where it is none."""
    import duckdb

    from bilik.audit.sources import open_roster

    with duckdb.connect() as connection:
        roster = open_roster(path, connection)
        return {name: list(_related(connection, name)) for name in roster.tables}


def _related(connection: Any, table: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    found = connection.execute(f"SELECT * FROM given.{table} ORDER BY row")
    names = [name for name, *_ in found.description]
    for values in found.fetchall():
        cells = dict(zip(names, map(shown, values), strict=True))
        yield int(cells["row"]), {name: cells[name] or cells.get(f"{name}_given", "") for name in COLUMNS[table]}
