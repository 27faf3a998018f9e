"""The query catalogue: a list of the questions, and a page for each with its picture, its text and its answer."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox
from markupsafe import Markup

from bilik.catalogue import FOLDERS, Query, read_catalogue
from bilik.derive.catalogue_pages import Asker
from bilik.engine import load, shown
from bilik.evaluate import compiled_law
from bilik.namespaces import PREFIXES, code
from bilik.publish.documents import Document
from bilik.publish.site.frame import Page, Site
from bilik.report.pictures.query_picture import Drawing, query_svg
from bilik.resources import law_files, root
from bilik.texts import LANGUAGES, Language, text
from bilik.tokens import tokens

LIST: Final = "queries"
"""The path of the list."""

ROWS: Final = 100
"""Rows of an answer that stand on a page: some have hundreds, and the page stays light."""


@dataclass(frozen=True)
class Cell:
    """A value of an answer.

    Attributes:
        shown: as people read it.
        iri: of a thing.
        language: of a text.
    """

    shown: str
    iri: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Answer:
    """The answer to a question: its columns, the first rows, and how many there are in all."""

    names: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    number: int


def pages(site: Site) -> Iterator[Page]:
    """The list, and the page of every question.

    Raises:
        SourceError, EngineError: a file that is no question, or cannot be answered.
    """
    catalogue = read_catalogue()
    listed = _list(catalogue)
    yield listed
    for document in site.documents.of_kind("catalogue"):
        yield _catalogue(site, document, listed)
    law = ox.Store()
    load(law, *law_files())
    asker = Asker(root(), law, compiled_law())
    for query in catalogue:
        yield _question(site, query, _answer(asker, query))


def _catalogue(site: Site, document: Document, listed: Page) -> Page:
    """The list at the address of the catalogue's own name, with the prefixes that the questions are written with."""
    declared = [thing for thing in site.documents.things(document) if thing != document.iri]
    values = {**listed.values(LANGUAGES[0]), "declared": declared}
    return replace(listed, path=document.path, document=document, values=lambda language: values)


def _list(catalogue: Sequence[Query]) -> Page:
    headings = dict(zip(FOLDERS, ("catalogue-competency", "catalogue-reports"), strict=True))
    by_folder = {headings[name]: [query for query in catalogue if query.path.parent.name == name] for name in FOLDERS}
    title = {language: text("catalogue-title", language) for language in LANGUAGES}
    asking = defaultdict(list)
    for query in catalogue:
        for term in query.names:
            if term.startswith(PREFIXES["bilik"]):
                asking[term].append(query.name)
    values = {"by_folder": by_folder, "asking": dict(sorted(asking.items())), "declared": ()}
    return Page(LIST, "queries.html.j2", title, lambda language: values)


def _question(site: Site, query: Query, answer: Answer) -> Page:
    document = site.documents.document(f"query/{query.name}")

    def values(language: Language) -> Mapping[str, object]:
        return {
            "query": query,
            "answer": answer,
            "picture": Markup(_picture(site, query, language)),
            "sparql": list(tokens(query.text)),
            "command": _command(query),
            "file": f"data/queries/{query.path.parent.name}/{query.path.name}",
            "terms": sorted(term for term in query.names if site.documents.of(term)),
        }

    return Page(document.path, "query.html.j2", dict(_questions(query)), values, document)


def _questions(query: Query) -> Iterator[tuple[Language, str]]:
    for language in LANGUAGES:
        yield language, query.question[language]


def _picture(site: Site, query: Query, language: Language) -> str:
    given = frozenset(f"?{name}" for name in query.defaults)
    return query_svg(Drawing(query.sparql, query.question[language], given, site.named(language), language))


def _command(query: Query) -> str | None:
    """How the command line asks it; a question about people has to be told of whom first."""
    if query.data:
        return None
    values = (f"{name}={_given(value, query.kinds.get(name))}" for name, value in query.defaults.items())
    return shlex.join(["bilik", "query", query.name, *values])


def _given(value: str, kind: str | None) -> str:
    """A value of a parameter as the command line takes it."""
    return value.strip('"') if kind in ("node", "text", "integer", None) else code(value.replace(":", "/"))


def _answer(asker: Asker, query: Query) -> Answer:
    names, rows = asker.terms(query)
    return Answer(names, [[_cell(term) for term in row] for row in rows[:ROWS]], len(rows))


def _cell(term: object) -> Cell:
    match term:
        case ox.NamedNode():
            return Cell(shown(term), iri=term.value)
        case ox.Literal():
            return Cell(term.value, language=term.language)
        case _:
            return Cell(shown(term))
