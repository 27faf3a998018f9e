"""Layouts drawn as SVG: nothing is decided here but the order in which things are painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from xml.etree.ElementTree import Element

from bilik.report.pictures import svg
from bilik.report.pictures.career_map import CareerMap
from bilik.report.pictures.marks import INK, PAPER, QUIET, RULE, Path, Stroke
from bilik.report.pictures.plan_picture import ASSUMED, PlanPicture
from bilik.report.pictures.routes import STROKES, Line
from bilik.texts import Language

A4 = (297.0, 210.0)
"""The page to print on, lying: its sides in mm."""


def draw_map(what: CareerMap, language: Language, link: Callable[[str], str] | None = None) -> str:
    """The career map as SVG.

    Args:
        link: prefixed name of a position or grade → where its name leads; without it the map has no links.
    """
    root = _page(what, language, linked=link is not None)
    svg.labels(svg.group(root), what.heading)
    lanes = svg.group(root)
    for n, lane in enumerate(what.lanes):
        box = lane.box
        if n == 0:
            svg.line(lanes, Path(((box.left, box.top), (box.right, box.top))), Stroke(RULE, 0.2))
        svg.line(lanes, Path(((box.left, box.bottom), (box.right, box.bottom))), Stroke(RULE, 0.2))
        svg.labels(svg.group(_place(lanes, f"position:{lane.position}", link)), lane.labels)
    for kind, stroke in STROKES.items():
        _lines(svg.group(root), [line for line in what.lines if line.move.kind == kind], stroke)
    stops = svg.group(root)
    for stop in what.stops:
        drawn = svg.group(_place(stops, f"grade:{stop.grade}", link), stop.title)
        svg.plate(drawn, stop.plate)
        svg.labels(drawn, stop.labels)
    legend = svg.group(root)
    for entry in what.legend:
        svg.line(legend, entry.sample, STROKES[entry.kind])
        svg.labels(legend, [entry.label])
    svg.labels(svg.group(root), what.footing)
    return svg.serialise(root)


def _place(parent: Element, curie: str, link: Callable[[str], str] | None) -> Element:
    """Where to draw a thing: in a link to it, if there are links."""
    return svg.link(parent, link(curie)) if link else parent


def _lines(parent: Element, lines: Iterable[Line], stroke: Stroke) -> None:
    """Lines of a kind, over a margin of paper that keeps them apart from what they cross."""
    lines = list(lines)
    margins = svg.group(parent)
    for path in chain.from_iterable(line.paths for line in lines):
        svg.casing(margins, path, stroke)
    for line in lines:
        drawn = svg.group(parent, line.title)
        for path in line.paths:
            svg.line(drawn, path, stroke)
        for point in line.dots:
            svg.dot(drawn, point, 0.75, stroke.colour)
        svg.labels(drawn, line.labels)


def draw_plan(what: PlanPicture, language: Language) -> str:
    """A plan as SVG."""
    root = _page(what, language)
    svg.labels(svg.group(root), what.heading)
    axis = svg.group(root)
    for rule in what.rules:
        svg.line(axis, rule, Stroke(RULE, 0.2))
    for bar in what.bars:
        box = bar.box
        svg.line(axis, Path(((box.left, box.bottom), (box.right, box.bottom))), Stroke(RULE, 0.15))
    svg.line(axis, what.now, Stroke(INK, 0.35, (0.9, 0.7)))
    svg.labels(axis, what.ticks)
    for bar in what.bars:
        drawn = svg.group(root, f"{bar.row.name}. {bar.row.detail}")
        svg.plate(drawn, bar.plate)
        svg.labels(drawn, bar.labels)
    links = svg.group(root)
    for bar in what.bars:
        if bar.link:
            svg.casing(links, bar.link, bar.stroke)
            svg.line(links, bar.link, bar.stroke)
        if bar.dot:
            svg.dot(links, bar.dot, 1.3, PAPER, Stroke(bar.stroke.colour, 0.6))
    for thread in what.threads:
        drawn = svg.group(root, f"{thread.way.name}. {thread.way.result}")
        svg.line(drawn, thread.line, Stroke(QUIET, 0.4))
        for study in thread.studies:
            svg.line(drawn, study, ASSUMED)
        for point in thread.dots:
            svg.dot(drawn, point, 0.8, QUIET)
        svg.labels(drawn, thread.labels)
    legend = svg.group(root)
    for sample in what.legend:
        svg.plate(legend, sample.plate)
        svg.labels(legend, [sample.label])
    svg.labels(svg.group(root), what.words)
    return svg.serialise(root)


def _page(what: CareerMap | PlanPicture, language: Language, *, linked: bool = False) -> Element:
    """A page of the size of the picture, printed smaller where the paper is smaller."""
    scale = min(1.0, A4[0] / what.width, A4[1] / what.height)
    return svg.page(svg.Page(what.width, what.height, language, what.title, what.description, scale, linked))
