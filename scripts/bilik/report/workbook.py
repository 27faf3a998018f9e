"""What workbooks have in common: their look, and that the same contents give the same bytes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.styles import Font, PatternFill

if TYPE_CHECKING:
    from openpyxl import Workbook

_PROPERTIES = "docProps/core.xml"
_MOMENTS = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)

INK, SHADE = "1C2733", "DCE6F1"
"""Colours of letters, and of what stands behind headings."""
CELL_LENGTH = 32_767
"""Letters that a cell can hold, counted as UTF-16 counts them."""
_LINE, _HIGHEST = 15.0, 409.0
"""Heights in points: of a line, and of the highest row that there can be."""
_USABLE = 0.93
"""How much of the width of a column letters can count on: some are wide, and cells have edges."""


def font(*, bold: bool = False, size: float = 11, colour: str = INK) -> Font:
    """The one font, by name: one without a name is another one in every program."""
    return Font(name="Calibri", family=2, sz=size, b=bold, color=colour)


def fill(colour: str) -> PatternFill:
    """What stands behind letters."""
    return PatternFill("solid", fgColor=colour)


def height_of(cells: Iterable[tuple[object, float]]) -> float | None:
    """Height in points of a row of values in columns of such widths, so that no wrapped text is cut off.

    None where one line is enough. Programs find heights by themselves only sometimes, and never of merged cells.
    """
    lines = max((_lines(value, width) for value, width in cells if isinstance(value, str)), default=1)
    return min(lines * _LINE, _HIGHEST) if lines > 1 else None


def _lines(value: str, width: float) -> int:
    width *= _USABLE
    return sum(_broken(line, width) if len(line) > width else 1 for line in value[:CELL_LENGTH].split("\n"))


def _broken(line: str, width: float) -> int:
    """How many lines one line takes when it is broken between words, and within those that are longer than a line."""
    lines, used = 1, 0.0
    for word in line.split(" "):
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0.0
        used += len(word) + bool(used)
        if used > width:
            more = math.ceil(used / width) - 1
            lines, used = lines + more, used - more * width
    return lines


def workbook_bytes(book: Workbook) -> bytes:
    """A workbook as .xlsx, without the moment of writing, which openpyxl puts into its properties and its archive."""
    written, stable = BytesIO(), BytesIO()
    book.save(written)
    with ZipFile(written) as source, ZipFile(stable, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            entry = ZipInfo(name)  # dated 1980-01-01, the first day that an archive can name
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, _MOMENTS.sub(b"", part) if name == _PROPERTIES else part)
    return stable.getvalue()
