"""Verdicts as a standard SHACL validation report that explains itself, down to the failed condition.

Engines give no details through ``sh:or``: the report is built from the verdicts, and its results name the generated
shapes. Not qualified gives a violation and a warning, undetermined a warning alone, qualified nothing. The shapes know
the present wording only: on a day on which it was not in force the result is a warning that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

import pyoxigraph as ox

from bilik.derive.shapes import FAMILIES, Family
from bilik.engine import load, turtle
from bilik.evaluate import AlternativeResult, ConditionResult, Verdict
from bilik.namespaces import BASE, expand
from bilik.resources import folder
from bilik.texts import LANGUAGES, name

_REPORT = ox.NamedNode(f"{BASE}report")
_COMPONENTS = {
    "education": "sh:NodeConstraintComponent",
    "training": "sh:HasValueConstraintComponent",
    "experience": "sh:MinInclusiveConstraintComponent",
}
_Statement = tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]


def validation_report(verdicts: Iterable[Verdict]) -> str:
    """The report on these verdicts, as sorted Turtle."""
    shapes = ox.Store()
    load(shapes, *sorted(folder("shapes", "qualification").glob("*.ttl")))
    statements = list(_report(verdicts, shapes))
    triples = {ox.Triple(subject, _iri(term), value) for subject, term, value in statements}
    for subject, term, value in statements:
        if term == "sh:sourceShape" and isinstance(value, ox.NamedNode):
            for said, shown in (("sh:message", "sh:resultMessage"), ("sh:path", "sh:resultPath")):
                quads = shapes.quads_for_pattern(value, _iri(said), None)
                triples |= {ox.Triple(subject, _iri(shown), quad.object) for quad in quads}
    return turtle(triples)


def _report(verdicts: Iterable[Verdict], shapes: ox.Store) -> Iterator[_Statement]:
    conforms = True
    for verdict in verdicts:
        for family in FAMILIES:
            if _fails(verdict.outcome, family):
                conforms = False
                yield from _result(verdict, family, shapes)
    yield _REPORT, "rdf:type", _iri("sh:ValidationReport")
    yield _REPORT, "sh:conforms", ox.Literal(conforms)


def _fails(outcome: str, family: Family) -> bool:
    """Whether a verdict, an alternative or a condition fails the family's shapes."""
    return outcome not in ("qualified", "met") if family.certain else outcome in ("not-qualified", "unmet")


def _result(verdict: Verdict, family: Family, shapes: ox.Store) -> Iterator[_Statement]:
    shape = f"{verdict.grade}{family.suffix}"
    any_of = any(shapes.quads_for_pattern(_iri(f"bsh:{shape}"), _iri("sh:or"), None))
    node = _node(verdict, family)
    yield _REPORT, "sh:result", node
    component = "sh:OrConstraintComponent" if any_of else "sh:NodeConstraintComponent"
    yield from _about(node, verdict.person, shape, component, family)
    yield node, "sh:value", ox.NamedNode(verdict.person)
    for note in verdict.notes:
        for language in LANGUAGES:
            yield node, "sh:resultMessage", ox.Literal(name(f"note:{note}", language), language=language)
    for alternative in verdict.alternatives:
        if _fails(alternative.result, family):
            detail = _node(verdict, family, alternative.number)
            yield node, "sh:detail", detail
            yield from _alternative(detail, verdict, alternative, family)


def _alternative(
    node: ox.NamedNode, verdict: Verdict, alternative: AlternativeResult, family: Family
) -> Iterator[_Statement]:
    name = f"{verdict.grade}-{alternative.number}"
    yield from _about(node, verdict.person, f"{name}{family.suffix}", "sh:NodeConstraintComponent", family)
    yield node, "sh:value", ox.NamedNode(verdict.person)
    for condition in alternative.conditions:
        if _fails(condition.result, family):
            detail = _node(verdict, family, alternative.number, condition.kind)
            yield node, "sh:detail", detail
            focus = verdict.person if condition.kind == "training" else alternative.credential or verdict.person
            shape = f"{name}-{condition.kind}{family.suffix}"
            yield from _about(detail, focus, shape, _COMPONENTS[condition.kind], family)
            yield from _values(detail, condition, family)


def _values(node: ox.NamedNode, condition: ConditionResult, family: Family) -> Iterator[_Statement]:
    """What was found: the months, or the entries."""
    if condition.kind == "experience":
        months = condition.certain_months if family.certain else condition.possible_months
        if months is not None:
            yield node, "sh:value", ox.Literal(months)
    elif condition.kind == "education":
        for entry in condition.evidence:
            yield node, "sh:value", ox.NamedNode(entry)


def _about(node: ox.NamedNode, focus: str, shape: str, component: str, family: Family) -> Iterator[_Statement]:
    yield node, "rdf:type", _iri("sh:ValidationResult")
    yield node, "sh:focusNode", ox.NamedNode(focus)
    yield node, "sh:sourceShape", _iri(f"bsh:{shape}")
    yield node, "sh:sourceConstraintComponent", _iri(component)
    yield node, "sh:resultSeverity", ox.NamedNode(str(family.severity))


def _node(verdict: Verdict, family: Family, *parts: object) -> ox.NamedNode:
    """The name of a result: below the person, the grade and the family, by alternative and condition."""
    steps = (quote(verdict.person, safe=""), verdict.grade, family.severity.rpartition("#")[2], *map(str, parts))
    path = "/".join(steps)
    return ox.NamedNode(f"{BASE}report/{path}")


def _iri(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))
