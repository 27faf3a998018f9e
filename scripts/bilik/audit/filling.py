"""Rows of Python as tables of DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import duckdb


def fill(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]
) -> None:
    """Make a table of rows that fit into memory, column by column, which is fast.

    Args:
        columns: name → type, in the order of the cells.
    """
    by_column = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]
    typed = [f'CAST(unnest(?) AS {kind}) AS "{column}"' for column, kind in columns.items()]
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {', '.join(typed)}", by_column)
