"""An audit gives the verdicts that ``check`` gives: on random people who reach every verdict of every grade."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from audit_rows import Row, as_table_set, rows_of
from bilik.audit.evaluation import evaluate
from bilik.audit.session import session
from bilik.audit.sources import open_roster
from bilik.evaluate import CompiledLaw, compiled_law, judge
from bilik.people import load_people
from bilik.people.codes import read_codes
from oracle import Law, Person, load_law
from test_agreement import crowd

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
        return connection.execute("FROM rows").fetchall()


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


def assert_same(found: list[Row], expected: list[Row]) -> None:
    assert len(found) == len(expected)
    for row, right in zip(found, expected, strict=True):
        assert row == right
