"""Which document describes an IRI: the one place where it is decided.

A document is a page in every language and a file of RDF. Whatever links to an IRI, serves it or redirects it asks here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bilik.engine import read_statements, select
from bilik.namespaces import BASE, expand
from bilik.resources import alignments, folder, law_files
from bilik.texts import LANGUAGES, Language

_NAMES: Final = tuple(ox.NamedNode(expand(term)) for term in ("rdfs:label", "skos:prefLabel"))
_ANNOTATED: Final = ox.NamedNode(expand("owl:annotatedSource"))


@dataclass(frozen=True)
class Address:
    """Where something is described.

    Attributes:
        path: of the document, below the folder of the publication, without language and suffix
            (``id/grade/translator``); it is also what follows the base in the IRI of the document.
        fragment: the part of the document that describes it; None where the document is about it.
    """

    path: str
    fragment: str | None = None

    def page(self, language: Language) -> str:
        """The page in a language, below the folder of the publication: ``kk/voc/tier.html#high``."""
        page = f"{language}/{self.path}.html"
        return f"{page}#{self.fragment}" if self.fragment else page

    def data(self, suffix: str) -> str:
        """The file of RDF, below the folder of the publication: ``voc/tier.ttl``."""
        return f"{self.path}.{suffix}"


@dataclass(frozen=True)
class Document:
    """A document.

    Attributes:
        kind: ``position``, ``position-group``, ``grade``, ``provision``, ``reading``, ``scheme``, ``vocabulary``,
            ``discrepancies``, ``catalogue`` (of questions) or ``question``.
        path: see :class:`Address`.
    """

    kind: str
    path: str

    @property
    def iri(self) -> str:
        """What the document is about; of the vocabularies and the discrepancies the IRI their names begin with."""
        return BASE + self.path

    @property
    def address(self) -> Address:
        """Where it is."""
        return Address(self.path)


class Documents:
    """The documents of a graph."""

    def __init__(self, statements: Iterable[ox.Triple]) -> None:
        """
        Args:
            statements: everything that is described, with the catalogue of questions and the shapes.
        """
        self._statements = ox.Dataset(ox.Quad(*triple) for triple in statements)
        self._store = ox.Store()
        self._store.bulk_extend(self._statements)

    @cached_property
    def all(self) -> tuple[Document, ...]:
        """All of them by kind; within a kind in the order of the law where it has one, else by IRI."""
        rows = select(self._store, _query("documents"))
        return tuple(Document(row["kind"], row["document"].removeprefix(BASE)) for row in rows)

    def of_kind(self, kind: str) -> list[Document]:
        """Those of a kind, in order."""
        return [document for document in self.all if document.kind == kind]

    def document(self, path: str) -> Document:
        """The document at a path.

        Raises:
            KeyError: there is none.
        """
        return self._by_path[path]

    def of(self, iri: str) -> Address | None:
        """Where an IRI is described; None if it is in no document."""
        if iri not in self._described:
            return None
        home = self._homes.get(iri) or self._where_it_begins(iri)
        return Address(home, _fragment(iri, home)) if home is not None else None

    def things(self, document: Document) -> list[str]:
        """The IRIs that a document describes, sorted."""
        return self._things[document.path]

    def describe(self, document: Document) -> set[ox.Triple]:
        """The RDF of a document, readable without any other: all that is said of its things, the quotes they cite, the
        names of whatever they refer to."""
        told = {ox.NamedNode(thing) for thing in self.things(document)}
        told |= {ox.NamedNode(part) for thing in self.things(document) for part in self._quotes.get(thing, ())}
        said = set(self._said(told))
        named = {triple.object for triple in said if isinstance(triple.object, ox.NamedNode)} - told
        return said | {triple for thing in named for triple in self._named(thing)}

    def said(self, *iris: str) -> set[ox.Triple]:
        """All that is said of things, with the blank nodes in it."""
        return set(self._said(ox.NamedNode(iri) for iri in iris))

    def _where_it_begins(self, iri: str) -> str | None:
        """The longest path of a document that an IRI begins with."""
        if not iri.startswith(BASE):
            return None
        path = iri.removeprefix(BASE)
        while path not in self._by_path:
            path = path[: max(path.rfind("/"), path.rfind("#"), 0)]
            if not path:
                return None
        return path

    def _said(self, subjects: Iterable[ox.NamedNode | ox.BlankNode]) -> Iterator[ox.Triple]:
        """What is said of some nodes, of the blank nodes in it, and of these statements (``owl:Axiom``)."""
        waiting = set(subjects)
        seen: set[ox.NamedNode | ox.BlankNode] = set()
        while waiting:
            subject = waiting.pop()
            seen.add(subject)
            for quad in self._statements.quads_for_subject(subject):
                yield quad.triple
                if isinstance(quad.object, ox.BlankNode) and quad.object not in seen:
                    waiting.add(quad.object)
            for quad in self._statements.quads_for_object(subject):
                if quad.predicate == _ANNOTATED and isinstance(quad.subject, ox.BlankNode) and quad.subject not in seen:
                    waiting.add(quad.subject)

    def _named(self, thing: ox.NamedNode) -> Iterator[ox.Triple]:
        for quad in self._statements.quads_for_subject(thing):
            if quad.predicate in _NAMES:
                yield quad.triple

    @cached_property
    def _by_path(self) -> Mapping[str, Document]:
        return {document.path: document for document in self.all}

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        """IRI → path of its document, of the things whose IRI does not say it; a document is its own home."""
        rows = select(self._store, _query("homes"))
        homes = {row["thing"]: row["document"].removeprefix(BASE) for row in rows}
        return homes | {document.iri: document.path for document in self.all}

    @cached_property
    def _described(self) -> frozenset[str]:
        subjects = {quad.subject for quad in self._statements}
        named = {subject.value for subject in subjects if isinstance(subject, ox.NamedNode)}
        return frozenset(named | {document.iri for document in self.all})

    @cached_property
    def _things(self) -> Mapping[str, list[str]]:
        things: dict[str, list[str]] = defaultdict(list)
        for iri in sorted(self._described):
            if address := self.of(iri):
                things[address.path].append(iri)
        return things

    @cached_property
    def _quotes(self) -> Mapping[str, list[str]]:
        quotes: dict[str, list[str]] = defaultdict(list)
        for row in select(self._store, _query("quotes")):
            quotes[row["thing"]].append(row["part"])
        return quotes


def described_files() -> list[Path]:
    """The Turtle files whose names have documents: everything but what is said in the terms of others."""
    return [
        *law_files(),
        *sorted(folder("ontology", "derived").glob("*.ttl")),
        *alignments().values(),
        *sorted(folder("shapes").glob("**/*.ttl")),
        folder("queries", "catalogue.ttl"),
    ]


@cache
def documents() -> Documents:
    """The documents of this version."""
    return Documents(read_statements(described_files()))


def document_of(iri: str) -> Address | None:
    """Where an IRI is described, by this version; None if it is in no document."""
    return documents().of(iri)


def pages(address: Address) -> dict[Language, str]:
    """The pages of an address by language."""
    return {language: address.page(language) for language in LANGUAGES}


def _fragment(iri: str, home: str) -> str | None:
    """The part of a document that describes an IRI: what follows the document's, else its kind and its key."""
    path = iri.removeprefix(BASE)
    if path == home:
        return None
    if path.startswith(home):
        return path[len(home) + 1 :].replace("/", "-").replace("#", "-")
    return "-".join(path.rsplit("/", 2)[-2:])


def _query(name: str) -> Path:
    return folder("queries", "publish", f"{name}.rq")
