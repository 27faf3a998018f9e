"""``bilik explain``, ``bilik query`` and ``bilik validate``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import pytest
import rdflib
from openpyxl import load_workbook

from bilik.catalogue import FOLDERS, Query
from bilik.derive.catalogue_pages import examples
from bilik.evaluate import compiled_law
from bilik.namespaces import code
from bilik.people import find, load_people
from bilik.people.validation import validate
from bilik.report.explanation import Explanation, explain_grade, law_facts
from bilik.report.verbaliser import Verbaliser
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language, definition, name, text
from command_line import AS_OF, DOSSIERS, ROOT, TABLE_SET, bilik, record, refusal, schema_errors, written
from questions import EXPECTED, QUERIES, by_oxigraph, by_rdflib, expected, rows_of, verdicts

GRADES = [code(grade) for grade in compiled_law().grades]
CATALOGUE = list(QUERIES.values())
RECORDS = sorted((Path(__file__).parent / "record").rglob("*.ttl"))
VALID = [path.name for path in RECORDS if path.parent.name == "valid"]
SOURCE = (ROOT / "data" / "source" / "order-775.kk.txt").read_text(encoding="utf-8")


def folded(text: str) -> str:
    """Without the lines of a tree and with single spaces."""
    return " ".join(text.translate(str.maketrans("│├└─", "    ")).split())


@cache
def explanations() -> dict[str, Explanation]:
    facts, compiled = law_facts(), compiled_law()
    return {grade: explain_grade(grade, facts, compiled) for grade in GRADES}


# -- explain ---------------------------------------------------------------------------------------------------------


def test_there_are_fifty_grades() -> None:
    assert len(GRADES) == 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_grade_is_explained(language: Language) -> None:
    for grade in GRADES:
        run = bilik("explain", grade, "--lang", language)
        assert (run.status, run.err) == (0, "")
        shown, explained = folded(run.out), explanations()[grade]
        assert name(f"grade:{grade}", language) in shown
        assert name(f"law:{explained.provision}", language) in shown
        verbaliser = Verbaliser(language, partial(name, language=language), explained.position)
        assert f"{text('in-words', language)}: {verbaliser.sentence(explained.alternatives)}" in shown
        for alternative in explained.alternatives:
            for condition in alternative.conditions:
                # As printed: below its own alternative, and above the words of the order that it was read from.
                quoted = " ".join(f"«{words}»" for words in condition.words)
                assert f" {verbaliser.condition(condition)} {quoted}" in shown, (grade, condition.kind)
        for reading in explained.readings:
            assert f"{reading}: {folded(definition(f'reading:{reading}', language))}" in shown


def test_the_words_are_those_of_the_order() -> None:
    """Verbatim, look-alike letters and all, but for the line breaks; every condition has some."""
    order = folded(SOURCE.translate(str.maketrans("", "", "\f")))
    for explained in explanations().values():
        assert explained.alternatives
        for alternative in explained.alternatives:
            assert alternative.conditions
            for condition in alternative.conditions:
                assert condition.words
                for words in condition.words:
                    assert all(folded(part) in order for part in words.split("…")), words


@pytest.mark.parametrize("grade", GRADES)
def test_json_of_an_explanation(grade: str) -> None:
    document = bilik("explain", grade, "--format", "json").json
    assert schema_errors("explanation", document) == []
    explained = explanations()[grade]
    assert (document["grade"], document["provision"]) == (grade, explained.provision)
    assert (document["position"], tuple(document["words"])) == (explained.position, explained.words)
    for language in LANGUAGES:
        verbaliser = Verbaliser(language, partial(name, language=language), explained.position)
        assert document["in_words"][language] == verbaliser.sentence(explained.alternatives)
    assert [way["number"] for way in document["alternatives"]] == [way.number for way in explained.alternatives]
    broken = {**document, "alternatives": [{**document["alternatives"][0], "conditions": []}]}
    assert schema_errors("explanation", broken)


# -- query: the catalogue --------------------------------------------------------------------------------------------


def test_the_catalogue_has_every_query_and_every_query_its_rows() -> None:
    files = {path.stem for name in FOLDERS for path in folder("queries").glob(f"{name}/*.rq")}
    assert len(QUERIES) == len(files) >= 60
    assert set(QUERIES) == files
    assert {path.stem for path in EXPECTED.glob("*.csv")} == files


@pytest.mark.parametrize("query", CATALOGUE, ids=lambda query: query.name)
def test_catalogue_query_gives_its_rows(query: Query) -> None:
    """The rows kept in ``queries/`` were compared with the order's text; both engines give them, in that order."""
    known = expected(query.name)
    assert len(known) > 1
    assert by_oxigraph(query) == known
    assert by_rdflib(query) == known


