"""Walking through time: what somebody reaches in a position if they work there and nothing else changes.

From the day after the as-of date the person works without a break in the best grade of the position that is held on the
as-of date or qualified for since; a category is taken to be conferred on the day its requirements are met, and work in
it starts the day after (reading ``category-conferred``). While no such grade is there, no such work is.

Why looking ahead only on days of change misses nothing, and why taking each promotion at once is best:

* Between two changes - of the record, or of the assumed work - the same employments count, so that the months of every
  tally only grow, and the rules give the first day on which they suffice (``queries/rules/91-prospect-months.rq``). No
  verdict turns on a day in between, and none turns back: a later day never loses a ``qualified``.
* Work in a higher category counts for whatever work in a lower one counts for, as conditions ask for a category *or
  higher* and for no tier. Being promoted later, or staying below, never makes another day earlier: the walk that takes
  every promotion on its first day is a label-setting search, in which each grade is settled once, at its earliest day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pyoxigraph as ox

from bilik.evaluate import CompiledLaw
from bilik.namespaces import BASE, code, expand
from bilik.plan.outlook import Outlook, Situation, outlooks
from bilik.texts import rank

_DAY = timedelta(days=1)
_UNKNOWN = "unknown"
ASSUMED = f"{BASE}plan/"
"""Below it are the names of entries that a plan adds to a record."""

_CAUSES = ("education", "training", "experience")
"""Kinds of entry that may turn a verdict when they come, the more telling first."""


@dataclass(frozen=True)
class Start:
    """Where a walk begins.

    Attributes:
        position: IRI.
        record: the statements about the person and the entries of the record.
        claims: IRIs of the grades claimed: posts held.
        optimistic: what is open is taken to turn out well.
        untouched_until: nothing is reached and no work is assumed before that day: the walk starts looking there.
    """

    person: str
    position: str
    record: tuple[ox.Quad, ...]
    claims: frozenset[str]
    as_of: date
    optimistic: bool = False
    untouched_until: date | None = None


@dataclass(frozen=True)
class Reached:
    """A grade (IRI) with the day on which it is reached, and the alternative (IRI) that is met.

    Attributes:
        by: the kind of entry that came on that day, ``experience`` where time did it; None if it holds from the start.
        promotes: whether work in the position, or at a higher category, begins with it.
    """

    grade: str
    day: date
    alternative: str
    by: str | None
    promotes: bool


@dataclass(frozen=True)
class Walked:
    """What was reached, in the order of days.

    Attributes:
        levels: codes of the levels of education held at the start.
        record: the record as the walk left it, with the work that was assumed.
    """

    reached: tuple[Reached, ...]
    levels: tuple[str, ...]
    record: tuple[ox.Quad, ...]

    def of(self, grade: str) -> Reached | None:
        """How a grade was reached, None if it never is."""
        return next((reached for reached in self.reached if reached.grade == grade), None)


def walk(starts: Sequence[Start], law: CompiledLaw) -> list[Walked]:
    """Walk from every start until all grades of its position are reached or nothing more can change.

    Raises:
        EngineError: a rule cannot be run.
    """
    positions = {start.position for start in starts}
    of_position = {grade: law.facts[grade][expand("bilik:isGradeOf")][0] for grade in law.grades}
    within = law.only({grade for grade, position in of_position.items() if position in positions})
    walks = [_walk(start, law) for start in starts]
    waiting = {number: next(steps) for number, steps in enumerate(walks)}
    ended: dict[int, Walked] = {}
    while waiting:
        seen = outlooks(list(waiting.values()), within)
        looking, waiting = list(waiting), {}
        for number, outlook in zip(looking, seen, strict=True):
            try:
                waiting[number] = walks[number].send(outlook)
            except StopIteration as stop:
                ended[number] = stop.value
    return [ended[number] for number in range(len(starts))]


def _walk(start: Start, law: CompiledLaw) -> Generator[Situation, Outlook, Walked]:
    grades = _Grades(start.position, law)
    day, causes, jobs = start.untouched_until or start.as_of, set[str](), list[_Job]()
    reached: dict[str, Reached] = {}
    levels: tuple[str, ...] | None = None
    while True:
        record = (*start.record, *(quad for number, job in enumerate(jobs) for quad in job.quads(start, number)))
        outlook = yield Situation(start.person, record, day, start.position)
        if levels is None:
            levels = outlook.levels
            work = grades.held(outlook.posts, start.claims)
        change = min((on for on, _ in outlook.changes), default=None)
        following, turning = change, _turning(outlook, start, day, causes)
        for on in sorted({day, *turning}):
            if on > day and change is not None and on >= change:
                break
            new = [one for one in turning.get(on, ()) if one.grade not in reached]
            best = max(new, key=lambda one: grades.height(one.grade), default=None)
            promoting = best is not None and (work is None or grades.category(best.grade).rank > work.rank)
            for one in new:
                reached[one.grade] = Reached(one.grade, on, one.alternative, one.by, promoting and one is best)
            if promoting and best is not None:
                work = grades.category(best.grade)
            if work is not None and (promoting or not jobs):
                jobs = [*(job.until(on) for job in jobs), _Job(work.code, on + _DAY)]
                following = on + _DAY
                break
        if following is None or len(reached) == len(grades.slugs):
            return Walked(tuple(sorted(reached.values(), key=lambda one: one.day)), levels, record)
        day, causes = following, {kind for on, kind in outlook.changes if on == following}


def _turning(outlook: Outlook, start: Start, day: date, causes: set[str]) -> dict[date, list[Reached]]:
    """Day → the grades whose verdicts turn on it, each with the first of its alternatives that is met then."""
    earliest: dict[str, Reached] = {}
    cause = next((kind for kind in _CAUSES if kind in causes), "experience") if day > start.as_of else None
    for prospect in outlook.prospects:
        on, by = _turns(prospect.rank, prospect.certain, prospect.possible, start.optimistic, day), "experience"
        if on is None or (prospect.grade in earliest and earliest[prospect.grade].day <= on):
            continue
        one = Reached(prospect.grade, on, prospect.alternative, cause if on == day else by, promotes=False)
        earliest[prospect.grade] = one
    turning: dict[date, list[Reached]] = defaultdict(list)
    for one in earliest.values():
        turning[one.day].append(one)
    return turning


def _turns(rank: int, certain: date | None, possible: date | None, optimistic: bool, day: date) -> date | None:
    """The first day from ``day`` on which an alternative is met, or may be; None if time alone does not do it."""
    if rank >= (1 if optimistic else 2):
        return day
    return min(filter(None, (certain, possible)), default=None) if optimistic else certain


@dataclass(frozen=True)
class _Category:
    """The category of some work; ``code`` is None where it is not known."""

    code: str | None
    rank: int


@dataclass(frozen=True)
class _Job:
    """Assumed work in the position."""

    category: str | None
    start: date
    end: date | None = None

    def until(self, end: date) -> _Job:
        """The same, with an end if it has none."""
        return self if self.end else _Job(self.category, self.start, end)

    def quads(self, start: Start, number: int) -> Iterator[ox.Quad]:
        """The work as an entry of the person's record."""
        job = ox.NamedNode(f"{ASSUMED}job/{number}")
        yield _quad(ox.NamedNode(start.person), "bilik:hasEmployment", job)
        yield _quad(job, "bilik:hasPosition", ox.NamedNode(start.position))
        if self.category:
            yield _quad(job, "bilik:hasCategory", ox.NamedNode(expand(f"category:{self.category}")))
        for term, day in (("bilik:startedOn", self.start), ("bilik:endedOn", self.end)):
            if day:
                yield _quad(job, term, day_literal(day))


