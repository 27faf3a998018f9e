"""The law in the terms of others: the same for every parser and engine, and the same as the law graph says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Literal, Node, URIRef

from bilik import build
from bilik.derive.views import in_words
from bilik.evaluate.verdicts import read_facts
from bilik.extract.graph import iri
from bilik.jsonld import to_jsonld
from bilik.namespaces import PREFIXES, code, expand
from bilik.texts import LANGUAGES, names_in
from bilik.turtle import read_turtle
from command_line import ROOT
from rdflib_engine import read_jsonld

REQUIREMENTS: Final = build.VIEWS / "requirements.jsonld"
CCCEV: Final = build.VIEWS / "cccev.ttl"
QUERIES: Final = ROOT / "queries" / "views"

Tree = Mapping[str, Any]
"""A node of the JSON-LD file, as its keys are written there."""


@cache
def law() -> Graph:
    """The law graph; not to be changed."""
    return read_turtle(*sorted((ROOT / "data" / "order-775").glob("*.ttl")))


@cache
def document() -> Any:
    return json.loads((ROOT / REQUIREMENTS).read_text(encoding="utf-8"))


def occupations(graph: Sequence[Tree]) -> dict[str, Tree]:
    """Slug of a grade → its occupation."""
    return {node["identifier"]: node for node in graph if "Occupation" in node["@type"]}


def triples(graph: Graph) -> set[tuple[str, str, str]]:
    """Triples as N-Triples terms."""
    return {(s.n3(), p.n3(), o.n3()) for s, p, o in graph}


def in_oxigraph(path: Path, form: ox.RdfFormat) -> Graph:
    """A file as Oxigraph reads it."""
    quads = list(ox.parse(path=str(path), format=form))
    assert all(quad.graph_name == ox.DefaultGraph() for quad in quads)
    text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    return Graph(bind_namespaces="none").parse(data=text, format="nt")


# -- the files ---------------------------------------------------------------------------------------------------------


def test_every_folder_of_queries_is_a_view() -> None:
    assert {path.stem for path in (ROOT / build.VIEWS).iterdir()} == {path.name for path in QUERIES.iterdir()}


def test_the_jsonld_is_the_same_graph_for_both_parsers_and_the_one_derived() -> None:
    read = read_jsonld(ROOT / REQUIREMENTS)
    assert len(read) > 2_500
    assert triples(read) == triples(in_oxigraph(ROOT / REQUIREMENTS, ox.RdfFormat.JSON_LD))
    assert triples(read) == triples(derived()[REQUIREMENTS])


@cache
def derived() -> dict[Path, Graph]:
    """What the build makes of the law graph; not to be changed."""
    return build.derive_all(ROOT, {"law": law()})


def test_rdflib_makes_the_same_of_the_queries() -> None:
    schemes = read_turtle(*(ROOT / "ontology" / "vocab").glob("*.ttl"))
    graph = law() + schemes
    labels = ox.Store()
    labels.load(path=ROOT / "data" / "compiled" / "labels.ttl", format=ox.RdfFormat.TURTLE)
    store = ox.Store()
    store.load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    names = {language: names_in(labels, language) for language in LANGUAGES}
    for quad in in_words(read_facts(store), names):
        assert isinstance(quad.object, ox.Literal)
        subject = URIRef(str(quad.subject).strip("<>"))
        graph.add((subject, DCTERMS.description, Literal(quad.object.value, lang=quad.object.language)))
    for view, path in (("requirements", REQUIREMENTS), ("cccev", CCCEV)):
        made: set[tuple[str, str, str]] = set()
        for query in sorted((QUERIES / view).glob("*.rq")):
            found = graph.query(query.read_text(encoding="utf-8")).graph
            assert found
            graph += found
            made |= triples(found)
        assert made == triples(derived()[path])


def test_the_terms_of_the_context_are_all_used_and_no_others() -> None:
    context = document()["@context"]
    terms = {term: said for term, said in context.items() if term not in PREFIXES}
    assert {term: PREFIXES[term] for term in context if term not in terms} == {
        term: said for term, said in context.items() if term not in terms
    }
    assert terms == json.loads((QUERIES / "requirements" / "terms.json").read_text(encoding="utf-8"))
    used = {key for node in nodes(document()["@graph"]) for key in node if not key.startswith("@")}
    types = {name for node in nodes(document()["@graph"]) for name in as_list(node["@type"])}
    assert used <= terms.keys()
    assert terms.keys() <= used | types
    assert {name for name in types if not name.startswith("ceterms:")} <= terms.keys()


def nodes(value: Any) -> Iterator[Tree]:
    """Every node of a JSON-LD tree."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for item in value.values():
            yield from nodes(item)


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_every_text_is_there_in_three_languages() -> None:
    context = document()["@context"]
    spoken = {term for term, said in context.items() if "@language" in str(said)}
    assert {"name", "ceterms:description", "qualifications"} <= spoken
    seen = 0
    for node in nodes(document()["@graph"]):
        for term in spoken & node.keys():
            assert sorted(node[term]) == sorted(LANGUAGES)
            assert all(isinstance(said, str) and said.strip() for said in node[term].values())
            seen += 1
    assert seen > 500


