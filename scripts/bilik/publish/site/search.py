"""What the search of the pages finds: one file for each language, read by ``static/search.js`` when it is needed.

It finds positions, grades, provisions, readings, concepts, terms, questions, duties and knowledge by their names in any
of the languages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from bilik.publish.site.frame import Site
from bilik.texts import LANGUAGES, Language, text

VARIABLE: Final = "bilikSearch"
"""What a file defines: ``words`` that the search says, names of ``kinds``, and ``entries``.

An entry is ``[kind, page, name, other names …]``: the index of its kind, its page below the folder of the language, its
name in the language, and the names in the others in the order of ``languages``, empty where they are the same.
"""

_TOLD_BY_WORDS: Final = ("duty", "knowledge")
"""Kinds that have no names but the words of the order."""

_WORDS: Final = ("none", "some", "results")


def write_search(site: Site) -> None:
    """Write the files."""
    found = _found(site)
    for language in LANGUAGES:
        kinds = list(dict.fromkeys(found.values()))
        content = {
            "words": {word: text(f"search-{word}", language) for word in _WORDS},
            "kinds": [text(f"search-kind-{kind}", language) for kind in kinds],
            "languages": [other for other in LANGUAGES if other != language],
            "entries": [_entry(site, thing, kind, kinds.index(kind), language) for thing, kind in found.items()],
        }
        lines = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        site.publication.write(f"static/search-{language}.js", f"var {VARIABLE} = {lines};\n")


def _found(site: Site) -> Mapping[str, str]:
    """IRI → kind, of everything that has a page or a place on one that is there."""
    found: dict[str, str] = {}
    for row in site.select("things-to-find"):
        address = site.documents.of(row["thing"])
        if address and address.path in site.made:
            found.setdefault(row["thing"], row["kind"])
    return found


def _entry(site: Site, thing: str, kind: str, number: int, language: Language) -> list[int | str]:
    names = _words(site, thing) if kind in _TOLD_BY_WORDS else site.titles(thing)
    address = site.documents.of(thing)
    assert address is not None, "only what has an address is to be found"
    others = [name if name != names[language] else "" for other, name in names.items() if other != language]
    return [number, address.page(language).removeprefix(f"{language}/"), names[language], *others]


def _words(site: Site, thing: str) -> Mapping[Language, str]:
    """The words that a thing consists of, in the order and in translation."""
    found: dict[Language, str] = {}
    for language in LANGUAGES:
        words = site.texts(thing, "bilik:wording", language) + site.texts(thing, "bilik:translatedWording", language)
        found[language] = words[0] if words else site.name(thing, language)
    return found
