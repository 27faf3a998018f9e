"""From the source text to every generated file; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import RDF, SKOS
from rdflib.term import Literal, URIRef

from bilik.derive.catalogue_pages import catalogue_pages
from bilik.derive.classes import grade_classes
from bilik.derive.manifest import manifest
from bilik.derive.mappings import mapping_table
from bilik.derive.people_tables import people_mapping, people_metadata
from bilik.derive.reasoning import covers, is_installed
from bilik.derive.shapes import grade_shapes
from bilik.derive.views import in_words
from bilik.engine import derive
from bilik.errors import SourceError
from bilik.evaluate import CompiledLaw
from bilik.evaluate.verdicts import grades_in, read_facts
from bilik.extract.coverage import Segment, cover, to_csv
from bilik.extract.discrepancies import find_discrepancies
from bilik.extract.discrepancy_graph import write_discrepancies
from bilik.extract.glossary import read_glossary
from bilik.extract.graph import Vocabulary, write_law
from bilik.extract.quotes import Quotes
from bilik.extract.registry import Registry, read_registry
from bilik.extract.requirements import RequirementClause, read_requirements
from bilik.extract.resolver import check_quotes
from bilik.extract.structure import Structure, read_structure
from bilik.extract.text import SourceText, read_source
from bilik.extract.translations import interpreted_words, read_translations, words_to_translate
from bilik.jsonld import to_jsonld
from bilik.namespaces import BASE, code, expand
from bilik.people.codes import codes_in
from bilik.report.explanation import explain_grade
from bilik.report.pictures import SOURCES, career_maps
from bilik.report.side_by_side import side_by_side
from bilik.texts import LANGUAGES, names_in
from bilik.turtle import read_turtle, to_turtle

ORDER = "order-775"
"""The one order: the name of its registry file and of the folder of its graph."""

PICTURES = Path("data", "pictures")

VIEWS = Path("data", "views")
"""The law in the terms of others: one file for each folder of ``queries/views``."""

GENERATED = (Path("data", ORDER), Path("data", "compiled"), VIEWS, Path("shapes", "qualification"), PICTURES)
"""Folders that hold generated files only: what the build does not make does not belong there."""

LEDGER = Path("data", ORDER, "coverage.csv")
"""The coverage ledger: every character of the source with the nodes that quote it."""

CLASSES = Path("ontology", "derived", "classes.ttl")
MAPPINGS = Path("ontology", "align", "bilik.sssom.tsv")
COVERS = Path("ontology", "derived", "covers.ttl")
"""Which grades cover one another: the one file that an OWL reasoner makes."""

PEOPLE_MAPPING = Path("data", "people-mapping.rml.ttl")
PEOPLE_METADATA = Path("data", "people-metadata.json")
"""How others make records of tables of people, and what the columns of the tables mean."""

IN_WORDS = Path("data", ORDER, "in-words.html")
"""The order's words beside the requirements of the graph in words, for reading."""

LABELS = Path("data", "compiled", "labels.ttl")

