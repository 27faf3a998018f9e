"""Wrong input: one clear line if it cannot be read, a finding if a value cannot be used, never a traceback."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_line import AS_OF, PEOPLE, bilik, record, refusal, schema_errors, written

GOOD = PEOPLE / "aigerim-ulgi.ttl"
RANK = {"not-qualified": 0, "undetermined": 1, "qualified": 2}


# -- what cannot be read ---------------------------------------------------------------------------------------------

UNREADABLE: dict[str, tuple[str, str | bytes, tuple[str, ...]]] = {
    "not UTF-8": ("a.ttl", b"# \xd2\x9b\n\n# \xea\n", ("a.ttl line 3", "UTF-8")),
    "UTF-16": ("a.ttl", "@prefix : <https://example.org/> .".encode("utf-16"), ("a.ttl line 1", "UTF-8")),
    "broken Turtle": (
        "a.ttl",
        "@prefix bilik: <https://w3id.org/bilik/def#> .\n\n<#a> a bilik:Person ;\n    bilik:hasCredential ; .\n",
        ("a.ttl line 4", "not valid Turtle"),
    ),
    "Turtle without a prefix": ("a.ttl", "\n\n<#a> a bilik:Person .\n", ("a.ttl line 3", "not valid Turtle", "bilik")),
    "broken N-Triples": ("a.nt", "<https://example.org/a> <https://example.org/b> .\n", ("a.nt line 1", "N-Triples")),
    "relative N-Triples": ("a.nt", "<a> <https://example.org/b> <c> .\n", ("a.nt line 1", "not valid N-Triples")),
    "broken JSON-LD": ("a.jsonld", '{"@id": "https://example.org/a",\n "@type" }', ("a.jsonld line 2", "JSON-LD")),
    "remote context": (
        "a.jsonld",
        '{"@context": "https://example.org/context.jsonld", "@id": "https://example.org/a"}',
        ("a.jsonld", "nothing is fetched", "write the context into the file"),
    ),
    "broken XML": (
        "a.rdf",
        '<?xml version="1.0"?>\n<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<r:Seq>\n</r:RDF>\n',
        ("a.rdf line 4", "RDF/XML"),
    ),
    "XML that is no RDF": ("a.xml", "<a><b/></a>", ("a.xml", "not valid RDF/XML")),
    "empty": ("a.ttl", "", ("a.ttl", "empty")),
    "only white space": ("a.jsonld", " \n", ("a.jsonld", "empty")),
    "only comments": ("a.ttl", "# nobody\n", ("a.ttl", "no person", "bilik:Person")),
    "only other things": ("a.ttl", "<#a> <#b> <#c> .", ("a.ttl", "no person", "bilik:hasCredential")),
    "empty JSON-LD": ("a.jsonld", "{}", ("a.jsonld", "no person")),
    "statements about statements": (
        "a.ttl",
        "<#a> <https://w3id.org/bilik/def#hasCredential> <<( <#b> <#c> <#d> )>> .",
        ("a.ttl", "statement about a statement", "leave it out"),
    ),
    "unknown suffix": ("a.txt", "hello", ("a.txt", "'.txt'", ".ttl", ".xlsx", "folder of tables")),
    "no workbook": ("a.xlsx", "person,level", ("a.xlsx", "not a workbook", ".xlsx")),
    "no database": ("a.duckdb", "person,level", ("a.duckdb", "not a database")),
}


@pytest.mark.parametrize("command", ["check", "validate"])
@pytest.mark.parametrize("case", UNREADABLE)
def test_unreadable_files(case: str, command: str, tmp_path: Path) -> None:
    name, content, signs = UNREADABLE[case]
    line = refusal(command, written(tmp_path, name, content))
    assert [sign for sign in signs if sign not in line] == [], line


@pytest.mark.parametrize("name", ["absent.ttl", "absent.xlsx", "absent.duckdb", "absent", "absent.txt"])
def test_missing_files(name: str, tmp_path: Path) -> None:
    line = refusal("check", tmp_path / name)
    assert name in line
    assert "no such file" in line or "unknown kind" in line


def test_a_good_file_does_not_hide_a_bad_one(tmp_path: Path) -> None:
    assert "b.ttl" in refusal("check", GOOD, written(tmp_path, "b.ttl", "<#a> ."))


def test_folder_without_tables(tmp_path: Path) -> None:
    line = refusal("check", tmp_path)
    for name in ("credentials", "employments", "employees", "trainings", ".csv"):
        assert name in line


def test_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the system would refuse it; root, who may run the tests, is refused nothing."""
    path = record(tmp_path, ":p a bilik:Person .")

    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "cannot be read: Permission denied" in refusal("check", path)


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    folder_named_like_a_file = tmp_path / "record.ttl"
    folder_named_like_a_file.mkdir()
    assert "record.ttl" in refusal("query", "grades-of-position", "--data", folder_named_like_a_file)
    assert "no table" in refusal("check", folder_named_like_a_file)


