"""``bilik explain``: one grade."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bilik.cli.options import chosen_variants, known, law_under
from bilik.namespaces import code
from bilik.report.verbaliser import Verbaliser
from bilik.texts import LANGUAGES, Language, definition, name, rival, text

if TYPE_CHECKING:
    from rich.console import Console

    from bilik.report.explanation import Explanation


def run(grade: str, form: str, language: Language, readings: Sequence[str] = ()) -> None:
    """Explain and print."""
    from bilik.evaluate import compiled_law
    from bilik.evaluate.verdicts import grades_in
    from bilik.report.explanation import explain_grade, law_facts

    law = law_facts()
    known(grade, (code(node) for node in grades_in(law)), "grade")
    explanation = explain_grade(grade, law, law_under(compiled_law(), chosen_variants(readings)))

    def words(language: Language) -> Verbaliser:
        return Verbaliser(language, lambda curie: name(curie, language), explanation.position)

    if form == "json":
        said = {language: words(language).sentence(explanation.alternatives) for language in LANGUAGES}
        shown = asdict(explanation) | {"rivals": _rivals(explanation, language), "in_words": said}
        json.dump(shown, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return

    from rich.console import Console
    from rich.markup import escape
    from rich.tree import Tree

    from bilik.report.readings_as_text import print_variants

    console = Console(highlight=False)
    console.print(f"[bold]{name(f'grade:{grade}', language)}[/bold]  {grade}")
    print_variants(console, explanation.variants, language)
    in_words = words(language).sentence(explanation.alternatives)
    console.print(f"[bold]{text('in-words', language)}[/bold]: {escape(in_words)}\n")
    root = Tree(
        f"{text('requirement', language)}, {name(f'law:{explanation.provision}', language)}: {text('any-of', language)}"
    )
    for alternative in explanation.alternatives:
        number = text("alternative", language, number=alternative.number)
        branch = root.add(f"[bold]{number}[/bold]: {text('all-of', language)}")
        for condition in alternative.conditions:
            leaf = branch.add(escape(words(language).condition(condition)))
            for quoted in condition.words:
                leaf.add(f"[dim]«{escape(quoted)}»[/dim]")
        if alternative.experience_not_required:
            branch.add(text("no-experience", language))
    console.print(root)
    for key, grades in (("covers", explanation.covers), ("covered-by", explanation.covered_by)):
        if grades:
            console.print(f"\n[bold]{text(key, language)}[/bold]")
            for slug in grades:
                console.print(f"  {name(f'grade:{slug}', language)}  [dim]{slug}[/dim]", soft_wrap=True)
    _print_readings(console, explanation, language)


def _rivals(explanation: Explanation, language: Language) -> list[dict[str, Any]]:
    """What else each reading relied on could be: in words, and the codes that ``--reading`` takes instead."""
    from bilik.evaluate.variants import variants

    known_variants, rivals = variants(), []
    for reading in explanation.readings:
        default, replaced, _ = reading.partition("=")
        others = [v.code for v in known_variants if v.reading == default and v.code != reading]
        says = definition(f"reading:{default}", language) if replaced else rival(default, language)
        rivals.append({"reading": reading, "rival": says, "variants": others})
    return rivals


def _print_readings(console: Console, explanation: Explanation, language: Language) -> None:
    """The readings relied on, each with its rivals, and how to try those that can be tried."""
    from rich.markup import escape

    console.print(f"\n[bold]{text('readings', language)}[/bold]")
    for other in _rivals(explanation, language):
        defined = escape(definition(f"reading:{other['reading']}", language))
        console.print(f"  {other['reading']}: {defined}", soft_wrap=True)
        key = "by-default-rival" if "=" in other["reading"] else "rival-words"
        console.print(f"    [dim]{escape(text(key, language, rival=other['rival']))}[/dim]", soft_wrap=True)
        if other["variants"]:
            options = ", ".join(f"--reading {code}" for code in other["variants"])
            console.print(f"    [dim]{text('rival-to-try', language, options=options)}[/dim]", soft_wrap=True)
