"""The same table set as every kind of files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook

from command_line import TABLE_SET, written

HEADERS = {
    "employees": ("person", "position", "tier", "category"),
    "credentials": ("person", "level", "field", "awarded", "recognised_for"),
    "trainings": ("person", "activity", "completed"),
    "employments": ("person", "position", "tier", "category", "field", "activity", "start", "end", "recognised_for"),
}
Tables = Mapping[str, Sequence[Sequence[str]]]
"""table → rows, the header first."""


def tables(**rows: Iterable[Sequence[str]]) -> dict[str, list[Sequence[str]]]:
    """Tables with their full headers; those that a set must have are empty if not given."""
    given = {"credentials": (), "employments": (), **rows}
    return {name: [HEADERS[name], *given[name]] for name in HEADERS if name in given}


def example() -> dict[str, list[list[str]]]:
    """The example table set, as text."""
    return {
        name: list(csv.reader(StringIO((TABLE_SET / f"{name}.csv").read_text(encoding="utf-8")))) for name in HEADERS
    }


def as_csv(
    folder: Path, content: Tables, *, delimiter: str = ",", encoding: str = "utf-8", quoting: Any = csv.QUOTE_MINIMAL
) -> Path:
    for name, rows in content.items():
        text = StringIO()
        csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)
        written(folder, f"{name}.csv", text.getvalue().encode(encoding))
    return folder


def typed(content: Tables) -> Iterable[tuple[str, str, str]]:
    """(table, columns, values) as SQL: empty cells are NULL, days are dates."""
    for name, rows in content.items():
        for row in rows[1:]:
            cells = []
            for column, cell in zip(rows[0], row, strict=True):
                text = cell.replace("'", "''")
                day = column in ("awarded", "completed", "start", "end")
                cells.append("NULL" if not cell else f"DATE '{text}'" if day else f"'{text}'")
            yield name, ", ".join(f'"{column}"' for column in rows[0]), ", ".join(cells)


def as_database(path: Path, content: Tables) -> Path:
    with duckdb.connect(str(path)) as connection:
        for name, rows in content.items():
            kinds = {"awarded": "DATE", "completed": "DATE", "start": "DATE", "end": "DATE"}
            columns = ", ".join(f'"{column}" {kinds.get(column, "VARCHAR")}' for column in rows[0])
            connection.execute(f"CREATE TABLE {name} ({columns})")
        for name, columns, values in typed(content):
            connection.execute(f"INSERT INTO {name} ({columns}) VALUES ({values})")
    return path


def as_parquet(folder: Path, content: Tables) -> Path:
    with duckdb.connect(str(as_database(folder / "people.duckdb", content)), read_only=True) as connection:
        for name in content:
            connection.execute(f"COPY {name} TO '{folder / name}.parquet' (FORMAT parquet)")
    (folder / "people.duckdb").unlink()
    return folder


def as_workbook(path: Path, content: Tables) -> Path:
    """A workbook as people have it: days are dates, some as moments; whole numbers are numbers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in content.items():
        sheet = book.create_sheet(name.title())
        sheet.append(list(rows[0]))
        for number, row in enumerate(rows[1:]):
            cells: list[object] = []
            for column, cell in zip(rows[0], row, strict=True):
                day = date.fromisoformat(cell) if column in ("awarded", "completed", "start", "end") and cell else None
                moment = datetime(day.year, day.month, day.day) if day and number % 2 else day
                cells.append(moment or (int(cell) if cell.isdigit() and not cell.startswith("0") else cell or None))
            sheet.append(cells)
    book.save(path)
    return path


WAYS: dict[str, Callable[[Path, Tables], Path]] = {
    "comma": as_csv,
    "semicolon": lambda folder, content: as_csv(folder, content, delimiter=";"),
    "tab": lambda folder, content: as_csv(folder, content, delimiter="\t"),
    "byte order mark": lambda folder, content: as_csv(folder, content, encoding="utf-8-sig"),
    "quoted": lambda folder, content: as_csv(folder, content, quoting=csv.QUOTE_ALL),
    "parquet": as_parquet,
    "database": lambda folder, content: as_database(folder / "people.duckdb", content),
    "workbook": lambda folder, content: as_workbook(folder / "people.xlsx", content),
}
