"""Writing results: to standard output, or to a file that is complete or absent."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bilik.errors import InputError


def write(text: str, output: Path | None) -> None:
    """Write text to standard output, or to a file.

    Raises:
        InputError: the file cannot be written.
    """
    if output is None:
        sys.stdout.write(text)
        return
    with replacing(output) as beside:
        beside.write_text(text, encoding="utf-8", newline="")


def write_bytes(written: bytes, output: Path) -> None:
    """Write a file that is complete or absent.

    Raises:
        InputError: the file cannot be written.
    """
    with replacing(output) as beside:
        beside.write_bytes(written)


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A file to write, beside the output, which it replaces once it is complete.

    Raises:
        InputError: the file cannot be written.
    """
    beside = output.with_name(f".{output.name}.new")
    try:
        yield beside
        beside.replace(output)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
