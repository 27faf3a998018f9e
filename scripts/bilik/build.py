"""From the source text to every generated file; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from bilik.engine import construct, rule_files
from bilik.errors import SourceError
from bilik.extract.graph import Vocabulary, write_law
from bilik.extract.registry import Registry, read_registry
from bilik.extract.requirements import RequirementClause, read_requirements
from bilik.extract.structure import Structure, read_structure
from bilik.extract.text import SourceText, read_source
from bilik.turtle import read_turtle, to_turtle

ORDER = "order-775"
"""The one order: the name of its registry file and of the folder of its graph."""


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
    beside = [*(root / "ontology").glob("*.ttl"), root / "data" / "readings.ttl", root / "shapes" / "person.ttl"]
    sources = [vocabulary.graph, read_turtle(*beside), *law.values()]
    for rules in sorted((root / "queries" / "build").iterdir()):
        yield Path("data", "compiled", f"{rules.name}.ttl"), to_turtle(derive(rules, sources))
    for path in hand_written(root):
        yield path.relative_to(root), to_turtle(read_turtle(path))


def derive(rules: Path, graphs: Iterable[Graph]) -> Graph:
    """What the CONSTRUCT queries of a folder make of the graphs, each query seeing what the ones before it made."""
    store = ox.Store()
    for graph in graphs:
        store.load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    derived: list[ox.Triple] = []
    for rule in rule_files(rules):
        made = construct(store, rule)
        derived += made
        store.extend([ox.Quad(*triple) for triple in made])
    text = ox.serialize(derived, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None, "serialising without an output gives bytes"
    return Graph(bind_namespaces="none").parse(data=text, format="nt")


def hand_written(root: Path) -> list[Path]:
    """The Turtle files written by people: the build puts them into the one format and changes nothing else."""
    folders = [root / "ontology", root / "ontology" / "vocab", root / "shapes"]
    return sorted([root / "data" / "readings.ttl", *(path for folder in folders for path in folder.glob("*.ttl"))])


def build(root: Path) -> list[Path]:
    """Write every generated file that differs; returns their relative paths."""
    changed = differing(root)
    for path, content in changed:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(target.name + ".new")
        beside.write_text(content, encoding="utf-8", newline="\n")
        beside.replace(target)
    return [path for path, _ in changed]


def differing(root: Path) -> list[tuple[Path, str]]:
    """The generated files that are missing or differ from what the build makes, with the right content."""
    return [
        (path, content)
        for path, content in generate(root)
        if not (root / path).is_file() or (root / path).read_bytes() != content.encode("utf-8")
    ]


def _vocabulary(root: Path) -> Vocabulary:
    return Vocabulary(read_turtle(*sorted((root / "ontology" / "vocab").glob("*.ttl"))))