# -- wrong use -------------------------------------------------------------------------------------------------------

WRONG_USE: dict[str, tuple[tuple[object, ...], tuple[str, ...]]] = {
    "grade": (
        ("check", GOOD, "--grade", "enginer-high-frist"),
        ("enginer-high-frist", "nearest", "engineer-high-first"),
    ),
    "position": (("check", GOOD, "--position", "labratory"), ("labratory", "nearest", "laboratory-assistant")),
    "grade explained": (("explain", "acountant-high"), ("acountant-high", "nearest", "accountant-high")),
    "no such day": (("check", GOOD, "--as-of", "2025-02-30"), ("--as-of 2025-02-30", "YYYY-MM-DD")),
    "no day": (("check", GOOD, "--as-of", "tomorrow"), ("--as-of tomorrow", "YYYY-MM-DD")),
    "a week": (("check", GOOD, "--as-of", "2025-W01-1"), ("2025-W01-1", "YYYY-MM-DD")),
    "year nought": (("check", GOOD, "--as-of", "0000-01-01"), ("0000-01-01", "YYYY-MM-DD")),
    "date without dashes": (("check", GOOD, "--as-of", "20250101"), ("20250101", "YYYY-MM-DD")),
    "command": (("chek", GOOD), ("chek", "check", "--help")),
    "option": (("check", GOOD, "--graed", "engineer"), ("--graed", "--grade", "bilik check --help")),
    "format": (("check", GOOD, "--format", "yaml"), ("yaml", "'json'", "'turtle'")),
    "language": (("check", GOOD, "--lang", "de"), ("'de'", "'kk'", "'ru'", "'en'")),
    "no file": (("check",), ("FILE...", "bilik check --help")),
    "option without value": (("check", GOOD, "--grade"), ("--grade", "argument")),
}


@pytest.mark.parametrize("case", WRONG_USE)
def test_wrong_use(case: str) -> None:
    arguments, signs = WRONG_USE[case]
    line = refusal(*arguments)
    assert [sign for sign in signs if sign not in line] == [], line


def test_no_command_gives_the_help() -> None:
    run = bilik()
    assert run.status == 2
    assert run.out == ""
    assert run.err == bilik("--help").out


@pytest.mark.parametrize("command", [(), ("check",), ("explain",), ("query",), ("validate",), ("build",)])
def test_help_has_an_example(command: tuple[str, ...]) -> None:
    run = bilik(*command, "--help")
    assert (run.status, run.err) == (0, "")
    assert not command or f"Example: bilik {command[0]}" in run.out


# -- what can be read but not used -----------------------------------------------------------------------------------

