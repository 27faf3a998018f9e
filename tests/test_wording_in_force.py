"""Acts and their dates as the text has them; from which day a requirement is applied; what is said of a day before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH, SKOS
from rdflib.term import Literal

from as_rdf import person_iri, to_store
from bilik.build import read_order
from bilik.engine import construct
from bilik.errors import SourceError
from bilik.evaluate import compiled_law
from bilik.extract.act_graph import silences, versions
from bilik.extract.acts import ActFacts, read_acts
from bilik.extract.graph import iri
from bilik.extract.registry import Names
from bilik.extract.structure import Structure
from bilik.namespaces import code
from bilik.people import Records
from bilik.plan.planner import make_plans
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language, name, text
from bilik.turtle import read_turtle
from command_line import PEOPLE, bilik, schema_errors
from oracle import Credential, Person

ROOT: Final = Path(__file__).resolve().parents[1]
ORDER: Final = read_order(ROOT)
BOTH: Final = ("2016-10-14", "2021-02-15")
"""The earliest days of the order and of the act that amended it."""

NEWSPAPER: Final = '№ 43-47 (27986) "Егемен Қазақстан" газеті'
CLAIMANT: Final = PEOPLE / "saule-ulgi.ttl"


@cache
def law() -> Graph:
    return read_turtle(*(ROOT / "data" / "order-775").glob("*.ttl"))


# -- acts, as the text gives them --------------------------------------------------------------------------------------


def facts(**known: Any) -> ActFacts:
    """An invented act, signed on 31 January 2020."""
    return replace(ActFacts("order-1", Names("а", "а", "a"), date(2020, 1, 31), "1"), **known)


def test_acts_are_read_from_the_text() -> None:
    """By reading: the approval, points 3 and 5 of the order, the notes."""
    assert {
        act.key: (
            act.signed.isoformat(),
            act.number,
            str(act.registered),
            act.registration_number,
            str(act.published),
            act.published_in,
            act.days_to_force,
            act.repeals,
        )
        for act in read_acts(ORDER.structure, ORDER.registry)
    } == {
        "order-775": ("2016-09-01", "775", "2016-10-03", "14281", "None", None, 10, "order-378-2012"),
        "order-27-2021": ("2021-02-04", "27", "None", None, "None", None, 10, None),
        "order-378-2012": ("2012-09-27", "378-ө-м", "None", "8011", "2013-01-23", NEWSPAPER, None, None),
    }


@pytest.mark.parametrize(
    ("known", "earliest"),
    [
        ({}, None),
        ({"days_to_force": 10}, date(2020, 2, 11)),
        ({"days_to_force": 10, "registered": date(2020, 2, 19)}, date(2020, 3, 1)),
        ({"days_to_force": 10, "registered": date(2020, 2, 19), "published": date(2020, 3, 1)}, date(2020, 3, 12)),
        ({"days_to_force": 0, "published": date(2020, 12, 31)}, date(2021, 1, 1)),
    ],
)
def test_an_act_is_in_force_when_the_days_after_its_publication_have_passed(
    known: dict[str, Any], earliest: date | None
) -> None:
    assert facts(**known).in_force_not_before == earliest


def reworded(kind: str, old: str, new: str, times: int = 99) -> Structure:
    """The order's structure with other words in the first pieces of a kind that have the old ones."""
    pieces = list(ORDER.structure.pieces)
    for number, piece in enumerate(pieces):
        if piece.kind == kind and old in piece.text and times:
            pieces[number], times = replace(piece, text=piece.text.replace(old, new)), times - 1
    assert tuple(pieces) != ORDER.structure.pieces
    return replace(ORDER.structure, pieces=tuple(pieces))


