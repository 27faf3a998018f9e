"""``bilik audit``: a whole staff list against the law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bilik.audit.evaluation import prepare
from bilik.audit.outputs import WORKBOOK, check_output, write_rows
from bilik.audit.results import join_own_columns
from bilik.audit.session import session
from bilik.audit.sources import open_roster
from bilik.cli.options import chosen_variants, law_under
from bilik.errors import InputError
from bilik.evaluate import compiled_law
from bilik.texts import Language


@dataclass(frozen=True)
class Wanted:
    """What an audit is asked for, and how it is to work."""

    output: Path
    as_of: date
    language: Language
    claims_only: bool
    readings: Sequence[str] = ()
    months: int = 12
    memory: str | None = None


def run(source: Sequence[str], wanted: Wanted) -> int:
    """Evaluate and write; returns the exit status.

    Raises:
        InputError: a source that cannot be read, an output that cannot be written, not enough room.
    """
    check_output(wanted.output)
    law = law_under(compiled_law(), chosen_variants(wanted.readings))
    with session(wanted.memory) as connection, _room(wanted.output):
        roster = open_roster(source, connection)
        prepare(connection, law, wanted.as_of, claims_only=wanted.claims_only)
        join_own_columns(connection, roster)
        outcomes = write_rows(connection, wanted.output)
    return 0 if set(outcomes) <= {"qualified"} else 1


@contextmanager
def _room(output: Path) -> Iterator[None]:
    """Tell in one line what stopped the database."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise InputError(f"{output}: not enough memory: {str(error).splitlines()[0]}; see --memory") from error
    except duckdb.Error as error:
        raise InputError(f"{output}: {str(error).splitlines()[0]}") from error
