"""People in tables: every kind of table set, codes and names, claims, and what is wrong with rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from openpyxl import Workbook, load_workbook

from as_tables import HEADERS, WAYS, as_csv, as_workbook, example, tables
from bilik.namespaces import expand
from bilik.people import load_people
from bilik.people.records import PERSON
from command_line import AS_OF, PEOPLE, TABLE_SET, Run, bilik, record, schema_errors, written


def checked(path: Path, *options: str) -> Run:
    run = bilik("check", path, *AS_OF, "--format", "json", "--lang", "en", *options)
    assert run.status in (0, 1), run.err
    assert schema_errors("check", run.json) == []
    return run


def found(path: Path) -> list[tuple[str, str | None, int | None, str | None, str]]:
    """(code, table, row, column, value) of each finding."""
    findings = checked(path, "--grade", "engineer").json["findings"]
    assert all(finding["message"] for finding in findings)
    return [tuple(f[part] for part in ("code", "table", "row", "column", "value")) for f in findings]


# -- kinds of table sets ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_every_kind_of_table_set_says_the_same(way: str, tmp_path: Path) -> None:
    assert checked(WAYS[way](tmp_path, example())) == checked(TABLE_SET)


@pytest.mark.parametrize("way", WAYS)
def test_numbers_and_mistakes_have_the_same_place_in_every_kind(way: str, tmp_path: Path) -> None:
    """A person's number is a key; a field written as a number has lost its nought, which is said."""
    content = tables(
        credentials=[("1001", "higher", "1015", "2015-06-30", ""), ("1001", "doctorate", "421", "", "")],
        employees=[("1001", "engineer", "", "")],
    )
    path = WAYS[way](tmp_path, content)
    assert [person["person"] for person in checked(path).json["persons"]] == ["1001"]
    assert found(path) == [
        ("credential-field-is-isced-f", "credentials", 3, "field", "421"),
        ("credential-level-is-known", "credentials", 3, "level", "doctorate"),
    ]


def test_the_example_says_what_its_turtle_says(tmp_path: Path) -> None:
    """The records that are read from tables, written as Turtle and checked, have the same verdicts."""
    content = ox.serialize((quad.triple for quad in load_people([TABLE_SET]).store), format=ox.RdfFormat.TURTLE)
    assert content is not None
    by_turtle = checked(written(tmp_path, "same.ttl", content)).json
    by_tables = checked(TABLE_SET).json
    assert by_turtle["findings"] == by_tables["findings"] == []

    def told(document: Any) -> Any:
        return [
            (person["person"], person["claims"], [(v["grade"], v["verdict"], ways(v)) for v in person["verdicts"]])
            for person in document["persons"]
        ]

    def ways(verdict: Any) -> Any:
        return [
            (way["result"], [{k: v for k, v in part.items() if k != "evidence"} for part in way["conditions"]])
            for way in verdict["alternatives"]
        ]

    assert told(by_turtle) == told(by_tables)


HAND_WRITTEN = """
<https://w3id.org/bilik/person/P-1> a bilik:Person ; bilik:hasCredential :c ; bilik:hasTraining :t ;
    bilik:hasEmployment :j , :k ; bilik:claimsGrade grade:accountant-high .
:c bilik:hasEducationLevel level:higher ; bilik:hasField isced-f:0413 ; bilik:awardedOn "2012-06-30"^^xsd:date ;
    bilik:isRecognisedFor position:economist , position:lawyer .
:t bilik:coversActivity <https://w3id.org/bilik/voc/activity/accounting-control> ;
    bilik:completedOn "2014-01-31"^^xsd:date .
:j bilik:positionTitle "Кассир" ; bilik:coversActivity <https://w3id.org/bilik/voc/activity/accounting-control> ;
    bilik:startedOn "2014-02-01"^^xsd:date ; bilik:endedOn "2018-01-31"^^xsd:date .
:k bilik:hasPosition position:economist ; bilik:hasCategory category:second ; bilik:hasField isced-f:0311 ;
    bilik:startedOn "2018-02-01"^^xsd:date ; bilik:isRecognisedFor position:accountant .
"""