class _Grades:
    """The grades of a position, by what makes one higher than another."""

    def __init__(self, position: str, law: CompiledLaw) -> None:
        self._facts = law.facts
        self._position = code(position)
        self.slugs = [g for g in law.grades if law.facts[g][expand("bilik:isGradeOf")][0] == position]
        allowed = law.facts[expand("bilik:hasCategory")][expand("calc:allowsValue")]
        self._ranks = {code(category): rank(f"category:{code(category)}") for category in allowed}
        self._lowest = min(self._ranks, key=lambda category: self._ranks[category])

    def category(self, grade: str) -> _Category:
        """The category of a grade; the lowest where the grade names none."""
        named = self._part(grade, "bilik:hasCategory") or self._lowest
        return _Category(named, self._ranks[named])

    def height(self, grade: str) -> tuple[int, int]:
        """Grades in order: by category, then by tier."""
        tier = self._part(grade, "bilik:hasTier")
        return self.category(grade).rank, rank(f"tier:{tier}") if tier else 0

    def held(self, posts: Sequence[str], claims: frozenset[str]) -> _Category | None:
        """The best category held in the position; None if no post in it is held."""
        held = [self.category(grade) for grade in claims if grade in self.slugs]
        for post in posts:
            position, _, category = post.partition(" ")
            if position == self._position:
                known = category != _UNKNOWN
                held.append(_Category(category if known else None, self._ranks[category] if known else 0))
        return max(held, key=lambda category: (category.rank, category.code is not None), default=None)

    def _part(self, grade: str, term: str) -> str | None:
        values = self._facts[grade].get(expand(term))
        return code(values[0]) if values else None


def day_literal(day: date) -> ox.Literal:
    """A day as a literal of a record."""
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(expand("xsd:date")))


def _quad(subject: ox.NamedNode, term: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(expand(term)), value)
