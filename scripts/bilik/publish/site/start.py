"""The start pages: what this is, for whom, what each reader does first; and the page that leads to a language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilik.namespaces import code
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import by, values
from bilik.texts import LANGUAGES, text

READERS: Final = ("hr", "employee", "lawyer", "analyst", "integrator")
"""Whom the page addresses: texts ``start-<reader>``, ``…-does``, and the page and the command that come first."""

COMMANDS: Final = {
    "hr": "bilik audit staff.xlsx -o verdicts.xlsx",
    "employee": "bilik path me.ttl --to {grade}",
    "lawyer": "bilik explain {grade}",
    "analyst": "bilik query grades-of-position position={position}",
    "integrator": "bilik check people.ttl --format json",
}
FIRST_PAGES: Final = {
    "hr": "check",
    "employee": "check",
    "lawyer": "voc/reading",
    "analyst": "sparql",
    "integrator": "downloads",
}


def pages(site: Site) -> Iterator[Page]:
    """The start page."""
    positions = [row for row in site.select("positions") if "ordinal" in row]
    grades = site.select("grades")
    longest = max(by(grades, "position").values(), key=len)
    example = longest[len(longest) // 2]
    words = {"grade": example["code"], "position": code(example["position"])}
    yield Page(
        path="index",
        template="start.html.j2",
        title={language: text("start-title", language) for language in LANGUAGES},
        summary={language: text("start-summary", language) for language in LANGUAGES},
        values=lambda language: {
            "positions": values(positions, "position"),
            "grades": by(grades, "position"),
            "readers": READERS,
            "commands": {reader: command.format(**words) for reader, command in COMMANDS.items()},
            "first_pages": FIRST_PAGES,
            "counts": {
                "positions": len(values(positions, "position")),
                "grades": len(grades),
                "items": len(site.select("items")),
                "readings": len(site.documents.of_kind("reading")),
            },
        },
    )


def write_entrance(site: Site) -> None:
    """Write the page at the root of the folder, which leads to the start page in the reader's language."""
    template = site.environment.get_template("entrance.html.j2")
    site.publication.write(
        "index.html",
        template.render(
            languages=LANGUAGES,
            names={language: text("site-own-name", language) for language in LANGUAGES},
            titles={language: text("start-title", language) for language in LANGUAGES},
            site_name=text("site-name", "kk"),
        ),
    )
