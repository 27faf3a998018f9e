"""Generated rosters: the same for the same seed, clean unless asked, and such that everything of the law occurs."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.rosters import AS_OF, FORMS, TABLES, write_roster
from bilik.people import find, load_people
from bilik.people.codes import read_codes
from command_line import ROOT, bilik

COMMAND = (sys.executable, ROOT / "tests" / "benchmarks" / "rosters.py")
DAYS = {"awarded", "completed", "start", "end"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(path: Path) -> list[tuple[Any, ...]]:
    return duckdb.read_parquet(str(path)).fetchall()


def asked(question: str, folder: Path) -> tuple[Any, ...]:
    """The one row that answers a question about the Parquet tables of a roster."""
    with duckdb.connect() as engine:
        for table in TABLES:
            engine.read_parquet(str(folder / f"{table}.parquet")).create_view(table)
        return engine.execute(question).fetchall()[0]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean roster of 20,000."""
    return write_roster(tmp_path_factory.mktemp("crowd"), persons=20_000, seed=7, dirty=0)


# -- the same again --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_a_seed_gives_the_same_bytes_again(form: str, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_roster(tmp_path / folder, persons=3000, seed=5, form=form)
    made = contents(tmp_path / "a")
    assert set(made) == {f"{table}.{form}" for table in TABLES}
    assert made == contents(tmp_path / "b")


def test_another_seed_gives_other_rows(tmp_path: Path) -> None:
    for seed in (5, 6):
        write_roster(tmp_path / str(seed), persons=1000, seed=seed)
    for table in ("credentials", "employments"):
        first, second = ({row[1:] for row in rows(tmp_path / str(seed) / f"{table}.parquet")} for seed in (5, 6))
        assert len(first & second) < len(first) / 50, table


def test_more_persons_leave_the_first_ones_as_they_are(tmp_path: Path) -> None:
    for persons in (100, 3000):
        write_roster(tmp_path / str(persons), persons=persons, seed=5, dirty=0)
    for table in TABLES:
        few, many = (rows(tmp_path / str(persons) / f"{table}.parquet") for persons in (100, 3000))
        assert many[: len(few)] == few, table
        assert [row[0] for row in many] == sorted(row[0] for row in many), "persons in order"


def test_the_draws_are_those_of_every_version_of_the_engine() -> None:
    """The last 8 bytes of the MD5 of seed, salt and key, the least first, and of these 16 bits for each slot."""
    macros, _, _ = (COMMAND[1].with_suffix("") / "draws.sql").read_text(encoding="utf-8").partition("-- A whole number")
    digest = hashlib.md5(b"7 x 1").digest()[8:]
    with duckdb.connect() as engine:
        engine.execute(f"SET VARIABLE seed = 7; {macros}")
        drawn = engine.execute("SELECT bits('x', 1), draw(bits('x', 1), 0), draw(bits('x', 1), 3)").fetchall()
    assert drawn == [tuple(int.from_bytes(part, "little") for part in (digest, digest[:2], digest[6:]))]


# -- what is in it ---------------------------------------------------------------------------------------------------


def test_a_clean_roster_has_nothing_to_find(tmp_path: Path) -> None:
    run = bilik("check", write_roster(tmp_path, persons=20, seed=1, dirty=0), "--as-of", AS_OF, "--format", "json")
    assert len(run.json["persons"]) == 20
    assert run.json["findings"] == []


def test_a_clean_roster_repeats_no_row_and_has_none_that_says_nothing(crowd: Path) -> None:
    for table in TABLES:
        made = rows(crowd / f"{table}.parquet")
        assert len(set(made)) == len(made), table
        assert all(any(row[1:]) for row in made), table
    assert all(level or field for _, level, field, _, _ in rows(crowd / "credentials.parquet"))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_as_the_same_people(form: str, tmp_path: Path) -> None:
    plain = load_people([write_roster(tmp_path / "plain", persons=150, seed=3, dirty=0.1, form="csv")])
    other = load_people([write_roster(tmp_path / form, persons=150, seed=3, dirty=0.1, form=form)])
    assert set(other.store) == set(plain.store)
    assert other.findings == plain.findings


def test_whatever_can_be_wrong_with_a_row_is(tmp_path: Path) -> None:
    found = find(load_people([write_roster(tmp_path, persons=400, seed=1, dirty=0.5, form="csv")]), AS_OF)
    places = {(finding.table, finding.code) for finding in found}
    assert {code for table, code in places if table == "employees"} == {
        "claim-fits-no-grade",
        "claim-fits-several-grades",
        "claim-position-unknown",
        "claim-tier-unknown",
        "row-repeated",
        "row-without-person",
    }
    for table in ("credentials", "trainings", "employments"):
        assert {(table, f"row-{what}") for what in ("repeated", "without-person", "without-values")} <= places
    columns = {(finding.table, finding.column) for finding in found}
    assert columns >= {
        *(("credentials", column) for column in ("level", "field", "awarded", "recognised_for")),
        *(("trainings", column) for column in ("activity", "completed")),
        *(("employments", column) for column in ("tier", "category", "field", "activity", "start", "end")),
        ("employments", "recognised_for"),
    }
    assert {code for _, code in places} >= {"employment-starts-later", "employment-ends-after-start"}


def test_as_many_rows_are_dirty_as_asked(tmp_path: Path) -> None:
    path = write_roster(tmp_path, persons=1000, seed=1, form="csv")
    total = sum(len((tmp_path / f"{table}.csv").read_text(encoding="utf-8").splitlines()) - 1 for table in TABLES)
    found = find(load_people([path]), AS_OF)
    assert 0.02 < len({(finding.table, finding.row) for finding in found}) / total < 0.04