def test_the_same_person_as_turtle_and_as_tables(tmp_path: Path) -> None:
    content = tables(
        employees=[("P-1", "accountant", "high", "")],
        credentials=[("P-1", "higher", "0413", "2012-06-30", "economist; lawyer")],
        trainings=[("P-1", "accounting-control", "2014-01-31")],
        employments=[
            ("P-1", "Кассир", "", "", "", "accounting-control", "2014-02-01", "2018-01-31", ""),
            ("P-1", "economist", "", "second", "0311", "", "2018-02-01", "", "accountant"),
        ],
    )
    by_tables = checked(as_csv(tmp_path, content)).json
    by_turtle = checked(record(tmp_path, HAND_WRITTEN)).json
    names = {f"https://example.org/{key}": place for key, place in PLACES.items()}
    assert renamed(by_turtle, names) == by_tables
    assert by_tables["persons"][0]["claims"] == [{"grade": "accountant-high", "verdict": "qualified"}]


PLACES = {"c": "credentials:2", "t": "trainings:2", "j": "employments:2", "k": "employments:3"}


def renamed(document: Any, names: Mapping[str, str]) -> Any:
    if isinstance(document, dict):
        return {key: renamed(value, names) for key, value in document.items()}
    if isinstance(document, list):
        return [renamed(value, names) for value in document]
    return names.get(document, document)


# -- persons, columns, codes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", HEADERS)
def test_everyone_in_any_table_is_evaluated(table: str, tmp_path: Path) -> None:
    content = tables(**{table: [("somebody", *[""] * (len(HEADERS[table]) - 1))]})
    (person,) = checked(as_csv(tmp_path, content)).json["persons"]
    assert person["person"] == "somebody"
    assert person["claims"] == []
    assert len(person["verdicts"]) == 50


