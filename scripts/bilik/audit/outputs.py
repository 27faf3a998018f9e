"""The rows of an audit as files, by suffix; a file is complete or absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import duckdb

from bilik.audit.evaluation import COLUMNS, Part, evaluate_part
from bilik.audit.own_columns import answers_with_own_columns, rows_with_own_columns
from bilik.audit.sources import Roster
from bilik.audit.sources.relations import text, texts
from bilik.errors import InputError
from bilik.namespaces import BASE, expand
from bilik.output import replacing
from bilik.resources import folder

_LINES = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\x01'"
_ANSWERS = "FORMAT parquet, ROW_GROUP_SIZE 4096"  # a thread makes the rows of a group, and holds them until written
FORMATS = {
    ".csv": "FORMAT csv, HEADER true",
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
    ".json": "FORMAT json, ARRAY true",
}
"""Suffixes that the database itself writes, with how it does so."""
TRIPLES = (".nt", ".ttl")
"""Suffixes of graphs: lines of N-Triples, which are Turtle too."""
WORKBOOK = ".xlsx"
_ALL = (*FORMATS, *TRIPLES, WORKBOOK)


def check_output(output: Path) -> None:
    """Refuse a file that could not be written, before anything is evaluated.

    Raises:
        InputError: a suffix that is none of ours, or a folder that does not exist.
    """
    if output.suffix.lower() not in _ALL:
        raise InputError(f"{output}: write to a file that ends in {', '.join(_ALL)}")
    if not output.absolute().parent.is_dir():
        raise InputError(f"{output}: there is no folder {output.absolute().parent}")


def write_rows(
    connection: duckdb.DuckDBPyConnection,
    roster: Roster,
    parts: Sequence[Part],
    output: Path,
    done: Callable[[], None] = lambda: None,
) -> dict[str, int]:
    """Evaluate the parts of a prepared roster and write their rows, with people's own columns beside them.

    Args:
        done: called whenever a part has been evaluated.

    Returns:
        How many claims have each verdict.

    Raises:
        InputError: the complete file cannot take its place.
        duckdb.Error: a source cannot be read to its end, a file cannot be written, the machine has not enough room.
    """
    # The folder is beside the output, where there has to be room for it anyway.
    with replacing(output) as beside, TemporaryDirectory(prefix=f".{output.name}-", dir=beside.parent) as place:
        answers = answers_with_own_columns(roster)
        files = [Path(place) / f"{number}.parquet" for number in range(len(parts))]
        for part, file in zip(parts, files, strict=True):
            evaluate_part(connection, part)
            _copy(connection, answers, file, _ANSWERS)
            done()
        connection.execute(f"CREATE OR REPLACE VIEW said AS FROM read_parquet({texts(files)})")
        rows = rows_with_own_columns(roster, "said", COLUMNS)
        if output.suffix.lower() in TRIPLES:
            _copy(connection, _triples(connection, roster, rows), beside, _LINES)
        else:
            _copy(connection, rows, beside, FORMATS[output.suffix.lower()])
        counted = "SELECT verdict, count(*) FROM rows_of('said') WHERE claimed GROUP BY verdict"
        return {str(verdict): int(count) for verdict, count in connection.execute(counted).fetchall()}


def _triples(connection: duckdb.DuckDBPyConnection, roster: Roster, rows: str) -> str:
    words = {
        "as_of": text(_as_of(connection)),
        "base": text(BASE),
        "term": text(expand("bilik:")),
        "type": text(expand("rdf:type")),
        "date": text(expand("xsd:date")),
        "is_rdf": str(roster.records is not None),
        "rows": f"({rows})",
    }
    return Template(folder("queries", "audit", "triples.sql").read_text(encoding="utf-8")).substitute(words)


def _as_of(connection: duckdb.DuckDBPyConnection) -> str:
    row = connection.execute("SELECT CAST(getvariable('as_of') AS VARCHAR)").fetchone()
    assert row is not None, "a selection of values has a row"
    return str(row[0])


def findings_file(output: Path) -> Path:
    """Where the findings of an audit go: ``verdicts.csv`` → ``verdicts.findings.csv``."""
    return output.with_name(f"{output.stem}.findings.csv")


def claims_met(outcomes: Mapping[str, int]) -> bool:
    """Whether every claim came out as qualified."""
    return not any(count for outcome, count in outcomes.items() if outcome != "qualified")


def _copy(connection: duckdb.DuckDBPyConnection, query: str, file: Path, form: str) -> None:
    connection.execute(f"COPY ({query}) TO {text(file)} ({form})")
