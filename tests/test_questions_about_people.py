"""What the questions about people and verdicts answer, against what stands in the example records and against the JSON
of ``bilik check``, which another part of the program writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pytest
import rdflib
from rdflib.term import Node

from bilik.namespaces import code, expand
from bilik.texts import settled_by
from command_line import AS_OF, DOSSIERS, bilik
from questions import QUERIES, answer, law
from rdflib_engine import read_jsonld
from requirement_table import CLAUSE, GRADES, IMPLIED_FIELD, LAW, MEMBERS, MEMBERS_OF_GROUP, POSITIONS, TABLE

CLAIMED: Final = {"qualified", "undetermined", "not-qualified"}
KINDS: Final = {"education": "EducationCondition", "training": "TrainingCondition", "experience": "ExperienceCondition"}


@cache
def records() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in DOSSIERS:
        graph += read_jsonld(path) if path.suffix == ".jsonld" else rdflib.Graph().parse(path)
    return graph


def said(node: Node, term: str) -> list[str]:
    """The values of a property, as keys where they are nodes; dates and texts as they are."""
    values = records().objects(node, rdflib.URIRef(expand(term)))
    return sorted(code(str(value)) if isinstance(value, rdflib.URIRef) else str(value) for value in values)


def one(node: Node, term: str) -> str:
    return next(iter(said(node, term)), "")


def entries(link: str) -> Iterator[tuple[str, Node]]:
    """The key of a person and an entry of the record, for each entry of a kind."""
    for person, entry in records().subject_objects(rdflib.URIRef(expand(link))):
        yield code(str(person)), entry


@cache
def checked() -> dict[str, Any]:
    """Key of a person → what ``bilik check`` says in JSON."""
    document = bilik("check", *DOSSIERS, *AS_OF, "--format", "json").json
    assert len(document["persons"]) == len(DOSSIERS)
    return {code(person["person"]): person for person in document["persons"]}


def verdicts(*, claimed: bool = False) -> Iterator[tuple[str, Any]]:
    for person, found in checked().items():
        claims = {claim["grade"] for claim in found["claims"]}
        for verdict in found["verdicts"]:
            if not claimed or verdict["grade"] in claims:
                yield person, verdict


# -- records ---------------------------------------------------------------------------------------------------------


def test_what_people_claim() -> None:
    rows = [
        (person, grade, LAW.position_of[grade], CLAUSE[grade])
        for person in sorted(checked())
        for grade in GRADES
        if grade in {claim["grade"] for claim in checked()[person]["claims"]}
    ]
    assert len(rows) > 15
    assert answer("people-claims") == rows


@pytest.mark.parametrize("position", POSITIONS)
def test_who_is_educated_for_a_position(position: str) -> None:
    members = MEMBERS.get(IMPLIED_FIELD.get(position, ""), ())
    rows = {
        (
            person,
            code(str(entry)),
            one(entry, "bilik:hasEducationLevel"),
            field,
            one(entry, "bilik:awardedOn"),
            position if recognised else "",
        )
        for person, entry in entries("bilik:hasCredential")
        for field in [one(entry, "bilik:hasField")]
        for recognised in [position in said(entry, "bilik:isRecognisedFor")]
        if recognised or (field and field.startswith(tuple(members)))
    }
    found = answer("people-educated-for-position", position=position)
    assert len(found) == len(rows)
    assert set(found) == rows
    assert [row[0] for row in found] == sorted(row[0] for row in found)


def test_who_was_trained() -> None:
    rows = {
        (person, activity, one(entry, "bilik:completedOn"), alternative.grade, str(alternative.number),
         alternative.clause)
        for person, entry in entries("bilik:hasTraining")
        for activity in said(entry, "bilik:coversActivity")
        for alternative in TABLE
        if alternative.training == activity
    }  # fmt: skip
    found = answer("people-trained")
    assert len(found) == len(rows) >= 3
    assert set(found) == rows


@pytest.mark.parametrize("position", POSITIONS)
def test_who_worked_in_a_position(position: str) -> None:
    posts = {position, "engineering-technical"} if position in MEMBERS_OF_GROUP else {position}
    terms = ("hasTier", "hasCategory", "startedOn", "endedOn")
    rows = sorted(
        (person, held, *(one(entry, f"bilik:{term}") for term in terms))
        for person, entry in entries("bilik:hasEmployment")
        for held in said(entry, "bilik:hasPosition")
        if held in posts
    )
    found = answer("people-who-worked-in", position=position)
    assert sorted(found) == rows
    assert [(row[0], row[4]) for row in found] == sorted((row[0], row[4]) for row in found)


def test_who_worked_outside_the_order() -> None:
    terms = ("positionTitle", "isRecognisedFor", "hasField", "coversActivity", "startedOn", "endedOn")
    rows = [
        (person, *(one(entry, f"bilik:{term}") for term in terms))
        for person, entry in entries("bilik:hasEmployment")
        if said(entry, "bilik:positionTitle")
    ]
    assert len(rows) == 3
    assert answer("people-in-posts-outside-the-order") == sorted(rows)


def test_gaps_of_records() -> None:
    wanted = {
        "bilik:hasCredential": ("hasEducationLevel", "hasField", "awardedOn"),
        "bilik:hasTraining": ("coversActivity", "completedOn"),
        "bilik:hasEmployment": ("hasPosition", "startedOn"),
    }
    gaps = {
        (person, code(str(entry)), term)
        for link, terms in wanted.items()
        for person, entry in entries(link)
        for term in terms
        if not said(entry, f"bilik:{term}")
    }
    school = {code(str(entry)) for _, entry in entries("bilik:hasCredential")
              if one(entry, "bilik:hasEducationLevel") == "general-secondary"}  # fmt: skip
    titled = {code(str(entry)) for _, entry in entries("bilik:hasEmployment") if said(entry, "bilik:positionTitle")}
    excused = {gap for gap in gaps if (gap[1] in school and gap[2] == "hasField")
               or (gap[1] in titled and gap[2] == "hasPosition")}  # fmt: skip
    assert excused
    rows = answer("gaps-of-records")
    assert len(rows) == len(set(rows)) >= 4
    assert set(rows) == gaps - excused


# -- verdicts --------------------------------------------------------------------------------------------------------


def test_the_day_of_the_questions_is_that_of_the_check() -> None:
    days = {query.as_of.isoformat() for query in QUERIES.values() if query.as_of}
    assert days == {AS_OF[1]}


def test_verdicts_on_claims() -> None:
    rows = [(person, verdict["grade"], verdict["verdict"], AS_OF[1]) for person, verdict in verdicts(claimed=True)]
    assert {row[2] for row in rows} == CLAIMED
    assert answer("verdicts-on-claims") == sorted(rows, key=lambda row: (row[0], GRADES.index(row[1])))


def test_conditions_not_met() -> None:
    rows = {
        (person, verdict["grade"], str(way["number"]), KINDS[condition["kind"]], condition["result"], note)
        for person, verdict in verdicts(claimed=True)
        if verdict["verdict"] != "qualified"
        for way in verdict["alternatives"]
        for condition in way["conditions"]
        if condition["result"] != "met"
        for note in condition["notes"] or [""]
    }
    found = answer("conditions-not-met")
    assert len(found) == len(rows) > 10
    assert set(found) == rows


def test_who_is_short_of_months_only() -> None:
    rows = {
        (person, verdict["grade"], str(way["number"]), *map(str, months))
        for person, verdict in verdicts()
        if verdict["verdict"] == "not-qualified"
        for way in verdict["alternatives"]
        for condition in way["conditions"]
        if condition["kind"] == "experience" and condition["result"] == "unmet"
        if all(other["result"] == "met" for other in way["conditions"] if other is not condition)
        for months in [(condition["certain_months"], condition["possible_months"], condition["short_months"])]
    }
    found = answer("short-of-months-only")
    assert len(found) == len(rows) > 10
    assert set(found) == rows
    assert [(row[0], int(row[5])) for row in found] == sorted((row[0], int(row[5])) for row in found)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_would_settle_it(language: Any) -> None:
    evidence, counted = settled_by(language), defaultdict(set)
    for person, verdict in verdicts():
        for way in verdict["alternatives"] if verdict["verdict"] == "undetermined" else ():
            for condition in way["conditions"] if way["result"] == "unknown" else ():
                for note in condition["notes"] if condition["result"] == "unknown" else ():
                    if note in evidence:
                        counted[person, note].add(verdict["grade"])
    assert len(counted) > 10
    assert answer("what-would-settle-it", language=language) == [
        (person, note, evidence[note], str(len(counted[person, note]))) for person, note in sorted(counted)
    ]


def test_verdicts_by_reading() -> None:
    relying: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person, verdict in verdicts():
        for reading in verdict["readings"]:
            relying[reading, verdict["verdict"]].append(person)
    assert answer("verdicts-by-reading") == [
        (*key, str(len(relying[key])), str(len(set(relying[key])))) for key in sorted(relying)
    ]


def test_evidence_of_claims() -> None:
    rows = {
        (person, verdict["grade"], str(way["number"]), code(way.get("credential") or ""), KINDS[condition["kind"]],
         code(evidence), str(condition.get("certain_months", "")))
        for person, verdict in verdicts(claimed=True)
        if verdict["verdict"] == "qualified"
        for way in verdict["alternatives"]
        if way["result"] == "met"
        for condition in way["conditions"]
        for evidence in condition["evidence"]
    }  # fmt: skip
    found = answer("evidence-of-claims")
    assert len(found) == len(rows) > 20
    assert set(found) == rows


@pytest.mark.parametrize("position", ["accountant", "hr-inspector", "economist"])
def test_results_by_alternative(position: str) -> None:
    counted: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for person, verdict in verdicts():
        for way in verdict["alternatives"]:
            if LAW.position_of[verdict["grade"]] == position:
                counted[verdict["grade"], way["number"], way["result"]].add(person)
    ranks = ("met", "unknown", "unmet")
    ordered = sorted(counted, key=lambda key: (GRADES.index(key[0]), key[1], ranks.index(key[2])))
    assert answer("results-by-alternative", position=position) == [
        (grade, str(number), result, str(len(counted[grade, number, result]))) for grade, number, result in ordered
    ]


def test_the_law_alone_says_nothing_about_people() -> None:
    for query in QUERIES.values():
        if query.data:
            assert list(law().query(query.sparql)) == []  # type: ignore[arg-type]
