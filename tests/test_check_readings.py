"""``--reading`` and ``--readings`` on the command line: `check` and `explain` under other readings, in every format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import PROV, Namespace

from bilik.evaluate import compiled_law
from bilik.evaluate.variants import Variant, dependent_grades, under, variants
from bilik.namespaces import code, expand
from bilik.report.explanation import explain_grade, law_facts
from bilik.texts import LANGUAGES, Language, definition, name, rival
from command_line import AS_OF, PEOPLE, TABLE_SET, bilik, record, refusal, schema_errors

BILIK = Namespace(expand("bilik:"))
CLAIMANT = PEOPLE / "saule-ulgi.ttl"
FACTS = law_facts()
VARIANTS = variants()
GRADES = {
    variant: sorted(code(grade) for grade in dependent_grades(compiled_law(), variant.reading)) for variant in VARIANTS
}
OLD_HAND = """:old-hand bilik:claimsGrade grade:economist-high-highest ;
    bilik:hasCredential :degree ;
    bilik:hasEmployment :job .
:degree bilik:hasEducationLevel level:higher ; bilik:hasField isced-f:0421 .
:job bilik:hasPosition position:economist ; bilik:startedOn "2021-01-01"^^xsd:date ."""
"""Five years as economist with a degree in law."""
ALONE = ("--reading", "or-scope=stand-alone")
JSON = ("--format", "json")


@pytest.fixture
def old_hand(tmp_path: Path) -> Path:
    return record(tmp_path, OLD_HAND)


def only(document: Any) -> Any:
    """The one verdict of a document about one person and one grade."""
    ((verdict,),) = [person["verdicts"] for person in document["persons"]]
    return verdict


# -- check --reading -------------------------------------------------------------------------------------------------


def test_another_reading_changes_the_verdict_and_names_itself(old_hand: Path) -> None:
    asked = ("check", old_hand, "--grade", "economist-high-highest", *AS_OF, *JSON)
    usual, other = bilik(*asked), bilik(*asked, *ALONE)
    assert (usual.status, other.status) == (1, 0)
    assert schema_errors("check", usual.json) == schema_errors("check", other.json) == []
    assert "variants" not in usual.json
    assert other.json["variants"] == ["or-scope=stand-alone"]
    before, after = only(usual.json), only(other.json)
    assert (before["verdict"], after["verdict"]) == ("not-qualified", "qualified")
    assert "or-scope" in before["readings"]
    assert "or-scope=stand-alone" in after["readings"]
    assert "or-scope" not in after["readings"]
    alone = after["alternatives"][-1]
    assert (alone["number"], alone["result"], alone["credential"]) == (3, "met", None)
    assert [condition["kind"] for condition in alone["conditions"]] == ["experience"]
    assert after["alternatives"][:-1] == before["alternatives"]


def test_variants_are_named_in_one_order(old_hand: Path) -> None:
    exactly = ("--reading", "category-or-higher=exactly")
    asked = ("check", old_hand, *AS_OF, *JSON)
    assert bilik(*asked, *ALONE, *exactly).out == bilik(*asked, *exactly, *ALONE, *ALONE).out
    assert bilik(*asked, *ALONE, *exactly).json["variants"] == ["category-or-higher=exactly", "or-scope=stand-alone"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_says_what_was_read_otherwise(old_hand: Path, language: Language) -> None:
    asked = ("check", old_hand, "--grade", "economist-high-highest", "--why", *AS_OF, "--lang", language)
    shown = bilik(*asked, *ALONE).out
    label = name("reading:or-scope=stand-alone", language)
    assert f"or-scope=stand-alone: {definition('reading:or-scope=stand-alone', language)}" in shown
    assert f"or-scope=stand-alone ({label})" in shown
    assert "or-scope" not in bilik(*asked).out


def test_receipts_under_several_readings_can_be_put_together(old_hand: Path) -> None:
    """Each verdict has a name of its own, says what evaluation it comes from, and that one which readings it used."""
    asked = ("check", old_hand, "--grade", "economist-high-highest", *AS_OF, "--format", "turtle")
    both = ("--reading", "a-fortiori=named-levels")
    graph = Graph()
    for options in ((), ALONE, (*ALONE, *both)):
        graph.parse(data=bilik(*asked, *options).out, format="turtle")
    variants_used: dict[tuple[str, ...], str] = {}
    for verdict in graph.subjects(RDF.type, BILIK.Verdict):
        (outcome,) = graph.objects(verdict, BILIK.hasOutcome)
        (evaluation,) = graph.objects(verdict, PROV.wasGeneratedBy)
        used = sorted(code(str(node)) for node in graph.objects(evaluation, PROV.used) if "/voc/reading/" in str(node))
        variants_used[tuple(used)] = code(str(outcome))
        for result in graph.objects(verdict, BILIK.hasAlternativeResult):
            assert str(result).startswith(f"{verdict}/")
            assert len(list(graph.objects(result, BILIK.hasResult))) == 1
    assert variants_used == {
        (): "not-qualified",
        ("or-scope=stand-alone",): "qualified",
        ("a-fortiori=named-levels", "or-scope=stand-alone"): "qualified",
    }
    relied_on = set(graph.objects(None, BILIK.reliesOn))
    assert {URIRef(expand("reading:or-scope")), URIRef(expand("reading:or-scope=stand-alone"))} <= relied_on


@pytest.mark.parametrize(
    ("options", "signs"),
    [
        (("--reading", "or-scope"), ("--reading or-scope", "NAME=VARIANT", "or-scope=stand-alone")),
        (("--reading", "or-skope=stand-alone"), ("or-skope=stand-alone", "nearest: or-scope=stand-alone")),
        (("--reading", "or-scope=alone"), ("or-scope=alone", "nearest: or-scope=stand-alone")),
        (("--reading", "before-diploma=after"), ("before-diploma=after", "no such variant")),
        (
            ("--reading", "a-fortiori=named-levels", "--reading", "a-fortiori=without-limit"),
            ("a-fortiori is read in two ways", "a-fortiori=named-levels", "a-fortiori=without-limit"),
        ),
        ((*ALONE, "--format", "shacl"), ("--format shacl", "--reading", "json")),
        (("--readings", "--format", "shacl"), ("--readings", "--format shacl", "text or json")),
        (("--readings", "--format", "turtle"), ("--readings", "--format turtle", "text or json")),
    ],
)
def test_wrong_use(options: tuple[str, ...], signs: tuple[str, ...]) -> None:
    refused = refusal("check", CLAIMANT, *AS_OF, *options)
    assert [sign for sign in signs if sign not in refused] == []


# -- check --readings ------------------------------------------------------------------------------------------------


def test_readings_are_listed_for_each_verdict(old_hand: Path) -> None:
    plain = bilik("check", old_hand, *AS_OF, *JSON)
    run = bilik("check", old_hand, *AS_OF, *JSON, "--readings")
    assert (run.status, run.err) == (plain.status, "")
    assert schema_errors("check", run.json) == []
    (person,) = run.json["persons"]
    listed = person.pop("readings")
    assert [person] == plain.json["persons"]
    assert [entry["grade"] for entry in listed] == [verdict["grade"] for verdict in person["verdicts"]]
    assert [entry["verdict"] for entry in listed] == [verdict["verdict"] for verdict in person["verdicts"]]
    (claimed,) = [entry for entry in listed if entry["grade"] == "economist-high-highest"]
    assert claimed["depends_on"] == [{"reading": "or-scope=stand-alone", "verdict": "qualified"}]
    assert "months-reckoning" in claimed["without_variant"]
    assert not {"or-scope", "category-or-higher"} & set(claimed["without_variant"])
    assert schema_errors("check", {**run.json, "persons": [{**person, "readings": [{**claimed, "depends_on": [1]}]}]})


def test_every_change_listed_is_what_that_reading_gives(old_hand: Path) -> None:
    """What the list foretells comes out when the reading is chosen."""
    (person,) = bilik("check", old_hand, *AS_OF, *JSON, "--readings").json["persons"]
    foretold = [(e["grade"], change) for e in person["readings"] for change in e["depends_on"]]
    assert len(foretold) > 3
    for grade, change in foretold:
        chosen = bilik("check", old_hand, "--grade", grade, *AS_OF, *JSON, "--reading", change["reading"]).json
        assert only(chosen)["verdict"] == change["verdict"]


def test_under_a_variant_the_default_is_a_reading_to_try(old_hand: Path) -> None:
    asked = ("--grade", "economist-high-highest", *AS_OF, *ALONE)
    (person,) = bilik("check", old_hand, *asked, *JSON, "--readings").json["persons"]
    (entry,) = person["readings"]
    assert entry["verdict"] == "qualified"
    assert entry["depends_on"] == [{"reading": "or-scope", "verdict": "not-qualified"}]
    shown = bilik("check", old_hand, *asked, "--readings", "--lang", "en").out
    assert 'not qualified: or-scope (Scope of "or", the default reading)' in shown


@pytest.mark.parametrize(
    ("language", "heading", "unchanged"),
    [
        ("kk", "Түсіндіруге байланысты қорытындылар", "тексерілген түсіндірулердің бәрінде бірдей"),
        ("ru", "Что зависит от толкования", "одинаково при всех проверенных толкованиях"),
        ("en", "What hangs on a reading", "the same under every reading tried"),
    ],
)
def test_text_lists_what_hangs_on_a_reading(old_hand: Path, language: Language, heading: str, unchanged: str) -> None:
    run = bilik("check", old_hand, *AS_OF, "--readings", "--lang", language)
    assert run.status == 1
    listed = run.out[run.out.index(heading) :]
    qualified = name("outcome:qualified", language)
    label = name("reading:or-scope=stand-alone", language)
    assert f"{qualified}: or-scope=stand-alone ({label})" in listed
    assert name("reading:months-reckoning", language) in listed
    asked = ("--grade", "psychologist-high-none", "--readings", "--lang", language)
    assert unchanged in bilik("check", old_hand, *AS_OF, *asked).out
    assert heading not in bilik("check", old_hand, *AS_OF, "--lang", language).out


def test_near_grades_are_listed_beside_those_shown(old_hand: Path) -> None:
    """Of the positions shown, also what another reading would turn into a qualification; of others nothing."""
    near = "Economist, specialist of the middle level of qualification, second category: undetermined"
    shown = bilik("check", old_hand, *AS_OF, "--readings", "--lang", "en").out
    listed = shown[shown.index("What hangs on a reading") :]
    assert near in listed
    assert "qualified: field-not-stated=any-field" in listed[listed.index(near) :]
    assert "Accountant" not in listed
    (person,) = bilik("check", old_hand, *AS_OF, *JSON, "--readings").json["persons"]
    assert any(e["grade"].startswith("accountant") and e["depends_on"] for e in person["readings"])


def test_tables_are_compared_person_by_person() -> None:
    plain = bilik("check", TABLE_SET, *AS_OF, *JSON).json
    document = bilik("check", TABLE_SET, *AS_OF, *JSON, "--readings").json
    assert schema_errors("check", document) == []
    assert len(document["persons"]) == 4
    for person, usual in zip(document["persons"], plain["persons"], strict=True):
        assert [entry["verdict"] for entry in person["readings"]] == [v["verdict"] for v in usual["verdicts"]]


# -- explain ---------------------------------------------------------------------------------------------------------


def explained(grade: str, *variants: Variant | str) -> Any:
    options = [option for variant in variants for option in ("--reading", getattr(variant, "code", variant))]
    document = bilik("explain", grade, *options, *JSON).json
    assert schema_errors("explanation", document) == []
    return document


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.code)
def test_a_requirement_is_explained_under_another_reading(variant: Variant) -> None:
    """In every grade that depends on the reading it is named; in at least one, something else is asked."""
    differing = 0
    law = under(compiled_law(), [variant])
    for grade in GRADES[variant]:
        usual, other = explain_grade(grade, FACTS, compiled_law()), explain_grade(grade, FACTS, law)
        assert (usual.variants, other.variants) == ((), (variant.code,))
        assert variant.code in other.readings
        assert variant.reading in usual.readings
        assert variant.reading not in other.readings
        assert usual.covers is not None
        assert other.covers is other.covered_by is None
        differing += other.alternatives != usual.alternatives
    assert bool(differing) is (variant.code not in SEEN_IN_VERDICTS_ONLY)
    assert explained(grade, variant)["readings"] == list(other.readings)


SEEN_IN_VERDICTS_ONLY = {"engineering-technical-group=open", "general-secondary-included=general-secondary-only"}
"""The words of what is asked stay the same; which posts may count, or who holds the level named, does not."""


def condition(document: Any, alternative: int, kind: str) -> Any:
    (found,) = [part for part in document["alternatives"][alternative - 1]["conditions"] if part["kind"] == kind]
    return found


def test_what_is_asked_is_what_the_reading_makes_of_it() -> None:
    usual = explained("accountant-mid")
    assert condition(usual, 1, "education")["levels_a_fortiori"] == ["post-secondary", "higher", "postgraduate"]
    named = explained("accountant-mid", "a-fortiori=named-levels", "no-education-named=vocational-education")
    assert condition(named, 1, "education")["levels_a_fortiori"] == []
    added = condition(named, 2, "education")
    assert (added["levels"], added["field_rule"], added["words"]) == (["tvet"], "level-only", [])
    assert condition(explained("translator"), 2, "education")["field_rule"] == "silent"
    stated = condition(explained("translator", "left-modifier-scope=both-levels"), 2, "education")
    assert (stated["field_rule"], stated["fields"], stated["field_codes"]) == ("stated", [], ["023"])
    first = "accountant-high-first"
    assert condition(explained(first), 1, "experience")["categories"] == ["second", "first", "highest"]
    exactly = condition(explained(first, "category-or-higher=exactly"), 1, "experience")
    assert exactly["categories"] == ["second"]
    alone = explained(first, "or-scope=stand-alone")["alternatives"]
    assert [part["kind"] for part in alone[2]["conditions"]] == ["experience"]
    assert alone[2]["conditions"][0]["speciality"] == "accountant"


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_explains_rivals_and_how_to_try_them(language: Language) -> None:
    shown = bilik("explain", "accountant-high-first", "--lang", language).out
    assert rival("or-scope", language) in shown
    assert rival("months-reckoning", language) in shown
    assert "--reading or-scope=stand-alone" in shown
    assert "--reading months-reckoning" not in shown
    other = bilik("explain", "accountant-high-first", *ALONE, "--lang", language).out
    assert f"or-scope=stand-alone: {definition('reading:or-scope=stand-alone', language)}" in other
    assert definition("reading:or-scope", language) in other, "the default, in place of the rivals"
    assert rival("or-scope", language) not in other


@pytest.mark.parametrize(
    ("language", "any_field", "category"),
    [("kk", "кез келген сала", "тек екінші санатты"), ("ru", "любая область", "только"), ("en", "any field", "only")],
)
def test_other_readings_in_words(language: Language, any_field: str, category: str) -> None:
    asked = ("explain", "economist-mid-first", "--lang", language)
    readings = ("--reading", "field-not-stated=any-field", "--reading", "category-or-higher=exactly")
    tree = bilik(*asked, *readings).out.partition(name("reading:any-employer", language))[0]
    assert any_field in tree
    assert category in tree
    assert any_field not in bilik(*asked).out.partition("a-fortiori")[0]


def test_rivals_in_json() -> None:
    document = explained("accountant-high-first")
    assert [other["reading"] for other in document["rivals"]] == document["readings"]
    tried = {other["reading"]: other["variants"] for other in document["rivals"]}
    assert tried["or-scope"] == ["or-scope=stand-alone"]
    assert tried["months-reckoning"] == []
    wrong = {**document, "rivals": [{"reading": "or-scope", "rival": "", "variants": []}]}
    assert schema_errors("explanation", wrong)


def test_wrong_use_of_explain() -> None:
    assert "NAME=VARIANT" in refusal("explain", "engineer", "--reading", "or-scope")
