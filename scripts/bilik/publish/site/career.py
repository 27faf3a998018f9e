"""The career map as a page, and as a picture inside the pages of positions: its names are links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from bilik.namespaces import expand
from bilik.publish.site.frame import Page, Site
from bilik.report.pictures import career_map_svg
from bilik.texts import LANGUAGES, Language, text


def pages(site: Site) -> Iterator[Page]:
    """The career map of all positions, with all the ways as a table below it."""
    ways = site.select("advancements")

    def shown(language: Language) -> Mapping[str, object]:
        site.publication.write(f"static/career-map.{language}.svg", career_map_svg(language))
        return {"picture": picture(site, page.root, language), "ways": ways}

    titles = {language: text("picture-map", language) for language in LANGUAGES}
    page = Page("map", "map.html.j2", titles, shown)
    yield page


def picture(site: Site, root: str, language: Language, position: str | None = None) -> Markup:
    """The map as SVG to stand in a page.

    Args:
        root: the way from the page to the folder of the publication.
        position: code of the position that it is about; all if not given.
    """

    def link(curie: str) -> str:
        address = site.documents.of(expand(curie))
        assert address, f"{curie} is on the map and in no document"
        return f"{root}/{address.page(language)}"

    return Markup(career_map_svg(language, position=position, link=link))
