"""``bilik publish``: the site and the dataset."""

from __future__ import annotations

from pathlib import Path

from bilik.publish import publish


def run(folder: Path, site: str | None, vendored: Path | None) -> None:
    """Write the publication.

    Raises:
        InputError: the folder holds something else, or cannot be written; the site is no address; a vendored package
            cannot be had.
    """
    publish(folder, site=site, vendored=vendored)
