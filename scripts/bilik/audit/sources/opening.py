"""Which kind of source it is."""

from __future__ import annotations

from pathlib import Path

import duckdb

from bilik.audit.sources.files import open_files, open_workbook, tables_in
from bilik.audit.sources.relations import Roster, prepare
from bilik.errors import InputError


def open_roster(source: str | Path, connection: duckdb.DuckDBPyConnection) -> Roster:
    """Make the four relations of a source in the schema ``given`` of a connection.

    Args:
        source: a folder of CSV or Parquet files, a workbook, a DuckDB or SQLite file, the URL of a PostgreSQL
            database, or an RDF file or a folder of them.

    Raises:
        InputError: a source that cannot be read, or lacks a table or column that the contract requires.
    """
    prepare(connection)
    path = Path(source)
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    if path.is_dir():
        return open_files(path, tables_in(path), connection)
    return open_workbook(path, connection)
