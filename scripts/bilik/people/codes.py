"""Codes and the names that people write instead of them, and the grade that a claim means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

import pyoxigraph as ox

from bilik.engine import load
from bilik.evaluate.verdicts import Facts, read_facts
from bilik.namespaces import BASE, code, expand
from bilik.resources import folder
from bilik.texts import rank

_SCHEMES = {
    "bilik:hasEducationLevel": ("voc/education-level", "level:"),
    "bilik:hasCategory": ("voc/category", "category:"),
    "bilik:hasTier": ("voc/tier", "tier:"),
    "bilik:coversActivity": ("voc/activity", "activity:"),
    "bilik:hasPosition": ("id/position", "position:"),
}
_POSITION = "bilik:hasPosition"
_RANKED = ("bilik:hasEducationLevel", "bilik:hasCategory", "bilik:hasTier")


@dataclass(frozen=True)
class Codes:
    """Names and codes of the concepts by property, and the grades by what makes them.

    Attributes:
        names: property → name or code, folded → concept IRI.
        lowest_category: code of the category that an absent one means.
        grades: (slug, position, tier, category) of every grade, in the order of the law; absent parts are None.
    """

    names: Mapping[str, Mapping[str, str]]
    lowest_category: str
    grades: tuple[tuple[str, str, str | None, str | None], ...]

    @property
    def positions(self) -> tuple[str, ...]:
        """Codes of the positions that have grades, in the order of the law."""
        return tuple(dict.fromkeys(position for _, position, _, _ in self.grades))

    @property
    def tiers(self) -> tuple[str, ...]:
        """Codes of the tiers that grades name."""
        return tuple(dict.fromkeys(tier for _, _, tier, _ in self.grades if tier))

    def keys(self, term: str) -> list[str]:
        """Codes of the concepts that a property may name."""
        return sorted({code(concept) for concept in self.names[term].values()})

    def in_order(self, term: str) -> list[str]:
        """The same as ``prefix:code``, as people expect them: positions as in the law, then groups of them; tiers,
        categories and levels by rank."""
        prefix, keys = _SCHEMES[term][1], self.keys(term)
        if term == _POSITION:
            keys = [*self.positions, *(key for key in keys if key not in self.positions)]
        listed = [prefix + key for key in keys]
        return sorted(listed, key=rank) if term in _RANKED else listed

    def known(self, term: str, text: str) -> str | None:
        """The concept that a code or a name in any of the languages means, None if it is neither."""
        return self.names[term].get(_fold(text))

    def concept(self, term: str, text: str) -> str:
        """The concept meant, or one outside the scheme that keeps the text, for the record checks to find."""
        return self.known(term, text) or expand(_SCHEMES[term][1]) + quote(text, safe="")

    def grades_of(self, position: str, tier: str, category: str) -> tuple[list[str], list[str]]:
        """The grades that a claim fits, and all grades of its position.

        An empty category or the lowest one means the grade that names no category or the lowest one. An empty or
        unknown tier fits any; a grade that names no tier fits every tier.
        """
        post = self._code("bilik:hasPosition", position)
        wanted_tier = self._code("bilik:hasTier", tier)
        wanted_category = self._code("bilik:hasCategory", category) if category else self.lowest_category
        of_position = [grade for grade in self.grades if grade[1] == post]
        fitting = [
            slug
            for slug, _, of_tier, of_category in of_position
            if (wanted_tier is None or of_tier is None or of_tier == wanted_tier)
            and (of_category or self.lowest_category) == wanted_category
        ]
        return fitting, [grade[0] for grade in of_position]

    def _code(self, term: str, text: str) -> str | None:
        concept = self.known(term, text) if text else None
        return code(concept) if concept else None


@cache
def read_codes() -> Codes:
    """The codes of the law that is published with this version."""
    store = ox.Store()
    load(store, folder("data", "compiled", "record.ttl"), folder("data", "compiled", "conditions.ttl"))
    return codes_in(read_facts(store))


def scheme_of(term: str) -> str:
    """The prefix of the concepts that a property may name, as ``level:``."""
    return _SCHEMES[term][1]


def codes_in(facts: Facts) -> Codes:
    """The codes of a law: of its concepts and grades."""
    scheme = BASE + _SCHEMES["bilik:hasCategory"][0]
    categories = [node for node, said in facts.items() if scheme in said.get(expand("skos:inScheme"), ())]
    lowest = min(categories, key=lambda node: int(facts[node][expand("bilik:rank")][0]))
    names = {term: _names(facts, scheme) for term, (scheme, _) in _SCHEMES.items()}
    return Codes(names, code(lowest), _grades(facts))


def _names(facts: Facts, scheme: str) -> dict[str, str]:
    """Folded name → concept; a name that two concepts share names neither."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for node, said in facts.items():
        if BASE + scheme in said.get(expand("skos:inScheme"), ()):
            for term in ("skos:notation", "skos:prefLabel", "skos:altLabel"):
                for name in said.get(expand(term), ()):
                    meanings[_fold(name)].add(node)
    return {name: nodes.pop() for name, nodes in meanings.items() if len(nodes) == 1}


def _grades(facts: Facts) -> tuple[tuple[str, str, str | None, str | None], ...]:
    grades = [said for said in facts.values() if expand("bilik:isGradeOf") in said]

    def part(said: Mapping[str, list[str]], term: str) -> str | None:
        return code(said[expand(term)][0]) if expand(term) in said else None

    return tuple(
        (
            said[expand("skos:notation")][0],
            code(said[expand("bilik:isGradeOf")][0]),
            part(said, "bilik:hasTier"),
            part(said, "bilik:hasCategory"),
        )
        for said in sorted(grades, key=lambda said: int(said[expand("bilik:ordinal")][0]))
    )


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
