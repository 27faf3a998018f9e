"""``bilik check``: what it prints in each format, whom it reads, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from bilik.evaluate import compiled_law, judge
from bilik.namespaces import code, expand
from bilik.people import load_people
from command_line import AS_OF, DOSSIERS, PEOPLE, TABLE_SET, bilik, bilik_process, record, schema_errors, written

GRADES = 50
MET = PEOPLE / "aigerim-ulgi.ttl"
UNMET = PEOPLE / "saule-ulgi.ttl"
UNDETERMINED = PEOPLE / "zere-mysal.ttl"
FORMATS = ("text", "json", "turtle")


def verdicts(document: Any) -> dict[tuple[str, str], Any]:
    return {(p["person"], v["grade"]): v for p in document["persons"] for v in p["verdicts"]}


# -- formats ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*DOSSIERS, TABLE_SET], ids=lambda path: path.name)
def test_json_is_valid_and_says_what_the_library_says(path: Path) -> None:
    document = bilik("check", path, *AS_OF, "--format", "json").json
    assert schema_errors("check", document) == []
    assert document["as_of"] == "2026-01-01"
    assert document["findings"] == []
    records = load_people([path])
    judged = list(judge(records.store, compiled_law(), date(2026, 1, 1)))
    assert [person["person"] for person in document["persons"]] == [records.shown(j.person) for j in judged]
    for person, judgement in zip(document["persons"], judged, strict=True):
        assert person["claims"] == [{"grade": v.grade, "verdict": v.outcome} for v in judgement.claimed]
        assert len(person["verdicts"]) == GRADES
        for shown, verdict in zip(person["verdicts"], judgement.verdicts, strict=True):
            assert (shown["grade"], shown["verdict"]) == (verdict.grade, verdict.outcome)
            assert (shown["provision"], tuple(shown["readings"])) == (verdict.provision, verdict.readings)
            for way, alternative in zip(shown["alternatives"], verdict.alternatives, strict=True):
                assert (way["number"], way["result"]) == (alternative.number, alternative.result)
                assert way["credential"] == (alternative.credential and records.shown(alternative.credential))
                for part, condition in zip(way["conditions"], alternative.conditions, strict=True):
                    assert (part["kind"], part["result"]) == (condition.kind, condition.result)
                    assert tuple(part["notes"]) == condition.notes
                    assert part["evidence"] == [records.shown(entry) for entry in condition.evidence]
                    for months in ("required_months", "certain_months", "possible_months", "short_months"):
                        assert part.get(months) == getattr(condition, months)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("as_of",), "2026-02-30"),
        (("persons", 0, "verdicts", 0, "verdict"), "met"),
        (("persons", 0, "verdicts", 0, "alternatives"), []),
        (("persons", 0, "verdicts", 0, "alternatives", 0, "conditions", 0, "required_months"), 3),
        (("persons", 0, "extra"), 1),
        (("findings",), [{"code": "x"}]),
    ],
)
def test_the_schema_refuses_what_is_wrong(place: tuple[str | int, ...], value: object) -> None:
    document = bilik("check", MET, "--grade", "translator", *AS_OF, "--format", "json").json
    assert schema_errors("check", document) == []
    part = document
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    assert schema_errors("check", document)


def test_unbounded_months_are_null() -> None:
    found = verdicts(bilik("check", UNDETERMINED, *AS_OF, "--format", "json").json)
    months = [
        part["possible_months"]
        for verdict in found.values()
        for way in verdict["alternatives"]
        for part in way["conditions"]
        if "start-unknown" in part["notes"]
    ]
    assert months
    assert set(months) == {None}


def test_turtle_is_the_verdict_graph() -> None:
    files = (MET, PEOPLE / "asel-mysal.jsonld", TABLE_SET)
    answer = bilik("check", *files, *AS_OF, "--format", "turtle")
    store = ox.Store()
    store.load(answer.out.encode("utf-8"), format=ox.RdfFormat.TURTLE)
    assert not any(isinstance(term, ox.BlankNode) for quad in store for term in (quad.subject, quad.object))
    is_verdict = store.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("bilik:Verdict")))
    outcomes = {
        (node(store, verdict, "bilik:concernsPerson"), code(node(store, verdict, "bilik:concernsGrade"))): code(
            node(store, verdict, "bilik:hasOutcome")
        )
        for verdict in (quad.subject for quad in is_verdict)
    }
    assert list(Counter(person for person, _ in outcomes).values()) == [GRADES] * 6
    by_json = verdicts(bilik("check", *files, *AS_OF, "--format", "json").json)
    table_person = "https://w3id.org/bilik/person/"
    assert outcomes == {
        (person if person.startswith("http") else table_person + person, grade): verdict["verdict"]
        for (person, grade), verdict in by_json.items()
    }


def node(store: ox.Store, subject: object, term: str) -> str:
    assert isinstance(subject, ox.NamedNode)
    (quad,) = store.quads_for_pattern(subject, ox.NamedNode(expand(term)), None)
    assert isinstance(quad.object, ox.NamedNode)
    return quad.object.value


def test_text_shows_claims_best_next_and_the_date() -> None:
    shown = bilik("check", UNMET, *AS_OF, "--lang", "en").out
    assert "Сәуле Үлгі  https://example.org/people/saule-ulgi  (as of 2026-01-01)" in shown
    claimed = shown[shown.index("Position held") : shown.index("Qualifies for")]
    assert "✘ Accountant, specialist of the high level of qualification, first category" in claimed
    assert "not qualified" in claimed
    assert "clause 14" in claimed
    following = shown[shown.index("Next step") :]
    assert "months of experience short" in following


def test_without_a_date_today_is_printed() -> None:
    before = date.today()
    shown = bilik("check", MET, "--lang", "en").out
    assert any(f"(as of {day.isoformat()})" in shown for day in (before, date.today()))


@pytest.mark.parametrize(("asked", "shown"), [((), False), (("--why",), True)])
def test_reasons_are_shown_on_request(asked: tuple[str, ...], shown: bool) -> None:
    text = bilik("check", UNMET, *AS_OF, "--lang", "en", *asked).out
    for sign in ("Reasons", "alternative 1", "Readings relied on", "of 24 months", "#diploma-2023"):
        assert (sign in text) is shown, sign


def test_reasons_for_the_grades_asked_for() -> None:
    text = bilik("check", MET, *AS_OF, "--grade", "engineer", "--grade", "economist", "--why", "--lang", "en").out
    reasons = text[text.index("Reasons") :]
    assert "engineer, clause 9" in reasons
    assert "economist, clause 43" in reasons
    assert "translator, clause 3" not in reasons


# -- selection -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "grades"),
    [
        (("--grade", "engineer"), ["engineer"]),
        (("--grade", "economist", "--grade", "translator"), ["translator", "economist"]),
        (("--position", "hr-specialist"), ["hr-specialist"]),
        (("--position", "translator", "--grade", "lawyer"), ["translator", "lawyer"]),
        (
            ("--position", "technician"),
            ["technician-mid-highest", "technician-mid-first", "technician-mid-second", "technician-mid-none"],
        ),
    ],
)
def test_selection(options: tuple[str, ...], grades: list[str]) -> None:
    every = verdicts(bilik("check", UNDETERMINED, *AS_OF, "--format", "json").json)
    found = verdicts(bilik("check", UNDETERMINED, *AS_OF, "--format", "json", *options).json)
    assert [grade for _, grade in found] == grades
    assert found == {key: every[key] for key in found}


def test_as_of_decides() -> None:
    early = verdicts(bilik("check", UNMET, "--as-of", "2012-01-01", "--format", "json").json)
    late = verdicts(bilik("check", UNMET, *AS_OF, "--format", "json").json)
    assert early != late
    gained = [key for key in late if late[key]["verdict"] == "qualified" != early[key]["verdict"]]
    lost = [key for key in late if late[key]["verdict"] != "qualified" == early[key]["verdict"]]
    assert gained
    assert not lost


# -- how it ends -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("path", "status"),
    [(MET, 0), (UNMET, 1), (UNDETERMINED, 1), (TABLE_SET, 1), (PEOPLE / "nurlan-mysal.ttl", 0)],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_status_says_whether_the_claims_are_met(path: Path, status: int, form: str) -> None:
    assert bilik("check", path, *AS_OF, "--format", form).status == status


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("turtle", "status"),
    [
        (":p a bilik:Person .", 0),
        (":p bilik:claimsGrade grade:no-such-grade .", 1),
        (':p bilik:hasEmployment :j . :j bilik:startedOn "soon" .', 1),
        (':p bilik:hasEmployment :j . :j bilik:startedOn "2030-01-01"^^xsd:date .', 1),
    ],
    ids=["no claim", "claim of no grade", "finding", "starts later"],
)
def test_status_with_findings(tmp_path: Path, turtle: str, status: int, form: str) -> None:
    assert bilik("check", record(tmp_path, turtle), *AS_OF, "--format", form).status == status


def test_one_unmet_claim_among_many_files() -> None:
    assert bilik("check", *DOSSIERS, *AS_OF, "--format", "json").status == 1
    assert bilik("check", MET, PEOPLE / "nurlan-mysal.ttl", *AS_OF, "--format", "json").status == 0


# -- languages -------------------------------------------------------------------------------------------------------

HEADING = {"kk": "Атқаратын лауазымы", "ru": "Занимаемая должность", "en": "Position held"}


@pytest.mark.parametrize("language", HEADING)
def test_language_chosen(language: str) -> None:
    shown = bilik("check", UNDETERMINED, *AS_OF, "--why", "--lang", language, env={"LANG": "en_US.UTF-8"}).out
    assert [other for other in HEADING if HEADING[other] in shown] == [language]


@pytest.mark.parametrize(
    ("env", "language"),
    [
        ({}, "kk"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "ru.UTF-8"}, "ru"),
        ({"LANG": "kk_KZ.UTF-8"}, "kk"),
        ({"LANG": "de_DE.UTF-8"}, "kk"),
        ({"LANG": "C.UTF-8"}, "kk"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ru_RU.UTF-8", "LANG": "en_US.UTF-8"}, "ru"),
    ],
)
def test_language_of_the_locale(env: dict[str, str], language: str) -> None:
    assert HEADING[language] in bilik("check", MET, *AS_OF, env=env).out


# -- whom it reads ---------------------------------------------------------------------------------------------------


def test_several_files_are_one_run() -> None:
    together = bilik("check", *DOSSIERS, TABLE_SET, *AS_OF, "--format", "json").json
    alone = [bilik("check", path, *AS_OF, "--format", "json").json["persons"] for path in (*DOSSIERS, TABLE_SET)]
    assert verdicts(together) == verdicts({"persons": [person for persons in alone for person in persons]})
    assert len(together["persons"]) == len(DOSSIERS) + 4


@pytest.mark.parametrize(
    ("suffix", "rdf_format"),
    [
        (".nt", ox.RdfFormat.N_TRIPLES),
        (".rdf", ox.RdfFormat.RDF_XML),
        (".xml", ox.RdfFormat.RDF_XML),
        (".jsonld", ox.RdfFormat.JSON_LD),
        (".ttl", ox.RdfFormat.TURTLE),
    ],
)
def test_formats_of_records(tmp_path: Path, suffix: str, rdf_format: ox.RdfFormat) -> None:
    content = ox.serialize((quad.triple for quad in ox.parse(path=str(UNDETERMINED))), format=rdf_format)
    assert content is not None
    path = written(tmp_path, f"same{suffix}", content)
    same = bilik("check", path, *AS_OF, "--format", "json")
    assert same == bilik("check", UNDETERMINED, *AS_OF, "--format", "json")


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = written(tmp_path, "bom.ttl", b"\xef\xbb\xbf" + MET.read_bytes())
    assert bilik("check", path, *AS_OF).out == bilik("check", MET, *AS_OF).out


def test_named_graphs_are_read(tmp_path: Path) -> None:
    """A document that wraps its person in ``@graph`` and gives the graph a name is a record all the same."""
    path = written(
        tmp_path,
        "graph.jsonld",
        '{"@context": {"bilik": "https://w3id.org/bilik/def#"}, "@id": "https://example.org/g", "@graph": [{'
        '"@id": "https://example.org/p", "bilik:claimsGrade": {"@id": "https://w3id.org/bilik/id/grade/engineer"}}]}',
    )
    (person,) = bilik("check", path, *AS_OF, "--format", "json").json["persons"]
    assert person["person"] == "https://example.org/p"
    assert person["claims"] == [{"grade": "engineer", "verdict": "not-qualified"}]


def test_relative_names_are_those_of_the_file(tmp_path: Path) -> None:
    path = record(tmp_path, "<#me> a bilik:Person .")
    (person,) = bilik("check", path, *AS_OF, "--format", "json").json["persons"]
    assert person["person"] == f"{path.resolve().as_uri()}#me"


BLANK = """[] bilik:claimsGrade grade:engineer ;
    bilik:hasCredential [ bilik:hasEducationLevel level:{level} ; bilik:hasField isced-f:0713 ] ."""


def test_blank_nodes_have_the_same_names_in_every_run(tmp_path: Path) -> None:
    path = record(tmp_path, BLANK.format(level="higher"))
    runs = [bilik("check", path, *AS_OF, "--format", form) for form in FORMATS for _ in range(2)]
    assert runs[0] == runs[1]
    assert runs[2] == runs[3]
    assert runs[4] == runs[5]
    (person,) = runs[2].json["persons"]
    assert person["person"].startswith("https://w3id.org/bilik/.well-known/genid/")
    assert person["claims"] == [{"grade": "engineer", "verdict": "qualified"}]


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    """The labels of blank nodes belong to their file: the same label in another file is another person."""
    paths = [record(tmp_path, BLANK.format(level=level), f"{level}.ttl") for level in ("higher", "general-secondary")]
    together = bilik("check", *paths, *AS_OF, "--format", "json").json
    assert together["findings"] == []
    assert [person["claims"][0]["verdict"] for person in together["persons"]].count("qualified") == 1
    assert len(together["persons"]) == 2
    assert bilik("check", paths[0], paths[0], *AS_OF).out == bilik("check", paths[0], *AS_OF).out


def test_names_that_look_like_markup_are_shown_as_they_are(tmp_path: Path) -> None:
    path = written(tmp_path, "credentials.csv", "person,level\n[/x] [red]a,tvet\n").parent
    written(tmp_path, "employments.csv", "person,position,start,end\n[/x] [red]a,[/y],soon,\n")
    run = bilik("check", path, *AS_OF, "--why", "--lang", "en")
    assert "[/x] [red]a  (as of 2026-01-01)" in run.out
    assert run.status == 1
    labelled = record(tmp_path, ':p <http://www.w3.org/2000/01/rdf-schema#label> "[/b] Асан" ; a bilik:Person .')
    assert "[/b] Асан" in bilik("check", labelled, *AS_OF).out


# -- output ----------------------------------------------------------------------------------------------------------


def test_no_colour_codes_and_no_progress_when_not_a_terminal() -> None:
    run = bilik_process("check", UNDETERMINED, *AS_OF, "--why", env={"TERM": "xterm-256color"})
    assert run.out
    assert "\x1b" not in run.out
    assert run.err == ""


def test_output_is_utf_8_whatever_the_machine_says() -> None:
    plain = bilik_process("check", MET, *AS_OF, "--why")
    assert "Айгерім" in plain.out
    assert bilik_process("check", MET, *AS_OF, "--why", env={"PYTHONIOENCODING": "cp1251"}) == plain


@pytest.mark.parametrize("form", FORMATS)
def test_output_is_the_same_in_every_run(form: str) -> None:
    files = (*DOSSIERS, TABLE_SET)
    runs = [
        bilik_process("check", *files, *AS_OF, "--format", form, *(("--why",) if form == "text" else ()), env=env)
        for env in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"})
    ]
    assert runs[0].out
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", *DOSSIERS, *AS_OF, "--why"),
        ("check", *DOSSIERS, *AS_OF, "--format", "json"),
        ("check", *DOSSIERS, *AS_OF, "--format", "turtle"),
        ("query", "--list"),
        ("explain", "engineer"),
    ],
    ids=["text", "json", "turtle", "query", "explain"],
)
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["written at the end", "written at once"])
def test_a_reader_that_leaves_is_no_mistake(arguments: tuple[object, ...], unbuffered: str) -> None:
    """`bilik check … | head -1`: the reader closes the pipe before anything, or all, is written."""
    with subprocess.Popen(
        [sys.executable, "-m", "bilik", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