# -- what they say -----------------------------------------------------------------------------------------------------


def one(subject: Node, term: str) -> Node:
    (value,) = law().objects(subject, iri(term))
    return value


def conditions(alternative: Node, cls: str) -> list[Node]:
    """The conditions of an alternative that are of a class."""
    found = law().objects(alternative, iri("bilik:hasCondition"))
    return [node for node in found if (node, RDF.type, iri(f"bilik:{cls}")) in law()]


def profiles(requirement: Tree) -> dict[int, Tree]:
    """Number of an alternative → its profile; the only one is that of the requirement."""
    several = requirement.get("ceterms:alternativeCondition")
    assert several is None or len(several) > 1
    if several is None:
        return {1: requirement}
    return {int(code(expand(profile["@id"])).rpartition("-")[2]): profile for profile in several}


GRADES: Final = sorted(str(slug) for grade in law().subjects(RDF.type, iri("bilik:Grade"))
                       for slug in law().objects(grade, SKOS.notation))  # fmt: skip


def test_every_grade_is_an_occupation() -> None:
    assert len(GRADES) == 50
    assert sorted(occupations(document()["@graph"])) == GRADES


@pytest.mark.parametrize("slug", GRADES)
def test_an_occupation_requires_what_the_law_graph_says(slug: str) -> None:
    occupation = occupations(document()["@graph"])[slug]
    assert occupation["@id"] == f"grade:{slug}"
    requirement = occupation["ceterms:requires"]
    node = one(iri(f"grade:{slug}"), "bilik:hasRequirement")
    assert expand(requirement["@id"]) == str(node)
    assert requirement["@type"] == "ceterms:ConditionProfile"
    assert expand(requirement["dcterms:source"]) == str(one(node, "bilik:isStatedIn"))
    assert occupation["qualifications"] == requirement["ceterms:description"]

    alternatives = {
        int(str(one(alternative, "bilik:alternativeNumber"))): alternative
        for alternative in law().objects(node, iri("bilik:hasAlternative"))
    }
    found = profiles(requirement)
    assert found.keys() == alternatives.keys()
    for number, alternative in alternatives.items():
        assert asked(found[number]) == asked_by_law(alternative), (slug, number)


def asked(profile: Tree) -> dict[str, object]:
    """What a profile asks for."""
    credential, training = profile.get("educationRequirements"), profile.get("ceterms:targetLearningOpportunity")
    experience = profile.get("experienceRequirements")
    if credential:
        assert profile["ceterms:targetCredential"] == credential["@id"]
    if experience:
        assert profile["ceterms:yearsOfExperience"] * 12 == experience["monthsOfExperience"]
        assert profile["ceterms:experience"] == experience["description"]
    return {
        "levels": {name(level) for level in credential["educationalLevel"]} if credential else None,
        "fields": {name(field) for field in credential.get("about", [])} if credential else None,
        "activity": {name(activity) for activity in training["about"]} if training else None,
        "months": experience["monthsOfExperience"] if experience else None,
    }


def name(value: Any) -> str:
    """The IRI of a node or of a reference to one."""
    return expand(value["@id"] if isinstance(value, dict) else value)


def asked_by_law(alternative: Node) -> dict[str, object]:
    """What an alternative of the law graph asks for."""

    def values(cls: str, term: str) -> set[str] | None:
        found = conditions(alternative, cls)
        return {str(value) for value in law().objects(found[0], iri(term))} if found else None

    months = values("ExperienceCondition", "bilik:minimumMonths")
    return {
        "levels": values("EducationCondition", "bilik:acceptsEducationLevel"),
        "fields": values("EducationCondition", "bilik:acceptsField"),
        "activity": values("TrainingCondition", "bilik:requiresActivity"),
        "months": int(*months) if months else None,
    }


