"""The index of the search: what has a name and a place on the site, one file per language, loaded when it is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bilik.namespaces import code, expand
from bilik.publish.documents import Address
from bilik.publish.site.frame import Site
from bilik.texts import LANGUAGES, Language, text

KINDS: Final = (
    "position",
    "position-group",
    "grade",
    "provision",
    "reading",
    "scheme",
    "concept",
    "vocabulary",
    "question",
    "catalogue",
    "discrepancies",
    "duty",
    "knowledge",
)
"""The kinds of what is found; of two things that fit alike the one of the earlier kind comes first."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    Attributes:
        thing: its IRI.
        kind: one of :data:`KINDS`.
    """

    thing: str
    kind: str


def write_index(site: Site) -> None:
    """Write the index in every language, of the pages that are there."""
    entries = [(entry, address) for entry in _entries(site) if (address := _place(site, entry))]
    for language in LANGUAGES:
        index = {
            "kinds": [text(f"site-kind-{kind}", language) for kind in KINDS],
            "none": text("site-found-none", language),
            "found": text("site-found", language, count="{count}"),
            "entries": [_written(site, entry, address, language) for entry, address in entries],
        }
        content = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        site.publication.write(f"static/search.{language}.js", f"var BILIK_SEARCH = {content};\n")


def _entries(site: Site) -> Iterator[Entry]:
    for document in site.documents.all:
        yield Entry(document.iri, document.kind)
    for row in site.select("concepts"):
        yield Entry(row["concept"], "concept")
    for term in dict.fromkeys(row["term"] for row in site.select("terms")):
        if term.startswith(expand("bilik:")):
            yield Entry(term, "vocabulary")
    for row in site.select("items"):
        yield Entry(row["item"], row["kind"])


def _place(site: Site, entry: Entry) -> Address | None:
    """Where an entry is on the site, if its page is there; of a concept or term with a page of its own nothing more."""
    address = site.documents.of(entry.thing)
    if address is None or address.path not in site.made:
        return None
    return None if entry.kind == "concept" and address.fragment is None else address


def _written(site: Site, entry: Entry, address: Address, language: Language) -> list[object]:
    """Name, address below the folder of the language, number of the kind, other words by which it is found."""
    page = address.page(language).removeprefix(f"{language}/")
    number = KINDS.index(entry.kind)
    if words := site.texts(entry.thing, "bilik:wording", LANGUAGES[0]):
        translated = site.texts(entry.thing, "bilik:translatedWording", language)
        return [(translated or words)[0], page, number, words[0] if translated else ""]
    titles = site.titles(entry.thing) if address.fragment else site.made[address.path].title
    names = dict.fromkeys([*titles.values(), code(entry.thing)])
    return [titles[language], page, number, " · ".join(name for name in names if name != titles[language])]
