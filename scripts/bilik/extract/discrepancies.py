"""Discrepancies of the text: where it slips, repeats itself, leaves something out or does not agree with itself.

What can be seen from the text and the registry is derived; what only a reader sees stands in ``discrepancies.toml``,
whose words are looked up in the text. Nothing is put right: the verbatim words are quoted beside what was expected.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from bilik.errors import SourceError
from bilik.extract.registry import Registry
from bilik.extract.requirements import RequirementClause, Span
from bilik.extract.section import LANGUAGES, Text
from bilik.extract.structure import Piece, Structure, strip_item
from bilik.extract.text import SourceText

_WORD = re.compile(r"\w+")
_BROKEN = re.compile(r"\w+ ?\(\s*\n\s*\w+|\w+\s*\n\s*[),;]")
"""A bracket that a line break parts from the word behind it, or a closing mark parted from the word before it."""


@dataclass(frozen=True)
class Discrepancy:
    """One discrepancy.

    Attributes:
        key: its key; of a derived one the rule and the place of its first words.
        kind: a concept of the scheme ``discrepancy-kind``.
        spans: the words it is about, in text order.
        expected: the words that were to be expected, where the text shows them.
        explanation: why it is one.
        resolved_by: the readings that say how it is dealt with.
    """

    key: str
    kind: str
    spans: tuple[Span, ...]
    expected: str | None
    explanation: Text
    resolved_by: tuple[str, ...] = ()


def find_discrepancies(
    source: SourceText,
    structure: Structure,
    clauses: Iterable[RequirementClause],
    registry: Registry,
    listed: Path,
) -> list[Discrepancy]:
    """All discrepancies: those of the file in its order, then the derived ones in the order of the text.

    Raises:
        SourceError: words of the file that do not stand where it says, or stand there more than once; a key that
            repeats another.
    """
    entries = tomllib.loads(listed.read_text(encoding="utf-8"))
    finder = _Finder(source, structure, tuple(clauses), registry, entries["derived"])
    derived = sorted(finder.derived(), key=lambda found: (found.spans, found.key))
    found = [*(finder.listed(entry) for entry in entries["discrepancies"]), *derived]
    keys = [discrepancy.key for discrepancy in found]
    if repeated := sorted({key for key in keys if keys.count(key) > 1}):
        raise SourceError(f"{listed.name}: keys used more than once: {', '.join(repeated)}")
    return found


@dataclass(frozen=True)
class _Finder:
    source: SourceText
    structure: Structure
    clauses: tuple[RequirementClause, ...]
    registry: Registry
    texts: Mapping[str, Mapping[str, str]]
    """Of the derived ones: kind and explanation per rule."""

    # -- what a reader has listed --------------------------------------------------------------------------------

    def listed(self, entry: Mapping[str, Any]) -> Discrepancy:
        resolved_by = tuple(entry.get("resolved_by", ()))
        if "places" in entry:
            spans = {span for place in entry["places"] for span in self._places(entry["key"], place)}
        else:
            spans = {span for reading in resolved_by for span in self._resting_on(reading)}
        if not spans:
            raise SourceError(f"discrepancy {entry['key']}: no places, and nothing rests on {', '.join(resolved_by)}")
        explanation = {language: entry[language] for language in LANGUAGES}
        return Discrepancy(
            entry["key"], entry["kind"], tuple(sorted(spans)), entry.get("expected"), explanation, resolved_by
        )

    def _places(self, key: str, place: Mapping[str, Any]) -> list[Span]:
        provision = "-".join([self.registry.key, *([place["in"]] if "in" in place else [])])
        pieces = [
            piece
            for piece in self.structure.pieces
            if (piece.kind == place["kind"] if "kind" in place else provision in (piece.provision, piece.finest))
            and place.get("item", piece.ordinal) == piece.ordinal
        ]
        spans = [span for piece in pieces for span in self._occurrences(piece, place["words"])]
        if len(spans) != 1 and not (spans and place.get("every")):
            where = place.get("kind", provision)
            raise SourceError(f"discrepancy {key}: {where} has {len(spans)} times, not once: «{place['words']}»")
        return spans

    def _occurrences(self, piece: Piece, words: str) -> Iterator[Span]:
        """Where whole words stand in a piece, normalised."""
        text = self.source.normalise(piece.start, piece.end)
        for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text.text):
            yield text.span(found.start(), found.end())

    def _resting_on(self, reading: str) -> Iterator[Span]:
        """The lines of the grades, and the words of the conditions, that depend on a reading."""
        for grade in (grade for clause in self.clauses for grade in clause.grades):
            if reading in grade.readings:
                yield grade.spans[-1]
            for alternative in grade.alternatives:
                for part in (alternative.education, alternative.training, alternative.experience):
                    if part and reading in part.readings:
                        yield part.span

    # -- what the text shows by itself ---------------------------------------------------------------------------

    def derived(self) -> Iterator[Discrepancy]:
        yield from self._look_alikes()
        yield from self._letter_slips()
        yield from self._wordings()
        yield from self._headings_and_index()
        yield from self._repetitions()
        for piece in self._items():
            if self.source.raw[piece.end - 1] == ",":
                yield self._made("item-ends-in-comma", [self._last_word(piece)])
        for broken in _BROKEN.finditer(self.source.raw):
            span = broken.span()
            yield self._made("line-break", [span], self.source.normalise(*span).text)

    def _look_alikes(self) -> Iterator[Discrepancy]:
        raw, mapped = self.source.raw, self.source.mapped
        for _, spans in self._words(raw):
            start, end = spans[0]
            pairs = zip(raw[start:end], mapped[start:end], strict=True)
            if wrong := sorted({(found, right) for found, right in pairs if found != right}):
                found, right = (", ".join(letters) for letters in zip(*wrong, strict=True))
                expected = self.source.normalise(start, end).text
                yield self._made("look-alike-letter", spans, expected, found=found, right=right)

    def _letter_slips(self) -> Iterator[Discrepancy]:
        for word, spans in self._words(self.source.mapped):
            if right := self.source.slips.get(word.lower()):
                rule, letters = _difference(word.lower(), right)
                yield self._made(rule, spans, self.source.normalise(*spans[0]).text, **letters)

    def _words(self, text: str) -> Iterator[tuple[str, list[Span]]]:
        """The words of a text of the source's length with all their places."""
        places: dict[str, list[Span]] = {}
        for word in _WORD.finditer(text):
            places.setdefault(word.group(), []).append(word.span())
        yield from places.items()

    def _wordings(self) -> Iterator[Discrepancy]:
        """The wordings that the registry has beside the first one of the same concept."""
        words = self.registry.words
        lists = (words.levels, words.fields, words.activities, words.tiers, words.category_labels)
        for wordings in (wordings for table in lists for wordings in table.values()):
            for other in wordings[1:]:
                lines = self.structure.of_kind("requirement-line")
                spans = [span for line in lines for span in self._occurrences(line, other)]
                if spans:
                    yield self._made("wording", spans, wordings[0], right=wordings[0])

    def _headings_and_index(self) -> Iterator[Discrepancy]:
        headings, rows = self.structure.of_kind("section-heading"), self.structure.of_kind("index-row")
        for position, heading, row in zip(self.registry.positions, headings, rows, strict=True):
            if position.heading != position.index:
                spans = [*self._occurrences(heading, position.heading), *self._occurrences(row, position.index)]
                yield self._made("heading-and-index", spans, found=position.heading, right=position.index)

    def _repetitions(self) -> Iterator[Discrepancy]:
        alike: dict[tuple[str, str], list[Span]] = {}
        for piece in self._items():
            alike.setdefault((piece.provision, strip_item(piece).text), []).append((piece.start, piece.end))
        for spans in alike.values():
            if len(spans) > 1:
                yield self._made("repetition", spans)

    def _items(self) -> Iterator[Piece]:
        return (piece for piece in self.structure.pieces if piece.kind in ("duty", "knowledge"))

    def _last_word(self, piece: Piece) -> Span:
        """The last word of a piece with what closes it."""
        *_, last = _WORD.finditer(self.source.raw, piece.start, piece.end)
        return last.start(), piece.end

    def _made(self, rule: str, spans: Iterable[Span], expected: str | None = None, **words: str) -> Discrepancy:
        texts = self.texts[rule]
        places = tuple(sorted(spans))
        explanation = {language: texts[language].format(**words) for language in LANGUAGES}
        return Discrepancy(f"{rule}-chars-{places[0][0]}", texts["kind"], places, expected, explanation)


def _difference(word: str, right: str) -> tuple[str, dict[str, str]]:
    """The rule that a slip falls under, and the letters found and expected."""
    if len(word) == len(right):
        wrong = [(found, meant) for found, meant in zip(word, right, strict=True) if found != meant]
        found, meant = (", ".join(letters) for letters in zip(*wrong, strict=True))
        return "letter-replaced", {"found": found, "right": meant}
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, right, strict=False)))
    more = abs(len(right) - len(word))
    if len(word) < len(right):
        return "letter-missing", {"right": right[alike : alike + more]}
    return "letter-added", {"found": word[alike : alike + more]}
