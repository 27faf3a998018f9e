"""Rows that only Python can fetch, on their way into DuckDB: through a file, so that their number costs no memory."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

import duckdb

from bilik.audit.sources.relations import Column, Given, reading, text

_SCHEMA = "given_rows"
Columns = Sequence[tuple[str, str]]
"""(name, type) of each column."""


def spool(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    place: str,
    columns: Columns,
    rows: Iterable[tuple[int, Sequence[object]]],
    *,
    entry: bool = False,
) -> Given:
    """Copy rows into a table of the connection.

    Args:
        rows: number and cells of each row, as text, '' being nothing.
        entry: whether the first column is the IRI of the entry.
    """

    def write(file: BinaryIO) -> None:
        with TextIOWrapper(file, encoding="utf-8", newline="") as writable:
            writer = csv.writer(writable, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
            writer.writerows([number, *cells] for number, cells in rows)

    given = _spooled(connection, table, place, columns, write)
    if not entry:
        return given
    first, *others = given.columns
    return Given(given.relation, others, given.row, place, entry=first.value)


def spool_text(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    place: str,
    columns: Columns,
    rows: Callable[[], Iterable[bytes]],
) -> Given:
    """The same for rows that are CSV already, each with its number before it."""

    def write(file: BinaryIO) -> None:
        with file:
            file.writelines(rows())

    return _spooled(connection, table, place, columns, write)


def _spooled(
    connection: duckdb.DuckDBPyConnection, table: str, place: str, columns: Columns, write: Callable[[BinaryIO], None]
) -> Given:
    with tempfile.TemporaryDirectory(prefix="bilik-") as folder:
        path = Path(folder, f"{table}.csv")
        write(path.open("wb"))
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
        with reading(place):
            try:
                kinds = [kind for _, kind in columns]
                connection.execute(_table(table, path, kinds))
            except duckdb.Error:  # a value that has no place in the type: the text tells what it is
                kinds = ["VARCHAR" for _ in columns]
                connection.execute(_table(table, path, kinds))
    names = [name for name, _ in columns]
    named = [Column(name, f"c{n}", kind) for n, (name, kind) in enumerate(zip(names, kinds, strict=True))]
    return Given(f"{_SCHEMA}.{table}", named, "row", place)


def _cast(name: str, kind: str) -> str:
    """Days before our era are put as DuckDB casts them; left to what reads CSV they would become days of our era."""
    if kind in ("DATE", "TIMESTAMP"):
        return f"CAST(replace({name}, ' BC', ' (BC)') AS {kind})"
    return f"CAST({name} AS {kind})"


def _table(table: str, path: Path, kinds: Sequence[str]) -> str:
    names = [f"c{number}" for number in range(len(kinds))]
    shape = ", ".join(f"{text(name)}: 'VARCHAR'" for name in names)
    cells = "".join(f", {_cast(name, kind)} AS {name}" for name, kind in zip(names, kinds, strict=True))
    return (
        f"CREATE OR REPLACE TABLE {_SCHEMA}.{table} AS SELECT row{cells} FROM read_csv({text(path)}, header = false, "
        "auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', "
        f"columns = {{'row': 'BIGINT', {shape}}})"
    )
