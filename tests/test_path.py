"""``bilik path``, ``bilik gap`` and ``--assume``: what they print in each format, and how they refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from command_line import AS_OF, DOSSIERS, PEOPLE, TABLE_SET, bilik, record, refusal, schema_errors

GRADES = 50
ACCOUNTANT = PEOPLE / "saule-ulgi.ttl"
INSPECTOR = PEOPLE / "madina-ulgi.ttl"
GAPS_IN_PAPERS = PEOPLE / "zere-mysal.ttl"
LANGUAGES = ("kk", "ru", "en")
WORKS_AS_ENGINEER = ("--assume", "employment position=engineer start=2025-01-01")


def plan(*arguments: object) -> Any:
    """The JSON of a plan, which keeps to its schema."""
    document = bilik("path", *arguments, *AS_OF, "--format", "json").json
    assert schema_errors("path", document) == []
    return document


def gap(*arguments: object) -> Any:
    """The JSON of a gap, which keeps to its schema."""
    document = bilik("gap", *arguments, *AS_OF, "--format", "json").json
    assert schema_errors("gap", document) == []
    return document


# -- path ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.name)
def test_every_grade(path: Path) -> None:
    document = plan(path)
    assert document["to"] is None
    assert len({one["to"] for one in document["plans"]}) == GRADES
    verdicts = {v["grade"]: v for v in bilik("check", path, *AS_OF, "--format", "json").json["persons"][0]["verdicts"]}
    for one in document["plans"]:
        now = verdicts[one["to"]]["verdict"] == "qualified"
        assert now == (one["months"] == 0), "reached at once if and only if the check says qualified"
        assert one["reachable"] == (one["date"] is not None) == bool(one["steps"])
        assert not one["steps"] or one["steps"][-1]["grade"] == one["to"]
        assert one["steps"] == sorted(one["steps"], key=lambda step: step["month"])
        for step in one["steps"]:
            assert step["provision"] == verdicts[step["grade"]]["provision"]


def test_a_position_gives_the_best_grade_of_each_tier() -> None:
    document = plan(ACCOUNTANT, "--to", "accountant")
    assert [one["to"] for one in document["plans"]] == ["accountant-high-highest", "accountant-mid-highest"]
    assert [one["missing"] for one in document["plans"]] == [[], []]


def test_a_grade_out_of_reach_by_time_is_reached_by_study() -> None:
    one = plan(INSPECTOR, "--to", "hr-specialist")
    assert [(change["kind"], change["level"]) for change in one["missing"]] == [("education", "higher")]
    assert one["others"] == [
        {"way": "no-study", "reachable": False, "months": None, "date": None, "steps": [], "missing": []}
    ]
    assert {obstacle["kind"] for obstacle in one["obstacles"]} == {"education"}
    assert one["assumptions"] == ["work-goes-on", "study-alongside"]


def test_open_facts_name_the_papers_that_would_settle_them() -> None:
    one = plan(GAPS_IN_PAPERS, "--to", "economist")
    assert one["optimistic"]["months"] == 0
    assert {fact["note"] for fact in one["open"]} == {"field-unknown"}
    assert all(fact["evidence"] for fact in one["open"])
    shown = bilik("path", GAPS_IN_PAPERS, "--to", "economist", *AS_OF, "--lang", "en").out
    assert "needs: the diploma or its supplement, which names the speciality" in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("to", [None, "accountant", "accountant-high-first", "engineer-high-first"])
def test_text(language: str, to: str | None) -> None:
    run = bilik("path", ACCOUNTANT, *(["--to", to] if to else []), *AS_OF, "--lang", language)
    assert run.status == 0
    assert "Сәуле Үлгі" in run.out
    assert "{" not in run.out


def test_text_says_when_and_by_which_clause() -> None:
    out = bilik("path", ACCOUNTANT, "--to", "accountant-high-first", *AS_OF, "--lang", "en").out
    assert "on 2026-09-30, in 9 months" in out
    assert "by 24 months in the position" in out
    assert "clause 14" in out


def test_law_path() -> None:
    document = bilik("path", "--from", "engineer", "--to", "engineer-high-highest", "--format", "json").json
    assert schema_errors("path", document) == []
    assert (document["months"], document["as_of"], document["date"]) == (60, None, None)
    assert [(step["month"], step["by"]) for step in document["steps"]] == [
        (12, "position"),
        (36, "position"),
        (60, "speciality"),
    ]
    assert "60 months" in bilik("path", "--from", "engineer", "--to", "engineer-high-highest", "--lang", "en").out
    nowhere = bilik("path", "--from", "lawyer", "--to", "translator", "--format", "json")
    assert nowhere.status == 0, "out of reach is an answer"
    assert schema_errors("path", nowhere.json) == []
    assert nowhere.json["reachable"] is False


def test_one_of_several_persons() -> None:
    assert "--person" in refusal("path", TABLE_SET, "--to", "engineer", *AS_OF)
    person = bilik("check", TABLE_SET, *AS_OF, "--format", "json").json["persons"][0]["person"]
    assert plan(TABLE_SET, "--to", "engineer", "--person", person)["person"] == person
    assert "no such person" in refusal("path", TABLE_SET, "--to", "engineer", "--person", "nobody", *AS_OF)


def test_output_file_is_complete_or_absent(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    run = bilik("path", ACCOUNTANT, "--to", "economist", *AS_OF, "--format", "json", "-o", target)
    assert (run.status, run.out) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("{")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]
    assert "cannot be written" in refusal("path", ACCOUNTANT, *AS_OF, "-o", tmp_path / "missing" / "plan.json")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "FILE"),
        (("--from", "engineer"), "--to"),
        ((ACCOUNTANT, "--from", "engineer", "--to", "engineer"), "--from"),
        ((ACCOUNTANT, "--to", "enginer"), "engineer"),
        ((ACCOUNTANT, "--as-of", "2026-02-30"), "2026-02-30"),
        (("--from", "engineer", "--to", "engineers"), "engineer"),
        ((ACCOUNTANT, "--to", "economist", "--format", "pdf"), "pdf"),
        ((ACCOUNTANT, *AS_OF, "--format", "svg"), "--to"),
    ],
)
def test_refusals(arguments: tuple[object, ...], said: str) -> None:
    assert said in refusal("path", *arguments)


# -- gap -------------------------------------------------------------------------------------------------------------


def test_gap_by_time() -> None:
    document = gap(ACCOUNTANT, "--to", "accountant-high-first")
    assert document["verdict"] == "not-qualified"
    assert [(one["alternative"]["number"], one["closed"]["months"]) for one in document["alternatives"]] == [
        (1, 9),
        (2, 20),
    ]
    assert document["cheapest"] == 1
    assert (document["new_duties"], document["new_knowledge"]) == ([], [])


def test_gap_to_another_position_shows_what_is_new() -> None:
    document = gap(ACCOUNTANT, "--to", "lawyer")
    assert document["positions_held"] == ["accountant"]
    assert [change["kind"] for change in document["alternatives"][0]["closed"]["missing"]] == ["education"]
    assert document["new_duties"]
    keys = [item["key"] for item in document["new_knowledge"]]
    assert keys == sorted(keys)
    assert keys


def test_gap_with_the_same_words_in_another_order() -> None:
    """Item 11 of an engineer and item 13 of a personnel specialist have the same words."""
    document = gap(PEOPLE / "timur-ulgi.ttl", "--to", "hr-specialist", *WORKS_AS_ENGINEER)
    assert "engineer" in document["positions_held"]
    assert "hr-specialist-13" not in {item["key"] for item in document["new_knowledge"]}
    assert document["knowledge_in_common"] > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_gap_text(language: str) -> None:
    run = bilik("gap", ACCOUNTANT, "--to", "lawyer", *AS_OF, "--lang", language)
    assert run.status == 0
    assert "{" not in run.out
    assert "•" in run.out


def test_gap_without_anything_missing() -> None:
    document = gap(ACCOUNTANT, "--to", "accountant-high-second")
    assert document["verdict"] == "qualified"
    assert document["alternatives"][document["cheapest"] - 1]["closed"]["months"] == 0


# -- what if ---------------------------------------------------------------------------------------------------------


def test_assumed_entries_change_verdicts_and_not_the_file() -> None:
    before = INSPECTOR.read_bytes()
    grade = ("--grade", "hr-specialist", *AS_OF, "--format", "json")
    assert bilik("check", INSPECTOR, *grade).json["persons"][0]["verdicts"][0]["verdict"] == "not-qualified"
    degree = "credential level=higher field=0421 awarded=2025-06-30"
    assumed = bilik("check", INSPECTOR, *grade, "--assume", degree).json["persons"][0]["verdicts"][0]
    assert assumed["verdict"] == "qualified"
    assert assumed["alternatives"][0]["conditions"][0]["evidence"] == ["assumed:1"]
    assert INSPECTOR.read_bytes() == before


def test_assumed_entries_in_a_plan() -> None:
    degree = ("--assume", "credential level=higher field=0421 awarded=2027-06-30")
    one = plan(INSPECTOR, "--to", "hr-specialist", *degree)
    assert (one["date"], one["missing"], one["steps"][-1]["by"]) == ("2027-06-30", [], "education")
    assert gap(INSPECTOR, "--to", "hr-specialist", *degree)["alternatives"][0]["closed"]["date"] == "2027-06-30"


def test_assumed_training_and_work(tmp_path: Path) -> None:
    nobody = record(tmp_path, ":a a bilik:Person .")
    training = ("--assume", "training activity=accounting-control completed=2025-01-31")
    work = ("--assume", 'employment position="Қойма меңгерушісі" activity=accounting-control start=2022-01-01')
    run = bilik("check", nobody, *AS_OF, "--grade", "accountant-mid", *training, *work, "--format", "json")
    verdict = run.json["persons"][0]["verdicts"][0]
    assert verdict["verdict"] == "qualified"
    assert {entry for part in verdict["alternatives"][1]["conditions"] for entry in part["evidence"]} == {
        "assumed:1",
        "assumed:2",
    }


def test_assumed_for_one_person_of_several() -> None:
    first, second = (one["person"] for one in bilik("check", TABLE_SET, *AS_OF, "--format", "json").json["persons"][:2])
    degree = f"credential level=higher field=0231 person={second}"
    run = bilik("check", TABLE_SET, *AS_OF, "--grade", "translator", "--assume", degree, "--format", "json")
    verdicts = {one["person"]: one["verdicts"][0]["verdict"] for one in run.json["persons"]}
    assert verdicts[second] == "qualified"
    assert verdicts[first] != "qualified"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("degree level=higher", "credential"),
        ("credential", "says nothing"),
        ("credential person=x", "says nothing"),
        ("credential level", "level"),
        ("credential level=", "level"),
        ("credential level=higher level=tvet", "level=tvet"),
        ("credential grade=higher", "grade=higher"),
        ("credential level=bachelor", "postgraduate"),
        ("credential level=higher field=law", "ISCED-F"),
        ("credential level=higher awarded=2027-02-30", "2027-02-30"),
        ("credential level=higher recognised_for=enginer", "engineer"),
        ("training activity=cooking", "personnel"),
        ("employment position='unfinished", "quotation"),
        ("credential level=higher person=somebody-else", "somebody-else"),
        ("", "credential"),
    ],
)
def test_assumptions_that_mean_nothing(statement: str, said: str) -> None:
    line = refusal("check", ACCOUNTANT, *AS_OF, "--assume", statement)
    assert said in line
    assert line.startswith("bilik: --assume")


# -- other readings --------------------------------------------------------------------------------------------------

ALONE = ("--reading", "or-scope=stand-alone")


def test_plans_under_another_reading_are_those_of_its_verdicts() -> None:
    usual, otherwise = (plan(GAPS_IN_PAPERS, *readings) for readings in ((), ALONE))
    assert "variants" not in usual
    assert otherwise["variants"] == ["or-scope=stand-alone"]
    verdicts = {}
    for readings in ((), ALONE):
        judged = bilik("check", GAPS_IN_PAPERS, *AS_OF, *readings, "--format", "json").json["persons"][0]["verdicts"]
        verdicts[readings] = {verdict["grade"]: verdict["verdict"] for verdict in judged}
    for readings, document in (((), usual), (ALONE, otherwise)):
        for one in document["plans"]:
            assert (verdicts[readings][one["to"]] == "qualified") == (one["months"] == 0), one["to"]
    at_once = [{one["to"] for one in document["plans"] if one["months"] == 0} for document in (usual, otherwise)]
    assert at_once[0] < at_once[1], "experience without a diploma is enough for some grades"


def test_a_gap_under_another_reading_has_its_alternatives() -> None:
    asked = (GAPS_IN_PAPERS, "--to", "accountant-high-first")
    usual, otherwise = gap(*asked), gap(*asked, *ALONE)
    assert [len(document["alternatives"]) for document in (usual, otherwise)] == [2, 3]
    assert otherwise["variants"] == ["or-scope=stand-alone"]
    assert "variants" not in usual
    added = otherwise["alternatives"][2]["alternative"]
    assert [condition["kind"] for condition in added["conditions"]] == ["experience"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_say_what_is_read_otherwise(language: str) -> None:
    for command in ("path", "gap"):
        asked = (command, ACCOUNTANT, "--to", "accountant-high-highest", *AS_OF, "--lang", language)
        assert "or-scope=stand-alone: " in bilik(*asked, *ALONE).out
        assert "or-scope" not in bilik(*asked).out


def test_what_does_not_go_with_another_reading() -> None:
    picture = ("path", ACCOUNTANT, "--to", "accountant-high-highest", *ALONE, "--format", "mermaid")
    assert "use text or json" in refusal(*picture)
    law_path = ("path", "--from", "engineer-high-second", "--to", "engineer-high-first", *ALONE)
    assert bilik(*law_path).status == 2
    assert "no such variant" in refusal("gap", ACCOUNTANT, "--to", "economist-high-first", "--reading", "or-scope=x")
