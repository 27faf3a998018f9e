"""The quality gates: the shapes and checks that the ontology and the law graph have to pass, as data to run.

A gate is a shape with a message in ``shapes/<subject>.ttl`` or a query in ``queries/checks/<subject>``. Its name is the
local name of the shape (``bsh:every-grade-has-one-requirement``) or the stem of the file; by the same name
``shapes/exemptions.ttl`` says what need not pass it. An exemption of a class holds for its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, RDFS, SH
from rdflib.term import Literal, Node, URIRef

from bilik.engine import rule_files, select
from bilik.namespaces import BASE, PREFIXES, code, expand
from bilik.turtle import read_turtle

ROOT: Final = Path(__file__).resolve().parents[1]
SUBJECTS: Final = ("law", "ontology")

_EXEMPT: Final = URIRef(expand("bsh:isExemptFrom"))
_PUBLISHED: Final = "data/manifest.ttl"
_GRAPH: Final = ("ontology/*.ttl", "ontology/vocab/*.ttl", "data/order-*/*.ttl", "data/readings.ttl", _PUBLISHED)
_USING: Final = ("data/**/*.ttl", "ontology/vocab/*.ttl", "ontology/derived/*.ttl", "shapes/**/*.ttl")
_OWN_NAME: Final = re.compile(
    "(?<![\\w:-])(" + "|".join(prefix for prefix, iri in PREFIXES.items() if iri.startswith(BASE)) + r"):([\w-]+)"
)


class Finding(NamedTuple):
    """What a gate reports.

    Attributes:
        about: the constraint component of a shape (``MinCount``), or the path that a check gives.
    """

    gate: str
    focus: str
    about: str


@cache
def shapes() -> Graph:
    """The shapes of both subjects, with the lists of values that they share with the shapes of a record."""
    return read_turtle(*(ROOT / "shapes" / f"{name}.ttl" for name in (*SUBJECTS, "person")))


@cache
def exemptions() -> Graph:
    """What need not pass which gate, and why."""
    return read_turtle(ROOT / "shapes" / "exemptions.ttl")


def shapes_of(subject: str) -> dict[str, URIRef]:
    """Gate → shape, of the gates of a subject that are shapes."""
    of_subject = URIRef(expand("bsh:").removesuffix("#") + f"/{subject}")
    gates = set(shapes().subjects(RDFS.isDefinedBy, of_subject)) & set(shapes().subjects(SH.message))
    assert gates, subject
    return {code(gate): URIRef(gate) for gate in sorted(map(str, gates))}


def checks_of(subject: str) -> dict[str, Path]:
    """Gate → query, of the gates of a subject that are checks."""
    checks = rule_files(ROOT / "queries" / "checks" / subject)
    assert checks, subject
    return {check.stem: check for check in checks}


def files(*patterns: str) -> list[Path]:
    """The files of the tree that match."""
    found = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    assert found, patterns
    return found


@cache
def everything() -> Graph:
    """The ontology, the schemes, the law graph, the readings, what was published, and who uses which name."""
    return read_turtle(*files(*_GRAPH)) + uses()


def uses() -> Graph:
    """file ``dcterms:references`` name, for the names of this project that data, shapes and queries use.

    To describe a name is not to use it, nor is it one that the ontology says which classes a property is for.
    """
    graph = Graph(bind_namespaces="none")
    queries = {path: _names_in(path.read_text(encoding="utf-8")) for path in files("queries/**/*.rq")}
    data = {path: _names_of(path) for path in files(*_USING) if path != ROOT / _PUBLISHED}
    for path, names in (queries | data).items():
        for name in names:
            graph.add((URIRef(f"{BASE}file/{path.relative_to(ROOT).as_posix()}"), DCTERMS.references, name))
    return graph


def _names_in(sparql: str) -> Iterator[URIRef]:
    lines = (re.split(r"(?:^|\s)#", line)[0] for line in sparql.splitlines() if not line.startswith("PREFIX"))
    for line in lines:
        yield from (URIRef(PREFIXES[prefix] + local) for prefix, local in _OWN_NAME.findall(line))


def _names_of(path: Path) -> Iterator[URIRef]:
    for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        for term in (triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(BASE):
                yield URIRef(term.value)


# -- running -------------------------------------------------------------------------------------------------------


def by_shapes(graph: Graph, subjects: Iterable[str] = SUBJECTS) -> set[Finding]:
    """What the shapes of the subjects report about a graph."""
    gates = {gate for subject in subjects for gate in shapes_of(subject).values()}
    _, report, text = pyshacl.validate(graph, shacl_graph=shapes(), inference="none", advanced=False)
    assert isinstance(report, Graph), text
    found = set()
    for result in report.objects(None, SH.result):
        terms = (SH.sourceShape, SH.focusNode, SH.sourceConstraintComponent)
        gate, focus, about = (report.value(result, term) for term in terms)
        if gate in gates:
            found.add(Finding(code(str(gate)), str(focus), code(str(about)).removesuffix("ConstraintComponent")))
    return found


def by_checks(graph: Graph, subjects: Iterable[str] = SUBJECTS) -> set[Finding]:
    """What the checks of the subjects report about a graph, on Oxigraph."""
    store = store_of(graph)
    checks = {gate: check for subject in subjects for gate, check in checks_of(subject).items()}
    return {Finding(gate, row["focus"], row["path"]) for gate, check in checks.items() for row in select(store, check)}


def store_of(graph: Graph) -> ox.Store:
    """The graph in Oxigraph."""
    store = ox.Store()
    store.bulk_load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return store


def rows_by_rdflib(graph: Graph, check: Path) -> list[tuple[str | None, ...]]:
    """The rows of a check on RDFLib, terms as text."""
    found: list[tuple[str | None, ...]] = []
    for row in graph.query(check.read_text(encoding="utf-8")):
        assert isinstance(row, rdflib.query.ResultRow)
        found.append(tuple(None if term is None else str(term) for term in row))
    return found


def rows_by_oxigraph(graph: Graph, check: Path) -> list[tuple[str | None, ...]]:
    """The rows of a check on Oxigraph, terms as text."""
    return [(row.get("focus"), row.get("path"), row.get("value")) for row in select(store_of(graph), check)]


def exempting(finding: Finding, graph: Graph) -> set[tuple[Node, str]]:
    """The exemptions (of what, from which gate) that excuse a finding."""
    focus, gate = URIRef(finding.focus), URIRef(expand(f"bsh:{finding.gate}"))
    candidates = {focus, *graph.objects(focus, RDF.type)}
    return {(node, finding.gate) for node in candidates if (node, _EXEMPT, gate) in exemptions()}


def granted() -> set[tuple[Node, str]]:
    """Every exemption: of what, from which gate."""
    return {(node, code(str(gate))) for node, gate in exemptions().subject_objects(_EXEMPT)}


def refused(findings: Iterable[Finding], graph: Graph) -> list[Finding]:
    """The findings that no exemption excuses, in order."""
    return sorted(finding for finding in findings if not exempting(finding, graph))


def focus_nodes(shape: URIRef, graph: Graph) -> set[Node]:
    """What a shape looks at in a graph; a target class has the members of its subclasses too."""
    found: set[Node] = set()
    for target in shapes().objects(shape, SH.targetClass):
        for cls in graph.transitive_subjects(RDFS.subClassOf, target):
            found |= set(graph.subjects(RDF.type, cls))
    for link in shapes().objects(shape, SH.targetSubjectsOf):
        found |= set(graph.subjects(URIRef(str(link))))
    for link in shapes().objects(shape, SH.targetObjectsOf):
        found |= set(graph.objects(None, URIRef(str(link))))
    return found


# -- fixtures ------------------------------------------------------------------------------------------------------


@cache
def valid(subject: str) -> Graph:
    """A small graph, all made up, that passes every gate of a subject."""
    return read_turtle(ROOT / "tests" / "gates" / subject / "valid" / "graph.ttl")


def fixtures() -> list[tuple[str, str]]:
    """(subject, gate) of every fixture."""
    found = [(s, path.stem) for s in SUBJECTS for path in sorted((ROOT / "tests" / "gates" / s).glob("*.ttl"))]
    assert found
    return found


def broken(subject: str, gate: str) -> Graph:
    """The valid graph with a fixture's changes.

    What a fixture says of a node under a property stands in place of what the valid graph says there; ``rdf:nil``
    stands for nothing.
    """
    changes = read_turtle(ROOT / "tests" / "gates" / subject / f"{gate}.ttl")
    graph = valid(subject) + Graph()
    for node, term in set(changes.subject_predicates()):
        graph.remove((node, term, None))
    for triple in changes:
        if triple[2] != RDF.nil:
            graph.add(triple)
    return graph


def components(shape: URIRef) -> set[str]:
    """The constraints of a shape, as findings name them."""
    silent = {SH.path, SH.severity, SH.message, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
    terms = {term for term in shapes().predicates(shape) if str(term).startswith(str(SH))} - silent
    names = {code(str(term)) for term in terms} - {"qualifiedValueShape"}
    return {name[0].upper() + name[1:] for name in names}


def languages(node: Node, term: URIRef, graph: Graph) -> list[str | None]:
    """The languages of a node's texts, in order."""
    return sorted((text.language for text in graph.objects(node, term) if isinstance(text, Literal)), key=str)

