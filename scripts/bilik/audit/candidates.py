"""Who of a roster fits a vacancy: now, within some months, or if something that is open turns out well."""

from __future__ import annotations

from datetime import date

import duckdb

from bilik.audit.evaluation import evaluate
from bilik.evaluate import CompiledLaw
from bilik.resources import folder

COLUMNS = (
    "rank", "person", "standing", "date", "verdict", "claimed", "best_alternative", "short_months", "reason"
)  # fmt: skip
"""The columns of the relation ``candidates``."""


def find_candidates(
    connection: duckdb.DuckDBPyConnection, law: CompiledLaw, vacancy: str, as_of: date, until: date, *, everyone: bool
) -> None:
    """Make the table ``candidates`` of the relations in the schema ``given``: see :data:`COLUMNS`, by rank.

    ``standing`` is ``qualified``, ``will-qualify`` (the grade is reached by ``until``), ``undetermined`` or
    ``not-qualified``. ``date`` is the first day on which the grade is certainly reached by working on, also a later one
    than ``until``; null where that does not lead there.

    Args:
        vacancy: slug of a grade of the law.
        until: the last day that is looked at.
        everyone: also those who neither qualify by then nor are undetermined.

    Raises:
        EngineError: the law cannot be laid down as tables.
        duckdb.Error: a source cannot be read to its end, or the machine has not enough room.
    """
    evaluate(connection, law, as_of, claims_only=False, vacancy=vacancy)
    connection.execute("SET VARIABLE until = ?::DATE", [until])
    connection.execute("SET VARIABLE all_persons = ?::BOOLEAN", [everyone])
    connection.execute(folder("queries", "audit", "candidates.sql").read_text(encoding="utf-8"))
