"""A comparison of two laws as a workbook: a sheet of the summary and one of the changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bilik import __version__
from bilik.audit.comparison import COLUMNS, Comparison
from bilik.audit.differences import Difference
from bilik.evaluate import compiled_law
from bilik.evaluate.verdicts import KINDS
from bilik.report.audit_workbook.cells import Sheet, given, listed, new_book
from bilik.report.audit_workbook.words import Reasons
from bilik.report.explanation import law_facts
from bilik.report.workbook import workbook_bytes
from bilik.texts import Language, name, text

if TYPE_CHECKING:
    import duckdb

_AT_ONCE = 10_000
_SUMMARY = {"grade": 54, "change": 34, "persons": 12, "claims": 44}
_CHANGES = {"grade": 36, "change": 20, "before": 18, "after": 20, "why": 30, "conditions": 28}
_PERSON, _OWN = 13, 18


def comparison_workbook(
    made: Comparison,
    changes: duckdb.DuckDBPyConnection,
    own: Sequence[str],
    *,
    as_of: date,
    language: Language,
    against: str,
) -> bytes:
    """The workbook as .xlsx; the same comparison gives the same bytes.

    Args:
        changes: the rows of the table ``comparison`` with people's own columns behind.
        own: how these are called.
        against: what the other law is called.

    Raises:
        InputError: there are more changes than a sheet holds.
    """
    with new_book() as book:
        foot = f"Bilik, {text('as-of', language, date=as_of.isoformat())}"
        first = Sheet(book, text("comparison-summary", language), list(_SUMMARY.values()), foot=foot)
        scope = {"as_of": text("as-of", language, date=as_of.isoformat()), "version": __version__, "against": against}
        first.across(text("comparison-title", language), "title", height=30)
        first.across(text("comparison-scope", language, **scope), "prose")
        _write_summary(first, made, language)
        widths = [_PERSON, *(_OWN for _ in own), *_CHANGES.values()]
        second = Sheet(book, text("comparison-changes", language), widths, foot=foot)
        _write_changes(second, made, changes, own, language)
        book.properties.title = text("comparison-title", language)
        book.properties.creator = "Bilik"
        book.properties.language = language
        return workbook_bytes(book)


def _write_summary(sheet: Sheet, made: Comparison, language: Language) -> None:
    sheet.gap()
    if made.summary:
        grade, change, *numbers = (text(f"comparison-{key}", language) for key in _SUMMARY)
        sheet.row((grade, "header"), (change, "header"), *((number, "header of numbers") for number in numbers))
        for one in made.summary:
            sheet.row(
                (name(f"grade:{one.grade}", language), "name"),
                (text(f"comparison-{one.change}", language), "words"),
                (one.persons, "count"),
                (one.claims, "count"),
            )
    else:
        sheet.across(text("comparison-unchanged", language), "prose")
    sheet.gap()
    sheet.across(text("comparison-differences", language), "heading")
    for key, slugs in (("added", made.added), ("removed", made.removed)):
        if slugs:
            grades = ", ".join(name(f"grade:{slug}", language) for slug in slugs)
            sheet.across(text(f"comparison-{key}", language, grades=grades), "prose")
    for difference in made.differences:
        of_grade = name(f"grade:{difference.grade}", language) if difference.grade else None
        sheet.row((of_grade, "words"), (called(difference, language), "words"))
    if not (made.differences or made.added or made.removed):
        sheet.across(text("comparison-alike", language), "prose")


def called(difference: Difference, language: Language) -> str:
    """A part of a requirement in words, as seen from its grade."""
    if difference.kind in KINDS:
        return f"{text('alternative', language, number=difference.number)}: {text(difference.kind, language)}"
    if difference.kind == "alternative":
        alternative = text("alternative", language, number=difference.number)
        return text("comparison-alternative", language, alternative=alternative)
    position = name(difference.part, language)
    return text(f"comparison-{difference.kind}", language, position=position)


def _write_changes(
    sheet: Sheet, made: Comparison, changes: duckdb.DuckDBPyConnection, own: Sequence[str], language: Language
) -> None:
    sheet.make_room(1 + sum(one.persons for one in made.summary))
    reasons = Reasons(law_facts(), compiled_law(), language)
    parts = {one.part: called(one, language) for one in made.differences}
    sheet.header(
        text("workbook-person", language), *own, *(text(f"comparison-{key}", language) for key in _CHANGES)
    )
    for row in _rows(changes):
        said = dict(zip(COLUMNS, row, strict=False))
        conditions = (said["conditions"] or "").split(";") if said["conditions"] else []
        sheet.row(
            given(said["person"]),
            *(given(value) for value in row[len(COLUMNS) :]),
            (name(f"grade:{said['grade']}", language), "words"),
            (text(f"comparison-{said['change']}", language), "name"),
            _verdict(said["verdict_before"], language),
            _verdict(said["verdict_after"], language),
            (listed(reasons.wrong(said["reason_after"])), "words"),
            (listed(parts[part] for part in conditions), "words"),
        )
    sheet.filtered()


def _verdict(outcome: str | None, language: Language) -> tuple[str | None, str]:
    return (name(f"outcome:{outcome}", language), outcome) if outcome else (None, "words")


def _rows(changes: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := changes.fetchmany(_AT_ONCE):
        yield from rows
