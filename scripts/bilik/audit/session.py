"""A database in memory that an audit works in, within bounds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import duckdb

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
            connection.execute(f"SET memory_limit = '{(memory or half_of_memory()).replace(chr(39), '')}'")
        except duckdb.Error as error:
            raise InputError(f"--memory {memory}: not a size; write a number with a unit, as in 4GB") from error
        connection.execute(f"SET temp_directory = '{spill.replace(chr(39), chr(39) * 2)}'")
        if threads is not None:
            connection.execute(f"SET threads = {threads}")
        yield connection
