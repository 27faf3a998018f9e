"""The pages of the SKOS schemes: every concept with its definition, rank, place and matches."""

from __future__ import annotations

from collections.abc import Iterator

from bilik.publish.documents import Document
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import by, matches, values


def pages(site: Site) -> Iterator[Page]:
    """A page for every scheme."""
    concepts, mapped = by(site.select("concepts"), "scheme"), by(site.select("mappings"), "thing")

    def page(document: Document) -> Page:
        of = by(concepts.get(document.iri, []), "concept")
        # A variant of a reading is told on the page of its reading: here stands what has a place here or a page.
        own = {iri: rows for iri, rows in of.items() if _belongs(site, document, iri)}
        return Page(
            path=document.path,
            template="scheme.html.j2",
            title=site.titles(document.iri),
            values=lambda language: {
                "scheme": document.iri,
                "concepts": {iri: rows[0] for iri, rows in own.items()},
                "broader": {iri: values(rows, "broader") for iri, rows in own.items()},
                "matches": {iri: matches(mapped.get(iri, [])) for iri in own},
                "elsewhere": {iri for iri in own if not _is_here(site, document, iri)},
            },
            document=document,
        )

    yield from map(page, site.documents.of_kind("scheme"))


def _is_here(site: Site, document: Document, iri: str) -> bool:
    address = site.documents.of(iri)
    return address is not None and address.path == document.path


def _belongs(site: Site, document: Document, iri: str) -> bool:
    address = site.documents.of(iri)
    return address is not None and (address.path == document.path or address.fragment is None)
