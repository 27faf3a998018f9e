"""The sheet of those who are due for the next category."""

from __future__ import annotations

from collections.abc import Sequence

from bilik.report.audit_workbook.cells import Sheet, given
from bilik.report.audit_workbook.facts import Audit, Due
from bilik.texts import name, text

_WIDTHS = {"person": 13, "due-date": 14, "due-from": 46, "due-to": 46, "clause": 12}
_CARRIED = 22


def write_due(sheet: Sheet, audit: Audit, due: Sequence[Due], months: int) -> None:
    """Write the sheet; a sentence if nobody is due."""
    language = audit.language
    if not due:
        sheet.across(text("workbook-due", language), "title", height=30)
        sheet.across(text("workbook-due-none", language, months=months), "prose")
        return
    person, *others = (text(f"workbook-{key}", language) for key in _WIDTHS)
    sheet.header(person, *audit.carried, *others)
    for one in due:
        sheet.row(
            given(one.person),
            *(given(value) for value in one.carried),
            (one.next_date, "date"),
            (name(f"grade:{one.grade}", language), "words"),
            (name(f"grade:{one.next_grade}", language), "name"),
            (name(f"law:{audit.grades[one.next_grade].provision}", language), "words"),
        )
    sheet.filtered()


def widths(audit: Audit) -> list[float]:
    """The widths of the columns, in letters."""
    person, *others = _WIDTHS.values()
    return [person, *(_CARRIED for _ in audit.carried), *others]
