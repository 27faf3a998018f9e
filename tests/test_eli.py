"""The law in the terms of ELI: every term is one of ELI's and is used as its domain and range have it, and what is said
is what the law graph says, no more."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, RDFS, XSD, Namespace
from rdflib.term import Literal, Node, URIRef

from bilik import build
from bilik.extract.graph import iri
from bilik.turtle import read_turtle

ROOT: Final = Path(__file__).resolve().parents[1]
ELI: Final = Namespace("http://data.europa.eu/eli/ontology#")
TERMS: Final = Path(__file__).parent / "eli" / "terms.tsv"
"""ELI's own names with their domains and ranges, as its publisher's files have them."""

VERIFIED: Final = ROOT / "ontology" / "align" / "verified-iris.tsv"
"""Of which kind each is, and where that was seen."""


@cache
def terms() -> dict[str, dict[str, str]]:
    """Local name → what ELI says of it."""
    with VERIFIED.open(encoding="utf-8", newline="") as file:
        kinds = {row["iri"]: row["kind"] for row in csv.DictReader(file, delimiter="\t")}
    with TERMS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {row["term"]: row | {"kind": kinds[f"{ELI}{row['term']}"]} for row in rows}


@cache
def view() -> Graph:
    return read_turtle(ROOT / build.VIEWS / "eli.ttl")


@cache
def law() -> Graph:
    return read_turtle(*(ROOT / "data" / "order-775").glob("*.ttl"))


def classes_of(graph: Graph, node: Node) -> set[str]:
    """The local names of the node's classes and of the classes above them."""
    found, new = set[str](), {str(cls).removeprefix(ELI) for cls in graph.objects(node, RDF.type)}
    while new:
        found |= new
        new = {above for name in new if name in terms() for above in terms()[name]["broader"].split()} - found
    return found


def misused(graph: Graph) -> set[tuple[Node, str]]:
    """(subject, property) of every statement that does not fit the property's domain or range."""
    found: set[tuple[Node, str]] = set()
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            continue
        term = terms()[str(predicate).removeprefix(ELI)]
        if term["domain"] != "Thing" and term["domain"] not in classes_of(graph, subject):
            found.add((subject, term["term"]))
        if term["kind"] == "datatype property":
            datatype = XSD.date if term["range"] == "date" else XSD.string
            fits = isinstance(value, Literal) and (value.datatype or XSD.string) in (datatype, RDF.langString)
        else:
            # Concepts and languages are described elsewhere; what is described here is of the class.
            described = (value, RDF.type, None) in graph
            fits = isinstance(value, URIRef) and (
                not described or term["range"] in ("Thing", *classes_of(graph, value))
            )
        if not fits:
            found.add((subject, term["term"]))
    return found


def test_every_term_is_eli_s_and_every_term_listed_is_used() -> None:
    used = {str(node).removeprefix(ELI) for triple in view() for node in triple if str(node).startswith(ELI)}
    assert used == set(terms())


def test_every_term_is_used_as_eli_has_it() -> None:
    assert misused(view()) == set()


@pytest.mark.parametrize(
    ("subject", "term", "value"),
    [
        (iri("law:order-775"), "language", URIRef("http://publications.europa.eu/resource/authority/language/KAZ")),
        (iri("law:order-775"), "realizes", iri("law:order-775-version-2021-02-04")),
        (iri("law:order-775"), "date_document", Literal("2016-09-01")),
        (
            iri("law:order-775-version-2021-02-04"),
            "realizes",
            URIRef("https://w3id.org/bilik/data/source/order-775.kk.txt"),
        ),
    ],
)
def test_a_misuse_is_found(subject: URIRef, term: str, value: Node) -> None:
    graph = view() + Graph()
    graph.add((subject, ELI[term], value))
    assert misused(graph) == {(subject, term)}


def pairs(term: str) -> set[tuple[Node, Node]]:
    return set(view().subject_objects(ELI[term]))


