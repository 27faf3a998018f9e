"""The committed law graph: its individuals and names, the quotes they cite, their readings and labels."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS, Namespace
from rdflib.term import BNode, Literal, Node, URIRef

from bilik.extract.graph import iri
from bilik.namespaces import BASE, code
from bilik.turtle import read_turtle

ROOT: Final = Path(__file__).resolve().parents[1]
RAW: Final = (ROOT / "data" / "source" / "order-775.kk.txt").read_bytes().decode("utf-8")
LAW_FILES: Final = sorted(p for p in (ROOT / "data" / "order-775").glob("*.ttl") if p.stem != "discrepancies")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
LANGUAGES: Final = {"kk", "ru", "en"}

POSITIONS: Final = (
    "translator", "technician", "engineer", "accountant", "lawyer", "legal-consultant", "laboratory-assistant",
    "hr-inspector", "hr-specialist", "mechanic", "psychologist", "sociologist", "economist",
)  # fmt: skip
CATEGORIES: Final = ("highest", "first", "second")
GRADES: Final = (
    "translator",
    *(f"technician-mid-{category}" for category in (*CATEGORIES, "none")),
    "engineer",
    *(f"engineer-{tier}-{category}" for tier in ("high", "mid") for category in CATEGORIES),
    "accountant-high",
    "accountant-mid",
    *(f"accountant-{tier}-{category}" for tier in ("high", "mid") for category in CATEGORIES),
    "lawyer",
    "legal-consultant",
    "laboratory-assistant",
    *(f"laboratory-assistant-{tier}-{category}" for tier in ("high", "mid") for category in CATEGORIES),
    "hr-inspector",
    "hr-specialist",
    "mechanic",
    *(f"mechanic-{tier}-{category}" for tier in ("high", "mid") for category in CATEGORIES),
    *(f"psychologist-high-{category}" for category in (*CATEGORIES, "none")),
    "sociologist",
    "economist",
    *(f"economist-{tier}-{category}" for tier in ("high", "mid") for category in CATEGORIES),
)
CITING: Final = {
    "Position": 13,
    "Grade": 50,
    "Requirement": 50,
    "Alternative": 97,
    "EducationCondition": 96,
    "TrainingCondition": 3,
    "ExperienceCondition": 75,
    "Duty": 171,
    "KnowledgeItem": 145,
    "AmendmentNote": 19,
}
"""What states something of the order, with how many there are."""

UNUSED_READINGS: Final = {
    # On how a person's papers and service are reckoned, whatever the clause: notes and rules name them, no clause does.
    "before-diploma",
    "recognition",
    "undated-counts",
    # On the plan of a person, which assumes that a category is conferred when its requirements are met.
    "category-conferred",
    # On whom the order is for, which no verdict asks.
    "scope-of-posts",
}


@pytest.fixture(scope="module")
def law() -> Graph:
    """The committed law graph, all files."""
    return read_turtle(*LAW_FILES)


def one(graph: Graph, subject: Node, term: str | URIRef) -> Node:
    """The only value of a property."""
    [value] = graph.objects(subject, term if isinstance(term, URIRef) else iri(term))
    return value


def instances(graph: Graph, cls: str) -> set[Node]:
    """The individuals of a class of Bilik's."""
    return set(graph.subjects(RDF.type, iri(f"bilik:{cls}")))


# -- individuals ---------------------------------------------------------------------------------------------------


def test_positions(law: Graph) -> None:
    ordinals = {int(str(one(law, node, "bilik:ordinal"))): node for node in instances(law, "Position")}
    assert ordinals == {number: iri(f"position:{key}") for number, key in enumerate(POSITIONS, 1)}
    assert instances(law, "PositionGroup") == {iri("position:engineering-technical")}
    members = set(law.subjects(iri("bilik:isMemberOf"), iri("position:engineering-technical")))
    assert members == {iri(f"position:{key}") for key in ("technician", "engineer", "mechanic")}
    excluding = set(law.subjects(iri("bilik:excludesPost")))
    assert excluding == {iri("position:laboratory-assistant"), iri("position:psychologist")}


def test_grades_have_their_slugs_in_the_order_of_the_text(law: Graph) -> None:
    assert len(GRADES) == 50
    ordinals = {int(str(one(law, node, "bilik:ordinal"))): node for node in instances(law, "Grade")}
    assert ordinals == {number: iri(f"grade:{slug}") for number, slug in enumerate(GRADES, 1)}


