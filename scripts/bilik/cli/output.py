"""Where commands write what they make."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bilik.errors import InputError


def write(text: str, output: Path | None) -> None:
    """To standard output, or to a file that is complete or absent."""
    if output is None:
        sys.stdout.write(text)
        return
    with replacing(output) as beside:
        beside.write_text(text, encoding="utf-8", newline="")


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A file to write, beside the output, which it replaces once it is complete."""
    beside = output.with_name(f".{output.name}.new")
    try:
        yield beside
        beside.replace(output)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
