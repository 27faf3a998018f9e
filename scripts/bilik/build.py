"""From the source text to every generated file; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import RDF, SKOS
from rdflib.term import URIRef

from bilik.derive.classes import grade_classes
from bilik.derive.reasoning import covers, is_installed
from bilik.derive.shapes import grade_shapes
from bilik.engine import construct, rule_files
from bilik.errors import SourceError
from bilik.evaluate.verdicts import read_facts
from bilik.extract.graph import Vocabulary, write_law
from bilik.extract.registry import Registry, read_registry
from bilik.extract.requirements import RequirementClause, read_requirements
from bilik.extract.structure import Structure, read_structure
from bilik.extract.text import SourceText, read_source
from bilik.namespaces import expand
from bilik.texts import LANGUAGES, names_in
from bilik.turtle import read_turtle, to_turtle

ORDER = "order-775"
"""The one order: the name of its registry file and of the folder of its graph."""

GENERATED = (Path("data", ORDER), Path("data", "compiled"), Path("shapes", "qualification"))
"""Folders that hold generated files only: what the build does not make does not belong there."""

CLASSES = Path("ontology", "derived", "classes.ttl")
COVERS = Path("ontology", "derived", "covers.ttl")
"""Which grades cover one another: the one file that an OWL reasoner makes."""

_GRADE = URIRef(expand("bilik:Grade"))


@dataclass(frozen=True)
class OrderText:
    """The order as read: the text, its structure and its requirement clauses."""

    registry: Registry
    source: SourceText
    structure: Structure
    clauses: tuple[RequirementClause, ...]


def read_order(root: Path) -> OrderText:
    """Read the source text with its registry and grammar.

    Raises:
        SourceError: the text is not the recorded one, or something in it is not understood.
    """
    registry = read_registry(root / "data" / "registry", ORDER)
    path = root / "data" / "source" / registry.source
    content = path.read_bytes()
    recorded = path.with_name(path.name + ".sha256").read_text(encoding="ascii").split()[0]
    if hashlib.sha256(content).hexdigest() != recorded:
        raise SourceError(f"{path}: the text differs from its recorded sha256; the order's text is never edited")
    source = read_source(content.decode("utf-8"), registry.look_alikes, registry.slips)
    structure = read_structure(source, registry)
    clauses = read_requirements(source, structure, registry, _vocabulary(root).ranked("category"))
    return OrderText(registry, source, structure, clauses)


def generate(root: Path) -> Iterator[tuple[Path, str]]:
    """Every generated file of the tree at ``root`` with its content, as relative paths; nothing is written."""
    order = read_order(root)
    vocabulary = _vocabulary(root)
    labels = root / "data" / "registry" / "labels.toml"
    law = write_law(order.source, order.structure, order.clauses, order.registry, vocabulary, labels)
    for stem, graph in law.items():
        yield Path("data", ORDER, f"{stem}.ttl"), to_turtle(graph)
    derived = derive_all(root, law)
    for path, graph in derived.items():
        yield path, to_turtle(graph)
    if COVERS not in left_out():
        yield COVERS, to_turtle(covers(derived[CLASSES]))
    for path in hand_written(root):
        yield path.relative_to(root), to_turtle(read_turtle(path))


def left_out() -> tuple[Path, ...]:
    """The generated files that cannot be made here, as no reasoner is installed: neither written nor compared."""
    return () if is_installed() else (COVERS,)


def derive_all(root: Path, law: Mapping[str, Graph]) -> dict[Path, Graph]:
    """Everything that follows from a law graph (by file stem) without a reasoner: conditions, labels, shapes, classes.

    Another law graph gives other shapes and other verdicts: nothing here knows the order.
    """
    beside = [*(root / "ontology").glob("*.ttl"), root / "data" / "readings.ttl", root / "shapes" / "person.ttl"]
    sources = _store([_vocabulary(root).graph, read_turtle(*beside), *law.values()])
    derived: dict[Path, Graph] = {}
    stores: dict[str, ox.Store] = {}
    for rules in sorted({path.parent for path in (root / "queries" / "build").glob("*/*.rq")}):
        stores[rules.name] = derive(rules, sources)
        derived[Path("data", "compiled", f"{rules.name}.ttl")] = _graph(stores[rules.name])
    conditions, labels = read_facts(stores["conditions"]), stores["labels"]
    names = {language: names_in(labels, language) for language in LANGUAGES}
    law_facts = read_facts(sources)
    for stem, graph in law.items():
        grades = graph.subjects(RDF.type, _GRADE)
        slugs = sorted(str(slug) for grade in grades for slug in graph.objects(grade, SKOS.notation))
        shapes = Graph(bind_namespaces="none")
        for slug in slugs:
            shapes += grade_shapes(slug, law_facts, conditions, names)
        if slugs:
            derived[Path("shapes", "qualification", f"{stem}.ttl")] = shapes
    derived[CLASSES] = grade_classes(conditions, names)
    return derived


def derive(rules: Path, sources: ox.Store) -> ox.Store:
    """What the CONSTRUCT queries of a folder make of a graph, each query seeing what the ones before it made."""
    store, derived = ox.Store(), ox.Store()
    store.bulk_extend(sources)
    for rule in rule_files(rules):
        made = [ox.Quad(*triple) for triple in construct(store, rule)]
        store.extend(made)
        derived.extend(made)
    return derived


def _store(graphs: Iterable[Graph]) -> ox.Store:
    store = ox.Store()
    for graph in graphs:
        store.load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return store


def _graph(store: ox.Store) -> Graph:
    text = ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES)
    assert text is not None, "serialising without an output gives bytes"
    return Graph(bind_namespaces="none").parse(data=text, format="nt")


def hand_written(root: Path) -> list[Path]:
    """The Turtle files written by people: the build puts them into the one format and changes nothing else."""
    folders = [root / "ontology", root / "ontology" / "vocab", root / "shapes"]
    return sorted([root / "data" / "readings.ttl", *(path for folder in folders for path in folder.glob("*.ttl"))])


def build(root: Path) -> list[Path]:
    """Write every generated file that differs and remove what is generated no more; returns their relative paths."""
    changed = differing(root)
    for path, content in changed.items():
        target = root / path
        if content is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(target.name + ".new")
        beside.write_text(content, encoding="utf-8", newline="\n")
        beside.replace(target)
    return list(changed)


def differing(root: Path) -> dict[Path, str | None]:
    """The generated files that are missing or differ, with the right content; with None those generated no more."""
    made = dict(generate(root))
    different: dict[Path, str | None] = {
        path: content
        for path, content in made.items()
        if not (root / path).is_file() or (root / path).read_bytes() != content.encode("utf-8")
    }
    present = {path.relative_to(root) for folder in GENERATED for path in (root / folder).glob("*.ttl")}
    return different | dict.fromkeys(sorted(present - set(made)))


def _vocabulary(root: Path) -> Vocabulary:
    return Vocabulary(read_turtle(*sorted((root / "ontology" / "vocab").glob("*.ttl"))))
