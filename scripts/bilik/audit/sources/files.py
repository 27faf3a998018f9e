"""Folders of CSV or Parquet files, which DuckDB reads where they are, and workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bilik.audit.sources.relations import Column, Given, Roster, first_line, give, quoted, reading, text, texts
from bilik.audit.sources.spool import spool
from bilik.errors import InputError
from bilik.people.contract import NAMES
from bilik.people.rows import delimiter, read_lines, table_rows
from bilik.people.workbook import read_sheets

MANY_LINES, MANY_ROWS = 100_000, 5_000_000
"""From how many rows of CSV, and of Parquet, on a table is copied."""

Tables = Mapping[str, Path]
"""table → the file or folder of part files that holds it."""


def open_files(folder: Path, tables: Tables, connection: duckdb.DuckDBPyConnection) -> Roster:
    """The tables of a folder, as views of its files.

    Raises:
        InputError: a file cannot be read, or is no table of the contract.
    """
    given = {
        name: _csv(connection, name, path) if path.suffix.lower() == ".csv" else _parquet(connection, path)
        for name, path in tables.items()
    }
    return give(connection, str(folder), given, sum(_size(path) for path in tables.values()))


def open_workbook(path: Path, connection: duckdb.DuckDBPyConnection) -> Roster:
    """The sheets of a workbook, copied into tables.

    Raises:
        InputError: the workbook cannot be read, or its sheets are no tables of the contract.
    """
    given: dict[str, Given] = {}
    for name, lines in read_sheets(path, NAMES):
        names, rows = table_rows(lines, path, name)
        given[name] = spool(connection, name, str(path), [(column, "VARCHAR") for column in names], rows)
    return give(connection, str(path), given, _size(path))


def _size(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*.parquet")
    return sum(file.stat().st_size for file in files)


# -- CSV -------------------------------------------------------------------------------------------------------------


def _csv(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> Given:
    """A CSV file where it is if it is plain: every line a row, and every row as long as the header.

    The exact reader, which also says what is wrong and where, reads all others; there are few.
    """
    names, rows = table_rows(read_lines(path), path, table)
    with path.open(encoding="utf-8-sig", newline="") as file:
        separator = delimiter(file.readline())
    columns = [Column(name, f"c{number}") for number, name in enumerate(names)]
    shape = "{" + ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(names))) + "}"
    relation = (
        f"read_csv({text(path)}, header = true, auto_detect = false, strict_mode = true, columns = {shape}, "
        f"delim = {text(separator)}, quote = '\"', escape = '\"')"
    )
    # Every column is counted so that every cell is read; a cell that is not read could not be found wrong.
    counts = ", ".join(f"count({column.value})" for column in columns)
    person = next((column.cell for column in columns if column.name.lower() == "person"), "NULL")
    try:
        found = connection.execute(
            f"SELECT count(*), count(*) FILTER ({person} IS NULL), {counts} FROM {relation}"
        ).fetchone()
    except duckdb.Error:
        found = None
    if found is None or found[0] + 1 != _lines(path):
        return spool(connection, table, str(path), [(name, "VARCHAR") for name in names], rows)
    many = found[0] >= MANY_LINES
    return Given(relation, columns, "row_number() OVER () + 1", str(path), peopled=not found[1], many=many)


def _lines(path: Path) -> int:
    """Lines of a file; the last one counts also if it does not end."""
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            count += chunk.count(b"\n")
            last = chunk[-1:]
    return count + (last != b"\n")


# -- Parquet ---------------------------------------------------------------------------------------------------------


def _parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> Given:
    """A Parquet file, or the files of a folder one after the other in the order of their names."""
    files = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    rows_of = "SELECT file_name, num_rows FROM parquet_file_metadata({})"
    before, offsets = 1, []
    for file in files:
        try:
            found = connection.execute(rows_of.format(texts([file]))).fetchone()
        except duckdb.Error as error:
            raise InputError(f"{file}: cannot be read: {first_line(error)}") from error
        offsets.append(before)
        before += int(found[1]) if found else 0
    relation = f"read_parquet({texts(files)}, file_row_number = true, filename = true, hive_partitioning = false)"
    with reading(str(path)):
        its_own = f"SELECT * EXCLUDE (file_row_number, filename) FROM {relation}"
        described = connection.execute(f"DESCRIBE {its_own}").fetchall()
        known = _known(connection, files)
    places = "MAP {" + ", ".join(f"{text(f)}: {o}" for f, o in zip(files, offsets, strict=True)) + "}"
    offset = str(offsets[0]) if len(files) == 1 else f"{places}[filename]"
    columns = [
        Column(name, quoted(name), kind, repeats=name in known and known[name].repeats) for name, kind, *_ in described
    ]
    row = f"CAST(file_row_number + 1 + {offset} AS BIGINT)"
    peopled = any(name.strip().lower() == "person" and column.is_text for name, column in known.items())
    return Given(relation, columns, row, str(path), peopled=peopled, many=before > MANY_ROWS)


@dataclass(frozen=True)
class _Known:
    """What the files tell of a column.

    Attributes:
        repeats: its values come from a dictionary.
        is_text: every row has a value, and every value is text that begins with a visible character of ASCII.
    """

    repeats: bool
    is_text: bool


def _known(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> dict[str, _Known]:
    found = connection.execute(
        "SELECT path_in_schema, bool_and(dictionary_page_offset IS NOT NULL), bool_and(type = 'BYTE_ARRAY' AND "
        "stats_null_count = 0 AND COALESCE(stats_min_value, stats_min) >= '!' AND "
        "COALESCE(stats_max_value, stats_max) <= '~') "
        f"FROM parquet_metadata({texts(files)}) GROUP BY path_in_schema"
    ).fetchall()
    return {name: _Known(bool(repeats), bool(is_text)) for name, repeats, is_text in found}