@pytest.mark.parametrize(
    ("structure", "problem"),
    [
        (lambda: reworded("approval", "болып тіркелді", "деп тіркелді"), "the approval does not say when"),
        (lambda: reworded("approval", "қазанда", "қазонда"), "no month of the registry begins the word 'қазонда'"),
        (lambda: reworded("point", "күнтізбелік он күн", "күнтізбелік отыз күн"), "no number of days 'отыз'"),
        (lambda: reworded("point", "№ 378-ө-м", "№ 379"), "the registry names no act No. 379 of 2012-09-27"),
        (lambda: reworded("note", "он күн өткен соң", "күні", 1), "two notes differ on when order-27-2021"),
    ],
)
def test_a_text_that_says_something_else_is_refused(structure: Callable[[], Structure], problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        read_acts(structure(), ORDER.registry)


def test_what_the_text_does_not_say_is_absent_and_said_to_be() -> None:
    asked = {"registeredOn": "registered", "registrationNumber": "registration_number", "publishedOn": "published"}
    for act in read_acts(ORDER.structure, ORDER.registry):
        node = iri(f"law:{act.key}")
        for term, fact in asked.items():
            assert ((node, iri(f"bilik:{term}"), None) in law()) == (getattr(act, fact) is not None)
        notes = [note for note in law().objects(node, SKOS.note) if isinstance(note, Literal)]
        silent = list(silences(act))
        assert silent
        for language in LANGUAGES:
            assert len([note for note in notes if note.language == language]) == len(silent)


def test_there_is_a_version_for_each_act_that_made_one() -> None:
    older, newer = facts(days_to_force=10), facts(key="order-2", signed=date(2021, 1, 1))
    unrelated = facts(key="order-3", signed=date(2019, 1, 1))
    made = versions("order-1", [older, newer, unrelated], iter(["order-2", "order-2"]))
    assert [version.key for version in made] == ["order-1-version-2020-01-31", "order-1-version-2021-01-01"]


# -- from which day on a requirement is applied ------------------------------------------------------------------------

RULE: Final = folder("queries", "build", "conditions", "61-validity.rq")


def validity(graph: Graph) -> dict[str, tuple[str, str]]:
    """grade → (earliest day in any words, in the present ones), by the build's query."""
    store = ox.Store()
    store.load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    found: dict[tuple[str, str], str] = {}
    for triple in construct(store, RULE):
        assert isinstance(triple.subject, ox.NamedNode)
        assert isinstance(triple.object, ox.Literal)
        found[code(triple.subject.value), code(triple.predicate.value)] = triple.object.value
    days = {
        grade: tuple(found[grade, term] for term in ("inForceFromDay", "wordingKnownFromDay")) for grade, _ in found
    }
    for grade, (_, worded) in days.items():
        assert found[grade, "inForceNotBefore"].replace("-", "") == worded
    return {grade: (f"{a[:4]}-{a[4:6]}-{a[6:]}", f"{b[:4]}-{b[4:6]}-{b[6:]}") for grade, (a, b) in days.items()}


def test_only_the_clause_that_was_never_re_worded_is_known_since_2016() -> None:
    found = validity(law())
    assert len(found) == 50
    since_2016 = {grade for grade, days in found.items() if days == (BOTH[0], BOTH[0])}
    assert since_2016 == {f"technician-mid-{category}" for category in ("highest", "first", "second", "none")}
    assert {days for grade, days in found.items() if grade not in since_2016} == {BOTH}


def changed(remove: tuple[str, str] | None = None, add: tuple[str, str] | None = None) -> dict[str, tuple[str, str]]:
    """The validity by a law graph with one amendment less or more."""
    graph = law() + Graph()
    if remove:
        assert (iri(remove[0]), iri(remove[1]), iri("law:order-27-2021")) in graph
        graph.remove((iri(remove[0]), iri(remove[1]), iri("law:order-27-2021")))
    if add:
        graph.add((iri(add[0]), iri(add[1]), iri("law:order-27-2021")))
    return validity(graph)


def test_the_day_follows_from_the_amendments_in_the_law_graph() -> None:
    assert changed(remove=("law:order-775-cl-3", "bilik:isAmendedBy"))["translator"] == (BOTH[0], BOTH[0])
    assert changed(add=("law:order-775-cl-6", "bilik:isAmendedBy"))["technician-mid-none"] == BOTH
    assert changed(add=("law:order-775-sec-2", "bilik:isAmendedBy"))["technician-mid-none"] == BOTH
    assert changed(add=("law:order-775-sec-2", "bilik:isAddedBy"))["technician-mid-none"] == (BOTH[1], BOTH[1])
    assert changed(add=("law:order-775-cl-5", "bilik:isAmendedBy")) == validity(law())


def test_the_latest_of_several_amendments_counts() -> None:
    graph, later = law() + Graph(), iri("law:order-378-2012")
    graph.add((later, iri("bilik:inForceNotBefore"), Literal(date(2024, 5, 6))))
    graph.add((iri("law:order-775-cl-3"), iri("bilik:isAmendedBy"), later))
    found = validity(graph)
    assert found["translator"] == (BOTH[0], "2024-05-06")
    assert found["engineer"] == BOTH


def test_every_requirement_names_the_reading_of_its_entry_into_force() -> None:
    for requirement in law().subjects(RDF.type, iri("bilik:Requirement")):
        (clause,) = law().objects(requirement, iri("bilik:isStatedIn"))
        amended = (clause, iri("bilik:isAmendedBy"), None) in law()
        readings = {code(str(r)) for r in law().objects(requirement, iri("bilik:dependsOnInterpretation"))}
        both = {"amendment-in-force", "order-in-force"}
        assert readings & both == {"amendment-in-force" if amended else "order-in-force"}


# -- what is said of a day before --------------------------------------------------------------------------------------


def check(as_of: str, *options: object) -> Any:
    run = bilik("check", CLAIMANT, "--as-of", as_of, *options)
    assert run.status == 1
    return run


@pytest.mark.parametrize(
    ("as_of", "noted"),
    [("2016-10-13", {"not-in-force": 50}), ("2021-02-14", {"wording-unknown": 46}), ("2021-02-15", {})],
)
def test_json_has_the_note_on_every_verdict_concerned(as_of: str, noted: dict[str, int]) -> None:
    document = check(as_of, "--format", "json").json
    assert schema_errors("check", document) == []
    (person,) = document["persons"]
    found: dict[str, int] = {}
    for verdict in person["verdicts"]:
        for note in verdict["notes"]:
            found[note] = found.get(note, 0) + 1
            assert verdict["verdict"] == "undetermined"
            assert verdict["alternatives"]
            reading = {"not-in-force": "order-in-force", "wording-unknown": "amendment-in-force"}[note]
            assert verdict["readings"].count(reading) == 1
            # It does not hang on how the alternatives are read.
            requirement = iri(f"requirement:{verdict['grade']}")
            own = {code(str(one)) for one in law().objects(requirement, iri("bilik:dependsOnInterpretation"))}
            assert set(verdict["readings"]) == own | {reading}
    assert found == noted


def test_a_verdict_without_notes_or_with_unknown_ones_is_no_verdict() -> None:
    document = check("2021-02-14", "--format", "json").json
    verdict = document["persons"][0]["verdicts"][0]
    for broken in ("wording unknown", 1):
        verdict["notes"] = [broken]
        assert schema_errors("check", document)
    del verdict["notes"]
    assert schema_errors("check", document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_says_it_in_one_line(language: Language) -> None:
    for as_of, note, count in (("2016-10-13", "not-in-force", 50), ("2021-02-14", "wording-unknown", 46)):
        line = text("noted", language, note=name(f"note:{note}", language), count=count)
        shown = check(as_of, "--lang", language).out
        assert [" ".join(row.split()) for row in shown.splitlines()].count(line) == 1
        one = check(as_of, "--lang", language, "--grade", "accountant-high-first", "--why").out
        assert text("noted", language, note=name(f"note:{note}", language), count=1) in one
        assert one.count(name(f"note:{note}", language)) == 2
    assert name("note:wording-unknown", language) not in check("2021-02-15", "--lang", language).out


def test_text_names_no_next_step_by_a_wording_that_did_not_apply() -> None:
    person = PEOPLE / "timur-ulgi.ttl"
    for as_of in ("2021-02-14", "2021-02-15"):
        run = bilik("check", person, "--as-of", as_of, "--lang", "en")
        short = text("short", "en", months="").split()[-1]
        assert (short in run.out) == (as_of == "2021-02-15"), run.out


def test_the_receipt_carries_the_note_and_its_reading() -> None:
    graph = Graph().parse(data=check("2021-02-14", "--format", "turtle").out, format="turtle")
    verdicts = set(graph.subjects(RDF.type, iri("bilik:Verdict")))
    noted = set(graph.subjects(iri("bilik:hasNote"), iri("note:wording-unknown")))
    assert len(verdicts - noted) == 4
    assert noted < verdicts
    assert all((verdict, iri("bilik:reliesOn"), iri("reading:amendment-in-force")) in graph for verdict in noted)


def test_the_shacl_report_warns_and_says_why() -> None:
    out = check("2021-02-14", "--format", "shacl", "--position", "accountant").out
    graph = Graph().parse(data=out, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = set(graph.objects(report, SH.result))
    assert len(results) == 8
    for result in results:
        assert graph.value(result, SH.resultSeverity) == SH.Warning
        for language in LANGUAGES:
            assert (result, SH.resultMessage, Literal(name("note:wording-unknown", language), lang=language)) in graph
    assert not set(graph.subjects(SH.resultSeverity, SH.Violation))


# -- plans -------------------------------------------------------------------------------------------------------------

TRANSLATOR: Final = Person("t", (Credential("c", "higher", "0231", "2015-06-30"),))
TECHNICIAN: Final = Person("t", (Credential("c", "tvet", "0714", "2015-06-30"),))


@pytest.mark.parametrize(
    ("person", "grade", "as_of", "day", "assumed"),
    [
        (TRANSLATOR, "translator", date(2018, 1, 1), date(2021, 2, 15), True),
        (TRANSLATOR, "translator", date(2021, 2, 15), date(2021, 2, 15), False),
        (TRANSLATOR, "translator", date(2022, 1, 1), date(2022, 1, 1), False),
        (TECHNICIAN, "technician-mid-none", date(2018, 1, 1), date(2018, 1, 1), False),
        (TECHNICIAN, "technician-mid-none", date(2016, 1, 1), date(2016, 10, 14), True),
    ],
)
def test_a_plan_reaches_nothing_before_the_wording_is_known(
    person: Person, grade: str, as_of: date, day: date, assumed: bool
) -> None:
    (plan,) = make_plans(Records(to_store([person])), person_iri("t"), [grade], compiled_law(), as_of)
    assert plan.best.day == day
    assert ("wording-known" in plan.assumptions) == assumed
    for language in LANGUAGES:
        assert text("assumed-wording-known", language)


def test_a_plan_from_an_early_day_climbs_from_the_day_on_which_the_wording_is_known() -> None:
    """Clause 37: without category at once, the second category after a year in the position: 11 months and 30 days."""
    person = Person("t", (Credential("c", "higher", "0313", "2015-06-30"),))
    (plan,) = make_plans(
        Records(to_store([person])), person_iri("t"), ["psychologist-high-second"], compiled_law(), date(2019, 1, 1)
    )
    assert [(step.grade, step.day) for step in plan.best.steps] == [
        ("psychologist-high-none", date(2021, 2, 15)),
        ("psychologist-high-second", date(2022, 2, 14)),
    ]