@pytest.mark.parametrize(
    "key", ["Асан Үлгі", "a/b", "a#b?c", "50%", "ТОО «Үлгі» 7", "..", "a\\b", "a;b", 'a"b', "[/x]"]
)
def test_keys_are_shown_as_given_and_encoded_in_rdf(key: str, tmp_path: Path) -> None:
    content = tables(credentials=[(key, "higher", "0713", "", "")], employees=[(key, "engineer", "", "")])
    path = as_csv(tmp_path, content)
    (person,) = checked(path).json["persons"]
    assert (person["person"], person["claims"]) == (key, [{"grade": "engineer", "verdict": "qualified"}])
    turtle = bilik("check", path, *AS_OF, "--grade", "engineer", "--format", "turtle")
    concerned = {
        quad.object.value
        for quad in ox.parse(turtle.out, format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == expand("bilik:concernsPerson") and isinstance(quad.object, ox.NamedNode)
    }
    assert concerned == {PERSON + quote(key, safe="")}
    assert turtle.status == 0


def test_evidence_is_table_and_row(tmp_path: Path) -> None:
    """The row is that of the file, also after empty rows and rows of nobody."""
    job = ("P", "mechanic", "", "first", "", "", "2010-01-01", "2019-12-31", "")
    content = tables(credentials=[("P", "tvet", "0715", "", "")], employments=[[""] * 9, ("", *job[1:]), job])
    run = checked(as_csv(tmp_path, content), "--grade", "mechanic-mid-highest").json
    (verdict,) = run["persons"][0]["verdicts"]
    evidence = {part["kind"]: part["evidence"] for part in verdict["alternatives"][0]["conditions"]}
    assert evidence == {"education": ["credentials:2"], "experience": ["employments:4"]}
    assert verdict["verdict"] == "qualified"
    assert [(f["code"], f["row"]) for f in run["findings"]] == [("row-without-person", 3)]


@pytest.mark.parametrize(
    ("level", "position", "category", "tier", "activity"),
    [
        ("higher", "accountant", "first", "high", "accounting-control"),
        ("Жоғары білім", "Бухгалтер", "бірінші санатты", "біліктілігі жоғары деңгейдегі маман", "есеп және бақылау"),
        ("высшее образование", "бухгалтер", "первой категории", "специалист высшего уровня квалификации", "учёт"),
        ("HIGHER", " Accountant ", "First", "HIGH", "accounting-control"),
    ],
    ids=["codes", "kk", "ru", "capitals"],
)
def test_names_in_place_of_codes(
    level: str, position: str, category: str, tier: str, activity: str, tmp_path: Path
) -> None:
    content = tables(
        employees=[("P", position, tier, category)],
        credentials=[("P", level, "0411", "", "")],
        employments=[("P", position, tier, category, "", "", "2010-01-01", "", position)],
    )
    run = checked(as_csv(tmp_path, content), "--position", "accountant").json
    assert run["findings"] == []
    assert run["persons"][0]["claims"] == [{"grade": "accountant-high-first", "verdict": "qualified"}]


def test_every_name_of_every_code_is_understood(tmp_path: Path) -> None:
    """The preferred names in the three languages, of levels, tiers, categories, activities and positions."""
    columns = {
        "voc/education-level": "level",
        "voc/activity": "activity",
        "voc/tier": "tier",
        "voc/category": "category",
        "id/position": "position",
    }
    names: dict[str, set[str]] = {column: set() for column in columns.values()}
    for quad in ox.parse(path=str(PEOPLE.parent / "compiled" / "record.ttl"), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == expand("skos:prefLabel") and isinstance(quad.subject, ox.NamedNode):
            scheme = quad.subject.value.removeprefix("https://w3id.org/bilik/").rpartition("/")[0]
            assert isinstance(quad.object, ox.Literal)
            names[columns[scheme]].add(quad.object.value)
    assert min(len(found_names) for found_names in names.values()) >= 5
    content = tables(
        credentials=[("P", name, "", f"2000-01-{n:02}", "") for n, name in enumerate(sorted(names["level"]), 1)],
        trainings=[("P", name, f"2000-01-{n:02}") for n, name in enumerate(sorted(names["activity"]), 1)],
        employments=[
            *(("P", "", name, "", "", "", "2000-01-01", "", "") for name in sorted(names["tier"])),
            *(("P", "", "", name, "", "", "2000-01-01", "", "") for name in sorted(names["category"])),
            *(("P", name, "", "", "", "", "2000-01-01", "", "") for name in sorted(names["position"])),
        ],
    )
    path = as_csv(tmp_path, content)
    assert found(path) == []
    titles = load_people([path]).store.quads_for_pattern(None, ox.NamedNode(expand("bilik:positionTitle")), None)
    assert [quad.object for quad in titles] == []


def test_several_positions_in_one_recognition(tmp_path: Path) -> None:
    content = tables(credentials=[("P", "higher", "0921", "", "engineer; Аудармашы ;;economist;nonsense")])
    path = as_csv(tmp_path, content)
    assert found(path) == [("credential-recognition-is-a-position", "credentials", 2, "recognised_for", "nonsense")]
    verdicts = {v["grade"]: v["verdict"] for v in checked(path).json["persons"][0]["verdicts"]}
    assert {verdicts[grade] for grade in ("engineer", "translator", "economist")} == {"qualified"}
    assert verdicts["lawyer"] == "not-qualified"


def test_a_post_outside_the_order_is_kept_as_text(tmp_path: Path) -> None:
    job = ("P", "Бас “шебер”; II", "", "first", "", "", "2010-01-01", "2019-12-31", "")
    path = as_csv(tmp_path, tables(credentials=[("P", "tvet", "0715", "", "")], employments=[job]))
    assert found(path) == []
    titles = load_people([path]).store.quads_for_pattern(None, ox.NamedNode(expand("bilik:positionTitle")), None)
    assert [quad.object for quad in titles] == [ox.Literal(job[1])]
    (verdict,) = checked(path, "--grade", "mechanic-mid-highest").json["persons"][0]["verdicts"]
    assert verdict["alternatives"][0]["conditions"][1]["possible_months"] == 0


# -- claims ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "tier", "category", "grades"),
    [
        ("translator", "", "", ["translator"]),
        ("translator", "high", "none", ["translator"]),
        ("accountant", "high", "", ["accountant-high"]),
        ("accountant", "mid", "none", ["accountant-mid"]),
        ("accountant", "high", "first", ["accountant-high-first"]),
        ("technician", "", "", ["technician-mid-none"]),
        ("technician", "", "none", ["technician-mid-none"]),
        ("technician", "", "second", ["technician-mid-second"]),
        ("engineer", "", "", ["engineer"]),
        ("engineer", "mid", "none", ["engineer"]),
        ("laboratory-assistant", "high", "", ["laboratory-assistant"]),
        ("mechanic", "mid", "", ["mechanic"]),
        ("economist", "high", "санаты жоқ", ["economist"]),
        ("economist", "mid", "second", ["economist-mid-second"]),
    ],
)
def test_claims_that_fit_one_grade(position: str, tier: str, category: str, grades: list[str], tmp_path: Path) -> None:
    path = as_csv(tmp_path, tables(employees=[("P", position, tier, category)]))
    run = checked(path).json
    assert run["findings"] == []
    assert [claim["grade"] for claim in run["persons"][0]["claims"]] == grades


@pytest.mark.parametrize(
    ("position", "tier", "category", "code", "some", "count"),
    [
        ("accountant", "", "", "claim-fits-several-grades", "accountant-high", 2),
        ("engineer", "", "first", "claim-fits-several-grades", "engineer-mid-first", 2),
        ("economist", "", "highest", "claim-fits-several-grades", "economist-high-highest", 2),
        ("translator", "", "first", "claim-fits-no-grade", "translator", 1),
        ("technician", "high", "first", "claim-fits-no-grade", "technician-mid-first", 4),
        ("economist", "high", "third", "claim-fits-no-grade", "economist", 7),
        ("Кассир", "", "", "claim-position-unknown", "accountant", 13),
        ("engineering-technical", "", "", "claim-position-unknown", "engineer", 13),
    ],
)
def test_claims_that_fit_none_or_several(
    position: str, tier: str, category: str, code: str, some: str, count: int, tmp_path: Path
) -> None:
    """The finding lists the candidates, and the person is evaluated without the claim."""
    run = checked(as_csv(tmp_path, tables(employees=[("P", position, tier, category)])))
    (finding,) = run.json["findings"]
    assert (finding["code"], finding["person"], finding["entry"]) == (code, "P", "employees:2")
    assert (finding["table"], finding["row"], finding["column"]) == ("employees", 2, "position")
    assert position in finding["value"]
    assert some in finding["candidates"]
    assert len(finding["candidates"]) == count
    assert ", ".join(finding["candidates"]) in finding["message"]
    assert run.json["persons"][0]["claims"] == []
    assert run.status == 1


def test_an_unknown_tier_of_a_claim_is_a_finding(tmp_path: Path) -> None:
    """Also where the tier is ignored: what cannot be used is said, and is taken for unknown."""
    path = as_csv(tmp_path, tables(employees=[("P", "engineer", "top", ""), ("P", "technician", "top", "first")]))
    run = checked(path)
    assert [(f["code"], f["row"], f["column"], f["value"]) for f in run.json["findings"]] == [
        ("claim-tier-unknown", row, "tier", "top") for row in (2, 3)
    ]
    assert run.json["findings"][0]["candidates"] == ["mid", "high"]
    assert [claim["grade"] for claim in run.json["persons"][0]["claims"]] == ["technician-mid-first", "engineer"]


def test_several_claims_and_a_row_that_only_lists(tmp_path: Path) -> None:
    content = tables(employees=[("P", "lawyer", "", ""), ("P", "Аудармашы", "", ""), ("Q", "", "high", "first")])
    run = checked(as_csv(tmp_path, content)).json
    assert [[c["grade"] for c in p["claims"]] for p in run["persons"]] == [["translator", "lawyer"], []]
    assert run["findings"] == []


# -- what is wrong with rows -----------------------------------------------------------------------------------------

JOB = ("P", "lawyer", "", "", "0421", "", "2010-01-01", "2012-12-31", "")


def test_findings_name_table_row_column_and_value(tmp_path: Path) -> None:
    content = tables(
        credentials=[
            ("P", "phd", "law", "2010-06-31", "judge"),
            ("P", "higher", "0421", "", ""),
            ("", "higher", "", "", ""),
        ],
        trainings=[("P", "welding", "soon")],
        employments=[
            ("P", "lawyer", "top", "third", "42", "idling", "1.1.2010", "2012-13-31", "judge"),
            ("P", "lawyer", "", "", "", "", "2012-12-31", "2010-01-01", ""),
            ("P", "lawyer", "", "", "", "", "2030-01-01", "", ""),
            JOB,
            JOB,
        ],
    )
    places = {(code, table, row, column, value) for code, table, row, column, value in found(as_csv(tmp_path, content))}
    assert {(table, row, column, value) for _, table, row, column, value in places} == {
        ("credentials", 2, "level", "phd"),
        ("credentials", 2, "field", "law"),
        ("credentials", 2, "awarded", "2010-06-31"),
        ("credentials", 2, "recognised_for", "judge"),
        ("credentials", 4, "person", ""),
        ("trainings", 2, "activity", "welding"),
        ("trainings", 2, "completed", "soon"),
        ("employments", 2, "tier", "top"),
        ("employments", 2, "category", "third"),
        ("employments", 2, "field", "42"),
        ("employments", 2, "activity", "idling"),
        ("employments", 2, "start", "1.1.2010"),
        ("employments", 2, "end", "2012-13-31"),
        ("employments", 2, "recognised_for", "judge"),
        ("employments", 3, "start", "2012-12-31"),
        ("employments", 4, "start", "2030-01-01"),
        ("employments", 6, None, "5"),
    }
    assert {code for code, *_ in places} >= {"row-without-person", "row-repeated", "employment-starts-later"}


def test_a_repeated_row_is_read_once(tmp_path: Path) -> None:
    once = checked(as_csv(tmp_path, tables(employments=[JOB])), "--position", "lawyer")
    twice = checked(as_csv(tmp_path, tables(employments=[JOB, JOB])), "--position", "lawyer")
    assert twice.json["persons"] == once.json["persons"]
    assert (once.status, twice.status) == (0, 1)


def test_a_row_that_says_nothing_is_taken_for_unknown(tmp_path: Path) -> None:
    """It names somebody, so there is a credential, training or job, of which nothing is known."""
    nothing = {name: [("P", *[""] * (len(HEADERS[name]) - 1))] for name in ("credentials", "trainings", "employments")}
    path = as_csv(tmp_path, tables(**nothing))
    assert found(path) == [("row-without-values", name, 2, None, "") for name in nothing]
    assert {v["verdict"] for v in checked(path).json["persons"][0]["verdicts"]} == {"undetermined"}


def test_an_unusable_cell_is_taken_for_unknown(tmp_path: Path) -> None:
    diploma = ("P", "higher", "0421", "", "")
    for column, bad in (("position", ""), ("start", "31.01.2010"), ("end", "today"), ("category", "7")):
        cells = dict(zip(HEADERS["employments"], JOB, strict=True))
        unusable = tuple({**cells, column: bad}.values())
        both = tables(credentials=[diploma], employments=[unusable])
        outcomes = [
            [verdict["verdict"] for verdict in checked(as_csv(tmp_path, content)).json["persons"][0]["verdicts"]]
            for content in (tables(credentials=[diploma], employments=[JOB]), both)
        ]
        assert all(after != "not-qualified" or before == after for before, after in zip(*outcomes, strict=True))


# -- tables that cannot be used --------------------------------------------------------------------------------------


def refusal(path: Path) -> str:
    run = bilik("check", path, *AS_OF)
    assert (run.status, run.out) == (2, "")
    assert run.err.count("\n") == 1
    return run.err


@pytest.mark.parametrize("missing", ["credentials", "employments"])
@pytest.mark.parametrize("way", ["comma", "parquet", "database", "workbook"])
def test_missing_tables(way: str, missing: str, tmp_path: Path) -> None:
    content = {name: rows for name, rows in example().items() if name != missing}
    line = refusal(WAYS[way](tmp_path, content))
    assert f"no table {missing};" in line
    assert "a table set has credentials, employments" in line


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *[(table, "person") for table in HEADERS],
        ("employees", "position"),
        ("credentials", "level"),
        ("trainings", "activity"),
        *[("employments", column) for column in ("position", "start", "end")],
    ],
)
@pytest.mark.parametrize("rows", [True, False], ids=["with rows", "header alone"])
def test_missing_columns(table: str, column: str, rows: bool, tmp_path: Path) -> None:
    content: dict[str, list[list[str]]] = example()
    index = content[table][0].index(column)
    content[table] = [row[:index] + row[index + 1 :] for row in content[table][: None if rows else 1]]
    line = refusal(as_csv(tmp_path, content))
    assert f"table {table} has no column {column}; it has " in line


