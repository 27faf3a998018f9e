"""Who fits a vacancy, as a workbook of one sheet."""

from __future__ import annotations

from bilik.evaluate import CompiledLaw
from bilik.report.audit_workbook.cells import Sheet, given, listed, new_book
from bilik.report.audit_workbook.words import Reasons
from bilik.report.candidates import Shortlist
from bilik.report.candidates_text import scope, standing, wanted
from bilik.report.explanation import law_facts
from bilik.report.workbook import workbook_bytes
from bilik.texts import Language, name, text

_LOOKS = {"will-qualify": "name"}
"""Standings that are no outcomes → the look of their cells."""
_RANK, _PERSON, _OWN, _STANDING, _DATE, _WANTED = 6, 13, 22, 28, 13, 70


def candidates_workbook(shortlist: Shortlist, law: CompiledLaw, language: Language) -> bytes:
    """The candidates as .xlsx; the same candidates give the same bytes.

    Args:
        law: by which they were judged.

    Raises:
        InputError: there are more candidates than a sheet holds.
    """
    reasons = Reasons(law_facts(), law, language)
    with new_book() as book:
        vacancy = name(f"grade:{shortlist.vacancy}", language)
        foot = "; ".join(("Bilik", vacancy, scope(shortlist, language), *shortlist.variants))
        widths = [_RANK, _PERSON, *(_OWN for _ in shortlist.own), _STANDING, _DATE, _WANTED]
        sheet = Sheet(book, text("candidates-sheet", language), widths, foot=foot.replace("&", "&&"))
        sheet.make_room(1 + len(shortlist.candidates))
        sheet.header(
            "№",
            text("candidates-person", language),
            *shortlist.own,
            *(text(key, language) for key in ("candidates-standing", "candidates-date", "candidates-wanted")),
        )
        for one in shortlist.candidates:
            sheet.row(
                (one.rank, "number"),
                given(one.person),
                *(given(value) for value in one.own),
                (standing(one, language), _LOOKS.get(one.standing, one.standing)),
                (one.date, "date"),
                (listed(wanted(one, shortlist, reasons)) or None, "words"),
            )
        sheet.filtered()
        book.properties.title = vacancy
        book.properties.creator = "Bilik"
        book.properties.language = language
        return workbook_bytes(book)