def test_days_are_dates_unless_some_are_none(crowd: Path, tmp_path: Path) -> None:
    dirty = write_roster(tmp_path, persons=10, seed=1)
    for folder, kind in ((crowd, "DATE"), (dirty, "VARCHAR")):
        for table in TABLES:
            read = duckdb.read_parquet(str(folder / f"{table}.parquet"))
            kinds = dict(zip(read.columns, map(str, read.types), strict=True))
            assert {kinds[column] for column in DAYS & set(kinds)} <= {kind}, table
            assert {kinds[column] for column in set(kinds) - DAYS} == {"VARCHAR"}, table


def test_averages(crowd: Path) -> None:
    def per_person(table: str) -> float:
        return float(asked(f"SELECT count(*) / 20000 FROM {table}", crowd)[0])

    assert 1.8 < per_person("credentials") < 2.2
    assert 3.3 < per_person("employments") < 3.7
    assert 0.1 < per_person("trainings") < 0.4
    claims = Counter(row[0] for row in rows(crowd / "employees.parquet") if row[1])
    assert len({row[0] for row in rows(crowd / "employees.parquet")}) == 20_000, "everyone is listed"
    assert 0.96 < sum(count == 1 for count in claims.values()) / 20_000 < 0.98
    assert {1, 2} == set(claims.values())


def test_claims_per_person(tmp_path: Path) -> None:
    path = write_roster(tmp_path, persons=4000, seed=1, dirty=0, claims_per_person=2.5)
    claims = [row for row in rows(path / "employees.parquet") if row[1]]
    assert 2.4 < len(claims) / 4000 < 2.6
    assert len(set(claims)) == len(claims)


def test_careers(crowd: Path) -> None:
    """Days from 1985 to the as-of date; jobs that follow at once, overlap, leave gaps, go on; posts of every kind."""
    earliest, latest = asked(
        "SELECT min(day), max(day) FROM (SELECT awarded AS day FROM credentials UNION ALL SELECT completed "
        'FROM trainings UNION ALL SELECT start FROM employments UNION ALL SELECT "end" FROM employments)',
        crowd,
    )
    assert date(1985, 1, 1) <= earliest < date(1990, 1, 1)
    assert latest <= AS_OF
    following = (
        "SELECT count(*) FILTER (next = e + 1) / count(*), count(*) FILTER (next > e + 1) / count(*), "
        'count(*) FILTER (next <= e) / count(*) FROM (SELECT "end" AS e, lead(start) OVER '
        "(PARTITION BY person ORDER BY start) AS next FROM employments) WHERE next IS NOT NULL"
    )
    at_once, after_a_gap, overlapping = asked(following, crowd)
    assert 0.45 < at_once < 0.6
    assert after_a_gap > 0.15
    assert 0.1 < overlapping < 0.2
    assert 0.2 < asked('SELECT count(*) FILTER ("end" IS NULL) / count(*) FROM employments', crowd)[0] < 0.35
    known = {
        read_codes().known("bilik:hasPosition", post)
        for post in {row[1] or "" for row in rows(crowd / "employments.parquet")}
    }
    assert len(known - {None}) == len(set(read_codes().keys("bilik:hasPosition"))), "every position, and the group"
    assert None in known, "posts outside the order"


def test_some_write_titles_instead_of_codes(crowd: Path) -> None:
    codes = read_codes()
    written = [str(row[1]) for row in rows(crowd / "employees.parquet") if row[1]]
    titles = [post for post in written if post not in codes.positions]
    assert 0.005 < len(titles) / len(written) < 0.015
    assert None not in {codes.known("bilik:hasPosition", title) for title in titles}


def test_every_grade_is_claimed(tmp_path: Path) -> None:
    path = write_roster(tmp_path, persons=5000, seed=2)
    codes = read_codes()
    claimed = {tuple(cell or "" for cell in row[1:4]) for row in rows(path / "employees.parquet") if row[1]}
    fitting = [codes.grades_of(*claim)[0] for claim in claimed]
    assert {grade for grades in fitting if len(grades) == 1 for grade in grades} == {grade[0] for grade in codes.grades}


def test_every_outcome_occurs(tmp_path: Path) -> None:
    path = write_roster(tmp_path, persons=60, seed=1, dirty=0, form="csv")
    run = bilik("check", path, "--as-of", AS_OF, "--format", "json").json
    outcomes = Counter(claim["verdict"] for person in run["persons"] for claim in person["claims"])
    assert set(outcomes) == {"qualified", "undetermined", "not-qualified"}
    assert min(outcomes.values()) > 1


# -- asked wrongly ---------------------------------------------------------------------------------------------------


def test_arguments_out_of_their_range(tmp_path: Path) -> None:
    wrong: list[dict[str, Any]] = [
        {"persons": 0},
        {"dirty": 1.5},
        {"claims_per_person": -1},
        {"form": "ods"},
        {"as_of": date(1985, 1, 1)},
        {"dirty": 0.1, "days": "dates"},
    ]
    for change in wrong:
        with pytest.raises(ValueError, match=next(iter(change))):
            write_roster(tmp_path / "none", **{"persons": 10, "seed": 1, **change})
    assert not (tmp_path / "none").exists()


def test_the_command_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, tmp_path / "out", "--persons", "30", "--seed", "4", "--format", "csv"],
        capture_output=True,
        check=True,
    )
    write_roster(tmp_path / "same", persons=30, seed=4, form="csv")
    assert contents(tmp_path / "out") == contents(tmp_path / "same")
    assert done.stderr == b""
    refused = subprocess.run([*COMMAND, tmp_path / "no", "--persons", "0"], capture_output=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr.decode().count("\n") == 1
