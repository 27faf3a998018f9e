"""Rows that only Python can read, on their way into DuckDB: through a file, so that their number costs no memory."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from bilik.audit.sources.relations import Given, quoted, text

_SCHEMA = "given_rows"


def spool(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    place: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[tuple[int, Sequence[object]]],
    *,
    entry: bool = False,
) -> Given:
    """Copy rows into a table of the connection.

    Args:
        columns: (name, type) of each column; cells are texts that DuckDB can cast to it, '' being nothing.
        rows: number and cells of each row.
        entry: whether the first column is the IRI of the entry.
    """
    kinds = {"row": "BIGINT"} | {f"c{number}": kind for number, (_, kind) in enumerate(columns)}
    shape = "{" + ", ".join(f"{text(name)}: {text(kind)}" for name, kind in kinds.items()) + "}"
    with tempfile.TemporaryDirectory(prefix="bilik-") as folder:
        path = Path(folder, f"{table}.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([number, *cells] for number, cells in rows)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
        connection.execute(
            f"CREATE OR REPLACE TABLE {_SCHEMA}.{table} AS SELECT * FROM read_csv({text(path)}, header = false, "
            f"auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', columns = {shape})"
        )
    named = [(name, quoted(f"c{number}"), kind) for number, (name, kind) in enumerate(columns)]
    first = "CAST(NULL AS VARCHAR)"
    if entry:
        first, named = named[0][1], named[1:]
    return Given(f"{_SCHEMA}.{table}", named, "row", place, entry=first)
