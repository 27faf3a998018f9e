"""Pictures: the career map, and a plan on a time axis, as SVG and as Mermaid.

What is told is read from the graph (``career``, ``story``), laid out in millimetres (``career_map`` with ``lanes`` and
``routes``; ``plan_picture``) and only then drawn (``draw``, ``svg``) or written (``mermaid``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pyoxigraph as ox

from bilik.engine import load
from bilik.evaluate.verdicts import Facts, read_facts
from bilik.namespaces import code, expand
from bilik.plan.ladder import LawPath
from bilik.plan.plan import Plan
from bilik.report.pictures import career_map, plan_picture
from bilik.report.pictures.career import read_career
from bilik.report.pictures.draw import draw_map, draw_plan
from bilik.report.pictures.mermaid import career_flowchart, path_flowchart, plan_gantt
from bilik.report.pictures.story import Story, tell_path, tell_plan
from bilik.report.pictures.words import Words
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language, names_in

__all__ = [
    "SOURCES",
    "career_map_mermaid",
    "career_map_svg",
    "career_maps",
    "law_path_mermaid",
    "law_path_svg",
    "plan_mermaid",
    "plan_svg",
    "positions",
]

SOURCES = ("career", "conditions", "labels")
"""The compiled graphs that pictures are made of."""


def positions() -> tuple[str, ...]:
    """Codes of the positions that have a map, in the order of the text."""
    return read_career(_facts()).positions


def career_map_svg(language: Language, *, position: str | None = None, link: Callable[[str], str] | None = None) -> str:
    """The published career map as SVG, on A4 lying; of one position (its code) only what starts or ends in it.

    Args:
        link: prefixed name of a position or grade → where its name leads, for a map inside a page.

    Raises:
        KeyError: the order has no such position.
    """
    return _map_svg(_facts(), _words(_published(), language), position, link)


def career_map_mermaid(language: Language, *, position: str | None = None) -> str:
    """The same as a Mermaid flowchart.

    Raises:
        KeyError: the order has no such position.
    """
    return _map_mermaid(_facts(), _words(_published(), language), position)


def career_maps(graph: ox.Store) -> Iterator[tuple[str, str]]:
    """The career map in every language and form as (file name, content), of the graphs named in :data:`SOURCES`."""
    facts = read_facts(graph)
    for language in LANGUAGES:
        words = _words(graph, language)
        yield f"career-map.{language}.svg", _map_svg(facts, words, None)
        yield f"career-map.{language}.mmd", _map_mermaid(facts, words, None)


def plan_svg(plan: Plan, language: Language, *, person_label: str | None = None, held: str | None = None) -> str:
    """A person's plan as SVG, on A4 lying.

    Args:
        person_label: what the person is called; a picture without it names nobody.
        held: the grade (a slug) of the present post, if it is one of the order's.
    """
    return draw_plan(plan_picture.lay_out(_plan(plan, language, person_label, held), language), language)


def plan_mermaid(plan: Plan, language: Language, *, person_label: str | None = None, held: str | None = None) -> str:
    """A person's plan as a Mermaid Gantt chart; arguments as :func:`plan_svg`."""
    return plan_gantt(_plan(plan, language, person_label, held), plan.as_of, language)


def law_path_svg(path: LawPath, language: Language) -> str:
    """The law's shortest path as SVG: a plan of nobody, in months."""
    return draw_plan(plan_picture.lay_out(_path(path, language), language), language)


def law_path_mermaid(path: LawPath, language: Language) -> str:
    """The law's shortest path as a Mermaid flowchart."""
    return path_flowchart(_path(path, language))


def _plan(plan: Plan, language: Language, person_label: str | None, held: str | None) -> Story:
    return tell_plan(plan, _facts(), language, person_label=person_label, held=held)


def _path(path: LawPath, language: Language) -> Story:
    return tell_path(path, _facts(), language)


def _map_svg(facts: Facts, words: Words, position: str | None, link: Callable[[str], str] | None = None) -> str:
    career = read_career(facts, position=position)
    return draw_map(career_map.lay_out(career, words, position=position), words.language, link)


def _map_mermaid(facts: Facts, words: Words, position: str | None) -> str:
    return career_flowchart(read_career(facts, position=position), words, position=position)


def _words(graph: ox.Store, language: Language) -> Words:
    called: Mapping[str, str] = names_in(graph, language)
    return Words(lambda curie: called.get(expand(curie), code(expand(curie))), language)


@cache
def _facts() -> Facts:
    return read_facts(_published())


@cache
def _published() -> ox.Store:
    store = ox.Store()
    load(store, *(folder("data", "compiled", f"{stem}.ttl") for stem in SOURCES))
    return store
