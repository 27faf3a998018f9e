"""Databases in files: DuckDB reads its own where they are, SQLite's are copied."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import duckdb

from bilik.audit.sources.relations import Column, Given, Roster, give, is_date, quoted, reading, text
from bilik.audit.sources.spool import spool
from bilik.errors import InputError
from bilik.people.contract import NAMES
from bilik.people.rows import shown

SUFFIXES = (".duckdb", ".sqlite", ".sqlite3", ".db")
_SQLITE = b"SQLite format 3\0"
_ATTACHED = "given_source"
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")


def open_database(path: Path, connection: duckdb.DuckDBPyConnection) -> Roster:
    """The tables of a database in a file, whichever of the two wrote it.

    Raises:
        InputError: the file is no database, or its tables are none of the contract.
    """
    try:
        with path.open("rb") as file:
            is_sqlite = file.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    given = _sqlite(connection, path) if is_sqlite else _duckdb(connection, path)
    return give(connection, str(path), given, path.stat().st_size)


def _duckdb(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, Given]:
    given: dict[str, Given] = {}
    try:
        connection.execute(f"DETACH DATABASE IF EXISTS {_ATTACHED}")
        connection.execute(f"ATTACH {text(path)} AS {_ATTACHED} (TYPE duckdb, READ_ONLY)")
    except duckdb.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise InputError(f"{path}: not a database that can be read: {reason}") from error
    with reading(str(path)):
        present = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_catalog = ? AND table_schema = 'main'",
            [_ATTACHED],
        ).fetchall()
        for (name,) in sorted(present):
            if name.lower() in NAMES:
                relation = f"{_ATTACHED}.main.{quoted(name)}"
                described = connection.execute(f"DESCRIBE {relation}").fetchall()
                columns = [Column(column, quoted(column), kind) for column, kind, *_ in described]
                given[name.lower()] = Given(relation, columns, "row_number() OVER () + 1", f"{path}")
    return given


def _sqlite(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, Given]:
    given: dict[str, Given] = {}
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)) as database:
            present = database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
            for name in [name for (name,) in present if name.lower() in NAMES]:
                rows = database.execute(f"SELECT * FROM {quoted(name)}")
                columns = [column for column, *_ in rows.description]
                numbered = enumerate(_as_text(rows, columns), 2)
                kinds = [(column, "VARCHAR") for column in columns]
                given[name.lower()] = spool(connection, name.lower(), str(path), kinds, numbered)
    except sqlite3.Error as error:
        raise InputError(f"{path}: not a database that can be read: {' '.join(str(error).split())}") from error
    return given


def _as_text(rows: sqlite3.Cursor, columns: list[str]) -> Iterator[list[str]]:
    """SQLite has no dates: what programs write there as a moment without a time of day is one."""
    dates = [is_date(column.strip().lower()) for column in columns]
    for row in rows:
        yield [
            _MIDNIGHT.sub("", shown(cell)) if date else shown(cell) for cell, date in zip(row, dates, strict=True)
        ]
