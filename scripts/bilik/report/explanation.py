"""One grade explained: what its requirement asks, in the order's own words, and the readings it rests on.

The words come from the law graph; what they amount to, and under which readings, from the compiled conditions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from bilik.engine import load
from bilik.evaluate.rules import CompiledLaw
from bilik.evaluate.variants import readings_of
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
        words: the order's words, line breaks folded; none of what only another reading adds.
        levels_a_fortiori: levels that count as higher than those named.
        field_rule: of an education condition: ``stated``, ``silent`` or ``level-only``.
        field_codes: ISCED-F codes that meet the field; of a silent one those of the position.
        categories: of experience in a position, if not every category counts, those that do.
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
    levels_a_fortiori: tuple[str, ...] = ()
    field_rule: str | None = None
    field_codes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


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
        variants: codes of the readings that replace default ones.
        readings: codes, sorted.
        covers: the other grades (slugs, in the order of the law) that whoever qualifies for this one qualifies for.
        covered_by: the other grades for which one cannot qualify without qualifying for this one. Both are None under
            other readings than the default ones, by which they were inferred.
    """

    grade: str
    position: str
    provision: str
    words: tuple[str, ...]
    variants: tuple[str, ...]
    alternatives: tuple[ExplainedAlternative, ...]
    readings: tuple[str, ...]
    covers: tuple[str, ...] | None
    covered_by: tuple[str, ...] | None


@cache
def law_facts() -> Facts:
    """The law graph with schemes, readings and the grades that cover one another, by subject and predicate."""
    store = ox.Store()
    load(store, *law_files(), folder("ontology", "derived", "covers.ttl"))
    return read_facts(store)


def explain_grade(grade: str, law: Facts, compiled: CompiledLaw | None = None) -> Explanation:
    """The explanation of a known grade (a slug).

    Args:
        law: the law graph.
        compiled: the conditions, under the default readings or others; without them only what the words say is told.
    """
    said = law[expand("grade:") + grade]
    (requirement,) = said[expand("bilik:hasRequirement")]
    meant = compiled.facts if compiled else None
    facts = meant or law
    variants = compiled.variants if compiled else ()
    others = [code(node) for node in grades_in(law)]
    alternatives = [_alternative(law, meant, node) for node in facts[requirement][expand("bilik:hasAlternative")]]
    return Explanation(
        grade=grade,
        position=code(said[expand("bilik:isGradeOf")][0]),
        provision=code(law[requirement][expand("bilik:isStatedIn")][0]),
        words=_words(law, said),
        variants=variants,
        alternatives=tuple(sorted(alternatives, key=lambda alternative: alternative.number)),
        readings=tuple(sorted(readings_of(facts, requirement))),
        covers=None if variants else tuple(other for other in others if _is_below(law, grade, other)),
        covered_by=None if variants else tuple(other for other in others if _is_below(law, other, grade)),
    )


def _is_below(law: Facts, narrower: str, wider: str) -> bool:
    above = law.get(expand("class:") + narrower, {}).get(expand("rdfs:subClassOf"), ())
    return expand("class:") + wider in above


def _alternative(law: Facts, meant: Facts | None, node: str) -> ExplainedAlternative:
    said = (meant or law)[node]
    conditions = [_condition(law, meant, condition) for condition in said[expand("bilik:hasCondition")]]
    return ExplainedAlternative(
        number=int(said[expand("bilik:alternativeNumber")][0]),
        conditions=tuple(sorted(conditions, key=lambda condition: KINDS.index(condition.kind))),
        experience_not_required=expand("bilik:experienceNotRequired") in law.get(node, {}),
    )


def _condition(law: Facts, meant: Facts | None, node: str) -> ExplainedCondition:
    compiled = meant[node] if meant else {}
    said = law.get(node, compiled)
    kind = code(said[expand("rdf:type")][0]).removesuffix("Condition").lower()
    months = said.get(expand("bilik:minimumMonths"))
    rule = compiled.get(expand("calc:hasFieldRule"))
    codes = compiled.get(expand("calc:acceptedCode"), ())
    return ExplainedCondition(
        kind=kind,
        levels=_levels(law, said, "bilik:acceptsEducationLevel"),
        fields=_fields(law, said, codes),
        activity=next(iter(_codes(said, "bilik:requiresActivity") + _codes(said, "bilik:countsActivity")), None),
        position=next(iter(_codes(said, "bilik:countsPosition")), None),
        category=next(iter(_codes(said, "bilik:minimumCategory")), None),
        speciality=next(iter(_codes(said, "bilik:countsSpecialityOf")), None),
        months=int(months[0]) if months else None,
        words=_words(law, said),
        levels_a_fortiori=_levels(law, compiled, "calc:acceptsLevelAFortiori"),
        field_rule=_FIELD_RULES[rule[0]] if rule else None,
        field_codes=tuple(sorted(codes)),
        categories=_categories(law, meant or {}, compiled),
    )


_FIELD_RULES = {
    expand("calc:stated"): "stated",
    expand("calc:silent"): "silent",
    expand("calc:levelOnly"): "level-only",
}


def _levels(law: Facts, said: Mapping[str, list[str]], term: str) -> tuple[str, ...]:
    return tuple(sorted(_codes(said, term), key=lambda level: _rank(law, f"level:{level}")))


def _categories(law: Facts, facts: Facts, condition: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The categories at which service counts with certainty; none where it counts whether or not one is known."""
    reckonings = condition.get(expand("calc:isReckonedBy"), ())
    posts = {post for reckoning in reckonings for post in facts[reckoning].get(expand("calc:countedPost"), ())}
    counted = {post.rpartition(" ")[2] for post in posts}
    if not all(expand(f"category:{key}") in law for key in counted):
        return ()
    return tuple(sorted(counted, key=lambda key: _rank(law, f"category:{key}")))


def _fields(law: Facts, said: Mapping[str, list[str]], codes: Collection[str]) -> tuple[str, ...]:
    """The fields that the text states, unless other codes than theirs are accepted."""
    fields = said.get(expand("bilik:acceptsField"), ())
    members = {code(member) for field in fields for member in law[field][expand("skos:narrowMatch")]}
    return tuple(sorted(code(field) for field in fields)) if not codes or members == set(codes) else ()


def _words(law: Facts, said: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The words that are quoted, in the order of the text, line breaks folded; none of what no text says."""
    quotes: dict[int, str] = {}
    for quote in said.get(expand("bilik:hasSourceQuote"), ()):
        selectors = [law[selector] for selector in law[quote][expand("oa:hasSelector")]]
        start, exact = (
            next(selector[expand(term)][0] for selector in selectors if expand(term) in selector)
            for term in ("oa:start", "oa:exact")
        )
        quotes[int(start)] = " ".join(exact.split())
    return tuple(words for _, words in sorted(quotes.items()))


def _codes(said: Mapping[str, list[str]], term: str) -> list[str]:
    return [code(value) for value in said.get(expand(term), ())]


def _rank(law: Facts, concept: str) -> int:
    return int(law[expand(concept)][expand("bilik:rank")][0])
