"""The picture of a query: what it looks for as a graph, its groups framed, under one another.

The colours go with the page that it stands on: ink is that page's, surfaces let it shine through. What a colour says is
said in another way too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from bilik.report.pictures import svg
from bilik.report.pictures.marks import LEADING, Box, Label, Plate, Stroke
from bilik.report.pictures.measure import balanced, width, wrap
from bilik.report.pictures.query_layout import Placed, Size, Wire, place
from bilik.report.pictures.query_pattern import Edge, Group, Kind, Node, Note, read_pattern
from bilik.texts import Language, text

TEXT: Final = 3.4
SMALL: Final = 2.6
_INK: Final = "currentColor"
_MARGIN: Final = 3.0
_PAD: Final = (2.2, 1.3)
_DOT: Final = 0.9
_NODE: Final = 46.0
_WORDS: Final = 34.0
_NOTE: Final = 120.0
_ABOVE: Final = 1.2
_BELOW: Final = 0.9
"""Between a line and the words above it, and below."""

_LINE: Final = Stroke(_INK, 0.35)
_AGAIN: Final = (0.9, 0.7)
_FRAME: Final = Stroke("#8a8a8a", 0.25)
_KEYWORDS: Final[Mapping[Kind, str]] = {
    "all": "{ }",
    "optional": "OPTIONAL",
    "absent": "NOT EXISTS",
    "present": "EXISTS",
    "either": "UNION",
    "or": "UNION",
    "minus": "MINUS",
    "select": "SELECT",
}
_SURFACES: Final = {
    "asked": ("#2f81f72e", Stroke("#2f81f7", 0.7)),
    "given": ("#d2992238", Stroke("#b07c10", 0.5)),
    "variable": ("#8a8a8a24", Stroke("#8a8a8a", 0.3)),
    "term": ("none", Stroke("#8a8a8a", 0.3)),
}
"""Kind of a node → fill and edge; both are seen on white and on black."""


@dataclass(frozen=True)
class Drawing:
    """A query to be drawn.

    Attributes:
        sparql: a SELECT query.
        title: what it asks, in words.
        given: the variables that another value may be set for, as SPARQL writes them.
        called: IRI → what it is called in the language.
    """

    sparql: str
    title: str
    given: Collection[str]
    called: Mapping[str, str]
    language: Language


def query_svg(drawing: Drawing) -> str:
    """The picture, to stand in a page.

    Raises:
        ParseException: not a SELECT query.
        ValueError: one with a part that has no picture.
    """
    picture = _Picture(drawing)
    laid = picture.lay_out()
    page = svg.Page(
        laid.width,
        laid.height,
        drawing.language,
        drawing.title,
        picture.told(),
        ink=_INK,
        paper="none",
    )
    root = svg.page(page)
    for frame in laid.frames:
        svg.plate(root, frame)
    for group, again in laid.groups:
        _draw(root, group, again, picture)
    svg.labels(root, laid.labels)
    return svg.serialise(root)


def lay_out(drawing: Drawing) -> Laid:
    """The picture before it is drawn; errors as :func:`query_svg`."""
    return _Picture(drawing).lay_out()


@dataclass(frozen=True)
class Laid:
    """A picture that is laid out.

    Attributes:
        frames: around groups, the outer ones first.
        groups: what has its place in each of them, and which nodes stand in a group around it too.
        labels: headings and notes.
    """

    width: float
    height: float
    frames: tuple[Plate, ...]
    groups: tuple[tuple[Placed, frozenset[Node]], ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class _Frame:
    """A frame whose right side is not known before everything has its place."""

    left: float
    top: float
    bottom: float
    depth: int


class _Picture:
    def __init__(self, drawing: Drawing) -> None:
        self.drawing, self.pattern = drawing, read_pattern(drawing.sparql)
        self._frames: list[_Frame] = []
        self._groups: list[tuple[Placed, frozenset[Node]]] = []
        self._labels: list[Label] = []

    def lay_out(self) -> Laid:
        """Everything in its place."""
        bottom = self._group(self.pattern, Box(_MARGIN, _MARGIN, 0, 0), 0, frozenset())
        deepest = max((frame.depth for frame in self._frames), default=0)
        right = max(box.right for box in self._boxes()) + _MARGIN * (1 + deepest)
        frames = (
            Plate(Box(one.left, one.top, right - _MARGIN * one.depth, one.bottom), "none", _FRAME, 2.0)
            for one in sorted(self._frames, key=lambda one: one.depth)
        )
        return Laid(right, bottom + _MARGIN, tuple(frames), tuple(self._groups), tuple(self._labels))

    def told(self) -> str:
        """The pattern in words, for who does not see it."""
        return " ".join(self._told(self.pattern))

    def name(self, iri: str | None) -> str | None:
        """What something is called in the language."""
        return self.drawing.called.get(iri) if iri else None

    def node_labels(self, node: Node, group: Group) -> list[tuple[str, float, bool]]:
        """The lines on a node: text, size, whether bold."""
        lines = []
        if named := self.name(node.iri):
            lines += [(line, TEXT, False) for line in wrap(named, TEXT, _NODE)]
            lines += [(line, SMALL, False) for line in _unbroken(node.text, SMALL, _NODE)]
        else:
            lines += [(line, TEXT, node.kind == "variable") for line in _unbroken(node.text, TEXT, _NODE)]
        for kind in group.classes.get(node, ()):
            lines += [(line, SMALL, False) for line in wrap(f"a {self.name(kind.iri) or kind.text}", SMALL, _NODE)]
        if values := group.values.get(node):
            listed = f"{'=' if len(values) == 1 else '∈'} {', '.join(values)}"
            lines += [(line, SMALL, False) for line in _unbroken(listed, SMALL, _NODE)]
        return lines

    def edge_labels(self, edge: Edge) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lines above and below an edge: what the property is called, and how SPARQL writes it."""
        names = [named for iri in edge.iris if (named := self.name(iri))]
        written = _each(edge.text.split(" | ") if edge.iris else [edge.text])
        if not edge.iris or len(names) < len(edge.iris):
            return written, ()
        return _each(names), written

    def surface(self, node: Node, *, again: bool) -> tuple[str, Stroke]:
        """Fill and edge of a node; of one that stands in a group around its own too, the edge is broken."""
        fill, stroke = self._surface(node)
        return fill, Stroke(stroke.colour, stroke.width, _AGAIN) if again else stroke

    def _surface(self, node: Node) -> tuple[str, Stroke]:
        if node.text in self.drawing.given:
            return _SURFACES["given"]
        if node.text in self.pattern.asked:
            return _SURFACES["asked"]
        return _SURFACES["variable" if node.kind == "variable" else "term"]

    def _group(self, group: Group, at: Box, depth: int, around: frozenset[Node]) -> float:
        """Lay a group out from a corner; returns where it ends."""
        top = self._heading(group, at) if depth else at.top
        if group.answer:  # what a query does not ask for is another variable than one of that name around it
            around = frozenset(node for node in around if node.text in group.asked)
        if group.nodes:
            sizes = {node: self._size(node, group) for node in group.nodes}
            words = {edge: _room(*self.edge_labels(edge)) for edge in group.edges}
            placed = place(group.nodes, group.edges, sizes, words, Box(at.left, top, 0, 0))
            self._groups.append((placed, around & {*group.nodes}))
            self._labels += self._words(placed, group)
            top = placed.bottom
        top = self._notes(group.notes, at.left, top)
        top += 0.8 if group.parts else 0
        for part in group.parts:
            inner = Box(at.left + _MARGIN, top + 1.5, 0, 0)
            bottom = self._group(part, inner, depth + 1, around | {*group.nodes})
            self._frames.append(_Frame(at.left, top, bottom, depth + 1))
            top = bottom + 2.0
        return self._notes(group.answer, at.left, top + 0.8)

    def _heading(self, group: Group, at: Box) -> float:
        keyword, words = self._kind(group)
        line = at.top + SMALL
        self._labels.append(Label(keyword, at.left, line, SMALL, bold=True))
        after = at.left + width(f"{keyword}  ", SMALL, bold=True)
        self._labels.append(Label(words, after, line, SMALL))
        return line + 2.2

    def _notes(self, notes: Sequence[Note], left: float, top: float) -> float:
        for note in notes:
            indent = width(f"{note.keyword}  ", SMALL, bold=True) if note.keyword else 0.0
            for number, line in enumerate(wrap(note.text, SMALL, _NOTE)):
                top += SMALL * LEADING
                if number == 0 and note.keyword:
                    self._labels.append(Label(note.keyword, left, top, SMALL, bold=True))
                self._labels.append(Label(line, left + indent, top, SMALL))
            top += 0.8
        return top + (1.2 if notes else 0.0)

    def _size(self, node: Node, group: Group) -> Size:
        if node.kind == "between":
            return Size(2 * _DOT, _DOT, _DOT)
        lines = self.node_labels(node, group)
        wide = max(width(line, size, bold=bold) for line, size, bold in lines)
        tall = sum(size * LEADING for _, size, _ in lines)
        return Size(wide + 2 * _PAD[0], tall / 2 + _PAD[1], tall / 2 + _PAD[1])

    def _words(self, placed: Placed, group: Group) -> Iterator[Label]:
        for node, box in placed.boxes.items():
            if node.kind != "between":
                yield from _centred(self.node_labels(node, group), box)
        for wire in placed.wires:
            yield from self._along(wire)

    def _along(self, wire: Wire) -> Iterator[Label]:
        above, below = self.edge_labels(wire.edge)
        middle = wire.words.middle[0]
        bold = wire.edge.text.startswith("?")
        for number, line in enumerate(reversed(above)):
            yield Label(line, middle, wire.line - _ABOVE - number * SMALL * LEADING, SMALL, "middle", bold)
        for number, line in enumerate(below):
            yield Label(line, middle, wire.line + _BELOW + SMALL * 0.8 + number * SMALL * LEADING, SMALL, "middle")

    def _boxes(self) -> Iterator[Box]:
        yield from (label.box for label in self._labels)
        for placed, _ in self._groups:
            yield from placed.boxes.values()

    def _told(self, group: Group) -> Iterator[str]:
        if group is not self.pattern:
            yield f"{': '.join(self._kind(group))}:"
        for node, classes in group.classes.items():
            yield from (f"{node.text} a {self.name(kind.iri) or kind.text}." for kind in classes)
        for edge in group.edges:
            source, target = (self.name(end.iri) or ("·" if end.kind == "between" else end.text) for end in _ends(edge))
            names = [self.name(iri) or edge.text for iri in edge.iris]
            yield f"{source} — {' / '.join(names) or edge.text} — {target}."
        for node, values in group.values.items():
            yield f"{node.text}: {', '.join(values)}."
        yield from (self._line(note) for note in group.notes)
        for part in group.parts:
            yield from self._told(part)
        yield from (self._line(note) for note in group.answer)

    def _kind(self, group: Group) -> tuple[str, str]:
        """How a group belongs to the one around it: the keyword of SPARQL, and what it means."""
        return _KEYWORDS[group.kind], text(f"query-picture-{group.kind}", self.drawing.language)

    def _line(self, note: Note) -> str:
        return f"{note.keyword} {note.text}.".strip()


