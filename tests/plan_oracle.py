"""The oracle of plans: a career lived through day by day, judged by the test oracle.

It shares nothing with the planner it judges and knows no shortest way: it takes a record, adds the work that a plan
assumes, and looks on which day the verdict turns. Comments in guillemets « » quote the definition of a plan.

Days are not leapt over for speed alone. All assumed work taken together is one record, and on one record a later day
never loses what an earlier one had; so a grade that is not reached on some day was reached on no day before it, and a
month at whose end nothing is reached need not be searched. Every other month is searched from its first day.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest

from oracle import (
    Employment,
    ExperienceCondition,
    Law,
    Person,
    Truth,
    Verdict,
    add_months,
    judge,
    months_and_days,
    usable_date,
)

DAY = timedelta(days=1)
Day = date
"""What a class with a field named `date` calls a date."""


@dataclass(frozen=True)
class Simulated:
    """A career as it came out.

    Attributes:
        date: the first day on which the target is reached; None if no day is.
        months: whole months from the as-of date to it, one more if days are left.
        promotions: (grade, day) of what was reached on the way; the target, where reached, is the last.
        record: the person's record with the assumed jobs.
        until: the last day judged: `date`, or a day after which nothing changes any more.
    """

    date: Day | None
    months: int | None
    promotions: tuple[tuple[str, Day], ...]
    record: Person
    until: Day


def simulate(
    law: Law,
    person: Person,
    claims: Collection[str],
    target: str,
    as_of: date,
    *,
    optimistic: bool = False,
    horizon: int | None = None,
) -> Simulated:
    """Live a career from the as-of date until the target is reached or nothing can change any more.

    Args:
        law: what the order says.
        person: the record.
        claims: grades that the person claims to hold.
        target: the grade aimed at.
        as_of: the day the plan is made.
        optimistic: whether `undetermined` counts as reached, for the target and for every promotion.
        horizon: months without anything new, after the last dated entry, that make a target unreachable; by default
            `longest_wait`.

    Raises:
        KeyError: the target or a claim is no grade of the law.
    """
    position = law.position_of[target]
    threshold = Truth.UNKNOWN if optimistic else Truth.MET
    patience = longest_wait(law) if horizon is None else horizon
    last_entry = max((as_of, *_beginnings(person)))
    work: list[tuple[date, str | None]] = []  # first day and category of the assumed jobs
    if held := categories_held(law, person, claims, position, as_of):
        work.append((as_of + DAY, max(held, key=lambda category: (_rank(law, category), category is not None))))
    promotions: list[tuple[str, date]] = []
    day = as_of
    while True:
        record = _at_work(person, position, work)
        rank = _rank(law, work[-1][1]) if work else None
        aims = [grade for grade in _grades(law, position) if grade == target or _is_promotion(law, grade, rank)]
        last_day = add_months(max(day, last_entry), patience)
        turned = _first_turn(law, record, aims, day, last_day, threshold)
        if turned is None:
            return Simulated(None, None, tuple(promotions), record, last_day)
        day, reached = turned
        if target in reached:
            return Simulated(day, months_until(as_of, day), (*promotions, (target, day)), record, day)
        # «the highest newly qualified grade by category; of two tiers … the one of the higher tier counts»
        step = max(reached, key=lambda grade: (_rank(law, category_of(law, grade)), _tier_rank(law, grade)))
        promotions.append((step, day))
        day += DAY  # «work in that category starts D+1»
        if work and work[-1][0] == day:
            work.pop()  # promoted on the as-of date: not a day was worked in what was held
        work.append((day, category_of(law, step)))


def longest_wait(law: Law) -> int:
    """Months of one unchanged job after which every condition that it counts for is met, and one to spare.

    From then on nothing changes any more: a condition either counts a job that goes on, and is met, or counts none,
    and stays as it is.
    """
    branches = [branch for alternatives in law.alternatives.values() for branch in alternatives]
    return 1 + max(branch.experience.minimum_months for branch in branches if branch.experience)


def months_until(as_of: date, day: date) -> int:
    """«Whole months from A to D plus one if days are left.»"""
    months, days = months_and_days(as_of, day)
    return months + bool(days)


def categories_held(law: Law, person: Person, claims: Collection[str], position: str, as_of: date) -> list[str | None]:
    """Categories in which the position is held on a day, by employments and by claims; None: no known category."""
    held = [category_of(law, grade) for grade in claims if law.position_of[grade] == position]
    jobs = [job for job in person.employments if job.position == position and _is_under_way(job, as_of)]
    return [*held, *(job.category if job.category in law.categories else None for job in jobs)]


def category_of(law: Law, grade: str) -> str:
    """The category of a grade, «none where the grade names none»."""
    return law.category_of.get(grade) or min(law.categories, key=lambda category: law.categories[category])


def made_possible_by(
    law: Law, simulated: Simulated, grade: str, day: date, as_of: date, *, optimistic: bool = False
) -> frozenset[str]:
    """What turned the verdict on a day: `position`, `speciality`, `activity`, `education` or `training`.

    Of the alternatives that are reached, the conditions that were not reached the day before; on the as-of date, when
    nothing went before, all their conditions.
    """
    threshold = Truth.UNKNOWN if optimistic else Truth.MET

    def reached(result: str) -> bool:
        return Truth[result.upper()] >= threshold

    now, before = (judge(law, simulated.record, grade, on).alternatives for on in (day, day - DAY))
    turned = set()
    for branch, result, result_before in zip(law.alternatives[grade], now, before, strict=True):
        if not reached(result.result):
            continue
        had = {condition.kind for condition in result_before.conditions if reached(condition.result)}
        for condition in result.conditions:
            if condition.kind not in had or day == as_of:
                turned.add(_counted(branch.experience) if condition.kind == "experience" else condition.kind)
    return frozenset(turned)


def _counted(experience: ExperienceCondition | None) -> str:
    """What an experience condition counts."""
    assert experience
    return "position" if experience.position else "speciality" if experience.speciality else "activity"


def _first_turn(
    law: Law, record: Person, aims: Collection[str], first: date, last: date, threshold: Truth
) -> tuple[date, list[str]] | None:
    """The first day, `last` at the latest, on which some of the grades are reached, and these grades."""

    def reached(grades: Collection[str], day: date) -> list[str]:
        return [grade for grade in grades if _truth(judge(law, record, grade, day)) >= threshold]

    searched, months = first - DAY, 0
    while searched < last:
        end = min(add_months(first, months), last)
        if due := reached(aims, end):
            for days in range(1, (end - searched).days + 1):
                if turned := reached(due, searched + days * DAY):
                    return searched + days * DAY, turned
        searched, months = end, months + 1
    return None


def _at_work(person: Person, position: str, work: Sequence[tuple[date, str | None]]) -> Person:
    """The record with the assumed jobs: each goes on until the next one starts."""
    ends = [(start - DAY).isoformat() for start, _ in work[1:]]
    jobs = [
        Employment(f"assumed-{number}", position, category=category, start=start.isoformat(), end=end)
        for number, ((start, category), end) in enumerate(zip_longest(work, ends), 1)
    ]
    return replace(person, employments=(*person.employments, *jobs))


def _is_under_way(job: Employment, as_of: date) -> bool:
    """«A usable start ≤ A, and no end given or a usable end ≥ A»; an end before the start makes both unusable."""
    start, end = usable_date(job.start), usable_date(job.end)
    return start is not None and start <= as_of and (job.end is None or (end is not None and end >= as_of))


def _beginnings(person: Person) -> list[date]:
    """Days from which an entry counts. An end is none: nothing is reached because a job ends."""
    recorded = [credential.awarded for credential in person.credentials]
    recorded += [training.completed for training in person.trainings]
    recorded += [job.start for job in person.employments]
    return [day for text in recorded if (day := usable_date(text))]


def _grades(law: Law, position: str) -> list[str]:
    return [grade for grade, of in law.position_of.items() if of == position]


def _is_promotion(law: Law, grade: str, rank: int | None) -> bool:
    """«A category of higher rank than the work so far (or no work so far)»: other grades change no work."""
    return rank is None or _rank(law, category_of(law, grade)) > rank


def _rank(law: Law, category: str | None) -> int:
    """«Missing category: … rank as none.»"""
    return min(law.categories.values()) if category is None else law.categories[category]


def _tier_rank(law: Law, grade: str) -> int:
    tier = law.tier_of.get(grade)
    return 0 if tier is None else law.tiers[tier]


def _truth(verdict: Verdict) -> Truth:
    return {truth.outcome: truth for truth in Truth}[verdict.outcome]
