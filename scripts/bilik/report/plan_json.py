"""Plans as JSON, as the interfaces describe it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bilik import __version__
from bilik.people import Records
from bilik.plan.plan import Change, Course, Plan, Step

if TYPE_CHECKING:
    from bilik.plan.ladder import LawPath  # a plan of a person does without


def plan_json(plan: Plan, records: Records) -> dict[str, Any]:
    """One plan."""
    return {
        "person": records.shown(plan.person),
        "to": plan.to,
        "as_of": plan.as_of.isoformat(),
        "dataset_version": __version__,
        **course_json(plan.best),
        "others": [{"way": way, **course_json(course)} for way, course in plan.others],
        "optimistic": plan.optimistic and course_json(plan.optimistic),
        "open": [
            {"grade": fact.grade, "kind": fact.kind, "note": fact.note, "evidence": list(fact.entries)}
            for fact in plan.open_facts
        ],
        "obstacles": [
            {
                "alternative": obstacle.alternative,
                "kind": obstacle.kind,
                "result": obstacle.result,
                "notes": list(obstacle.notes),
                "short_months": obstacle.short_months,
            }
            for obstacle in plan.obstacles
        ],
        "assumptions": list(plan.assumptions),
    }


def plans_json(
    plans: Sequence[Plan], person: str, to: str | None, as_of: date, records: Records
) -> dict[str, Any]:
    """Several plans of one person, for the grades of a position or for all."""
    return {
        "person": records.shown(person),
        "to": to,
        "as_of": as_of.isoformat(),
        "dataset_version": __version__,
        "plans": [plan_json(plan, records) for plan in plans],
    }


def law_path_json(path: LawPath | None, start: str, to: str) -> dict[str, Any]:
    """The order's shortest way between two grades; dates are null."""
    return {
        "from": start,
        "to": to,
        "as_of": None,
        "dataset_version": __version__,
        "reachable": path is not None,
        "months": path and path.months,
        "date": None,
        "steps": [
            {
                "grade": step.grade,
                "month": step.month,
                "date": None,
                "by": step.by,
                "provision": step.provision,
                "note": None,
            }
            for step in (path.steps if path else ())
        ],
        "missing": [],
    }


def course_json(course: Course) -> dict[str, Any]:
    """One way to go, with what comes of it."""
    return {
        "reachable": course.day is not None,
        "months": course.months,
        "date": course.day and course.day.isoformat(),
        "steps": [_step(step, last=step is course.steps[-1]) for step in course.steps],
        "missing": [_change(change) for change in course.changes],
    }


def _step(step: Step, *, last: bool) -> dict[str, Any]:
    return {
        "grade": step.grade,
        "month": step.month,
        "date": step.day.isoformat(),
        "by": step.by,
        "provision": step.provision,
        "alternative": step.alternative,
        "required_months": step.required_months,
        # That the category is conferred on that day is assumed for what comes after.
        "note": None if last else "category-conferred",
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "level": change.level,
        "fields": list(change.fields),
        "field": change.field,
        "activity": change.activity,
        "months": change.months,
        "date": change.day.isoformat(),
    }
