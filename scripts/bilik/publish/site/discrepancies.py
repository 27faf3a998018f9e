"""The page of the discrepancies: slips and inconsistencies of the text, recorded and not repaired in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import Row, by
from bilik.texts import LANGUAGES, text


@dataclass(frozen=True)
class Alike:
    """Discrepancies of which the same is to be said.

    Attributes:
        example: IRI of the first one.
        things: IRI → its places (rows of the query of the discrepancies).
    """

    example: str
    things: Mapping[str, list[Row]]


def pages(site: Site) -> Iterator[Page]:
    """The one page, by kind."""
    kinds = {kind: _alike(site, rows) for kind, rows in by(site.select("discrepancies"), "kind").items()}
    for document in site.documents.of_kind("discrepancies"):
        yield Page(
            path=document.path,
            template="discrepancies.html.j2",
            title={language: text("discrepancies-title", language) for language in LANGUAGES},
            values=lambda language: {"kinds": kinds},
            document=document,
        )


def _alike(site: Site, rows: list[Row]) -> list[Alike]:
    groups: dict[tuple[str, ...], dict[str, list[Row]]] = {}
    for thing, places in by(rows, "discrepancy").items():
        said = site.texts(thing, "bilik:explanation", LANGUAGES[0])
        groups.setdefault(said, {})[thing] = places
    return [Alike(next(iter(things)), things) for things in groups.values()]
