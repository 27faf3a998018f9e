"""One grade explained: what its requirement asks, in the order's own words, and the readings it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from bilik.engine import load
from bilik.evaluate.verdicts import KINDS, Facts, grades_in, read_facts
from bilik.namespaces import code, expand
from bilik.resources import folder, law_files


@dataclass(frozen=True)
class ExplainedCondition:
    """A condition as codes, with the words of the order it was read from.

    Attributes:
        kind: ``education``, ``training`` or ``experience``.
        levels, fields: of an education condition; no fields where the text names none.
        activity: of a training condition, or of experience in an activity.
        position, category, speciality: of an experience condition.
        months: least months of an experience condition.
        words: the order's words, line breaks folded.
    """

    kind: str
    levels: tuple[str, ...]
    fields: tuple[str, ...]
    activity: str | None
    position: str | None
    category: str | None
    speciality: str | None
    months: int | None
    words: tuple[str, ...]


@dataclass(frozen=True)
class ExplainedAlternative:
    """One way to meet the requirement; all of its conditions are needed."""

    number: int
    conditions: tuple[ExplainedCondition, ...]
    experience_not_required: bool


@dataclass(frozen=True)
class Explanation:
    """A grade and its requirement.

    Attributes:
        position: the position whose grade it is.
        words: the order's words, in the order of the text: the tier, if the clause names one, and the grade's line.
        readings: codes, sorted.
        covers: the other grades (slugs, in the order of the law) that whoever qualifies for this one qualifies for.
        covered_by: the other grades for which one cannot qualify without qualifying for this one.
    """

    grade: str
    position: str
    provision: str
    words: tuple[str, ...]
    alternatives: tuple[ExplainedAlternative, ...]
    readings: tuple[str, ...]
    covers: tuple[str, ...]
    covered_by: tuple[str, ...]


def law_facts() -> Facts:
    """The law graph with schemes, readings and the grades that cover one another, by subject and predicate."""
    store = ox.Store()
    load(store, *law_files(), folder("ontology", "derived", "covers.ttl"))
    return read_facts(store)


def explain_grade(grade: str, law: Facts) -> Explanation:
    """The explanation of a known grade (a slug)."""
    said = law[expand("grade:") + grade]
    (requirement,) = said[expand("bilik:hasRequirement")]
    others = [code(node) for node in grades_in(law)]
    alternatives = [_alternative(law, node) for node in law[requirement][expand("bilik:hasAlternative")]]
    return Explanation(
        grade=grade,
        position=code(said[expand("bilik:isGradeOf")][0]),
        provision=code(law[requirement][expand("bilik:isStatedIn")][0]),
        words=_words(law, said),
        alternatives=tuple(sorted(alternatives, key=lambda alternative: alternative.number)),
        readings=tuple(sorted(_readings(law, requirement))),
        covers=tuple(other for other in others if _is_below(law, grade, other)),
        covered_by=tuple(other for other in others if _is_below(law, other, grade)),
    )


def _is_below(law: Facts, narrower: str, wider: str) -> bool:
    above = law.get(expand("class:") + narrower, {}).get(expand("rdfs:subClassOf"), ())
    return expand("class:") + wider in above


def _alternative(law: Facts, node: str) -> ExplainedAlternative:
    said = law[node]
    conditions = [_condition(law, condition) for condition in said[expand("bilik:hasCondition")]]
    return ExplainedAlternative(
        number=int(said[expand("bilik:alternativeNumber")][0]),
        conditions=tuple(sorted(conditions, key=lambda condition: KINDS.index(condition.kind))),
        experience_not_required=expand("bilik:experienceNotRequired") in said,
    )


def _condition(law: Facts, node: str) -> ExplainedCondition:
    said = law[node]
    kind = code(said[expand("rdf:type")][0]).removesuffix("Condition").lower()
    months = said.get(expand("bilik:minimumMonths"))
    return ExplainedCondition(
        kind=kind,
        levels=tuple(
            sorted(_codes(said, "bilik:acceptsEducationLevel"), key=lambda level: _rank(law, f"level:{level}"))
        ),
        fields=tuple(sorted(_codes(said, "bilik:acceptsField"))),
        activity=next(iter(_codes(said, "bilik:requiresActivity") + _codes(said, "bilik:countsActivity")), None),
        position=next(iter(_codes(said, "bilik:countsPosition")), None),
        category=next(iter(_codes(said, "bilik:minimumCategory")), None),
        speciality=next(iter(_codes(said, "bilik:countsSpecialityOf")), None),
        months=int(months[0]) if months else None,
        words=_words(law, said),
    )


def _words(law: Facts, said: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The words that are quoted, in the order of the text, line breaks folded."""
    quotes: dict[int, str] = {}
    for quote in said[expand("bilik:hasSourceQuote")]:
        selectors = [law[selector] for selector in law[quote][expand("oa:hasSelector")]]
        start, exact = (
            next(selector[expand(term)][0] for selector in selectors if expand(term) in selector)
            for term in ("oa:start", "oa:exact")
        )
        quotes[int(start)] = " ".join(exact.split())
    return tuple(words for _, words in sorted(quotes.items()))


def _readings(law: Facts, node: str) -> set[str]:
    found = set(_codes(law[node], "bilik:dependsOnInterpretation"))
    for term in ("bilik:hasAlternative", "bilik:hasCondition"):
        for part in law[node].get(expand(term), ()):
            found |= _readings(law, part)
    return found


def _codes(said: Mapping[str, list[str]], term: str) -> list[str]:
    return [code(value) for value in said.get(expand(term), ())]


def _rank(law: Facts, concept: str) -> int:
    return int(law[expand(concept)][expand("bilik:rank")][0])