@pytest.mark.parametrize("slug", GRADES)
def test_the_parts_of_a_grade_are_those_of_its_slug(law: Graph, slug: str) -> None:
    grade = iri(f"grade:{slug}")
    position = code(str(one(law, grade, "bilik:isGradeOf")))
    tiers = [code(str(tier)) for tier in law.objects(grade, iri("bilik:hasTier"))]
    categories = [code(str(category)) for category in law.objects(grade, iri("bilik:hasCategory"))]
    assert "-".join([position, *tiers, *categories]) == slug
    assert position in POSITIONS
    assert str(one(law, grade, SKOS.notation)) == slug
    assert one(law, grade, "bilik:hasRequirement") == iri(f"requirement:{slug}")
    alternatives = set(law.objects(iri(f"requirement:{slug}"), iri("bilik:hasAlternative")))
    assert alternatives == {iri(f"alternative:{slug}-{number}") for number in range(1, len(alternatives) + 1)}
    for alternative in alternatives:
        assert str(alternative).endswith(f"-{one(law, alternative, 'bilik:alternativeNumber')}")
        for condition in law.objects(alternative, iri("bilik:hasCondition")):
            stem, _, kind = str(condition).rpartition("-")
            assert stem == str(iri(f"condition:{code(str(alternative))}"))
            assert one(law, condition, RDF.type) == iri(f"bilik:{kind.capitalize()}Condition")


@pytest.mark.parametrize(("cls", "link", "prefix"), [("Duty", "hasDuty", "duty"),
                                                     ("KnowledgeItem", "requiresKnowledge", "knowledge")])  # fmt: skip
def test_items_have_two_digit_numbers(law: Graph, cls: str, link: str, prefix: str) -> None:
    found = set()
    for position in POSITIONS:
        items = set(law.objects(iri(f"position:{position}"), iri(f"bilik:{link}")))
        assert items == {iri(f"{prefix}:{position}-{number:02}") for number in range(1, len(items) + 1)}
        for item in items:
            assert str(item).endswith(f"-{int(str(one(law, item, 'bilik:ordinal'))):02}")
        found |= items
    assert found == instances(law, cls)


def test_provisions(law: Graph) -> None:
    keys = {
        *(f"point-{number}" for number in range(1, 6)),
        *(f"sec-{number}" for number in range(1, 14)),
        *(f"cl-{number}" for number in range(1, 46)),
        *(f"point-2-{number}" for number in range(1, 6)),
        *(f"annex-row-{number}" for number in range(1, 14)),
        "preamble",
        "part-1",
        "chapter-2",
        "annex",
    }
    assert instances(law, "Provision") == {iri(f"law:order-775-{key}") for key in keys}
    assert instances(law, "LegalAct") == {iri(f"law:{key}") for key in ("order-775", "order-27-2021", "order-378-2012")}
    for provision in instances(law, "Provision"):
        above = provision
        while above != iri("law:order-775"):
            above = one(law, above, DCTERMS.isPartOf)
    for number in range(1, 45):
        section = code(str(one(law, iri(f"law:order-775-cl-{number}"), DCTERMS.isPartOf)))
        assert section.startswith("order-775-sec-")
    assert one(law, iri("law:order-775-cl-45"), DCTERMS.isPartOf) == iri("law:order-775-chapter-2")
    for number in range(1, 6):
        assert one(law, iri(f"law:order-775-point-2-{number}"), DCTERMS.isPartOf) == iri("law:order-775-point-2")


def test_rows_of_the_index_list_the_positions_in_their_order(law: Graph) -> None:
    for number, position in enumerate(POSITIONS, 1):
        row = iri(f"law:order-775-annex-row-{number}")
        assert one(law, iri(f"position:{position}"), "bilik:isListedIn") == row
        assert one(law, row, DCTERMS.isPartOf) == iri("law:order-775-annex")
        assert str(one(law, row, "bilik:ordinal")) == str(number)


def test_acts_are_cited_where_the_text_names_them(law: Graph) -> None:
    amended = (3, 9, 10, 13, 14, 17, 20, 23, 24, 27, 30, 33, 34, 37, 40, 43, 44)
    cited = {
        "order-27-2021": {*(f"order-775-cl-{number}" for number in amended), "order-775-chapter-2", "order-775-annex"},
        "order-378-2012": {"order-775-point-3"},
        "order-775": set(),
    }
    for act, provisions in cited.items():
        assert {code(str(node)) for node in law.objects(iri(f"law:{act}"), iri("bilik:isStatedIn"))} == provisions
    assert len(set(law.objects(iri("law:order-775"), iri("bilik:hasSourceQuote")))) == 5


