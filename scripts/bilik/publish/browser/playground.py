"""What the SPARQL playground loads: the whole graph, the catalogue's questions about it, an editor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bilik.catalogue import Query, read_catalogue
from bilik.namespaces import BASE, PREFIXES
from bilik.publish.browser.modules import classic, notice
from bilik.publish.browser.oxigraph import PACKAGE
from bilik.publish.browser.packing import n_triples, packed, script, variable
from bilik.publish.dataset.formats import files_content
from bilik.publish.dataset.modules import modules
from bilik.publish.documents import documents
from bilik.publish.vendored import packages
from bilik.texts import LANGUAGES, Language, names, template

_TOLD = (
    *("sparql-answer", "sparql-failed", "sparql-loading", "sparql-no", "sparql-none", "sparql-ready", "sparql-rows"),
    *("sparql-rows-shown", "sparql-running", "sparql-stopped", "sparql-too-long", "sparql-triples", "sparql-updates"),
    *("sparql-wrong", "sparql-yes"),
)
_FILES = (("csv", "rows"), ("tsv", "rows"), ("json", "rows truth"), ("ttl", "graph"))
"""Formats of files, and the kinds of answer that they can hold."""
_LANGUAGE = "language"
"""The parameter by which questions of the catalogue are told in which language to answer."""
_SHOWN = 1000
"""Rows shown; a file has all."""
_GRAMMARS = ("components/prism-core.min.js", "components/prism-turtle.min.js", "components/prism-sparql.min.js")


def questions() -> list[Query]:
    """The questions of the catalogue that the law alone answers; those about people need their records."""
    return [query for query in read_catalogue() if query.data is None]


def page_values(language: Language) -> dict[str, object]:
    """What the template of the page shows; its language is the template's affair."""
    return {"questions": questions(), "files": _FILES, "engine": packages()[PACKAGE].version}


def scripts(vendored: Mapping[str, Mapping[str, bytes]]) -> dict[str, str]:
    """The scripts of the page by file name.

    Args:
        vendored: package → its files.
    """
    graph = {"triples": packed(n_triples(files_content(graph_files()))), "pages": packed(_pages()), "script": _worker()}
    pages = {f"sparql-{language}.js": variable("page", _page(language)) for language in LANGUAGES}
    own = {"editor.js": _editor(vendored), "sparql.js": script("sparql.js")}
    return {"sparql-graph.js": variable("graph", graph), **own, **pages}


def _worker() -> str:
    return script("answering.js") + script("sparql-worker.js")


def _page(language: Language) -> dict[str, object]:
    """All that the scripts of the page are given in a language."""
    return {
        "words": {key: template(key, language) for key in _TOLD},
        "questions": {query.name: _asked(query, language) for query in questions()},
        "names": names(language),
        "prefixes": PREFIXES,
        "base": BASE,
        "shown": _SHOWN,
    }


def _asked(query: Query, language: Language) -> str:
    """The text of a question; one that is answered in a language is asked in that of the page."""
    own = {_LANGUAGE: language} if _LANGUAGE in query.defaults else {}
    return replace(query, sparql=query.with_values(own)).text


def graph_files() -> list[Path]:
    """The Turtle files of the graph that is asked: those of the published file of everything."""
    return [path for module in modules() if module.in_all for path in module.files]


def _pages() -> str:
    """What follows the base in the IRI of everything described → its page, seen from a page of the same language."""
    known = documents()
    described = (iri for document in known.all for iri in known.things(document) if iri.startswith(BASE))
    places = {iri.removeprefix(BASE): address for iri in described if (address := known.of(iri))}
    start = LANGUAGES[0]
    return json.dumps({iri: address.page(start).removeprefix(f"{start}/") for iri, address in sorted(places.items())})


def _editor(vendored: Mapping[str, Mapping[str, bytes]]) -> str:
    """The editor with its colours: CodeJar, and Prism with the grammars of SPARQL and Turtle."""
    prism, codejar = packages()["prismjs"], packages()["codejar"]
    grammars = "".join(vendored[prism.name][file].decode("utf-8") + "\n" for file in _GRAMMARS)
    module = vendored[codejar.name]["dist/codejar.js"].decode("utf-8")
    return (
        f"{notice(prism)}window.Prism = {{ manual: true }};\n{grammars}"
        f"{notice(codejar)}const {{ CodeJar }} = {classic(module, codejar)};\n"
    )
