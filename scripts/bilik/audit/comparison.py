"""Two laws on one roster: who gains, loses or becomes undetermined if the requirements change, and by which of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bilik.audit.another_law import LawAndCodes
from bilik.audit.differences import SIDES, Difference, concerned, differences, enter, leave, statements
from bilik.audit.evaluation import evaluate
from bilik.audit.filling import fill
from bilik.audit.outputs import FORMATS, WORKBOOK
from bilik.audit.own_columns import with_own_columns
from bilik.audit.sources import Roster
from bilik.audit.sources.relations import text as sql_text
from bilik.errors import InputError
from bilik.namespaces import code
from bilik.output import replacing, write_bytes
from bilik.texts import Language

COLUMNS = (
    "person", "grade", "claimed", "verdict_before", "verdict_after", "change",
    "reason_before", "reason_after", "conditions"
)  # fmt: skip
"""The columns of the relation ``comparison``."""


@dataclass(frozen=True)
class Summed:
    """How many persons change in one way on one grade, and how many of them claim it."""

    position: str
    grade: str
    change: str
    persons: int
    claims: int


@dataclass(frozen=True)
class Comparison:
    """What comes of comparing two laws.

    Attributes:
        added, removed: slugs of the grades that only one of the laws has.
        differences: the parts in which the laws differ.
        summary: in the order of the law.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    differences: tuple[Difference, ...]
    summary: tuple[Summed, ...]


def compare(
    connection: duckdb.DuckDBPyConnection, before: LawAndCodes, after: LawAndCodes, as_of: date, *, claims_only: bool
) -> Comparison:
    """Make the tables ``comparison`` and ``summary`` of the relations in the schema ``given``.

    ``comparison`` has a row for each person and grade with another verdict under the other law, by person, then in the
    order of the law; see :data:`COLUMNS`. ``change`` is ``gains`` (qualified under the other law), ``loses``
    (not qualified), ``becomes-undetermined``, ``newly-judged`` or ``no-longer-judged`` (the grade, or the claim to it,
    is one under one law only). ``conditions`` names the parts of the law that did it, joined by semicolons.
    Only the grades that can come out otherwise are evaluated.

    Raises:
        EngineError: a law cannot be laid down as tables.
        duckdb.Error: a source cannot be read to its end, or the machine has not enough room.
    """
    found = differences(before, after)
    looked_at = concerned(found, before, after)
    slugs = {slug for slug, _ in looked_at}
    for side, law in zip(SIDES, (before, after), strict=True):
        enter(connection, side)
        grades = {grade for grade in law.compiled.grades if code(grade) in slugs}
        evaluate(connection, law.compiled.only(grades), as_of, claims_only=claims_only, codes=law.codes)
        connection.execute(statements("verdicts"))
    leave(connection)
    grades_by_place = [(place, slug, position) for place, (slug, position) in enumerate(looked_at)]
    fill(connection, "looked_at", {"ordinal": "INTEGER", "grade": "VARCHAR", "position": "VARCHAR"}, grades_by_place)
    parts = [(one.grade, one.number, one.part) for one in found]
    fill(connection, "differences", {"grade": "VARCHAR", "number": "INTEGER", "part": "VARCHAR"}, parts)
    connection.execute(statements("comparison"))
    has = [dict.fromkeys(slug for slug, *_ in law.codes.grades) for law in (before, after)]
    rows = connection.execute("FROM summary").fetchall()
    return Comparison(
        added=tuple(slug for slug in has[1] if slug not in has[0]),
        removed=tuple(slug for slug in has[0] if slug not in has[1]),
        differences=tuple(found),
        summary=tuple(Summed(*row) for row in rows),
    )


def summary_file(output: Path) -> Path:
    """Where the summary of a comparison goes: ``changes.csv`` → ``changes.summary.csv``."""
    return output.with_name(f"{output.stem}.summary.csv")


def run_comparison(
    connection: duckdb.DuckDBPyConnection,
    roster: Roster,
    before: LawAndCodes,
    after: LawAndCodes,
    output: Path,
    *,
    as_of: date,
    claims_only: bool,
    language: Language,
    against: str,
) -> Comparison:
    """Compare two laws on an opened roster and write what changes.

    A workbook has a sheet of the summary and one of the changes; beside any other file ``OUT.summary.csv`` tells how
    many persons change how.

    Args:
        output: a file as :func:`bilik.audit.outputs.check_output` lets through.
        against: what the other law is called, for a workbook.

    Raises:
        InputError: the file cannot be written.
        EngineError: a law cannot be laid down as tables.
        duckdb.Error: a source cannot be read to its end, or the machine has not enough room.
    """
    made = compare(connection, before, after, as_of, claims_only=claims_only)
    changes, own = with_own_columns(roster, "comparison", COLUMNS)
    if output.suffix.lower() == WORKBOOK:
        from bilik.report.comparison_workbook import comparison_workbook  # only workbooks need it

        rows = connection.execute(changes)
        write_bytes(comparison_workbook(made, rows, own, as_of=as_of, language=language, against=against), output)
        return made
    _copy(connection, changes, output, FORMATS[output.suffix.lower()])
    _copy(connection, "FROM summary", summary_file(output), FORMATS[".csv"])
    return made


def _copy(connection: duckdb.DuckDBPyConnection, query: str, output: Path, form: str) -> None:
    with replacing(output) as beside:
        try:
            connection.execute(f"COPY ({query}) TO {sql_text(beside)} ({form})")
        except duckdb.IOException as error:
            raise InputError(f"{output}: cannot be written: {str(error).splitlines()[0]}") from error
