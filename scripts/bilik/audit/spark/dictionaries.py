"""The law, and what the entries of a roster say of themselves, as small tables that every task of Spark gets whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bilik.audit.evaluation import evaluate
from bilik.audit.session import session as embedded_session
from bilik.audit.sources.relations import nothing, quoted
from bilik.evaluate import CompiledLaw
from bilik.people.contract import CLAIM_COLUMNS, CLAIMS, ENTRIES
from bilik.resources import folder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SAID = {CLAIMS: tuple(CLAIM_COLUMNS)} | {
    table.name: tuple(name for name, column in table.columns.items() if column.kind != "date" and name != "tier")
    for table in ENTRIES
}
"""What entries say of themselves, but for dates; the tier of an employment decides nothing."""
_KINDS = {
    "bigint": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "integer": "INT",
    "smallint": "SMALLINT",
    "tinyint": "TINYINT",
    "varchar": "STRING",
}


def lay_out(session: SparkSession, law: CompiledLaw, as_of: date, *, claims_only: bool) -> None:
    """Make a view of each query of ``queries/audit/spark/broadcast``.

    They are answered by the embedded engine, by whose statements a roster is evaluated: on entries of nobody, one of
    each kind that the views ``given_…`` have. These are few, however many the people.
    """
    with embedded_session() as embedded:
        embedded.execute("CREATE SCHEMA given")
        for table, columns in _SAID.items():
            embedded.execute(f"CREATE TABLE given.{table} AS {nothing(table)}")
            rows = session.table(f"given_{table}").select(*columns).distinct().collect()
            names = ", ".join(map(quoted, columns))
            values = ", ".join("CAST(unnest(?) AS VARCHAR)" for _ in columns)
            by_column = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]
            embedded.execute(f"INSERT INTO given.{table} ({names}) SELECT {values}", by_column)
        evaluate(embedded, law, as_of, claims_only=claims_only)
        for query in sorted(folder("queries", "audit", "spark", "broadcast").glob("*.sql")):
            found = embedded.sql(query.read_text(encoding="utf-8"))
            shape = ", ".join(f"`{name}` {_kind(kind)}" for name, kind in zip(found.columns, found.types, strict=True))
            session.createDataFrame(found.fetchall(), shape).createOrReplaceTempView(query.stem)


def _kind(kind: Any) -> str:
    """A type of the embedded engine as Spark calls it."""
    match kind.id:
        case "list":
            return f"ARRAY<{_kind(dict(kind.children)['child'])}>"
        case "struct":
            return f"STRUCT<{', '.join(f'`{name}`: {_kind(part)}' for name, part in kind.children)}>"
        case name:
            return _KINDS[name]
