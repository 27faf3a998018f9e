"""From what a source gives to the relations of the schema ``given``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bilik.errors import InputError
from bilik.people.contract import CLAIMS, COLUMNS, DATES, NAMES, check_columns, missing_tables
from bilik.people.records import Records
from bilik.resources import folder

_OF_RESULTS = (
    "grade", "verdict", "claimed", "best_alternative", "short_months", "reason", "next_grade", "next_date"
)  # fmt: skip
RESERVED = frozenset(("row", "entry", *_OF_RESULTS))
"""Names that columns of people's own cannot keep: their columns are called ``…_given``."""

_FRACTIONS = ("FLOAT", "DOUBLE")
_MOMENTS = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATETIME")


@dataclass(frozen=True)
class Roster:
    """An opened source.

    Attributes:
        carried: the columns of ``given.employees`` that are people's own, in the order of the source.
        tables: the tables that the source has, in the order of the contract.
        size: bytes of the source, as a hint; 0 where unknown.
        unpeopled: the tables that may have rows without a person; all others have none.
        records: the records, where the source is RDF: what cannot be used of them is found there, not in the relations.
    """

    carried: tuple[str, ...]
    tables: tuple[str, ...]
    size: int
    unpeopled: tuple[str, ...] = ()
    records: Records | None = None


@dataclass(frozen=True)
class Column:
    """A column as its source gives it.

    Attributes:
        name: its name in the source.
        value: SQL expression over the relation.
        kind: type of the values, as DuckDB calls it.
        repeats: whether values come from a dictionary, so that what is computed of each is computed once.
    """

    name: str
    value: str
    kind: str = "VARCHAR"
    repeats: bool = False

    @property
    def text(self) -> str:
        """SQL of a value as text."""
        if self.kind == "VARCHAR":
            return self.value
        return f"given.number_of({self.value})" if self.kind in _FRACTIONS else f"CAST({self.value} AS VARCHAR)"

    @property
    def cell(self) -> str:
        """SQL of a value as text without space around it, NULL where there is none."""
        return f"given.{'text_of' if self.repeats else 'key_of'}({self.text})"


@dataclass(frozen=True)
class Given:
    """A table as its source gives it.

    Attributes:
        relation: SQL of what stands behind FROM.
        columns: the columns, in the order of the source.
        row: SQL expression of the row number.
        place: how people know the table: a file, or a file and a table.
        peopled: whether it is known that no row is without a person.
        entry: SQL expression of the entry's IRI.
        many: whether a copy costs less than reading it as often as an audit does.
    """

    relation: str
    columns: Sequence[Column]
    row: str
    place: str
    peopled: bool = False
    entry: str = "CAST(NULL AS VARCHAR)"
    many: bool = False


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the schema ``given`` and what reads the cells of sources."""
    connection.execute(folder("queries", "audit", "sources", "cells.sql").read_text(encoding="utf-8"))


def give(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    given: Mapping[str, Given],
    size: int = 0,
    records: Records | None = None,
) -> Roster:
    """Make the schema ``given`` of the tables that a source has.

    Raises:
        InputError: a required table or column is missing, or two columns have one name.
    """
    if missing := missing_tables(given):
        raise InputError(f"{source}: {missing}")
    carried: tuple[str, ...] = ()
    unpeopled: list[str] = []
    for name in NAMES:
        table = given.get(name)
        if table is None:
            connection.execute(f"CREATE OR REPLACE VIEW given.{name} AS {nothing(name)}")
            continue
        named = _named(name, table)
        check_columns(table.place, name, tuple(named))
        own = _own(table.place, named) if name == CLAIMS else {}
        carried = tuple(own.values()) or carried
        with reading(table.place):
            if not table.peopled and _rows_of_nobody(connection, table, named["person"]):
                unpeopled.append(name)
            selection = _selection(connection, name, table, named, own, peopled=name not in unpeopled)
            if table.many:
                connection.execute(f"CREATE TABLE {_copies(connection)}.{name} AS {selection}")
                selection = f"FROM {_copies(connection)}.{name}"
            connection.execute(f"CREATE OR REPLACE VIEW given.{name} AS {selection}")
    return Roster(carried, tuple(name for name in NAMES if name in given), size, tuple(unpeopled), records)


def _copies(connection: duckdb.DuckDBPyConnection) -> str:
    """A database in a file, for copies that memory may have no room for; it is in the folder for what is spilled."""
    known = connection.execute("SELECT 1 FROM duckdb_databases() WHERE database_name = 'copies'").fetchone()
    if known is None:
        row = connection.execute("SELECT current_setting('temp_directory')").fetchone()
        assert row is not None, "a setting has a value"
        connection.execute(f"ATTACH {text(Path(row[0]) / 'copies.duckdb')} AS copies")
    return "copies"


def columns_of(table: str) -> list[tuple[str, str]]:
    """The columns of a table of the contract, as text."""
    return [(name, "VARCHAR") for name in COLUMNS[table]]


def is_date(column: str) -> bool:
    """Whether a column of the contract holds dates."""
    return column in DATES


@contextmanager
def reading(place: str) -> Iterator[None]:
    """What DuckDB says of a source, as a line about it."""
    try:
        yield
    except duckdb.Error as error:
        raise InputError(f"{place}: cannot be read: {first_line(error)}") from error


def first_line(error: Exception) -> str:
    """The first line of an error's text."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def quoted(name: str) -> str:
    """A name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def text(value: object) -> str:
    """A text as SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def texts(values: Iterable[object]) -> str:
    """A list of texts as SQL."""
    return f"[{', '.join(map(text, values))}]"


