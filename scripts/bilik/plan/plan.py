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
    """

    grade: str
    month: int
    day: date
    by: str
    provision: str
    alternative: int


@dataclass(frozen=True)
class Change:
    """Something to obtain that the record does not show, with its usual duration: an assumption.

    Attributes:
        kind: ``education``, ``training`` or ``experience`` (work outside the position).
        level, field: of an education; the field as ISCED-F code, None where only the level is asked for.
        activity: of a training, or of the work.
        months: how long it takes; for work, the months that the order asks for.
        day: when it is there: the day of the award or of completion, or the first day of the work.
    """

    kind: str
    level: str | None
    field: str | None
    activity: str | None
    months: int
    day: date


@dataclass(frozen=True)
class Course:
    """One way to go, with what comes of it.

    Attributes:
        changes: what has to be obtained first, in the order of their days; none if time alone does it.
        steps: the promotions on the way and, where it is reached, the target last.
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
        note: code of the note scheme (``level-unknown``, ``field-not-stated``, …).
        entry: the entry of the record that lacks it, as reports show it; None where no entry is concerned.
    """

    grade: str
    kind: str
    note: str
    entry: str | None


@dataclass(frozen=True)
class Obstacle:
    """What keeps an alternative from being met, however long one waits.

    Attributes:
        kind: ``education``, ``training`` or ``experience``.
        notes: codes of the note scheme.
        short_months: of an experience condition.
    """

    alternative: int
    kind: str
    notes: tuple[str, ...]
    short_months: int | None


@dataclass(frozen=True)
class Plan:
    """The plan of one person for one grade.

    Attributes:
        best: the way proposed: by time alone if that leads there, else the fastest that does, else by time alone.
        others: further ways worth comparing, by what speaks for them (``fastest``, ``no-study``, ``fewest-changes``).
        optimistic: the way by time alone if everything open turns out well, where that is sooner.
        open_facts: what is open and makes that difference.
        obstacles: of a target that time alone does not reach.
    """

    person: str
    to: str
    as_of: date
    best: Course
    others: tuple[tuple[str, Course], ...]
    optimistic: Course | None
    open_facts: tuple[OpenFact, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def reachable(self) -> bool:
        """Whether some way leads to the target."""
        return self.best.day is not None
