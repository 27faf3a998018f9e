"""Random people with somewhere to go: records, claims, targets and dates for comparing plans.

They are made by `people_strategies` for a day before or after the date of the plan, so that careers are under way and
entries lie ahead; then some are given an office, a diploma or a training to come, or lose a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from random import Random

from oracle import Employment, Law, Person, add_months, load_law
from people_strategies import BLURRING, DAY, random_as_of, random_person, satisfying_person
from plan_oracle import category_of

PlanCase = tuple[Person, tuple[str, ...], str, date]
"""A record, the grades claimed, the target, the as-of date."""
Change = Callable[[Random, Law, Person, str, date], Person]


def plan_cases(seed: int, count: int, law: Law | None = None) -> Iterator[PlanCase]:
    """As many cases as asked for, the same for the same seed; the people's keys differ."""
    law, rng = law or load_law(), Random(seed)
    for number in range(1, count + 1):
        person, claims, target, as_of = plan_case(rng, law)
        yield replace(person, key=f"p{number}"), claims, target, as_of


def plan_case(rng: Random, law: Law) -> PlanCase:
    """One case: mostly a career that leads somewhere, by any of the ways that the law knows."""
    as_of = random_as_of(rng)
    if rng.random() < 0.15:
        target, person = _by_activity(rng, law, as_of)
    else:
        target, person = _by_any_way(rng, law, as_of)
    for change, share in CHANGES.items():
        if rng.random() < share:
            person = change(rng, law, person, target, as_of)
    claims = [rng.choice(_ladder(law, target))] if rng.random() < 0.3 else []
    claims += [rng.choice(sorted(law.alternatives))] if rng.random() < 0.1 else []
    return person, tuple(claims), target, as_of


def _by_any_way(rng: Random, law: Law, as_of: date) -> tuple[str, Person]:
    """A target, and a person made for it or for another grade on some day around the as-of date."""
    target = rng.choice(sorted(law.alternatives))
    ladder = _ladder(law, target)
    lower = [grade for grade in ladder if _rank(law, grade) < _rank(law, target)]
    below = [grade for grade in lower if law.tier_of.get(grade) in (None, law.tier_of.get(target))] or ladder
    made_for = rng.choice((target, *[rng.choice(below)] * 4, rng.choice(ladder), rng.choice(sorted(law.alternatives))))
    wish = rng.choice((*["qualified"] * 5, "undetermined", "not-qualified"))
    months = rng.choice((0, rng.randrange(-40, 0), rng.randrange(-40, 0), *[rng.randrange(1, 36)] * 3))
    return target, random_person(rng, law, made_for, wish, add_months(as_of, months))


def _by_activity(rng: Random, law: Law, as_of: date) -> tuple[str, Person]:
    """A target that experience in an activity leads to, and a person who has more or less of it ahead."""
    target, branch = rng.choice(
        [
            (grade, branch)
            for grade, branches in sorted(law.alternatives.items())
            for branch in branches
            if branch.experience and branch.experience.activity
        ]
    )
    return target, satisfying_person(rng, law, target, branch, add_months(as_of, rng.randrange(1, 36)))


def _rank(law: Law, grade: str) -> int:
    return law.categories[category_of(law, grade)]


def _ladder(law: Law, target: str) -> list[str]:
    """The grades of the target's position."""
    return sorted(grade for grade, position in law.position_of.items() if position == law.position_of[target])


def _in_office(rng: Random, law: Law, person: Person, target: str, as_of: date) -> Person:
    """A job of the target's position, held on the as-of date or only just not."""
    start = as_of - rng.choice((0, 1, 30, rng.randrange(1, 1500), rng.randrange(1, 1500))) * DAY
    end = rng.choice((None, None, as_of, as_of - DAY, as_of + rng.randrange(1, 500) * DAY))
    job = Employment(
        "office",
        law.position_of[target],
        category=rng.choice((None, "third", *law.categories, *law.categories)),
        start=start.isoformat(),
        end=max(start, end).isoformat() if end else None,
    )
    return replace(person, employments=(*person.employments, job))


def _graduating(rng: Random, law: Law, person: Person, target: str, as_of: date) -> Person:
    """A diploma that the target may need, awarded after the as-of date."""
    awarded = _ahead(rng, as_of)
    diplomas = [
        replace(diploma, key="to-come", awarded=awarded) for diploma in _model(rng, law, target, as_of).credentials
    ]
    return replace(person, credentials=(*person.credentials, *diplomas))


def _in_training(rng: Random, law: Law, person: Person, target: str, as_of: date) -> Person:
    """Every training completed after the as-of date, or one to come that the target may need."""
    trainings = person.trainings or _model(rng, law, target, as_of).trainings
    completed = _ahead(rng, as_of)
    return replace(person, trainings=tuple(replace(training, completed=completed) for training in trainings))


def _hired(rng: Random, law: Law, person: Person, target: str, as_of: date) -> Person:
    """Jobs that count for the target and start after the as-of date, some with an end."""
    jobs = _model(rng, law, target, as_of).employments[:1]
    start = date.fromisoformat(_ahead(rng, as_of))
    end = rng.choice((None, None, start + rng.randrange(1, 1500) * DAY))
    hired = [
        replace(job, key="to-start", start=start.isoformat(), end=end.isoformat() if end else None) for job in jobs
    ]
    return replace(person, employments=(*person.employments, *hired))


def _blurred(rng: Random, law: Law, person: Person, target: str, as_of: date) -> Person:
    """A fact is missing or unusable."""
    return rng.choice(BLURRING)(rng, law, target, person, as_of)


def _model(rng: Random, law: Law, target: str, as_of: date) -> Person:
    return satisfying_person(rng, law, target, rng.choice(law.alternatives[target]), as_of)


def _ahead(rng: Random, as_of: date) -> str:
    return (as_of + rng.choice((1, 30, rng.randrange(1, 1500), rng.randrange(1, 1500))) * DAY).isoformat()


CHANGES: dict[Change, float] = {
    _in_office: 0.35,
    _graduating: 0.15,
    _in_training: 0.15,
    _hired: 0.15,
    _blurred: 0.15,
}
"""Changes of a record, in this order, and how often each is made."""
