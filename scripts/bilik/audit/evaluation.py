"""Verdicts on a roster by SQL: the statements of ``queries/audit/evaluation``, in the order of their file names.

Those before 20 look at the law and at what occurs in the roster; those from 20 on evaluate people, all of them or, of
a roster that is too large for that, part by part.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from bilik.audit.law import lay_down
from bilik.audit.meanings import look_up
from bilik.evaluate import CompiledLaw
from bilik.namespaces import code
from bilik.people.codes import Codes, read_codes
from bilik.people.contract import NAMES
from bilik.resources import folder

Part = tuple[str | None, str | None]
"""The persons with keys from the first up to the second; None: without bound."""

EVERYONE: Part = (None, None)

PART = 1_000_000
"""About how many persons are evaluated at a time; more need more memory and no less time."""

_OF_PEOPLE = "20"
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
    """Make the view ``rows`` of some persons; that of an earlier part is gone."""
    first, after = part
    connection.execute("SET disabled_optimizers = ''")
    connection.execute("SET VARIABLE first_key = ?::VARCHAR", [first])
    connection.execute("SET VARIABLE key_after = ?::VARCHAR", [after])
    for statements in _statements(of_people=True):
        connection.execute(statements.read_text(encoding="utf-8"))


def parts(connection: duckdb.DuckDBPyConnection, size: int = PART) -> list[Part]:
    """Parts of about ``size`` persons, in the order of the keys; everyone at once if there are no more."""
    named = " UNION ALL ".join(f"SELECT person FROM given.{table} WHERE person IS NOT NULL" for table in NAMES)
    counted = connection.execute(f"SELECT approx_count_distinct(person) FROM ({named})").fetchone()
    assert counted is not None, "a count is a row"
    number = round(counted[0] / size)  # the count is rough: up to half as much again is one part
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
