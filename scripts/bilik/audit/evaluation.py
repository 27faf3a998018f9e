"""Verdicts on a roster by SQL: the statements of ``queries/audit/evaluation``, in the order of their file names.

Those before 20 look at the law and at what occurs in the roster; those from 20 on evaluate people, all of them or, of
a roster that is too large for that, part by part. Where all grades are asked about, a file in the folder ``all-grades``
takes the place of the one with its name: it writes the statements that do the same for all grades at once.

What is said of people stands in ``answers``, of each person together and in numbers; ``rows_of`` turns these into rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bilik.audit.law import lay_down
from bilik.audit.meanings import look_up
from bilik.evaluate import CompiledLaw
from bilik.namespaces import code
from bilik.people.codes import Codes, read_codes
from bilik.people.contract import CLAIMS, NAMES
from bilik.resources import folder

Part = tuple[str | None, str | None]
"""The persons with keys from the first up to the second; None: without bound."""

EVERYONE: Part = (None, None)

COLUMNS = (
    "person", "grade", "verdict", "claimed", "best_alternative", "short_months", "reason", "next_grade", "next_date"
)  # fmt: skip
"""The columns of the rows."""

PERSONS, ROWS, MEMORY = 1_000_000, 25_000_000, 2 * 2**30
"""About how many persons and rows are evaluated at a time, and in how many bytes of memory.

In less memory fewer are; more of them would take no less time.
"""

_OF_PEOPLE = "20"
_ALL_GRADES = "all-grades"
_SAMPLE = 100_000


def evaluate(
    connection: duckdb.DuckDBPyConnection,
    law: CompiledLaw,
    as_of: date,
    *,
    claims_only: bool,
    codes: Codes | None = None,
    vacancy: str | None = None,
) -> None:
    """Make the view ``rows`` of everyone in the schema ``given``: the rows of an audit, by person, then grade.

    Args:
        claims_only: only the grades that people claim, else every grade of the law for everyone named in any table.
        codes: what codes and names mean, and which grade a claim; those of the published law if not given.
        vacancy: the one grade (a slug) that everyone is asked about instead of every grade, and that the table
            ``next_steps`` looks ahead to instead of the next one.

    Raises:
        EngineError: the law cannot be laid down as tables.
        duckdb.Error: a source cannot be read to its end, or the machine has not enough room.
    """
    prepare(connection, law, as_of, claims_only=claims_only, codes=codes, vacancy=vacancy)
    evaluate_part(connection, EVERYONE)


def prepare(
    connection: duckdb.DuckDBPyConnection,
    law: CompiledLaw,
    as_of: date,
    *,
    claims_only: bool,
    codes: Codes | None = None,
    vacancy: str | None = None,
) -> None:
    """Lay down the law and what the codes and names of the roster mean; then its parts can be evaluated.

    The arguments are those of :func:`evaluate`.
    """
    lay_down(law, connection)
    look_up(connection, [code(grade) for grade in law.grades], codes or read_codes())
    connection.execute("SET VARIABLE as_of = ?::DATE", [as_of])
    connection.execute("SET VARIABLE claims_only = ?::BOOLEAN", [claims_only])
    connection.execute("SET VARIABLE vacancy = ?::VARCHAR", [vacancy])
    connection.execute("CREATE SCHEMA law")
    for statements in _statements(of_people=False):
        connection.execute(statements.read_text(encoding="utf-8"))


def evaluate_part(connection: duckdb.DuckDBPyConnection, part: Part) -> None:
    """Make the views ``answers`` and ``rows`` of some persons; those of an earlier part are gone."""
    first, after = part
    connection.execute("SET VARIABLE first_key = ?::VARCHAR", [first])
    connection.execute("SET VARIABLE key_after = ?::VARCHAR", [after])
    all_grades = _value(connection, "SELECT count(*) > 1 FROM law.asked WHERE question = 0")
    for statements in _statements(of_people=True):
        at_once = statements.parent / _ALL_GRADES / statements.name
        if all_grades and at_once.is_file():
            connection.execute(_value(connection, at_once.read_text(encoding="utf-8")))
        else:
            connection.execute(statements.read_text(encoding="utf-8"))


def parts(connection: duckdb.DuckDBPyConnection, size: int = PERSONS) -> list[Part]:
    """Parts of about ``size`` persons, in the order of the keys; fewer where they have more rows than :data:`ROWS`, or
    the memory is less than :data:`MEMORY`; everyone at once if there are no more.

    The roster is prepared: the grades asked about tell how many rows there are.
    """
    claims_only = _value(connection, "SELECT getvariable('claims_only')")
    tables = [CLAIMS] if claims_only else list(NAMES)
    named = " UNION ALL ".join(f"SELECT person FROM given.{table} WHERE person IS NOT NULL" for table in tables)
    persons = _value(connection, f"SELECT approx_count_distinct(person) FROM ({named})")
    asked = 1 if claims_only else _value(connection, "SELECT count(*) FROM law.asked")
    # Rough: up to half as much again is one part.
    number = round(max(persons / size, persons * asked / ROWS) * max(1, MEMORY / _memory(connection)))
    if number <= 1:
        return [EVERYONE]
    sample = f"SELECT person FROM ({named}) USING SAMPLE reservoir({_SAMPLE} ROWS) REPEATABLE (1)"
    keys = sorted(key for (key,) in connection.execute(sample).fetchall())
    bounds = sorted({keys[len(keys) * part // number] for part in range(1, number)})
    return list(zip([None, *bounds], [*bounds, None], strict=True))


def _statements(*, of_people: bool) -> Iterator[Path]:
    for path in sorted(folder("queries", "audit", "evaluation").glob("*.sql")):
        if (path.name >= _OF_PEOPLE) == of_people:
            yield path


def _memory(connection: duckdb.DuckDBPyConnection) -> float:
    """Bytes that the database may use, which it writes as in ``476.8 MiB``."""
    number, unit = _value(connection, "SELECT current_setting('memory_limit')").split()
    return float(number) * 1024.0 ** ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB").index(unit)


def _value(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    """The one value that a query answers."""
    row = connection.execute(query).fetchone()
    assert row is not None, "a query for one value has a row"
    return row[0]
