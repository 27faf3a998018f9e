"""Sheets written row by row: styles, and values as cells that no program takes for anything but values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell as Written
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bilik.errors import InputError
from bilik.report.workbook import CELL_LENGTH, SHADE, fill, font, height_of

SHEET_ROWS = 1_048_576
"""Rows that a sheet can hold."""
_FIRST_YEAR = 1901
"""From which year on all spreadsheet programs count days alike."""
_EXACT = 10**15
"""Whole numbers that are smaller are kept to the last digit."""
_NOT_OF_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

RULE = "C3CCD5"
SOLID = {"qualified": "2E7D4F", "undetermined": "E0A100", "not-qualified": "B3362B"}
"""Outcome → colour of what is drawn for it; the three differ in lightness too."""
_TINTS = {
    "qualified": ("E3F2E8", "1B5E37"),
    "undetermined": ("FFF3CC", "6B4E00"),
    "not-qualified": ("F9DEDA", "8A1F15"),
}

Value = object
Cell = tuple[Value, str]
"""A value and the name of its style."""


def new_book() -> Workbook:
    """A workbook without sheets, to be written row by row, with the styles of cells."""
    book = Workbook(write_only=True)
    line = Side(style="thin", color=RULE)
    below, around = Border(bottom=line), Border(top=line, bottom=line)
    wrapped, right = Alignment(wrap_text=True, vertical="top"), Alignment(horizontal="right", vertical="top", indent=1)
    middle = Alignment(wrap_text=True, vertical="center")
    middle_right = Alignment(wrap_text=True, vertical="center", horizontal="right", indent=1)
    plain, bold = font(), font(bold=True)

    def style(
        name: str,
        alignment: Alignment,
        letters: Font = plain,
        border: Border | None = below,
        behind: str | None = None,
        form: str = "General",
    ) -> None:
        look = NamedStyle(name, font=letters, border=border, alignment=alignment, number_format=form)
        if behind:
            look.fill = fill(behind)
        book.add_named_style(look)

    style("title", middle, font(bold=True, size=16), border=None)
    style("heading", Alignment(vertical="bottom"), font(bold=True, size=12), border=None)
    style("prose", wrapped, border=None)
    style("header", middle, bold, behind=SHADE)
    style("header of numbers", middle_right, bold, behind=SHADE)
    style("name", wrapped, bold)
    style("words", wrapped)
    style("text", wrapped, form="@")
    style("number", right)
    style("whole", Alignment(horizontal="left", vertical="top"), form="#,##0")
    style("date", right, form="yyyy-mm-dd")
    style("moment", right, form="yyyy-mm-dd hh:mm:ss")
    style("count", right, form="#,##0")
    style("share", right, form="0%")
    style("total name", wrapped, bold, around)
    style("total count", right, bold, around, form="#,##0")
    style("total share", right, bold, around, form="0%")
    for outcome, (tint, ink) in _TINTS.items():
        style(outcome, wrapped, font(bold=True, colour=ink), behind=tint)
        style(f"{outcome} header", middle_right, font(bold=True, colour=ink), behind=tint)
    return book


class Sheet:
    """A sheet for paper of the size A4, whose rows are written one after the other, each as high as its text needs.

    Args:
        widths: of the columns, in letters.
        foot: what stands at the foot of every page beside its number.
        upright: whether pages are; the sheet fits their width in any case.
    """

    def __init__(self, book: Workbook, title: str, widths: Sequence[float], *, foot: str, upright: bool = False):
        self.sheet: Worksheet = book.create_sheet(title)
        self.rows = 0
        self.widths = tuple(widths)
        for number, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        page = self.sheet.page_setup
        page.paperSize = Worksheet.PAPERSIZE_A4
        page.orientation = "portrait" if upright else "landscape"
        page.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75, header=0.3, footer=0.4)
        self.sheet.oddFooter.left.text = foot
        self.sheet.oddFooter.right.text = "&P / &N"

    def row(self, *cells: Cell, height: float | None = None, merged_from: int | None = None) -> None:
        """Write a row.

        Args:
            height: in points; as high as the text needs if not given.
            merged_from: number of the column whose cell reaches to the last column.

        Raises:
            InputError: the sheet is full.
        """
        self.make_room(1)
        self.rows += 1
        widths = self.widths
        if merged_from:
            last = get_column_letter(len(widths))
            self.sheet.merged_cells.add(f"{get_column_letter(merged_from)}{self.rows}:{last}{self.rows}")
            widths = (*widths[: merged_from - 1], sum(widths[merged_from - 1 :]))
        height = height or height_of((value, width) for (value, _), width in zip(cells, widths, strict=False))
        if height:
            self.sheet.row_dimensions[self.rows].height = height
        self.sheet.append([self._cell(value, style) for value, style in cells])

    def make_room(self, rows: int) -> None:
        """Look whether rows will fit, before they are made.

        Raises:
            InputError: they will not.
        """
        if self.rows + rows > SHEET_ROWS:
            raise InputError(
                f"the sheet {self.sheet.title!r} would have {self.rows + rows} rows or more, and a sheet holds "
                f"{SHEET_ROWS}; write to .csv or .parquet instead"
            )

    def across(self, value: Value, style: str, *, height: float | None = None) -> None:
        """Write a row of one cell that reaches across all columns."""
        self.row((value, style), height=height, merged_from=1)

    def gap(self, rows: int = 1) -> None:
        """Leave rows empty."""
        for _ in range(rows):
            self.row()

    def header(self, *names: str) -> None:
        """Write the first row of a table that fills the sheet: it stays in view and stands on every page."""
        self.freeze("B2")
        self.row(*((name, "header") for name in names))
        self.sheet.print_title_rows = "1:1"

    def freeze(self, cell: str) -> None:
        """What is above and to the left of a cell stays in view; to be said before the first row."""
        self.sheet.freeze_panes = cell

    def filtered(self) -> None:
        """Let people filter the table that fills the sheet; to be said behind its last row."""
        self.sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.widths))}{self.rows}"

    def printed_up_to(self, column: int) -> None:
        """Leave the columns behind one out of what is printed; to be said behind the last row."""
        self.sheet.print_area = f"A1:{get_column_letter(column)}{self.rows}"

    def page_break(self) -> None:
        """The next row begins a page."""
        self.sheet.row_breaks.append(Break(id=self.rows))

    def _cell(self, value: Value, style: str) -> Written:
        cell = WriteOnlyCell(self.sheet)
        cell.value = as_text(value) if isinstance(value, str) else value  # type: ignore[assignment]
        cell.style = style
        if isinstance(value, str):
            cell.data_type = "s"  # also what begins like a formula or reads like an error
        return cell


def given(value: Value) -> Cell:
    """A value of people's own: numbers and dates as such where a sheet can hold them, everything else as text."""
    match value:
        case None:
            return None, "text"
        case bool():
            return value, "number"
        case int() if abs(value) < _EXACT:
            return value, "number"
        case float() | Decimal() if math.isfinite(value) and abs(float(value)) < _EXACT:
            return float(value), "number"
        case datetime() if value.tzinfo is None and value.year >= _FIRST_YEAR:
            return value, "moment"
        case date() if not isinstance(value, datetime) and value.year >= _FIRST_YEAR:
            return value, "date"
    return str(value), "text"


def as_text(value: str) -> str:
    """Text that a cell can hold: what XML has no place for as �, cut where it is too long."""
    kept = _LOOKS_ESCAPED.sub("_x005F_", _NOT_OF_XML.sub("\ufffd", value))
    units = kept.encode("utf-16-le")
    if len(units) // 2 <= CELL_LENGTH:
        return kept
    return units[: 2 * (CELL_LENGTH - 1)].decode("utf-16-le", "ignore") + "…"


def listed(lines: Iterable[str]) -> str:
    """Lines in one cell; several are told apart by bullets."""
    lines = list(dict.fromkeys(lines))
    return lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines)
