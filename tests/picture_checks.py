"""What holds for every picture, for tests: words neither overlap nor leave the page and stand out from their ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations
from xml.etree import ElementTree as ET

import pyoxigraph as ox

from bilik.evaluate import compiled_law
from bilik.evaluate.verdicts import Facts, read_facts
from bilik.namespaces import code, expand
from bilik.report import pictures
from bilik.report.pictures.career_map import CareerMap
from bilik.report.pictures.marks import PAPER, Box, Label, Plate
from bilik.report.pictures.plan_picture import PlanPicture
from bilik.resources import folder
from bilik.texts import Language

SVG = "{http://www.w3.org/2000/svg}"
A4 = (297.0, 210.0)


@cache
def compiled() -> ox.Store:
    """The compiled graphs that pictures are made of."""
    store = ox.Store()
    for stem in pictures.SOURCES:
        store.load(path=folder("data", "compiled", f"{stem}.ttl"), format=ox.RdfFormat.TURTLE)
    return store


@cache
def facts() -> Facts:
    """The same by subject and predicate."""
    return read_facts(compiled())


@cache
def positions() -> dict[str, str]:
    """grade → its position, of every grade that can be judged."""
    law = compiled_law()
    found = {code(grade): code(law.facts[grade][expand("bilik:isGradeOf")][0]) for grade in law.grades}
    assert len(found) == 50
    assert len(set(found.values())) == 13
    return found



def clashes(labels: Sequence[Label]) -> list[tuple[str, str]]:
    """Lines of text that overlap."""
    boxed = [(label.text, label.box) for label in labels]
    return [(a, b) for (a, one), (b, other) in combinations(boxed, 2) if one.overlaps(other)]


def outside(what: CareerMap | PlanPicture) -> list[str]:
    """Lines of text within 5 mm of the edge of the page, where printers do not print, or beyond."""
    page = Box(5.0, 5.0, what.width - 5.0, what.height - 5.0)
    return [label.text for label in what.labels if not page.contains(label.box)]


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 reckons it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(labels: Iterable[Label], plates: Sequence[Plate]) -> list[str]:
    """Lines of text that do not stand out from what they stand on."""
    return [
        label.text
        for label in labels
        for ground in [next((plate.fill for plate in plates if plate.box.contains(label.box)), PAPER)]
        if ratio(label.colour, ground) < 4.5
    ]


def read_svg(svg: str, language: Language) -> ET.Element:
    """The picture as a tree; it says what it is and fits on the paper."""
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert (root.get("role"), root.get("lang")) == ("img", language)
    assert "sans-serif" in str(root.get("font-family"))
    for side, most in zip(("width", "height"), A4, strict=True):
        size = str(root.get(side))
        assert size.endswith("mm")
        assert 0 < float(size[:-2]) <= most
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text
    assert description.text
    return root


def words_in(root: ET.Element) -> list[str]:
    """Every line of text of a picture."""
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def crossed(room: Box, line: Box, slack: float = 0.05) -> bool:
    """Whether a straight line goes through a room."""
    return (
        line.right > room.left + slack
        and line.left < room.right - slack
        and line.bottom > room.top + slack
        and line.top < room.bottom - slack
    )
