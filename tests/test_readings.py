"""The readings as data: complete in three languages, about words that stand in the order, each with what it affects;
and their variants, each with its update."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, SKOS
from rdflib.term import Literal, Node

from bilik.build import OrderText, read_order
from bilik.evaluate.variants import variants
from bilik.extract.graph import iri
from bilik.namespaces import code
from bilik.turtle import read_turtle
from command_line import bilik

ROOT = Path(__file__).resolve().parents[1]
READINGS = read_turtle(ROOT / "data" / "readings.ttl")
INTERPRETATIONS = sorted(READINGS.subjects(RDF.type, iri("bilik:Interpretation")), key=str)
VARIANTS = sorted(READINGS.subjects(RDF.type, iri("bilik:InterpretationVariant")), key=str)
LANGUAGES = ["en", "kk", "ru"]
TEXTS = ("skos:prefLabel", "skos:definition", "bilik:chosenReading", "bilik:rivalReading", "bilik:reasonForChoice")
LEAST = 40

every_reading = pytest.mark.parametrize("reading", INTERPRETATIONS, ids=lambda node: code(str(node)))


@pytest.fixture(scope="module")
def order() -> OrderText:
    return read_order(ROOT)


@pytest.fixture(scope="module")
def law() -> Graph:
    return read_turtle(*sorted((ROOT / "data" / "order-775").glob("*.ttl")))


def said(node: Node, term: str) -> list[Literal]:
    return [value for value in READINGS.objects(node, iri(term)) if isinstance(value, Literal)]


def test_there_are_readings() -> None:
    assert len(INTERPRETATIONS) >= LEAST
    assert len(VARIANTS) >= 4


@every_reading
def test_a_reading_says_all_that_belongs_to_it(reading: Node) -> None:
    for term in TEXTS:
        assert sorted(str(text.language) for text in said(reading, term)) == LANGUAGES, term
    assert said(reading, "skos:notation") == [Literal(code(str(reading)))]
    (created,) = READINGS.objects(reading, DCTERMS.created)
    assert isinstance(created, Literal)
    assert isinstance(created.toPython(), date)


@every_reading
def test_whoever_approves_a_reading_is_named_with_the_day(reading: Node) -> None:
    """Nobody has so far; a reading that says otherwise says by whom and when."""
    (status,) = READINGS.objects(reading, iri("bilik:approvalStatus"))
    approval = [term for term in ("isApprovedBy", "approvedOn") if (reading, iri(f"bilik:{term}"), None) in READINGS]
    assert approval == {"proposed": [], "approved": ["isApprovedBy", "approvedOn"]}[code(str(status))]


@every_reading
def test_the_wording_stands_in_the_order(reading: Node, order: OrderText) -> None:
    """Word for word but for line breaks, as published or with its slips put right."""
    raw = order.source.raw
    texts = [" ".join(text.split()) for text in (raw, order.source.normalise(0, len(raw)).text)]
    wordings = said(reading, "bilik:interpretedWording")
    assert wordings
    assert [str(wording) for wording in wordings if not any(wording in text for text in texts)] == []


# -- what readings affect --------------------------------------------------------------------------------------------


def clauses_where(law: Graph, *kinds: str) -> set[Node]:
    """The clauses with an alternative that has a condition of each of these kinds."""
    found: set[Node] = set()
    for alternative in law.subjects(RDF.type, iri("bilik:Alternative")):
        conditions = list(law.objects(alternative, iri("bilik:hasCondition")))
        if all(any((node, RDF.type, iri(f"bilik:{kind}Condition")) in law for node in conditions) for kind in kinds):
            found |= set(law.objects(alternative, iri("bilik:isStatedIn")))
    return found


def test_every_reading_affects_a_provision() -> None:
    rows = list(csv.DictReader(StringIO(bilik("query", "readings-and-provisions", "--format", "csv").out, newline="")))
    assert {row["reading"] for row in rows} == {code(str(reading)) for reading in INTERPRETATIONS}


def test_provisions_that_are_stated_are_those_where_the_reading_can_matter(law: Graph) -> None:
    stated = {
        code(str(reading)): set(READINGS.objects(reading, iri("bilik:affectsProvision"))) for reading in INTERPRETATIONS
    }
    categories = {
        clause
        for grade in law.subjects(iri("bilik:hasCategory"))
        for clause in law.objects(grade, iri("bilik:isStatedIn"))
    }
    educations = clauses_where(law, "Education")
    assert len(educations) == 18
    assert {reading: clauses for reading, clauses in stated.items() if clauses} == {
        "before-diploma": clauses_where(law, "Education", "Experience"),
        "recognition": educations,
        "undated-counts": educations | clauses_where(law, "Training"),
        "category-conferred": categories,
        "scope-of-posts": {iri("law:order-775")},
    }


def test_what_the_law_says_of_a_reading_is_not_stated_again(law: Graph) -> None:
    named = set(law.objects(None, iri("bilik:dependsOnInterpretation")))
    assert not named & set(READINGS.subjects(iri("bilik:affectsProvision")))


def test_conditions_hang_on_a_fortiori_where_there_is_a_higher_level(law: Graph) -> None:
    """Not where the highest level is named, nor where only general secondary education is."""
    conditions = set(law.subjects(RDF.type, iri("bilik:EducationCondition")))
    hanging = set(law.subjects(iri("bilik:dependsOnInterpretation"), iri("reading:a-fortiori")))
    levels = {node: {code(str(level)) for level in law.objects(node, iri("bilik:acceptsEducationLevel"))}
              for node in conditions}  # fmt: skip
    assert hanging == {
        node for node in conditions if "postgraduate" not in levels[node] and levels[node] != {"general-secondary"}
    }
    assert 0 < len(hanging) < len(conditions)


# -- variants --------------------------------------------------------------------------------------------------------


def test_every_variant_is_described_and_has_its_update() -> None:
    described = {
        code(str(variant)): code(str(reading)) for reading, variant in READINGS.subject_objects(iri("bilik:hasVariant"))
    }
    assert set(described) == {code(str(variant)) for variant in VARIANTS}
    assert described == {variant.code: variant.reading for variant in variants()}


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda node: code(str(node)))
def test_a_variant_says_all_that_belongs_to_it(variant: Node) -> None:
    for term in ("skos:prefLabel", "skos:definition"):
        assert sorted(str(text.language) for text in said(variant, term)) == LANGUAGES, term
    assert said(variant, "skos:notation") == [Literal(code(str(variant)))]
    assert READINGS.value(variant, SKOS.inScheme) is not None
    (reading,) = READINGS.subjects(iri("bilik:hasVariant"), variant)
    for term in ("skos:prefLabel", "skos:definition"):
        assert not set(said(variant, term)) & set(said(reading, term)), "a variant says something else"
