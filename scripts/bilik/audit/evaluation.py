"""Verdicts on a roster by SQL: the statements of ``queries/audit/evaluation``, in the order of their file names."""

from __future__ import annotations

from datetime import date

import duckdb

from bilik.audit.law import lay_down
from bilik.audit.meanings import look_up
from bilik.evaluate import CompiledLaw
from bilik.namespaces import code
from bilik.people.codes import Codes, read_codes
from bilik.resources import folder


def evaluate(
    connection: duckdb.DuckDBPyConnection,
    law: CompiledLaw,
    as_of: date,
    *,
    claims_only: bool,
    codes: Codes | None = None,
    vacancy: str | None = None,
) -> None:
    """Make the view ``rows`` of the relations in the schema ``given``: the rows of an audit, by person, then grade.

    Args:
        claims_only: only the grades that people claim, else every grade of the law for everyone named in any table.
        codes: what codes and names mean, and which grade a claim; those of the published law if not given.
        vacancy: the one grade (a slug) that everyone is looked at for, whatever they claim; the table ``next_steps``
            then tells when it is reached.

    Raises:
        EngineError: the law cannot be laid down as tables.
        duckdb.Error: a source cannot be read to its end, or the machine has not enough room.
    """
    lay_down(law, connection)
    look_up(connection, [code(grade) for grade in law.grades], codes or read_codes())
    connection.execute("SET VARIABLE as_of = ?::DATE", [as_of])
    connection.execute("SET VARIABLE claims_only = ?::BOOLEAN", [claims_only])
    connection.execute("SET VARIABLE vacancy = ?::VARCHAR", [vacancy])
    connection.execute("CREATE SCHEMA law")
    for statements in sorted(folder("queries", "audit", "evaluation").glob("*.sql")):
        connection.execute(statements.read_text(encoding="utf-8"))
