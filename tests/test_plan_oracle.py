"""Tests of the oracle of plans: careers reckoned by hand, the definition to the letter, and random people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from oracle import (
    Credential,
    Employment,
    Law,
    Person,
    Training,
    Truth,
    add_months,
    judge,
    load_law,
    months_of_service,
)
from plan_oracle import (
    DAY,
    Simulated,
    categories_held,
    category_of,
    longest_wait,
    made_possible_by,
    months_until,
    simulate,
)
from plan_people import PlanCase, plan_cases

SEED, COUNT = 775, 100
KINDS = {"at once", "position", "speciality", "activity", "education", "training", "unreachable"}
DEGREE = Credential("degree", "higher", "0732", "2020-06-30")
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture(scope="module")
def law() -> Law:
    """The law as the project's graph states it."""
    return load_law()


@pytest.fixture(scope="module")
def careers(law: Law) -> list[tuple[PlanCase, Simulated, Simulated]]:
    """Random cases, each under the pessimistic and under the optimistic reading."""
    return [
        (case, simulate(law, *case), simulate(law, *case, optimistic=True)) for case in plan_cases(SEED, COUNT, law)
    ]


def engineer(*jobs: Employment) -> Person:
    """A graduate engineer with jobs."""
    return Person("p", credentials=(DEGREE,), employments=jobs)


def job(
    start: str | None, end: str | None = None, category: str | None = None, position: str | None = "engineer"
) -> Employment:
    """A job without anything else said of it."""
    return Employment("j", position, category=category, start=start, end=end)


def assumed(simulated: Simulated) -> list[tuple[str | None, str | None, str | None, str | None]]:
    """(position, category, start, end) of the assumed jobs."""
    jobs = [job for job in simulated.record.employments if job.key.startswith("assumed")]
    return [(job.position, job.category, job.start, job.end) for job in jobs]


# --- by hand ---------------------------------------------------------------------------------------------


def test_sixty_months_by_the_speciality_with_two_promotions_on_the_way(law: Law) -> None:
    found = simulate(law, engineer(), ["engineer"], "engineer-high-highest", NEW_YEAR)
    assert (found.date, found.months) == (date(2030, 12, 31), 60)
    # From 2 January 2026: 11 months to 2 December, and the 30 days through 31 December are the twelfth.
    # From 1 January 2027: 23 months to 1 December 2028, and 30 days.
    # From 2 January 2026 without a break: 59 months to 2 December 2030, and 30 days.
    assert found.promotions == (
        ("engineer-high-second", date(2026, 12, 31)),
        ("engineer-high-first", date(2028, 12, 30)),
        ("engineer-high-highest", date(2030, 12, 31)),
    )
    assert assumed(found) == [
        ("engineer", "none", "2026-01-02", "2026-12-31"),
        ("engineer", "second", "2027-01-01", "2028-12-30"),
        ("engineer", "first", "2028-12-31", None),
    ]


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2025-12-31", "2026-12-30"),  # from 1 January: 30 days of December are a month
        ("2026-01-01", "2026-12-31"),
        ("2026-06-30", "2027-06-30"),  # from 1 July through a June of 30 days
        ("2026-05-31", "2027-05-30"),
        ("2026-01-30", "2027-01-29"),  # from 31 January: 11 months to 31 December
        ("2026-08-30", "2027-08-29"),
        ("2024-02-28", "2025-02-27"),  # from 29 February to 28 February
        ("2024-02-29", "2025-02-28"),
        ("2025-02-28", "2026-02-28"),
    ],
)
def test_a_year_from_the_day_after_the_as_of_date(law: Law, as_of: str, day: str) -> None:
    found = simulate(law, engineer(), ["engineer"], "engineer-high-second", date.fromisoformat(as_of))
    assert found.date == date.fromisoformat(day)
    assert found.months == 12