@pytest.mark.parametrize("name", ["category-ladders", "people-claims", "verdicts-on-claims"])
def test_a_question_on_the_command_line(name: str, tmp_path: Path) -> None:
    """One about the law, one about people, one about verdicts."""
    query, files = QUERIES[name], []
    if query.data:
        files = examples(ROOT / query.data)
    if query.data and query.as_of:
        files.append(written(tmp_path, "verdicts.ttl", verdicts(query.data, query.as_of)))
    data = [argument for path in files for argument in ("--data", path)]
    assert rows_of(bilik("query", name, *data, "--format", "csv").out) == expected(name)


@pytest.mark.parametrize("name", ["people-claims", "verdicts-on-claims"])
def test_a_question_about_people_is_not_asked_of_the_law_alone(name: str) -> None:
    line = refusal("query", name)
    assert f"{name}: this question is about people" in line
    assert "--data FILE" in line
    assert "data/people" in line
    assert ("bilik check" in line) is (name == "verdicts-on-claims")


def test_words_of_the_order_stand_where_a_query_says() -> None:
    rows = rows_of(bilik("query", "source-of-condition", "--format", "csv").out)[1:]
    assert rows
    for _, _, start, end, words in rows:
        assert SOURCE[int(start) : int(end)] == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_listed_in_every_language(language: Language) -> None:
    listed = bilik("query", "--list", "--lang", language).out
    for query in CATALOGUE:
        assert query.name in listed
        assert query.question[language] in listed


@pytest.mark.parametrize("query", CATALOGUE, ids=lambda query: query.name)
def test_catalogue_query_takes_its_default_as_a_parameter(query: Query) -> None:
    assert sorted(query.question) == sorted(LANGUAGES)
    assert set(query.kinds) == set(query.defaults)
    for parameter, default in query.defaults.items():
        codes = [] if query.kinds[parameter] in ("node", "text") else [default.rpartition(":")[2]]
        for value in (default.strip('"'), *codes):
            assert by_oxigraph(query, query.with_values({parameter: value})) == expected(query.name)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("grades-of-position", ("position=engineer",)),
        ("open-within-months", ("level=level:tvet", "most=12")),
        ("where-does-this-come-from", ("node=alternative:technician-mid-first-2",)),
        ("items-with-word", ("word=бюджет",)),
        ("opened-by-second-credential", ("held_field=0411", "new_field=isced-f:0421")),
    ],
)
def test_parameters_on_the_command_line(name: str, values: Sequence[str]) -> None:
    assert rows_of(bilik("query", name, *values, "--format", "csv").out) == expected(name)


# -- query: formats --------------------------------------------------------------------------------------------------

LAWYER: Sequence[object] = ("query", "grades-of-position", "position=lawyer")
CLAUSE = "https://w3id.org/bilik/id/law/order-775-cl-17"


def test_rows_as_csv_tsv_and_json() -> None:
    assert bilik(*LAWYER, "--format", "csv").out == f"grade,tier,category,clause\r\nlawyer,,,{CLAUSE}\r\n"
    assert bilik(*LAWYER, "--format", "tsv").out == f'?grade\t?tier\t?category\t?clause\n"lawyer"\t\t\t<{CLAUSE}>\n'
    document = json.loads(bilik(*LAWYER, "--format", "json").out)
    assert document["head"]["vars"] == ["grade", "tier", "category", "clause"]
    assert document["results"]["bindings"] == [
        {"grade": {"type": "literal", "value": "lawyer"}, "clause": {"type": "uri", "value": CLAUSE}}
    ]


def test_rows_as_a_table_and_in_other_words() -> None:
    shown = bilik(*LAWYER).out
    assert [line.split() for line in shown.splitlines() if "lawyer" in line] == [["lawyer", "law:order-775-cl-17"]]
    for position in ("position:lawyer", "<https://w3id.org/bilik/id/position/lawyer>"):
        assert bilik("query", "grades-of-position", f"position={position}").out == shown


def test_a_workbook_keeps_texts_that_look_like_formulas(tmp_path: Path) -> None:
    query = written(tmp_path, "titles.rq", "SELECT ?title { ?job <https://w3id.org/bilik/def#positionTitle> ?title }")
    titles = ("=1+1", "+7", "-7", "@SUM(A1)", "0421", "шебер")
    jobs = " .\n".join(f':j{number} bilik:positionTitle "{title}"' for number, title in enumerate(titles))
    data = record(tmp_path, f"{jobs} .")
    out = tmp_path / "titles.xlsx"
    run = bilik("query", query, "--data", data, "--format", "xlsx", "-o", out)
    assert (run.status, run.out, run.err) == (0, "", "")
    sheet = load_workbook(out).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sorted(str(cell.value) for cell in cells) == sorted((*titles, "title"))


