"""The compiled law as tables: one for each question of ``queries/audit/compiled``."""

from __future__ import annotations

import duckdb
import pyoxigraph as ox

from bilik.engine import rule_files, select_table
from bilik.evaluate import CompiledLaw
from bilik.namespaces import expand
from bilik.resources import folder

_INTEGER = ox.NamedNode(expand("xsd:integer"))


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
        kinds = map(_type_of, columns)
        typed = [f"CAST(unnest(?) AS {kind}) AS {name}" for kind, name in zip(kinds, names, strict=True)]
        values = [[term.value if term is not None else None for term in column] for column in columns]
        connection.execute(f"CREATE TABLE compiled.{question.stem} AS SELECT {', '.join(typed)}", values)


def _type_of(column: tuple[ox.NamedNode | ox.Literal | None, ...]) -> str:
    numbers = [isinstance(term, ox.Literal) and term.datatype == _INTEGER for term in column if term is not None]
    return "INTEGER" if numbers and all(numbers) else "VARCHAR"
