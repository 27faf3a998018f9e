"""The shapes of a person's record (``shapes/person.ttl``) and the SPARQL checks that read them.

A shape is tested by a small record that violates it and nothing else, ``record/<finding code>.ttl``; pySHACL
and the checks, on Oxigraph and on RDFLib, must report the same findings for it. A finding is compared as the
quadruple of shape, focus node, path and value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import pyoxigraph
import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ROOT: Final = Path(__file__).resolve().parents[1]
SHAPES: Final = ROOT / "shapes" / "person.ttl"
LAW: Final = [
    ROOT / "ontology" / "core.ttl",
    *sorted((ROOT / "ontology" / "vocab").glob("*.ttl")),
    *sorted((ROOT / "data" / "order-775").glob("*.ttl")),
]
CHECKS: Final = sorted((ROOT / "queries" / "checks" / "record").glob("*.rq"))
RECORDS: Final = sorted((ROOT / "tests" / "record").glob("*.ttl"))
VALID: Final = sorted((ROOT / "tests" / "record" / "valid").glob("*.ttl"))
PEOPLE: Final = [
    *sorted((ROOT / "data/people").glob("*.ttl")),
    *sorted((ROOT / "data/people").glob("*.jsonld")),
]

BILIK: Final = Namespace("https://w3id.org/bilik/def#")
BSH: Final = Namespace("https://w3id.org/bilik/shape#")

#: What a constraint's shape says beside its one constraint parameter.
ABOUT_THE_SHAPE: Final = {
    RDF.type, RDFS.label, RDFS.isDefinedBy, SH.path, SH.severity, SH.message,
    SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf,
}  # fmt: skip


#: Texts typed xsd:date that are a day of the years 0001 to 9999 (a time zone is allowed), and that are not.
DAYS: Final = (
    "2021-02-28", "2020-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2021-02-28Z", "2021-02-28-14:00",
    "2021-02-28+13:59",
)  # fmt: skip
NOT_DAYS: Final = (
    "2021-02-29", "2021-02-30", "1900-02-29", "2100-02-29", "2021-04-31", "2021-06-31", "2021-09-31",
    "2021-11-31", "2021-01-32", "2021-01-00", "2021-00-10", "2021-13-01", "0000-01-01", "-0001-01-01",
    "12021-01-01", "+2021-01-01", "2021-02-28T00:00:00", "2021-02-28+14:01", "2021-02-28+5", "20210228",
    "2021-2-8", "2021-02", "2021", "2021-W05-1", "28.02.2021", "soon", "", "2021-02-28 ",
)  # fmt: skip


class Finding(NamedTuple):
    """One violation; the value is ``None`` where the shape looks at all values of a node together."""

    code: str
    focus: str
    path: str
    value: str | None


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


@pytest.fixture(scope="module")
def constraints(shapes: Graph) -> dict[str, URIRef]:
    """Finding code → the shape that reports it."""
    entries = set(shapes.subjects(SH.targetClass, None))
    found = {shape for entry in entries for shape in shapes.objects(entry, SH.property)}
    found |= set(shapes.subjects(BSH.hasTermsOf, None))
    assert all(isinstance(shape, URIRef) for shape in found), "every constraint has a name"
    return {str(shape).removeprefix(BSH): URIRef(str(shape)) for shape in found}


def rdf_format(path: Path) -> pyoxigraph.RdfFormat:
    return pyoxigraph.RdfFormat.JSON_LD if path.suffix == ".jsonld" else pyoxigraph.RdfFormat.TURTLE


def read(paths: Iterable[Path]) -> Graph:
    """The triples of the files, literals as written: RDFLib otherwise mends some that are wrong.

    The setting is made here, for each reading, since pySHACL sets it back whenever it has run.
    """
    graph = Graph()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        for path in paths:
            triples = pyoxigraph.parse(path=str(path), format=rdf_format(path))
            lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
            graph.parse(data=lines, format="nt")
    return graph


def store_of(paths: Iterable[Path]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for path in paths:
        store.bulk_load(path=str(path), format=rdf_format(path))
    return store


def store_with(record: Graph) -> pyoxigraph.Store:
    """The record together with the shapes."""
    store = store_of([SHAPES])
    store.load(input=record.serialize(format="nt"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def by_pyshacl(record: Graph, shapes: Graph) -> set[Finding]:
    _, report, text = pyshacl.validate(record, shacl_graph=shapes, inference="none", meta_shacl=False)
    assert isinstance(report, Graph), text

    def finding(result: Node) -> Finding:
        path = report.value(result, SH.resultPath)
        if isinstance(path, BNode):
            path = report.value(path, SH.inversePath)
        value = report.value(result, SH.value)
        return Finding(
            str(report.value(result, SH.sourceShape)).removeprefix(BSH),
            str(report.value(result, SH.focusNode)),
            str(path),
            None if value is None else str(value),
        )

    return {finding(result) for result in report.objects(None, SH.result)}


def by_rdflib(record: Graph, shapes: Graph) -> set[Finding]:
    graph = record + shapes
    found = set()
    for check in CHECKS:
        for row in graph.query(check.read_text(encoding="utf-8")):
            assert isinstance(row, rdflib.query.ResultRow)
            shape, focus, path, value = row
            code = str(shape).removeprefix(BSH)
            found.add(Finding(code, str(focus), str(path), None if value is None else str(value)))
    return found


def by_oxigraph(store: pyoxigraph.Store) -> set[Finding]:
    found = set()
    for check in CHECKS:
        solutions = store.query(check.read_text(encoding="utf-8"))
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        assert [variable.value for variable in solutions.variables] == ["shape", "focus", "path", "value"]
        for row in solutions:
            shape, focus, path, value = (
                None if term is None else term.value
                for term in (row["shape"], row["focus"], row["path"], row["value"])
            )
            assert shape is not None
            assert focus is not None
            assert path is not None
            found.add(Finding(shape.removeprefix(BSH), focus, path, value))
    return found


class Reports(NamedTuple):
    """The findings of the three engines about the same records."""

    pyshacl: set[Finding]
    rdflib: set[Finding]
    oxigraph: set[Finding]


@pytest.fixture(scope="module")
def law() -> Graph:
    assert len(LAW) > 10, "the vocabulary and the law graph are there"
    return read(LAW)


def report_on(paths: list[Path], law: Graph, shapes: Graph) -> Reports:
    assert paths
    assert CHECKS
    record = law + read(paths)
    return Reports(
        by_pyshacl(record, shapes),
        by_rdflib(record, shapes),
        by_oxigraph(store_of([*LAW, SHAPES, *paths])),
    )


@pytest.fixture(scope="module")
def reports(law: Graph, shapes: Graph) -> Reports:
    """All the violating records at once; their nodes are named after their files."""
    return report_on(RECORDS, law, shapes)


def test_every_constraint_has_a_violating_record(constraints: dict[str, URIRef]) -> None:
    assert {path.stem for path in RECORDS} == set(constraints)


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_violating_record_gives_its_finding_and_no_other(record: Path, reports: Reports) -> None:
    base = f"https://example.org/record/{record.stem}#"
    findings = [{found for found in report if found.focus.startswith(base)} for report in reports]
    assert findings[0] == findings[1] == findings[2]
    assert [found.code for found in findings[0]] == [record.stem]


def test_findings_belong_to_the_violating_records(reports: Reports) -> None:
    assert reports.pyshacl == reports.rdflib == reports.oxigraph
    assert len(reports.pyshacl) == len(RECORDS)


@pytest.mark.parametrize("paths", [VALID, PEOPLE], ids=["valid", "people"])
def test_good_records_give_no_finding(paths: list[Path], law: Graph, shapes: Graph) -> None:
    assert report_on(paths, law, shapes) == Reports(set(), set(), set())
    read_in = read(paths)
    for link in (BILIK.hasCredential, BILIK.hasTraining, BILIK.hasEmployment):
        assert set(read_in.objects(None, link)), f"the records have a {link}"


def test_dates(shapes: Graph) -> None:
    """A good date beside a bad one must not keep an engine from reporting the bad one."""
    record = read([ROOT / "ontology" / "core.ttl"])
    for text in [*DAYS, *NOT_DAYS]:
        for kind, start, end in (("starts", text, "9999-12-31"), ("ends", "0001-01-01", text)):
            job = URIRef(f"https://example.org/{quote(text)}/{kind}")
            record.add((URIRef("https://example.org/person"), BILIK.hasEmployment, job))
            record.add((job, BILIK.startedOn, Literal(start, datatype=XSD.date, normalize=False)))
            record.add((job, BILIK.endedOn, Literal(end, datatype=XSD.date, normalize=False)))
    expected = {
        (f"https://example.org/{quote(text)}/{kind}s", kind) for text in NOT_DAYS for kind in ("start", "end")
    }
    checks = by_oxigraph(store_with(record))
    assert by_rdflib(record, shapes) == checks
    for findings in (checks, by_pyshacl(record, shapes)):
        dates = {row for row in findings if re.search("-is-(a-date|year-month-day)$", row.code)}
        assert {(row.focus, row.code.split("-")[1]) for row in dates} == expected


def test_untyped_and_subclass_nodes_are_checked(shapes: Graph) -> None:
    record = Graph().parse(
        data="""
        @prefix : <https://example.org/> .
        @prefix bilik: <https://w3id.org/bilik/def#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :untyped bilik:hasCredential :paper ; bilik:hasCredentials :slip .
        :paper bilik:hasEducationLevel "higher" .
        :Post rdfs:subClassOf bilik:Employment .
        :orphan a :Post .
        """,
        format="turtle",
    )
    found = by_oxigraph(store_with(record))
    assert {(row.code, row.focus.rpartition("/")[2]) for row in found} >= {
        ("person-term-is-known", "untyped"),
        ("credential-level-is-known", "paper"),
        ("employment-has-a-person", "orphan"),
    }
    assert by_rdflib(record, shapes) == by_pyshacl(record, shapes) == found


def test_every_constraint_explains_itself(shapes: Graph, constraints: dict[str, URIRef]) -> None:
    for code, shape in constraints.items():
        assert shapes.value(shape, SH.severity) == SH.Violation, code
        for told in (SH.message, RDFS.label):
            texts = [text for text in shapes.objects(shape, told) if isinstance(text, Literal)]
            assert sorted(str(text.language) for text in texts) == ["en", "kk", "ru"], (code, told)


def test_every_constraint_has_one_parameter_and_every_parameter_its_check(
    shapes: Graph, constraints: dict[str, URIRef]
) -> None:
    """One file per constraint component, named after its parameter (sh:or is read by class.rq)."""
    checked = set()
    for code, shape in constraints.items():
        parameters = set(shapes.predicates(shape, None)) - ABOUT_THE_SHAPE
        assert len(parameters) == 1, code
        name = re.split("[#/]", str(parameters.pop()))[-1]
        checked.add("class" if name == "or" else re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower())
    assert {check.stem for check in CHECKS} == checked


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_every_check_states_problem_and_remedy(check: Path) -> None:
    header = [line for line in check.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    assert header[0].startswith("# Problem: ")
    assert any(line.startswith("# Remedy: ") for line in header)