def test_columns_that_may_be_missing(tmp_path: Path) -> None:
    content: dict[str, list[Sequence[str]]] = {
        "credentials": [("person", "level"), ("P", "tvet")],
        "employments": [("end", "start", "position", "person", "remark"), ("", "2010-01-01", "technician", "P", "x")],
    }
    run = checked(as_csv(tmp_path, content)).json
    assert run["findings"] == []
    assert {v["grade"]: v["verdict"] for v in run["persons"][0]["verdicts"]}["technician-mid-highest"] == "undetermined"


@pytest.mark.parametrize(
    ("content", "signs"),
    [
        ("person,level,Level\nP,higher,tvet\n", ("table credentials row 1", "level")),
        ("person,level\nP,higher,0421\n", ("table credentials row 2", "3 cells", "has 2", "quotes")),
        ('person,level\nP,"higher\n', ("credentials.csv line 2", "not valid CSV")),
        ("person,level\nP,\xff\n".encode("latin-1"), ("credentials.csv line 2", "UTF-8")),
        ("", ("credentials.csv", "empty")),
    ],
    ids=["column twice", "too many cells", "open quote", "not UTF-8", "empty"],
)
def test_files_that_are_no_tables(content: str | bytes, signs: tuple[str, ...], tmp_path: Path) -> None:
    as_csv(tmp_path, tables())
    written(tmp_path, "credentials.csv", content)
    line = refusal(tmp_path)
    assert [sign for sign in signs if sign not in line] == [], line


