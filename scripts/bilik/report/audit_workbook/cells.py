"""Sheets written row by row: styles, and values as cells that no program takes for anything but values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bilik.errors import InputError

SHEET_ROWS = 1_048_576
"""Rows that a sheet can hold."""
_CELL_LENGTH = 32_767
"""Letters that a cell can hold, counted as UTF-16 counts them."""
_FIRST_YEAR = 1901
"""From which year on all spreadsheet programs count days alike."""
_EXACT = 10**15
"""Whole numbers that are smaller are kept to the last digit."""
_NOT_OF_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

INK, RULE, SHADE = "1C2733", "C3CCD5", "DCE6F1"
SOLID = {"qualified": "2E7D4F", "undetermined": "E0A100", "not-qualified": "B3362B"}
"""Outcome → colour of what is drawn for it; the three differ in lightness too."""
_TINTS = {"qualified": ("E3F2E8", "1B5E37"), "undetermined": ("FFF3CC", "6B4E00"), "not-qualified": ("F9DEDA", "8A1F15")}

Value = object
Cell = tuple[Value, str]
"""A value and the name of its style."""


def new_book() -> Workbook:
    """A workbook without sheets, to be written row by row, with the styles of cells."""
    book = Workbook(write_only=True)
    line = Side(style="thin", color=RULE)
    below = Border(bottom=line)
    wrapped = Alignment(wrap_text=True, vertical="top")
    right = Alignment(horizontal="right", vertical="top")
    bold = Font(bold=True, color=INK)

    def style(name: str, **look: object) -> None:
        book.add_named_style(NamedStyle(name, **look))  # type: ignore[arg-type]

    style("title", font=Font(bold=True, size=16, color=INK), alignment=Alignment(vertical="center"))
    style("heading", font=Font(bold=True, size=12, color=INK), alignment=Alignment(vertical="bottom"))
    style("prose", alignment=wrapped)
    style("name", font=bold, alignment=wrapped, border=below)
    style("header", font=bold, fill=_fill(SHADE), border=below, alignment=Alignment(wrap_text=True, vertical="center"))
    style(
        "header right",
        font=bold,
        fill=_fill(SHADE),
        border=below,
        alignment=Alignment(wrap_text=True, vertical="center", horizontal="right"),
    )
    style("number of all", alignment=Alignment(horizontal="left", vertical="top"), border=below, number_format="#,##0")
    style("words", alignment=wrapped, border=below)
    style("text", alignment=wrapped, border=below, number_format="@")
    style("number", alignment=right, border=below)
    style("count", alignment=right, border=below, number_format="#,##0")
    style("share", alignment=right, border=below, number_format="0%")
    style("date", alignment=right, border=below, number_format="yyyy-mm-dd")
    style("moment", alignment=right, border=below, number_format="yyyy-mm-dd hh:mm:ss")
    style("total", font=bold, alignment=right, border=Border(top=line, bottom=line), number_format="#,##0")
    style("total share", font=bold, alignment=right, border=Border(top=line, bottom=line), number_format="0%")
    style("total name", font=bold, alignment=wrapped, border=Border(top=line, bottom=line))
    for outcome, (fill, ink) in _TINTS.items():
        look = {"font": Font(bold=True, color=ink), "fill": _fill(fill), "border": below}
        style(outcome, alignment=wrapped, **look)
        style(f"{outcome} header", alignment=Alignment(wrap_text=True, vertical="center", horizontal="right"), **look)
    return book


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


class Sheet:
    """A sheet that fits the width of a page; its rows are written one after the other.

    Args:
        widths: of the columns, in letters.
        foot: what stands at the foot of every page beside its number.
    """

    def __init__(self, book: Workbook, title: str, widths: Sequence[float], *, foot: str, landscape: bool = True):
        self.sheet: Worksheet = book.create_sheet(title)
        self.rows = 0
        self.columns = len(widths)
        for number, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self.sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        self.sheet.page_setup.paperSize = 9  # A4
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.sheet.page_margins.left = self.sheet.page_margins.right = 0.4
        self.sheet.page_margins.top = self.sheet.page_margins.bottom = 0.6
        self.sheet.oddFooter.left.text = foot
        self.sheet.oddFooter.right.text = "&P / &N"

    def row(self, *cells: Cell, height: float | None = None) -> None:
        """Write a row.

        Raises:
            InputError: the sheet is full.
        """
        self.make_room(1)
        self.rows += 1
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

    def across(self, value: Value, style: str, *, columns: int | None = None, height: float | None = None) -> None:
        """Write a row of one cell that reaches across columns, all unless told; its height is not found by itself."""
        self.row((value, style), height=height)
        last = get_column_letter(columns or self.columns)
        self.sheet.merged_cells.add(f"A{self.rows}:{last}{self.rows}")

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
        self.sheet.auto_filter.ref = f"A1:{get_column_letter(self.columns)}{self.rows}"

    def _cell(self, value: Value, style: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(self.sheet, as_text(value) if isinstance(value, str) else value)
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
        case float() | Decimal() if math.isfinite(value) and abs(value) < _EXACT:
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
    if len(units) // 2 <= _CELL_LENGTH:
        return kept
    return units[: 2 * (_CELL_LENGTH - 1)].decode("utf-16-le", "ignore") + "…"


def listed(lines: Iterable[str]) -> str:
    """Lines in one cell; several are told apart by bullets."""
    lines = list(dict.fromkeys(lines))
    return lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines)
