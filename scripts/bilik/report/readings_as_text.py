"""For people: what was read otherwise than by default, and which verdicts hang on a reading."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.tree import Tree

from bilik.evaluate import Verdict
from bilik.evaluate.verdicts import Dependence
from bilik.report.as_text import mark
from bilik.texts import Language, definition, name, reading_name, text


def print_variants(console: Console, variants: Sequence[str], language: Language) -> None:
    """The readings that replace default ones, with what they say; nothing if there are none."""
    if variants:
        console.print(f"\n[bold]{text('read-otherwise', language)}[/bold]")
    for variant in variants:
        console.print(f"  {variant}: {escape(definition(f'reading:{variant}', language))}", soft_wrap=True)


def print_dependences(
    console: Console, dependences: Sequence[Dependence], in_question: Collection[Verdict], language: Language
) -> None:
    """What each verdict in question would be under another reading, and on which others it relies.

    Beside the verdicts in question stand those of their positions that another reading would turn into a qualification.
    """
    positions = {verdict.position for verdict in in_question}
    console.print(f"\n  [bold]{text('hangs-on-reading', language)}[/bold]")
    for dependence in dependences:
        verdict = dependence.verdict
        near = verdict.position in positions and any(outcome == "qualified" for _, outcome in dependence.changes)
        if verdict in in_question or near:
            console.print(Padding(_dependence(dependence, language), (0, 0, 0, 2)))


def _dependence(dependence: Dependence, language: Language) -> Tree:
    verdict = dependence.verdict
    tree = Tree(
        f"{mark(verdict.outcome)} {name(f'grade:{verdict.grade}', language)}: "
        f"{name(f'outcome:{verdict.outcome}', language)}"
    )
    for reading, outcome in dependence.changes:
        shown = escape(reading_name(reading, language))
        if "=" not in reading:
            shown = f"{reading} ({shown}, {text('by-default', language)})"
        tree.add(f"{mark(outcome)} {name(f'outcome:{outcome}', language)}: {shown}")
    if not dependence.changes:
        tree.add(text("hangs-on-none", language))
    if dependence.without_variant:
        readings = "; ".join(reading_name(reading, language) for reading in dependence.without_variant)
        tree.add(f"[dim]{escape(text('readings-without-variant', language, readings=readings))}[/dim]")
    return tree