def test_triples_as_turtle(tmp_path: Path) -> None:
    query = written(
        tmp_path,
        "grades.rq",
        "PREFIX bilik: <https://w3id.org/bilik/def#> CONSTRUCT { ?g a bilik:Grade } WHERE { ?g a bilik:Grade }",
    )
    out = bilik("query", query, "--format", "turtle").out
    assert len(rdflib.Graph().parse(data=out, format="turtle")) == 50
    assert bilik("query", query).out == out
    for form in ("csv", "json", "xlsx"):
        run = bilik("query", query, "--format", form, "-o", tmp_path / "out")
        assert run.status == 2
        assert "--format turtle" in run.err


@pytest.mark.parametrize(
    ("form", "answer"),
    [("table", "true\n"), ("csv", "true"), ("json", '{"head":{},"boolean":true}')],
)
def test_yes_or_no(form: str, answer: str, tmp_path: Path) -> None:
    query = written(tmp_path, "any.rq", "ASK { ?grade a <https://w3id.org/bilik/def#Grade> }")
    assert bilik("query", query, "--format", form).out == answer


def test_data_of_users_are_queried_with_the_law(tmp_path: Path) -> None:
    query = written(
        tmp_path,
        "claims.rq",
        """PREFIX bilik: <https://w3id.org/bilik/def#>
        SELECT ?person ?position { ?person bilik:claimsGrade/bilik:isGradeOf ?position } ORDER BY ?person ?position""",
    )
    files = [argument for path in DOSSIERS for argument in ("--data", path)]
    rows = rows_of(bilik("query", query, *files, "--format", "csv").out)[1:]
    document = bilik("check", *DOSSIERS, *AS_OF, "--format", "json").json
    assert len({person for person, _ in rows}) == len(document["persons"]) == len(DOSSIERS)


# -- query: parameters and files -------------------------------------------------------------------------------------

NUMBERED = """#+ question:
#+   en: Which clauses?
#+ parameters:
#+   least: integer
#+   word: text
SELECT ?least ?word ?free { VALUES ?least { 1 } VALUES ?word { "a" } VALUES ?free { 2 } }
"""


@pytest.mark.parametrize(
    ("values", "row"),
    [
        ((), ["1", "a", "2"]),
        (("least=12",), ["12", "a", "2"]),
        (("word=12",), ["1", "12", "2"]),
        (('word=a "quoted" } { = \\ text',), ["1", 'a "quoted" } { = \\ text', "2"]),
        (("word=law:x",), ["1", "law:x", "2"]),
        (("free=level:tvet",), ["1", "a", "https://w3id.org/bilik/voc/education-level/tvet"]),
        (("free=<https://example.org/x>",), ["1", "a", "https://example.org/x"]),
        (("free=some text", "least=0"), ["0", "a", "some text"]),
    ],
)
def test_parameters_by_kind(values: Sequence[str], row: list[str], tmp_path: Path) -> None:
    query = written(tmp_path, "numbered.rq", NUMBERED)
    assert rows_of(bilik("query", query, *values, "--format", "csv").out) == [["least", "word", "free"], row]


@pytest.mark.parametrize(
    ("arguments", "signs"),
    [
        (("no-such-query",), ("no-such-query", "--list", "nearest")),
        (("grades-of-postion",), ("nearest: grades-of-position",)),
        (("absent.rq",), ("absent.rq", "no such file")),
        (("grades-of-position", "position"), ("position", "KEY=VALUE")),
        (("grades-of-position", "post=engineer"), ("no parameter post", "it has position")),
        (("grades-of-position", "position=enginer"), ("enginer", "no such position", "nearest: engineer")),
        (("grades-of-position", "position=a b"), ("a b", "position")),
        (("grades-of-position", "--format", "turtle"), ("--format turtle", "CONSTRUCT")),
        (("grades-of-position", "--format", "xlsx"), ("-o OUT.xlsx",)),
        (("grades-of-position", "-o", "absent/out.csv"), ("absent/out.csv", "cannot be written")),
        (("grades-of-position", "--data", "absent.ttl"), ("absent.ttl", "no such file")),
    ],
)
def test_wrong_use_of_query(
    arguments: Sequence[str], signs: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = bilik("query", *arguments)
    assert (run.status, run.out, run.err.count("\n")) == (2, "", 1)
    assert [sign for sign in signs if sign not in run.err] == [], run.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("sparql", "signs"),
    [
        ("SELECT WHERE", ("a.rq", "not valid SPARQL", "1:")),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", ("a.rq", "not valid SPARQL")),
        ("SELECT ?x { ?x nothing:known ?y }", ("a.rq", "not valid SPARQL")),
        ("#+ question: [\nASK {}", ("a.rq", "not YAML")),
        ("#+ - question\nASK {}", ("a.rq", "no mapping")),
        ("#+ question: hello\nASK {}", ("a.rq", "no mapping")),
        ("SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }", ("a.rq", "cannot be run")),
        ("", ("a.rq", "empty")),
    ],
)
def test_queries_that_cannot_be_run(sparql: str, signs: Sequence[str], tmp_path: Path) -> None:
    kept = written(tmp_path, "out.csv", "what was there before")
    run = bilik("query", written(tmp_path, "a.rq", sparql), "--format", "csv", "-o", kept)
    assert (run.status, run.out, run.err.count("\n")) == (2, "", 1)
    assert [sign for sign in signs if sign not in run.err] == [], run.err
    assert kept.read_text(encoding="utf-8") == "what was there before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.rq", "out.csv"]


