"""Plans as records: what is reached when, by which clause, and what has to be obtained first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Step:
    """A grade reached on the way.

    Attributes:
        month: whole months from the as-of date, one more if days are left over; 0 on the as-of date.
        by: what made it possible on that day: ``position``, ``speciality`` or ``activity`` (the experience that became
            long enough), ``education`` or ``training`` (what was obtained, or what suffices alone).
        provision: key of the clause.
        alternative: number of the alternative that is met.
        required_months: of its experience condition, None where it asks for none.
    """

    grade: str
    month: int
    day: date
    by: str
    provision: str
    alternative: int
    required_months: int | None


@dataclass(frozen=True)
class Change:
    """Something to obtain that the record does not show, with its usual duration: an assumption.

    Attributes:
        kind: ``education``, ``training`` or ``experience`` (work outside the position).
        level: of an education.
        fields: ISCED-F codes, any of which will do for an education; none where only the level is asked for.
        field: the one of them, or below one of them, that is assumed.
        activity: of a training, or of the work.
        months: how long it takes; for work, the months that the order asks for.
        day: when it is there: the day of the award or of completion, or the first day of the work.
    """

    kind: str
    level: str | None
    fields: tuple[str, ...]
    field: str | None
    activity: str | None
    months: int
    day: date


@dataclass(frozen=True)
class Course:
    """One way to go, with what comes of it.

    Attributes:
        changes: what has to be obtained first, in the order of their days; none if time alone does it.
        steps: the promotions on the way and the target last; none if the target is never reached.
        day, months: when the target is reached; None where it never is.
    """

    changes: tuple[Change, ...]
    steps: tuple[Step, ...]
    day: date | None
    months: int | None


@dataclass(frozen=True)
class OpenFact:
    """A fact that is open and makes a difference: a paper that would settle it.

    Attributes:
        note: code of the note scheme (``level-unknown``, ``field-not-stated``, …), or ``experience-unknown``.
        entries: the entries of the record concerned, as reports show them.
    """

    grade: str
    kind: str
    note: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Obstacle:
    """A condition of the target that is not met however much time passes.

    Attributes:
        kind: ``education``, ``training`` or ``experience``.
        result: ``unknown`` or ``unmet``.
        notes: codes of the note scheme.
        short_months: of an experience condition.
    """

    alternative: int
    kind: str
    result: str
    notes: tuple[str, ...]
    short_months: int | None


@dataclass(frozen=True)
class Plan:
    """The plan of one person for one grade.

    Attributes:
        person: IRI.
        to: slug of the grade.
        best: by time alone if that leads there, else the fastest way that does, else what time alone comes to.
        others: further ways worth comparing, by what speaks for them: ``no-study``, ``fewest-changes``.
        optimistic: the way by time alone if everything open turns out well, where that is sooner.
        open_facts: what is open and makes that difference.
        obstacles: of a target that time alone does not reach.
        known_from: before that day the wording that the target is judged by is not known.
    """

    person: str
    to: str
    as_of: date
    best: Course
    others: tuple[tuple[str, Course], ...]
    optimistic: Course | None
    open_facts: tuple[OpenFact, ...]
    obstacles: tuple[Obstacle, ...]
    known_from: date | None = None

    @property
    def reachable(self) -> bool:
        """Whether some way leads to the target."""
        return self.best.day is not None

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Codes of what the plan assumes; their texts are in ``data/texts``."""
        course = self.best
        codes = ["work-goes-on"] if course.months else []
        if len(course.steps) > 1:
            codes.append("category-conferred")
        kinds = {change.kind for change in course.changes}
        if "education" in kinds or "training" in kinds:
            codes.append("study-alongside")
        if "experience" in kinds:
            codes.append("work-outside")
        if self.known_from and self.as_of < self.known_from:
            codes.append("wording-known")
        return tuple(codes)
