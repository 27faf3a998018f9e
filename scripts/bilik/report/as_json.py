"""Verdicts as JSON, as the interfaces describe it: one line a person, written as they are judged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from bilik import __version__
from bilik.evaluate import AlternativeResult, ConditionResult, Judgement
from bilik.evaluate.verdicts import Dependence
from bilik.people import Finding, Records
from bilik.texts import Language


def check_json(
    judgements: Iterable[Judgement],
    records: Records,
    findings: Iterable[Finding],
    as_of: date,
    language: Language,
    variants: Sequence[str] = (),
    dependences: Callable[[Judgement], Sequence[Dependence]] | None = None,
) -> Iterator[str]:
    """The document in pieces, to be written one after the other.

    Args:
        variants: the readings that replace default ones, named where there are any.
        dependences: tells how the verdicts on each person hang on readings, where that is asked.
    """
    yield f'{{"as_of": {_dump(as_of.isoformat())}, "dataset_version": {_dump(__version__)},\n '
    yield f'"variants": {_dump(list(variants))},\n "persons": [' if variants else '"persons": ['
    for number, judgement in enumerate(judgements):
        shown = person_json(judgement, records)
        if dependences:
            shown["readings"] = [_dependence(dependence) for dependence in dependences(judgement)]
        yield (",\n" if number else "\n") + _dump(shown)
    yield '],\n "findings": ['
    for number, finding in enumerate(findings):
        yield (",\n" if number else "\n") + _dump(finding_json(finding, language))
    yield "]}\n"


def person_json(judgement: Judgement, records: Records) -> dict[str, Any]:
    """One person with claims and verdicts."""
    return {
        "person": records.shown(judgement.person),
        "claims": [{"grade": verdict.grade, "verdict": verdict.outcome} for verdict in judgement.claimed],
        "verdicts": [
            {
                "grade": verdict.grade,
                "verdict": verdict.outcome,
                "notes": list(verdict.notes),
                "provision": verdict.provision,
                "readings": list(verdict.readings),
                "alternatives": [alternative_json(alternative, records) for alternative in verdict.alternatives],
            }
            for verdict in judgement.verdicts
        ],
    }


def finding_json(finding: Finding, language: Language) -> dict[str, Any]:
    """One finding; the message says what is wrong and what would be right."""
    return {
        "code": finding.code,
        "person": finding.person,
        "entry": finding.entry,
        "table": finding.table,
        "row": finding.row,
        "column": finding.column,
        "property": finding.term,
        "value": finding.value,
        "candidates": list(finding.candidates),
        "message": finding.message(language),
    }


def _dependence(dependence: Dependence) -> dict[str, Any]:
    return {
        "grade": dependence.verdict.grade,
        "verdict": dependence.verdict.outcome,
        "depends_on": [{"reading": reading, "verdict": outcome} for reading, outcome in dependence.changes],
        "without_variant": list(dependence.without_variant),
    }


def alternative_json(alternative: AlternativeResult, records: Records) -> dict[str, Any]:
    """One alternative with its conditions."""
    return {
        "number": alternative.number,
        "result": alternative.result,
        "credential": alternative.credential and records.shown(alternative.credential),
        "conditions": [_condition(condition, records) for condition in alternative.conditions],
    }


def _condition(condition: ConditionResult, records: Records) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": condition.kind, "result": condition.result, "notes": list(condition.notes)}
    if condition.required_months is not None:
        shown |= {
            "required_months": condition.required_months,
            "certain_months": condition.certain_months,
            "possible_months": condition.possible_months,
            "short_months": condition.short_months,
        }
    return shown | {"evidence": [records.shown(entry) for entry in condition.evidence]}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
