"""Where the nodes and edges of one group of a query stand: columns from left to right, edges into their rows.

A node stands one column to the right of the last node that leads to it. It hangs on one of those nodes; what hangs on
a node stands in the rows from its own downwards, the first of them level with it. Edges turn at right angles, those of
one node together, and end each in a row of its own, where there is room for their words. Nodes without an edge stand
side by side before all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bilik.report.pictures.marks import HEAD_LENGTH, Box, Path
from bilik.report.pictures.query_pattern import Edge, Node

_TRUNK: Final = 1.8
"""Distance between the places where the edges of different nodes turn."""

_ROWS: Final = 1.6
"""Distance between rows."""


@dataclass(frozen=True)
class Size:
    """Room in mm: of a node, or of the words of an edge above and below its line."""

    width: float
    above: float
    below: float


@dataclass(frozen=True)
class Wire:
    """An edge that has its place.

    Attributes:
        words: the room for its words; the line runs through it, ``line`` is its height.
    """

    edge: Edge
    path: Path
    words: Box
    line: float


@dataclass(frozen=True)
class Placed:
    """A group that has its place.

    Attributes:
        lines: at which height the edges leave a node.
    """

    boxes: Mapping[Node, Box]
    lines: Mapping[Node, float]
    wires: tuple[Wire, ...]
    bottom: float


@dataclass(frozen=True)
class _Link:
    """An edge from left to right; ``turned``: it is the edge of the pattern the other way round."""

    edge: Edge
    start: Node
    end: Node
    turned: bool


@dataclass
class _Tree:
    """Which nodes stand in which column, and on which of the nodes before it each hangs."""

    columns: dict[Node, int]
    links: list[_Link]
    into: dict[Node, list[_Link]] = field(default_factory=dict)
    """The links into a node; it hangs on the first."""

    hanging: dict[Node, list[Node]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for link in self.links:
            self.into.setdefault(link.end, []).append(link)
        for node, links in self.into.items():
            links.sort(key=lambda link: self.columns[link.start] != self.columns[node] - 1)
            self.hanging.setdefault(links[0].start, []).append(node)
        for nodes in self.hanging.values():
            nodes.sort(key=self._leaves)

    def _leaves(self, node: Node) -> int:
        """How many nodes at the end of it all hang on a node: those with few come first, and long lines stay short."""
        return sum(map(self._leaves, self.hanging.get(node, ()))) or 1

    @property
    def roots(self) -> list[Node]:
        """What hangs on nothing."""
        return [node for node in self.columns if node not in self.into]


def place(
    nodes: Sequence[Node], edges: Sequence[Edge], sizes: Mapping[Node, Size], words: Mapping[Edge, Size], at: Box
) -> Placed:
    """Give every node and edge its place.

    Args:
        sizes: of the nodes, ``above`` and ``below`` their middle.
        words: of the edges.
        at: the left upper corner is where the group begins.
    """
    joined = {end for edge in edges for end in (edge.source, edge.target)}
    alone, top = _side_by_side([node for node in nodes if node not in joined], sizes, at)
    tree = _tree([node for node in nodes if node in joined], edges)
    rows = _Rows(tree, sizes, words)
    bottom = rows.set_out(top)
    lefts, turns, ends = _columns(tree, sizes, words, at.left)
    boxes = {
        node: Box(
            lefts[tree.columns[node]],
            rows.lines[node] - sizes[node].above,
            lefts[tree.columns[node]] + sizes[node].width,
            max([rows.lines[node] + sizes[node].below, *(row + 1.0 for row in rows.entries[node].values())]),
        )
        for node in tree.columns
    }
    wires = [_wire(link, boxes, rows, turns, ends, words) for link in tree.links]
    return Placed(alone | boxes, rows.lines, tuple(wires), bottom)


def _side_by_side(nodes: Sequence[Node], sizes: Mapping[Node, Size], at: Box) -> tuple[dict[Node, Box], float]:
    """Nodes in one line, and where what follows begins."""
    boxes, left = {}, at.left
    for node in nodes:
        size = sizes[node]
        boxes[node] = Box(left, at.top, left + size.width, at.top + size.above + size.below)
        left = boxes[node].right + _ROWS
    return boxes, max((box.bottom + _ROWS for box in boxes.values()), default=at.top)


def _tree(nodes: Sequence[Node], edges: Sequence[Edge]) -> _Tree:
    links = _forwards(nodes, edges)
    columns = dict.fromkeys(nodes, 0)
    for _ in nodes:  # a path has no more nodes than there are
        for link in links:
            columns[link.end] = max(columns[link.end], columns[link.start] + 1)
    ends = {link.end for link in links}
    for node in nodes:
        following = [columns[link.end] for link in links if link.start == node]
        if node not in ends and following:
            columns[node] = min(following) - 1
    return _Tree(columns, links)


def _forwards(nodes: Iterable[Node], edges: Sequence[Edge]) -> list[_Link]:
    """The edges as links that make no circle: one that would close it is turned.

    Raises:
        ValueError: a node leads to itself.
    """
    leaving: dict[Node, list[Node]] = {node: [] for node in nodes}
    links = []
    for edge in edges:
        if edge.source == edge.target:
            raise ValueError(f"{edge.source.text} {edge.text} {edge.target.text}: a node that leads to itself")
        turned = _leads(leaving, edge.target, edge.source)
        start, end = (edge.target, edge.source) if turned else (edge.source, edge.target)
        leaving[start].append(end)
        links.append(_Link(edge, start, end, turned))
    return links


def _leads(leaving: Mapping[Node, Sequence[Node]], start: Node, end: Node) -> bool:
    waiting, seen = [start], set[Node]()
    while waiting:
        node = waiting.pop()
        if node == end:
            return True
        if node not in seen:
            seen.add(node)
            waiting.extend(leaving[node])
    return False


class _Rows:
    """Heights: of the line of every node, and of the rows in which its edges end."""

    def __init__(self, tree: _Tree, sizes: Mapping[Node, Size], words: Mapping[Edge, Size]) -> None:
        self.tree, self.sizes, self.words = tree, sizes, words
        self.lines: dict[Node, float] = {}
        self.entries: dict[Node, dict[Edge, float]] = {node: {} for node in tree.columns}

    def set_out(self, top: float) -> float:
        """Set the nodes out from a height downwards; returns where they end."""
        for root in self.tree.roots:
            above, below = self._room(root)
            self._put(root, top + above)
            top += above + below + _ROWS
        return top

    def _room(self, node: Node) -> tuple[float, float]:
        """What a node, with all that hangs on it, needs above and below its line."""
        above, below = self._own(node)
        down = 0.0
        for number, child in enumerate(self.tree.hanging.get(node, ())):
            child_above, child_below = self._room(child)
            if number == 0:
                above = max(above, child_above)
            else:
                down += child_above + _ROWS
            down += child_below
        return above, max(below, down)

    def _own(self, node: Node) -> tuple[float, float]:
        size = self.sizes[node]
        links = self.tree.into.get(node, [])
        if not links:
            return size.above, size.below
        first, *others = (self.words[link.edge] for link in links)
        more = sum(room.above + room.below + _ROWS for room in others)
        return max(size.above, first.above), max(size.below, first.below + more)

    def _put(self, node: Node, line: float) -> None:
        self.lines[node] = row = line
        for number, link in enumerate(self.tree.into.get(node, [])):
            room = self.words[link.edge]
            row += room.above + _ROWS if number else 0
            self.entries[node][link.edge] = row
            row += room.below
        for number, child in enumerate(self.tree.hanging.get(node, ())):
            above, below = self._room(child)
            line += above + _ROWS if number else 0
            self._put(child, line)
            line += below


def _columns(
    tree: _Tree, sizes: Mapping[Node, Size], words: Mapping[Edge, Size], left: float
) -> tuple[list[float], dict[Node, float], list[float]]:
    """Where the columns begin, where the edges of a node turn, and where the words before a column begin."""
    lefts, turns, ends = [], {}, []
    for column in range(max(tree.columns.values(), default=-1) + 1):
        before = [node for node in tree.columns if tree.columns[node] == column - 1]
        # Those that turn: an edge that goes straight on needs no place to do so.
        turning = [node for node in before if len([link for link in tree.links if link.start == node]) > 1]
        for number, node in enumerate(before):
            turns[node] = left + _TRUNK * (1 + (turning.index(node) if node in turning else number % 2))
        left += _TRUNK * (1 + max(len(turning), 1)) if before else 0
        ends.append(left)
        left += max((words[link.edge].width for link in tree.links if tree.columns[link.end] == column), default=0)
        left += HEAD_LENGTH + 1.5 if column else 0
        lefts.append(left)
        left += max(sizes[node].width for node in tree.columns if tree.columns[node] == column)
    return lefts, turns, ends


def _wire(
    link: _Link,
    boxes: Mapping[Node, Box],
    rows: _Rows,
    turns: Mapping[Node, float],
    ends: Sequence[float],
    words: Mapping[Edge, Size],
) -> Wire:
    start, end = boxes[link.start], boxes[link.end]
    line, row = rows.lines[link.start], rows.entries[link.end][link.edge]
    turn = turns[link.start]
    bends = ((turn, line), (turn, row)) if line != row else ()
    path = Path(((start.right, line), *bends, (end.left, row)), ("start",) if link.turned else ("end",))
    room = words[link.edge]
    left = ends[rows.tree.columns[link.end]]
    middle = (left + end.left - (0 if link.turned else HEAD_LENGTH)) / 2
    box = Box(middle - room.width / 2, row - room.above, middle + room.width / 2, row + room.below)
    return Wire(link.edge, path, box, row)