@pytest.mark.parametrize(("form", "suffix"), [("csv", "csv"), ("table", "txt"), ("xlsx", "xlsx")])
def test_a_file_is_written_aside_and_put_in_place(
    form: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that was there stays whole until the new one is."""
    out = written(tmp_path, f"out.{suffix}", "old")
    replaced: list[tuple[str, str]] = []
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        replaced.append((target.read_text(encoding="utf-8"), target.name))
        assert self.parent == target.parent
        assert self.stat().st_size > len("old")
        return replace(self, target)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    failed = bilik(*LAWYER, "--format", form, "-o", out)
    assert failed.status == 2
    assert "No space left on device" in failed.err
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    monkeypatch.setattr(Path, "replace", watched)
    run = bilik(*LAWYER, "--format", form, "-o", out)
    assert (run.status, run.out, run.err) == (0, "", "")
    assert replaced == [("old", out.name)]
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert out.read_bytes() != b"old"
    if form != "xlsx":
        assert out.read_bytes().decode("utf-8") == bilik(*LAWYER, "--format", form).out


# -- validate --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*RECORDS, *DOSSIERS, TABLE_SET], ids=lambda path: path.name)
def test_the_engine_of_shapes_finds_what_check_finds(path: Path, tmp_path: Path) -> None:
    if path in RECORDS:  # some have an entry of nobody; a file has to have a person
        somebody = "<https://example.org/somebody> a <https://w3id.org/bilik/def#Person> ."
        path = written(tmp_path, path.name, f"{path.read_text(encoding='utf-8')}\n{somebody}\n")
        good = path.name in VALID
    else:
        good = True
    records = load_people([path])
    findings = find(records)
    assert validate(records) == findings
    assert bool(findings) is not good


WRONG_TABLES = {
    "employees": "person,position,tier,category\nP,engineer,,first\nQ,Кассир,,\n",
    "credentials": "person,level,field,awarded,recognised_for\nP,phd,9999,2010-02-30,judge\nP,tvet,07,,\n",
    "trainings": "person,activity,completed\n,personnel,2010-01-01\nP,welding,soon\n",
    "employments": "person,position,category,start,end\nP,engineer,third,2012-01-01,2010-01-01\n"
    "P,lawyer,,2010-01-01,\nP,lawyer,,2010-01-01,\n",
}


def test_findings_in_tables_are_the_same(tmp_path: Path) -> None:
    for table, content in WRONG_TABLES.items():
        written(tmp_path, f"{table}.csv", content)
    records = load_people([tmp_path])
    findings = find(records)
    assert {finding.table for finding in findings} == set(WRONG_TABLES)
    assert validate(records) == findings
    by_validate = bilik("validate", tmp_path, "--format", "json", "--lang", "ru")
    by_check = bilik("check", tmp_path, *AS_OF, "--format", "json", "--lang", "ru")
    assert (by_validate.status, by_check.status) == (1, 1)
    assert schema_errors("findings", by_validate.json) == []
    assert by_validate.json == by_check.json["findings"]
    assert schema_errors("findings", [{**by_validate.json[0], "row": 0}])


@pytest.mark.parametrize(("language", "words"), [("kk", "қате табылмады"), ("ru", "не найдено"), ("en", "in order")])
def test_records_in_order(language: str, words: str) -> None:
    run = bilik("validate", TABLE_SET, "--lang", language)
    assert (run.status, run.err) == (0, "")
    assert words in run.out
    assert "4" in run.out
    as_json = bilik("validate", TABLE_SET, "--format", "json")
    assert (as_json.status, as_json.json) == (0, [])


def test_findings_as_text(tmp_path: Path) -> None:
    path = record(tmp_path, ":p bilik:hasEmployment :j . :j bilik:hasPosition position:bookkeeper .")
    run = bilik("validate", path, "--lang", "en")
    (finding,) = bilik("validate", path, "--lang", "en", "--format", "json").json
    assert run.status == 1
    assert f"https://example.org/p https://example.org/j hasPosition: bookkeeper {finding['message']}" in run.out