# -- columns ---------------------------------------------------------------------------------------------------------


def _named(table: str, given: Given) -> dict[str, Column]:
    """The columns by the name that counts; those without a name are none."""
    named: dict[str, Column] = {}
    for column in given.columns:
        name = column.name.strip().lower()
        if name in named:
            raise InputError(f"{given.place}: table {table} row 1: several columns {name}; keep one of each")
        if name:
            named[name] = column
    return named


def _own(place: str, named: Mapping[str, Column]) -> dict[str, str]:
    """The columns of people's own: name that counts → name in the relation."""
    own: dict[str, str] = {}
    for name, column in named.items():
        if name not in COLUMNS[CLAIMS]:
            kept = column.name.strip()
            own[name] = f"{kept}_given" if name in RESERVED else kept
    folded = [name.lower() for name in own.values()]
    if twice := sorted({name for name in folded if folded.count(name) > 1}):
        raise InputError(
            f"{place}: table {CLAIMS} row 1: the column {', '.join(twice)} is there already, and so the column "
            f"{', '.join(name.removesuffix('_given') for name in twice)} cannot be renamed to it; give it another name"
        )
    return own


def nothing(table: str) -> str:
    """A relation without rows."""
    parts = ["CAST(NULL AS BIGINT) AS row", "CAST(NULL AS VARCHAR) AS entry"]
    for name in COLUMNS[table]:
        parts += _absent(name)
    return f"SELECT {', '.join(parts)} WHERE false"


def _absent(name: str) -> list[str]:
    nothing = "CAST(NULL AS VARCHAR) AS"
    if name in DATES:
        return [f"CAST(NULL AS DATE) AS {quoted(name)}", f"{nothing} {quoted(f'{name}_given')}"]
    return [f"{nothing} {quoted(name)}"]


def _selection(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    given: Given,
    named: Mapping[str, Column],
    own: Mapping[str, str],
    *,
    peopled: bool,
) -> str:
    parts = [f"{given.entry} AS entry"]
    usual = _usual(connection, given, {n: named[n] for n in COLUMNS[table] if n in named and n in DATES})
    for name in COLUMNS[table]:
        if name not in named:
            parts += _absent(name)
        elif name in DATES:
            day, no_day = _day(named[name], name in usual)
            parts += [f"{day} AS {quoted(name)}", f"{no_day} AS {quoted(f'{name}_given')}"]
        else:
            parts.append(f"{named[name].cell} AS {quoted(name)}")
    parts += [f"{named[name].value} AS {quoted(shown)}" for name, shown in own.items()]
    if peopled:
        return f"SELECT {given.row} AS row, {', '.join(parts)} FROM {given.relation}"
    # Numbered before rows are left out.
    numbered = f"SELECT *, {given.row} AS row_in_source FROM {given.relation}"
    says_something = " OR ".join(f"{column.cell} IS NOT NULL" for column in named.values())
    return f"SELECT row_in_source AS row, {', '.join(parts)} FROM ({numbered}) WHERE {says_something}"


def _rows_of_nobody(connection: duckdb.DuckDBPyConnection, given: Given, person: Column) -> bool:
    query = f"SELECT 1 FROM {given.relation} WHERE {person.cell} IS NULL LIMIT 1"
    return connection.execute(query).fetchone() is not None


def _day(column: Column, usual: bool) -> tuple[str, str]:
    """SQL of the day and of what is no day."""
    if column.kind == "DATE" and usual:
        return column.value, "CAST(NULL AS VARCHAR)"
    if column.kind == "DATE":
        return f"given.day_of_date({column.value})", f"given.no_day_of_date({column.value})"
    if column.kind in _MOMENTS:
        return f"given.day_of_moment({column.value})", f"given.no_day_of_moment({column.value})"
    return f"given.day_of_text({column.cell})", f"given.no_day_of_text({column.cell})"


def _usual(connection: duckdb.DuckDBPyConnection, given: Given, columns: Mapping[str, Column]) -> frozenset[str]:
    """The columns of dates all of whose dates are days of the years 0001 to 9999; their least and greatest tell."""
    dates = {name: column.value for name, column in columns.items() if column.kind == "DATE"}
    if not dates:
        return frozenset()
    test = "COALESCE(min({0}) >= DATE '0001-01-01' AND max({0}) <= DATE '9999-12-31', true)"
    tests = [test.format(date) for date in dates.values()]
    found = connection.execute(f"SELECT {', '.join(tests)} FROM {given.relation}").fetchone()
    return frozenset(name for name, all_usual in zip(dates, found or (), strict=True) if all_usual)
