"""A plan laid out on a page: a row for each post, study and grade, their words at the left, their time at the right.

A row's bar lasts as long as it does; a line leads down from what made a grade possible to the day on which it is
reached. Other ways follow as thin rows on the same axis, then a legend, what is open or stands in the way, and the
assumptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Literal

from bilik.report.pictures.marks import (
    INK,
    LEADING,
    PAPER,
    QUIET,
    Box,
    Label,
    Path,
    Plate,
    Point,
    Stroke,
    around,
)
from bilik.report.pictures.measure import balanced, width, wrap
from bilik.report.pictures.routes import STROKES
from bilik.report.pictures.story import Block, Row, Story, Way
from bilik.texts import Language, text

PLAIN = Stroke(STROKES["position"].colour, 0.55)
ASSUMED = Stroke("#6b4e00", 0.4, (1.4, 0.8))
"""How what is assumed is drawn: dashed."""

_PAGE = 297.0
_MARGIN = 8.0
_WORDS = 98.0
_CHART = (_MARGIN + _WORDS + 6.0, _PAGE - _MARGIN)
"""Where the chart begins and ends."""

_BEYOND = 22.0
"""Room after the last day: for what begins there."""

_BAR = 3.4
_DOT = 1.3
_APART = 1.4
_ROW = 11.0
_TITLE, _NAME, _TEXT, _SMALL = 4.6, 2.8, 2.45, 2.3

_FILLS = {"held": "#dde2e8", "change": "#fff8e6", "step": "#c9def2", "missed": PAPER}
_MISSED = Stroke("#9c3d00", 0.35, (0.6, 0.9))
_GOAL = "#17497a"

_SAMPLES = {"step": "picture-bar-step", "change": "picture-bar-change"}
"""The bars that a legend explains → the key of its words."""


@dataclass(frozen=True)
class Bar:
    """A row on the page.

    Attributes:
        plate: how long it lasts; over the whole axis for a target that is not reached.
        dot: where a grade is reached.
        link: the line that leads to it from what made it possible, drawn as ``stroke``.
    """

    row: Row
    box: Box
    labels: tuple[Label, ...]
    plate: Plate
    dot: Point | None
    link: Path | None
    stroke: Stroke


@dataclass(frozen=True)
class Thread:
    """Another way, as a thin row."""

    way: Way
    line: Path
    studies: tuple[Path, ...]
    dots: tuple[Point, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Sample:
    """A kind of bar explained."""

    plate: Plate
    label: Label


@dataclass(frozen=True)
class PlanPicture:
    """Everything on the page with its place, in mm.

    Attributes:
        rules: the upright lines of the axis, each with its label at the top.
        now: the line of the as-of date, or of the start.
        words: headings and sentences below the chart.
    """

    width: float
    height: float
    title: str
    description: str
    heading: tuple[Label, ...]
    rules: tuple[Path, ...]
    ticks: tuple[Label, ...]
    now: Path
    bars: tuple[Bar, ...]
    threads: tuple[Thread, ...]
    legend: tuple[Sample, ...]
    words: tuple[Label, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every line of text."""
        parts: Iterable[Sequence[Label]] = (
            self.heading,
            self.ticks,
            *(bar.labels for bar in self.bars),
            *(thread.labels for thread in self.threads),
            [sample.label for sample in self.legend],
            self.words,
        )
        return tuple(chain.from_iterable(parts))


