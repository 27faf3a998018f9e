"""Records of people: one graph, whatever they were read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

import pyoxigraph as ox

from bilik.evaluate.rules import ENTRY_LINKS
from bilik.namespaces import BASE, expand

PERSON = f"{BASE}person/"
"""Namespace of the persons of tables."""


@dataclass(frozen=True)
class Cell:
    """A place in a table: its row (header = 1) and the columns by the property that each became."""

    table: str
    row: int
    columns: dict[str, str]


@dataclass(frozen=True)
class TableFinding:
    """Something wrong with a table that only the table shows; the texts are under ``code`` in ``data/texts``."""

    code: str
    table: str
    row: int | None
    column: str | None
    value: str
    person: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass
class Records:
    """What was read.

    Attributes:
        store: the records as a graph; blank nodes have become named ones.
        cells: entry IRI → its place, for entries that come from tables.
        findings: what reading the tables showed.
    """

    store: ox.Store = field(default_factory=ox.Store)
    cells: dict[str, Cell] = field(default_factory=dict)
    findings: list[TableFinding] = field(default_factory=list)

    def shown(self, iri: str) -> str:
        """How a person or an entry is called in reports: its key or its place in a table, else its IRI."""
        if cell := self.cells.get(iri):
            return f"{cell.table}:{cell.row}"
        return unquote(iri[len(PERSON) :]) if iri.startswith(PERSON) else iri

    def label(self, iri: str, language: str) -> str | None:
        """The ``rdfs:label`` of a node, in the language if it has one there."""
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(expand("rdfs:label")), None)
        labels = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
        best = min(labels, key=lambda label: (label.language != language, label.value), default=None)
        return best.value if best else None

    def holder(self, node: str) -> str:
        """The person whose record the node belongs to; the node itself if nobody is linked to it."""
        for link in ENTRY_LINKS:
            for quad in self.store.quads_for_pattern(None, link, ox.NamedNode(node)):
                if isinstance(quad.subject, ox.NamedNode):
                    return quad.subject.value
        return node
