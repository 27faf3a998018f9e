"""A plan, or the law's shortest path, told in rows along an axis of time: words and numbers, nothing of the page."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bilik.evaluate.verdicts import Facts
from bilik.namespaces import code, expand
from bilik.plan.ladder import LawPath
from bilik.plan.plan import Change, Course, Obstacle, OpenFact, Plan
from bilik.report.pictures.career import KINDS, Work, asked_work
from bilik.report.plan_text import describe_open
from bilik.texts import Language, field_name, name, text

RowKind = Literal["held", "change", "step", "missed"]


@dataclass(frozen=True)
class Row:
    """Something that goes on for a time: a post, a study, the work in a grade that is reached.

    Attributes:
        kind: ``held`` (the present post), ``change`` (to obtain), ``step`` (a grade reached), ``missed`` (the target
            that is not reached).
        detail: what made it possible, or how long it takes.
        begin, end: on the axis; the end is None where nothing ends it.
        mark: what stands beside its beginning (a date or months).
        by: what made a step possible; of something to obtain, its kind.
        goal: whether it is the target.
    """

    kind: RowKind
    name: str
    detail: str
    begin: float
    end: float | None
    mark: str
    by: str | None = None
    goal: bool = False


@dataclass(frozen=True)
class Way:
    """Another course, told briefly.

    Attributes:
        result: when it reaches the target, or that it does not.
        changes: beginning and end of what is to be obtained.
        steps: where grades are reached.
        reached: whether the last step is the target.
    """

    name: str
    result: str
    changes: tuple[tuple[float, float], ...]
    steps: tuple[float, ...]
    reached: bool


@dataclass(frozen=True)
class Block:
    """Sentences under a heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """What a picture of a plan tells.

    Attributes:
        subject: whose plan it is, on which date; empty for a path of the law.
        result: when the target is reached.
        beyond: to where the axis goes at least.
        ticks: places on the axis with what is written there, e.g. the first days of years.
    """

    title: str
    subject: str
    result: str
    rows: tuple[Row, ...]
    ways: tuple[Way, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    beyond: float
    ticks: tuple[tuple[float, str], ...]

    @property
    def reach(self) -> tuple[float, float]:
        """Where the axis begins and ends."""
        at = [0.0, self.beyond]
        at += [end for row in self.rows for end in (row.begin, row.end) if end is not None]
        at += [end for way in self.ways for end in (*way.steps, *(end for span in way.changes for end in span))]
        return min(at), max(at)


def tell_plan(
    plan: Plan, career: Facts, language: Language, *, person_label: str | None = None, held: str | None = None
) -> Story:
    """A person's plan.

    Args:
        career: the career graph, the grades: for the experience that alternatives ask for.
        person_label: what the person is called; none for a picture without a name.
        held: the grade (a slug) of the present post, if it is one of the order's.
    """
    teller = _Teller(plan.as_of, asked_work(career), language)
    as_of = text("as-of", language, date=plan.as_of.isoformat())
    others: dict[Course, list[str]] = defaultdict(list)
    for speaks, course in plan.others:
        if course != plan.best:
            others[course].append(text(_SPEAKS_FOR_IT[speaks], language))
    ways = [teller.way("; ".join(called), course) for course, called in others.items()]
    if plan.optimistic is not None:
        ways.append(teller.way(text("picture-optimistic", language), plan.optimistic))
    story = Story(
        title=text("picture-plan", language, grade=name(f"grade:{plan.to}", language)),
        subject=f"{person_label}, {as_of}" if person_label else as_of,
        result=sentence(teller.result(plan.best) if plan.reachable else text("picture-unreachable", language)),
        rows=tuple(teller.rows(plan, held)),
        ways=tuple(ways),
        blocks=tuple(_blocks(plan, language)),
        notes=tuple(_notes(plan, language)),
        beyond=teller.at(_shifted(plan.as_of, _MONTHS_SHOWN)),
        ticks=(),
    )
    return teller.with_years(story)


def tell_path(path: LawPath, career: Facts, language: Language) -> Story:
    """The law's shortest path: months instead of dates, nobody's plan."""
    start = Row(
        "held",
        name(f"grade:{path.start}", language),
        text("picture-start", language),
        0.0,
        float(path.steps[0].month) if path.steps else None,
        text("picture-months", language, months=0),
        goal=not path.steps,
    )
    rows, work = [start], asked_work(career)
    for step, after in zip(path.steps, (*path.steps[1:], None), strict=False):
        alternative = code(career[expand("advancement:") + step.advancement][expand("bilik:isBasedOn")][0])
        rows.append(
            Row(
                "step",
                name(f"grade:{step.grade}", language),
                _possible_by(work[alternative], step.provision, language),
                float(step.month),
                float(after.month) if after else None,
                text("picture-months", language, months=step.month),
                work[alternative].kind,
                goal=after is None,
            )
        )
    return Story(
        title=text("picture-path", language, grade=name(f"grade:{path.target}", language)),
        subject="",
        result=sentence(text("picture-reached-in", language, months=path.months)),
        rows=tuple(rows),
        ways=(),
        blocks=(),
        notes=(text("picture-path-limits", language), text("picture-no-promise", language)),
        beyond=float(_MONTHS_SHOWN),
        ticks=tuple(
            (float(month), text("picture-months", language, months=month))
            for month in range(0, max(path.months, _MONTHS_SHOWN) + 1, 12)
        ),
    )


_MONTHS_SHOWN = 12
"""An axis is never shorter."""

_POSSIBLE_BY = {
    "position": "picture-step-position",
    "group": "picture-step-group",
    "speciality": "picture-step-speciality",
    "activity": "picture-step-activity",
    "education": "picture-step-education",
    "training": "picture-step-training",
}
_OBTAINED = {
    "education": "picture-change-education",
    "training": "picture-change-training",
    "experience": "picture-change-experience",
}
_SPEAKS_FOR_IT = {
    "fastest": "picture-other-fastest",
    "no-study": "picture-other-no-study",
    "fewest-changes": "picture-other-fewest-changes",
}
"""What is told → the key of its text."""


@dataclass(frozen=True)
class _Teller:
    """Puts dates on the axis: in days from the as-of date."""

    as_of: date
    work: Mapping[str, Work]
    language: Language

    def at(self, day: date) -> float:
        return float((day - self.as_of).days)

    def rows(self, plan: Plan, held: str | None) -> Iterable[Row]:
        steps = plan.best.steps
        if held is not None and not (steps and steps[0].grade == held and steps[0].day == self.as_of):
            end = self.at(steps[0].day) if steps else None
            called, told = name(f"grade:{held}", self.language), text("picture-held", self.language)
            yield Row("held", called, told, 0.0, end, self.as_of.isoformat())
        waiting = sorted(plan.best.changes, key=lambda change: change.day)
        for step, after in zip(steps, (*steps[1:], None), strict=False):
            # What is obtained stands right above the first step that it can have made possible.
            while waiting and waiting[0].day <= step.day:
                yield self.change(waiting.pop(0))
            served = self.work[f"{step.grade}-{step.alternative}"] if step.by in KINDS else None
            yield Row(
                "step",
                name(f"grade:{step.grade}", self.language),
                _possible_by(served or step.by, step.provision, self.language),
                self.at(step.day),
                self.at(after.day) if after else None,
                step.day.isoformat(),
                served.kind if served else step.by,
                goal=step.grade == plan.to,
            )
        yield from map(self.change, waiting)
        if plan.best.day is None:
            called, told = name(f"grade:{plan.to}", self.language), text("picture-target", self.language)
            yield Row("missed", called, told, 0.0, None, text("picture-not-reached", self.language), goal=True)

    def change(self, change: Change) -> Row:
        """Something to obtain."""
        begin, end = self.span(change)
        ending = _ending(change).isoformat()
        told = text("picture-change-duration", self.language, months=change.months, day=ending)
        return Row("change", _obtained(change, self.language), told, begin, end, "", change.kind)

    def span(self, change: Change) -> tuple[float, float]:
        """When something to obtain begins and ends: it is there on its day, but work begins on it."""
        begin = change.day if change.kind == "experience" else _shifted(change.day, -change.months)
        return self.at(begin), self.at(_ending(change))

    def way(self, called: str, course: Course) -> Way:
        changes = tuple(self.span(change) for change in course.changes)
        steps = tuple(self.at(step.day) for step in course.steps)
        return Way(called, self.result(course), changes, steps, course.day is not None)

    def result(self, course: Course) -> str:
        if course.day is None or course.months is None:
            return text("picture-not-reached", self.language)
        if course.months == 0:
            return text("picture-reached-now", self.language, date=course.day.isoformat())
        return text("picture-reached", self.language, date=course.day.isoformat(), months=course.months)

    def with_years(self, story: Story) -> Story:
        """The story with the first days of the years that it goes through."""
        first, last = (date.fromordinal(self.as_of.toordinal() + round(end)) for end in story.reach)
        years = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
        ticks = tuple((self.at(day), str(day.year)) for day in years if first <= day <= last)
        return replace(story, ticks=ticks)


def _possible_by(what: Work | str, provision: str, language: Language) -> str:
    """What makes a step possible: experience, or ``education`` or ``training`` alone."""
    clause = name(f"law:{provision}", language)
    if isinstance(what, str):
        return text(_POSSIBLE_BY[what], language, clause=clause)
    counted = name(f"{'activity' if what.kind == 'activity' else 'position'}:{what.counted}", language)
    return text(_POSSIBLE_BY[what.kind], language, clause=clause, months=what.months, counted=counted)


def _ending(change: Change) -> date:
    return _shifted(change.day, change.months) if change.kind == "experience" else change.day


def _obtained(change: Change, language: Language) -> str:
    """What is to be obtained."""
    parts = [name(f"level:{change.level}", language)] if change.level else []
    parts += [field_name(change.field, language)] if change.field else []
    parts += [name(f"activity:{change.activity}", language)] if change.activity else []
    return text(_OBTAINED[change.kind], language, what="; ".join(parts))


def _blocks(plan: Plan, language: Language) -> Iterable[Block]:
    if plan.obstacles:
        heading = text("picture-time-alone" if plan.reachable else "picture-obstacles", language)
        yield Block(heading, tuple(_obstacles(plan.obstacles, language)))
    if plan.open_facts:
        lines = dict.fromkeys(_open(fact, plan.person, language) for fact in plan.open_facts)
        yield Block(text("picture-open-facts", language), tuple(lines))


def _obstacles(obstacles: Sequence[Obstacle], language: Language) -> Iterable[str]:
    for number in sorted({obstacle.alternative for obstacle in obstacles}):
        told = [_obstacle(each, language) for each in obstacles if each.alternative == number]
        yield sentence(f"{text('alternative', language, number=number)}: {'; '.join(told)}")


def _obstacle(obstacle: Obstacle, language: Language) -> str:
    why = [name(f"note:{note}", language) for note in obstacle.notes]
    if obstacle.short_months:
        why.append(text("short", language, months=obstacle.short_months))
    kind = text(obstacle.kind, language)
    return f"{kind} ({', '.join(why)})" if why else kind


def _open(fact: OpenFact, person: str, language: Language) -> str:
    return f"{name(f'grade:{fact.grade}', language)}: {describe_open(fact, person, language)}"


def sentence(words: str) -> str:
    """The words with a capital letter in front."""
    return words[:1].upper() + words[1:]


def _notes(plan: Plan, language: Language) -> Iterable[str]:
    courses = [plan.best, *(course for _, course in plan.others)]
    if any(course.steps for course in courses) and plan.best.months != 0:
        yield text("picture-assume-work", language)
        yield text("picture-assume-category", language)
    if any(course.changes for course in courses):
        yield text("picture-assume-duration", language)
    yield text("picture-no-promise", language)


def _shifted(day: date, months: int) -> date:
    """The day so many months later; the last of its month if there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
