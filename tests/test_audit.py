"""An audit gives the verdicts that ``check`` gives: on random people who reach every verdict of every grade."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from audit_rows import Row, as_table_set, rows_of
from bilik.audit.evaluation import evaluate
from bilik.audit.session import session
from bilik.audit.sources import open_roster
from bilik.evaluate import CompiledLaw, compiled_law, judge, persons
from bilik.evaluate.rules import record_of
from bilik.evaluate.variants import Variant, dependent_grades, under, variants
from bilik.namespaces import expand
from bilik.people import Records, load_people
from bilik.people.assume import assume
from bilik.people.codes import read_codes
from oracle import Employment, Law, Person, load_law
from test_agreement import crowd

COLUMNS = ("person", "grade", "verdict", "claimed", "best_alternative", "short_months", "reason")
PEOPLE = int(os.environ.get("BILIK_PEOPLE", "300"))


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


def random_claims(people: list[Person]) -> Iterator[tuple[str, str, str, str]]:
    """A claim or two of each person, some of the positions without tier or category."""
    rng = Random(len(people))
    grades = read_codes().grades
    for person in people:
        for _ in range(rng.choice((0, 1, 1, 1, 2))):
            _, position, tier, category = rng.choice(grades)
            yield person.key, position, tier or "", rng.choice((category or "", category or "", ""))


def audited(source: Path, law: CompiledLaw, as_of: date, *, claims_only: bool) -> list[Row]:
    with session(memory="1GB") as connection:
        open_roster(source, connection)
        evaluate(connection, law, as_of, claims_only=claims_only)
        return connection.execute(f"SELECT {', '.join(COLUMNS)} FROM rows").fetchall()


def checked(source: Path, law: CompiledLaw, as_of: date) -> list[Row]:
    records = load_people([source])
    judgements = sorted(judge(records.store, law, as_of), key=lambda judged: records.shown(judged.person))
    return [row for judgement in judgements for row in rows_of(judgement, records.shown(judgement.person))]


def test_audit_and_check_agree(law: Law, tmp_path: Path) -> None:
    for as_of, people in crowd(law, PEOPLE, seed=776).items():
        source = as_table_set(tmp_path / as_of.isoformat(), people, random_claims(people))
        expected = checked(source, compiled_law(), as_of)
        assert_same(audited(source, compiled_law(), as_of, claims_only=False), expected)
        claimed = [row for row in expected if row[3]]
        assert claimed
        assert_same(audited(source, compiled_law(), as_of, claims_only=True), claimed)


def test_long_careers(law: Law, tmp_path: Path) -> None:
    """A hundred jobs a person and more, with gaps, without, and at once; the last without an end in sight."""
    rng = Random(779)
    ((as_of, people),) = crowd(law, 12, seed=779, days=[date(2026, 1, 1)]).items()
    busy = [replace(person, employments=_hundred(person.employments, rng)) for person in people if person.employments]
    source = as_table_set(tmp_path / "roster", busy, random_claims(busy))
    expected = checked(source, compiled_law(), as_of)
    assert len({row[5] for row in expected}) > 10, "months short differ"
    assert_same(audited(source, compiled_law(), as_of, claims_only=False), expected)


def _hundred(jobs: Sequence[Employment], rng: Random) -> tuple[Employment, ...]:
    made: list[Employment] = []
    start = date(1990, 1, 1)
    while len(made) < 100:
        start += timedelta(days=rng.choice((-20, 0, 1, 1, 1, 2, 200, 300)))
        end = start + timedelta(days=rng.choice((0, 1, 2, 6, 9, 27, 30)))
        made.append(replace(rng.choice(jobs), key=f"j{len(made)}", start=start.isoformat(), end=end.isoformat()))
        start = end
    for last in rng.sample(("9999-12-31", "2026-01-01", "2025-12-31", "2026-02-30", None), k=2):
        made.append(replace(rng.choice(jobs), key=f"j{len(made)}", start="2025-11-30", end=last))
    return tuple(made)


@pytest.mark.parametrize("variant", variants(), ids=lambda variant: variant.code)
def test_they_agree_under_other_readings(law: Law, variant: Variant, tmp_path: Path) -> None:
    """Of the grades that depend on the reading, some people for each."""
    changed = under(compiled_law(), [variant])
    changed = changed.only(dependent_grades(changed, variant.code))
    ((as_of, people),) = crowd(law, 50, seed=778, days=[date(2026, 1, 1)]).items()
    source = as_table_set(tmp_path / "roster", people)
    assert_same(audited(source, changed, as_of, claims_only=False), checked(source, changed, as_of))


def assert_same(found: list[Row], expected: list[Row]) -> None:
    assert len(found) == len(expected)
    for row, right in zip(found, expected, strict=True):
        assert row == right


def test_the_next_step_is_reached_on_its_day_and_not_before(law: Law, tmp_path: Path) -> None:
    """By the rules: the record with the post held from the day after the as-of date on, judged on both days."""
    dated, undated = 0, 0
    for as_of, people in crowd(law, PEOPLE // 3, seed=777).items():
        people = [person for person in people if not looks_ahead(person, as_of)]
        source = as_table_set(tmp_path / as_of.isoformat(), people, random_claims(people))
        records = load_people([source])
        with session(memory="1GB") as connection:
            open_roster(source, connection)
            evaluate(connection, compiled_law(), as_of, claims_only=True)
            steps = connection.execute(
                "SELECT person, grade, next_grade, next_date FROM rows WHERE next_grade IS NOT NULL"
            ).fetchall()
        for person, grade, following, day in steps:
            if day is None:
                undated += 1
                day, outcomes = date(2099, 1, 1), [False]
            else:
                dated += 1
                outcomes = [True, False] if day > as_of else [True]
            for outcome in outcomes:
                assert _qualifies(records, person, grade, following, as_of, day) == outcome, (person, following, day)
                day -= timedelta(days=1)
    assert dated
    assert undated


def looks_ahead(person: Person, as_of: date) -> bool:
    """Whether something of the record is dated after the as-of date: an audit does not look there."""
    days = [credential.awarded for credential in person.credentials]
    days += [training.completed for training in person.trainings]
    days += [job.start for job in person.employments]
    return any(day is not None and day > as_of.isoformat() for day in days)


def _qualifies(records: Records, key: str, held: str, grade: str, as_of: date, day: date) -> bool:
    iri = next(iri for iri in persons(records.store) if records.shown(iri) == key)
    _, position, _, category = next(known for known in read_codes().grades if known[0] == held)
    own = Records()
    own.store.extend(record_of(records.store, iri))
    working_on = f"position={position} category={category or read_codes().lowest_category}"
    assume(own, [f"employment {working_on} start={as_of + timedelta(days=1)}"])
    law = compiled_law().only({expand(f"grade:{grade}")})
    (judgement,) = judge(own.store, law, day)
    return judgement.verdicts[0].outcome == "qualified"
