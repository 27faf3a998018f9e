"""The structure of an order: enacting points, sections, clauses, items, amendment notes, chapters and the annex.

The text is hard-wrapped and page breaks (empty lines) cut sentences. What can be relied on: a new item starts with six
spaces, everything else that is not indented continues the item before it unless that one is closed by ``.`` ``;`` or
``:``; headings and fixed blocks are not indented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bilik.errors import SourceError
from bilik.extract.registry import Registry
from bilik.extract.text import SourceText

_INDENT = " " * 6
_HEADING = re.compile(r"(?P<number>\d+)-(?P<unit>параграф|бөлім|тарау)\. (?P<title>.+)")
_ROW = re.compile(r"(?P<number>\d+)\. (?P<title>.+) \d+")
_NUMBERED = re.compile(r"(?P<number>\d+)\. (?P<title>.+)")
_SUBPOINT = re.compile(r"(?P<number>\d+)\) .+")
_NOTE = re.compile(
    r"Ескерту\. (?:(?P<reworded>\d+)-тармақ жаңа редакцияда"
    r"|.+ (?P<added>(?P<chapter>\d+)-тараумен|қосымшамен) толықтырылды) - "
    r".+ (?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4}) .*№ (?P<act>\S+).*\."
)


@dataclass(frozen=True)
class Piece:
    """One contiguous stretch of the source with one function.

    Attributes:
        kind: ``title`` ``approval`` ``preamble`` ``point`` ``subpoint`` ``signature`` ``stamp`` ``approved-title``
            ``part-heading`` ``section-heading`` ``exclusion`` ``clause-heading`` ``duty`` ``knowledge``
            ``requirement-line`` ``clause-text`` ``note`` ``chapter-heading`` ``annex-caption`` ``annex-heading``
            ``table-header`` ``index-row`` ``layout``.
        start, end: code points in the source; ``end`` lies behind the last one.
        text: the normalised words; empty for ``layout``.
        provision: key of the provision the piece belongs to.
        position: key of the position whose section it stands in, if any.
        ordinal: number of a point, clause or row, or the place of an item in its clause, from 1.
    """

    kind: str
    start: int
    end: int
    text: str
    provision: str
    position: str | None = None
    ordinal: int | None = None

    @property
    def finest(self) -> str:
        """Key of the finest provision the words stand in: a preamble, subpoint or row is one of its own."""
        parts = {"preamble": "preamble", "subpoint": f"{self.ordinal}", "index-row": f"row-{self.ordinal}"}
        return f"{self.provision}-{parts[self.kind]}" if self.kind in parts else self.provision


@dataclass(frozen=True)
class Amendment:
    """A note's message: ``provision`` was re-worded or added by the act ``act`` (a registry key)."""

    provision: str
    act: str
    added: bool


@dataclass(frozen=True)
class Structure:
    """The order read: pieces in the order of the text, without layout, and what the amendment notes say."""

    pieces: tuple[Piece, ...]
    amendments: tuple[Amendment, ...]

    def of_kind(self, kind: str) -> Iterator[Piece]:
        """The pieces of one kind, in text order."""
        return (piece for piece in self.pieces if piece.kind == kind)

    def tiling(self, source: SourceText) -> Iterator[Piece]:
        """All pieces and, between them, the white space as ``layout``: together the whole file.

        Raises:
            SourceError: two pieces overlap, or something that is not white space belongs to no piece.
        """
        position = 0
        for piece in (*self.pieces, Piece("end", len(source.raw), len(source.raw), "", "")):
            between = source.raw[position : piece.start]
            if piece.start < position or between.strip():
                raise SourceError(f"line {source.line(position)}: {between.strip()[:60]!r} belongs to no piece")
            if between:
                yield Piece("layout", position, piece.start, "", "")
            if piece.kind != "end":
                yield piece
            position = piece.end


def read_structure(source: SourceText, registry: Registry) -> Structure:
    """Cut the source into pieces.

    Raises:
        SourceError: a line that is neither heading, nor declared block, nor item; a number out of order; a heading or
            index row that differs from the registry.
    """
    return _Reader(source, registry).read()