RECORD = """:p a bilik:Person ; bilik:hasCredential :c ; bilik:hasTraining :t ; bilik:hasEmployment :j , :k .
:c a bilik:Credential {level} {field} {awarded} .
:t a bilik:Training {activity} {completed} .
:j a bilik:Employment {position} {category} {start} {end} .
:k a bilik:Employment ; bilik:hasPosition position:technician ; bilik:hasCategory category:first ;
    bilik:startedOn "2010-01-01"^^xsd:date ; bilik:endedOn "2016-12-31"^^xsd:date ; bilik:hasField isced-f:0713 .
"""
USABLE = {
    "level": "; bilik:hasEducationLevel level:higher",
    "field": "; bilik:hasField isced-f:0411",
    "awarded": '; bilik:awardedOn "2010-06-30"^^xsd:date',
    "activity": "; bilik:coversActivity <https://w3id.org/bilik/voc/activity/accounting-control>",
    "completed": '; bilik:completedOn "2012-06-30"^^xsd:date',
    "position": "; bilik:hasPosition position:accountant",
    "category": "; bilik:hasCategory category:second",
    "start": '; bilik:startedOn "2015-01-01"^^xsd:date',
    "end": '; bilik:endedOn "2021-12-31"^^xsd:date',
}
UNUSABLE = [
    ("level", "; bilik:hasEducationLevel level:doctorate", "credential-level-is-known"),
    ("level", '; bilik:hasEducationLevel "higher"', "credential-level-is-known"),
    ("level", "; bilik:hasEducationLevel level:tvet , level:higher", "credential-one-level"),
    ("field", "; bilik:hasField isced-f:9999", "credential-field-is-isced-f"),
    ("field", "; bilik:hasField isced-f:0411 , isced-f:0231", "credential-one-field"),
    ("field", "; bilik:hasFeild isced-f:0411", "credential-term-is-known"),
    ("awarded", '; bilik:awardedOn "2010-02-30"^^xsd:date', "credential-award-is-a-date"),
    ("awarded", '; bilik:awardedOn "30.06.2010"', "credential-award-is-a-date"),
    ("activity", "; bilik:coversActivity <https://example.org/accounts>", "training-activity-is-known"),
    ("completed", '; bilik:completedOn "summer"^^xsd:date', "training-completion-is-year-month-day"),
    ("position", "; bilik:hasPosition position:bookkeeper", "employment-position-is-known"),
    ("position", "; bilik:hasPosition position:accountant , position:lawyer", "employment-one-position"),
    ("position", '; bilik:hasPosition "accountant"', "employment-position-is-known"),
    ("category", "; bilik:hasCategory category:third", "employment-category-is-known"),
    ("category", "; bilik:hasCategory category:second , category:first", "employment-one-category"),
    ("start", '; bilik:startedOn "2015"^^xsd:date', "employment-start-is-year-month-day"),
    ("start", "; bilik:startedOn 2015", "employment-start-is-a-date"),
    ("start", '; bilik:startedOn "2015-01-01"^^xsd:date , "2015-02-01"^^xsd:date', "employment-one-start"),
    ("end", '; bilik:endedOn "2021-11-31"^^xsd:date', "employment-end-is-a-date"),
    ("end", '; bilik:endedOn "2014-12-31"^^xsd:date', "employment-ends-after-start"),
    ("end", '; bilik:endedOn "2021-12-31"^^xsd:date , "2022-12-31"^^xsd:date', "employment-one-end"),
]


def outcomes(path: Path) -> dict[str, str]:
    document = bilik("check", path, *AS_OF, "--format", "json").json
    assert schema_errors("check", document) == []
    return {verdict["grade"]: verdict["verdict"] for person in document["persons"] for verdict in person["verdicts"]}


@pytest.mark.parametrize(("part", "unusable", "rule"), UNUSABLE, ids=lambda value: value.removeprefix("; "))
def test_an_unusable_value_is_a_finding_and_unknown(tmp_path: Path, part: str, unusable: str, rule: str) -> None:
    """It is as good as no value: a verdict may become undetermined by it, never not-qualified."""
    path = record(tmp_path, RECORD.format(**{**USABLE, part: unusable}))
    run = bilik("check", path, *AS_OF, "--format", "json", "--lang", "en")
    assert run.status == 1
    findings = run.json["findings"]
    assert rule in {finding["code"] for finding in findings}
    assert len({(finding["person"], finding["entry"], finding["property"]) for finding in findings}) == 1
    assert findings[0]["person"] == "https://example.org/p"
    assert findings[0]["message"]
    shown = bilik("check", path, *AS_OF, "--lang", "en")
    assert shown.status == 1
    assert findings[0]["message"] in shown.out
    unusable_value, usable = outcomes(path), outcomes(record(tmp_path, RECORD.format(**USABLE), "good.ttl"))
    without = outcomes(record(tmp_path, RECORD.format(**{**USABLE, part: ""}), "without.ttl"))
    for grade, outcome in unusable_value.items():
        for other in (usable, without):
            assert outcome != "not-qualified" or other[grade] == "not-qualified", grade
    if part != "end":  # no end at all is a job that goes on; an unusable end may be any
        assert unusable_value == without


