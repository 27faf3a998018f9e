"""The rules agree with the oracle, on Oxigraph and on rdflib, for random people who reach every verdict of every grade."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from random import Random

import pytest
from as_rdf import entry_key, person_iri, to_store
from oracle import Law, Person, load_law
from oracle import judge as oracle_judge
from people_strategies import random_as_of, random_person

from bilik.evaluate import Verdict, compiled_law, judge

PEOPLE = int(os.environ.get("BILIK_PEOPLE", "300"))
OUTCOMES = ("qualified", "undetermined", "not-qualified")
SEED = 775


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


def crowd(law: Law, count: int, seed: int) -> dict[date, list[Person]]:
    """Random people by as-of date; grades and wished outcomes take turns, so that all are reached."""
    rng = Random(seed)
    dates = [random_as_of(rng) for _ in range(6)]
    grades = sorted(law.position_of)
    people: dict[date, list[Person]] = {day: [] for day in dates}
    for number in range(count):
        as_of = dates[number % len(dates)]
        made = random_person(rng, law, grades[number % len(grades)], OUTCOMES[number % 3], as_of)
        people[as_of].append(Person(f"p{number}", made.credentials, made.trainings, made.employments))
    return people


def compared(verdict: Verdict) -> object:
    """What engines must agree on, with entries by key."""
    return (
        verdict.outcome,
        [
            (
                a.number,
                a.result,
                a.credential and entry_key(a.credential),
                [
                    (
                        c.kind,
                        c.result,
                        c.notes,
                        c.required_months,
                        c.certain_months,
                        c.possible_months,
                        c.short_months,
                        tuple(sorted(entry_key(e) for e in c.evidence)),
                    )
                    for c in a.conditions
                ],
            )
            for a in verdict.alternatives
        ],
    )


def expected(law: Law, person: Person, grade: str, as_of: date) -> object:
    verdict = oracle_judge(law, person, grade, as_of)
    return (
        verdict.outcome,
        [
            (
                a.number,
                a.result,
                a.credential,
                [
                    (
                        c.kind,
                        c.result,
                        c.notes,
                        c.required_months,
                        c.certain_months,
                        c.possible_months,
                        c.short_months,
                        c.evidence,
                    )
                    for c in a.conditions
                ],
            )
            for a in verdict.alternatives
        ],
    )


def test_rules_agree_with_the_oracle(law: Law) -> None:
    """Outcome, witness, every condition, months, notes and evidence: people × all grades."""
    reached: Counter[tuple[str, str]] = Counter()
    for as_of, people in crowd(law, PEOPLE, SEED).items():
        by_iri = {person_iri(person.key): person for person in people}
        for judgement in judge(to_store(people), compiled_law(), as_of):
            person = by_iri[judgement.person]
            assert len(judgement.verdicts) == len(law.position_of)
            for verdict in judgement.verdicts:
                assert compared(verdict) == expected(law, person, verdict.grade, as_of), (person, verdict.grade, as_of)
                reached[verdict.grade, verdict.outcome] += 1
    print_coverage(reached)
    assert {(grade, outcome) for grade in law.position_of for outcome in OUTCOMES} == set(reached)


def print_coverage(reached: Counter[tuple[str, str]]) -> None:
    """How often each grade came out how; shown with ``pytest -s``."""
    print(f"\n{'grade':34}" + "".join(f"{outcome:>15}" for outcome in OUTCOMES))
    for grade in sorted({grade for grade, _ in reached}):
        print(f"{grade:34}" + "".join(f"{reached[grade, outcome]:15}" for outcome in OUTCOMES))