def test_months_count_a_begun_month_as_one() -> None:
    assert months_until(NEW_YEAR, NEW_YEAR) == 0
    assert months_until(NEW_YEAR, date(2026, 1, 2)) == 1
    assert months_until(NEW_YEAR, date(2026, 2, 1)) == 1
    assert months_until(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_until(date(2026, 1, 31), date(2026, 3, 1)) == 2


def test_what_is_reached_already_takes_no_time(law: Law) -> None:
    found = simulate(law, engineer(), [], "engineer", NEW_YEAR)
    assert (found.date, found.months, found.promotions) == (NEW_YEAR, 0, (("engineer", NEW_YEAR),))
    assert assumed(found) == []


def test_who_holds_nothing_and_qualifies_for_nothing_does_no_work(law: Law) -> None:
    found = simulate(law, Person("p"), [], "engineer-high-second", NEW_YEAR)
    assert (found.date, found.months, found.promotions) == (None, None, ())
    assert assumed(found) == []
    assert found.until > NEW_YEAR


def test_who_holds_it_works_on_though_nothing_comes_of_it(law: Law) -> None:
    found = simulate(law, Person("p"), ["engineer"], "engineer-high-second", NEW_YEAR)
    assert found.date is None
    assert assumed(found) == [("engineer", "none", "2026-01-02", None)]


def test_a_promotion_on_the_as_of_date_takes_the_place_of_what_is_held(law: Law) -> None:
    """Thirteen months so far make a second-category engineer at once; the first day at work is already in it."""
    found = simulate(law, engineer(job("2024-12-01", "2026-01-01")), [], "engineer-high-first", NEW_YEAR)
    assert found.promotions == (("engineer-high-second", NEW_YEAR), ("engineer-high-first", date(2027, 12, 31)))
    assert assumed(found) == [("engineer", "second", "2026-01-02", None)]
    assert found.months == 24


def test_a_diploma_to_come_begins_the_work(law: Law) -> None:
    student = Person("p", credentials=(replace(DEGREE, awarded="2026-06-30"),))
    found = simulate(law, student, [], "engineer-high-second", NEW_YEAR)
    assert found.promotions == (("engineer", date(2026, 6, 30)), ("engineer-high-second", date(2027, 6, 30)))
    assert assumed(found) == [("engineer", "none", "2026-07-01", None)]
    assert found.months == 18


def test_what_lies_far_ahead_is_waited_for(law: Law) -> None:
    """A diploma, a training, a job: each dated long after everything else has come to rest."""
    student = Person("p", credentials=(replace(DEGREE, awarded="2040-06-30"),))
    assert simulate(law, student, [], "engineer-high-second", NEW_YEAR).date == date(2041, 6, 30)

    course = Training("t", "accounting-control", "2040-06-30")
    bookkeeper = Person("p", (), (course,), (job("2020-01-01", position="accountant"),))
    assert simulate(law, bookkeeper, [], "accountant-mid", NEW_YEAR).date == date(2040, 6, 30)

    late = job("2040-07-01", position="accountant")
    bookkeeper = Person("p", (), (replace(course, completed="2020-06-30"),), (late,))
    assert simulate(law, bookkeeper, [], "accountant-mid", NEW_YEAR).date == date(2043, 6, 30)


def test_an_unknown_category_is_worked_in_until_one_is_reached(law: Law) -> None:
    found = simulate(law, engineer(job("2025-12-01")), [], "engineer-high-first", NEW_YEAR)
    assert assumed(found)[0] == ("engineer", None, "2026-01-02", "2026-11-30")
    # From 1 December 2025 without a break: 11 months to 1 November, and 30 days.
    assert found.promotions[0] == ("engineer-high-second", date(2026, 11, 30))
    # At the second category from 1 December 2026: 23 months to 1 November 2028, and 30 days.
    assert found.date == date(2028, 11, 30)


def test_an_unknown_category_may_be_any(law: Law) -> None:
    person = engineer(job("2023-01-01"))
    assert simulate(law, person, [], "engineer-high-highest", NEW_YEAR).date == date(2027, 12, 30)
    found = simulate(law, person, [], "engineer-high-highest", NEW_YEAR, optimistic=True)
    assert (found.date, found.months) == (NEW_YEAR, 0)


def test_of_two_tiers_the_higher_is_the_step(law: Law) -> None:
    found = simulate(law, engineer(job("2024-12-01")), [], "engineer-mid-first", NEW_YEAR)
    assert [grade for grade, _ in found.promotions] == ["engineer-high-second", "engineer-mid-first"]


def test_the_target_alone_is_named_on_its_day(law: Law) -> None:
    """On that day the first category of the high tier is reached too."""
    found = simulate(law, engineer(job("2024-12-01", category="none")), [], "engineer-mid-first", NEW_YEAR)
    assert found.date is not None
    assert judge(law, found.record, "engineer-high-first", found.date).outcome == "qualified"
    assert judge(law, found.record, "engineer-high-first", found.date - DAY).outcome == "not-qualified"
    assert [day for _, day in found.promotions].count(found.date) == 1


@pytest.mark.parametrize(
    ("entry", "held"),
    [
        (job("2025-01-01"), [None]),
        (job("2025-01-01", category="first"), ["first"]),
        (job("2025-01-01", category="third"), [None]),
        (job("2026-01-01", "2026-01-01", "none"), ["none"]),
        (job("2025-01-01", "2025-12-31", "first"), []),
        (job("2026-01-02", category="first"), []),
        (job("2025-01-01", "2026-02-30", "first"), []),
        (job("2025-02-29", category="first"), []),
        (job(None, category="first"), []),
        (job("2027-01-01", "2025-01-01", "first"), []),
        (job("2025-01-01", category="first", position="technician"), []),
        (job("2025-01-01", category="first", position="engineering-technical"), []),
        (job("2025-01-01", category="first", position=None), []),
    ],
)
def test_what_is_held(law: Law, entry: Employment, held: list[str | None]) -> None:
    assert categories_held(law, Person("p", employments=(entry,)), [], "engineer", NEW_YEAR) == held


def test_a_claim_is_held(law: Law) -> None:
    claims = ["engineer", "engineer-mid-second", "technician-mid-first"]
    assert categories_held(law, Person("p"), claims, "engineer", NEW_YEAR) == ["none", "second"]


def test_the_best_of_what_is_held_is_worked_in(law: Law) -> None:
    def first_work(*categories: str | None) -> str | None:
        person = Person("p", employments=tuple(job("2025-01-01", category=category) for category in categories))
        return assumed(simulate(law, person, [], "engineer-high-second", NEW_YEAR))[0][1]

    assert first_work("second", "first", None) == "first"
    assert first_work(None, "none") == "none"
    assert first_work(None) is None


def test_a_promotion_to_no_higher_category_is_none(law: Law) -> None:
    found = simulate(law, engineer(), ["engineer-high-first"], "engineer-high-highest", NEW_YEAR)
    assert found.promotions == (("engineer-high-highest", date(2028, 12, 31)),)
    assert found.months == 36


def test_what_made_it_possible(law: Law) -> None:
    found = simulate(law, engineer(), ["engineer"], "engineer-high-highest", NEW_YEAR)
    reasons = [made_possible_by(law, found, grade, day, NEW_YEAR) for grade, day in found.promotions]
    assert reasons == [{"position"}, {"position"}, {"speciality"}]

    course = Training("t", "accounting-control", "2027-05-05")
    bookkeeper = Person("p", (), (course,), (job("2020-01-01", position="accountant"),))
    found = simulate(law, bookkeeper, [], "accountant-mid", NEW_YEAR)
    assert found.date == date(2027, 5, 5)
    assert made_possible_by(law, found, "accountant-mid", found.date, NEW_YEAR) == {"training"}
    assert made_possible_by(law, found, "accountant-mid", date(2028, 1, 1), date(2028, 1, 1)) == {
        "training",
        "activity",
    }


# --- the definition to the letter ------------------------------------------------------------------------


def every_day(
    law: Law, person: Person, claims: Collection[str], target: str, as_of: date, optimistic: bool, last: date
) -> tuple[date | None, list[tuple[str, date]]]:
    """A career of which every grade is judged on every day: nothing is skipped, nothing is remembered."""
    position = law.position_of[target]
    wanted = {"qualified", "undetermined"} if optimistic else {"qualified"}
    held = categories_held(law, person, claims, position, as_of)
    held.sort(key=lambda category: (law.categories[category or "none"], category is not None))
    work = [Employment("work", position, category=held[-1], start=str(as_of + DAY))] if held else []
    promotions: list[tuple[str, date]] = []
    day = as_of
    while day <= last:
        today = replace(person, employments=(*person.employments, *work))
        reached = {
            grade
            for grade, of in law.position_of.items()
            if of == position and judge(law, today, grade, day).outcome in wanted
        }
        if target in reached:
            return day, [*promotions, (target, day)]
        best = max((law.categories[category_of(law, grade)] for grade in reached), default=-1)
        if best > (law.categories[work[-1].category or "none"] if work else -1):
            ties = [grade for grade in reached if law.categories[category_of(law, grade)] == best]
            step = sorted(ties, key=lambda grade: law.tiers.get(law.tier_of.get(grade, ""), 0))[-1]
            promotions.append((step, day))
            if work:
                work[-1] = replace(work[-1], end=str(day))
            work = [entry for entry in work if entry.start is None or entry.start <= str(day)]
            work.append(Employment("work", position, category=category_of(law, step), start=str(day + DAY)))
        day += DAY
    return None, promotions


def test_the_walk_equals_the_definition(law: Law, careers: list[tuple[PlanCase, Simulated, Simulated]]) -> None:
    """On short careers with promotions, on others, and on unreachable ones as far as we look."""
    short = [
        (case, optimistic, found)
        for case, *readings in careers
        for optimistic, found in enumerate(readings)
        if found.months and found.months <= 40
    ]
    short.sort(key=lambda career: -len(career[2].promotions))
    assert len(short[0][2].promotions) > 2
    for case, optimistic, found in [*short[:5], *short[-3:]]:
        assert found.date is not None
        assert every_day(law, *case, bool(optimistic), found.date) == (found.date, list(found.promotions))
    never = [(case, found) for case, found, _ in careers if found.date is None]
    never.sort(key=lambda career: -len(career[1].promotions))
    for case, found in never[:2]:
        last = case[-1] + 365 * DAY
        seen = [step for step in found.promotions if step[1] <= last]
        assert every_day(law, *case, False, last) == (None, seen)


# --- laws ------------------------------------------------------------------------------------------------


def test_the_day_before_it_is_not_reached(law: Law, careers: list[tuple[PlanCase, Simulated, Simulated]]) -> None:
    for (_, _, target, as_of), *readings in careers:
        for found, wanted in zip(readings, (Truth.MET, Truth.UNKNOWN), strict=True):
            reached = {truth.outcome for truth in Truth if truth >= wanted}
            if found.date:
                assert judge(law, found.record, target, found.date).outcome in reached
            if found.date is None or found.date > as_of:
                before = found.until if found.date is None else found.date - DAY
                assert judge(law, found.record, target, before).outcome not in reached


def test_a_later_day_loses_nothing(law: Law, careers: list[tuple[PlanCase, Simulated, Simulated]]) -> None:
    """What the walk over months rests on: the record with all assumed work is judged ever better."""
    rng = Random(SEED)
    for (_, _, target, as_of), *readings in careers:
        for found in readings:
            days = sorted(as_of + rng.randrange((found.until - as_of).days + 400) * DAY for _ in range(8))
            for grade in law.alternatives:
                if law.position_of[grade] == law.position_of[target]:
                    outcomes = [judge(law, found.record, grade, day).outcome for day in days]
                    truths = [[truth.outcome for truth in Truth].index(outcome) for outcome in outcomes]
                    assert truths == sorted(truths)


def test_looking_further_finds_nothing_new(law: Law, careers: list[tuple[PlanCase, Simulated, Simulated]]) -> None:
    never = [(case, found) for case, found, _ in careers if found.date is None]
    for case, found in never[:20]:
        further = simulate(law, *case, horizon=4 * longest_wait(law))
        assert (further.date, further.promotions) == (None, found.promotions)


def test_a_horizon_too_near_misses_what_takes_longer(law: Law) -> None:
    assert simulate(law, engineer(), ["engineer"], "engineer-high-second", NEW_YEAR, horizon=11).date is None
    assert simulate(law, engineer(), ["engineer"], "engineer-high-second", NEW_YEAR, horizon=12).date is not None


def test_the_longest_wait_is_as_long_as_it_must_be(law: Law) -> None:
    """Work from 1 March makes sixty months on 29 February 2032, which is more than 60 months after 28 February."""
    branches = [branch for alternatives in law.alternatives.values() for branch in alternatives]
    most = max(branch.experience.minimum_months for branch in branches if branch.experience)
    wait = longest_wait(law)
    first, as_of = date(2027, 3, 1), date(2027, 2, 28)
    assert months_of_service([(first, add_months(as_of, wait))]) >= most
    assert months_of_service([(first, add_months(as_of, wait - 1))]) < most


def test_the_optimistic_reading_is_never_later(careers: list[tuple[PlanCase, Simulated, Simulated]]) -> None:
    assert all(hopeful.date and hopeful.date <= found.date for _, found, hopeful in careers if found.date)


# --- the random people -----------------------------------------------------------------------------------


def test_random_people_reach_their_targets_in_every_way(
    law: Law, careers: list[tuple[PlanCase, Simulated, Simulated]]
) -> None:
    seen: Counter[str] = Counter()
    for (_, _, target, as_of), found, hopeful in careers:
        if found.date is None:
            seen["unreachable"] += 1
        elif found.date == as_of:
            seen["at once"] += 1
        else:
            seen.update(made_possible_by(law, found, target, found.date, as_of))
        seen["several steps"] += len(found.promotions) > 2
        seen["the readings differ"] += found.date != hopeful.date
        seen["reached under neither"] += hopeful.date is None
    assert all(seen[kind] for kind in KINDS), seen
    for kind in ("at once", "position", "unreachable", "several steps", "the readings differ", "reached under neither"):
        assert seen[kind] >= 5, seen


def test_random_people_are_in_office_claim_and_have_plans(law: Law) -> None:
    seen: Counter[str] = Counter()
    targets = set()
    for person, claims, target, as_of in plan_cases(SEED, 500, law):
        targets.add(target)
        held = categories_held(law, person, [], law.position_of[target], as_of)
        seen["held"] += bool(held)
        seen["held without a known category"] += None in held
        seen["claims only"] += bool(claims) and not person.employments
        seen["claims of another position"] += any(law.position_of[c] != law.position_of[target] for c in claims)
        seen["a diploma to come"] += any((c.awarded or "") > str(as_of) for c in person.credentials)
        seen["a training to come"] += any((t.completed or "") > str(as_of) for t in person.trainings)
        seen["a job to come"] += any((j.start or "") > str(as_of) for j in person.employments)
        seen["a job with an end to come"] += any((j.end or "") > str(as_of) for j in person.employments)
        seen["no job"] += not person.employments
    assert targets == set(law.alternatives)
    assert min(seen.values()) >= 10, seen


def test_the_same_seed_makes_the_same_people(law: Law) -> None:
    assert list(plan_cases(1, 20, law)) == list(plan_cases(1, 20, law))
    assert list(plan_cases(1, 20, law)) != list(plan_cases(2, 20, law))