def test_notes_stand_under_what_was_amended(law: Graph) -> None:
    for note in instances(law, "AmendmentNote"):
        provision = one(law, note, "bilik:isStatedIn")
        assert str(note) == f"{provision}-note"
        changes = {*law.objects(provision, iri("bilik:isAmendedBy")), *law.objects(provision, iri("bilik:isAddedBy"))}
        assert changes == {iri("law:order-27-2021")}
        quote = one(law, note, "bilik:hasSourceQuote")
        assert str(one(law, selectors(law, quote)[0], OA.exact)).startswith("Ескерту. ")


def test_amendments(law: Graph) -> None:
    reworded = {code(str(node)) for node in law.subjects(iri("bilik:isAmendedBy"), iri("law:order-27-2021"))}
    numbers = (3, 9, 10, 13, 14, 17, 20, 23, 24, 27, 30, 33, 34, 37, 40, 43, 44)
    assert reworded == {f"order-775-cl-{number}" for number in numbers}
    added = {code(str(node)) for node in law.subjects(iri("bilik:isAddedBy"), iri("law:order-27-2021"))}
    assert added == {"order-775-chapter-2", "order-775-annex"}


def test_every_section_has_a_file_of_its_own() -> None:
    assert {path.stem for path in LAW_FILES} == {"order", *(f"sec-{number}" for number in range(1, 14))}
    for number, position in enumerate(POSITIONS, 1):
        graph = read_turtle(ROOT / "data" / "order-775" / f"sec-{number}.ttl")
        assert instances(graph, "Position") == {iri(f"position:{position}")}


def test_every_node_is_named(law: Graph) -> None:
    assert len(law) > 10_000
    for triple in law:
        assert not any(isinstance(term, BNode) for term in triple)
        assert isinstance(triple[0], URIRef)


def test_nothing_is_named_that_nothing_describes(law: Graph) -> None:
    known = law + read_turtle(*(ROOT / "ontology").rglob("*.ttl"), ROOT / "data" / "readings.ttl")
    described = set(known.subjects())
    named = {node for triple in law for node in triple if isinstance(node, URIRef) and str(node).startswith(BASE)}
    files = {URIRef(f"{BASE}data/source/order-775.kk.txt")}
    assert sorted(named - described - files) == []


# -- quotes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cls", "count"), CITING.items())
def test_what_states_something_cites_a_provision_and_quotes_it(law: Graph, cls: str, count: int) -> None:
    nodes = instances(law, cls)
    assert len(nodes) == count
    for node in nodes:
        provision = one(law, node, "bilik:isStatedIn")
        assert (provision, RDF.type, iri("bilik:Provision")) in law
        quotes = set(law.objects(node, iri("bilik:hasSourceQuote")))
        assert quotes
        assert all((quote, RDF.type, OA.SpecificResource) in law for quote in quotes)


def selectors(law: Graph, quote: Node) -> tuple[Node, Node]:
    """(the quote's words, its place)."""
    found = {one(law, selector, RDF.type): selector for selector in law.objects(quote, OA.hasSelector)}
    assert set(found) == {OA.TextQuoteSelector, OA.TextPositionSelector}
    return found[OA.TextQuoteSelector], found[OA.TextPositionSelector]


def test_quotes_are_the_source_s_words_at_their_place(law: Graph) -> None:
    quotes = set(law.subjects(RDF.type, OA.SpecificResource))
    assert len(quotes) > 500
    assert quotes == set(law.objects(None, iri("bilik:hasSourceQuote")))
    for quote in quotes:
        words, place = selectors(law, quote)
        start, end = (int(str(one(law, place, term))) for term in (OA.start, OA.end))
        assert 0 <= start < end <= len(RAW)
        exact, prefix, suffix = (str(one(law, words, term)) for term in (OA.exact, OA.prefix, OA.suffix))
        assert exact == RAW[start:end]
        assert exact == exact.strip()
        assert prefix == RAW[max(0, start - max(32, len(prefix))) : start]
        assert suffix == RAW[end : end + max(32, len(suffix))]
        assert str(one(law, quote, OA.hasSource)) == f"{BASE}data/source/order-775.kk.txt"
        assert str(quote).endswith(f"/chars-{start}-{end}")