def test_names_are_those_of_the_law_graph_and_say_that_they_are_translations() -> None:
    for slug, occupation in occupations(document()["@graph"]).items():
        labels = {str(label.language): str(label) for label in law().objects(iri(f"grade:{slug}"), RDFS.label)}  # type: ignore[attr-defined]
        assert occupation["name"] == occupation["ceterms:name"] == labels
        assert occupation["bilik:translationStatus"] == "translation-status:unofficial"


def test_where_experience_must_be_gained_is_said_in_words() -> None:
    (profile,) = (p for p in nodes(document()["@graph"]) if p["@id"] == "alternative:technician-mid-first-1")
    assert profile["ceterms:experience"]["en"] == (
        "at least 2 years' experience in the position of technician of the second category (or of a higher category)"
    )


def test_only_requirements_are_derived_from_a_clause() -> None:
    view = read_turtle(ROOT / CCCEV)
    assert len(view) == len(GRADES)
    said = {(iri(f"requirement:{slug}"), one(iri(f"requirement:{slug}"), "bilik:isStatedIn")) for slug in GRADES}
    assert set(view.subject_objects(iri("m8g:isDerivedFrom"))) == said


# -- another law -------------------------------------------------------------------------------------------------------


def requirements_of(graph: Graph) -> dict[str, Tree]:
    written = to_jsonld(
        build.derive_all(ROOT, {"law": graph})[REQUIREMENTS],
        json.loads((QUERIES / "requirements" / "terms.json").read_text(encoding="utf-8")),
    )
    return {slug: found["ceterms:requires"] for slug, found in occupations(json.loads(written)["@graph"]).items()}


def test_another_law_makes_another_view() -> None:
    graph = law() + Graph()
    condition = iri("condition:technician-mid-first-1-experience")
    graph.set((condition, iri("bilik:minimumMonths"), Literal(30)))
    graph.remove((iri("requirement:lawyer"), iri("bilik:hasAlternative"), iri("alternative:lawyer-2")))
    graph.add((iri("condition:sociologist-1-education"), iri("bilik:acceptsEducationLevel"), iri("level:tvet")))
    found = requirements_of(graph)

    changed = profiles(found["technician-mid-first"])[1]
    assert changed["experienceRequirements"]["monthsOfExperience"] == 30
    assert "30" in changed["ceterms:experience"]["ru"]
    assert "ceterms:yearsOfExperience" not in changed, "two and a half years are not whole"
    # CTDL wants at least two alternatives: the one that is left is what the requirement itself asks for.
    assert "ceterms:alternativeCondition" not in found["lawyer"]
    assert found["lawyer"]["ceterms:targetCredential"] == expand("condition:lawyer-1-education") + "#credential"
    levels = found["sociologist"]["educationRequirements"]["educationalLevel"]
    assert expand("level:tvet") in {name(level) for level in levels}


# -- the writer --------------------------------------------------------------------------------------------------------


def test_a_node_is_written_inside_the_only_one_that_refers_to_it() -> None:
    example = "https://w3id.org/bilik/id/grade/"
    graph = Graph().parse(
        data=f"""@prefix x: <{example}> . @prefix s: <https://schema.org/> .
        x:a s:about x:b , x:c ; s:subjectOf x:b . x:c s:about x:d . x:e s:about x:d . x:d s:name "d"@en .
        x:b s:position 1 .""",
        format="turtle",
    )
    terms = {
        "about": {"@id": "schema:about", "@type": "@id", "@container": "@set"},
        "subjectOf": {"@id": "schema:subjectOf", "@type": "@id"},
    }
    written = json.loads(to_jsonld(graph, terms))
    assert written["@context"] == {"grade": example, "schema": "https://schema.org/"} | terms
    assert written["@graph"] == [
        {
            "@id": "grade:a",
            "about": [{"@id": "grade:b", "schema:position": 1}, {"@id": "grade:c", "about": ["grade:d"]}],
            "subjectOf": "grade:b",
        },
        {"@id": "grade:d", "schema:name": {"@language": "en", "@value": "d"}},
        {"@id": "grade:e", "about": ["grade:d"]},
    ]
