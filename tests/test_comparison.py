"""Two laws on one roster: what changes is what ``check`` says under either law, and the parts named did it."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from amended import AMENDMENTS, amended
from as_tables import as_csv, example
from audit_rows import Row, as_table_set
from bilik.audit.another_law import LawAndCodes, law_of
from bilik.audit.comparison import COLUMNS, Comparison, compare, run_comparison, summary_file
from bilik.audit.session import session
from bilik.audit.sources import open_roster
from bilik.errors import InputError
from bilik.evaluate import CompiledLaw, compiled_law
from bilik.people.codes import read_codes
from bilik.report.comparison_text import comparison_lines
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language, name
from command_line import TABLE_SET, schema_errors, written
from oracle import load_law
from test_agreement import crowd
from test_audit import checked, random_claims

PEOPLE = int(os.environ.get("BILIK_PEOPLE", "300"))
DAYS = AS_OF, _ = (date(2026, 1, 1), date(2021, 3, 31))
EXCHANGED = ("sociologist", "sociologist-high")
SAME_GRADES = [path for path in sorted(AMENDMENTS.glob("*.ru")) if path.stem not in ("grade-exchanged", "words-only")]
BROKEN = sorted((AMENDMENTS / "broken").glob("*.ru"))
OUTCOMES = ("qualified", "undetermined", "not-qualified")
CHANGES = {"qualified": "gains", "undetermined": "becomes-undetermined", "not-qualified": "loses"}

assert len(SAME_GRADES) >= 5
assert len(BROKEN) >= 10


@pytest.fixture(scope="module")
def published() -> LawAndCodes:
    return LawAndCodes(compiled_law(), read_codes())


@pytest.fixture(scope="module")
def crowds(tmp_path_factory: pytest.TempPathFactory) -> dict[date, Path]:
    """Table sets of random people with claims, by as-of date."""
    root = tmp_path_factory.mktemp("crowds")
    people = crowd(load_law(), max(PEOPLE // 5, 50), seed=778, days=DAYS)
    return {day: as_table_set(root / day.isoformat(), some, random_claims(some)) for day, some in people.items()}


@pytest.fixture(scope="module")
def before(crowds: dict[date, Path]) -> dict[date, list[Row]]:
    """The rows of everyone under the published law."""
    return {day: checked(source, compiled_law(), day) for day, source in crowds.items()}


def compared(
    source: Path, published: LawAndCodes, law: LawAndCodes, as_of: date, *, claims_only: bool
) -> tuple[Comparison, list[dict[str, Any]]]:
    with session(memory="1GB") as connection:
        open_roster(source, connection)
        made = compare(connection, published, law, as_of, claims_only=claims_only)
        rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM comparison").fetchall()
        return made, [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def content(law: CompiledLaw) -> set[tuple[str, str, str]]:
    return {(str(quad.subject), str(quad.predicate), getattr(quad.object, "value", "")) for quad in law.quads}


# -- another law -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_folder", [True, False])
def test_the_published_law_graph_compiles_to_the_published_law(tmp_path: Path, *, as_folder: bool) -> None:
    law = law_of(folder("data", "order-775") if as_folder else amended(tmp_path / "law.ttl"))
    assert content(law.compiled) == content(compiled_law())
    assert law.codes == read_codes()


def test_what_is_derived_is_derived_anew(tmp_path: Path) -> None:
    """Also of a file that holds what was derived of an earlier wording beside the law."""
    graph = amended(tmp_path / "law.ttl", AMENDMENTS / "alternative-repealed.ru")
    right = law_of(graph).compiled
    stated = graph.read_text(encoding="utf-8")
    stale = "<https://w3id.org/bilik/id/position/engineer> <https://w3id.org/bilik/calc#impliedCode> '00' ."
    both = written(tmp_path, "both.ttl", f"{stated}\n{stale}\n")
    assert content(law_of(both).compiled) == content(right)


@pytest.mark.parametrize("amendment", BROKEN, ids=lambda path: path.stem)
def test_a_law_that_nobody_can_be_judged_by_is_refused(tmp_path: Path, amendment: Path) -> None:
    path = amended(tmp_path / "law.ttl", amendment)
    rule = amendment.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    told = f"^{path}: [a-z]+:[a-z0-9-]+: {rule}, and this one does not; [a-z]"
    with pytest.raises(InputError, match=told) as refused:
        law_of(path)
    assert "\n" not in str(refused.value)


def test_every_check_of_another_law_is_seen_to_fail() -> None:
    rules = {path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in BROKEN}
    paths = folder("queries", "audit", "another-law").glob("*.rq")
    checks = {path.stem.partition("-")[2].replace("-", " ") for path in paths}
    assert rules == checks


def test_what_is_no_law_graph_is_refused(tmp_path: Path) -> None:
    files = {
        "no grade in it has a requirement": folder("data", "people", "saule-ulgi.ttl"),
        "no Turtle file in this folder": folder("data", "people", "table-set"),
        "there is no such file": tmp_path / "absent.ttl",
        "line 1: not valid Turtle": written(tmp_path, "broken.ttl", "grade:translator a"),
        "unknown kind of RDF file": written(tmp_path, "law.txt", "a b c ."),
    }
    for message, path in files.items():
        with pytest.raises(InputError, match=message):
            law_of(path)


def test_a_condition_without_a_name_is_refused(tmp_path: Path) -> None:
    graph = amended(tmp_path / "law.ttl").read_text(encoding="utf-8")
    own = (
        "<https://w3id.org/bilik/id/alternative/sociologist-1> <https://w3id.org/bilik/def#hasCondition> "
        "[ a <https://w3id.org/bilik/def#TrainingCondition> ] ."
    )
    with pytest.raises(InputError, match="blank node"):
        law_of(written(tmp_path, "blank.ttl", f"{graph}\n{own}\n"))


# -- what changes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("amendment", SAME_GRADES, ids=lambda path: path.stem)
def test_changes_are_those_of_the_rules(
    tmp_path: Path,
    amendment: Path,
    published: LawAndCodes,
    crowds: dict[date, Path],
    before: dict[date, list[Row]],
) -> None:
    law = law_of(amended(tmp_path / "law.ttl", amendment))
    changes = 0
    for as_of, source in crowds.items():
        expected = []
        for row, other in zip(before[as_of], checked(source, law.compiled, as_of), strict=True):
            assert row[:2] == other[:2]
            if row[2] != other[2]:
                expected.append((*row[:2], row[3], row[2], other[2], CHANGES[other[2]], row[6], other[6]))
        for claims_only in (False, True):
            made, rows = compared(source, published, law, as_of, claims_only=claims_only)
            wanted = [row for row in expected if row[2] or not claims_only]
            assert [tuple(row[name] for name in COLUMNS[:-1]) for row in rows] == wanted
            _names_what_did_it(made, rows, published, law, before[as_of])
            _sums_up(made, rows)
            changes += len(rows)
    assert changes, "the amendment changes nothing for anybody: the test would prove nothing"


def _names_what_did_it(
    made: Comparison, rows: list[dict[str, Any]], published: LawAndCodes, law: LawAndCodes, before: list[Row]
) -> None:
    best = {(row[0], row[1]): row[4] for row in before}
    parts = {one.part: one for one in made.differences}
    for row in rows:
        assert row["conditions"], row
        for part in row["conditions"].split(";"):
            one = parts[part]
            assert one.grade in (row["grade"], None)
            fell = OUTCOMES.index(row["verdict_before"]) < OUTCOMES.index(row["verdict_after"])
            if fell and one.number is not None:
                assert one.number == best[row["person"], row["grade"]]


def _sums_up(made: Comparison, rows: list[dict[str, Any]]) -> None:
    assert Counter({(one.grade, one.change): one.persons for one in made.summary}) == Counter(
        (row["grade"], row["change"]) for row in rows
    )
    assert sum(one.claims for one in made.summary) == sum(row["claimed"] for row in rows)


def test_all_kinds_of_parts_are_named(tmp_path: Path, published: LawAndCodes, crowds: dict[date, Path]) -> None:
    law = law_of(amended(tmp_path / "law.ttl", *SAME_GRADES))
    day, source = next(iter(crowds.items()))
    made, _ = compared(source, published, law, day, claims_only=True)
    kinds = {"education", "experience", "alternative", "requirement", "implied"}
    assert {one.kind for one in made.differences} == kinds


def test_words_make_no_difference(tmp_path: Path, published: LawAndCodes, crowds: dict[date, Path]) -> None:
    law = law_of(amended(tmp_path / "law.ttl", AMENDMENTS / "words-only.ru"))
    for day, source in crowds.items():
        made, rows = compared(source, published, law, day, claims_only=False)
        assert (made, rows) == (Comparison((), (), (), ()), [])


def test_grades_added_and_removed_are_told(
    tmp_path: Path, published: LawAndCodes, crowds: dict[date, Path], before: dict[date, list[Row]]
) -> None:
    old, new = EXCHANGED
    law = law_of(amended(tmp_path / "law.ttl", AMENDMENTS / "grade-exchanged.ru"))
    for day, source in crowds.items():
        made, rows = compared(source, published, law, day, claims_only=False)
        assert (made.removed, made.added) == ((old,), (new,))
        verdicts = {row[0]: row[2] for row in before[day] if row[1] == old}
        gone = {row["person"]: row["verdict_before"] for row in rows if row["change"] == "no-longer-judged"}
        come = {row["person"]: row["verdict_after"] for row in rows if row["change"] == "newly-judged"}
        assert gone == come == verdicts
        assert {row["grade"] for row in rows} == {old, new}
        assert {row["conditions"] for row in rows} == {None}
        assert {row["person"] for row in rows if row["claimed"]} == {r[0] for r in before[day] if r[1] == old and r[3]}


# -- files -----------------------------------------------------------------------------------------------------------


def example_with_a_formula(tmp_path: Path) -> Path:
    tables = example()
    name = tables["employees"][0].index("name")
    for row in tables["employees"][1:]:
        row[name] = '=HYPERLINK("https://example.org")'
    (tmp_path / "people").mkdir()
    return as_csv(tmp_path / "people", tables)


def as_cell(value: str | bool | None) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


@pytest.mark.parametrize("language", LANGUAGES)
def test_told_in_a_few_lines(tmp_path: Path, published: LawAndCodes, language: Language) -> None:
    law = law_of(amended(tmp_path / "law.ttl", AMENDMENTS / "longer-service.ru", AMENDMENTS / "grade-exchanged.ru"))
    made, rows = compared(TABLE_SET, published, law, AS_OF, claims_only=False)
    first, *others = comparison_lines(made, Path("changes.csv"), language)
    assert first.startswith("changes.csv: ")
    assert str(len(rows)) in first
    assert len(others) == 2 + len(made.summary)
    assert EXCHANGED[1] in others[0], "a grade without a name is told by its code"
    assert name(f"grade:{EXCHANGED[0]}", language) in others[1]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_files_tell_the_same(tmp_path: Path, published: LawAndCodes) -> None:
    source = example_with_a_formula(tmp_path)
    law = law_of(amended(tmp_path / "law.ttl", AMENDMENTS / "longer-service.ru"))
    for suffix in ("csv", "parquet", "json", "xlsx"):
        with session(memory="1GB") as connection:
            roster = open_roster(source, connection)
            made = run_comparison(
                connection,
                roster,
                published,
                law,
                tmp_path / f"changes.{suffix}",
                as_of=AS_OF,
                claims_only=False,
                language="ru",
                against="law.ttl",
            )
        assert made.summary
    rows = read_csv(tmp_path / "changes.csv")
    assert rows
    assert list(rows[0]) == [*COLUMNS, "name", "unit"]
    document = json.loads((tmp_path / "changes.json").read_text(encoding="utf-8"))
    assert schema_errors("comparison", document) == []
    assert schema_errors("comparison", [{**document[0], "change": "wins"}])
    assert [{key: as_cell(value) for key, value in row.items()} for row in document] == rows
    with duckdb.connect() as connection:
        read = connection.execute(f"FROM read_parquet('{tmp_path / 'changes.parquet'}')").fetchall()
    assert [row[0] for row in read] == [row["person"] for row in rows]
    summed = read_csv(summary_file(tmp_path / "changes.csv"))
    assert sum(int(row["persons"]) for row in summed) == len(rows)
    summary, changes = openpyxl.load_workbook(tmp_path / "changes.xlsx").worksheets
    assert changes.max_row == 1 + len(rows)
    formula = changes.cell(2, 2)
    assert (formula.value, formula.data_type) == (rows[0]["name"], "s")
    assert summary.cell(5, 3).value == int(summed[0]["persons"])
    assert not list(tmp_path.glob("*.new"))
