"""The pages of the positions: grades as a ladder, the career, duties, knowledge, mappings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bilik.publish.documents import Document
from bilik.publish.site.career import picture
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import by, ladder, matches, values
from bilik.texts import Language

KINDS: Final = ("position", "position-group")


def pages(site: Site) -> Iterator[Page]:
    """A page for every position and every group of positions."""
    facts = by(site.select("positions"), "position")
    members = by(site.select("positions"), "group")
    grades, items = by(site.select("grades"), "position"), by(site.select("items"), "position")
    mapped, relied = by(site.select("mappings"), "thing"), by(site.select("reliance"), "thing")

    def page(document: Document) -> Page:
        position = document.iri
        of, own = facts[position], grades.get(position, [])

        def shown(language: Language) -> Mapping[str, object]:
            return {
                "position": position,
                "facts": of[0],
                "groups": values(of, "group"),
                "fields": values(of, "field"),
                "activities": values(of, "activity"),
                "members": values(members.get(position, []), "position"),
                "ladder": ladder(own),
                "in_words": {row["grade"]: site.in_words(row["grade"], language) for row in own},
                "picture": picture(site, made.root, language, of[0]["code"]) if own else None,
                "items": by(items.get(position, []), "kind"),
                "matches": matches(mapped.get(position, [])),
                "readings": values(relied.get(position, []), "reading"),
            }

        made = Page(document.path, "position.html.j2", site.titles(position), shown, document)
        return made

    for kind in KINDS:
        yield from map(page, site.documents.of_kind(kind))
