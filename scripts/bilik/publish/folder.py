"""The folder of a publication: complete or absent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bilik.errors import InputError
from bilik.publish.release import Release

DATA: Final = "data"
"""The folder of the dataset."""

SUMS: Final = "SHA256SUMS"
"""The checksums in it; a folder that has them is a publication."""


@dataclass(frozen=True)
class Publication:
    """A publication that is being written.

    Attributes:
        folder: its root, still aside.
        release: the facts of the release.
        vendored: a folder with the archives of the packages that pages use, for machines without network.
    """

    folder: Path
    release: Release
    vendored: Path | None = None

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file; its path is below the root."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)

    def copy(self, source: Path, path: str) -> None:
        """Copy a file as it is."""
        self.write(path, source.read_bytes())


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """A folder to write, beside the one that it replaces once it is complete.

    Raises:
        InputError: there is something there that is no earlier publication, or it cannot be written.
    """
    folder = folder.absolute()
    if folder.exists() and not _may_be_replaced(folder):
        raise InputError(f"{folder}: holds something else than an earlier publication; name a new or empty folder")
    new, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    try:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        new.mkdir(parents=True)
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from error
    finally:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)


def _may_be_replaced(folder: Path) -> bool:
    return folder.is_dir() and (not any(folder.iterdir()) or (folder / DATA / SUMS).is_file())
