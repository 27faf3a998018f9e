"""The graph published: data to load, pages to read. One folder is the web root of the project's IRIs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bilik.publish.dataset import write_dataset
from bilik.publish.folder import Publication, replacing_folder
from bilik.publish.release import read_release

PARTS: Final[Sequence[Callable[[Publication], None]]] = (write_dataset,)
"""What a publication consists of; each writes its files below the folder, in this order."""


def publish(folder: Path, *, site: str | None = None, parts: Sequence[Callable[[Publication], None]] = PARTS) -> None:
    """Write the publication: the same version gives the same bytes.

    Args:
        folder: is made, or replaced where it holds an earlier publication, once everything is written.
        site: the address under which the folder will be served, for redirects; that of the release if not given.

    Raises:
        InputError: the folder holds something else, or cannot be written.
    """
    release = read_release(site)
    with replacing_folder(folder) as aside:
        for part in parts:
            part(Publication(aside, release))
