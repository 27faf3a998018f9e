"""Candidates for a vacancy: verdicts as ``check`` gives them, days as the rules reach them, in the order promised."""

from __future__ import annotations

import csv
import os
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random

import openpyxl
import pytest

from as_tables import as_csv, example
from audit_rows import as_table_set
from bilik.audit.candidates import COLUMNS, find_candidates
from bilik.audit.session import session
from bilik.audit.sources import open_roster
from bilik.evaluate import compiled_law, judge, persons
from bilik.evaluate.rules import record_of
from bilik.namespaces import code, expand
from bilik.people import Records, load_people
from bilik.people.assume import assume
from bilik.people.codes import read_codes
from bilik.plan.months import add_months
from bilik.report.candidates import Candidate
from command_line import AS_OF, TABLE_SET, bilik, refusal, schema_errors
from oracle import Credential, Employment, Person, load_law
from test_agreement import crowd
from test_audit import checked, looks_ahead, random_claims

PEOPLE = max(int(os.environ.get("BILIK_PEOPLE", "300")) // 6, 30)
VACANCIES = 6
NEVER = date(2099, 1, 1)
STANDINGS = ("qualified", "will-qualify", "undetermined", "not-qualified")
EXAMPLE = ("candidates", TABLE_SET, "--for", "accountant-mid-first", *AS_OF)


def found(source: Path, vacancy: str, as_of: date, until: date, *, everyone: bool = True) -> list[Candidate]:
    with session(memory="1GB") as connection:
        open_roster(source, connection)
        find_candidates(connection, compiled_law(), vacancy, as_of, until, everyone=everyone)
        rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM candidates ORDER BY rank").fetchall()
        return [Candidate(*(*row, ())) for row in rows]


def test_verdicts_and_days_are_those_of_the_rules(tmp_path: Path) -> None:
    rng = Random(PEOPLE)
    days = (date(2026, 1, 1), date(2021, 1, 31))
    seen: set[tuple[str, bool, bool]] = set()
    for as_of, people in crowd(load_law(), PEOPLE, seed=779, days=days).items():
        people = [person for person in people if not looks_ahead(person, as_of)]
        source = as_table_set(tmp_path / as_of.isoformat(), people, random_claims(people))
        rows = checked(source, compiled_law(), as_of)
        records = load_people([source])
        held = {row[0]: [r[1] for r in rows if r[0] == row[0] and r[3]] for row in rows}
        until = add_months(as_of, 30)
        for vacancy in rng.sample([code(grade) for grade in compiled_law().grades], VACANCIES):
            expected = {row[0]: row[2:] for row in rows if row[1] == vacancy}
            candidates = found(source, vacancy, as_of, until)
            assert {
                c.person: (c.verdict, c.claimed, c.best_alternative, c.short_months, c.reason) for c in candidates
            } == expected
            for one in candidates:
                seen.add((one.standing, bool(held[one.person]), one.date is not None))
                assert_reached(records, one, held[one.person], vacancy, as_of)
            assert_ranked(candidates, until)
            some = found(source, vacancy, as_of, until, everyone=False)
            assert some == [one for one in candidates if one.standing != "not-qualified"]
    assert {standing for standing, _, _ in seen} == set(STANDINGS)
    assert {(claims, dated) for standing, claims, dated in seen if standing != "qualified"} >= {
        (True, True),
        (True, False),
        (False, False),
    }


def assert_reached(records: Records, one: Candidate, held: list[str], vacancy: str, as_of: date) -> None:
    """The day given, and none before it, is one on which the person qualifies by working on in all posts held."""
    if one.date is None:
        assert not qualifies(records, one.person, held, vacancy, as_of, NEVER), one
        return
    assert qualifies(records, one.person, held, vacancy, as_of, one.date), one
    if one.date > as_of:
        assert not qualifies(records, one.person, held, vacancy, as_of, one.date - timedelta(days=1)), one


def qualifies(records: Records, key: str, held: list[str], grade: str, as_of: date, day: date) -> bool:
    iri = next(iri for iri in persons(records.store) if records.shown(iri) == key)
    own = Records()
    own.store.extend(record_of(records.store, iri))
    posts = [(position, category) for slug, position, _, category in read_codes().grades if slug in held]
    start = as_of + timedelta(days=1)
    lowest = read_codes().lowest_category
    assume(own, [f"employment position={post} category={category or lowest} start={start}" for post, category in posts])
    (judgement,) = judge(own.store, compiled_law().only({expand(f"grade:{grade}")}), day)
    return judgement.verdicts[0].outcome == "qualified"


def assert_ranked(candidates: list[Candidate], until: date) -> None:
    assert [one.rank for one in candidates] == list(range(1, len(candidates) + 1))
    keys = [
        (
            STANDINGS.index(one.standing),
            one.date or date.max,
            len((one.reason or "").split(";")),
        )
        for one in candidates
    ]
    assert keys == sorted(keys)
    for one in candidates:
        soon = one.date is not None and one.date <= until
        right = one.verdict if one.verdict == "qualified" or not soon else "will-qualify"
        assert one.standing == right, one


# -- the command -----------------------------------------------------------------------------------------------------


def test_only_now_unless_months_are_given() -> None:
    now = bilik(*EXAMPLE, "--format", "json").json
    assert schema_errors("candidates", now) == []
    assert now["candidates"] == []
    later = bilik(*EXAMPLE, "--format", "json", "--months", 24).json
    assert schema_errors("candidates", later) == []
    (one,) = later["candidates"]
    assert (one["person"], one["standing"], one["verdict"]) == ("T-002", "will-qualify", "not-qualified")
    assert later["as_of"] < one["date"] <= later["until"]
    everyone = bilik(*EXAMPLE, "--format", "json", "--months", 24, "--all").json
    assert schema_errors("candidates", everyone) == []
    assert len(everyone["candidates"]) == 4
    assert schema_errors("candidates", {**everyone, "candidates": [{**one, "standing": "perhaps"}]})


def test_csv_tells_what_json_tells() -> None:
    document = bilik(*EXAMPLE, "--all", "--format", "json").json["candidates"]
    rows = list(csv.DictReader(StringIO(bilik(*EXAMPLE, "--all", "--format", "csv").out)))
    assert list(rows[0]) == [*COLUMNS, "name", "unit"]
    for row, one in zip(rows, document, strict=True):
        assert (row["person"], row["standing"], row["date"]) == (one["person"], one["standing"], one["date"] or "")
        assert (row["reason"], row["claimed"]) == (";".join(one["reasons"]), str(one["claimed"]).lower())
        assert {name: row[name] for name in ("name", "unit")} == one["own_columns"]


def test_text_names_the_papers_that_are_wanting() -> None:
    """Somebody whose field of education is not known, for a grade that asks for no experience."""
    arguments = ("candidates", TABLE_SET, "--for", "accountant-mid", *AS_OF)
    (one,) = (c for c in bilik(*arguments, "--format", "json").json["candidates"] if c["reasons"])
    assert (one["standing"], one["reasons"]) == ("undetermined", ["education-field-unknown"])
    told = {lang: bilik(*arguments, "--lang", lang) for lang in ("kk", "ru", "en")}
    assert {run.status for run in told.values()} == {0}
    for lang, paper in {"kk": "диплом", "ru": "диплом", "en": "diploma"}.items():
        (line,) = [line for line in told[lang].out.splitlines() if f" {one['person']} " in line]
        assert paper in line
        assert "{" not in told[lang].out
    assert len({run.out for run in told.values()}) == 3


def test_another_reading_is_told() -> None:
    run = bilik(*EXAMPLE, "--all", "--format", "json", "--reading", "a-fortiori=named-levels")
    assert schema_errors("candidates", run.json) == []
    assert run.json["variants"] == ["a-fortiori=named-levels"]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_values_of_people_are_no_formulas_in_a_workbook(tmp_path: Path, lang: str) -> None:
    tables = example()
    name = tables["employees"][0].index("name")
    for row in tables["employees"][1:]:
        row[name] = '=HYPERLINK("https://example.org")'
    (tmp_path / "people").mkdir()
    source = as_csv(tmp_path / "people", tables)
    written = tmp_path / "candidates.xlsx"
    run = bilik("candidates", source, *EXAMPLE[2:], "--all", "--format", "xlsx", "-o", written, "--lang", lang)
    assert (run.status, run.out) == (0, "")
    (sheet,) = openpyxl.load_workbook(written).worksheets
    assert sheet.max_row == 5
    assert sheet.cell(2, 3).value == '=HYPERLINK("https://example.org")'
    assert sheet.cell(2, 3).data_type == "s"
    assert {sheet.cell(row, 2).value for row in range(2, 6)} == {"T-001", "T-002", "T-003", "T-004"}


def test_wrong_use_is_refused(tmp_path: Path) -> None:
    assert "no such grade" in refusal("candidates", TABLE_SET, "--for", "accountant-first", *AS_OF)
    assert "needs -o OUT.xlsx" in refusal(*EXAMPLE, "--format", "xlsx")
    assert "no such file or folder" in refusal("candidates", tmp_path / "absent", *EXAMPLE[2:])
    assert "--months" in bilik(*EXAMPLE, "--months", "-1").err


def test_service_does_not_go_on_beyond_the_end_of_a_job(tmp_path: Path) -> None:
    """A month short, in a post outside the order that counts by its field: it suffices only if the post is kept."""
    law, as_of = load_law(), date(2026, 1, 1)
    vacancy, branch = next(
        (grade, branch)
        for grade in sorted(law.alternatives)
        for branch in law.alternatives[grade]
        if branch.experience and branch.experience.speciality and branch.education and branch.education.codes
    )
    assert branch.education is not None
    assert branch.education.codes is not None
    assert branch.experience is not None
    start = add_months(as_of, 1 - branch.experience.minimum_months)
    field = min(branch.education.codes)
    credential = Credential("c1", min(branch.education.levels), field, "2000-06-30")
    ends = {"stays": None, "leaves-late": "2026-06-30", "leaves-early": "2026-01-20"}
    people = [
        Person(key, (credential,), (), (Employment("j1", title="X", field=field, start=start.isoformat(), end=end),))
        for key, end in ends.items()
    ]
    source = as_table_set(tmp_path / "roster", people)
    dates = {one.person: one.date for one in found(source, vacancy, as_of, date(2027, 1, 1))}
    assert dates["leaves-early"] is None
    assert dates["stays"] == dates["leaves-late"]
    assert dates["stays"] is not None
    assert date(2026, 1, 20) < dates["stays"] < date(2026, 2, 10)
