"""Requirements in words, from the graph alone: the one place where what a grade asks for becomes a sentence.

The sentences are patterns of ``data/texts/verbaliser.toml``, the forms of words in them come from
``data/registry/word-forms.toml``. The Kazakh sentence is in the order's own style: the grammar of its requirement
clauses (``extract/requirements.lark``) reads the same requirement back, as far as the order could have said it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import groupby
from typing import Any

from bilik.errors import BilikError
from bilik.reckoning import MONTHS_OF_A_YEAR
from bilik.report.explanation import ExplainedAlternative, ExplainedCondition
from bilik.resources import folder
from bilik.texts import Language, text

Names = Callable[[str], str]
"""Name of an individual or concept in the reader's language, by its prefixed name (``"field:law"``)."""

_WORD_FORMS = ("data", "registry", "word-forms.toml")


@dataclass(frozen=True)
class Verbaliser:
    """Words for requirements in one language.

    Attributes:
        name: names of fields, activities and positions.
        position: whose requirements they are: "the relevant direction" is the one relevant to it. Not needed for
            conditions on experience.
    """

    language: Language
    name: Names
    position: str | None = None

    def sentence(self, alternatives: Iterable[ExplainedAlternative]) -> str:
        """A whole requirement as a sentence of its own."""
        words = self.requirement(alternatives)
        return f"{words[0].upper()}{words[1:]}."

    def requirement(self, alternatives: Iterable[ExplainedAlternative]) -> str:
        """A whole requirement, to stand inside a sentence; neighbours that share an education are told together."""
        grouped = groupby(alternatives, _shared_education)
        return self._joined("or-alternative", [self._together(list(ways)) for _, ways in grouped])

    def alternative(self, alternative: ExplainedAlternative) -> str:
        """All that one alternative asks for."""
        return self._together([alternative])

    def condition(self, condition: ExplainedCondition) -> str:
        """One condition by itself, with what its words leave to be understood in brackets behind it."""
        remarks = "; ".join(self._remarks(condition))
        return f"{self._condition(condition)} ({remarks})" if remarks else self._condition(condition)

    # -- alternatives --------------------------------------------------------------------------------------------

    def _together(self, ways: Sequence[ExplainedAlternative]) -> str:
        """One alternative, or several that differ in nothing but the experience."""
        asked = {condition.kind: condition for condition in ways[0].conditions}
        training, experience = asked.get("training"), asked.get("experience")
        parts = [self._condition(asked["education"])] if "education" in asked else []
        if training:
            # The activity of the experience beside it is that of the training too; another one has to be told.
            same = experience and experience.activity == training.activity
            parts.append(self._condition(training) if same else self.condition(training))
        if experience:
            told = [self._condition(c) for way in ways for c in way.conditions if c.kind == "experience"]
            joint = "training-and-experience" if training else "education-and-experience"
            parts = [*parts[:-1], self._joined(joint, [*parts[-1:], self._either(told)])]
        if ways[0].experience_not_required:
            parts.append(text("no-experience", self.language))
        return ", ".join(parts)

    def _either(self, ways: Sequence[str]) -> str:
        words = self._joined("or-experience", ways)
        return text("either-experience", self.language, ways=words) if len(ways) > 1 else words

    # -- conditions ----------------------------------------------------------------------------------------------

    def _condition(self, condition: ExplainedCondition) -> str:
        match condition.kind:
            case "education":
                return self._education(condition)
            case "training":
                return text("special-training", self.language)
        return self._experience(condition)

    def _education(self, condition: ExplainedCondition) -> str:
        levels = self._levels(condition.levels)
        by_speciality = all(_forms("level", level).get("by_speciality") for level in condition.levels)
        if not condition.fields or condition.field_rule == "level-only":
            return text("education-of-level", self.language, levels=levels)
        if condition.fields == (f"relevant-to-{self.position}",):
            key = "education-in-relevant-speciality" if by_speciality else "education-in-relevant-direction"
            return text(key, self.language, levels=levels)
        fields = self._joined("any-listed", [self.name(f"field:{field}") for field in condition.fields])
        key = "education-by-speciality" if by_speciality else "education-by-direction"
        return text(key, self.language, levels=levels, fields=fields)

    def _levels(self, levels: Sequence[str]) -> str:
        """Any of them, lowest first; one that stands in brackets behind another is told with it."""
        told: list[str] = []
        for before, level in zip((None, *levels), levels, strict=False):
            form = self._form("level", level)
            if before and _forms("level", level).get("behind") == before:
                told[-1] = self._joined("any-bracketed", [told[-1], form])
            else:
                told.append(form)
        return self._joined("any-listed", told)

    def _experience(self, condition: ExplainedCondition) -> str:
        if condition.activity:
            where = self._form("activity", condition.activity)
        elif condition.position:
            where = self._form("position", condition.position)
            if condition.category:
                category = self._form("category", condition.category)
                where = text("in-position-at-category", self.language, post=where, category=category)
        else:
            where = text("in-speciality", self.language)
        return text("experience-at-least", self.language, where=where, length=self._length(condition.months or 0))

    def _length(self, months: int) -> str:
        years, rest = divmod(months, MONTHS_OF_A_YEAR)
        one, many, count = ("months-one", "months-many", months) if rest else ("years-one", "years-many", years)
        key = one if re.fullmatch(self._form("number", "one"), str(count)) else many
        return text(key, self.language, count=count)

    def _remarks(self, condition: ExplainedCondition) -> Iterator[str]:
        if condition.kind == "education":
            yield from self._remarks_on_education(condition)
        elif len(condition.categories) == 1:
            yield text("only-category", self.language, category=self._form("category", condition.categories[0]))
        elif condition.category:
            yield text("category-or-higher", self.language)
        elif condition.speciality:
            yield self.name(f"position:{condition.speciality}")
        elif (of := condition.activity) and (condition.kind == "training" or _forms("activity", of).get("unsaid")):
            yield self.name(f"activity:{of}")

    def _remarks_on_education(self, condition: ExplainedCondition) -> Iterator[str]:
        if condition.field_rule == "level-only":
            yield text("field-whatever", self.language)
        elif condition.field_rule == "stated" and not condition.fields:
            yield text("field-codes", self.language, codes=", ".join(condition.field_codes))
        elif not condition.fields:
            yield text("field-any", self.language)
        if condition.levels_a_fortiori:
            levels = self._joined("any-listed", [self._form("level", level) for level in condition.levels_a_fortiori])
            yield text("levels-a-fortiori", self.language, levels=levels)

    # -- words ---------------------------------------------------------------------------------------------------

    def _joined(self, key: str, words: Sequence[str]) -> str:
        return reduce(lambda said, more: text(key, self.language, said=said, more=more), words)

    def _form(self, kind: str, code: str) -> str:
        return str(_forms(kind, code)[self.language])


def _shared_education(alternative: ExplainedAlternative) -> object:
    """What an alternative has to have in common with its neighbour for both to be told together."""
    asked = {condition.kind: condition for condition in alternative.conditions}
    if set(asked) != {"education", "experience"} or alternative.experience_not_required:
        return alternative.number
    return replace(asked["education"], words=())


def _forms(kind: str, code: str) -> Mapping[str, Any]:
    """What the file of word forms says of a concept.

    Raises:
        BilikError: it says nothing of it.
    """
    try:
        said: Mapping[str, Any] = _word_forms()[kind][code]
    except KeyError as error:
        lacking = f"{'/'.join(_WORD_FORMS)} has no [{kind}.{code}]"
        raise BilikError(f"{lacking}: add the forms of the word in kk, ru and en") from error
    return said


@cache
def _word_forms() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    return tomllib.loads(folder(*_WORD_FORMS).read_text(encoding="utf-8"))
