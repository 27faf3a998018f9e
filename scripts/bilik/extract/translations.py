"""The translations of the order's words: one table per language, keyed by the node that the words are about.

``data/translations/<language>.csv`` has the columns ``iri`` (a prefixed name), ``text`` and ``status`` (a notation of
the scheme of translation statuses). Every node with words of its own has one row, in the order of the text; behind them
every reading has one for the words it is about. So a better or an official translation takes the place of another by
taking the place of its file.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from bilik.errors import SourceError
from bilik.extract.glossary import Term
from bilik.extract.section import LANGUAGES, UNOFFICIAL, iri
from bilik.extract.structure import Piece, Structure, strip_item
from bilik.namespaces import shorten

COLUMNS = ("iri", "text", "status")
_COLUMNS = ", ".join(COLUMNS)

TARGETS = LANGUAGES[1:]
"""The languages that the order is translated into: all but its own."""

_ITEMS = ("duty", "knowledge")
_TOLD_FROM_FACTS = "requirement-line"
"""The kind of pieces that are not translated one by one: what they ask is told in every language from the graph."""


@dataclass(frozen=True)
class Translation:
    """A row of a table; ``place`` is how errors name it."""

    text: str
    status: str
    place: str


@dataclass(frozen=True)
class Translations:
    """Language → node (a prefixed name) → its translation."""

    tables: Mapping[str, Mapping[str, Translation]]

    def texts(self, node: str) -> dict[str, str]:
        """Per language."""
        return {language: row.text for language, row in self._rows(node).items()}

    def status(self, node: str) -> str:
        """The status of a node's translations: that of all of them, else that of the least to be relied upon."""
        statuses = {row.status for row in self._rows(node).values()}
        return statuses.pop() if len(statuses) == 1 else UNOFFICIAL

    def nodes(self) -> list[str]:
        """Everything that has a row, in the order of the tables."""
        return list(dict.fromkeys(node for rows in self.tables.values() for node in rows))

    def _rows(self, node: str) -> dict[str, Translation]:
        return {language: rows[node] for language, rows in self.tables.items() if node in rows}


def named_by(piece: Piece) -> str:
    """The node whose words a piece is, as a prefixed name: a duty or a knowledge item, a note, else a provision."""
    if piece.kind in _ITEMS:
        return f"{piece.kind}:{piece.position}-{piece.ordinal:02}"
    return f"law:{piece.provision}-note" if piece.kind == "note" else f"law:{piece.finest}"


def words_to_translate(structure: Structure) -> dict[str, str]:
    """Node → its words in the language of the order, normalised; nodes in the order of the text."""
    words: dict[str, str] = {}
    for piece in structure.pieces:
        if piece.kind != _TOLD_FROM_FACTS:
            node = named_by(piece)
            words[node] = f"{words[node]} {piece.text}" if node in words else strip_item(piece).text
    return words


def interpreted_words(readings: Graph) -> dict[str, str]:
    """Reading → the words of the order that it is about, one after the other in the order of their letters."""
    found: dict[str, list[str]] = defaultdict(list)
    for reading, wording in readings.subject_objects(iri("bilik:interpretedWording")):
        found[shorten(str(reading))].append(str(wording))
    return {reading: "; ".join(sorted(found[reading])) for reading in sorted(found)}


def read_translations(
    folder: Path, words: Mapping[str, str], statuses: Collection[str], glossary: Collection[Term]
) -> Translations:
    """The tables of all languages.

    Args:
        folder: where they stand.
        words: what is to be translated, in the order of the rows: of :func:`words_to_translate`, then of
            :func:`interpreted_words`.
        statuses: the notations of the scheme of translation statuses.
        glossary: the terms that are always translated in the same way.

    Raises:
        SourceError: a table is missing or has other columns; a row has no text, another status, or is about nothing
            that has words; a node has no row, or it stands elsewhere than in the order of the text; a term of the
            glossary is translated in another way.
    """
    tables = {language: _read(folder / f"{language}.csv", words, statuses) for language in TARGETS}
    for language, rows in tables.items():
        for node, row in rows.items():
            for term in glossary:
                if amiss := term.amiss(words[node], row.text, language):
                    raise SourceError(f"{row.place}: {node}: {amiss}")
    return Translations(tables)


def _read(table: Path, words: Mapping[str, str], statuses: Collection[str]) -> dict[str, Translation]:
    if not table.is_file():
        raise SourceError(f"{table}: there is no such table; a table of translations has the columns {_COLUMNS}")
    expected = list(words)
    found: dict[str, Translation] = {}
    for line, (node, text, status) in _rows(table):
        place = f"{table}, line {line}"
        if node not in words:
            raise SourceError(f"{place}: the order has no words of {node}; take the row out or correct its name")
        if node in found:
            raise SourceError(f"{place}: {node} has a row already; leave one")
        if node != (due := expected[len(found)]):
            raise SourceError(f"{place}: here {due} is due, not {node}; a row is missing or out of the text's order")
        if not text or text != " ".join(text.split()):
            raise SourceError(f"{place}: {node} has no text, or blanks around or within it that do not belong there")
        if status not in statuses:
            raise SourceError(f"{place}: {node} has the status “{status}”, not one of {', '.join(sorted(statuses))}")
        found[node] = Translation(text, status, place)
    if missing := expected[len(found) :]:
        raise SourceError(f"{table}, line {len(found) + 1}: behind it the row of {missing[0]} is missing")
    return found


def _rows(table: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows behind the heading with the number of the line each of them ends on."""
    with table.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        heading = next(reader, [])
        if tuple(heading) != COLUMNS:
            raise SourceError(f"{table}, line 1: the columns are {', '.join(heading)}, not {_COLUMNS}")
        for row in reader:
            if len(row) != len(COLUMNS):
                raise SourceError(f"{table}, line {reader.line_num}: {len(row)} columns instead of {len(COLUMNS)}")
            yield reader.line_num, row