def test_the_records_of_these_cases_are_good_otherwise(tmp_path: Path) -> None:
    run = bilik("check", record(tmp_path, RECORD.format(**USABLE)), *AS_OF, "--format", "json")
    assert run.json["findings"] == []
    assert {verdict["verdict"] for person in run.json["persons"] for verdict in person["verdicts"]} == set(RANK)


WORKING_FACTS = """
:p bilik:hasOutcome outcome:qualified ; calc:isTrainedFor <https://w3id.org/bilik/voc/activity/personnel> ;
    calc:holds :c ; calc:isJudged true .
:c calc:hasUsableLevel level:postgraduate ; calc:hasLevelFor <https://w3id.org/bilik/id/condition/lawyer-1-education> ;
    calc:hasFieldFor <https://w3id.org/bilik/id/condition/lawyer-1-education> ; calc:fieldCode "0421" ;
    calc:hasCodeFor <https://w3id.org/bilik/id/condition/lawyer-1-education> .
:j calc:isService true ; calc:hasUsablePosition position:lawyer ; calc:hasUsableCategory category:highest ;
    calc:firstDay "1990-01-01"^^xsd:date ; calc:lacksStart true .
:v a bilik:Verdict ; bilik:concernsPerson :p ; bilik:concernsGrade grade:lawyer ; bilik:hasOutcome outcome:qualified .
"""


def test_a_record_cannot_state_what_the_rules_find_out(tmp_path: Path) -> None:
    facts = RECORD.format(**USABLE)
    plain = bilik("check", record(tmp_path, facts, "plain.ttl"), *AS_OF, "--format", "json").json
    stated = bilik("check", record(tmp_path, facts + WORKING_FACTS, "stated.ttl"), *AS_OF, "--format", "json").json
    assert stated["persons"] == plain["persons"]
    assert {finding["code"] for finding in stated["findings"]} == {"person-term-is-known"}


# -- anything at all -------------------------------------------------------------------------------------------------

NOISE = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def survives(path: Path) -> None:
    run = bilik("check", path, *AS_OF, "--grade", "engineer", "--why")
    assert run.status in (0, 1, 2)
    assert "Traceback" not in run.err
    assert (run.status == 2) == (run.out == "")
    assert run.status != 2 or run.err.count("\n") == 1


@NOISE
@given(
    content=st.binary(max_size=300),
    suffix=st.sampled_from([".ttl", ".nt", ".jsonld", ".rdf", ".csv", ".xlsx", ".duckdb", ""]),
)
def test_random_bytes(content: bytes, suffix: str, tmp_path: Path) -> None:
    survives(written(tmp_path, f"noise{suffix}", content))


@st.composite
def changed(draw: st.DrawFn, original: bytes) -> bytes:
    """The original with a few bytes removed, repeated, replaced or put in."""
    content = original
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 40)))
        middle = draw(st.one_of(st.just(b""), st.just(content[start:end] * 2), st.binary(max_size=6)))
        content = content[:start] + middle + content[end:]
    return content


@NOISE
@given(content=changed(GOOD.read_bytes()))
def test_changed_turtle(content: bytes, tmp_path: Path) -> None:
    survives(written(tmp_path, "changed.ttl", content))


@NOISE
@given(content=changed((PEOPLE / "asel-mysal.jsonld").read_bytes()))
def test_changed_json_ld(content: bytes, tmp_path: Path) -> None:
    survives(written(tmp_path, "changed.jsonld", content))


@NOISE
@given(content=changed((PEOPLE / "table-set" / "employments.csv").read_bytes()))
def test_changed_tables(content: bytes, tmp_path: Path) -> None:
    written(tmp_path, "employments.csv", content)
    written(tmp_path, "credentials.csv", (PEOPLE / "table-set" / "credentials.csv").read_bytes())
    survives(tmp_path)