def test_quotes_lie_in_the_provision_they_are_cited_from(law: Graph) -> None:
    def start(quote: Node) -> int:
        return int(str(one(law, selectors(law, quote)[1], OA.start)))

    clauses = [iri(f"law:order-775-cl-{number}") for number in range(1, 46)]
    begins = [start(one(law, clause, "bilik:hasSourceQuote")) for clause in clauses]
    assert begins == sorted(begins)
    for cls in ("Requirement", "Alternative", "EducationCondition", "ExperienceCondition", "Duty", "KnowledgeItem"):
        for node in instances(law, cls):
            number = int(str(one(law, node, "bilik:isStatedIn")).rpartition("-")[2])
            for quote in law.objects(node, iri("bilik:hasSourceQuote")):
                assert begins[number - 1] < start(quote) < begins[number]


def test_wordings_are_the_quoted_words_normalised(law: Graph) -> None:
    duty = iri("duty:technician-12")
    assert str(one(law, duty, "bilik:wording")) == (
        "құжаттардың өтуін есепке алып, олардың орындалу мерзімдеріне бақылау жүргізеді, сондай-ақ ісқағаздар жүргізу "
        "бойынша аяқталған құжаттарды техникалық ресімдеуді жүзеге асырады"
    )
    for cls in ("Duty", "KnowledgeItem"):
        for node in instances(law, cls):
            wording = one(law, node, "bilik:wording")
            assert isinstance(wording, Literal)
            assert wording.language == "kk"
            assert not any("a" <= letter.lower() <= "z" for letter in wording)
            assert wording[-1] not in " .,;"


# -- readings and labels -------------------------------------------------------------------------------------------


def test_readings_named_and_readings_described_are_the_same(law: Graph) -> None:
    described = read_turtle(ROOT / "data" / "readings.ttl")
    known = {code(str(node)) for node in instances(described, "Interpretation")}
    named = {code(str(node)) for node in law.objects(None, iri("bilik:dependsOnInterpretation"))}
    assert named - known == set()
    assert known - named == UNUSED_READINGS


def test_every_individual_has_its_name_in_three_languages(law: Graph) -> None:
    plain = {OA.SpecificResource, OA.TextQuoteSelector, OA.TextPositionSelector}
    individuals = {node for node, cls in law.subject_objects(RDF.type) if cls not in plain}
    assert len(individuals) == sum(CITING.values()) + 85 + 3 + 2 + 1 + 1
    for node in individuals:
        is_concept = bool({SKOS.Concept, SKOS.ConceptScheme} & set(law.objects(node, RDF.type)))
        labels = list(law.objects(node, SKOS.prefLabel if is_concept else RDFS.label))
        assert Counter(label.language for label in labels if isinstance(label, Literal)) == dict.fromkeys(LANGUAGES, 1)
        assert all(str(label).strip() and "{" not in str(label) for label in labels)
        assert one(law, node, "bilik:translationStatus") == iri("translation-status:unofficial")


def test_no_two_individuals_of_a_class_have_one_name(law: Graph) -> None:
    for cls in ("Position", "Grade", "Requirement", "Alternative", "Duty", "KnowledgeItem", "Provision"):
        for language in LANGUAGES:
            term = SKOS.prefLabel if cls == "Position" else RDFS.label
            labels = [
                str(label)
                for node in instances(law, cls)
                for label in law.objects(node, term)
                if isinstance(label, Literal) and label.language == language
            ]
            assert len(labels) == len(set(labels)) == len(instances(law, cls))


def test_names_of_grades_are_built_from_the_schemes(law: Graph) -> None:
    names = {
        label.language: str(label)
        for label in law.objects(iri("grade:mechanic-high-first"), RDFS.label)
        if isinstance(label, Literal)
    }
    schemes = read_turtle(*(ROOT / "ontology" / "vocab").glob("*.ttl"))
    for language in LANGUAGES:
        parts = [
            str(label)
            for node in ("tier:high", "category:first")
            for label in schemes.objects(iri(node), SKOS.prefLabel)
            if isinstance(label, Literal) and label.language == language
        ]
        position = [
            str(label)
            for label in law.objects(iri("position:mechanic"), SKOS.prefLabel)
            if isinstance(label, Literal) and label.language == language
        ]
        assert names[language] == ", ".join([*position, *parts])
