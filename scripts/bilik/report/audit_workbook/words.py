"""Reasons of verdicts in words: what is wrong, and what would set it right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from bilik.evaluate import CompiledLaw
from bilik.evaluate.verdicts import KINDS, Facts
from bilik.report.explanation import ExplainedAlternative, explain_grade
from bilik.report.verbaliser import Verbaliser
from bilik.texts import Language, definition, name, settled_by, text

_OF_TRAINING = {"training-unknown": "activity-unknown", "training-unmet": "training-missing"}
"""Reasons that are told by a note of another name."""


class Reasons:
    """The codes of reasons (``education-field-unmet;experience-unknown``) in a language.

    Args:
        law: the law graph with schemes.
        compiled: the conditions that the verdicts were made by.
    """

    def __init__(self, law: Facts, compiled: CompiledLaw, language: Language) -> None:
        self.law, self.compiled, self.language = law, compiled, language
        self._asked = cache(self._alternative)

    def wrong(self, reason: str | None) -> list[str]:
        """What is wrong, a line for each code."""
        return [self.called(code) for code in _codes(reason)]

    def called(self, code: str) -> str:
        """A code in words."""
        note = _note(code)
        return name(f"note:{note}", self.language) if note else text(f"reason-{code}", self.language)

    def meaning(self, code: str) -> str:
        """The sentence that explains a code."""
        note = _note(code)
        return definition(f"note:{note}", self.language) if note else text(f"meaning-{code}", self.language)

    def right(self, reason: str | None, grade: str, alternative: int) -> list[str]:
        """What would set it right: what the alternative asks for where that is not met, the paper where it is open."""
        return list(self._right(reason, grade, alternative))

    def _right(self, reason: str | None, grade: str, number: int) -> Iterator[str]:
        for kind, codes in groupby(_codes(reason), lambda code: code.partition("-")[0]):
            papers = [self._paper(code) for code in codes]
            if kind not in KINDS:
                continue  # of the day, not of the person
            if all(papers):
                yield from (text("plan-needs", self.language, evidence=paper) for paper in papers)
            else:
                yield text("workbook-asked", self.language, condition=self._asked(grade, number)[kind])

    def _paper(self, code: str) -> str | None:
        """What would settle what is open; none where nothing is."""
        if code == "experience-unknown":
            return text("settled-experience-unknown", self.language)
        return settled_by(self.language).get(_note(code) or "")

    def _alternative(self, grade: str, number: int) -> dict[str, str]:
        """Kind → what the conditions of an alternative ask for, in words."""
        explained = explain_grade(grade, self.law, self.compiled)
        asked: ExplainedAlternative = next(one for one in explained.alternatives if one.number == number)
        verbaliser = Verbaliser(self.language, lambda curie: name(curie, self.language), explained.position)
        return {condition.kind: verbaliser.condition(condition) for condition in asked.conditions}


def _codes(reason: str | None) -> list[str]:
    return reason.split(";") if reason else []


def _note(code: str) -> str | None:
    """The note of the graph that a code stands for; none for codes of experience, which are told by numbers."""
    kind, _, rest = code.partition("-")
    if kind == "education":
        return rest
    return _OF_TRAINING.get(code, None if kind in KINDS else code)