def test_cells_that_are_empty_may_be_too_many_or_too_few(tmp_path: Path) -> None:
    as_csv(tmp_path, tables())
    written(tmp_path, "credentials.csv", "person,level,field,,\nP,higher,0713,,\nQ,tvet\n")
    assert [person["person"] for person in checked(tmp_path).json["persons"]] == ["P", "Q"]
    assert found(tmp_path) == []


def test_tables_without_anybody(tmp_path: Path) -> None:
    assert "no person" in refusal(as_csv(tmp_path, tables()))


def test_a_broken_workbook_is_no_table_set(tmp_path: Path) -> None:
    whole = as_workbook(tmp_path / "people.xlsx", example()).read_bytes()
    assert "not a workbook" in refusal(written(tmp_path, "cut.xlsx", whole[: len(whole) // 2]))
    empty = tmp_path / "empty.xlsx"
    Workbook().save(empty)
    assert "no table credentials" in refusal(empty)
    book = load_workbook(tmp_path / "people.xlsx")
    book["Credentials"].delete_rows(1, 100)
    book.save(tmp_path / "bare.xlsx")
    assert "table credentials has no column person" in refusal(tmp_path / "bare.xlsx")


def test_two_table_sets_are_told_apart(tmp_path: Path) -> None:
    """Rows of different persons go together; the rows of one person have one place each."""
    for name, key in (("a", "P"), ("b", "Q"), ("c", "P")):
        (tmp_path / name).mkdir()
        as_csv(tmp_path / name, tables(credentials=[(key, "higher", "0713", "", "")]))
    both = bilik("check", tmp_path / "a", tmp_path / "b", *AS_OF, "--format", "json")
    assert [person["person"] for person in both.json["persons"]] == ["P", "Q"]
    refused = bilik("check", tmp_path / "a", tmp_path / "c", *AS_OF)
    assert refused.status == 2
    assert "credentials row 2: the person P" in refused.err