class _Reader:
    """Goes once through the text and keeps where it is: which section, which clause, which list."""

    def __init__(self, source: SourceText, registry: Registry) -> None:
        self.source = source
        self.registry = registry
        self.pieces: list[Piece] = []
        self.amendments: list[Amendment] = []
        self.provision = registry.key
        self.position: str | None = None
        self.items: str | None = None
        self.clause = self.section = self.point = self.row = 0
        self.in_annex = False
        self.blocks = [
            (block, re.compile(r"\s+".join(re.escape(word) for word in block.text.split())))
            for block in registry.blocks
        ]

    def read(self) -> Structure:
        position = self._skip(0)
        while position < len(self.source.raw):
            line_start = self.source.raw.rfind("\n", 0, position) + 1
            if self.source.raw[line_start:position] == _INDENT:
                position = self._paragraph(position)
            else:
                position = self._block(position) or self._heading(position)
            position = self._skip(position)
        self._check_counts()
        return Structure(tuple(self.pieces), tuple(self.amendments))

    def _skip(self, position: int) -> int:
        raw = self.source.raw
        while position < len(raw) and raw[position].isspace():
            position += 1
        return position

    def _key(self, part: str) -> str:
        return f"{self.registry.key}-{part}"

    def _fail(self, position: int, problem: str) -> SourceError:
        return SourceError(f"{self.registry.source} line {self.source.line(position)}: {problem}")

    def _add(self, kind: str, start: int, end: int, ordinal: int | None = None) -> Piece:
        text = self.source.normalise(start, end).text
        piece = Piece(kind, start, end, text, self.provision, self.position, ordinal)
        self.pieces.append(piece)
        return piece

    # -- what is not indented ------------------------------------------------------------------------------------

    def _block(self, start: int) -> int | None:
        for block, pattern in self.blocks:
            if found := pattern.match(self.source.mapped, start):
                self.provision = self._key(block.part) if block.part else self.registry.key
                self.position, self.items = None, None
                self.in_annex = block.part is not None
                self._add(block.kind, start, found.end())
                return found.end()
        return None

    def _heading(self, start: int) -> int:
        end = self._line_end(start)
        text = self.source.normalise(start, end).text
        if self.in_annex and (row := _ROW.fullmatch(text)):
            return self._index_row(start, end, row)
        heading = _HEADING.fullmatch(text)
        if not heading:
            raise self._fail(start, f"neither heading nor declared block: {text[:60]!r}")
        number, title = int(heading["number"]), heading["title"]
        self.position, self.items = None, None
        if heading["unit"] == "параграф":
            return self._section(start, end, number, title)
        kind = "part" if heading["unit"] == "бөлім" else "chapter"
        self.provision = self._key(f"{kind}-{number}")
        self._add(f"{kind}-heading", start, end, number)
        return end

    def _section(self, start: int, end: int, number: int, title: str) -> int:
        self.section += 1
        expected = self.registry.positions[number - 1] if number <= len(self.registry.positions) else None
        if number != self.section or expected is None or title != expected.heading:
            raise self._fail(start, f"section {number} {title!r} is not what the registry has at this place")
        self.provision, self.position = self._key(f"sec-{number}"), expected.key
        self._add("section-heading", start, end, number)
        following = self._skip(end)
        if self.source.raw[following] == "(":
            end = self._line_end(following)
            exclusion = self._add("exclusion", following, end).text.strip("()")
            if expected.exclusion is None or exclusion != expected.exclusion.kk:
                raise self._fail(following, f"exclusion {exclusion!r} is not the registry's")
        elif expected.exclusion:
            raise self._fail(start, f"the registry's exclusion {expected.exclusion.kk!r} is missing")
        return end

    def _index_row(self, start: int, end: int, row: re.Match[str]) -> int:
        self.row += 1
        entry = self.registry.positions[self.row - 1] if self.row <= len(self.registry.positions) else None
        expected = entry and (f"{entry.index} ({entry.exclusion.kk})" if entry.exclusion else entry.index)
        if int(row["number"]) != self.row or row["title"] != expected:
            raise self._fail(start, f"index row {row.group()!r} is not what the registry has at this place")
        self._add("index-row", start, end, self.row)
        return end

    def _line_end(self, start: int) -> int:
        end = self.source.raw.find("\n", start)
        line = self.source.raw[start : end if end >= 0 else len(self.source.raw)]
        return start + len(line.rstrip())

    # -- what is indented ----------------------------------------------------------------------------------------

    def _paragraph(self, start: int) -> int:
        end = self._paragraph_end(start)
        text = self.source.normalise(start, end).text
        if text.startswith("Ескерту."):
            self._note(start, end, text)
        elif found := _NUMBERED.fullmatch(text):
            self._numbered(start, end, int(found["number"]), found["title"])
        elif self.items:
            siblings = sum(1 for p in self.pieces if (p.kind, p.provision) == (self.items, self.provision))
            self._add(self.items, start, end, siblings + 1)
        elif self.point and (sub := _SUBPOINT.fullmatch(text)):
            self._add("subpoint", start, end, int(sub["number"]))
        elif not self.point:
            self._add("preamble", start, end)
        else:
            raise self._fail(start, f"an item outside any list: {text[:60]!r}")
        return end

    def _paragraph_end(self, start: int) -> int:
        """Up to the next indented line, or to the first line end where it is closed."""
        raw = self.source.raw
        end = self._line_end(start)
        while True:
            following = self._skip(end)
            if following == len(raw):
                return end
            indented = raw[raw.rfind("\n", 0, following) + 1 : following] == _INDENT
            if indented or raw[end - 1] in ".;:":
                return end
            end = self._line_end(following)

    def _numbered(self, start: int, end: int, number: int, title: str) -> None:
        if self.section:
            self._clause(start, end, number, title)
            return
        self.point += 1
        if number != self.point:
            raise self._fail(start, f"point {number} follows point {self.point - 1}")
        self.provision = self._key(f"point-{number}")
        self._add("point", start, end, number)

    def _clause(self, start: int, end: int, number: int, title: str) -> None:
        self.clause += 1
        if number != self.clause:
            raise self._fail(start, f"clause {number} follows clause {self.clause - 1}")
        heading = title.rstrip(".:")
        kind = next((k for k, titles in self.registry.clause_headings.items() if heading in titles), None)
        chapter = self.provision
        self.provision = self._key(f"cl-{number}")
        if kind is None and self.position is None:
            self._add("clause-text", start, end, number)
            self.provision = chapter
        elif kind is None:
            raise self._fail(start, f"clause {number} has an unknown heading: {heading!r}")
        else:
            self.items = {"duties": "duty", "knowledge": "knowledge", "requirements": "requirement-line"}[kind]
            self._add("clause-heading", start, end, number)

    def _note(self, start: int, end: int, text: str) -> None:
        note = _NOTE.fullmatch(text)
        if not note:
            raise self._fail(start, f"a note of unknown form: {text[:60]!r}")
        act = self.registry.act(date(int(note["year"]), int(note["month"]), int(note["day"])), note["act"])
        if note["reworded"] and int(note["reworded"]) != self.clause:
            raise self._fail(start, f"a note on clause {note['reworded']} stands under clause {self.clause}")
        added = self._key(f"chapter-{note['chapter']}" if note["chapter"] else "annex")
        if note["added"] and self.provision != added:
            raise self._fail(start, f"a note on {added} stands under {self.provision}")
        self._add("note", start, end)
        self.amendments.append(Amendment(self.provision, act.key, added=bool(note["added"])))
        self.items = None

    def _check_counts(self) -> None:
        expected = len(self.registry.positions)
        if self.section != expected or self.row != expected:
            found = f"{self.section} sections and {self.row} index rows"
            raise SourceError(f"{self.registry.source}: {found}, the registry has {expected}")


def strip_item(piece: Piece) -> Piece:
    """The piece with its closing punctuation off the words; the span is unchanged."""
    return replace(piece, text=piece.text.rstrip(" .,;"))
