"""SHACL Core shapes of every grade, alternative and condition, derived from the compiled conditions.

They look at a record together with the derived facts (rules named "facts"): totals of months, the credentials that
count, a claim type per grade. SHACL knows two values, so each shape comes in two families: over the certain facts, with
severity Warning, and over the possible ones, with severity Violation. Not qualified gives both results, undetermined
the warning alone, qualified none.

Like the facts they know no dates: they say what the present wording asks for. Whether it was in force on a day, the
verdict says (``bilik:inForceNotBefore`` of the requirement, the note of the verdict).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, SH
from rdflib.term import BNode, Literal, Node, URIRef

from bilik.evaluate.verdicts import Facts
from bilik.namespaces import expand
from bilik.report.explanation import ExplainedAlternative, ExplainedCondition, Explanation, explain_grade
from bilik.report.verbaliser import Verbaliser
from bilik.texts import LANGUAGES, Language, text


@dataclass(frozen=True)
class Family:
    """One of the two families of shapes.

    Attributes:
        suffix: what its shapes' names end in.
        severity: of its results.
        whole, part: keys of the messages for grades and alternatives, and for conditions.
        certain: whether a fact has to be there, or must only not speak against.
    """

    suffix: str
    severity: URIRef
    whole: str
    part: str
    certain: bool


FAMILIES = (
    Family("", SH.Warning, "shape-not-certain", "shape-part-not-certain", certain=True),
    Family("-possible", SH.Violation, "shape-not-met", "shape-part-not-met", certain=False),
)


def grade_shapes(slug: str, law: Facts, conditions: Facts, names: Mapping[Language, Mapping[str, str]]) -> Graph:
    """Both families of shapes of one grade.

    Args:
        law: the law graph, for the words; conditions: the compiled conditions, for the sets and thresholds.
        names: language → IRI → name.
    """
    graph = Graph(bind_namespaces="none")
    for family in FAMILIES:
        _Writer(graph, explain_grade(slug, law), conditions, names, family).grade()
    return graph


class _Writer:
    """Writes the shapes of one grade in one family."""

    def __init__(
        self,
        graph: Graph,
        explained: Explanation,
        conditions: Facts,
        names: Mapping[Language, Mapping[str, str]],
        family: Family,
    ) -> None:
        self.graph = graph
        self.explained = explained
        self.conditions = conditions
        self.names = names
        self.family = family

    def grade(self) -> None:
        slug = self.explained.grade
        shape = self._shape("", SH.NodeShape)
        self.graph.add((shape, SH.targetClass, URIRef(expand(f"claim:{slug}"))))
        self._say(shape, self.family.whole, lambda words: words.requirement(self.explained.alternatives))
        alternatives = [self._alternative(a.number) for a in self.explained.alternatives]
        held = [self._held(a) for a in self.explained.alternatives]
        if len(held) > 1 and None not in held:
            # All alternatives ask for a credential, and nothing else: one look at each credential is enough.
            self.graph.add((shape, SH.node, self._any_alternative()))
        else:
            self._any_of(shape, alternatives)

    def _any_alternative(self) -> URIRef:
        """A credential that meets some alternative; an education that all of them share is looked at once."""
        explained = self.explained.alternatives
        held = self._part("-any-held", SH.NodeShape)
        if self._share_education():
            self.graph.add((held, SH.node, self._condition_shape(1, "education")))
            self._any_of(held, [self._condition_shape(a.number, "experience") for a in explained])
        elif self._differ_in_level_only():
            self._levels_and_field(held, "-any", [self._compiled(a.number, "education") for a in explained])
        else:
            self._any_of(held, [shape for a in explained if (shape := self._held(a))])
        shape = self._part("-any", SH.NodeShape)
        self.graph.add((shape, SH.property, self._some_credential("-any-credential", held)))
        return shape

    def _differ_in_level_only(self) -> bool:
        explained = self.explained.alternatives
        same = len({self._fields(a.number) for a in explained}) == 1
        return same and all(kinds(a) == {"education"} for a in explained)

    def _share_education(self) -> bool:
        terms = [expand(f"calc:{t}") for t in ("acceptsLevel", "acceptsLevelAFortiori", "hasFieldRule", "acceptedCode")]
        asked = [self._compiled(a.number, "education") for a in self.explained.alternatives]
        same = len({tuple(tuple(sorted(said.get(term, ()))) for term in terms) for said in asked}) == 1
        return same and all("experience" in kinds(a) for a in self.explained.alternatives)

    def _held(self, explained: ExplainedAlternative) -> URIRef | None:
        """The shape of the credential that an alternative asks for, if a credential is all that it asks for."""
        if "education" not in kinds(explained) or "training" in kinds(explained):
            return None
        if "experience" in kinds(explained):
            return self._name(f"-{explained.number}-together")
        return self._condition_shape(explained.number, "education")

    def _alternative(self, number: int) -> URIRef:
        (explained,) = (a for a in self.explained.alternatives if a.number == number)
        shape = self._shape(f"-{number}", SH.NodeShape)
        self._say(shape, self.family.whole, lambda words: words.alternative(explained))
        by_kind = {condition.kind: condition for condition in explained.conditions}
        if training := by_kind.get("training"):
            self.graph.add((shape, SH.property, self._training(number, training)))
        experience = self._experience(number, by_kind["experience"]) if "experience" in by_kind else None
        if education := by_kind.get("education"):
            held = self._education(number, education)
            if experience:
                # One and the same credential has to meet the education and carry the experience.
                both = self._part(f"-{number}-together", SH.NodeShape)
                self.graph.add((both, SH.node, held))
                self.graph.add((both, SH.property, experience))
                held = both
            self.graph.add((shape, SH.property, self._some_credential(f"-{number}-credential", held)))
        elif experience:
            self.graph.add((shape, SH.property, experience))
        return shape

    def _some_credential(self, suffix: str, held: URIRef) -> URIRef:
        """Some credential that counts has the shape ``held``."""
        some = self._part(suffix, SH.PropertyShape)
        self.graph.add((some, SH.path, URIRef(expand("calc:holds"))))
        self.graph.add((some, SH.qualifiedValueShape, held))
        self.graph.add((some, SH.qualifiedMinCount, Literal(1)))
        return some

    def _education(self, number: int, explained: ExplainedCondition) -> URIRef:
        shape = self._condition(number, explained, SH.NodeShape)
        self._levels_and_field(shape, f"-{number}", [self._compiled(number, "education")])
        return shape

    def _levels_and_field(self, shape: URIRef, suffix: str, educations: Sequence[Mapping[str, list[str]]]) -> None:
        """Some level that one of the educations accepts, and the field that they have in common."""
        level = self._part(f"{suffix}-level", SH.PropertyShape)
        self.graph.add((level, SH.path, URIRef(expand("calc:hasUsableLevel"))))
        terms = (expand("calc:acceptsLevel"), expand("calc:acceptsLevelAFortiori"))
        accepted = {value for said in educations for term in terms for value in said.get(term, ())}
        self.graph.add((level, SH["in"], self._list([URIRef(value) for value in sorted(accepted)])))
        self._required(level)
        self.graph.add((shape, SH.property, level))
        if self._looks_at_field(educations[0]):
            self._any_of(shape, [self._field_code(suffix, educations[0]), self._recognition(suffix, educations[0])])

    def _looks_at_field(self, said: Mapping[str, list[str]]) -> bool:
        """Where the text is silent on the field, every field is possible."""
        rule = said[expand("calc:hasFieldRule")][0]
        return rule == expand("calc:stated") or (rule == expand("calc:silent") and self.family.certain)

    def _fields(self, number: int) -> tuple[str, ...] | None:
        """The codes that an education asks for in this family, None if it looks at none."""
        said = self._compiled(number, "education")
        return tuple(sorted(said.get(expand("calc:acceptedCode"), ()))) if self._looks_at_field(said) else None

    def _field_code(self, suffix: str, said: Mapping[str, list[str]]) -> URIRef:
        shape = self._part(f"{suffix}-field", SH.PropertyShape)
        codes = sorted(said.get(expand("calc:acceptedCode"), ()))
        pattern = f"^({'|'.join(codes)})"
        if not self.family.certain:
            broader = sorted({code_[:length] for code_ in codes for length in range(2, len(code_))})
            pattern += f"|^({'|'.join(broader)})$" if broader else ""
        self.graph.add((shape, SH.path, URIRef(expand("calc:fieldCode"))))
        self.graph.add((shape, SH.pattern, Literal(pattern)))
        self._required(shape)
        return shape

    def _recognition(self, suffix: str, said: Mapping[str, list[str]]) -> URIRef:
        shape = self._part(f"{suffix}-recognition", SH.PropertyShape)
        self.graph.add((shape, SH.path, URIRef(expand("bilik:isRecognisedFor"))))
        self.graph.add((shape, SH.hasValue, URIRef(said[expand("calc:isRecognisedThrough")][0])))
        return shape

    def _training(self, number: int, explained: ExplainedCondition) -> URIRef:
        said = self._compiled(number, "training")
        shape = self._condition(number, explained, SH.PropertyShape)
        trained = "calc:isTrainedIn" if self.family.certain else "calc:mayBeTrainedIn"
        self.graph.add((shape, SH.path, URIRef(expand(trained))))
        self.graph.add((shape, SH.hasValue, URIRef(said[expand("bilik:requiresActivity")][0])))
        return shape

    def _experience(self, number: int, explained: ExplainedCondition) -> URIRef:
        said = self._compiled(number, "experience")
        reckoning = self.conditions[said[expand("calc:isReckonedBy")][0]]
        total = "calc:certainTotal" if self.family.certain else "calc:possibleTotal"
        shape = self._condition(number, explained, SH.PropertyShape)
        self.graph.add((shape, SH.path, URIRef(reckoning[expand(total)][0])))
        self.graph.add((shape, SH.minInclusive, Literal(int(said[expand("bilik:minimumMonths")][0]))))
        self.graph.add((shape, SH.minCount, Literal(1)))
        return shape

    # -- shared --------------------------------------------------------------------------------------------------

    def _condition(self, number: int, explained: ExplainedCondition, kind: URIRef) -> URIRef:
        shape = self._shape(f"-{number}-{explained.kind}", kind)
        self._say(shape, self.family.part, lambda words: words.condition(explained))
        return shape

    def _name(self, suffix: str) -> URIRef:
        return URIRef(expand(f"bsh:{self.explained.grade}{suffix}{self.family.suffix}"))

    def _condition_shape(self, number: int, kind: str) -> URIRef:
        return self._name(f"-{number}-{kind}")

    def _part(self, suffix: str, kind: URIRef) -> URIRef:
        """A named shape that only serves others: engines take time over everything that is said of a shape."""
        shape = self._name(suffix)
        self.graph.add((shape, RDF.type, kind))
        return shape

    def _shape(self, suffix: str, kind: URIRef) -> URIRef:
        """The shape of a grade, an alternative or a condition, with its severity and its provision."""
        shape = self._part(suffix, kind)
        self.graph.add((shape, SH.severity, self.family.severity))
        self.graph.add((shape, DCTERMS.source, URIRef(expand(f"law:{self.explained.provision}"))))
        return shape

    def _say(self, shape: URIRef, key: str, asked: Callable[[Verbaliser], str]) -> None:
        for language in LANGUAGES:
            name = self._named(language)
            message = text(
                key,
                language,
                grade=name(f"grade:{self.explained.grade}"),
                clause=name(f"law:{self.explained.provision}"),
                asked=asked(Verbaliser(language, name, self.explained.position)),
            )
            self.graph.add((shape, SH.message, Literal(message, lang=language)))

    def _named(self, language: Language) -> Callable[[str], str]:
        return lambda curie: self.names[language][expand(curie)]

    def _compiled(self, number: int, kind: str) -> Mapping[str, list[str]]:
        return self.conditions[expand(f"condition:{self.explained.grade}-{number}-{kind}")]

    def _required(self, shape: URIRef) -> None:
        """A certain fact has to be there; a possible one may be missing."""
        if self.family.certain:
            self.graph.add((shape, SH.minCount, Literal(1)))

    def _any_of(self, shape: URIRef, shapes: Sequence[URIRef]) -> None:
        if len(shapes) == 1:
            self.graph.add((shape, SH.node, shapes[0]))
        else:
            self.graph.add((shape, SH["or"], self._list(shapes)))

    def _list(self, items: Sequence[Node]) -> Node:
        head = BNode()
        Collection(self.graph, head, list(items))
        return head


def kinds(explained: ExplainedAlternative) -> set[str]:
    """The kinds of condition that an alternative has."""
    return {condition.kind for condition in explained.conditions}
