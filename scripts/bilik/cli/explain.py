"""``bilik explain``: one grade."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from bilik.cli.options import known
from bilik.namespaces import code
from bilik.texts import Language, definition, name, text


def run(grade: str, form: str, language: Language) -> None:
    """Explain and print."""
    from bilik.evaluate import compiled_law
    from bilik.report.explanation import ExplainedCondition, explain_grade, law_facts

    known(grade, (code(slug) for slug in compiled_law().grades), "grade")
    explanation = explain_grade(grade, law_facts())
    if form == "json":
        json.dump(asdict(explanation), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return

    from rich.console import Console
    from rich.markup import escape
    from rich.tree import Tree

    def described(condition: ExplainedCondition) -> str:
        """The condition in the reader's language, from the names of what it asks for."""
        parts: list[str] = []
        if condition.levels:
            parts.append(" / ".join(name(f"level:{level}", language) for level in condition.levels))
            fields = " / ".join(name(f"field:{field}", language) for field in condition.fields)
            parts.append(fields or text("field-any", language))
        if condition.months is not None:
            parts.append(text("minimum", language, months=condition.months))
        if condition.position:
            parts.append(text("in-position", language, position=name(f"position:{condition.position}", language)))
        if condition.category:
            category = name(f"category:{condition.category}", language)
            parts.append(text("from-category", language, category=category))
        if condition.speciality:
            parts.append(text("in-speciality", language, position=name(f"position:{condition.speciality}", language)))
        if condition.activity:
            parts.append(text("in-activity", language, activity=name(f"activity:{condition.activity}", language)))
        return "; ".join(parts)

    console = Console(highlight=False)
    console.print(f"[bold]{name(f'grade:{grade}', language)}[/bold]  {grade}")
    root = Tree(
        f"{text('requirement', language)}, {name(f'law:{explanation.provision}', language)}: {text('any-of', language)}"
    )
    for alternative in explanation.alternatives:
        number = text("alternative", language, number=alternative.number)
        branch = root.add(f"[bold]{number}[/bold]: {text('all-of', language)}")
        for condition in alternative.conditions:
            leaf = branch.add(f"{text(condition.kind, language)}: {escape(described(condition))}")
            for words in condition.words:
                leaf.add(f"[dim]«{escape(words)}»[/dim]")
        if alternative.experience_not_required:
            branch.add(text("no-experience", language))
    console.print(root)
    console.print(f"\n[bold]{text('readings', language)}[/bold]")
    for reading in explanation.readings:
        console.print(f"  {reading}: {escape(definition(f'reading:{reading}', language))}", soft_wrap=True)
