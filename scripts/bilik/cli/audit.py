"""``bilik audit``: a whole staff list against the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
from rich.console import Console

from bilik.audit.evaluation import evaluate
from bilik.audit.outputs import WORKBOOK, check_output, write_rows
from bilik.audit.session import session
from bilik.audit.sources import open_roster
from bilik.cli.options import chosen_variants, law_under
from bilik.errors import InputError
from bilik.evaluate import compiled_law
from bilik.texts import Language, text


@dataclass(frozen=True)
class Wanted:
    """What an audit is asked for, and how it is to work."""

    output: Path
    as_of: date
    language: Language
    claims_only: bool
    readings: Sequence[str] = ()
    memory: str | None = None


def run(source: Sequence[str], wanted: Wanted) -> int:
    """Evaluate and write; returns the exit status.

    Raises:
        InputError: a source that cannot be read, an output that cannot be written.
    """
    check_output(wanted.output)
    law = law_under(compiled_law(), chosen_variants(wanted.readings))
    with session(wanted.memory) as connection:
        roster = open_roster(source, connection)
        try:
            evaluate(connection, law, wanted.as_of, claims_only=wanted.claims_only)
            written = write_rows(connection, "rows", wanted.output)
        except duckdb.OutOfMemoryException as error:
            raise InputError(f"{source}: not enough memory or disk: {str(error).splitlines()[0]}; see --memory") from error
        counts = dict(connection.execute("SELECT verdict, count(*) FROM rows WHERE claimed GROUP BY ALL").fetchall())
    return 0
