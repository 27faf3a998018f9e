"""What people's codes and names mean: each is looked up once, whatever the number of rows it stands in."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from bilik.audit.filling import fill
from bilik.namespaces import code
from bilik.people.codes import Codes
from bilik.people.contract import CLAIM_COLUMNS, CLAIMS, ENTRIES
from bilik.people.tables import claim_findings, split_positions

_CODED = ("concept", "position")


def look_up(connection: duckdb.DuckDBPyConnection, grades: Sequence[str], codes: Codes) -> None:
    """Make the schema ``meaning`` of the schema ``given``.

    ``names`` (column, given, code) tells the code that a cell of a column means, ``recognitions`` (given, position) the
    positions that a cell names, ``claims`` (position, tier, category, grade) the number of the grade that a post means;
    what means nothing is absent. ``unusable`` (in_table, in_column, given, value) tells what of a cell cannot be used,
    ``claim_findings`` what is wrong with a post.

    Args:
        grades: slugs, by number from 1.
        codes: of the law that the grades are of.
    """
    connection.execute("CREATE SCHEMA meaning")
    names: dict[tuple[str, str, str], None] = {}
    recognised: dict[tuple[str, str], None] = {}
    unusable: dict[tuple[str, str, str, str], None] = {}
    for table in ENTRIES:
        for name, column in table.columns.items():
            if column.kind in _CODED:
                for text in _distinct(connection, table.name, name):
                    if concept := codes.known(column.term, text):
                        names[name, text, code(concept)] = None
                    elif column.kind == "concept":  # a position that is none is a title
                        unusable[table.name, name, text, text] = None
            elif column.kind == "positions":
                for text in _distinct(connection, table.name, name):
                    for part in split_positions(text):
                        concept = codes.known("bilik:hasPosition", part)
                        if concept:
                            recognised[text, code(concept)] = None
                        if not concept or code(concept) not in codes.positions:
                            unusable[table.name, name, text, code(concept) if concept else part] = None
    fill(connection, "meaning.names", {"attribute": "VARCHAR", "given": "VARCHAR", "code": "VARCHAR"}, names)
    fill(connection, "meaning.recognitions", {"given": "VARCHAR", "position": "VARCHAR"}, recognised)
    places = ("in_table", "in_column", "given", "value")
    fill(connection, "meaning.unusable", dict.fromkeys(places, "VARCHAR"), unusable)
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
    fill(connection, "meaning.claims", texts | {"grade": "INTEGER"}, claimed)
    places = {"code": "VARCHAR", "in_column": "VARCHAR", "value": "VARCHAR", "candidates": "VARCHAR"}
    fill(connection, "meaning.claim_findings", texts | places, wrong)


def _distinct(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> list[str]:
    rows = connection.execute(f"SELECT DISTINCT {column} FROM given.{table} WHERE {column} IS NOT NULL").fetchall()
    return [text for (text,) in rows]
