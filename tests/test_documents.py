"""Which document describes an IRI: everything that was ever published is in one, and each can be read alone."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from bilik.build import MANIFEST
from bilik.engine import load, read_statements
from bilik.namespaces import BASE, PREFIXES, expand
from bilik.publish.documents import Address, Documents, described_files, document_of, documents, pages
from bilik.turtle import read_turtle
from command_line import ROOT

PUBLISHED = sorted(str(name) for name in read_turtle(ROOT / MANIFEST).objects(predicate=None, subject=None))
NAMES = [name for name in PUBLISHED if name.startswith(BASE)]


@pytest.mark.parametrize(
    ("curie", "path", "fragment"),
    [
        ("position:translator", "id/position/translator", None),
        ("position:engineering-technical", "id/position/engineering-technical", None),
        ("grade:translator", "id/grade/translator", None),
        ("requirement:translator", "id/grade/translator", "requirement-translator"),
        ("condition:engineer-high-first-1-education", "id/grade/engineer-high-first", None),
        ("duty:translator-01", "id/position/translator", "duty-translator-01"),
        ("knowledge:translator-01", "id/position/translator", "knowledge-translator-01"),
        ("law:order-775-cl-14", "id/law/order-775-cl-14", None),
        ("reading:or-scope", "voc/reading/or-scope", None),
        ("reading:or-scope=stand-alone", "voc/reading/or-scope", "stand-alone"),
        ("tier:high", "voc/tier", "high"),
        ("isced-f:0411", "voc/isced-f", "isced-f-0411"),
        ("bilik:Grade", "def", "Grade"),
        ("calc:holds", "calc", "holds"),
        ("class:translator", "class", "translator"),
        ("bsh:translator", "shape", "translator"),
        ("query:acts", "query/acts", None),
        ("discrepancy:amendment-undated", "id/discrepancy", "amendment-undated"),
    ],
)
def test_a_document_describes_what_it_should(curie: str, path: str, fragment: str | None) -> None:
    address = document_of(expand(curie))
    assert address is not None
    assert address.path == path
    if fragment:
        assert address.fragment == fragment


@pytest.mark.parametrize("iri", [f"{BASE}def/law", f"{BASE}query/prefix#law", f"{BASE}voc/tier"])
def test_an_ontology_a_prefix_and_a_scheme_are_in_a_document(iri: str) -> None:
    assert document_of(iri) is not None


@pytest.mark.parametrize(
    "iri", [f"{BASE}id/grade/nobody", f"{BASE}def#nothing", f"{BASE}nowhere", "https://example.org/x"]
)
def test_what_is_not_described_is_in_no_document(iri: str) -> None:
    assert document_of(iri) is None


def test_an_advancement_is_told_with_the_grade_that_it_leads_to() -> None:
    store = ox.Store()
    load(store, ROOT / "data" / "compiled" / "career.ttl")
    leads = {q.subject: q.object for q in store.quads_for_pattern(None, ox.NamedNode(expand("bilik:advancesTo")), None)}
    assert leads
    for advancement, grade in leads.items():
        assert isinstance(advancement, ox.NamedNode)
        assert isinstance(grade, ox.NamedNode)
        address = document_of(advancement.value)
        assert address is not None
        assert BASE + address.path == grade.value


def test_every_published_name_is_in_a_document() -> None:
    assert NAMES
    assert [name for name in NAMES if document_of(name) is None] == []


def test_a_grade_a_position_a_provision_a_reading_and_a_question_have_a_document_of_their_own() -> None:
    folders = ("grade", "position", "law", "reading")
    own = [name for name in NAMES for prefix in folders if re.fullmatch(re.escape(PREFIXES[prefix]) + "[^/=]+", name)]
    assert len(own) > len(folders)
    assert [name for name in own if document_of(name) != Address(name.removeprefix(BASE))] == []
    questions = {path.stem for name in ("competency", "reports") for path in (ROOT / "queries" / name).glob("*.rq")}
    assert {document.path.removeprefix("query/") for document in documents().of_kind("question")} == questions


def test_no_two_things_have_the_same_address_and_every_fragment_is_an_id() -> None:
    seen: dict[Address, str] = {}
    for document in documents().all:
        for thing in documents().things(document):
            address = document_of(thing)
            assert address is not None
            assert address not in seen, (seen.get(address), thing)
            assert address.path == document.path
            assert re.fullmatch(r"[\w.-]+", address.fragment or "document", re.ASCII)
            seen[address] = thing


def test_an_address_has_pages_and_data() -> None:
    address = Address("voc/tier", "high")
    assert pages(address) == {language: f"{language}/voc/tier.html#high" for language in ("kk", "ru", "en")}
    assert address.data("ttl") == "voc/tier.ttl"
    assert Address("def").page("kk") == "kk/def.html"


def test_documents_are_in_the_order_of_the_law() -> None:
    paths = [document.path for document in documents().of_kind("position")]
    assert (paths[0], paths[-1]) == ("id/position/translator", "id/position/economist")


def test_a_description_is_all_that_is_said_with_quotes_and_names() -> None:
    """Of a grade: its requirement down to the words of the order, and what the names it refers to are called."""
    grade = documents().document("id/grade/accountant-high-first")
    told = documents().describe(grade)
    subjects = {triple.subject for triple in told}
    for name in ("grade:accountant-high-first", "condition:accountant-high-first-1-education"):
        assert ox.NamedNode(expand(name)) in subjects
    exact = ox.NamedNode(expand("oa:exact"))
    assert any(triple.predicate == exact for triple in told)
    tier = {triple.predicate.value for triple in told if triple.subject == ox.NamedNode(expand("tier:high"))}
    assert tier == {expand("skos:prefLabel")}


def test_every_statement_of_a_name_is_in_its_document() -> None:
    statements = list(read_statements(described_files()))
    own = Documents(statements)
    told = set().union(*(own.describe(document) for document in own.all))
    left = [
        triple
        for triple in statements
        if isinstance(triple.subject, ox.NamedNode) and own.of(triple.subject.value) and triple not in told
    ]
    assert told
    assert left == []


def test_no_blank_node_of_a_description_is_left_hanging() -> None:
    for document in documents().all:
        told = documents().describe(document)
        mentioned = {triple.object for triple in told if isinstance(triple.object, ox.BlankNode)}
        assert mentioned <= {triple.subject for triple in told}
