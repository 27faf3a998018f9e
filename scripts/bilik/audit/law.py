"""The compiled law as tables: one for each question of ``queries/audit/compiled``."""

from __future__ import annotations

import duckdb
import pyoxigraph as ox

from bilik.engine import rule_files, select_table
from bilik.evaluate import CompiledLaw
from bilik.resources import folder

_NUMBERS = frozenset(("certainty", "in_force_from", "minimum", "number", "wording_known_from"))
"""The variables of the questions that are numbers, also where a law has none of them."""


def lay_down(law: CompiledLaw, connection: duckdb.DuckDBPyConnection) -> None:
    """Make the schema ``compiled`` of a connection: a table called as each question, with its variables as columns.

    Numbers are integers, everything else is text; what is unbound is null. The rows keep the order of the answers.

    Raises:
        EngineError: a question cannot be answered.
    """
    store = ox.Store()
    store.bulk_extend(law.quads)
    connection.execute("CREATE SCHEMA compiled")
    for question in rule_files(folder("queries", "audit", "compiled")):
        names, rows = select_table(store, question)
        columns = list(zip(*rows, strict=True)) or [() for _ in names]
        typed = [f"CAST(unnest(?) AS {'INTEGER' if name in _NUMBERS else 'VARCHAR'}) AS {name}" for name in names]
        values = [[term.value if term is not None else None for term in column] for column in columns]
        connection.execute(f"CREATE TABLE compiled.{question.stem} AS SELECT {', '.join(typed)}", values)
