"""The sheet that tells of every person the highest grade in each position that the person qualifies for now."""

from __future__ import annotations

from collections.abc import Mapping

from bilik.report.audit_workbook.cells import Sheet, given
from bilik.report.audit_workbook.facts import Audit
from bilik.report.marks import MARKS
from bilik.texts import name, text

_PERSON, _CARRIED, _POSITION = 13, 20, 19


def write_fitting(sheet: Sheet, audit: Audit) -> None:
    """Write the sheet.

    Raises:
        InputError: there are more persons than a sheet holds.
    """
    language, positions = audit.language, _positions(audit)
    sheet.make_room(1 + audit.persons)
    heads = (name(f"position:{position}", language) for position in positions)
    sheet.header(text("workbook-person", language), *audit.carried, *heads)
    places = {
        slug: grade.place(language) or text("workbook-only-grade", language) for slug, grade in audit.grades.items()
    }
    for one in audit.fitting():
        sheet.row(
            given(one.person),
            *(given(value) for value in one.carried),
            *(_cell(one.grades, position, places) for position in positions),
        )
    sheet.filtered()


def _cell(grades: Mapping[str, str | None], position: str, places: Mapping[str, str]) -> tuple[str | None, str]:
    if position not in grades:
        return None, "words"
    grade = grades[position]
    return (f"{MARKS['qualified']} {places[grade]}", "words") if grade else (MARKS["undetermined"], "words")


def _positions(audit: Audit) -> list[str]:
    return list(dict.fromkeys(grade.position for grade in audit.grades.values()))


def widths(audit: Audit) -> list[float]:
    """The widths of the columns, in letters."""
    return [_PERSON, *(_CARRIED for _ in audit.carried), *(_POSITION for _ in _positions(audit))]
