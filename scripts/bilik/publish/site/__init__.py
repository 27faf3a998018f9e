"""The pages: a static site in three languages, made of the graph.

A module makes the pages of one kind: its function ``pages(site)`` yields a :class:`~bilik.publish.site.frame.Page` for
each; what a page says is asked of the graph once for all pages of the kind, by a query of ``queries/publish/site``.
:data:`KINDS` names these functions. The frame around a page, its language switch and its links are in ``frame``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bilik.publish.site import (
    career,
    discrepancies,
    downloads,
    grades,
    positions,
    provisions,
    queries,
    readings,
    reference,
    schemes,
    search,
    start,
    vocabularies,
)
from bilik.publish.site.frame import Page, Site, render, write_static

KINDS: Final[Sequence[Callable[[Site], Iterator[Page]]]] = (
    start.pages,
    positions.pages,
    grades.pages,
    provisions.pages,
    discrepancies.pages,
    readings.pages,
    reference.pages,
    schemes.pages,
    vocabularies.pages,
    queries.pages,
    career.pages,
    downloads.pages,
)
"""What makes the pages, in this order."""


def write_site(site: Site) -> None:
    """Write the pages in every language, and what they load, below the folder of the publication."""
    write_static(site.publication)
    start.write_entrance(site)
    for pages in KINDS:
        render(site, pages(site))
    search.write_search(site)
