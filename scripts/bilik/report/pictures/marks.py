"""The marks a picture is made of, as records with positions: what is laid out can be looked at before it is drawn.

Millimetres throughout; x grows to the right, y downwards, as on an SVG page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bilik.report.pictures.measure import width

Point = tuple[float, float]

PAPER = "#ffffff"
INK = "#1c2733"
QUIET = "#4d5966"
RULE = "#c3ccd5"

LEADING = 1.2
"""Distance of baselines, in font sizes."""

HEAD_LENGTH = 2.0
"""How long an arrow head is."""


@dataclass(frozen=True)
class Box:
    """A rectangle with its sides parallel to the page's."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: Box, slack: float = 0.01) -> bool:
        """Whether more than the borders touch."""
        return (
            self.left + slack < other.right
            and other.left + slack < self.right
            and self.top + slack < other.bottom
            and other.top + slack < self.bottom
        )

    def contains(self, other: Box, slack: float = 0.01) -> bool:
        """Whether the other one lies within."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True)
class Label:
    """One line of text.

    Attributes:
        x: where it starts, has its middle or ends, as ``anchor`` says.
        y: its baseline.
        size: of the font.
    """

    text: str
    x: float
    y: float
    size: float
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False
    colour: str = INK

    @property
    def box(self) -> Box:
        """The room it takes at most, marks above capitals and tails of letters included."""
        wide = width(self.text, self.size, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - 0.8 * self.size, left + wide, self.y + 0.24 * self.size)


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn.

    Attributes:
        dash: lengths of dashes and gaps; none for a solid line.
    """

    colour: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Path:
    """A line through points, horizontal and vertical, its corners rounded.

    Attributes:
        arrows: at which of its ends there is a head: ``start``, ``end``.
    """

    points: tuple[Point, ...]
    arrows: tuple[Literal["start", "end"], ...] = ()

    @property
    def box(self) -> Box:
        """The room it takes, without the thickness of the line."""
        return around(Box(x, y, x, y) for x, y in self.points)


@dataclass(frozen=True)
class Plate:
    """A filled rectangle with rounded corners."""

    box: Box
    fill: str
    stroke: Stroke
    radius: float = 0.0


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of them."""
    boxes = list(boxes)
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def stacked(
    lines: Iterable[str],
    x: float,
    middle: float,
    size: float,
    *,
    anchor: Literal["start", "middle", "end"] = "start",
    bold: bool = False,
    colour: str = INK,
) -> tuple[Label, ...]:
    """Lines of text under one another, their middle at a height."""
    lines = list(lines)
    step = size * LEADING
    first = middle - step * (len(lines) - 1) / 2 + 0.36 * size
    return tuple(Label(text, x, first + step * n, size, anchor, bold, colour) for n, text in enumerate(lines))
