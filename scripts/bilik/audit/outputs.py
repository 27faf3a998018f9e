"""The rows of an audit as files, by suffix; a file is complete or absent."""

from __future__ import annotations

from pathlib import Path

import duckdb

from bilik.errors import InputError
from bilik.output import replacing

FORMATS = {
    ".csv": "FORMAT csv, HEADER true",
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
    ".json": "FORMAT json, ARRAY true",
}
"""Suffixes that the database itself writes, with how it does so."""
WORKBOOK = ".xlsx"


def check_output(output: Path) -> None:
    """Refuse a file that could not be written, before anything is evaluated.

    Raises:
        InputError: a suffix that is none of ours, or a folder that does not exist.
    """
    if output.suffix.lower() not in (*FORMATS, WORKBOOK):
        raise InputError(f"{output}: write to a file that ends in {', '.join((*FORMATS, WORKBOOK))}")
    if not output.absolute().parent.is_dir():
        raise InputError(f"{output}: there is no folder {output.absolute().parent}")


def write_rows(connection: duckdb.DuckDBPyConnection, relation: str, output: Path) -> int:
    """Write a relation, with its columns as they are called; returns the number of rows.

    Raises:
        InputError: the file cannot be written.
    """
    form = FORMATS[output.suffix.lower()]
    with replacing(output) as beside:
        try:
            written = connection.execute(f"COPY (FROM {relation}) TO '{_quoted(beside)}' ({form})").fetchone()
        except duckdb.IOException as error:
            raise InputError(f"{output}: cannot be written: {str(error).splitlines()[0]}") from error
    assert written is not None, "COPY counts the rows"
    return int(written[0])


def findings_file(output: Path) -> Path:
    """Where the findings of an audit go: ``verdicts.csv`` → ``verdicts.findings.csv``."""
    return output.with_name(f"{output.stem}.findings.csv")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
