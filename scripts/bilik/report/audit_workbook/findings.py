"""The sheet of findings: what is wrong with the list itself, where, and what to do."""

from __future__ import annotations

from collections.abc import Collection

from bilik.people import Finding
from bilik.report.audit_workbook.cells import Sheet, given
from bilik.texts import Language, text

_WIDTHS = {"person": 16, "table": 18, "row": 10, "column": 18, "value": 28, "message": 86}


def write_findings(sheet: Sheet, findings: Collection[Finding], language: Language) -> None:
    """Write the sheet, a sentence if nothing is wrong.

    Raises:
        InputError: there are more findings than a sheet holds.
    """
    sheet.make_room(1 + len(findings))
    sheet.header(*(text(f"workbook-{key}", language) for key in _WIDTHS))
    for one in findings:
        sheet.row(
            given(one.person),
            given(one.table or one.entry),
            given(one.row),
            given(one.column or one.term),
            given(one.value or None),
            (one.message(language), "words"),
        )
    if findings:
        sheet.filtered()
    else:
        sheet.across(text("workbook-no-findings", language), "prose")


def widths() -> list[float]:
    """The widths of the columns, in letters."""
    return list(_WIDTHS.values())
