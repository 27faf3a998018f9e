"""What runs in the reader's browser: "check yourself" and the SPARQL playground, by Oxigraph's WebAssembly.

Both work where pages are opened from a file system, and ask no server for anything once they are loaded: what they need
is in classic scripts, the rules, the graph and the WebAssembly included.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilik.publish.browser import playground, self_check
from bilik.publish.browser.oxigraph import PACKAGE, engine
from bilik.publish.browser.packing import STATIC
from bilik.publish.site.frame import Page, Site, render
from bilik.publish.vendored import files, packages
from bilik.texts import LANGUAGES, text

_SHARED = ("engine.js", "browser.css")


def write_browser(site: Site) -> None:
    """Write both pages in every language, and what they load, below the folder of the publication.

    Raises:
        InputError: a vendored package cannot be had.
    """
    publication = site.publication
    vendored = {
        name: files(name, publication.vendored) for name, package in packages().items() if package.used_by == "pages"
    }
    scripts = {"oxigraph.js": engine(vendored[PACKAGE]), **self_check.scripts(), **playground.scripts(vendored)}
    for name, content in scripts.items():
        publication.write(f"static/{name}", content)
    for name in _SHARED:
        publication.copy(STATIC / name, f"static/{name}")
    render(site, pages())


def pages() -> Iterator[Page]:
    """The two pages."""
    yield Page(
        "check",
        "check.html.j2",
        {language: text("self-title", language) for language in LANGUAGES},
        self_check.page_values,
        summary={language: text("self-lead", language) for language in LANGUAGES},
    )
    yield Page(
        "sparql",
        "sparql.html.j2",
        {language: text("sparql-title", language) for language in LANGUAGES},
        playground.page_values,
        summary={language: text("sparql-lead", language) for language in LANGUAGES},
    )
