"""Rows of CSV files and of sheets as people see them: numbered, every cell as text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path

from bilik.errors import InputError
from bilik.people.reading import undecodable_line

DELIMITERS = ",;\t"
_ZONED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)")


def read_lines(path: Path) -> Iterator[Sequence[str]]:
    """The lines of a CSV file as lists of cells; however large it is, one line is in memory.

    Raises:
        InputError: the file is missing, cannot be read, is empty, not UTF-8 or not CSV.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            if not header.strip() and not any(line.strip() for line in file):
                raise InputError(f"{path}: the file is empty")
            file.seek(0)
            reader = csv.reader(file, delimiter=delimiter(header), strict=True)
            try:
                yield from reader
            except csv.Error as error:
                raise InputError(f"{path} line {reader.line_num}: not valid CSV: {error}") from error
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file or folder") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} line {undecodable_line(path)}: not UTF-8; save the file as UTF-8") from error


def delimiter(header: str) -> str:
    """The separator of cells: whichever the header has most of."""
    return max(DELIMITERS, key=header.count)


def table_rows(
    lines: Iterable[Sequence[object]], path: Path, table: str
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of the columns as given, '' where a column has none, and each row's number and cells, as many as names.

    Raises:
        InputError: a column has the name of another, and, while reading, a row has more cells than there are columns.
    """
    lines = iter(lines)
    names = [shown(name).strip() for name in next(lines, ())]
    folded = [name.lower() for name in names]
    if twice := sorted({name for name in folded if name and folded.count(name) > 1}):
        raise InputError(f"{path}: table {table} row 1: several columns {', '.join(twice)}; keep one of each")
    return names, _numbered(lines, len(names), path, table)


def _numbered(
    lines: Iterator[Sequence[object]], width: int, path: Path, table: str
) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, 2):
        cells = [shown(cell).strip() for cell in chain(line, [None] * (width - len(line)))]
        if width and any(cells[width:]):  # a table without columns is told what it lacks, not that it has too much
            raise InputError(
                f"{path}: table {table} row {number}: {len(line)} cells, the header has {width}; "
                "a text that contains the separator needs quotes"
            )
        yield number, cells[:width]


def shown(cell: object) -> str:
    """A cell as text; a moment without a time of day is a date, a whole number has no fraction."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case datetime() if cell.time() == cell.time().min:
            return cell.date().isoformat()
        case datetime() | date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def without_zone(text: str) -> str:
    """An existing day that is written with a time zone as the day alone, anything else as it is."""
    zoned = _ZONED.fullmatch(text)
    try:
        return date.fromisoformat(zoned[1]).isoformat() if zoned else text
    except ValueError:
        return text
