"""Marks as SVG: text stays text, every word is escaped, nothing is fetched; the same picture gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import copysign, hypot
from xml.etree import ElementTree as ET

from bilik.report.pictures.marks import HEAD_LENGTH, INK, PAPER, Label, Path, Plate, Point, Stroke

FONTS = "'Noto Sans', 'DejaVu Sans', 'Liberation Sans', Arial, sans-serif"

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CORNER = 1.2
_HEAD_HALF = 0.85
"""Half the width of an arrow head."""


@dataclass(frozen=True)
class Page:
    """A page to draw on.

    Attributes:
        width, height: of the picture, in mm.
        scale: printed size by laid-out size; below 1 where the picture is larger than the paper.
        linked: whether parts of it are links, so that it is not one image for those who have it read aloud.
        title, description: what is read aloud in its place.
        ink, paper: the colours of what has none of its own, and of the ground; ``none``: there is no ground.
    """

    width: float
    height: float
    language: str
    title: str
    description: str
    scale: float = 1.0
    linked: bool = False
    ink: str = INK
    paper: str = PAPER


def page(what: Page) -> ET.Element:
    """An empty picture."""
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{_mm(what.width * what.scale)}mm",
            "height": f"{_mm(what.height * what.scale)}mm",
            "viewBox": f"0 0 {_mm(what.width)} {_mm(what.height)}",
            "role": "group" if what.linked else "img",
            "lang": what.language,
            "xml:lang": what.language,
            "font-family": FONTS,
            "fill": what.ink,
        },
    )
    _told(root, "title", what.title)
    _told(root, "desc", what.description)
    if what.paper != "none":
        ET.SubElement(root, "rect", {"width": _mm(what.width), "height": _mm(what.height), "fill": what.paper})
    return root


def group(parent: ET.Element, title: str | None = None) -> ET.Element:
    """A group of marks, with what is shown when one points at it."""
    made = ET.SubElement(parent, "g")
    if title:
        _told(made, "title", title)
    return made


def link(parent: ET.Element, target: str) -> ET.Element:
    """A group of marks that leads somewhere."""
    return ET.SubElement(parent, "a", {"href": target})


def labels(parent: ET.Element, lines: Iterable[Label]) -> None:
    """Lines of text."""
    for line in lines:
        attributes = {"x": _mm(line.x), "y": _mm(line.y), "font-size": _mm(line.size)}
        if line.anchor != "start":
            attributes["text-anchor"] = line.anchor
        if line.bold:
            attributes["font-weight"] = "bold"
        if line.colour != INK:
            attributes["fill"] = line.colour
        _told(parent, "text", line.text, attributes)


def plate(parent: ET.Element, what: Plate) -> None:
    """A rectangle."""
    box = what.box
    attributes = {
        "x": _mm(box.left),
        "y": _mm(box.top),
        "width": _mm(box.right - box.left),
        "height": _mm(box.bottom - box.top),
        "rx": _mm(what.radius),
        "fill": what.fill,
    }
    ET.SubElement(parent, "rect", attributes | _stroke(what.stroke))


def line(parent: ET.Element, what: Path, stroke: Stroke) -> None:
    """A line with its arrow heads."""
    points = _shortened(what, stroke)
    ET.SubElement(parent, "path", {"d": _rounded(points), "fill": "none"} | _stroke(stroke))
    for end in what.arrows:
        tip, before = (what.points[-1], what.points[-2]) if end == "end" else (what.points[0], what.points[1])
        ET.SubElement(parent, "path", {"d": _head(before, tip), "fill": stroke.colour})


def casing(parent: ET.Element, what: Path, stroke: Stroke) -> None:
    """A margin of paper along a line, so that one sees that it passes over others and does not meet them."""
    points = _inner(what.points, 1.0)
    wide = Stroke(PAPER, stroke.width + 1.1)
    ET.SubElement(parent, "path", {"d": _rounded(points), "fill": "none"} | _stroke(wide))


def dot(parent: ET.Element, at: Point, radius: float, fill: str, stroke: Stroke | None = None) -> None:
    """A filled circle."""
    attributes = {"cx": _mm(at[0]), "cy": _mm(at[1]), "r": _mm(radius), "fill": fill}
    ET.SubElement(parent, "circle", attributes | (_stroke(stroke) if stroke else {}))


def serialise(root: ET.Element) -> str:
    """The picture as a file's text."""
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode") + "\n"


def _told(parent: ET.Element, tag: str, words: str, attributes: dict[str, str] | None = None) -> None:
    ET.SubElement(parent, tag, attributes or {}).text = _NO_XML.sub("\ufffd", words)


def _stroke(stroke: Stroke) -> dict[str, str]:
    if not stroke.width:
        return {}
    attributes = {"stroke": stroke.colour, "stroke-width": _mm(stroke.width)}
    if stroke.dash:
        attributes["stroke-dasharray"] = " ".join(map(_mm, stroke.dash))
    return attributes


def _mm(value: float) -> str:
    """A length, at most a hundredth of a millimetre fine."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _inner(points: tuple[Point, ...], cut: float) -> tuple[Point, ...]:
    """The line without a bit at each end."""
    return (_towards(points[0], points[1], cut), *points[1:-1], _towards(points[-1], points[-2], cut))


def _shortened(what: Path, stroke: Stroke) -> tuple[Point, ...]:
    """The line up to the arrow heads."""
    points = list(what.points)
    cut = HEAD_LENGTH - stroke.width
    if "start" in what.arrows:
        points[0] = _towards(points[0], points[1], cut)
    if "end" in what.arrows:
        points[-1] = _towards(points[-1], points[-2], cut)
    return tuple(points)


def _towards(start: Point, end: Point, distance: float) -> Point:
    long = hypot(end[0] - start[0], end[1] - start[1])
    part = min(distance / long, 1.0) if long else 0.0
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _rounded(points: tuple[Point, ...]) -> str:
    parts = [f"M{_at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_CORNER, _apart(before, corner) / 2, _apart(corner, after) / 2)
        parts.append(f"L{_at(_towards(corner, before, radius))}Q{_at(corner)} {_at(_towards(corner, after, radius))}")
    parts.append(f"L{_at(points[-1])}")
    return "".join(parts)


def _apart(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _head(before: Point, tip: Point) -> str:
    long, half = HEAD_LENGTH, _HEAD_HALF
    if before[1] == tip[1]:
        back = tip[0] - copysign(long, tip[0] - before[0])
        corners = [(back, tip[1] - half), (back, tip[1] + half)]
    else:
        back = tip[1] - copysign(long, tip[1] - before[1])
        corners = [(tip[0] - half, back), (tip[0] + half, back)]
    return f"M{_at(tip)}L{_at(corners[0])}L{_at(corners[1])}Z"


def _at(point: Point) -> str:
    return f"{_mm(point[0])} {_mm(point[1])}"
