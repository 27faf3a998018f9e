"""The page of the career map: the picture as a part of the page, so that it can be searched and followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from bilik.namespaces import code, expand
from bilik.publish.site.frame import Page, Site
from bilik.report.pictures import career_map_svg
from bilik.texts import LANGUAGES, Language, text

PATH: Final = "map"


def pages(site: Site) -> Iterator[Page]:
    """The page."""
    positions = [row["position"] for row in site.select("positions") if "ordinal" in row]
    yield Page(
        path=PATH,
        template="map.html.j2",
        title={language: text("map-title", language) for language in LANGUAGES},
        summary={language: text("map-summary", language) for language in LANGUAGES},
        values=lambda language: {
            "picture": _picture(site, language),
            "positions": list(dict.fromkeys(positions)),
        },
    )


def _picture(site: Site, language: Language) -> Markup:
    """The picture with links to the pages of positions and grades, which are beside this one."""

    def target(curie: str) -> str:
        address = site.documents.of(expand(curie))
        assert address is not None, f"{code(curie)} is on the map and has a page"
        return address.page(language).removeprefix(f"{language}/")

    return Markup(career_map_svg(language, link=target))  # noqa: S704  our own picture, every word of it escaped
