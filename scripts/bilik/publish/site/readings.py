"""The pages of the readings: what is unclear, what was chosen and why, what else it could mean, where it matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bilik.namespaces import code
from bilik.publish.documents import Document
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import by
from bilik.texts import LANGUAGES, Language


def pages(site: Site) -> Iterator[Page]:
    """A page for every reading."""
    facts = by(site.select("readings"), "reading")
    relying = by(site.select("reliance"), "reading")
    resolved = by(site.select("discrepancies"), "reading")

    def page(document: Document) -> Page:
        reading = document.iri
        grades = [grade for grade, explained in site.explanations.items() if code(reading) in explained.readings]
        others = [row["thing"] for row in relying.get(reading, []) if row["thing"] not in site.explanations]
        example = site.explanations[grades[0]].grade if grades else None

        def shown(language: Language) -> Mapping[str, object]:
            return {
                "reading": reading,
                "facts": facts[reading][0],
                "variants": [row for row in facts[reading] if "variant" in row],
                "wordings": site.texts(reading, "bilik:interpretedWording", "kk"),
                "grades": grades,
                "provisions": _of_kind(site, others, "provision"),
                "positions": _of_kind(site, others, "position", "position-group"),
                "discrepancies": resolved.get(reading, []),
                "example": example,
            }

        said = {language: " ".join(site.texts(reading, "skos:definition", language)) for language in LANGUAGES}
        return Page(document.path, "reading.html.j2", site.titles(reading), shown, document, said)

    yield from map(page, site.documents.of_kind("reading"))


def _of_kind(site: Site, things: list[str], *kinds: str) -> list[str]:
    """Those of the things that have a page of a kind of their own."""
    of_kind = [document.iri for kind in kinds for document in site.documents.of_kind(kind)]
    return [iri for iri in of_kind if iri in set(things)]
