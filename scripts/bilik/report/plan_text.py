"""Plans for people: when, by which steps, what to obtain first, what else would do, and what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from bilik.people import Records
from bilik.plan.plan import Change, Course, OpenFact, Plan, Step
from bilik.report.as_text import below
from bilik.report.readings_as_text import print_variants
from bilik.texts import Language, field_name, name, settled_by, text

if TYPE_CHECKING:
    from bilik.plan.ladder import LawPath  # a plan of a person does without


def plans_text(
    plans: Sequence[Plan],
    records: Records,
    person: str,
    as_of: date,
    language: Language,
    *,
    overview: bool,
    variants: Sequence[str] = (),
) -> str:
    """The plans of one person, under these variants of readings: each with all that belongs to it, or a line each."""
    title = escape(records.shown(person))
    if label := records.label(person, language):
        title = f"[bold]{escape(label)}[/bold]  {title}"
    console = Console(highlight=False)
    with console.capture() as captured:
        print_variants(console, variants, language)
        console.print(f"\n{title}  ({text('as-of', language, date=as_of.isoformat())})")
        if overview:
            _heading(console, "plan-overview", language)
            console.print(_overview(plans, language))
        for number, plan in enumerate(() if overview else plans):
            if number:
                console.print()
            _print_plan(console, plan, language)
    return captured.get()


def law_path_text(path: LawPath | None, start: str, to: str, language: Language) -> str:
    """The order's shortest way, step by step."""
    console = Console(highlight=False)
    with console.capture() as captured:
        console.print(f"\n[bold]{text('law-path', language)}[/bold]")
        console.print(f"  {name(f'grade:{start}', language)}  [dim]{start}[/dim]")
        console.print(f"  → {name(f'grade:{to}', language)}  [dim]{to}[/dim]")
        if path is None:
            console.print(f"  [red]{text('law-path-never', language)}[/red]")
        else:
            console.print(f"  [green]{text('law-path-months', language, months=path.months)}[/green]")
            table = _table()
            for step in path.steps:
                table.add_row(
                    "●",
                    text("plan-month", language, month=step.month),
                    name(f"grade:{step.grade}", language),
                    text(f"served-in-{step.by}", language),
                    name(f"law:{step.provision}", language),
                )
            console.print(Padding(table, (0, 0, 0, 4)))
            console.print(f"  [dim]{text('law-path-note', language)}[/dim]")
    return captured.get()


def _print_plan(console: Console, plan: Plan, language: Language) -> None:
    console.print(f"  [bold]{name(f'grade:{plan.to}', language)}[/bold]  [dim]{plan.to}[/dim]")
    console.print(f"  {_when(plan.best, plan, language)}")
    if plan.obstacles and plan.best.changes:
        console.print(f"  [yellow]{text('plan-never-by-time', language)}[/yellow]")
    if plan.best.changes:
        _heading(console, "plan-first", language)
        console.print(_changes(plan.best.changes, language))
    if plan.best.steps:
        _heading(console, "plan-steps", language)
        console.print(_steps(plan.best.steps, language))
    if plan.others:
        _heading(console, "plan-others", language)
        for way, course in plan.others:
            first = "; ".join(describe_change(change, language) for change in course.changes)
            when = _when(course, plan, language)
            console.print(f"    {text(f'way-{way}', language)}: {when}{first and f' ({first})'}")
    if plan.optimistic:
        _heading(console, "plan-if-well", language)
        console.print(f"    {_when(plan.optimistic, plan, language)}")
        for line in dict.fromkeys(describe_open(fact, plan.person, language) for fact in plan.open_facts):
            console.print(f"    • {escape(line)}")
    if plan.obstacles:
        _heading(console, "plan-obstacles", language)
        for line in _obstacles(plan, language):
            console.print(f"    {line}")
    if plan.assumptions:
        _heading(console, "plan-assumptions", language)
        for code in plan.assumptions:
            console.print(f"    • {text(f'assumed-{code}', language)}")


def _overview(plans: Sequence[Plan], language: Language) -> Padding:
    """A line for each plan: the grade, when it is reached, and what has to be obtained first."""
    table = _table()
    for plan in plans:
        first = "; ".join(describe_change(change, language) for change in plan.best.changes)
        table.add_row(name(f"grade:{plan.to}", language), _when(plan.best, plan, language), first)
    return Padding(table, (0, 0, 0, 4))


def describe_change(change: Change, language: Language) -> str:
    """What to obtain, in words."""
    if change.kind == "education":
        level = name(f"level:{change.level}", language)
        fields = f" {text('change-or', language)} ".join(field_name(field, language) for field in change.fields)
        return text("change-education", language, level=level, fields=fields) if fields else level
    activity = name(f"activity:{change.activity}", language)
    return text(f"change-{change.kind}", language, activity=activity, months=change.months)


def describe_by(step: Step, language: Language) -> str:
    """What makes a step possible, in words."""
    return text(f"by-{step.by}", language, months=step.required_months)


def describe_open(fact: OpenFact, person: str, language: Language) -> str:
    """What would settle an open fact, and the entries of the person's (IRI) record that it is about."""
    settling = settled_by(language)
    evidence = settling[fact.note] if fact.note in settling else text(f"settled-{fact.note}", language)
    told = text("plan-needs", language, evidence=evidence)
    entries = ", ".join(below(person, entry) for entry in fact.entries)
    return f"{told} ({entries})" if entries else told


def _when(course: Course, plan: Plan, language: Language) -> str:
    if course.day is None or course.months is None:
        return f"[red]{text('plan-never', language)}[/red]"
    if course.day == plan.as_of:
        return f"[green]{text('plan-now', language, date=course.day.isoformat())}[/green]"
    return f"[green]{text('plan-on', language, date=course.day.isoformat(), months=course.months)}[/green]"


def _changes(changes: Sequence[Change], language: Language) -> Padding:
    table = _table()
    for change in changes:
        since = change.kind == "experience"
        day = text("plan-from", language, date=change.day.isoformat()) if since else change.day.isoformat()
        lasts = "" if since else text("change-lasts", language, months=change.months)
        table.add_row("○", day, describe_change(change, language), lasts)
    return Padding(table, (0, 0, 0, 4))


def _steps(steps: Sequence[Step], language: Language) -> Padding:
    table = _table()
    for step in steps:
        table.add_row(
            "●",
            step.day.isoformat(),
            text("plan-month", language, month=step.month),
            name(f"grade:{step.grade}", language),
            describe_by(step, language),
            name(f"law:{step.provision}", language),
        )
    return Padding(table, (0, 0, 0, 4))


def _obstacles(plan: Plan, language: Language) -> list[str]:
    lines = []
    for obstacle in plan.obstacles:
        parts = [name(f"note:{note}", language) for note in obstacle.notes]
        if obstacle.short_months:
            parts.append(text("short", language, months=obstacle.short_months))
        number = text("alternative", language, number=obstacle.alternative)
        mark = "[yellow]?[/yellow]" if obstacle.result == "unknown" else "[red]✘[/red]"
        lines.append(f"{mark} {number}, {text(obstacle.kind, language)}: {'; '.join(parts)}")
    return lines


def _heading(console: Console, key: str, language: Language) -> None:
    console.print(f"  [bold]{text(key, language)}[/bold]")


def _table() -> Table:
    return Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
