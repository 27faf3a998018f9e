"""The workbook to fill in: a sheet for every table of people, a guide before them, the codes behind.

Cells of lists offer the names in the chosen language; the names in all languages and the codes are read back alike
(:mod:`bilik.people.codes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bilik.people.codes import Codes, read_codes
from bilik.people.contract import TABLES, Column
from bilik.report.workbook import SHADE, fill, font, height_of, workbook_bytes
from bilik.texts import LANGUAGES, Language, fields, name, text

_PREFIXES = {
    "bilik:hasPosition": "position",
    "bilik:hasTier": "tier",
    "bilik:hasCategory": "category",
    "bilik:hasEducationLevel": "level",
    "bilik:coversActivity": "activity",
}
_STEPS = ("rows", "lists", "dates", "empty", "names", "check")
_CARRIED = {"employees": ("name", "unit")}
"""Columns beside those of the contract that staff lists usually have: they are carried through."""

_LAST_ROW = 1_048_576
_EARLIEST = date(1900, 3, 1)
"""The first day on which all spreadsheet programs count days alike."""

_BOLD = font(bold=True)
_HEADER = fill(SHADE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = {"person": 16, "name": 32, "unit": 28, "field": 12, "recognised_for": 30}
_WIDTH_OF_DATES = 13
_GUIDE_WIDTHS = (18, 18, 96)
_CODES_WIDTHS = (34, 22, 52, 52, 52)
_NARROWEST, _WIDEST = 14, 48


@dataclass(frozen=True)
class _List:
    """A list of codes: ``kind`` names it, ``rows`` are code and names, ``closed`` how many of them are offered where
    only positions of the order will do."""

    kind: str
    rows: Sequence[tuple[str, ...]]
    closed: int

    def widest(self, language: Language) -> int:
        """Length of the longest name."""
        return max(len(row[1 + LANGUAGES.index(language)]) for row in self.rows)


def template_workbook(language: Language) -> bytes:
    """The workbook in a language, as .xlsx; the same bytes in every run."""
    codes = read_codes()
    lists = {term: _list(term, codes) for term in _PREFIXES}
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet), "a new workbook has a sheet"
    sheets = {table: book.create_sheet(table) for table in TABLES}
    places = _write_codes(book.create_sheet(text("template-codes", language)), lists, language)
    for table, sheet in sheets.items():
        _write_table(sheet, table, lists, places, language)
    _write_guide(guide, language)
    book.properties.title = text("template-title", language)
    book.properties.creator = "Bilik"
    book.properties.language = language
    return workbook_bytes(book)


def _list(term: str, codes: Codes) -> _List:
    """The codes that a property may name, in the order of the law or by rank, with their names."""
    kind, keys = _PREFIXES[term], codes.in_order(term)
    rows = [(key.partition(":")[2], *(name(key, language) for language in LANGUAGES)) for key in keys]
    return _List(kind, rows, len(codes.positions) if kind == "position" else len(keys))


# -- the sheets ------------------------------------------------------------------------------------------------------


def _write_codes(sheet: Worksheet, lists: dict[str, _List], language: Language) -> dict[str, tuple[str, int]]:
    """Write the lists one below the other; returns where the names of each begin: the column as a reference to it."""
    headings = ("template-heading-list", "template-heading-code", *(f"template-name-{of}" for of in LANGUAGES))
    _write_header(sheet, [text(key, language) for key in headings])
    own = get_column_letter(3 + LANGUAGES.index(language))
    places: dict[str, tuple[str, int]] = {}
    for term, content in lists.items():
        places[term] = (f"{quote_sheetname(sheet.title)}!${own}$", sheet.max_row + 1)
        _append(sheet, text(f"template-list-{content.kind}", language), content.rows)
    names = [fields(of) for of in LANGUAGES]
    _append(sheet, text("template-list-field", language), ((of, *(known[of] for known in names)) for of in names[0]))
    for letter, width in zip("ABCDE", _CODES_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.auto_filter.ref = sheet.dimensions
    _across_pages(sheet)
    return places


def _append(sheet: Worksheet, called: str, rows: Iterable[tuple[str, ...]]) -> None:
    for row in rows:
        sheet.append([called, *row])
        for cell in sheet[sheet.max_row]:
            cell.number_format = "@"
            cell.alignment = _WRAPPED
        sheet.row_dimensions[sheet.max_row].height = height_of(zip((called, *row), _CODES_WIDTHS, strict=True))


def _write_table(
    sheet: Worksheet,
    table: str,
    lists: dict[str, _List],
    places: dict[str, tuple[str, int]],
    language: Language,
) -> None:
    columns = ("person", *TABLES[table], *_CARRIED.get(table, ()))
    _write_header(sheet, columns)
    for number, called in enumerate(columns, 1):
        letter = get_column_letter(number)
        note = Comment(_meaning(table, called, language), "Bilik")
        note.width, note.height = 320, 110
        sheet.cell(1, number).comment = note
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDTHS.get(called, _NARROWEST)
        column = TABLES[table].get(called)
        cells = f"{letter}2:{letter}{_LAST_ROW}"
        if column is not None and column.kind == "date":
            dimension.width = _WIDTH_OF_DATES
            dimension.number_format = "yyyy-mm-dd"
            _add(sheet, cells, _days(language))
        elif column is not None and column.term in lists:
            content = lists[column.term]
            dimension.width = min(max(content.widest(language) + 4, _NARROWEST), _WIDEST)
            _add(sheet, cells, _choices(table, column, content, places[column.term], language))
        elif called != "name":
            dimension.number_format = "@"  # lest 0421 become a number
    _across_pages(sheet)


def _days(language: Language) -> DataValidation:
    return DataValidation(
        "date",
        operator="greaterThanOrEqual",
        formula1=f"DATE({_EARLIEST.year},{_EARLIEST.month},{_EARLIEST.day})",
        allow_blank=True,
        showErrorMessage=True,
        error=text("template-no-date", language),
    )


def _choices(table: str, column: Column, content: _List, place: tuple[str, int], language: Language) -> DataValidation:
    """The names of a list as a drop-down. Codes may be typed instead, so that others than names are asked about, not
    refused; a job may be in any post, and is not asked about."""
    start, first = place
    open_ended = column.kind == "position" and table != "employees"
    last = first - 1 + (len(content.rows) if open_ended else content.closed)
    return DataValidation(
        "list",
        formula1=f"{start}{first}:{start.rpartition('!')[2]}{last}",
        allow_blank=True,
        showErrorMessage=not open_ended,
        errorStyle="warning",
        error=text("template-not-in-list", language, codes=text("template-codes", language)),
    )


def _add(sheet: Worksheet, cells: str, validation: DataValidation) -> None:
    validation.add(cells)
    sheet.add_data_validation(validation)


def _write_guide(sheet: Worksheet, language: Language) -> None:
    sheet.title = text("template-guide", language)
    words = {
        "codes": text("template-codes", language),
        "command": f"bilik check FILE.xlsx --lang {language}",
    }
    sheet.append([text("template-title", language)])
    sheet["A1"].font = font(bold=True, size=14)
    for number, step in enumerate(_STEPS, 1):
        sheet.append([f"{number}. {text(f'template-step-{step}', language, **words)}"])
        row = sheet.max_row
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        sheet.cell(row, 1).alignment = _WRAPPED
        sheet.row_dimensions[row].height = height_of([(sheet.cell(row, 1).value, sum(_GUIDE_WIDTHS))])
    sheet.append([])
    sheet.append([text(f"template-heading-{what}", language) for what in ("sheet", "column", "meaning")])
    _emphasise(sheet, sheet.max_row)
    for table in TABLES:
        sheet.append([table, "", text(f"template-sheet-{table}", language)])
        for cell in sheet[sheet.max_row]:
            cell.font = _BOLD
        for column in ("person", *TABLES[table], *_CARRIED.get(table, ())):
            sheet.append(["", column, _meaning(table, column, language)])
            row = sheet.max_row
            for cell in sheet[row]:
                cell.alignment = _WRAPPED
            sheet.row_dimensions[row].height = height_of([(sheet.cell(row, 3).value, _GUIDE_WIDTHS[-1])])
    for letter, width in zip("ABC", _GUIDE_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    _fit_to_page(sheet)


def _meaning(table: str, column: str, language: Language) -> str:
    """What a column is for: on this sheet, or on all."""
    codes = text("template-codes", language)
    try:
        return text(f"template-{table}-{column}", language, codes=codes)
    except KeyError:
        return text(f"template-{column}", language)


def _write_header(sheet: Worksheet, names: Sequence[str]) -> None:
    sheet.append(list(names))
    _emphasise(sheet, 1)
    sheet.freeze_panes = "A2"


def _across_pages(sheet: Worksheet) -> None:
    """A table: on pages that lie, its first row on each of them."""
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"
    _fit_to_page(sheet)


def _fit_to_page(sheet: Worksheet) -> None:
    """As wide as a page, as long as it takes."""
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _emphasise(sheet: Worksheet, row: int) -> None:
    for cell in sheet[row]:
        cell.font = _BOLD
        cell.fill = _HEADER
