"""Random people for comparing evaluators: seeded generators, hypothesis strategies, ways to fill in a record.

Positions, levels, categories, months and fields come from the law; the people are invented, their entries
named `c1`, `t1`, `j1` (credential, training, job). Dates cluster where reckoning goes wrong: month ends,
29 February, year ends, exactly enough, one day short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from oracle import (
    Alternative,
    Credential,
    Employment,
    ExperienceCondition,
    Law,
    Person,
    Training,
    add_months,
    usable_date,
    usable_field,
)

AS_OF = date(2026, 1, 1)
WISHES = ("qualified", "undetermined", "not-qualified")
DAY = timedelta(days=1)
FOREIGN_FIELDS = ("0111", "0213", "0912", "1015", "10", "0388")
UNUSABLE_FIELDS = ("99", "4", "11", "04110", "law", "")
UNUSABLE_DATES = (
    "2021-02-30",
    "2023-02-29",
    "2020-13-01",
    "0000-01-01",
    "2019",
    "01.02.2019",
    "2018-6-1",
    "",
)
TITLES = ("Көркемөнер жетекшісі", "Бақташы", "Teacher of Example Studies")
Step = Callable[[Random, Law, str, Person, date], Person]


def random_as_of(rng: Random) -> date:
    """A day to judge on, often one that makes reckoning hard."""
    hard = (
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2025, 3, 1),
        date(2025, 12, 31),
        date(2025, 8, 31),
        AS_OF,
    )
    return rng.choice((*hard, AS_OF - rng.randrange(3000) * DAY))


def random_person(rng: Random, law: Law, grade: str, wish: str, as_of: date = AS_OF) -> Person:
    """A person made to reach the wished outcome for a grade; most do, none is sure to.

    One alternative of the grade is satisfied to the day, then blurred (`undetermined`) or broken
    (`not-qualified`); now and then entries and changes are added that may matter or not.
    """
    branch = rng.choice(law.alternatives[grade])
    person = satisfying_person(rng, law, grade, branch, as_of)
    steps = {"qualified": (), "undetermined": BLURRING, "not-qualified": BREAKING}[wish]
    changes = rng.choice((1, 1, 2, 3))
    for step in rng.sample(steps, len(steps)):
        if changes and (changed := step(rng, law, grade, person, as_of)) != person:
            person, changes = changed, changes - 1
    while rng.random() < 0.4:
        person = rng.choice(DISTURBING)(rng, law, grade, person, as_of)
    return person


def satisfying_person(rng: Random, law: Law, grade: str, branch: Alternative, as_of: date) -> Person:
    """A person who meets one alternative of a grade exactly or with little to spare."""
    position = law.position_of[grade]
    credentials: tuple[Credential, ...] = ()
    field: str | None = _some_code(rng, sorted(law.implied_codes.get(position, FOREIGN_FIELDS)))
    if branch.education:
        level = rng.choice(sorted(branch.education.levels))
        if branch.education.levels & law.held_with_higher or rng.random() < 0.1:
            level = rng.choice([code for code, rank in law.levels.items() if rank >= law.levels[level]])
        if branch.education.codes:
            field = _some_code(rng, sorted(branch.education.codes))
        recognised = rng.random() < 0.1 or not (branch.education.codes or position in law.implied_codes)
        if recognised:
            field = rng.choice((None, *FOREIGN_FIELDS))
        awarded = _some_day(rng, as_of)
        recognised_for = (position,) if recognised else ()
        credentials = (Credential("c1", level, field, awarded, recognised_for),)
    trainings: tuple[Training, ...] = ()
    if branch.training:
        trainings = (Training("t1", branch.training, _some_day(rng, as_of)),)
    employments: tuple[Employment, ...] = ()
    if branch.experience:
        employments = _career(rng, law, branch.experience, field, as_of)
    return Person("p1", credentials, trainings, employments)


def _career(
    rng: Random, law: Law, condition: ExperienceCondition, field: str | None, as_of: date
) -> tuple[Employment, ...]:
    """One to three jobs that make up the months asked for: adjacent, overlapping or with a gap."""
    last = as_of if rng.random() < 0.4 else _a_day_before(rng, as_of)
    first = _start_for(condition.minimum_months, last)
    first -= rng.choice((0, 0, 0, 1, 5, 40)) * DAY
    cuts = sorted(rng.randrange((last - first).days) for _ in range(rng.choice((0, 0, 1, 2))))
    starts = [first, *(first + (cut + 1) * DAY for cut in cuts)]
    ends = [*(first + cut * DAY for cut in cuts), last]
    jobs = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        job = _counting_job(rng, law, condition, field)
        if number < len(starts) and rng.random() < 0.5:
            end += rng.choice((1, 10, 100)) * DAY
        elif number == 1 and len(starts) > 1 and rng.random() < 0.3:
            start, end = start - 3 * DAY, end - 2 * DAY
        open_ended = end >= as_of and rng.random() < 0.5
        last_day = None if open_ended else max(start, end).isoformat()
        jobs.append(replace(job, key=f"j{number}", start=start.isoformat(), end=last_day))
    return tuple(jobs)


def _start_for(months: int, last: date) -> date:
    """The latest day from which through `last` the months are complete."""
    after = last + DAY
    start = add_months(after, -months)
    while add_months(start + DAY, months) <= after:
        start += DAY
    return start


def _counting_job(rng: Random, law: Law, condition: ExperienceCondition, field: str | None) -> Employment:
    """A job without dates that certainly counts for an experience condition."""
    anywhere = rng.choice((None, *sorted(law.posts)))
    if condition.position:
        least = law.categories[condition.category] if condition.category else 0
        enough = [code for code, rank in law.categories.items() if rank >= least]
        category = rng.choice([*enough, None] if least == 0 else enough)
        tier = rng.choice((None, "mid", "high"))
        return Employment("j", rng.choice(sorted(law.posts[condition.position])), None, tier, category)
    if condition.speciality:
        if field and rng.random() < 0.3:
            return Employment("j", anywhere, field=field)
        if rng.random() < 0.2:
            return Employment("j", anywhere, recognised_for=(condition.speciality,))
        return Employment("j", condition.speciality, category=rng.choice((None, *law.categories)))
    implying = [post for post, activity in law.implied_activity.items() if activity == condition.activity]
    if implying and rng.random() < 0.5:
        return Employment("j", rng.choice(sorted(implying)))
    return Employment("j", anywhere, activity=condition.activity)


def _some_code(rng: Random, members: list[str] | tuple[str, ...]) -> str:
    """A code of 2 to 4 digits under one of the members."""
    member = rng.choice(members)
    return member + "".join(rng.choice("0123456789") for _ in range(rng.randint(0, 4 - len(member))))


def _a_day_before(rng: Random, as_of: date) -> date:
    year = as_of.year - rng.randint(1, 4)
    hard = [
        date(year, 1, 31),
        date(year, 12, 31),
        date(year, 3, 31),
        date(year, 3, 1) - DAY,
        date(year, 3, 1),
    ]
    return rng.choice((*hard, as_of - rng.randint(1, 1500) * DAY, as_of - DAY))


def _some_day(rng: Random, as_of: date) -> str | None:
    """A usual date of a paper: long ago, on the as-of date itself, or not given."""
    return rng.choice((None, as_of.isoformat(), *[_a_day_before(rng, as_of).isoformat()] * 6))


# --- changes ---------------------------------------------------------------------------------------------


def _change_credentials(change: Callable[[Random, Law, Credential], Credential]) -> Step:
    """A change of every credential."""

    def step(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
        changed = tuple(change(rng, law, credential) for credential in person.credentials)
        return replace(person, credentials=changed)

    return step


def _change_jobs(
    change: Callable[[Random, Law, Employment, date], Employment], everyone: bool = False
) -> Step:
    """A change of one job, the last, or of every job."""

    def step(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
        jobs = person.employments
        kept = () if everyone else jobs[:-1]
        return replace(
            person, employments=(*kept, *(change(rng, law, job, as_of) for job in jobs[len(kept) :]))
        )

    return step


def _unusable_date(rng: Random) -> str:
    return rng.choice(UNUSABLE_DATES)


def _shift(text: str | None, days: int) -> str | None:
    day = usable_date(text)
    return (day + days * DAY).isoformat() if day else text


def _forget_recognition(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
    credentials = tuple(replace(credential, recognised_for=()) for credential in person.credentials)
    employments = tuple(replace(job, recognised_for=()) for job in person.employments)
    return replace(person, credentials=credentials, employments=employments)


def _no_paper(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
    return replace(person, credentials=())


def _no_training(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
    return replace(person, trainings=())


def _vague_training(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
    trainings = tuple(
        replace(training, activity=rng.choice((None, "juggling"))) for training in person.trainings
    )
    return replace(person, trainings=trainings)


def _papers_too_late(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
    later = (as_of + rng.choice((1, 365)) * DAY).isoformat()
    credentials = tuple(replace(credential, awarded=later) for credential in person.credentials)
    trainings = tuple(replace(training, completed=later) for training in person.trainings)
    return replace(person, credentials=credentials, trainings=trainings)


def _lower_level(rng: Random, law: Law, paper: Credential) -> Credential:
    rank = law.levels.get(paper.level or "", 0)
    lower = [level for level, other in law.levels.items() if other < rank]
    return replace(paper, level=rng.choice(lower)) if lower else paper


def _other_position(rng: Random, law: Law, job: Employment, as_of: date) -> Employment:
    other = rng.choice(sorted(set(law.posts) - {job.position or ""}))
    if rng.random() < 0.5:
        return replace(job, position=None, title=rng.choice(TITLES))
    return replace(job, position=other)


def _lower_category(rng: Random, law: Law, job: Employment, as_of: date) -> Employment:
    rank = law.categories.get(job.category or "", 0)
    lower = [category for category, other in law.categories.items() if other < rank]
    return replace(job, category=rng.choice(lower)) if lower else job


def _reversed_dates(rng: Random, law: Law, job: Employment, as_of: date) -> Employment:
    return replace(job, start=job.end or as_of.isoformat(), end=job.start)


def _start_too_late(rng: Random, law: Law, job: Employment, as_of: date) -> Employment:
    return replace(job, start=(as_of + rng.choice((1, 40)) * DAY).isoformat(), end=None)


def _end_too_late(rng: Random, law: Law, job: Employment, as_of: date) -> Employment:
    return replace(job, end=(as_of + rng.choice((1, 400)) * DAY).isoformat())


BLURRING: tuple[Step, ...] = (
    _change_credentials(lambda rng, law, paper: replace(paper, level=rng.choice((None, "doctor")))),
    _change_credentials(lambda rng, law, paper: replace(paper, field=rng.choice((None, *UNUSABLE_FIELDS)))),
    _change_credentials(lambda rng, law, paper: replace(paper, field=paper.field and paper.field[:2])),
    _change_jobs(
        lambda rng, law, job, as_of: replace(job, position=rng.choice((None, "wizard")), title=None)
    ),
    _change_jobs(lambda rng, law, job, as_of: replace(job, category=rng.choice((None, "third")))),
    _change_jobs(lambda rng, law, job, as_of: replace(job, activity=rng.choice((None, "juggling")))),
    _change_jobs(lambda rng, law, job, as_of: replace(job, field=(job.field or "")[:3] or None)),
    _change_jobs(lambda rng, law, job, as_of: replace(job, start=rng.choice((None, _unusable_date(rng))))),
    _change_jobs(lambda rng, law, job, as_of: replace(job, end=_unusable_date(rng))),
    _change_jobs(_reversed_dates),
    _vague_training,
)
BREAKING: tuple[Step, ...] = (
    _change_credentials(_lower_level),
    _change_credentials(lambda rng, law, paper: replace(paper, field=rng.choice(FOREIGN_FIELDS))),
    _change_jobs(_other_position, everyone=True),
    _change_jobs(_lower_category, everyone=True),
    _change_jobs(lambda rng, law, job, as_of: replace(job, field=rng.choice(FOREIGN_FIELDS)), everyone=True),
    _change_jobs(lambda rng, law, job, as_of: replace(job, end=_shift(job.end or as_of.isoformat(), -1))),
    _change_jobs(lambda rng, law, job, as_of: replace(job, start=_shift(job.start, rng.choice((1, 31))))),
    _change_jobs(_start_too_late),
    _forget_recognition,
    _no_paper,
    _no_training,
    _papers_too_late,
)


def _another_credential(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
    key = f"c{len(person.credentials) + 1}"
    return replace(person, credentials=(random_credential(rng, law, key, as_of), *person.credentials))


def _another_training(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
    key = f"t{len(person.trainings) + 1}"
    return replace(person, trainings=(*person.trainings, random_training(rng, law, key, as_of)))


def _another_job(rng: Random, law: Law, grade: str, person: Person, as_of: date) -> Person:
    key = f"j{len(person.employments) + 1}"
    return replace(person, employments=(random_employment(rng, law, key, as_of), *person.employments))


DISTURBING: tuple[Step, ...] = (
    *(_another_credential, _another_training, _another_job) * 3,
    *BLURRING,
    *BREAKING,
    _change_jobs(_end_too_late),
)


# --- entries made at random ------------------------------------------------------------------------------


def random_code(rng: Random, law: Law) -> str | None:
    """A field code: under, at or above a member the law knows, or foreign, unusable, missing."""
    codes = {code for members in law.implied_codes.values() for code in members}
    member = rng.choice(sorted(codes))
    known = _some_code(rng, (member,))
    return rng.choice((known, known, member, member[:3], member[:2], None, *_one_of_each(rng)))


def _one_of_each(rng: Random) -> tuple[str, str]:
    return rng.choice(FOREIGN_FIELDS), rng.choice(UNUSABLE_FIELDS)


def random_date(rng: Random, as_of: date) -> str | None:
    """A date within a dozen years of the as-of date, seldom after it; sometimes missing or unusable."""
    past = as_of - rng.randrange(12 * 365) * DAY
    future = as_of + rng.randint(1, 400) * DAY
    hard = _a_day_before(rng, as_of)
    days = (past, past, past, hard, hard, hard, as_of, future)
    return rng.choice((*[day.isoformat() for day in days], None, _unusable_date(rng)))


def random_credential(rng: Random, law: Law, key: str, as_of: date = AS_OF) -> Credential:
    """A credential with any level, field and date."""
    level = rng.choice((*law.levels, *law.levels, None, "doctor"))
    return Credential(key, level, random_code(rng, law), random_date(rng, as_of), _recognitions(rng, law))


def random_training(rng: Random, law: Law, key: str, as_of: date = AS_OF) -> Training:
    """A training with any activity and date."""
    activity = rng.choice((*sorted(law.activities), *sorted(law.activities), None, "juggling"))
    return Training(key, activity, random_date(rng, as_of))


def random_employment(rng: Random, law: Law, key: str, as_of: date = AS_OF) -> Employment:
    """A job with anything in any column; half of the jobs follow from their dates in the usual way."""
    position = rng.choice((*sorted(law.posts), None, None, None, "wizard"))
    start, end = random_date(rng, as_of), random_date(rng, as_of)
    if rng.random() < 0.7 and start and end and end < start:
        start, end = end, start
    return Employment(
        key,
        position,
        title=rng.choice(TITLES) if rng.random() < (0.1 if position else 0.5) else None,
        tier=rng.choice((None, "mid", "high")),
        category=rng.choice((None, *law.categories, *law.categories, "third")),
        field=random_code(rng, law) if rng.random() < 0.4 else None,
        activity=rng.choice((*sorted(law.activities), "juggling")) if rng.random() < 0.3 else None,
        start=start,
        end=rng.choice((end, end, end, None)),
        recognised_for=_recognitions(rng, law),
    )


def _recognitions(rng: Random, law: Law) -> tuple[str, ...]:
    if rng.random() < 0.85:
        return ()
    positions = sorted(set(law.position_of.values()))
    return tuple(sorted(rng.sample(positions, rng.choice((1, 1, 2)))))


# --- hypothesis ------------------------------------------------------------------------------------------


def as_of_dates() -> st.SearchStrategy[date]:
    """Days to judge on."""
    return st.dates(date(2016, 1, 1), date(2030, 12, 31)) | st.sampled_from(
        (AS_OF, date(2024, 2, 29), date(2025, 2, 28), date(2025, 12, 31))
    )


def raw_dates() -> st.SearchStrategy[str | None]:
    """Recorded dates: most usable, some missing or unusable."""
    days = st.dates(date(2012, 1, 1), date(2030, 12, 31)).map(date.isoformat)
    return days | st.none() | st.sampled_from(UNUSABLE_DATES)


def raw_fields(law: Law) -> st.SearchStrategy[str | None]:
    """Recorded field codes: members the law knows, narrower, broader, foreign, unusable and missing ones."""
    members = sorted({code for codes in law.implied_codes.values() for code in codes})
    near = st.sampled_from(members).flatmap(
        lambda code: st.sampled_from((code, code[:2], code[:3], code.ljust(4, "1")))
    )
    return near | st.none() | st.sampled_from((*FOREIGN_FIELDS, *UNUSABLE_FIELDS))


def credentials(law: Law, key: str) -> st.SearchStrategy[Credential]:
    """Credentials with anything in any column."""
    levels = st.sampled_from((*law.levels, None, "doctor"))
    return st.builds(Credential, st.just(key), levels, raw_fields(law), raw_dates(), _recognised_for(law))


def trainings(law: Law, key: str) -> st.SearchStrategy[Training]:
    """Trainings with anything in any column."""
    return st.builds(Training, st.just(key), _activities(law), raw_dates())


def employments(law: Law, key: str) -> st.SearchStrategy[Employment]:
    """Jobs with anything in any column."""
    return st.builds(
        Employment,
        st.just(key),
        st.sampled_from((*sorted(law.posts), None, "wizard")),
        st.sampled_from((None, *TITLES)),
        st.sampled_from((None, "mid", "high")),
        st.sampled_from((None, *law.categories, "third")),
        raw_fields(law),
        _activities(law),
        raw_dates(),
        raw_dates(),
        _recognised_for(law),
    )


def _activities(law: Law) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *sorted(law.activities), "juggling"))


def _recognised_for(law: Law) -> st.SearchStrategy[tuple[str, ...]]:
    positions = sorted(set(law.position_of.values()))
    return st.just(()) | st.sampled_from(positions).map(lambda position: (position,))


@st.composite
def people(draw: st.DrawFn, law: Law) -> Person:
    """People with up to two credentials, two trainings and four jobs, unrelated to any grade."""
    return Person(
        "p1",
        tuple(draw(credentials(law, f"c{n}")) for n in range(1, draw(st.integers(0, 2)) + 1)),
        tuple(draw(trainings(law, f"t{n}")) for n in range(1, draw(st.integers(0, 2)) + 1)),
        tuple(draw(employments(law, f"j{n}")) for n in range(1, draw(st.integers(0, 4)) + 1)),
    )


@st.composite
def candidates(draw: st.DrawFn, law: Law) -> tuple[Person, str, date]:
    """A person, a grade the person comes near to, and a day to judge on."""
    grade = draw(st.sampled_from(sorted(law.alternatives)))
    as_of = draw(as_of_dates())
    if draw(st.booleans()):
        return draw(people(law)), grade, as_of
    wish, seed = draw(st.sampled_from(WISHES)), draw(st.integers(0, 2**32))
    return random_person(Random(seed), law, grade, wish, as_of), grade, as_of


# --- filling in ------------------------------------------------------------------------------------------


def fillings(law: Law, person: Person) -> Iterator[Person]:
    """Every record with one unknown level, field, category, position or activity made known.

    Nothing is filled in that contradicts what the entry already implies: a field filled into a job lies under
    the field its position implies, an activity is the one its position implies. The codes tried for a field
    are those that the record and the law name, one narrower than each, and a foreign one.
    """
    codes = {code for members in law.implied_codes.values() for code in members}
    fields = [entry.field for entry in person.credentials] + [entry.field for entry in person.employments]
    codes |= {code for field in fields if (code := usable_field(field))}
    codes |= {(code + "21")[:4] for code in codes} | {FOREIGN_FIELDS[0]}
    for at, credential in enumerate(person.credentials):
        for filled in _filled_credentials(law, credential, codes):
            entries = (*person.credentials[:at], filled, *person.credentials[at + 1 :])
            yield replace(person, credentials=entries)
    for at, training in enumerate(person.trainings):
        if training.activity not in law.activities:
            for activity in sorted(law.activities):
                entry = replace(training, activity=activity)
                yield replace(person, trainings=(*person.trainings[:at], entry, *person.trainings[at + 1 :]))
    for at, job in enumerate(person.employments):
        for changed in _filled_jobs(law, job, codes):
            jobs = (*person.employments[:at], changed, *person.employments[at + 1 :])
            yield replace(person, employments=jobs)


def _filled_credentials(law: Law, credential: Credential, codes: set[str]) -> Iterator[Credential]:
    if credential.level not in law.levels:
        for level in law.levels:
            yield replace(credential, level=level)
    if usable_field(credential.field) is None:
        for code in sorted(codes):
            yield replace(credential, field=code)


def _filled_jobs(law: Law, job: Employment, codes: set[str]) -> Iterator[Employment]:
    known_post = job.position in law.posts
    outside = job.position is None and job.title is not None
    if not known_post and not outside:
        for post in sorted(law.posts):
            yield replace(job, position=post)
    if job.category not in law.categories:
        for category in law.categories:
            yield replace(job, category=category)
    if usable_field(job.field) is None:
        implied = law.implied_codes.get(job.position or "", frozenset({""}))
        for code in sorted(codes):
            if any(code.startswith(member) for member in implied):
                yield replace(job, field=code)
    if job.activity not in law.activities:
        implied_activity = law.implied_activity.get(job.position or "")
        for activity in [implied_activity] if implied_activity else sorted(law.activities):
            yield replace(job, activity=activity)
