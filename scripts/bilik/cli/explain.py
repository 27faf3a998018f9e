"""``bilik explain``: one grade."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from bilik.cli.options import known
from bilik.namespaces import code
from bilik.report.verbaliser import Verbaliser
from bilik.texts import LANGUAGES, Language, definition, name, text


def run(grade: str, form: str, language: Language) -> None:
    """Explain and print."""
    from bilik.evaluate.verdicts import grades_in
    from bilik.report.explanation import explain_grade, law_facts

    law = law_facts()
    known(grade, (code(node) for node in grades_in(law)), "grade")
    explanation = explain_grade(grade, law)

    def words(language: Language) -> Verbaliser:
        return Verbaliser(language, lambda curie: name(curie, language), explanation.position)

    if form == "json":
        said = {language: words(language).sentence(explanation.alternatives) for language in LANGUAGES}
        json.dump({**asdict(explanation), "in_words": said}, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return

    from rich.console import Console
    from rich.markup import escape
    from rich.tree import Tree

    console = Console(highlight=False)
    console.print(f"[bold]{name(f'grade:{grade}', language)}[/bold]  {grade}")
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
    console.print(f"\n[bold]{text('readings', language)}[/bold]")
    for reading in explanation.readings:
        console.print(f"  {reading}: {escape(definition(f'reading:{reading}', language))}", soft_wrap=True)
