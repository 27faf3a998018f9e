"""The ways of the lines between the stations of the career map.

A move by work in a position or a group goes through the gap before its ends' column, where its lines meet on an upright
bar; moves by the speciality leave a track along their lane; moves within a column are upright arrows or brackets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bilik.report.pictures.career import Kind, Move
from bilik.report.pictures.lanes import CLAUSE, LaidLane, Place
from bilik.report.pictures.marks import HEAD_LENGTH, Label, Path, Point, Stroke
from bilik.report.pictures.words import Words

STROKES: dict[Kind, Stroke] = {
    "position": Stroke("#17497a", 0.55),
    "group": Stroke("#00645a", 0.55, (2.2, 0.9)),
    "speciality": Stroke("#8a2f86", 0.5, (0.5, 0.85)),
    "activity": Stroke("#9c3d00", 0.55, (2.4, 0.7, 0.5, 0.7)),
}
"""How the lines of each kind are drawn: told apart by dashes as well as by colour."""

_MONTHS = 2.3
_BAR = (6.0, 4.5)
"""Distance of the first bar from the stations before it, and of the bars from one another."""

_PORT = 1.7
"""Distance of lines that leave a station side by side."""


@dataclass(frozen=True)
class Line:
    """A move on the page.

    Attributes:
        title: the move in words.
        dots: where its lines meet.
    """

    move: Move
    paths: tuple[Path, ...]
    dots: tuple[Point, ...]
    labels: tuple[Label, ...]
    title: str


class Router:
    """Finds the ways of the lines between the stations (slug → place)."""

    def __init__(
        self, lanes: Sequence[LaidLane], places: Mapping[str, Place], moves: Sequence[Move], words: Words
    ) -> None:
        self.words = words
        self.lanes = {lane.drawn.position: lane for lane in lanes}
        self.places = places
        self.tracked = [move for move in moves if move.kind == "speciality"]
        self.upright = [move for move in moves if move not in self.tracked and self._columns(move) == 1]
        self.through_gaps = [move for move in moves if move not in self.tracked and self._columns(move) > 1]
        self.ports = self._ports()
        self.bars = self._bars()

    def lines(self) -> Iterator[Line]:
        """Every move as a line."""
        for move in self.through_gaps:
            yield self._through_gap(move)
        for moves in self._tracks():
            yield from self._along_track(moves)
        for move in self.upright:
            yield self._upright(move)

    def _columns(self, move: Move) -> int:
        return len({self.places[grade].column for grade in (*move.starts, *move.ends)})

    # -- through the gap before a column

    def _ports(self) -> dict[tuple[Move, str], float]:
        """(move, start) → the height at which it leaves the station: the first in the middle, unless the track does."""
        leaving: dict[str, list[Move]] = defaultdict(list)
        for move in self.through_gaps:
            for grade in move.starts:
                leaving[grade].append(move)
        ports: dict[tuple[Move, str], float] = {}
        for grade, moves in leaving.items():
            place = self.places[grade]
            for n, move in enumerate(moves, start=1 if place.on_track else 0):
                ports[move, grade] = place.y + _PORT * (n - n // 2) * (-1 if n % 2 == place.on_track else 1)
        return ports

    def _bars(self) -> dict[Move, float]:
        """move → x of the bar on which its lines meet; bars side by side where they would touch."""
        taken: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
        bars: dict[Move, float] = {}
        for move in self.through_gaps:
            column = min(self.places[grade].column for grade in move.ends)
            top, bottom = self._extent(move)
            used = {slot for low, high, slot in taken[column] if low < bottom + 1.0 and top < high + 1.0}
            slot = next(slot for slot in range(len(used) + 1) if slot not in used)
            if top != bottom:
                taken[column].append((top, bottom, slot))
            before = [place.box.right for place in self.places.values() if place.column < column]
            gap = max(before, default=min(place.box.left for place in self.places.values()))
            bars[move] = gap + _BAR[0] + _BAR[1] * slot
        return bars

    def _extent(self, move: Move) -> tuple[float, float]:
        heights = [self.ports[move, grade] for grade in move.starts] + [self.places[grade].y for grade in move.ends]
        return min(heights), max(heights)

    def _through_gap(self, move: Move) -> Line:
        bar = self.bars[move]
        arms = [(self.places[grade].box.right, self.ports[move, grade]) for grade in move.starts]
        heads = [(self.places[grade].box.left, self.places[grade].y) for grade in move.ends]
        paths, dots = _joined(bar, arms, heads)
        column = min(self.places[grade].column for grade in move.ends)
        last = max(self.bars[other] for other in self.through_gaps if self._ends_in(other, column))
        labels: list[Label] = []
        for left, y in heads:
            labels += self._beside(move, (last + left - HEAD_LENGTH) / 2, y, "middle")
        return Line(move, paths, dots, tuple(labels), self.words.described(move))

    def _ends_in(self, move: Move, column: int) -> bool:
        return column in {self.places[grade].column for grade in move.ends}

    # -- along the track of a lane

    def _tracks(self) -> list[list[Move]]:
        """Moves by the speciality that share a track, nearest ends first."""
        tracks: dict[tuple[str, ...], list[Move]] = defaultdict(list)
        for move in self.tracked:
            tracks[move.starts].append(move)
        return [sorted(moves, key=lambda move: self.places[move.ends[0]].column) for moves in tracks.values()]

    def _along_track(self, moves: list[Move]) -> Iterator[Line]:
        track = self.lanes[moves[0].work.counted].track
        before: Point | None = None
        for move in moves:
            ends = [self.places[grade] for grade in move.ends]
            x = ends[0].x
            branch = (x, track)
            last, alone = move is moves[-1], len(ends) == 1
            tips = [(x, end.box.bottom if end.y < track else end.box.top) for end in ends]
            paths: list[Path] = []
            dots: list[Point] = []
            if before is None:
                trunks, dots = self._onto_track(move, branch, track)
            else:
                trunks = [(before, branch)]
            if last and alone:
                paths += [Path((*trunk, tips[0]), ("end",)) for trunk in trunks[:1]]
                paths += [Path(trunk) for trunk in trunks[1:]]
            else:
                paths += [Path(trunk) for trunk in trunks]
                paths += [Path((branch, tip), ("end",)) for tip in tips]
                dots.append(branch)
            labels = self._beside(move, x - 1.2, track, "end")
            yield Line(move, tuple(paths), tuple(dots), labels, self.words.described(move))
            before = branch

    def _onto_track(self, move: Move, branch: Point, track: float) -> tuple[list[tuple[Point, ...]], list[Point]]:
        """The ways from the starts to the first branch, and where they meet."""
        starts = [self.places[grade] for grade in move.starts]
        if len(starts) == 1:
            (start,) = starts
            if start.on_track:
                return [((start.box.right, track), branch)], []
            x = start.box.right - 4.0
            return [((x, start.box.bottom if start.y < track else start.box.top), (x, track), branch)], []
        x = max(start.box.right for start in starts) + _BAR[0] / 2 - 0.5
        ways: list[tuple[Point, ...]] = []
        for n, start in enumerate(starts):
            y = start.y + (_PORT if start.y < track else -_PORT)
            ways.append(((start.box.right, y), (x, y), (x, track), *([branch] if n == 0 else [])))
        return ways, [(x, track)]

    # -- within a column

    def _upright(self, move: Move) -> Line:
        heads: tuple[Literal["start", "end"], ...] = ("start", "end") if move.returns else ("end",)
        start, end = self.places[move.starts[0]], self.places[move.ends[0]]
        upper, lower = sorted((start.box, end.box), key=lambda box: box.top)
        if len(move.starts) == len(move.ends) == 1 and lower.top - upper.bottom > HEAD_LENGTH * 2:
            x = start.box.left + 2.2
            tips = (x, upper.bottom), (x, lower.top)
            path = Path(tips if start.y < end.y else tips[::-1], heads)
            y = (upper.bottom + lower.top) / 2 + 0.36 * CLAUSE
            said = f"{self.words.months(move)} · {self.words.clause(move.provision)}"
            label = Label(said, x + 1.6, y, CLAUSE, colour=STROKES[move.kind].colour)
            return Line(move, (path,), (), (label,), self.words.described(move))
        x = start.box.right + _BAR[0]
        ways = [
            Path(((a.box.right, a.y), (x, a.y), (x, b.y), (b.box.right, b.y)), heads)
            for a in map(self.places.__getitem__, move.starts)
            for b in map(self.places.__getitem__, move.ends)
        ]
        labels = self._beside(move, x + 1.6, (start.y + end.y) / 2, "start")
        return Line(move, tuple(ways), (), labels, self.words.described(move))

    def _beside(self, move: Move, x: float, y: float, anchor: Literal["start", "middle", "end"]) -> tuple[Label, ...]:
        """The months above a level line, the clause below it."""
        colour = STROKES[move.kind].colour
        below = y + 0.65 + 0.8 * CLAUSE
        return (
            Label(self.words.months(move), x, y - 0.85, _MONTHS, anchor, bold=True, colour=colour),
            Label(self.words.clause(move.provision), x, below, CLAUSE, anchor, colour=colour),
        )


def _joined(bar: float, arms: Sequence[Point], heads: Sequence[Point]) -> tuple[tuple[Path, ...], tuple[Point, ...]]:
    """Level lines from the left (arms) and to the right (heads), joined by an upright bar; the dots where they meet.

    Where the bar ends at a single line, the two are one line with a corner.
    """
    heights = sorted({y for _, y in (*arms, *heads)})
    if len(heights) == 1:
        return tuple(Path((arm, head), ("end",)) for arm in arms for head in heads), ()
    paths: list[Path] = []
    dots: list[Point] = []
    bar_points: list[Point] = []
    arrows: list[Literal["start", "end"]] = []
    ends: dict[float, Literal["start", "end"]] = {heights[0]: "start", heights[-1]: "end"}
    for y in heights:
        meeting = (bar, y)
        left, right = ([point for point in points if point[1] == y] for points in (arms, heads))
        if y in ends and len(left) + len(right) == 1:
            corner = [*left, *right, meeting]
            bar_points += corner if ends[y] == "start" else corner[::-1]
            arrows += [ends[y]] if right else []
            continue
        if y in ends:
            bar_points.append(meeting)
        dots.append(meeting)
        paths += [Path((arm, meeting)) for arm in left] + [Path((meeting, head), ("end",)) for head in right]
    return (Path(tuple(bar_points), tuple(arrows)), *paths), tuple(dots)
