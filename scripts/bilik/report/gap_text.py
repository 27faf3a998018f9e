"""Gaps for people: the alternatives side by side, what closes each, and what would be new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bilik.evaluate import ConditionResult
from bilik.evaluate.verdicts import KINDS
from bilik.people import Records
from bilik.plan.gap import Closing, Gap, Item
from bilik.report.as_text import describe_result, mark
from bilik.report.plan_text import describe_change
from bilik.report.readings_as_text import print_variants
from bilik.texts import Language, name, text


def gap_text(gap: Gap, records: Records, language: Language, variants: Sequence[str] = ()) -> str:
    """The gap of one person and one grade, under these variants of readings."""
    title = escape(records.shown(gap.person))
    if label := records.label(gap.person, language):
        title = f"[bold]{escape(label)}[/bold]  {title}"
    console = Console(highlight=False)
    with console.capture() as captured:
        print_variants(console, variants, language)
        console.print(f"\n{title}  ({text('as-of', language, date=gap.as_of.isoformat())})")
        console.print(
            f"  {mark(gap.verdict.outcome)} [bold]{name(f'grade:{gap.to}', language)}[/bold]  [dim]{gap.to}[/dim]: "
            f"{name(f'outcome:{gap.verdict.outcome}', language)}, {name(f'law:{gap.verdict.provision}', language)}"
        )
        console.print(_side_by_side(gap, records, language))
        if gap.cheapest and gap.verdict.outcome != "qualified":
            number = gap.cheapest.result.number
            console.print(f"  {text('gap-cheapest', language, number=number)}: {_closed(gap.cheapest, gap, language)}")
        for line in _new(gap, language):
            console.print(line)
    return captured.get()


def _side_by_side(gap: Gap, records: Records, language: Language) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, show_lines=True)
    table.add_column("")
    for closing in gap.closings:
        table.add_column(f"{mark(closing.result.result)} {text('alternative', language, number=closing.result.number)}")
    for kind in KINDS:
        cells = [_cell(closing, kind, records, language, gap.person) for closing in gap.closings]
        if any(cells):
            table.add_row(text(kind, language), *cells)
    table.add_row(text("gap-closes", language), *(_closed(closing, gap, language) for closing in gap.closings))
    return table


def _cell(closing: Closing, kind: str, records: Records, language: Language, person: str) -> str:
    asked: list[ConditionResult] = [one for one in closing.result.conditions if one.kind == kind]
    return "\n".join(describe_result(one, records, language, person) for one in asked)


def _closed(closing: Closing, gap: Gap, language: Language) -> str:
    """What closes the gap through an alternative, and when."""
    course = closing.course
    if course.day is None:
        return text("plan-never", language)
    first = "; ".join(describe_change(change, language) for change in course.changes)
    when = text("plan-on", language, date=course.day.isoformat(), months=course.months)
    return text("gap-nothing", language) if course.day == gap.as_of else f"{first}; {when}" if first else when


def _new(gap: Gap, language: Language) -> Iterator[str]:
    held = ", ".join(name(f"position:{slug}", language) for slug in gap.present) or text("gap-no-position", language)
    yield f"\n  [bold]{text('gap-present', language)}[/bold]: {held}"
    for key, items in (("gap-new-duties", gap.new_duties), ("gap-new-knowledge", gap.new_knowledge)):
        yield f"  [bold]{text(key, language, count=len(items))}[/bold]"
        yield from (_line(item) for item in items)
    if gap.known:
        yield f"  [dim]{text('gap-known', language, count=gap.known)}[/dim]"


def _line(item: Item) -> str:
    return f"    • {escape(item.wording)}"
