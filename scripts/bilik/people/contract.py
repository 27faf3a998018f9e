"""The tables of people: their names, their columns, and what a column becomes in the record model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from bilik.errors import InputError


@dataclass(frozen=True)
class Column:
    """What the cells of a column become: ``term`` the property, ``kind`` concept, date, field or position(s)."""

    term: str
    kind: str


@dataclass(frozen=True)
class Table:
    """A table of the contract: which property links its rows to a person, and its columns beside ``person``."""

    name: str
    link: str
    kind: str
    columns: Mapping[str, Column]
    needed: tuple[str, ...]
    """Columns whose absence could turn into a wrong verdict: without them the table is refused."""


ENTRIES = (
    Table(
        "credentials",
        "bilik:hasCredential",
        "bilik:Credential",
        {
            "level": Column("bilik:hasEducationLevel", "concept"),
            "field": Column("bilik:hasField", "field"),
            "awarded": Column("bilik:awardedOn", "date"),
            "recognised_for": Column("bilik:isRecognisedFor", "positions"),
        },
        ("level",),
    ),
    Table(
        "trainings",
        "bilik:hasTraining",
        "bilik:Training",
        {"activity": Column("bilik:coversActivity", "concept"), "completed": Column("bilik:completedOn", "date")},
        ("activity",),
    ),
    Table(
        "employments",
        "bilik:hasEmployment",
        "bilik:Employment",
        {
            "position": Column("bilik:hasPosition", "position"),
            "tier": Column("bilik:hasTier", "concept"),
            "category": Column("bilik:hasCategory", "concept"),
            "field": Column("bilik:hasField", "field"),
            "activity": Column("bilik:coversActivity", "concept"),
            "start": Column("bilik:startedOn", "date"),
            "end": Column("bilik:endedOn", "date"),
            "recognised_for": Column("bilik:isRecognisedFor", "positions"),
        },
        ("position", "start", "end"),
    ),
)
CLAIMS = "employees"
CLAIM_COLUMNS = {
    "position": Column("bilik:hasPosition", "position"),
    "tier": Column("bilik:hasTier", "concept"),
    "category": Column("bilik:hasCategory", "concept"),
}
TABLES: Mapping[str, Mapping[str, Column]] = {CLAIMS: CLAIM_COLUMNS} | {table.name: table.columns for table in ENTRIES}
"""Every table with its columns beside ``person``."""
REQUIRED = ("credentials", "employments")
NAMES = tuple(TABLES)
COLUMNS = {name: ("person", *columns) for name, columns in TABLES.items()}
"""The columns of each table, ``person`` first."""
DATES = frozenset(name for columns in TABLES.values() for name, column in columns.items() if column.kind == "date")
"""The columns that hold dates, whatever the table."""
NEEDED = {CLAIMS: ("position",)} | {table.name: table.needed for table in ENTRIES}


def missing_tables(tables: Collection[str]) -> str | None:
    """What to say if a required table is not among those that there are."""
    missing = [name for name in REQUIRED if name not in tables]
    if not missing:
        return None
    return (
        f"no table {' and no table '.join(missing)}; a table set has {', '.join(REQUIRED)} and may have "
        f"{', '.join(name for name in NAMES if name not in REQUIRED)} (.csv or .parquet files, or sheets)"
    )


def check_columns(place: str | Path, table: str, columns: Sequence[str]) -> None:
    """Whether a table has the columns that it needs.

    Args:
        columns: the names that there are, in small letters.

    Raises:
        InputError: one is missing.
    """
    there_is = ", ".join(filter(None, columns)) or "none"
    if missing := [name for name in ("person", *NEEDED[table]) if name not in columns]:
        raise InputError(f"{place}: table {table} has no column {', '.join(missing)}; it has {there_is}")


def table_named(entry: str, holds_parquet: Callable[[], bool]) -> str | None:
    """The table that a file or folder of this name holds, None if it is no table.

    Args:
        holds_parquet: tells whether it is a folder with Parquet files; asked only where that matters.
    """
    path = PurePath(entry.lower())
    if path.stem in NAMES and (path.suffix in (".csv", ".parquet") or holds_parquet()):
        return path.stem
    return None


def tables_in(folder: Path) -> dict[str, Path]:
    """The tables that a folder holds: ``NAME.csv``, ``NAME.parquet``, or a folder ``NAME`` of Parquet files.

    Raises:
        InputError: a table is there twice.
    """
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        name = table_named(path.name, partial(_holds_parquet, path))
        if name is None:
            continue
        if name in found:
            raise InputError(f"{folder}: table {name} is there as {found[name].name} and as {path.name}; keep one")
        found[name] = path
    return found


def _holds_parquet(path: Path) -> bool:
    return any(path.rglob("*.parquet"))
