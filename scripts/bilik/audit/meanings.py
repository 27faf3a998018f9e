"""What people's codes and names mean: each is looked up once, whatever the number of rows it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from bilik.namespaces import code
from bilik.people.codes import Codes
from bilik.people.contract import CLAIM_COLUMNS, CLAIMS, ENTRIES
from bilik.people.tables import claim_findings, split_positions

_CODED = ("concept", "position")


def look_up(connection: duckdb.DuckDBPyConnection, grades: Sequence[str], codes: Codes) -> None:
    """Make the schema ``meaning`` of the schema ``given``.

    ``names`` (column, given, code) tells the code that a cell of a column means, ``recognitions`` (given, position) the
    positions that a cell names, ``claims`` (position, tier, category, grade) the number of the grade that a post means;
    what means nothing is absent. ``claim_findings`` tells what is wrong with a post.

    Args:
        grades: slugs, by number from 1.
        codes: of the law that the grades are of.
    """
    connection.execute("CREATE SCHEMA meaning")
    names: dict[tuple[str, str, str], None] = {}
    recognised: dict[tuple[str, str], None] = {}
    for table in ENTRIES:
        for name, column in table.columns.items():
            if column.kind in _CODED:
                for text in _distinct(connection, table.name, name):
                    if concept := codes.known(column.term, text):
                        names[name, text, code(concept)] = None
            elif column.kind == "positions":
                for text in _distinct(connection, table.name, name):
                    known = (codes.known("bilik:hasPosition", part) for part in split_positions(text))
                    recognised |= {(text, code(concept)): None for concept in known if concept}
    _table(connection, "names", {"attribute": "VARCHAR", "given": "VARCHAR", "code": "VARCHAR"}, names)
    _table(connection, "recognitions", {"given": "VARCHAR", "position": "VARCHAR"}, recognised)
    _claims(connection, codes, grades)


def _claims(connection: duckdb.DuckDBPyConnection, codes: Codes, grades: Sequence[str]) -> None:
    numbers = {slug: number for number, slug in enumerate(grades, 1)}
    columns = ", ".join(CLAIM_COLUMNS)
    posts = connection.execute(f"SELECT DISTINCT {columns} FROM given.{CLAIMS} WHERE position IS NOT NULL").fetchall()
    claimed, wrong = [], []
    for post in posts:
        written = {name: cell or "" for name, cell in zip(CLAIM_COLUMNS, post, strict=True)}
        fitting, of_position = codes.grades_of(**written)
        if len(fitting) == 1 and fitting[0] in numbers:
            claimed.append((*post, numbers[fitting[0]]))
        for found, column, value, candidates in claim_findings(written, fitting, of_position, codes):
            wrong.append((*post, found, column, value, ";".join(candidates)))
    texts = dict.fromkeys(CLAIM_COLUMNS, "VARCHAR")
    _table(connection, "claims", texts | {"grade": "INTEGER"}, claimed)
    places = {"code": "VARCHAR", "in_column": "VARCHAR", "value": "VARCHAR", "candidates": "VARCHAR"}
    _table(connection, "claim_findings", texts | places, wrong)


def _distinct(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> list[str]:
    rows = connection.execute(f"SELECT DISTINCT {column} FROM given.{table} WHERE {column} IS NOT NULL").fetchall()
    return [text for (text,) in rows]


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, str], rows: Iterable[Sequence[object]]
) -> None:
    by_column = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]
    typed = [f"CAST(unnest(?) AS {kind}) AS {column}" for column, kind in columns.items()]
    connection.execute(f"CREATE TABLE meaning.{name} AS SELECT {', '.join(typed)}", by_column)
