"""The rules agree with the oracle, on Oxigraph and on rdflib: random people who reach every verdict of every grade."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pyoxigraph as ox
import pytest

from as_rdf import entry_key, person_iri, to_store
from bilik.evaluate import Verdict, compiled_law, derived_facts, judge, verdict_graph
from bilik.evaluate.rules import as_of_statement, prospects
from oracle import Law, Person, load_law
from oracle import Verdict as OracleVerdict
from oracle import judge as oracle_judge
from people_strategies import random_as_of, random_employment, random_person
from rdflib_engine import Statement, rdflib_verdict_graph, run_rules, statements

PEOPLE = int(os.environ.get("BILIK_PEOPLE", "300"))
PEOPLE_ON_RDFLIB = int(os.environ.get("BILIK_PEOPLE_ON_RDFLIB", PEOPLE))
OUTCOMES = ("qualified", "undetermined", "not-qualified")
SEED = 775
DATES = 6


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


def crowd(law: Law, count: int, seed: int, days: Iterable[date] = ()) -> dict[date, list[Person]]:
    """Random people by as-of date, random too unless given; grades and wished outcomes take turns: all are reached."""
    rng = Random(seed)
    dates = list(days)
    while not days and len(dates) < DATES:
        if (day := random_as_of(rng)) not in dates:
            dates.append(day)
    grades = sorted(law.position_of)
    people: dict[date, list[Person]] = {day: [] for day in dates}
    for number in range(count):
        as_of = dates[number % len(dates)]
        made = random_person(rng, law, grades[number % len(grades)], OUTCOMES[number % 3], as_of)
        people[as_of].append(Person(f"p{number}", made.credentials, made.trainings, made.employments))
    return people


def turning_days(law: Law) -> list[date]:
    """The days on which a clause comes into force or its wording becomes known, and those before them."""
    days = {*law.in_force.values(), *law.worded.values()}
    return sorted({*days, *(day - timedelta(days=1) for day in days)})


def compared(verdict: Verdict | OracleVerdict, key: Callable[[str], str]) -> object:
    """What evaluators must agree on; ``key`` makes comparable names of entries."""
    return (
        verdict.outcome,
        verdict.notes,
        [
            (
                a.number,
                a.result,
                a.credential and key(a.credential),
                [
                    (
                        c.kind,
                        c.result,
                        c.notes,
                        (c.required_months, c.certain_months, c.possible_months, c.short_months),
                        sorted(key(entry) for entry in c.evidence),
                    )
                    for c in a.conditions
                ],
            )
            for a in verdict.alternatives
        ],
    )


def as_worded_now(verdict: Verdict) -> str:
    """What the present wording gives, whether or not it was in force: all that facts without dates can tell."""
    best = max((a.result for a in verdict.alternatives), key=("unmet", "unknown", "met").index)
    outcome = {"met": "qualified", "unknown": "undetermined", "unmet": "not-qualified"}[best]
    assert verdict.outcome == ("undetermined" if verdict.notes else outcome)
    return outcome


def test_rules_agree_with_the_oracle(law: Law) -> None:
    """Outcome, witness, every condition, months, notes and evidence: people × all grades."""
    reached: Counter[tuple[str, str]] = Counter()
    for as_of, people in crowd(law, PEOPLE, SEED).items():
        by_iri = {person_iri(person.key): person for person in people}
        for judgement in judge(to_store(people), compiled_law(), as_of):
            person = by_iri[judgement.person]
            assert len(judgement.verdicts) == len(law.position_of)
            for verdict in judgement.verdicts:
                oracle = oracle_judge(law, person, verdict.grade, as_of)
                assert compared(verdict, entry_key) == compared(oracle, str), (person, verdict.grade, as_of)
                reached[verdict.grade, verdict.outcome] += 1
    print_coverage(reached)
    assert {(grade, outcome) for grade in law.position_of for outcome in OUTCOMES} == set(reached)


def test_rules_agree_where_the_wording_is_not_known(law: Law) -> None:
    """On the days that decide it, on both engines."""
    people_by_day = crowd(law, 24, SEED + 7, turning_days(law))
    noted: Counter[tuple[date, tuple[str, ...]]] = Counter()
    assert len(people_by_day) == 4
    for as_of, people in people_by_day.items():
        by_iri = {person_iri(person.key): person for person in people}
        for judgement in judge(to_store(people), compiled_law(), as_of):
            for verdict in judgement.verdicts:
                oracle = oracle_judge(law, by_iri[judgement.person], verdict.grade, as_of)
                assert compared(verdict, entry_key) == compared(oracle, str), (judgement.person, verdict.grade, as_of)
                noted[as_of, verdict.notes] += 1
        assert rdflib_verdict_graph(list(to_store(people)), as_of) == _graph(people, as_of)
    notes = [{found for day, found in noted if day == as_of} for as_of in sorted(people_by_day)]
    assert notes == [
        {("not-in-force",)},
        {(), ("wording-unknown",)},
        {(), ("wording-unknown",)},
        {()},
    ]


def print_coverage(reached: Counter[tuple[str, str]]) -> None:
    """How often each grade came out how; shown with ``pytest -s``."""
    print(f"\n{'grade':34}" + "".join(f"{outcome:>15}" for outcome in OUTCOMES))
    for grade in sorted({grade for grade, _ in reached}):
        print(f"{grade:34}" + "".join(f"{reached[grade, outcome]:15}" for outcome in OUTCOMES))


@pytest.mark.parametrize("part", range(DATES))
def test_rules_agree_on_rdflib(law: Law, part: int) -> None:
    """The same files give the same verdict graph on another engine, triple by triple."""
    as_of, people = list(crowd(law, PEOPLE_ON_RDFLIB, SEED).items())[part]
    records = list(to_store(people))
    ours = statements(verdict_graph(records, compiled_law(), as_of))
    assert len(ours) > len(people) * len(law.position_of)
    for some in batched(people, 10):
        theirs = rdflib_verdict_graph(list(to_store(some)), as_of)
        assert theirs <= ours
        ours -= theirs
    assert not ours


def test_facts_and_prospects_are_the_same_on_rdflib(law: Law) -> None:
    """What is derived for other engines and for plans, with all that the rules find on the way."""
    as_of, people = next(iter(crowd(law, 24, SEED + 1).items()))
    records = list(to_store(people))
    facts = run_rules("facts", records, as_of)
    found = {statement for rule, made in facts.items() if "-facts-" in rule for statement in made}
    assert found == statements(derived_facts(records, compiled_law(), as_of))
    assert found
    foreseen = run_rules("prospect", records, as_of)
    assert all(made for rule, made in foreseen.items() if "-prospect-" in rule)
    before = ox.Store()
    before.extend([*compiled_law().quads, *records, as_of_statement(as_of)])
    after = {quad.triple for quad in prospects(records, compiled_law(), as_of)} - {quad.triple for quad in before}
    given = values(statements(quad.triple for quad in before))
    assert values(set.union(*foreseen.values())) - given == values(statements(after)) - given


def values(found: set[Statement]) -> set[Statement]:
    """Numbers without their datatypes: those reckoned on the way are decimals on one engine and whole on the other."""
    return {(subject, term, value.partition("^^")[0]) for subject, term, value in found}


def test_a_long_career(law: Law) -> None:
    """Sixty jobs in one record, overlapping, adjacent and apart."""
    rng, day = Random(SEED), date(1990, 1, 1)
    jobs = []
    for number in range(60):
        end = day + timedelta(days=rng.randrange(20, 400))
        made = random_employment(rng, law, f"job{number}")
        jobs.append(replace(made, start=day.isoformat(), end=end.isoformat()))
        day = end + timedelta(days=rng.choice((-40, 0, 1, 1, 30)))
    (other,) = crowd(law, 1, SEED)[next(iter(crowd(law, 1, SEED)))]
    person = replace(other, employments=tuple(jobs))
    as_of = date(2026, 1, 1)
    (judgement,) = judge(to_store([person]), compiled_law(), as_of)
    for verdict in judgement.verdicts:
        oracle = oracle_judge(law, person, verdict.grade, as_of)
        assert compared(verdict, entry_key) == compared(oracle, str), verdict.grade


def batched(people: list[Person], size: int) -> Iterator[list[Person]]:
    """Few at a time: rdflib's joins grow with the graph."""
    for start in range(0, len(people), size):
        yield people[start : start + size]


def test_mixing_people_changes_nothing(law: Law) -> None:
    """A record is judged alike alone and beside others."""
    as_of, people = next(iter(crowd(law, 60, SEED + 2).items()))
    alone = {statement for person in people for statement in _graph([person], as_of)}
    assert alone == _graph(people, as_of)


def _graph(people: list[Person], as_of: date) -> set[tuple[str, str, str]]:
    return statements(verdict_graph(list(to_store(people)), compiled_law(), as_of))
