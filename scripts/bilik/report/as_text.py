"""Verdicts for people: a short table first, the reasons as a tree on request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.tree import Tree

from bilik.evaluate import ConditionResult, Judgement, Verdict
from bilik.people import Finding, Records
from bilik.report.marks import MARKS
from bilik.texts import Language, height, name, reading_name, text

_STYLES = {
    "qualified": "green",
    "met": "green",
    "undetermined": "yellow",
    "unknown": "yellow",
    "not-qualified": "red",
    "unmet": "red",
}


def print_person(
    console: Console,
    judgement: Judgement,
    records: Records,
    as_of: date,
    language: Language,
    *,
    selected: bool,
    why: bool,
) -> None:
    """One person: claims, best grades, next step and what is open; or, of a selection of grades, each verdict.

    Args:
        selected: the grades were chosen by the user: all of them are shown, and nothing is summed up.
        why: the reasons of the verdicts shown, as trees.
    """
    title = escape(records.shown(judgement.person))
    if label := records.label(judgement.person, language):
        title = f"[bold]{escape(label)}[/bold]  {title}"
    console.print(f"\n{title}  ({text('as-of', language, date=as_of.isoformat())})")
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 3, 0, 0))
    if selected:
        _section(table, text("asked", language), judgement.verdicts, language, "")
    else:
        best, following = best_grades(judgement), next_grade(judgement)
        _section(table, text("claims", language), judgement.claimed, language, text("no-claims", language))
        _section(table, text("best", language), best, language, text("best-none", language))
        _section(table, text("next", language), [following] if following else [], language, text("next-none", language))
    console.print(Padding(table, (0, 0, 0, 2)))
    for note, count in _notes(judgement.verdicts).items():
        line = text("noted", language, note=name(f"note:{note}", language), count=count)
        console.print(Padding(f"[yellow]{line}[/yellow]", (0, 0, 0, 2)))
    for key, count in () if selected else zip(("silent", "open"), _open(judgement), strict=True):
        if count:
            console.print(Padding(f"[yellow]{text(key, language, count=count)}[/yellow]", (0, 0, 0, 2)))
    if why:
        console.print(f"\n  [bold]{text('reasons', language)}[/bold]")
        for verdict in in_question(judgement, selected=selected):
            console.print(Padding(_reasons(verdict, records, language), (0, 0, 0, 2)))


def print_findings(console: Console, findings: Iterable[Finding], language: Language) -> None:
    """What is wrong in the records, a line each."""
    findings = list(findings)
    if not findings:
        return
    console.print(f"\n[bold]{text('findings', language)}[/bold]")
    for finding in findings:
        where = escape(" ".join(part for part in (finding.person, finding.place) if part))
        value = f" [dim]{escape(finding.value)}[/dim]" if finding.value else ""
        console.print(f"  {where}:{value} {escape(finding.message(language))}", soft_wrap=True)


def in_question(judgement: Judgement, *, selected: bool) -> list[Verdict]:
    """The verdicts shown of one person: all of a selection, else the claims, the best grades and the next step."""
    if selected:
        return list(judgement.verdicts)
    following = next_grade(judgement)
    shown = [*judgement.claimed, *best_grades(judgement), *([following] if following else [])]
    return list({verdict.grade: verdict for verdict in shown}.values())


def best_grades(judgement: Judgement) -> list[Verdict]:
    """Of each position the best grade that the person qualifies for, in the order of the law."""
    best: dict[str, Verdict] = {}
    for verdict in judgement.verdicts:
        held = best.get(verdict.position)
        if verdict.outcome == "qualified" and (held is None or _height(verdict) > _height(held)):
            best[verdict.position] = verdict
    return list(best.values())


def next_grade(judgement: Judgement) -> Verdict | None:
    """The grade that needs least time and nothing else, in a position claimed, else in any the person qualifies for."""
    best = {verdict.position: verdict for verdict in best_grades(judgement)}
    positions = {verdict.position for verdict in judgement.claimed} or set(best)
    candidates = [
        verdict
        for verdict in judgement.verdicts
        if verdict.position in positions
        and verdict.outcome != "qualified"
        and not verdict.notes
        and _months_short(verdict)
        and (verdict.position not in best or _height(verdict) > _height(best[verdict.position]))
    ]
    return min(candidates, key=lambda v: (_months_short(v) or 0, _height(v)), default=None)


def _height(verdict: Verdict) -> tuple[int, int]:
    return height(verdict.tier, verdict.category)


def _months_short(verdict: Verdict) -> int | None:
    """Months that the alternative nearest by time is short, if nothing but time is missing in it."""
    short = [
        condition.short_months
        for alternative in verdict.alternatives
        for condition in alternative.conditions
        if condition.short_months
        and all(other.result == "met" for other in alternative.conditions if other is not condition)
    ]
    return min(short, default=None)


def _notes(verdicts: Iterable[Verdict]) -> Counter[str]:
    """Code of a note → on how many verdicts it stands."""
    return Counter(note for verdict in verdicts for note in verdict.notes)


def _open(judgement: Judgement) -> tuple[int, int]:
    """How many grades are undetermined only because the order is silent on a field, and how many for want of facts."""
    undetermined = [v for v in judgement.verdicts if v.outcome == "undetermined" and not v.notes]
    silent = sum(any(_only_silent(a.conditions) for a in v.alternatives if a.result == "unknown") for v in undetermined)
    return silent, len(undetermined) - silent


def _only_silent(conditions: Iterable[ConditionResult]) -> bool:
    return all(
        condition.result == "met" or ("field-not-stated" in condition.notes and "level-unknown" not in condition.notes)
        for condition in conditions
    )


def _section(table: Table, heading: str, verdicts: Sequence[Verdict], language: Language, otherwise: str) -> None:
    table.add_row(f"[bold]{heading}[/bold]")
    if not verdicts:
        table.add_row(f"  [dim]{otherwise}[/dim]")
    for verdict in verdicts:
        short = _months_short(verdict) if verdict.outcome != "qualified" and not verdict.notes else None
        what = name(f"outcome:{verdict.outcome}", language)
        if short:
            what += f", {text('short', language, months=short)}"
        style = _STYLES[verdict.outcome]
        table.add_row(
            Padding(f"{mark(verdict.outcome)} {name(f'grade:{verdict.grade}', language)}", (0, 0, 0, 2)),
            f"[{style}]{what}[/{style}]",
            name(f"law:{verdict.provision}", language),
        )


def _reasons(verdict: Verdict, records: Records, language: Language) -> Tree:
    tree = Tree(
        f"{mark(verdict.outcome)} [bold]{name(f'grade:{verdict.grade}', language)}[/bold] "
        f"[dim]{verdict.grade}, {name(f'law:{verdict.provision}', language)}[/dim]: "
        f"{name(f'outcome:{verdict.outcome}', language)}"
    )
    for note in verdict.notes:
        tree.add(f"[yellow]{name(f'note:{note}', language)}[/yellow]")
    for alternative in verdict.alternatives:
        branch = tree.add(
            f"{mark(alternative.result)} {text('alternative', language, number=alternative.number)}: "
            f"{name(f'outcome:{alternative.result}', language)}"
        )
        for condition in alternative.conditions:
            branch.add(describe_result(condition, records, language, verdict.person))
    readings = "; ".join(reading_name(reading, language) for reading in verdict.readings)
    tree.add(f"[dim]{text('readings', language)}: {escape(readings)}[/dim]")
    return tree


def describe_result(condition: ConditionResult, records: Records, language: Language, person: str) -> str:
    """How a condition came out, in one line: months, notes, evidence."""
    parts = [f"{mark(condition.result)} {text(condition.kind, language)}"]
    if condition.required_months is not None:
        months = text("months", language, certain=condition.certain_months, required=condition.required_months)
        if condition.possible_months is None:
            months += f", {text('months-unbounded', language)}"
        elif condition.possible_months != condition.certain_months:
            months += f", {text('months-possible', language, possible=condition.possible_months)}"
        if condition.short_months:
            months += f", {text('short', language, months=condition.short_months)}"
        parts.append(months)
    parts += [name(f"note:{note}", language) for note in condition.notes]
    # An entry below its person's IRI is told apart by what follows.
    entries = [below(person, records.shown(entry)) for entry in condition.evidence]
    evidence = escape(", ".join(entries))
    return "; ".join(parts) + (f" [dim]{evidence}[/dim]" if evidence else "")


def below(person: str, entry: str) -> str:
    """An entry as it is told apart from others of its person: what follows the person's IRI."""
    rest = entry.removeprefix(person)
    return rest if rest.startswith(("#", "/")) else entry


def mark(result: str) -> str:
    """The sign of an outcome or a result, in its colour."""
    return f"[{_STYLES[result]}]{MARKS[result]}[/{_STYLES[result]}]"
