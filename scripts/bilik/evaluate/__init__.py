"""From records and compiled law to verdicts."""

from bilik.evaluate.rules import CompiledLaw, Judgement, compiled_law, derived_facts, judge, persons, verdict_graph
from bilik.evaluate.verdicts import AlternativeResult, ConditionResult, Verdict

__all__ = [
    "AlternativeResult",
    "CompiledLaw",
    "ConditionResult",
    "Judgement",
    "Verdict",
    "compiled_law",
    "derived_facts",
    "judge",
    "persons",
    "verdict_graph",
]
