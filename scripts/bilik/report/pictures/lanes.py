"""The lanes of the career map and where the stations stand in them: columns by category, rows by tier."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bilik.report.pictures.career import Career, Station
from bilik.report.pictures.marks import INK, LEADING, PAPER, QUIET, Box, Label, Plate, Stroke, around, stacked
from bilik.report.pictures.measure import wrap
from bilik.report.pictures.words import Words

WIDTH = 297.0
MARGIN = 8.0
TEXT, CLAUSE = 2.5, 2.15
"""Font sizes: of names, of clauses."""

_TIER = 2.1
_NAMES = 34.0
_TIERS = 31.0
_GUTTER = 1.5
"""Room for the names of positions, the names of tiers and between them and the stations."""

_PILL = Box(-15.0, -2.5, 15.0, 2.5)
_TALL_PILL = Box(-15.0, -3.0, 15.0, 3.0)
"""A station's room around its middle; taller where the clause stands in it."""

_ROW = 11.0
_TRACK = 5.5
_EDGE = 3.7
_SINGLE = 7.0
"""Distances in a lane: of its rows; of the track of the speciality from a row; of the outer rows from its edges; height
of a lane without lines along it."""

_SHADES = (("#eceff3", INK), ("#eaf2fa", INK), ("#c9def2", INK), ("#17497a", PAPER))
"""Fill and ink of a station by its column, the last one for the highest category."""


@dataclass(frozen=True)
class Lane:
    """A position."""

    position: str
    box: Box
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Stop:
    """A grade on the page.

    Attributes:
        title: the grade's name in full, with its clause.
    """

    grade: str
    plate: Plate
    labels: tuple[Label, ...]
    title: str


@dataclass(frozen=True)
class Place:
    """A station on the page.

    Attributes:
        column: from 0 at the left.
        on_track: whether the track of its lane passes at its height.
    """

    station: Station
    column: int
    x: float
    y: float
    on_track: bool

    @property
    def tall(self) -> bool:
        """Whether its clause stands in it: no line leads to the first column that could say so."""
        return self.column == 0

    @property
    def box(self) -> Box:
        """The room it takes."""
        room = _TALL_PILL if self.tall else _PILL
        return Box(self.x + room.left, self.y + room.top, self.x + room.right, self.y + room.bottom)


@dataclass(frozen=True)
class LaidLane:
    """A lane with its stations; ``track`` is the height of the track of the speciality."""

    drawn: Lane
    places: tuple[Place, ...]
    track: float

    @property
    def box(self) -> Box:
        """The room it takes."""
        return self.drawn.box


def columns_of(career: Career) -> list[int]:
    """The ranks of the categories, one a column."""
    return sorted({station.height for station in career.stations})


def _centre(column: int, columns: int) -> float:
    """Where a column of so many has its middle."""
    first = MARGIN + _NAMES + _TIERS + _GUTTER + _PILL.right
    last = WIDTH - MARGIN - _PILL.right
    return first + (last - first) / max(columns - 1, 1) * column


def lanes_of(career: Career, words: Words, top: float) -> list[LaidLane]:
    """The lanes from a height downwards."""
    lanes: list[LaidLane] = []
    for position in connected(career):
        lanes.append(_lane(career, position, words, top))
        top = lanes[-1].box.bottom
    return lanes


def _lane(career: Career, position: str, words: Words, top: float) -> LaidLane:
    columns = columns_of(career)
    stations = [station for station in career.stations if station.position == position]
    tiers = {station.level: station.tier for station in stations if station.tier}
    levels = sorted(tiers, reverse=True) or [0]
    has_track = any(move.kind == "speciality" and move.work.counted == position for move in career.moves)
    has_ladder = any(station.height != columns[0] for station in stations)

    called = _called(words.names(f"position:{position}"))
    room = around(label.box for label in called)
    above = _EDGE if has_ladder or len(levels) > 1 else _SINGLE / 2
    below = _TRACK + _EDGE if has_track and len(levels) == 1 else above
    height = above + _ROW * (len(levels) - 1) + below
    spare = max(room.bottom + 1.0 - height, 0.0)
    box = Box(MARGIN, top, WIDTH - MARGIN, top + height + spare)
    rows = {level: top + spare / 2 + above + _ROW * n for n, level in enumerate(levels)}
    middle = (rows[levels[0]] + rows[levels[-1]]) / 2
    track = rows[levels[0]] + (_TRACK if len(levels) == 1 else _ROW / 2)

    labels = [replace(label, y=label.y + box.middle[1] - room.middle[1]) for label in called]
    for level, tier in tiers.items():
        said = wrap(words.names(f"tier:{tier}"), _TIER, _TIERS - 2.0)
        labels += stacked(said, MARGIN + _NAMES + 1.0, rows[level], _TIER, colour=QUIET)
    places: list[Place] = []
    for station in stations:
        column, y = columns.index(station.height), rows[station.level] if station.tier else middle
        places.append(Place(station, column, _centre(column, len(columns)), y, has_track and y == track))
    return LaidLane(Lane(position, box, tuple(labels)), tuple(places), track)


def _called(name: str) -> list[Label]:
    """A position's name from the height 0 downwards, what stands in brackets less prominent."""
    main, bracket, rest = name.partition(" (")
    y = 0.0
    labels: list[Label] = []
    for line in wrap(main, TEXT, _NAMES - 2.0, bold=True):
        y += LEADING * TEXT
        labels.append(Label(line, MARGIN, y, TEXT, bold=True))
    for line in wrap(bracket.strip() + rest, _TIER, _NAMES - 2.0) if bracket else ():
        y += LEADING * _TIER
        labels.append(Label(line, MARGIN, y, _TIER))
    return labels


def connected(career: Career) -> list[str]:
    """The positions in the order of the text, those that moves connect next to one another."""
    of = {station.grade: station.position for station in career.stations}
    together = {position: {position} for position in career.positions}
    for move in career.moves:
        joined = set().union(*(together[of[grade]] for grade in (*move.starts, *move.ends)))
        for position in joined:
            together[position] = joined
    ordered: list[str] = []
    for position in career.positions:
        if position not in ordered:
            ordered += [other for other in career.positions if other in together[position]]
    return ordered


def stop_at(place: Place, words: Words, columns: int) -> Stop:
    """A station as it is drawn, on a map of so many columns."""
    station = place.station
    said, clause = words.category(station), words.clause(station.provision)
    fill, ink = _SHADES[-1] if 0 < place.column == columns - 1 else _SHADES[min(place.column, len(_SHADES) - 2)]
    labels = [Label(said, place.x, place.y + 0.36 * TEXT, TEXT, "middle", colour=ink)]
    if place.tall:
        labels = [
            Label(said, place.x, place.y - 0.3, TEXT, "middle", colour=ink),
            Label(clause, place.x, place.y + 2.2, CLAUSE, "middle", colour=QUIET),
        ]
    plate = Plate(place.box, fill, Stroke(INK, 0.3), 2.2)
    return Stop(station.grade, plate, tuple(labels), f"{words.names(f'grade:{station.grade}')}: {clause}")
