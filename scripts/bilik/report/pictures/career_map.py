"""The career map laid out on a page: positions as lanes, grades as stations, moves as lines, a legend below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from bilik.report.pictures.career import KINDS, Career, Kind
from bilik.report.pictures.lanes import MARGIN, TEXT, WIDTH, Lane, Stop, columns_of, lanes_of, stop_at
from bilik.report.pictures.marks import LEADING, QUIET, Label, Path, around
from bilik.report.pictures.measure import balanced, wrap
from bilik.report.pictures.routes import Line, Router
from bilik.report.pictures.words import Words

_TITLE, _SUBTITLE, _SMALL = 5.2, 2.7, 2.3


@dataclass(frozen=True)
class LegendEntry:
    """A kind of line explained."""

    kind: Kind
    sample: Path
    label: Label


@dataclass(frozen=True)
class CareerMap:
    """Everything on the page with its place, in mm.

    Attributes:
        heading, footing: what stands above and below the lanes.
    """

    width: float
    height: float
    title: str
    description: str
    heading: tuple[Label, ...]
    lanes: tuple[Lane, ...]
    stops: tuple[Stop, ...]
    lines: tuple[Line, ...]
    legend: tuple[LegendEntry, ...]
    footing: tuple[Label, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every line of text."""
        parts: Iterable[Sequence[Label]] = (
            self.heading,
            *(lane.labels for lane in self.lanes),
            *(stop.labels for stop in self.stops),
            *(line.labels for line in self.lines),
            [entry.label for entry in self.legend],
            self.footing,
        )
        return tuple(chain.from_iterable(parts))


def lay_out(career: Career, words: Words, *, position: str | None = None) -> CareerMap:
    """The map of a career graph; ``position`` is the one it is about, if it is about one."""
    title = words.title(position)
    heading = _heading(title, words.names(f"law:{career.act}"))
    lanes = lanes_of(career, words, around(label.box for label in heading).bottom + 2.0)
    places = {place.station.grade: place for lane in lanes for place in lane.places}
    lines = tuple(Router(lanes, places, career.moves, words).lines())
    legend = _legend(career, words, lanes[-1].box.bottom + 5.0)
    below = max((entry.label.y for entry in legend), default=lanes[-1].box.bottom + 2.0) + 5.0
    footing = _footing(words, below, lines=bool(lines))
    columns = len(columns_of(career))
    return CareerMap(
        width=WIDTH,
        height=around(label.box for label in footing).bottom + MARGIN,
        title=title,
        description=words.say(
            "picture-map-described",
            positions=len(career.positions),
            grades=len(career.stations),
            advancements=sum(len(move.advancements) for move in career.moves),
        ),
        heading=heading,
        lanes=tuple(lane.drawn for lane in lanes),
        stops=tuple(stop_at(place, words, columns) for place in places.values()),
        lines=lines,
        legend=legend,
        footing=footing,
    )


def _heading(title: str, act: str) -> tuple[Label, ...]:
    full = WIDTH - 2 * MARGIN
    labels: list[Label] = []
    y = MARGIN - 0.4 * _TITLE
    for line in balanced(title, _TITLE, full, bold=True):
        y += LEADING * _TITLE
        labels.append(Label(line, MARGIN, y, _TITLE, bold=True))
    y += 0.5 * _SUBTITLE
    for line in balanced(act, _SUBTITLE, full):
        y += LEADING * _SUBTITLE
        labels.append(Label(line, MARGIN, y, _SUBTITLE, colour=QUIET))
    return tuple(labels)


def _legend(career: Career, words: Words, top: float) -> tuple[LegendEntry, ...]:
    found: list[LegendEntry] = []
    kinds = [kind for kind in KINDS if any(move.kind == kind for move in career.moves)]
    half = (WIDTH - 2 * MARGIN) / 2
    for n, kind in enumerate(kinds):
        counted = dict.fromkeys(move.work.counted for move in career.moves if move.kind == kind)
        left, y = MARGIN + half * (n % 2), top + 4.2 * (n // 2)
        sample = Path(((left, y), (left + 13.0, y)), ("end",))
        label = Label(words.served_in(kind, counted), left + 15.5, y + 0.36 * TEXT, TEXT)
        found.append(LegendEntry(kind, sample, label))
    return tuple(found)


def _footing(words: Words, top: float, *, lines: bool) -> tuple[Label, ...]:
    keys = ("picture-map-reading", "picture-map-limits", "picture-unofficial") if lines else ("picture-unofficial",)
    said = [line for key in keys for line in wrap(words.say(key), _SMALL, WIDTH - 2 * MARGIN)]
    return tuple(Label(line, MARGIN, top + LEADING * _SMALL * n, _SMALL, colour=QUIET) for n, line in enumerate(said))