MANIFEST = Path("data", "manifest.ttl")
"""Every name ever published: the build adds to it and takes nothing out."""

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
    translations = read_translations(
        root / "data" / "translations",
        words_to_translate(order.structure) | interpreted_words(_beside(root)),
        vocabulary.codes("translation-status"),
        read_glossary(root / "data" / "registry" / "glossary.tsv"),
    )
    law = write_law(order.source, order.structure, order.clauses, order.registry, vocabulary, labels, translations)
    ledger, amiss = trace(order, law.values()), discrepancies(root, order)
    yield LEDGER, to_csv(ledger)
    for stem, graph in {**law, "discrepancies": amiss}.items():
        yield Path("data", ORDER, f"{stem}.ttl"), to_turtle(graph)
    derived = derive_all(root, law)
    for path, graph in derived.items():
        yield path, _written(root, path, graph)
    facts, labels_store = read_facts(_store([vocabulary.graph, *law.values()])), _store([derived[LABELS]])
    yield IN_WORDS, side_by_side(
        [explain_grade(code(grade), facts) for grade in grades_in(facts)],
        {language: names_in(labels_store, language) for language in LANGUAGES},
    )
    yield MAPPINGS, mapping_table(_sources(root, law), mapping_files(root), root / "queries" / "align" / "mappings.rq")
    for name, picture in career_maps(_store(derived[Path("data", "compiled", f"{stem}.ttl")] for stem in SOURCES)):
        yield PICTURES / name, picture
    career, conditions = (derived[Path("data", "compiled", f"{stem}.ttl")] for stem in ("career", "conditions"))
    asked = _store([vocabulary.graph, _beside(root), *law.values(), amiss, career, conditions])
    yield from catalogue_pages(root, asked, CompiledLaw(tuple(_store([conditions]))))
    if COVERS not in left_out():
        yield COVERS, to_turtle(covers(derived[CLASSES]))
    record = derived[Path("data", "compiled", "record.ttl")]
    codes = codes_in(read_facts(_store([record, conditions])))
    yield PEOPLE_MAPPING, to_turtle(people_mapping(codes, root / "queries" / "mapping"))
    yield PEOPLE_METADATA, people_metadata(_definitions(_beside(root)))
    for path in hand_written(root):
        yield path.relative_to(root), to_turtle(read_turtle(path))
    published = [root / MANIFEST] if (root / MANIFEST).is_file() else []
    described = [read_turtle(path) for path in hand_written(root) if path.parent != root / "shapes"]
    yield MANIFEST, to_turtle(manifest(read_turtle(*published), [*described, *law.values()]))


def trace(order: OrderText, law: Iterable[Graph]) -> list[Segment]:
    """The coverage ledger of a law graph, whose every quote is first looked up in the text.

    Raises:
        SourceError: a quote is ambiguous or orphaned, or words of the text belong to no node.
    """
    graph = Graph(bind_namespaces="none")
    for part in law:
        graph += part
    check_quotes(graph, source_texts(order))
    return cover(order.source, order.structure, graph)


def discrepancies(root: Path, order: OrderText) -> Graph:
    """The discrepancies of the text as a graph.

    Raises:
        SourceError: a listed one does not stand where the list says, or a quote is ambiguous or orphaned.
    """
    registry, vocabulary = root / "data" / "registry", _vocabulary(root)
    listed = registry / "discrepancies.toml"
    found = find_discrepancies(order.source, order.structure, order.clauses, order.registry, listed)
    quotes = Quotes(order.registry.source, order.source.raw, order.structure.pieces)
    graph = write_discrepancies(found, quotes, vocabulary, registry / "labels.toml")
    check_quotes(graph, source_texts(order))
    return graph


def source_texts(order: OrderText) -> dict[str, str]:
    """IRI of the source file → its text, as the resolver of quotes wants it."""
    return {f"{BASE}data/source/{order.registry.source}": order.source.raw}


def left_out() -> tuple[Path, ...]:
    """The generated files that cannot be made here, as no reasoner is installed: neither written nor compared."""
    return () if is_installed() else (COVERS,)


def derive_all(root: Path, law: Mapping[str, Graph]) -> dict[Path, Graph]:
    """Everything that follows from a law graph (by file stem) without a reasoner, but for tables: conditions, labels,
    shapes, classes, views.

    Another law graph gives other shapes and other verdicts: nothing here knows the order.
    """
    sources = _sources(root, law)
    ranges = _ranges(sources)
    derived: dict[Path, Graph] = {}
    stores: dict[str, ox.Store] = {}
    for rules in sorted({path.parent for path in (root / "queries" / "build").glob("*/*.rq")}):
        stores[rules.name] = derive(rules, sources)
        derived[Path("data", "compiled", f"{rules.name}.ttl")] = _graph(stores[rules.name], ranges)
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
    sources.extend(in_words(law_facts, names))
    for rules in sorted((root / "queries" / "views").iterdir()):
        suffix = ".jsonld" if _terms(rules).is_file() else ".ttl"
        derived[VIEWS / f"{rules.name}{suffix}"] = _graph(derive(rules, sources), ranges)
    return derived


