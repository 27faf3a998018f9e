"""Workbooks as bytes: the same contents give the same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

_PROPERTIES = "docProps/core.xml"
_MOMENTS = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)


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
