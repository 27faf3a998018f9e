"""PostgreSQL: tables read in one read-only snapshot and copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import duckdb

from bilik.audit.sources.relations import Given, Roster, give, quoted
from bilik.audit.sources.spool import spool_text
from bilik.errors import InputError
from bilik.people.contract import NAMES
from bilik.resources import folder

SCHEMES = ("postgresql", "postgres")
_KINDS = {
    "smallint": "SMALLINT",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "real": "FLOAT",
    "double precision": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp without time zone": "TIMESTAMP",
    "uuid": "UUID",
}
"""Types whose text DuckDB reads as the type of the same meaning; all others stay text."""
_DECIMAL = re.compile(r"numeric\((\d+),(\d+)\)")


def is_url(source: str) -> bool:
    """Whether a source is the URL of a PostgreSQL database."""
    return source.partition("://")[0].lower() in SCHEMES and "://" in source


def open_postgres(url: str, connection: duckdb.DuckDBPyConnection) -> Roster:
    """The tables of a database that are found without a schema before their names.

    Raises:
        InputError: the server cannot be reached, psycopg is not installed, or the tables are none of the contract.
    """
    place = shown_url(url)
    try:
        import psycopg
    except ImportError as error:
        raise InputError(f"{place}: PostgreSQL is read through psycopg: pip install 'bilik[postgres]'") from error
    try:
        with psycopg.connect(url, options="-c datestyle=ISO -c client_encoding=UTF8", connect_timeout=30) as server:
            server.read_only = True
            server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            given = _tables(server, place, connection)
    except (psycopg.Error, UnicodeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{place}: not a database that can be read: {reason}") from error
    return give(connection, place, given)


def shown_url(url: str) -> str:
    """The URL without the password, which nobody wants to read in a message."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        user = f"{parts.username}@" if parts.username else ""
    except ValueError:
        return "postgresql://…"
    return f"{parts.scheme}://{user}{host}{parts.path}"


def _tables(server: Any, place: str, connection: duckdb.DuckDBPyConnection) -> dict[str, Given]:
    columns: dict[tuple[str, str], list[tuple[str, str]]] = {}
    query = folder("queries", "audit", "sources", "postgres-columns.sql").read_text(encoding="utf-8")
    for table, relation, name, kind in server.execute(query, [list(NAMES)]):
        columns.setdefault((table, relation), []).append((name, _kind(kind)))
    given: dict[str, Given] = {}
    for (table, relation), kinds in columns.items():
        if table in given:
            raise InputError(f"{place}: several tables are called {table}; keep one of them")
        given[table] = spool_text(connection, table, place, kinds, partial(_copied, server, relation, kinds))
    return given


def _copied(server: Any, relation: str, columns: list[tuple[str, str]]) -> Iterator[bytes]:
    """The rows of a table as CSV, the number of each before it."""
    names = ", ".join(quoted(name) for name, _ in columns)
    with server.cursor().copy(
        f"COPY (SELECT row_number() OVER () + 1, {names} FROM {relation}) TO STDOUT (FORMAT csv)"
    ) as rows:
        for chunk in rows:
            yield bytes(chunk)


def _kind(kind: str) -> str:
    if (decimal := _DECIMAL.fullmatch(kind)) and int(decimal[1]) <= 38:
        return f"DECIMAL({decimal[1]}, {decimal[2]})"
    return _KINDS.get(kind, "VARCHAR")
