"""The graph published: data to load, pages to read. One folder is the web root of the project's IRIs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bilik.errors import InputError
from bilik.publish.dataset import write_dataset
from bilik.publish.folder import Publication, replacing_folder
from bilik.publish.release import read_release


def write_pages(publication: Publication) -> None:
    """Write the pages, those that work in the browser among them.

    Raises:
        InputError: Jinja2 is not installed; a vendored package cannot be had.
    """
    try:
        from bilik.publish.browser import write_browser
        from bilik.publish.site import write_site
        from bilik.publish.site.frame import Site
    except ImportError as error:
        raise InputError("pages are made with Jinja2: pip install 'bilik[site]'") from error
    site = Site(publication)
    write_site(site)
    write_browser(site)


PARTS: Final[Sequence[Callable[[Publication], None]]] = (write_dataset, write_pages)
"""What a publication consists of; each writes its files below the folder, in this order."""


def publish(
    folder: Path,
    *,
    site: str | None = None,
    vendored: Path | None = None,
    parts: Sequence[Callable[[Publication], None]] | None = None,
) -> None:
    """Write the publication: the same version gives the same bytes.

    Args:
        folder: is made, or replaced where it holds an earlier publication, once everything is written.
        site: the address under which the folder will be served, for redirects; that of the release if not given.
        vendored: a folder with the archives of the packages that pages use; where it is not given, they are fetched.
        parts: what is written; everything if not given.

    Raises:
        InputError: the folder holds something else, or cannot be written.
    """
    release = read_release(site)
    with replacing_folder(folder) as aside:
        for part in PARTS if parts is None else parts:
            part(Publication(aside, release, vendored))