def test_the_view_says_of_the_law_what_the_mappings_say() -> None:
    """Whatever a mapping makes of a class or a property, the view has it of each of its members and statements."""
    mapped = read_turtle(ROOT / "ontology" / "align" / "eli-prov-oa.ttl")
    found: Counter[Node] = Counter()
    for term, foreign in mapped.subject_objects(RDFS.subClassOf):
        if isinstance(term, URIRef) and str(foreign).startswith(ELI):
            for member in law().subjects(RDF.type, term):
                found[term] += 1
                assert str(foreign).removeprefix(ELI) in classes_of(view(), member), member
    for term, foreign in mapped.subject_objects(RDFS.subPropertyOf):
        if str(foreign).startswith(ELI):
            for subject, value in law().subject_objects(term):
                found[term] += 1
                assert (subject, foreign, value) in view()
    mapped_terms = {"Provision", "ActVersion", "isAmendedBy", "isVersionOf", "repeals"}
    assert set(found) == {iri(f"bilik:{term}") for term in mapped_terms}


def test_acts_and_parts_are_those_of_the_law_graph() -> None:
    acts, parts = (set(law().subjects(RDF.type, iri(f"bilik:{cls}"))) for cls in ("LegalAct", "Provision"))
    assert set(view().subjects(RDF.type, ELI.LegalResource)) == acts
    assert set(view().subjects(RDF.type, ELI.LegalResourceSubdivision)) == parts
    assert len(acts) == 3
    within = {(part, whole) for part, whole in law().subject_objects(DCTERMS.isPartOf) if part in parts}
    assert pairs("is_part_of") == within
    assert {(part, whole) for whole, part in pairs("has_part")} == within
    assert {part for part, _ in pairs("type_subdivision")} == parts
    assert {act for act, _ in pairs("type_document")} == acts


def test_what_was_re_worded_is_amended_and_what_was_added_amends_the_order() -> None:
    reworded, added = (
        {(part, act) for part, act in law().subject_objects(iri(f"bilik:{term}"))}
        for term in ("isAmendedBy", "isAddedBy")
    )
    assert len(reworded) == 17
    assert len(added) == 2
    order, amending = iri("law:order-775"), iri("law:order-27-2021")
    assert pairs("amended_by") == reworded | {(order, amending)}
    assert {(amended, act) for act, amended in pairs("amends")} == pairs("amended_by")
    assert pairs("repeals") == {(order, iri("law:order-378-2012"))}
    assert {(act, repealed) for repealed, act in pairs("repealed_by")} == pairs("repeals")


def test_there_is_one_kazakh_expression_for_each_version_and_a_file_for_the_present_one() -> None:
    first, present = iri("law:order-775-version-2016-09-01"), iri("law:order-775-version-2021-02-04")
    assert set(view().subjects(RDF.type, ELI.LegalExpression)) == {first, present}
    assert pairs("realizes") == {(version, iri("law:order-775")) for version in (first, present)}
    kazakh = URIRef("http://publications.europa.eu/resource/authority/language/KAZ")
    assert pairs("language") == {(version, kazakh) for version in (first, present)}
    file = URIRef("https://w3id.org/bilik/data/source/order-775.kk.txt")
    assert pairs("is_embodied_by") == {(present, file)}
    assert pairs("consolidates") == {(present, first), (present, iri("law:order-27-2021"))}
    (title,) = {str(title) for _, title in pairs("title")}
    assert title.endswith("бекіту туралы")


def test_no_date_is_invented() -> None:
    """The text gives no day on which an act came into force or a version was valid, and one day of publication."""
    assert not {"first_date_entry_in_force", "date_applicability", "version_date"} & set(terms())
    assert {(str(act).rpartition("/")[2], str(day)) for act, day in pairs("date_publication")} == {
        ("order-378-2012", "2013-01-23")
    }
