"""Sheets of a workbook as tables, row by row."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from bilik.errors import InputError

LARGEST = 2**30
"""Bytes that a workbook may have unpacked: a sheet full of employments, a million rows, has less than half of it."""
DENSEST = 200
"""How many times larger than packed a part of some size may be: sheets of repeated rows reach 50."""
_OF_SOME_SIZE = 2**24
_AT_ONCE = 1000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb"<(\w+:)?f[ />]")
_REPEATED = re.compile(r"[\s_.,№#()-]*\d+[\s).]*$")

Line = Sequence[object]


def read_sheets(path: Path, tables: Sequence[str]) -> Iterator[tuple[str, Iterator[Line]]]:
    """The sheets that are tables, by name without regard to case, each with its lines; read one before the next.

    A formula has the value that was saved with it, merged cells have theirs in the first of them.

    Raises:
        InputError: no workbook, one that is encrypted, of an old format or suspiciously large, a formula that was saved
            without its value, or none of the tables.
    """
    _check(path)
    from openpyxl import load_workbook  # only workbooks need it

    def opened() -> Any:
        book = load_workbook(path, read_only=True, data_only=True)
        return book, {sheet.title.strip().lower(): sheet for sheet in book.worksheets}

    book, sheets = _tried(path, opened)
    try:
        if not any(name in sheets for name in tables):
            raise InputError(f"{path}: {_what_it_is(path, sheets.values(), tables)}")
        for name in tables:
            if name in sheets:
                _tried(path, lambda sheet=sheets[name]: _check_formulas(path, sheet))
                yield name, _lines(path, sheets[name])
    finally:
        book.close()


def _lines(path: Path, sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # what a sheet says of its size is not always true
    rows = sheet.iter_rows(values_only=True)
    while batch := _tried(path, lambda: list(islice(rows, _AT_ONCE))):
        yield from batch


def _tried(path: Path, read: Any) -> Any:
    """A damaged workbook fails wherever the reader first trips over it: in the archive, its XML, a wrong attribute."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and controls, which are of no concern here
            return read()
    except InputError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: not a workbook that can be read: {reason}; save it as .xlsx") from error


def _check(path: Path) -> None:
    """Before anything is unpacked: what kind of file it is, and how large it would become."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_OLE))
            if start == _OLE:
                if _ENCRYPTED in file.read():
                    raise InputError(f"{path}: the workbook is protected by a password; save it without one")
                raise InputError(f"{path}: a workbook of the old format .xls; save it as .xlsx")
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file or folder") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if not start:
        raise InputError(f"{path}: the file is empty")
    parts = _tried(path, lambda: zipfile.ZipFile(path).infolist())
    if (size := sum(part.file_size for part in parts)) > LARGEST:
        raise InputError(
            f"{path}: unpacked it would have {size // 2**20} MiB, of which {LARGEST // 2**20} are allowed; put large "
            "tables into CSV or Parquet files"
        )
    for part in parts:
        if part.file_size > max(_OF_SOME_SIZE, DENSEST * part.compress_size):
            raise InputError(
                f"{path}: its part {part.filename} unpacks to more than {DENSEST} times its size, as no sheet does; "
                "put large tables into CSV or Parquet files"
            )


def _check_formulas(path: Path, sheet: Any) -> None:
    """Formulas that were saved without a value: nobody has calculated them yet."""
    archive = sheet.parent._archive
    with archive.open(sheet._worksheet_path) as part:
        rest = b""
        while chunk := part.read(2**20):
            if _FORMULA.search(rest + chunk):
                break
            rest = chunk[-16:]
        else:
            return
    with archive.open(sheet._worksheet_path) as part:
        for _, element in ElementTree.iterparse(part):
            kind = element.tag.rpartition("}")[2]
            if kind == "c":
                parts = {child.tag.rpartition("}")[2]: child for child in element}
                if "f" in parts and element.get("t") != "str" and ("v" not in parts or not parts["v"].text):
                    raise InputError(
                        f"{path}: sheet {sheet.title} cell {element.get('r')}: a formula without a calculated value; "
                        "open the workbook in a spreadsheet program and save it, or put in the value"
                    )
            if kind == "row":
                element.clear()


def _what_it_is(path: Path, sheets: Iterable[Any], tables: Sequence[str]) -> str:
    """What stands in a workbook that has none of the tables."""
    for sheet in sheets:
        header = next((line for line in _lines(path, sheet) if any(cell is not None for cell in line)), ())
        if repeated := repeated_columns([str(cell) for cell in header if cell is not None]):
            return (
                f"sheet {sheet.title} has one row a person and repeats columns ({', '.join(repeated)}); a roster has "
                f"one row for each credential, training and employment, in sheets {', '.join(tables)}; "
                "`bilik template` writes a workbook to fill in"
            )
    names = ", ".join(sheet.title for sheet in sheets)
    return (
        f"no table credentials; no sheet is called {', '.join(tables)}, there is {names}; `bilik template` "
        "writes a workbook to fill in"
    )


def repeated_columns(names: Sequence[str]) -> list[str]:
    """The columns that differ in a number alone, like ``level 1`` and ``level 2``."""
    stems = [_REPEATED.sub("", name).strip().lower() for name in names]
    return [name for name, stem in zip(names, stems, strict=True) if stem and stems.count(stem) > 1]