def _sources(root: Path, law: Mapping[str, Graph]) -> ox.Store:
    """A law graph (by file stem) with what stands beside it: ontology, schemes, readings, shapes of a record."""
    record = read_turtle(root / "shapes" / "person.ttl")
    return _store([_vocabulary(root).graph, _beside(root), record, *law.values()])


def _beside(root: Path) -> Graph:
    """The ontology and the readings."""
    return read_turtle(*sorted((root / "ontology").glob("*.ttl")), root / "data" / "readings.ttl")


def _written(root: Path, path: Path, graph: Graph) -> str:
    """A derived graph in the format that its file name says."""
    if path.suffix == ".jsonld":
        terms = _terms(root / "queries" / "views" / path.stem)
        return to_jsonld(graph, json.loads(terms.read_text(encoding="utf-8")))
    return to_turtle(graph)


def _terms(rules: Path) -> Path:
    """The JSON-LD terms of a view; one that has none is written in Turtle."""
    return rules / "terms.json"


def _store(graphs: Iterable[Graph]) -> ox.Store:
    store = ox.Store()
    for graph in graphs:
        store.load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return store


def _ranges(ontology: ox.Store) -> dict[ox.NamedNode, ox.NamedNode]:
    """property → the XML Schema datatype that the ontology declares for its values."""
    declared = ontology.quads_for_pattern(None, ox.NamedNode(expand("schema:rangeIncludes")), None)
    return {
        quad.subject: quad.object
        for quad in declared
        if isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value.startswith(expand("xsd:"))
    }


def _graph(store: ox.Store, ranges: Mapping[ox.NamedNode, ox.NamedNode]) -> Graph:
    """What a store holds. Oxigraph makes every whole number an xsd:integer: the declared datatype is given back."""
    integer = ox.NamedNode(expand("xsd:integer"))

    def declared(quad: ox.Quad) -> ox.Triple:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype == integer:
            value = ox.Literal(value.value, datatype=ranges.get(quad.predicate, integer))
        return ox.Triple(quad.subject, quad.predicate, value)

    text = ox.serialize((declared(quad) for quad in store), format=ox.RdfFormat.N_TRIPLES)
    assert text is not None, "serialising without an output gives bytes"
    return Graph(bind_namespaces="none").parse(data=text, format="nt")


def _definitions(ontology: Graph) -> dict[str, dict[str, str]]:
    """Term → language → its definition."""
    found: dict[str, dict[str, str]] = {}
    for term, definition in ontology.subject_objects(SKOS.definition):
        if isinstance(definition, Literal) and definition.language:
            found.setdefault(str(term), {})[definition.language] = str(definition)
    return found


def mapping_files(root: Path) -> list[Path]:
    """The Turtle files that map what is Bilik's to what is not."""
    return [*sorted((root / "ontology" / "align").glob("*.ttl")), root / "ontology" / "vocab" / "fields.ttl"]


def hand_written(root: Path) -> list[Path]:
    """The Turtle files written by people: the build puts them into the one format and changes nothing else."""
    folders = [root / "ontology", root / "ontology" / "vocab", root / "ontology" / "align", root / "shapes"]
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
    present = {path.relative_to(root) for folder in GENERATED for path in (root / folder).glob("*.*")}
    # What describes a table is written by hand and stands beside it, as CSVW wants it.
    described = {path.with_name(f"{path.name}-metadata.json") for path in made if path.suffix == ".csv"}
    return different | dict.fromkeys(sorted(present - set(made) - described))


def _vocabulary(root: Path) -> Vocabulary:
    return Vocabulary(read_turtle(*sorted((root / "ontology" / "vocab").glob("*.ttl"))))