def lay_out(story: Story, language: Language) -> PlanPicture:
    """The picture of a story."""
    axis = _Axis(*story.reach)
    heading, y = _heading(story)
    ticks = _ticks(axis, story.ticks, y + _SMALL)
    top = y = y + _SMALL + 2.0
    bars: list[Bar] = []
    for row in story.rows:
        bars.append(_bar(row, axis, y, bars))
        y = bars[-1].box.bottom
    threads: list[Thread] = []
    words: list[Label] = []
    if story.ways:
        words.append(Label(text("picture-others", language), _MARGIN, y + 4.6, _TEXT, bold=True))
        y += 6.2
        for way in story.ways:
            threads.append(_thread(way, axis, y))
            y = around(label.box for label in threads[-1].labels).bottom + 1.0
    bottom = y + 1.0
    legend = _legend(story, language, bottom + 4.0)
    y = bottom + (7.5 if legend else 1.5)
    for block in story.blocks:
        words += _block(block, y)
        y = words[-1].y + 2.4
    for note in (*story.notes, text("picture-unofficial", language)):
        for line in wrap(note, _SMALL, _PAGE - 2 * _MARGIN):
            y += LEADING * _SMALL
            words.append(Label(line, _MARGIN, y, _SMALL, colour=QUIET))
    rules = tuple(Path(((tick.x, top), (tick.x, bottom))) for tick in ticks)
    now = axis.at(0.0)
    return PlanPicture(
        width=_PAGE,
        height=words[-1].y + _MARGIN,
        title=story.title,
        description=". ".join(part for part in (story.subject, story.result) if part),
        heading=heading,
        rules=rules,
        ticks=ticks,
        now=Path(((now, top), (now, bottom))),
        bars=tuple(bars),
        threads=tuple(threads),
        legend=legend,
        words=tuple(words),
    )


@dataclass(frozen=True)
class _Axis:
    """Time on the page."""

    first: float
    last: float

    def at(self, when: float) -> float:
        """Where a time stands, in mm."""
        left, right = _CHART
        return left + (when - self.first) / (self.last - self.first) * (right - left - _BEYOND)


def _heading(story: Story) -> tuple[tuple[Label, ...], float]:
    y = _MARGIN
    labels: list[Label] = []
    for line in balanced(story.title, _TITLE, _PAGE - 2 * _MARGIN, bold=True):
        y += LEADING * _TITLE
        labels.append(Label(line, _MARGIN, y - 0.2 * _TITLE, _TITLE, bold=True))
    for words, bold in ((story.subject, False), (story.result, True)):
        for line in wrap(words, _NAME, _PAGE - 2 * _MARGIN, bold=bold) if words else ():
            y += LEADING * _NAME
            labels.append(Label(line, _MARGIN, y + 0.4, _NAME, bold=bold, colour=INK if bold else QUIET))
    return tuple(labels), y + 3.0


def _ticks(axis: _Axis, ticks: Sequence[tuple[float, str]], y: float) -> tuple[Label, ...]:
    """As many of the ticks as fit beside one another."""
    if not ticks:
        return ()
    wide = max(width(words, _SMALL) for _, words in ticks) + 3.0
    apart = min((axis.at(b[0]) - axis.at(a[0]) for a, b in pairwise(ticks)), default=wide)
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if apart * step >= wide)
    return tuple(Label(words, axis.at(when), y, _SMALL, "middle", colour=QUIET) for when, words in ticks[::every])


def _bar(row: Row, axis: _Axis, top: float, before: Sequence[Bar]) -> Bar:
    labels: list[Label] = []
    y = top + 1.2
    for line in balanced(row.name, _NAME, _WORDS, bold=row.goal):
        y += LEADING * _NAME
        labels.append(Label(line, _MARGIN, y - 0.3, _NAME, bold=row.goal))
    for line in wrap(row.detail, _TEXT, _WORDS):
        y += LEADING * _TEXT
        labels.append(Label(line, _MARGIN, y, _TEXT, colour=QUIET))
    box = Box(_MARGIN, top, _PAGE - _MARGIN, max(y + 1.4, top + _ROW))
    middle = box.middle[1] + 1.2
    begin = axis.at(row.begin)
    end = axis.at(row.end) if row.end is not None else _CHART[1]
    fill = _GOAL if row.goal and row.kind != "missed" else _FILLS[row.kind]
    stroke = {"change": ASSUMED, "missed": _MISSED}.get(row.kind, Stroke(INK, 0.25))
    plate = Plate(Box(begin, middle - _BAR / 2, max(end, begin + 0.2), middle + _BAR / 2), fill, stroke, 0.8)
    if row.mark:
        labels.append(_mark(row, begin, middle))
    dot = (begin, middle) if row.kind == "step" else None
    source = _source(row, begin, before)
    link = None
    if source is not None:
        link = Path(((begin, source.plate.box.bottom), (begin, middle - _DOT)), ("end",))
    return Bar(row, box, tuple(labels), plate, dot, link, _stroke(row.by))


