"""Which kind of source it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from bilik.audit.sources.database import SUFFIXES, open_database
from bilik.audit.sources.files import open_files, open_workbook
from bilik.audit.sources.postgres import is_url, open_postgres
from bilik.audit.sources.rdf import check_suffixes, open_rdf, rdf_files
from bilik.audit.sources.relations import Roster, prepare
from bilik.errors import InputError
from bilik.people.contract import NAMES, REQUIRED, tables_in
from bilik.people.reading import FORMATS
from bilik.people.rows import DELIMITERS
from bilik.people.workbook import repeated_columns

_TEMPLATE = "`bilik template` writes a workbook to fill in"


def open_roster(source: str | Path | Sequence[str | Path], connection: duckdb.DuckDBPyConnection) -> Roster:
    """Make the four relations of a source in the schema ``given`` of a connection.

    Args:
        source: a folder of CSV or Parquet files, a workbook, a DuckDB or SQLite file, the URL of a PostgreSQL database,
            an RDF file or a folder of them, or several RDF files.

    Raises:
        InputError: a source that cannot be read, or lacks a table or column that the contract requires.
    """
    prepare(connection)
    if not isinstance(source, str | Path):
        paths = [Path(path) for path in source]
        if len(paths) != 1:
            check_suffixes(paths)
            return open_rdf(paths, connection)
        source = source[0]
    if is_url(str(source)):
        return open_postgres(str(source), connection)
    return _open_path(Path(source), connection)


def _open_path(path: Path, connection: duckdb.DuckDBPyConnection) -> Roster:
    suffix = path.suffix.lower()
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    if path.is_dir():
        tables = tables_in(path)
        records = rdf_files(path)
        if records and not tables:
            return open_rdf(records, connection)
        if not tables:
            raise InputError(f"{path}: {_other_folder(path)}")
        return open_files(path, tables, connection)
    if suffix == ".xlsx":
        return open_workbook(path, connection)
    if suffix in SUFFIXES:
        return open_database(path, connection)
    if suffix in FORMATS:
        return open_rdf([path], connection)
    if suffix in (".csv", ".tsv", ".txt", ".parquet"):
        raise InputError(f"{path}: {_one_file(path)}")
    if suffix in (".xls", ".xlsm", ".xlsb", ".ods"):
        raise InputError(f"{path}: workbooks are read as .xlsx; save it as that")
    kinds = " ".join([".xlsx", *SUFFIXES, *sorted(FORMATS)])
    raise InputError(
        f"{path}: unknown kind of roster {path.suffix!r}; use a folder of CSV or Parquet files, {kinds} or postgresql://…"
    )


def _other_folder(path: Path) -> str:
    others = [file for file in sorted(path.iterdir()) if file.suffix.lower() in (".csv", ".tsv", ".txt")]
    repeated = _repeats(others[0]) if others else ""
    return (
        f"{repeated}no table {' and no table '.join(REQUIRED)}; a roster is a folder with the files "
        f"{', '.join(f'{name}.csv' for name in NAMES)} or the same as .parquet; {_TEMPLATE}"
    )


def _one_file(path: Path) -> str:
    """One file is one table at best."""
    repeated = _repeats(path) if path.suffix.lower() != ".parquet" else ""
    return (
        f"{repeated}one file is no roster; a roster has one row for each credential, training and employment, in files "
        f"of one folder: {', '.join(NAMES)}; name the folder; {_TEMPLATE}"
    )


def _repeats(path: Path) -> str:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = file.readline(2**16)
    separator = max(DELIMITERS, key=header.count)
    repeated = repeated_columns([name.strip(' "\r\n') for name in header.split(separator)])
    return f"{path.name} has one row a person and repeats columns ({', '.join(repeated)}); " if repeated else ""
