"""The page of the catalogue of questions as a document: what its RDF declares for all of them; the list is a page of
its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilik.publish.site.frame import Page, Site
from bilik.texts import LANGUAGES, text


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    [document] = site.documents.of_kind("catalogue")
    declared = [iri for iri in site.documents.things(document) if iri != document.iri]
    yield Page(
        path=document.path,
        template="catalogue.html.j2",
        title={language: text("catalogue-title", language) for language in LANGUAGES},
        values=lambda language: {"prefixes_declared": declared},
        document=document,
    )
