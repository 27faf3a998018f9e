"""OWL classes of the grades, derived from the compiled conditions.

A class holds the persons who certainly qualify. Levels, fields, recognitions, trainings and months reached are classes
too, typed on credentials and persons by the rules named "facts": the reasoner needs no dates, numbers or nominals. What
is longer includes what is shorter, a higher category the lower ones, a narrower field the wider ones, service in a
position service in its speciality: these hierarchies are read off the compiled sets.

In one rare case they say more than the rules count: where intervals of service merge, days left over can be lost, and
the months of a wider reckoning be one less than those of a narrower one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import BNode, Literal, Node, URIRef

from bilik.evaluate.verdicts import Facts
from bilik.namespaces import BASE, code, expand
from bilik.report.explanation import ExplainedCondition
from bilik.report.verbaliser import Verbaliser
from bilik.texts import LANGUAGES, Language, text

ONTOLOGY = URIRef(f"{BASE}class")


def grade_classes(conditions: Facts, names: Mapping[Language, Mapping[str, str]]) -> Graph:
    """The classes of all grades with the hierarchies they rest on.

    Args:
        conditions: the compiled conditions.
        names: language → IRI → name.
    """
    return _Writer(conditions, names).write()


class _Writer:
    def __init__(self, conditions: Facts, names: Mapping[Language, Mapping[str, str]]) -> None:
        self.conditions = conditions
        self.names = names
        self.graph = Graph(bind_namespaces="none")

    def write(self) -> Graph:
        self._add(ONTOLOGY, RDF.type, OWL.Ontology)
        for language in LANGUAGES:
            self._add(ONTOLOGY, RDFS.label, Literal(text("classes-title", language), lang=language))
        self._add(_iri("calc:holds"), RDF.type, OWL.ObjectProperty)
        for grade, said in self.conditions.items():
            if expand("bilik:hasRequirement") in said:
                self._grade(grade, said[expand("bilik:hasRequirement")][0])
        self._months()
        self._fields()
        return self.graph

    # -- grades --------------------------------------------------------------------------------------------------

    def _grade(self, grade: str, requirement: str) -> None:
        node = _class(code(grade))
        self._declare(node, grade)
        self._add(node, RDFS.seeAlso, URIRef(grade))
        self._add(node, RDFS.seeAlso, URIRef(self.conditions[requirement][expand("bilik:isStatedIn")][0]))
        ways = [self._alternative(way) for way in sorted(self.conditions[requirement][expand("bilik:hasAlternative")])]
        self._add(node, OWL.equivalentClass, self._union(ways))

    def _alternative(self, alternative: str) -> Node:
        said = self.conditions[alternative]
        parts: list[Node] = []
        for training in said.get(expand("calc:asksTraining"), ()):
            activity = self.conditions[training][expand("bilik:requiresActivity")][0]
            parts.append(self._worded(f"trained-in-{code(activity)}", "class-trained-in", activity))
        months = [self._months_of(experience) for experience in said.get(expand("calc:asksExperience"), ())]
        educations = said.get(expand("calc:asksEducation"), [])
        if not educations:
            self._of_the_person(said.get(expand("calc:asksExperience"), ()))
            return self._intersection([*parts, *months])
        (education,) = educations
        return self._intersection([*parts, self._holding([*self._education(education), *months])])

    def _education(self, condition: str) -> Iterator[Node]:
        said = self.conditions[condition]
        levels = {*said.get(expand("calc:acceptsLevel"), ()), *said.get(expand("calc:acceptsLevelAFortiori"), ())}
        yield self._union([self._declared(f"level-{code(level)}", level) for level in sorted(levels)])
        if said[expand("calc:hasFieldRule")][0] != expand("calc:levelOnly"):
            position = said[expand("calc:isRecognisedThrough")][0]
            fields = [_class(f"field-{accepted}") for accepted in sorted(said.get(expand("calc:acceptedCode"), ()))]
            recognised = self._worded(f"recognised-for-{code(position)}", "class-recognised-for", position)
            yield self._union([*fields, recognised])

    def _months_of(self, experience: str) -> URIRef:
        said = self.conditions[experience]
        reckoning = self.conditions[said[expand("calc:isReckonedBy")][0]]
        return self._months_class(reckoning, int(said[expand("bilik:minimumMonths")][0]))

    def _of_the_person(self, experiences: Iterable[str]) -> None:
        """Months that are reckoned alike with any credential are the person's own; those of a speciality are not."""
        for experience in experiences:
            reckoning = self.conditions[self.conditions[experience][expand("calc:isReckonedBy")][0]]
            if expand("calc:countsSpecialityOf") not in reckoning:
                months = self._months_of(experience)
                self._below(self._holding([months]), months)

    # -- hierarchies ---------------------------------------------------------------------------------------------

    def _months(self) -> None:
        """Every threshold of every reckoning; longer is shorter too, a wider one counts what a narrower one does."""
        reckonings = {node: said for node, said in self.conditions.items() if expand("calc:threshold") in said}
        for said in reckonings.values():
            thresholds = sorted(int(months) for months in said[expand("calc:threshold")])
            for shorter, longer in pairwise(thresholds):
                self._below(self._months_class(said, longer), self._months_class(said, shorter))
            for wider in reckonings.values():
                if _counts_no_more(said, wider):
                    for months in thresholds:
                        self._below(self._months_class(said, months), self._months_class(wider, months))

    def _months_class(self, reckoning: Mapping[str, Sequence[str]], months: int) -> URIRef:
        node = _class(f"months-{months}-{reckoning[expand('skos:notation')][0]}")
        work = ExplainedCondition(
            kind="experience",
            levels=(),
            fields=(),
            activity=_code(reckoning, "calc:countsActivity"),
            position=_code(reckoning, "calc:countsIn"),
            category=_code(reckoning, "calc:countsFromCategory"),
            speciality=_code(reckoning, "calc:countsSpecialityOf"),
            months=months,
            words=(),
        )
        self._add(node, RDF.type, OWL.Class)
        for language in LANGUAGES:
            words = Verbaliser(language, self._named(language)).condition(work)
            self._add(node, RDFS.label, Literal(words, lang=language))
        return node

    def _fields(self) -> None:
        """Every accepted code; a field is also in the wider ones that start it."""
        codes = sorted({c for said in self.conditions.values() for c in said.get(expand("calc:acceptedCode"), ())})
        for narrower in codes:
            self._add(_class(f"field-{narrower}"), RDF.type, OWL.Class)
            for language in LANGUAGES:
                label = Literal(text("class-field", language, code=narrower), lang=language)
                self._add(_class(f"field-{narrower}"), RDFS.label, label)
            for wider in codes:
                if narrower != wider and narrower.startswith(wider):
                    self._below(_class(f"field-{narrower}"), _class(f"field-{wider}"))

    # -- shared --------------------------------------------------------------------------------------------------

    def _declare(self, node: URIRef, named_after: str) -> None:
        self._add(node, RDF.type, OWL.Class)
        for language in LANGUAGES:
            if named_after in self.names[language]:
                self._add(node, RDFS.label, Literal(self.names[language][named_after], lang=language))

    def _declared(self, name: str, named_after: str) -> URIRef:
        node = _class(name)
        self._declare(node, named_after)
        return node

    def _worded(self, name: str, key: str, named_after: str) -> URIRef:
        """A class that is labelled by a sentence about what it is named after."""
        node = _class(name)
        self._add(node, RDF.type, OWL.Class)
        for language in LANGUAGES:
            label = text(key, language, name=self.names[language][named_after])
            self._add(node, RDFS.label, Literal(label, lang=language))
        return node

    def _named(self, language: Language) -> Callable[[str], str]:
        names = self.names[language]
        return lambda curie: names[expand(curie)]

    def _below(self, narrower: Node, wider: URIRef) -> None:
        self._add(narrower, RDFS.subClassOf, wider)

    def _holding(self, classes: Sequence[Node]) -> BNode:
        """Whoever holds a credential that is in all of the classes."""
        node = BNode()
        self._add(node, RDF.type, OWL.Restriction)
        self._add(node, OWL.onProperty, _iri("calc:holds"))
        self._add(node, OWL.someValuesFrom, self._intersection(classes))
        return node

    def _union(self, classes: Sequence[Node]) -> Node:
        return self._expression(OWL.unionOf, classes)

    def _intersection(self, classes: Sequence[Node]) -> Node:
        return self._expression(OWL.intersectionOf, classes)

    def _expression(self, connective: URIRef, classes: Sequence[Node]) -> Node:
        if len(classes) == 1:
            return classes[0]
        node, members = BNode(), BNode()
        self._add(node, RDF.type, OWL.Class)
        self._add(node, connective, members)
        Collection(self.graph, members, list(classes))
        return node

    def _add(self, subject: Node, predicate: URIRef, value: Node) -> None:
        self.graph.add((subject, predicate, value))


def _counts_no_more(narrower: Mapping[str, Iterable[str]], wider: Mapping[str, Iterable[str]]) -> bool:
    """Whether all that one reckoning certainly counts, another one certainly counts too."""
    posts = set(narrower.get(expand("calc:countedPost"), ()))
    if narrower is wider or not posts:
        return False
    position, speciality = narrower.get(expand("calc:countsIn")), wider.get(expand("calc:countsSpecialityOf"))
    return posts < set(wider.get(expand("calc:countedPost"), ())) or (position is not None and position == speciality)


def _code(said: Mapping[str, Sequence[str]], term: str) -> str | None:
    return code(said[expand(term)][0]) if expand(term) in said else None


def _class(name: str) -> URIRef:
    return _iri(f"class:{name}")


def _iri(curie: str) -> URIRef:
    return URIRef(expand(curie))
