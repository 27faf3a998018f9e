"""Verdicts as records: what the verdict graph says, in the order of the law."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from bilik.namespaces import code, expand

Facts = Mapping[str, Mapping[str, list[str]]]
"""subject IRI → predicate IRI → values (IRIs or lexical forms)."""


@dataclass(frozen=True)
class ConditionResult:
    """How one condition came out.

    Attributes:
        kind: ``education``, ``training`` or ``experience``.
        result: ``met``, ``unknown`` or ``unmet``.
        notes: codes of the note scheme, sorted.
        required_months, certain_months, short_months: of an experience condition, else None.
        possible_months: likewise; also None where there is no upper bound (a start is unknown).
        evidence: IRIs of the entries that gave the result, sorted.
        readings: codes of the readings it relies on, sorted.
    """

    condition: str
    kind: str
    result: str
    notes: tuple[str, ...]
    required_months: int | None
    certain_months: int | None
    possible_months: int | None
    short_months: int | None
    evidence: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class AlternativeResult:
    """How one alternative came out, with the credential that served it best (the witness), if it asks for education."""

    number: int
    result: str
    credential: str | None
    conditions: tuple[ConditionResult, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """The verdict on one person and one grade: ``qualified``, ``undetermined`` or ``not-qualified``.

    Attributes:
        notes: codes of the note scheme, sorted. Where there is one, the wording in force on the day is not known:
            the verdict is undetermined, and ``alternatives`` tell what the present wording asks for.
    """

    person: str
    grade: str
    position: str
    tier: str | None
    category: str | None
    outcome: str
    provision: str
    notes: tuple[str, ...]
    readings: tuple[str, ...]
    alternatives: tuple[AlternativeResult, ...]


@dataclass(frozen=True)
class Dependence:
    """How a verdict hangs on readings.

    Attributes:
        changes: (code, outcome) of each reading that would make the outcome another: a variant
            (``or-scope=stand-alone``), or the default (``or-scope``) where a variant was chosen.
        without_variant: codes of the readings relied on that have no variant to try.
    """

    verdict: Verdict
    changes: tuple[tuple[str, str], ...]
    without_variant: tuple[str, ...]


KINDS = ("education", "training", "experience")
"""The kinds of condition, in the order in which they are told."""


class _Terms:
    """The IRIs of the verdict graph, expanded once."""

    type = expand("rdf:type")
    Verdict = expand("bilik:Verdict")
    person = expand("bilik:concernsPerson")
    grade = expand("bilik:concernsGrade")
    outcome = expand("bilik:hasOutcome")
    alternatives = expand("bilik:hasAlternativeResult")
    alternative = expand("bilik:concernsAlternative")
    conditions = expand("bilik:hasConditionResult")
    condition = expand("bilik:concernsCondition")
    result = expand("bilik:hasResult")
    note = expand("bilik:hasNote")
    credential = expand("bilik:usesCredential")
    evidence = expand("bilik:usesEvidence")
    reading = expand("bilik:reliesOn")
    certain = expand("bilik:certainMonths")
    possible = expand("bilik:possibleMonths")
    short = expand("bilik:shortMonths")
    kind = expand("calc:kind")
    minimum = expand("bilik:minimumMonths")
    number = expand("bilik:alternativeNumber")
    ordinal = expand("bilik:ordinal")
    requirement = expand("bilik:hasRequirement")
    provision = expand("bilik:isStatedIn")
    position = expand("bilik:isGradeOf")
    tier = expand("bilik:hasTier")
    category = expand("bilik:hasCategory")


def read_facts(triples: Iterable[ox.Triple | ox.Quad]) -> Facts:
    """Triples by subject and predicate; what is said of or with blank nodes (lists, paths) is left out."""
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        value = triple.object
        if isinstance(triple.subject, ox.NamedNode) and isinstance(value, (ox.NamedNode, ox.Literal)):
            facts[triple.subject.value][triple.predicate.value].append(value.value)
    return facts


def grades_in(law: Facts) -> list[str]:
    """IRIs of the grades that have a requirement, in the order of the law."""
    decided = [node for node, said in law.items() if _Terms.requirement in said]
    return sorted(decided, key=lambda node: int(law[node][_Terms.ordinal][0]))


def read_verdicts(verdicts: Facts, law: Facts) -> dict[str, list[Verdict]]:
    """person IRI → verdicts in the order of the law, read from the verdict graph and the compiled law."""
    found: dict[str, list[tuple[int, Verdict]]] = defaultdict(list)
    for facts in verdicts.values():
        if _Terms.Verdict not in facts.get(_Terms.type, ()):
            continue
        (person,), (grade,), (outcome,) = facts[_Terms.person], facts[_Terms.grade], facts[_Terms.outcome]
        requirement = law[grade][_Terms.requirement][0]
        verdict = Verdict(
            person=person,
            grade=code(grade),
            position=code(law[grade][_Terms.position][0]),
            tier=_part(law[grade], _Terms.tier),
            category=_part(law[grade], _Terms.category),
            outcome=code(outcome),
            provision=code(law[requirement][_Terms.provision][0]),
            notes=_codes(facts, _Terms.note),
            readings=_codes(facts, _Terms.reading),
            alternatives=tuple(
                sorted((_alternative(verdicts, law, a) for a in facts[_Terms.alternatives]), key=lambda a: a.number)
            ),
        )
        found[person].append((int(law[grade][_Terms.ordinal][0]), verdict))
    return {
        person: [verdict for _, verdict in sorted(ranked, key=lambda pair: pair[0])] for person, ranked in found.items()
    }


def _alternative(verdicts: Facts, law: Facts, node: str) -> AlternativeResult:
    facts = verdicts[node]
    conditions = [_condition(verdicts, law, condition) for condition in facts[_Terms.conditions]]
    return AlternativeResult(
        number=int(law[facts[_Terms.alternative][0]][_Terms.number][0]),
        result=code(facts[_Terms.result][0]),
        credential=facts[_Terms.credential][0] if _Terms.credential in facts else None,
        conditions=tuple(sorted(conditions, key=lambda c: KINDS.index(c.kind))),
        readings=_codes(facts, _Terms.reading),
    )


def _condition(verdicts: Facts, law: Facts, node: str) -> ConditionResult:
    facts = verdicts[node]
    condition = facts[_Terms.condition][0]
    asked = law[condition]
    return ConditionResult(
        condition=code(condition),
        kind=asked[_Terms.kind][0],
        result=code(facts[_Terms.result][0]),
        notes=_codes(facts, _Terms.note),
        required_months=_number(asked, _Terms.minimum),
        certain_months=_number(facts, _Terms.certain),
        possible_months=_number(facts, _Terms.possible),
        short_months=_number(facts, _Terms.short),
        evidence=tuple(sorted(facts.get(_Terms.evidence, ()))),
        readings=_codes(facts, _Terms.reading),
    )


def _codes(facts: Mapping[str, list[str]], term: str) -> tuple[str, ...]:
    return tuple(sorted({code(value) for value in facts.get(term, ())}))


def _part(facts: Mapping[str, list[str]], term: str) -> str | None:
    return code(facts[term][0]) if term in facts else None


def _number(facts: Mapping[str, list[str]], term: str) -> int | None:
    return int(facts[term][0]) if term in facts else None
