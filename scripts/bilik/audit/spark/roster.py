"""A roster as Spark reads it: the same relations as every source becomes, as views ``given_…``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bilik.audit.sources.relations import is_date
from bilik.audit.spark.files import Files
from bilik.errors import InputError
from bilik.people.contract import COLUMNS, NAMES, check_columns, missing_tables, table_named
from bilik.people.rows import delimiter
from bilik.resources import folder

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

NUMBERED = "credentials"
"""The table in which the number of a row decides something: which of two equal credentials is the witness."""


def open_for_spark(session: SparkSession, source: str) -> None:
    """Make the views ``given_NAME`` with the columns of the contract, and ``row`` of credentials.

    Raises:
        InputError: there is no such folder, a required table or column is missing, or a table cannot be read.
    """
    for function in sorted(folder("queries", "audit", "spark", "cells").glob("*.sql")):
        session.sql(function.read_text(encoding="utf-8"))
    tables = _tables(session, source)
    for name in NAMES:
        if name in tables:
            given = _read(session, name, tables[name])
        else:
            given = session.createDataFrame([], ", ".join(f"`{column}` STRING" for column in COLUMNS[name]))
        given.selectExpr(*_selection(name, tables.get(name, source), given)).createOrReplaceTempView(f"given_{name}")


def _tables(session: SparkSession, source: str) -> dict[str, str]:
    files = Files(session)
    if not files.is_folder(source):
        there = "it reads folders of Parquet or CSV files" if files.exists(source) else "there is no such folder"
        raise InputError(f"{source}: --engine spark: {there}")
    found: dict[str, str] = {}
    for entry, is_folder in files.entries(source):
        name = table_named(entry, partial(bool, is_folder))
        if name is None:
            continue
        path = f"{source.rstrip('/')}/{entry}"
        if name in found:
            raise InputError(f"{source}: table {name} is there as {found[name]} and as {path}; keep one")
        found[name] = path
    if missing := missing_tables(found):
        raise InputError(f"{source}: {missing}")
    return found


def _read(session: SparkSession, name: str, path: str) -> DataFrame:
    if path.lower().endswith(".csv"):
        return _csv(session, path)
    files = session.read.option("recursiveFileLookup", "true").option(
        "pathGlobFilter", "*.[pP][aA][rR][qQ][uU][eE][tT]"
    )
    given = files.parquet(path)
    return _numbered(session, given) if name == NUMBERED else given


def _csv(session: SparkSession, path: str) -> DataFrame:
    """One file of CSV, which one task reads from its beginning to its end, since a cell may hold the end of a line."""
    header = session.read.text(path).first()
    if header is None:
        raise InputError(f"{path}: the file is empty")
    options: dict[str, Any] = {"sep": delimiter(header[0]), "escape": '"', "multiLine": True, "mode": "FAILFAST"}
    return session.read.csv(path, header=True, **options).selectExpr("*", "monotonically_increasing_id() + 2 AS `row`")


def _numbered(session: SparkSession, given: DataFrame) -> DataFrame:
    """With the number of each row, file after file in the order of their names; the first row is row 2."""
    placed = given.selectExpr("*", "_metadata.file_path AS `file of row`", "_metadata.row_index AS `index of row`")
    sizes = sorted((file, rows) for file, rows in placed.groupBy("`file of row`").count().collect())
    before, offsets = 2, []
    for file, rows in sizes:
        offsets.append((file, before))
        before += rows
    files = session.createDataFrame(offsets, "`file of row` STRING, `rows before` BIGINT").hint("broadcast")
    numbered = placed.join(files, "file of row")
    return numbered.selectExpr("*", "`rows before` + `index of row` AS `row`")


def _selection(table: str, place: str, given: DataFrame) -> list[str]:
    named = {name.strip().lower(): (name, kind) for name, kind in given.dtypes}
    check_columns(place, table, tuple(named))
    parts = ["row"] if "row" in given.columns else []
    for column in COLUMNS[table]:
        if column not in named:
            parts += [f"CAST(NULL AS DATE) AS `{column}`", f"CAST(NULL AS STRING) AS `{column}_given`"]
        elif is_date(column):
            day = _day(*named[column])
            parts += [
                f"{day} AS `{column}`",
                f"CASE WHEN {day} IS NULL THEN {_cell(*named[column])} END AS `{column}_given`",
            ]
        else:
            parts.append(f"{_cell(*named[column])} AS `{column}`")
    return parts


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _cell(name: str, kind: str) -> str:
    """SQL of a cell as text."""
    if kind in ("float", "double"):
        return f"number_of({_quoted(name)})"
    return f"text_of(CAST({_quoted(name)} AS STRING))"


def _day(name: str, kind: str) -> str:
    """SQL of a cell as a day."""
    if kind == "date":
        return f"day_of_date({_quoted(name)})"
    if kind.startswith("timestamp"):
        return f"day_of_moment({_quoted(name)})"
    return f"day_of_text({_cell(name, kind)})"
