"""Which verdicts hang on a reading: those that come out otherwise when it is replaced by another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pyoxigraph as ox

from bilik.evaluate.rules import CompiledLaw, Judgement, judge
from bilik.evaluate.variants import Variant, dependent_grades, under, variants
from bilik.evaluate.verdicts import Dependence, Verdict


@dataclass(frozen=True)
class Rival:
    """The law under one more changed reading, restricted to the grades that depend on it."""

    code: str
    law: CompiledLaw


def rivals(law: CompiledLaw, chosen: Collection[Variant], grades: Collection[str]) -> list[Rival]:
    """One law for each way to read otherwise than was chosen, one reading at a time.

    Args:
        law: the published law, whole.
        chosen: the variants that the verdicts are given under; every other reading is the default one.
        grades: IRIs of the grades that are looked at.
    """
    found: list[Rival] = []
    for reading, of_reading in groupby(variants(), key=lambda variant: variant.reading):
        others = [variant for variant in chosen if variant.reading != reading]
        for option in (None, *of_reading):
            replacing = [option] if option else []
            if {*others, *replacing} == set(chosen):
                continue
            changed = under(law, [*others, *replacing])
            code = option.code if option else reading
            if concerned := dependent_grades(changed, code) & set(grades):
                found.append(Rival(code, changed.only(concerned)))
    return found


class Comparison:
    """Judges everyone once more under each rival, person by person, in step with the judgements it is asked about."""

    def __init__(self, people: ox.Store, others: Collection[Rival], as_of: date) -> None:
        self._streams = [(rival.code, judge(people, rival.law, as_of)) for rival in others]
        self._tried = {variant.reading for variant in variants()}

    def of(self, judgement: Judgement) -> tuple[Dependence, ...]:
        """How the verdicts on the next person hang on readings.

        Args:
            judgement: of everyone in the records in turn, sorted by person, as :func:`bilik.evaluate.judge` gives them.
        """
        outcomes: dict[str, dict[str, str]] = {}
        for code, stream in self._streams:
            other = next(stream)
            assert other.person == judgement.person, "judgements are asked about in their order"
            outcomes[code] = {verdict.grade: verdict.outcome for verdict in other.verdicts}
        return tuple(self._dependence(verdict, outcomes) for verdict in judgement.verdicts)

    def _dependence(self, verdict: Verdict, outcomes: Mapping[str, Mapping[str, str]]) -> Dependence:
        found = ((code, by_grade.get(verdict.grade, verdict.outcome)) for code, by_grade in outcomes.items())
        return Dependence(
            verdict,
            tuple((code, outcome) for code, outcome in found if outcome != verdict.outcome),
            tuple(reading for reading in verdict.readings if reading.partition("=")[0] not in self._tried),
        )
