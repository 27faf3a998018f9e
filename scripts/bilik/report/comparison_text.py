"""A comparison of two laws in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bilik.audit.comparison import Comparison
from bilik.texts import Language, name, text


def comparison_lines(made: Comparison, output: Path, language: Language) -> Iterator[str]:
    """How many verdicts change, and for each grade how; which grades only one of the laws has."""
    changes, differences = sum(one.persons for one in made.summary), len(made.differences)
    yield text("comparison-told", language, output=output, changes=changes, differences=differences)
    for key, slugs in (("added", made.added), ("removed", made.removed)):
        if slugs:
            grades = ", ".join(name(f"grade:{slug}", language) for slug in slugs)
            yield f"  {text(f'comparison-{key}', language, grades=grades)}"
    for one in made.summary:
        change = text(f"comparison-{one.change}", language)
        numbers = text("comparison-told-change", language, change=change, persons=one.persons, claims=one.claims)
        yield f"  {name(f'grade:{one.grade}', language)}: {numbers}"
