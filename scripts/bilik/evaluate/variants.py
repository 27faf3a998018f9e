"""Other readings of unclear wording: each turns the compiled law into another compiled law.

A reading (``data/readings.ttl``) may have variants, called ``reading=variant``. What a variant changes is a SPARQL
update of the compiled graph, ``queries/build/variants/<reading>/<variant>.ru``; it touches only what depends on its
reading; what follows from the conditions is then derived anew. The rules join the changed graph as they join the
published one, and what depended on the reading names the variant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bilik.engine import construct, update
from bilik.evaluate.rules import CompiledLaw
from bilik.evaluate.verdicts import Facts
from bilik.namespaces import code, expand
from bilik.resources import folder

_DEPENDS = ox.NamedNode(expand("bilik:dependsOnInterpretation"))
_REQUIREMENT = expand("bilik:hasRequirement")
_OF_COMPILED = "7*.rq"
"""The rules of the compiled graph that read nothing but what the rules before them made."""
_PARTS = (expand("bilik:hasAlternative"), expand("bilik:hasCondition"))


@dataclass(frozen=True, order=True)
class Variant:
    """A rival reading by which verdicts can be given.

    Attributes:
        reading, name: codes.
        effect: the update of the compiled graph.
    """

    reading: str
    name: str
    effect: Path

    @property
    def code(self) -> str:
        """What it is called wherever it is named: ``or-scope=stand-alone``."""
        return f"{self.reading}={self.name}"


def variants() -> list[Variant]:
    """All variants of all readings, sorted by reading and name."""
    files = folder("queries", "build", "variants").glob("*/*.ru")
    return sorted(Variant(path.parent.name, path.stem, path) for path in files)


def under(law: CompiledLaw, chosen: Collection[Variant]) -> CompiledLaw:
    """The compiled law as it is when some of its readings are replaced.

    Args:
        law: the published law, whole: a variant may look at other grades too.
        chosen: at most one variant of each reading, in any order.

    Raises:
        EngineError: an update cannot be run.
    """
    if not chosen:
        return law
    store = ox.Store()
    store.extend(law.quads)
    for quad in _consequences(store):
        store.remove(quad)
    for variant in sorted(chosen):
        update(store, variant.effect)
    store.extend(_consequences(store))
    named = {_reading(variant.reading): _reading(variant.code) for variant in chosen}
    return CompiledLaw(tuple(_renamed(store, named)), tuple(variant.code for variant in sorted(chosen)))


def _consequences(store: ox.Store) -> list[ox.Quad]:
    """What follows from the compiled conditions alone: which position asks what, and where alternatives look."""
    rules = sorted(folder("queries", "build", "conditions").glob(_OF_COMPILED))
    return [ox.Quad(*triple) for rule in rules for triple in construct(store, rule)]


def _renamed(quads: Iterable[ox.Quad], named: Mapping[ox.NamedNode, ox.NamedNode]) -> Iterator[ox.Quad]:
    for quad in quads:
        value = quad.object
        if quad.predicate == _DEPENDS and isinstance(value, ox.NamedNode) and value in named:
            yield ox.Quad(quad.subject, _DEPENDS, named[value])
        else:
            yield quad


def readings_of(law: Facts, requirement: str) -> set[str]:
    """Codes of the readings and variants that a requirement (an IRI), its alternatives and conditions depend on."""
    said = law[requirement]
    found = {code(reading) for reading in said.get(_DEPENDS.value, ())}
    return found.union(*(readings_of(law, part) for term in _PARTS for part in said.get(term, ())))


def dependent_grades(law: CompiledLaw, reading: str) -> set[str]:
    """IRIs of the grades whose requirement depends on a reading or a variant (a code) in any of its parts.

    No other verdict can change with the reading: a variant touches only what depends on it.
    """
    return {grade for grade in law.grades if reading in readings_of(law.facts, law.facts[grade][_REQUIREMENT][0])}


def _reading(key: str) -> ox.NamedNode:
    return ox.NamedNode(expand(f"reading:{key}"))
