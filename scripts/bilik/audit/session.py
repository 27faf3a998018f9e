"""A database in memory that an audit works in, within bounds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import duckdb

from bilik.audit.sources.relations import text
from bilik.errors import InputError


def half_of_memory() -> str:
    """Half of the machine's memory, as DuckDB writes sizes."""
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // 2 // 2**20}MiB"


@contextmanager
def session(memory: str | None = None, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that uses at most this much memory and goes on in a temporary folder where that is not enough.

    Args:
        memory: a size as DuckDB writes it (``4GB``); half of the machine's if not given.
        threads: how many work at once; as many as the machine has if not given.

    Raises:
        InputError: not a size.
    """
    with TemporaryDirectory(prefix="bilik-") as spill, duckdb.connect() as connection:
        try:
            connection.execute(f"SET memory_limit = {text(memory or half_of_memory())}")
        except duckdb.Error as error:
            raise InputError(f"--memory {memory}: not a size; write a number with a unit, as in 4GB") from error
        connection.execute(f"SET temp_directory = {text(spill)}")
        if threads is not None:
            connection.execute(f"SET threads = {threads}")
        yield connection


@contextmanager
def reading(source: Sequence[str]) -> Iterator[None]:
    """Tell in one line what stopped the database.

    Raises:
        InputError: a source that cannot be read to its end, not enough room.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{' '.join(source)}: not enough room: {reason}; give more --memory, or disk") from error
    except duckdb.Error as error:
        raise InputError(f"{' '.join(source)}: {str(error).splitlines()[0]}") from error
