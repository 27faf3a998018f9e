"""In which parts two laws differ, looking at nothing but what an evaluation reads of them."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from bilik.audit.another_law import LawAndCodes
from bilik.audit.law import lay_down
from bilik.resources import folder

SIDES = BEFORE, AFTER = "before", "after"
"""The databases in which two laws stand beside each other."""


@dataclass(frozen=True)
class Difference:
    """A part that one law does not have, or has otherwise.

    Attributes:
        grade: slug; None of what concerns all grades.
        number: of the alternative; None of what concerns the grade as a whole.
        kind: ``education``, ``training``, ``experience``, ``alternative`` (only one law has it), ``requirement`` (the
            days from which the clause holds and is known) or ``implied`` (what working in a position implies).
        part: prefixed name of the condition, alternative, requirement, or of the position that implies something else.
    """

    grade: str | None
    number: int | None
    kind: str
    part: str


def differences(before: LawAndCodes, after: LawAndCodes) -> list[Difference]:
    """The parts in which two laws differ, in the order of the law; words and places in the text make no difference.

    Raises:
        EngineError: a law cannot be laid down as tables.
    """
    with duckdb.connect() as connection:
        for side, law in zip(SIDES, (before, after), strict=True):
            enter(connection, side)
            lay_down(law.compiled, connection)
            connection.execute(statements("parts"))
        found = [Difference(*row) for row in connection.execute(statements("differences")).fetchall()]
    places = {grade[0]: place for place, grade in enumerate((*before.codes.grades, *after.codes.grades))}
    return sorted(found, key=lambda one: -1 if one.grade is None else places[one.grade])


def concerned(found: list[Difference], before: LawAndCodes, after: LawAndCodes) -> list[tuple[str, str]]:
    """The grades (slug and position) that people can be judged otherwise for, or whose claims can mean otherwise.

    They are in the order of the law, those that only the other law has last.
    """
    of = [{slug: position for slug, position, _, _ in law.codes.grades} for law in (before, after)]
    grades = of[0] | of[1]
    read_alike = before.codes.names == after.codes.names and before.codes.lowest_category == after.codes.lowest_category
    if not read_alike or any(one.grade is None for one in found):
        return list(grades.items())
    slugs = {one.grade for one in found}
    positions = {position for _, position, _, _ in {*before.codes.grades} ^ {*after.codes.grades}}
    return [(slug, position) for slug, position in grades.items() if slug in slugs or position in positions]


def enter(connection: duckdb.DuckDBPyConnection, side: str) -> None:
    """Make the database of a side, where what is made from now on stands; the schema ``given`` is seen from there."""
    connection.execute(f"ATTACH ':memory:' AS {side}")
    connection.execute("CREATE SCHEMA IF NOT EXISTS memory.given")
    connection.execute(f"SET search_path = '{side}.main,memory.given'")


def leave(connection: duckdb.DuckDBPyConnection) -> None:
    """Go back to where the connection began."""
    connection.execute("SET search_path = 'memory.main'")


def statements(name: str) -> str:
    """The text of ``queries/audit/comparison/<name>.sql``."""
    return folder("queries", "audit", "comparison", f"{name}.sql").read_text(encoding="utf-8")
