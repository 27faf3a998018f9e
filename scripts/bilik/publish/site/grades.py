"""The pages of the grades: what is asked for beside the order's own words, the ways in and out, class and shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from bilik.evaluate.variants import variants
from bilik.namespaces import expand
from bilik.publish.documents import Document
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import by
from bilik.publish.site.snippets import reached, snippet
from bilik.texts import LANGUAGES, Language


def pages(site: Site) -> Iterator[Page]:
    """A page for every grade."""
    facts = {row["grade"]: row for row in site.select("grades")}
    ways = site.select("advancements")
    ways_in, ways_out = by(ways, "to"), by(ways, "from")
    rivals = by(({"reading": variant.reading, "code": variant.code} for variant in variants()), "reading")

    def page(document: Document) -> Page:
        grade = document.iri
        explained = site.explanations[grade]
        slug = explained.grade

        @cache
        def turtle() -> Mapping[str, str]:
            return {
                "class": snippet(site, expand(f"class:{slug}")),
                "shape": snippet(site, *reached(site, expand(f"bsh:{slug}"), "bsh")),
            }

        def shown(language: Language) -> Mapping[str, object]:
            words = site.verbaliser(explained, language)
            return {
                "grade": grade,
                "facts": facts[grade],
                "explained": explained,
                "in_words": site.in_words(grade, language),
                "condition_in_words": words.condition,
                "readings": [expand(f"reading:{reading}") for reading in explained.readings],
                "rivals": rivals,
                "ways_in": ways_in.get(grade, []),
                "ways_out": ways_out.get(grade, []),
                "turtle": turtle(),
            }

        return Page(
            document.path,
            "grade.html.j2",
            site.titles(grade),
            shown,
            document,
            {language: site.in_words(grade, language) for language in LANGUAGES},
        )

    yield from map(page, site.documents.of_kind("grade"))
