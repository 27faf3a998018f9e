"""The sheet of claims: the verdict on each post held, why, and what would set it right."""

from __future__ import annotations

from bilik.report.audit_workbook.cells import Sheet, given, listed
from bilik.report.audit_workbook.facts import Audit
from bilik.report.audit_workbook.words import Reasons
from bilik.report.marks import MARKS
from bilik.texts import name, text

_PARTS = ("position", "tier", "category")
WIDTHS = {
    "person": 13, "verdict": 19, "position": 26, "tier": 22, "category": 12, "clause": 11, "reason": 34, "right": 48,
    "short": 13, "grade": 28,
}  # fmt: skip
CARRIED = 20
"""Widths of columns, in letters."""


def write_claims(sheet: Sheet, audit: Audit, reasons: Reasons) -> None:
    """Write the sheet.

    Raises:
        InputError: there are more claims than a sheet holds.
    """
    language = audit.language
    sheet.make_room(1 + audit.claims)
    sheet.header(*headings(audit))
    for claim in audit.each_claim():
        grade = audit.grades[claim.grade]
        sheet.row(
            given(claim.person),
            *(given(value) for value in claim.carried),
            (f"{MARKS[claim.verdict]} {name(f'outcome:{claim.verdict}', language)}", claim.verdict),
            *((grade.part(kind, language), "words") for kind in _PARTS),
            (name(f"law:{grade.provision}", language), "words"),
            (listed(reasons.wrong(claim.reason)), "words"),
            (listed(reasons.right(claim.reason, claim.grade, claim.best_alternative)), "words"),
            (claim.short_months or None, "number"),
            (claim.grade, "text"),
        )
    sheet.filtered()
    sheet.printed_up_to(len(sheet.widths) - 1)  # a code is for programs


def headings(audit: Audit) -> list[str]:
    """The names of the columns."""
    person, *others = (text(f"workbook-{key}", audit.language) for key in WIDTHS)
    return [person, *audit.carried, *others]


def widths(audit: Audit) -> list[float]:
    """The widths of the columns, in letters."""
    person, *others = WIDTHS.values()
    return [person, *(CARRIED for _ in audit.carried), *others]
