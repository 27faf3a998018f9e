"""What is wrong with a roster: the findings of ``check``, by SQL.

from bilik.people.contract import ENTRIES, NAMES, TABLES
from bilik.people.findings import Finding, message
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyoxigraph as ox

from bilik.audit.filling import fill
from bilik.audit.outputs import findings_file
from bilik.audit.sources import Roster
from bilik.audit.sources.relations import quoted, text
from bilik.engine import load, select
from bilik.errors import InputError
from bilik.namespaces import code, expand
from bilik.output import replacing
from bilik.people import Records, find
from bilik.people.contract import ENTRIES, NAMES, TABLES
from bilik.people.findings import Finding, message
from bilik.resources import folder
from bilik.texts import Language

COLUMNS = ("code", "table", "row", "column", "entry", "person", "value", "candidates", "message")
"""The columns of the file of findings."""

_FOUND = {
    "code": "VARCHAR",
    "person": "VARCHAR",
    "table": "VARCHAR",
    "row": "BIGINT",
    "column": "VARCHAR",
    "entry": "VARCHAR",
    "value": "VARCHAR",
    "candidates": "VARCHAR",
}
_AT_ONCE = 10_000
_RULES = ("queries", "audit", "findings")


@dataclass(frozen=True)
class _Asked:
    """What a shape asks of a column.

    Attributes:
        shape: its code, which is that of the finding.
        rule: which rule of the folder ``shapes`` looks for what does not fit.
        asked: the value of the constraint: a pattern, or the column that the date must not be after.
        namespace: what stands before the text of a cell where the pattern is one of an IRI.
    """

    shape: str
    rule: str
    table: str
    column: str
    is_date: bool
    asked: str
    namespace: str


def find_in(connection: duckdb.DuckDBPyConnection, roster: Roster, as_of: date) -> int:
    """Make the table ``findings`` of the schemas ``given`` and ``meaning``; returns how many rows it has.

    Its columns are code, person, table, row, column, entry, value and candidates, these joined by semicolons. It is in
    the order of the source, by table, row and rule, so that people can go through their tables from top to bottom.
    Where the source is RDF, ``entry`` is an IRI, ``column`` the local name of a property, table and row are null, and
    the order is that of ``check``; else ``entry`` is null.

    Raises:
        EngineError: a check of records in RDF cannot be run.
        duckdb.Error: a source cannot be read to its end, or the machine has not enough room.
    """
    connection.execute("SET VARIABLE tables = ?", [list(NAMES)])
    connection.execute("SET VARIABLE as_of = ?::DATE", [as_of])
    if roster.records is not None:
        fill(connection, "found", _FOUND, _of_records(roster.records, as_of))
    else:
        _find_in_tables(connection, roster)
    _run(connection, "findings")
    counted = connection.execute("SELECT count(*) FROM findings").fetchone()
    assert counted is not None, "a count is a row"
    return int(counted[0])


def findings_of(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """The table ``findings`` as findings; their place is a column whatever the source."""
    return [
        Finding(
            code=code_,
            person=person or None,
            entry=entry or None,
            table=table or None,
            row=row,
            column=column or None,
            term=None,
            value=value or "",
            candidates=tuple(filter(None, (candidates or "").split(";"))),
        )
        for code_, table, row, column, entry, person, value, candidates in _rows(connection)
    ]


def write_findings(connection: duckdb.DuckDBPyConnection, output: Path, language: Language) -> Path | None:
    """Write the table ``findings`` beside the verdicts, each finding with what is wrong and the remedy.

    Where there are none no file is left, not even that of an earlier audit: it would speak of other rows.

    Args:
        output: the file of the verdicts.

    Raises:
        InputError: the file cannot be written, or an earlier one not removed.
    """
    path = findings_file(output)
    rows = _rows(connection)
    first = next(rows, None)
    if first is None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise InputError(f"{path}: findings of an earlier audit, cannot be removed: {error.strerror}") from error
        return None
    with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in (first, *rows):
            *_, value, candidates = row
            told = message(row[0], language, value, tuple(filter(None, candidates.split(";"))))
            writer.writerow((*row, told))
    return path


def _rows(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    columns = ", ".join(f'"{column}"' for column in COLUMNS[:-1])
    found = connection.execute(f"SELECT {columns} FROM findings")
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def _of_records(records: Records, as_of: date) -> Iterator[tuple[str | int | None, ...]]:
    for found in find(records, as_of):
        place = (found.table, found.row, found.column or found.term, found.entry)
        yield found.code, found.person, *place, found.value, ";".join(found.candidates)


# -- rules -----------------------------------------------------------------------------------------------------------


def _find_in_tables(connection: duckdb.DuckDBPyConnection, roster: Roster) -> None:
    """The rules by folder: for tables with rows of nobody, for all, for those of entries, for one by its name."""
    _run(connection, "found")
    for table in roster.unpeopled:
        _apply_all(connection, "unpeopled", table)
    for table in roster.tables:
        _apply_all(connection, "tables", table)
    _run(connection, "unread")
    for entries in ENTRIES:
        _apply_all(connection, "entries", entries.name)
        _run(connection, "unusual", entries.name)
    for asked in _asked():
        _look_for_misfits(connection, asked)
    for table in NAMES:
        _apply_all(connection, table, table)
    _run(connection, "read")


def _apply_all(connection: duckdb.DuckDBPyConnection, rules: str, table: str) -> None:
    for rule in sorted(folder(*_RULES, rules).glob("*.sql")):
        _apply(connection, rule, table, code=rule.stem)


def _look_for_misfits(connection: duckdb.DuckDBPyConnection, asked: _Asked) -> None:
    connection.execute("SET VARIABLE pattern = ?", [asked.asked])
    connection.execute("SET VARIABLE namespace = ?", [asked.namespace])
    cells, rows = asked.column, f"given.{asked.table}"
    if asked.is_date:
        cells, rows = f"{asked.column}_given", f"unusual_{asked.table}"
    rule = folder(*_RULES, "shapes", f"{asked.rule}.sql")
    words = {"code": asked.shape, "column": asked.column, "text": cells, "rows": rows, "later": asked.asked}
    _apply(connection, rule, asked.table, **words)


def _apply(connection: duckdb.DuckDBPyConnection, rule: Path, table: str, **words: str) -> None:
    """Add what a rule finds in a table."""
    connection.execute(f"INSERT INTO found BY NAME {_filled(rule, table, **words)}")


def _run(connection: duckdb.DuckDBPyConnection, statement: str, table: str = "") -> None:
    connection.execute(_filled(folder(*_RULES, f"{statement}.sql"), table))


def _filled(statement: Path, table: str, **words: str) -> str:
    """A statement with the names of a table and of its columns filled in."""
    columns = TABLES.get(table, {})
    dates = [name for name, column in columns.items() if column.kind == "date"]
    no_days = [f"{name}_given" for name in dates]
    cells = [*columns, *no_days]
    single = [name for name in cells if name in no_days or columns[name].kind != "positions"]
    return statement.read_text(encoding="utf-8").format(
        table=table,
        cells=", ".join(map(quoted, cells)),
        dates=", ".join(map(quoted, (*dates, *no_days))),
        no_days=", ".join(map(quoted, no_days)),
        single=", ".join(map(text, single)),
        **words,
    )


@cache
def _asked() -> tuple[_Asked, ...]:
    """What the shapes ask of the columns of tables."""
    shapes = ox.Store()
    load(shapes, folder("shapes", "person.ttl"))
    tables = {expand(table.kind): table for table in ENTRIES}
    asked = []
    for row in select(shapes, folder(*_RULES, "shapes.rq")):
        if (table := tables.get(row["kind"])) is None:
            continue
        columns = {expand(column.term): name for name, column in table.columns.items()}
        if row["path"] in columns:
            name = columns[row["path"]]
            kind = table.columns[name].kind
            namespace = expand("isced-f:") if kind == "field" else ""
            value = columns.get(row["asked"], row["asked"])
            asked.append(_Asked(code(row["shape"]), row["rule"], table.name, name, kind == "date", value, namespace))
    return tuple(asked)