def _each(alternatives: Sequence[str]) -> tuple[str, ...]:
    """Paths or names of properties in lines, each alternative in lines of its own; a path is broken after a step."""
    lines: list[str] = []
    for number, path in enumerate(alternatives, 1):
        *whole, last = (line.replace("/ ", "/") for line in _unbroken(path.replace("/", "/ "), SMALL, _WORDS))
        lines += [*whole, last if number == len(alternatives) else f"{last} |"]
    return tuple(lines)


def _unbroken(words: str, size: float, limit: float) -> tuple[str, ...]:
    """Words in lines about equally long, which are wider than the limit where a word is: names are not cut."""
    return balanced(words, size, max(limit, *(width(word, size) for word in words.split())))


def _ends(edge: Edge) -> tuple[Node, Node]:
    return edge.source, edge.target


def _room(above: tuple[str, ...], below: tuple[str, ...]) -> Size:
    wide = max(width(line, SMALL, bold=line.startswith("?")) for line in (*above, *below))
    step = SMALL * LEADING
    return Size(wide + 2.0, _ABOVE + len(above) * step, _BELOW + len(below) * step)


def _centred(lines: list[tuple[str, float, bool]], box: Box) -> Iterator[Label]:
    tall = sum(size * LEADING for _, size, _ in lines)
    x, y = box.middle[0], box.middle[1] - tall / 2
    for line, size, bold in lines:
        y += size * LEADING
        yield Label(line, x, y - 0.34 * size, size, "middle", bold)


def _draw(root: ET.Element, placed: Placed, again: frozenset[Node], picture: _Picture) -> None:
    for wire in placed.wires:
        drawn = svg.group(root, wire.edge.text)
        svg.line(drawn, wire.path, _LINE)
    for node, box in placed.boxes.items():
        if node.kind == "between":
            svg.dot(root, box.middle, _DOT, _INK)
        else:
            fill, stroke = picture.surface(node, again=node in again and node.kind == "variable")
            radius = (box.bottom - box.top) / 2 if node.kind == "variable" else 1.0
            svg.plate(svg.group(root, node.text), Plate(box, fill, stroke, min(radius, 3.2)))