def _mark(row: Row, begin: float, middle: float) -> Label:
    """What stands above the beginning of a bar, on the side where there is room."""
    y = middle - _BAR / 2 - 0.9
    colour = _MISSED.colour if row.kind == "missed" else INK
    room = begin + 1.6 + width(row.mark, _SMALL, bold=True) <= _CHART[1]
    anchor: Literal["start", "end"] = "start" if room else "end"
    return Label(row.mark, begin + (1.6 if room else -1.6), y, _SMALL, anchor, bold=True, colour=colour)


def _source(row: Row, begin: float, before: Sequence[Bar]) -> Bar | None:
    """The row that made a step possible: what is obtained on that day, or the work that was done until then."""
    if row.kind != "step":
        return None
    kind = "experience" if row.by == "activity" else row.by
    for bar in reversed(before):
        if bar.row.kind == "change" and bar.row.by == kind and bar.plate.box.right >= begin - _DOT:
            return bar
    working = [bar for bar in before if bar.row.kind in ("held", "step")]
    return working[-1] if working else None


def _stroke(by: str | None) -> Stroke:
    return next((stroke for kind, stroke in STROKES.items() if kind == by), PLAIN)


def _thread(way: Way, axis: _Axis, top: float) -> Thread:
    y = top + LEADING * _TEXT
    named, result = (wrap(words, _TEXT, _WORDS) for words in (way.name, way.result))
    labels = [Label(line, _MARGIN, y + LEADING * _TEXT * n, _TEXT) for n, line in enumerate(named)]
    for line in result:
        y = labels[-1].y + LEADING * _TEXT
        labels.append(Label(line, _MARGIN, y, _TEXT, colour=QUIET))
    middle = (labels[0].y + y) / 2 - 0.3 * _TEXT
    last = max((*way.steps, *(end for _, end in way.changes)), default=0.0)
    end = axis.at(last) if way.reached else _CHART[1]
    heights = [middle + _APART * n for n, _ in enumerate(way.changes, start=1)]
    studies = tuple(Path(((axis.at(a), y), (axis.at(b), y))) for (a, b), y in zip(way.changes, heights, strict=True))
    dots = tuple((axis.at(step), middle) for step in way.steps)
    return Thread(way, Path(((axis.at(0.0), middle), (end, middle))), studies, dots, tuple(labels))


def _legend(story: Story, language: Language, y: float) -> tuple[Sample, ...]:
    shown = [kind for kind in _SAMPLES if any(row.kind == kind for row in story.rows)]
    samples: list[Sample] = []
    x = _CHART[0]
    for kind in shown:
        stroke = ASSUMED if kind == "change" else Stroke(INK, 0.25)
        box = Box(x, y - _BAR / 2, x + 9.0, y + _BAR / 2)
        words = text(_SAMPLES[kind], language)
        samples.append(Sample(Plate(box, _FILLS[kind], stroke, 0.8), Label(words, x + 11.0, y + 0.36 * _SMALL, _SMALL)))
        x += 14.0 + width(words, _SMALL)
    return tuple(samples)


def _block(block: Block, top: float) -> list[Label]:
    y = top + LEADING * _TEXT
    labels = [Label(block.heading, _MARGIN, y, _TEXT, bold=True)]
    for sentence in block.lines:
        for line in wrap(sentence, _TEXT, _PAGE - 2 * _MARGIN - 3.0):
            y += LEADING * _TEXT
            labels.append(Label(line, _MARGIN + 3.0, y, _TEXT))
    return labels
