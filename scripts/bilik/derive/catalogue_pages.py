"""The query catalogue to read and to load: ``queries/README.md`` with the answers, ``queries/catalogue.ttl``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import Graph

from bilik.catalogue import FOLDERS, Query, read_catalogue
from bilik.derive.catalogue_graph import Terms, catalogue_graph, terms_of
from bilik.engine import select, shown
from bilik.errors import EngineError
from bilik.evaluate import CompiledLaw, judge
from bilik.namespaces import code, shorten
from bilik.people import load_people
from bilik.people.reading import FORMATS
from bilik.texts import LANGUAGES, text
from bilik.turtle import to_turtle

PAGE: Final = Path("queries", "README.md")
CATALOGUE: Final = Path("queries", "catalogue.ttl")

SHOWN: Final = 10
"""Rows of an answer that stand on the page."""

GATE: Final = Path("queries", "checks", "catalogue", "every-term-is-asked-about.rq")
_HEADINGS: Final = dict(zip(FOLDERS, ("catalogue-competency", "catalogue-reports"), strict=True))
_EXAMPLE: Final = "grades-of-position"


@dataclass(frozen=True)
class Answer:
    """The variables of a question and its rows, as people read them."""

    names: Sequence[str]
    rows: Sequence[Sequence[str]]


class Asker:
    """Answers questions, from the law alone or with the example people that a question is about."""

    def __init__(self, root: Path, law: ox.Store, compiled: CompiledLaw) -> None:
        """
        Args:
            root: the folder that the folders of example records are given from.
            law: what questions are asked of (the files of :func:`bilik.resources.law_files`).
            compiled: the conditions by which people are judged.
        """
        self.root, self.law, self.compiled = root, law, compiled
        self._stores = cache(self._store)

    def answer(self, query: Query) -> Answer:
        """What a question of the catalogue is answered, with its parameters as they stand in the file.

        Raises:
            EngineError: the engine cannot run it, or it does not ask for rows.
        """
        names, rows = self.terms(query)
        return Answer(names, [[shown(term) for term in row] for row in rows])

    def terms(self, query: Query) -> tuple[list[str], list[list[object]]]:
        """The same as the engine gives it: the variables, and the terms of every row; None where one is not bound.

        Raises:
            EngineError: as :meth:`answer`.
        """
        try:
            result = self._stores(query.data, query.as_of).query(query.sparql)
            if isinstance(result, ox.QuerySolutions):
                return [variable.value for variable in result.variables], [list(row) for row in result]
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise EngineError(f"{query.path}: {' '.join(str(error).split())}") from error
        raise EngineError(f"{query.path}: a question of the catalogue is a SELECT query")

    def _store(self, data: Path | None, as_of: date | None) -> ox.Store:
        if data is None:
            return self.law
        people = load_people(examples(self.root / data)).store
        verdicts: list[ox.Triple] = []
        if as_of:
            for _ in judge(people, self.compiled, as_of, graph=verdicts):
                pass
        store = ox.Store()
        store.bulk_extend(self.law)
        store.bulk_extend(people)
        store.bulk_extend(ox.Quad(*triple) for triple in verdicts)
        return store


def examples(folder: Path) -> list[Path]:
    """The files with example records in a folder."""
    return sorted(path for path in folder.iterdir() if path.suffix in FORMATS)


def catalogue_pages(root: Path, law: ox.Store, compiled: CompiledLaw) -> Iterator[tuple[Path, str]]:
    """The catalogue of the tree at ``root`` as a page and as a graph.

    Raises:
        SourceError, EngineError: a file that is no question, or cannot be answered.
    """
    catalogue, terms = read_catalogue(root / "queries"), terms_of(law)
    graph = catalogue_graph(catalogue, terms)
    yield CATALOGUE, to_turtle(graph)
    asker = Asker(root, law, compiled)
    answers = {query.name: asker.answer(query) for query in catalogue}
    unused = unused_terms(graph, law, root / GATE)
    yield PAGE, "\n".join([*_page(catalogue, answers), *_terms(catalogue, terms, unused)]) + "\n"


def unused_terms(catalogue: Graph, ontology: ox.Store, gate: Path) -> list[str]:
    """The IRIs of the terms that no question of a catalogue is about, as the gate finds them."""
    store = ox.Store()
    store.bulk_extend(ontology)
    store.bulk_load(catalogue.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return [row["focus"] for row in select(store, gate)]


def _page(catalogue: Sequence[Query], answers: Mapping[str, Answer]) -> Iterator[str]:
    yield f"# {_in_all('catalogue-title')}\n"
    for key in ("catalogue-description", "catalogue-how"):
        yield from (f"{text(key, language)}\n" for language in LANGUAGES)
    (example,) = (query for query in catalogue if query.name == _EXAMPLE)
    values = " ".join(f"{name}={code(value.replace(':', '/'))}" for name, value in example.defaults.items())
    yield f"```console\n$ bilik query {example.name} {values}\n```\n"
    for folder in FOLDERS:
        questions = [query for query in catalogue if query.path.parent.name == folder]
        yield f"## {_in_all(_HEADINGS[folder])}\n"
        yield from (f"- {_link(query.name)}" for query in questions)
        yield ""
        for query in questions:
            yield from _question(query, answers[query.name])


def _question(query: Query, answer: Answer) -> Iterator[str]:
    yield f"### {query.name}\n"
    yield from (f"- {language}: {query.question[language]}" for language in LANGUAGES)
    yield ""
    file = f"{query.path.parent.name}/{query.path.name}"
    parameters = ", ".join(f"`{name}` = `{value}`" for name, value in query.defaults.items())
    yield f"[{file}]({file})" + (f" · {_in_all('catalogue-parameters')}: {parameters}" if parameters else "") + "\n"
    if query.data:
        key = "catalogue-verdicts" if query.as_of else "catalogue-records"
        yield _in_all(key, " ", data=f"`{query.data.as_posix()}`", as_of=query.as_of) + "\n"
    shown = answer.rows[:SHOWN]
    yield from _table(answer.names, shown)
    yield _in_all("catalogue-rows", " ", all=len(answer.rows), shown=len(shown)) + "\n"


def _terms(catalogue: Iterable[Query], terms: Terms, unused: Iterable[str]) -> Iterator[str]:
    asking: dict[str, list[str]] = defaultdict(list)
    for query in catalogue:
        for name in query.names:
            asking[name].append(query.name)
    yield f"## {_in_all('catalogue-terms')}\n"
    rows = (
        [f"`{shorten(term)}`", *(terms[term][language] for language in LANGUAGES), ", ".join(map(_link, asking[term]))]
        for term in sorted(set(terms) & set(asking), key=shorten)
    )
    yield from _table(["", *LANGUAGES, ""], rows)
    none = {language: text("catalogue-none", language) for language in LANGUAGES}
    listed = ", ".join(f"`{shorten(term)}`" for term in unused)
    yield " ".join(text("catalogue-unused", language, terms=listed or none[language]) for language in LANGUAGES)


def _in_all(key: str, between: str = " / ", **words: object) -> str:
    """A text in all languages."""
    return between.join(text(key, language, **words) for language in LANGUAGES)


def _link(name: str) -> str:
    return f"[{name}](#{name})"


def _table(names: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = list(names)
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"
    yield ""


def _cell(words: str) -> str:
    """A cell of a Markdown table: one line, in which a bar ends nothing."""
    return " ".join(words.split()).replace("|", "\\|")
