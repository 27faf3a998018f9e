"""Requirements in words, from the graph alone: what a condition asks for, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from bilik.report.explanation import ExplainedAlternative, ExplainedCondition
from bilik.texts import Language, text

Names = Callable[[str], str]
"""Name of an individual or concept in the reader's language, by its prefixed name (``"level:tvet"``)."""


def describe_condition(condition: ExplainedCondition, name: Names, language: Language) -> str:
    """Everything that a condition asks for, its parts separated by semicolons."""
    parts: list[str] = []
    if condition.levels:
        parts.append(" / ".join(name(f"level:{level}") for level in condition.levels))
        if condition.levels_a_fortiori:
            levels = " / ".join(name(f"level:{level}") for level in condition.levels_a_fortiori)
            parts.append(text("levels-a-fortiori", language, levels=levels))
        parts.append(_field(condition, name, language))
    if condition.months is not None:
        parts.append(text("minimum", language, months=condition.months))
    if condition.position:
        parts.append(text("in-position", language, position=name(f"position:{condition.position}")))
    if len(condition.categories) == 1:
        parts.append(text("only-category", language, category=name(f"category:{condition.categories[0]}")))
    elif condition.category:
        parts.append(text("from-category", language, category=name(f"category:{condition.category}")))
    if condition.speciality:
        parts.append(text("in-speciality", language, position=name(f"position:{condition.speciality}")))
    if condition.activity:
        parts.append(text("in-activity", language, activity=name(f"activity:{condition.activity}")))
    return "; ".join(parts)


def _field(condition: ExplainedCondition, name: Names, language: Language) -> str:
    if condition.field_rule == "level-only":
        return text("field-whatever", language)
    if condition.fields:
        return " / ".join(name(f"field:{field}") for field in condition.fields)
    if condition.field_rule == "stated":
        return text("field-codes", language, codes=", ".join(condition.field_codes))
    return text("field-any", language)


def describe_alternative(alternative: ExplainedAlternative, name: Names, language: Language) -> str:
    """All conditions of an alternative in one line."""
    parts = [f"{text(c.kind, language)}: {describe_condition(c, name, language)}" for c in alternative.conditions]
    if alternative.experience_not_required:
        parts.append(text("no-experience", language))
    return ". ".join(parts)
