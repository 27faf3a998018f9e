"""The law graph: what was read, as RDF, one graph per section of the order.

Everything that states something of the order cites its provision (``bilik:isStatedIn``) and quotes its words
(``bilik:hasSourceQuote``); what was read into the words names its readings (``bilik:dependsOnInterpretation``).
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph
from rdflib.namespace import RDF, SKOS, XSD
from rdflib.term import Literal, URIRef

from bilik.extract.act_graph import Statement, act_statements, notes, silences, version_statements, versions
from bilik.extract.acts import read_acts
from bilik.extract.quotes import Quotes
from bilik.extract.registry import Names, PositionEntry, Registry
from bilik.extract.requirements import (
    AlternativeText,
    EducationText,
    ExperienceText,
    GradeText,
    RequirementClause,
    Span,
    TrainingText,
)
from bilik.extract.section import LANGUAGES, Section, Text, iri
from bilik.extract.structure import Piece, Structure, strip_item
from bilik.extract.text import SourceText
from bilik.extract.translations import Translations, named_by
from bilik.namespaces import BASE

_PROVISIONS = {
    "preamble": "preamble",
    "point": "point",
    "subpoint": "subpoint",
    "part-heading": "part",
    "section-heading": "section",
    "clause-heading": "clause",
    "chapter-heading": "chapter",
    "clause-text": "clause",
    "annex-heading": "annex",
    "index-row": "row",
}
"""Kinds of pieces that open a provision → its kind, which its name is made by."""

_LINKS = {
    "duty": ("bilik:Duty", "bilik:hasDuty"),
    "knowledge": ("bilik:KnowledgeItem", "bilik:requiresKnowledge"),
}
"""Kinds of pieces that are items of a position → their class, and the property by which the position has them."""

_ITEMS = (*_LINKS, "requirement-line")
"""Kinds of pieces that only nodes of their own quote."""


@dataclass(frozen=True)
class Vocabulary:
    """What the law graph needs of the hand-written schemes: labels, ranks, which levels are held with higher ones."""

    graph: Graph

    def labels(self, curie: str) -> dict[str, str]:
        """``skos:prefLabel`` per language."""
        return {str(label.language): str(label) for label in self.graph.objects(iri(curie), SKOS.prefLabel)}  # type: ignore[attr-defined]

    def codes(self, scheme: str) -> set[str]:
        """The codes of a scheme (``"translation-status"``)."""
        members = self.graph.subjects(SKOS.inScheme, URIRef(f"{BASE}voc/{scheme}"))
        return {str(self.graph.value(member, SKOS.notation)) for member in members}

    def ranked(self, scheme: str) -> list[str]:
        """The codes of a scheme (``"category"``), lowest rank first."""
        members = self.graph.subjects(SKOS.inScheme, URIRef(f"{BASE}voc/{scheme}"))
        ranks = {
            str(self.graph.value(member, SKOS.notation)): int(str(self.graph.value(member, iri("bilik:rank"))))
            for member in members
        }
        return sorted(ranks, key=ranks.__getitem__)

    def held_with_higher(self, level: str) -> bool:
        """Whether whoever holds a higher level holds this one too."""
        return (iri(f"level:{level}"), iri("bilik:isHeldWithHigherLevels"), Literal(True)) in self.graph

    def exceeded(self, levels: Iterable[str]) -> bool:
        """Whether there is a level above all of these with which they are not held anyway."""
        named = set(levels)
        highest = self.ranked("education-level")[-1]
        return highest not in named and not all(self.held_with_higher(level) for level in named)


def write_law(
    source: SourceText,
    structure: Structure,
    clauses: Iterable[RequirementClause],
    registry: Registry,
    vocabulary: Vocabulary,
    labels: Path,
    translations: Translations,
) -> dict[str, Graph]:
    """The law graph by file stem: ``order`` and ``sec-1`` … in the order of the text."""
    patterns: dict[str, Text] = tomllib.loads(labels.read_text(encoding="utf-8"))
    return _Writer(source, structure, registry, vocabulary, patterns, translations).write(tuple(clauses))


class _Writer:
    def __init__(
        self,
        source: SourceText,
        structure: Structure,
        registry: Registry,
        vocabulary: Vocabulary,
        patterns: Mapping[str, Text],
        translations: Translations,
    ) -> None:
        self.translations = translations
        self.named: set[str] = set()
        self.source = source
        self.structure = structure
        self.registry = registry
        self.vocabulary = vocabulary
        self.patterns = patterns
        quotes = Quotes(registry.source, source.raw, structure.pieces)
        self.order = Section(quotes)
        self.sections = {position.key: Section(quotes) for position in registry.positions}
        self.grades = 0

    def write(self, clauses: tuple[RequirementClause, ...]) -> dict[str, Graph]:
        self._acts()
        self._positions()
        self._provisions()
        self._items()
        for position in {clause.position: None for clause in clauses}:
            own = [clause for clause in clauses if clause.position == position]
            for clause in own:
                self._clause(clause, stands_alone=len(own) > 1)
        self._interpreted()
        files = {"order": self.order.graph}
        files |= {f"sec-{number}": section.graph for number, section in enumerate(self.sections.values(), 1)}
        return files

    # -- acts, positions, provisions, items ----------------------------------------------------------------------

    def _acts(self) -> None:
        order = self.registry.key
        acts = read_acts(self.structure, self.registry)
        for act in acts:
            node = self._name(self.order, f"law:{act.key}", self._label("act", title=act.names))
            silent = [self._label(pattern, day=str(act.in_force_not_before)) for pattern in silences(act)]
            self._say(node, [*act_statements(act), *notes(silent)])
            if act.key != order:
                self.order.state(node, self._citing(act.number))
        self.order.add(iri(f"law:{order}"), "bilik:textSha256", Literal(_sha256(self.source.raw)))
        (title,) = (piece.text for piece in self.structure.of_kind("title"))
        *earlier, present = versions(order, acts, (amendment.act for amendment in self.structure.amendments))
        for version in (*earlier, present):
            node = iri(f"law:{version.key}")
            self.order.name(node, self._label("version", number=acts[0].number, day=version.act.signed.isoformat()))
            known = [self._label("version-known-in-part")] if version in earlier else []
            self._say(node, [*version_statements(version, title), *notes(known)])
            self.order.state(node, self._citing(version.act.number))
        self.order.add(iri(f"law:{present.key}"), "bilik:isPublishedAs", self.order.quotes.source)

    def _citing(self, number: str) -> list[Span]:
        """Where the text names an act by its number."""
        cited = re.compile(rf"№ {re.escape(number)}(?![\w-])")
        return [(piece.start, piece.end) for piece in self.structure.pieces if cited.search(piece.text)]

    def _say(self, node: URIRef, statements: Iterable[Statement]) -> None:
        for predicate, value in statements:
            self.order.add(node, predicate, value)

    def _positions(self) -> None:
        scheme = URIRef(f"{BASE}id/position")
        self.order.add(scheme, "rdf:type", SKOS.ConceptScheme)
        self.order.name(scheme, self._label("positions", title=self.registry.names), "skos:prefLabel")
        definition = self._label("positions-definition")
        self.order.add(scheme, "skos:definition", *(Literal(definition[lang], lang=lang) for lang in definition))
        self.order.add(scheme, "dcterms:license", URIRef(self.registry.licence))
        for key in (*(group.key for group in self.registry.groups), *self.sections):
            self.order.add(scheme, "skos:hasTopConcept", iri(f"position:{key}"))
        for group in self.registry.groups:
            node = iri(f"position:{group.key}")
            self.order.add(node, "rdf:type", iri("bilik:PositionGroup"), SKOS.Concept)
            self.order.add(node, "skos:notation", Literal(group.key))
            self.order.add(node, "skos:inScheme", scheme)
            self.order.add(node, "skos:topConceptOf", scheme)
            self.order.name(node, _text(group.names), "skos:prefLabel")
            self._implications(self.order, node, group.implied_field, None, group.readings)
        headings = {piece.position: piece for piece in self.structure.of_kind("section-heading")}
        exclusions = {piece.position: piece for piece in self.structure.of_kind("exclusion")}
        for number, position in enumerate(self.registry.positions, 1):
            section, node = self.sections[position.key], iri(f"position:{position.key}")
            section.add(node, "rdf:type", iri("bilik:Position"), SKOS.Concept)
            section.add(node, "skos:notation", Literal(position.key))
            section.add(node, "skos:inScheme", scheme)
            section.add(node, "skos:topConceptOf", scheme)
            section.add(node, "bilik:ordinal", Literal(number))
            section.name(node, _text(position.names), "skos:prefLabel")
            section.add(node, "skos:altLabel", Literal(position.post, lang="kk"))
            section.add(node, "skos:altLabel", *(Literal(name, lang="ru") for name in position.also))
            self._implications(
                section, node, position.implied_field, position.implied_activity, position.readings
            )
            if position.member_of:
                section.add(node, "bilik:isMemberOf", iri(f"position:{position.member_of}"))
            if position.exclusion:
                texts = _text(position.exclusion)
                section.add(node, "bilik:excludesPost", *(Literal(texts[lang], lang=lang) for lang in LANGUAGES))
            pieces = [headings[position.key], *([exclusions[position.key]] if position.exclusion else [])]
            section.state(node, [(piece.start, piece.end) for piece in pieces])

    def _implications(
        self, section: Section, node: URIRef, of_field: str | None, activity: str | None, readings: Iterable[str]
    ) -> None:
        if of_field:
            section.add(node, "bilik:impliesField", iri(f"field:{of_field}"))
        if activity:
            section.add(node, "bilik:impliesActivity", iri(f"activity:{activity}"))
        self._readings(section, node, readings)

    def _provisions(self) -> None:
        """The parts of the order and the notes on them; what heads no part belongs to the words of its provision."""
        names: dict[str, Text] = {}
        part = self.registry.key
        for piece in self.structure.pieces:
            section, span = self.sections[piece.position] if piece.position else self.order, (piece.start, piece.end)
            if kind := _PROVISIONS.get(piece.kind):
                if kind in ("part", "chapter"):
                    part = piece.provision
                parents = {"section": part, "clause": self._section_key(piece) or part}
                within = parents.get(kind, piece.provision if piece.provision != piece.finest else self.registry.key)
                position = self._position(piece.position).names if piece.position else None
                names[piece.finest] = self._label(
                    kind, number=piece.ordinal, position=position, whole=names.get(within)
                )
                self._provision(section, piece, kind, names[piece.finest], within)
            elif piece.kind == "note":
                node = self._name(section, named_by(piece), self._label("note", whole=names[piece.provision]))
                section.add(node, "rdf:type", iri("bilik:AmendmentNote"))
                section.state(node, [span])
            elif piece.kind not in _ITEMS:
                section.quote(iri(f"law:{piece.provision}"), span)
        for amendment in self.structure.amendments:
            node, act = iri(f"law:{amendment.provision}"), iri(f"law:{amendment.act}")
            for section in (self.order, *self.sections.values()):
                if (node, RDF.type, iri("bilik:Provision")) in section.graph:
                    section.add(node, "bilik:isAddedBy" if amendment.added else "bilik:isAmendedBy", act)

    def _provision(self, section: Section, piece: Piece, kind: str, names: Text, within: str) -> None:
        node = self._name(section, named_by(piece), names)
        section.add(node, "rdf:type", iri("bilik:Provision"))
        section.add(node, "dcterms:isPartOf", iri(f"law:{within}"))
        section.add(node, "bilik:hasProvisionKind", iri(f"provision-kind:{kind}"))
        if piece.ordinal:
            section.add(node, "bilik:ordinal", Literal(piece.ordinal))
        section.quote(node, (piece.start, piece.end))
        section.add(node, "bilik:textSha256", Literal(self._hash(piece.finest)))
        if piece.kind == "index-row" and piece.ordinal:
            listed = self.registry.positions[piece.ordinal - 1].key
            self.sections[listed].add(iri(f"position:{listed}"), "bilik:isListedIn", node)

    def _items(self) -> None:
        for piece in self.structure.pieces:
            if piece.kind not in _LINKS or piece.position is None or piece.ordinal is None:
                continue
            section, position = self.sections[piece.position], self._position(piece.position)
            names = self._label(piece.kind, number=piece.ordinal, position=position.names)
            node = self._name(section, named_by(piece), names)
            cls, link = _LINKS[piece.kind]
            section.add(node, "rdf:type", iri(cls))
            section.add(node, "bilik:ordinal", Literal(piece.ordinal))
            section.add(node, "bilik:wording", Literal(strip_item(piece).text, lang="kk"))
            section.add(iri(f"position:{piece.position}"), link, node)
            section.state(node, [(piece.start, piece.end)])

    # -- requirements --------------------------------------------------------------------------------------------

    def _clause(self, clause: RequirementClause, *, stands_alone: bool) -> None:
        amended = any(a.provision == clause.provision for a in self.structure.amendments)
        for grade in clause.grades:
            common = {"knowledge-not-judged", "amendment-in-force" if amended else "order-in-force"}
            if grade.category and stands_alone:
                common.add("clauses-stand-alone")
            self._grade(clause, grade, grade.readings | common)

    def _grade(self, clause: RequirementClause, grade: GradeText, readings: frozenset[str]) -> None:
        section, position = self.sections[clause.position], self._position(clause.position)
        slug = "-".join(part for part in (clause.position, grade.tier, grade.category) if part)
        qualifiers = [f"tier:{grade.tier}"] if grade.tier else []
        qualifiers += [f"category:{grade.category}"] if grade.category else []
        node, requirement = iri(f"grade:{slug}"), iri(f"requirement:{slug}")
        self.grades += 1
        section.add(node, "rdf:type", iri("bilik:Grade"))
        section.add(node, "skos:notation", Literal(slug))
        section.add(node, "bilik:ordinal", Literal(self.grades))
        section.add(node, "bilik:isGradeOf", iri(f"position:{clause.position}"))
        if grade.tier:
            section.add(node, "bilik:hasTier", iri(f"tier:{grade.tier}"))
        if grade.category:
            section.add(node, "bilik:hasCategory", iri(f"category:{grade.category}"))
        section.add(node, "bilik:hasRequirement", requirement)
        behind = {
            language: "".join(f", {self.vocabulary.labels(concept)[language]}" for concept in qualifiers)
            for language in LANGUAGES
        }
        names = self._label("grade", position=position.names, qualifiers=behind)
        section.name(node, names)
        section.state(node, grade.spans)
        section.add(requirement, "rdf:type", iri("bilik:Requirement"))
        section.name(requirement, self._label("requirement", grade=names))
        section.state(requirement, grade.spans)
        self._readings(section, requirement, readings)
        for number, alternative in enumerate(grade.alternatives, 1):
            section.add(requirement, "bilik:hasAlternative", iri(f"alternative:{slug}-{number}"))
            self._alternative(section, clause, position, alternative, f"{slug}-{number}", number, names, grade.tier)

    def _alternative(
        self,
        section: Section,
        clause: RequirementClause,
        position: PositionEntry,
        alternative: AlternativeText,
        key: str,
        number: int,
        grade: Text,
        tier: str | None,
    ) -> None:
        node = iri(f"alternative:{key}")
        names = self._label("alternative", grade=grade, number=number)
        section.add(node, "rdf:type", iri("bilik:Alternative"))
        section.add(node, "bilik:alternativeNumber", Literal(number))
        section.name(node, names)
        section.state(node, alternative.spans)
        jointly = {"one-credential"} if alternative.education else set()
        self._readings(section, node, alternative.readings | jointly)
        if alternative.no_experience:
            section.add(node, "bilik:experienceNotRequired", Literal(True))
        parts = {
            "education": alternative.education,
            "training": alternative.training,
            "experience": alternative.experience,
        }
        for kind, part in parts.items():
            if part is None:
                continue
            condition = iri(f"condition:{key}-{kind}")
            section.add(node, "bilik:hasCondition", condition)
            section.add(condition, "rdf:type", iri(f"bilik:{kind.capitalize()}Condition"))
            section.name(condition, self._label(kind, alternative=names))
            readings = part.readings
            match part:
                case EducationText():
                    readings |= self._education(section, condition, part, position)
                    if tier and (of_tier := self.registry.words.tier_readings.get(tier)):
                        readings |= {of_tier}
                case TrainingText():
                    beside = alternative.experience
                    assert beside is not None, "training stands beside an activity"
                    section.add(condition, "bilik:requiresActivity", iri(f"activity:{beside.of}"))
                case ExperienceText():
                    self._experience(section, condition, part, position)
                    if part.kind == "group":
                        section.state(iri(f"position:{part.of}"), [part.span])
            section.state(condition, [part.span])
            self._readings(section, condition, readings)

    def _education(
        self, section: Section, condition: URIRef, education: EducationText, position: PositionEntry
    ) -> set[str]:
        """Adds the levels and fields; the readings that depend on the position and the schemes come back."""
        section.add(condition, "bilik:acceptsEducationLevel", *(iri(f"level:{level}") for level in education.levels))
        fields = education.fields
        if education.relevant:
            assert position.relevant_field, f"the registry gives {position.key} no relevant field"
            fields = (position.relevant_field,)
        section.add(condition, "bilik:acceptsField", *(iri(f"field:{of_field}") for of_field in fields))
        found = {"any-institution"} | ({"a-fortiori"} if self.vocabulary.exceeded(education.levels) else set())
        if fields:
            relevant = {position.relevant_reading} if education.relevant and position.relevant_reading else set()
            return {*found, "field-members", *relevant}
        if all(self.vocabulary.held_with_higher(level) for level in education.levels):
            return {*found, "general-secondary-included"}
        return {*found, "field-not-stated"}

    def _experience(
        self, section: Section, condition: URIRef, experience: ExperienceText, position: PositionEntry
    ) -> None:
        months = Literal(str(experience.months), datatype=XSD.nonNegativeInteger)
        section.add(condition, "bilik:minimumMonths", months)
        if experience.kind == "speciality":
            section.add(condition, "bilik:countsSpecialityOf", iri(f"position:{position.key}"))
        elif experience.kind == "activity":
            section.add(condition, "bilik:countsActivity", iri(f"activity:{experience.of}"))
        else:
            section.add(condition, "bilik:countsPosition", iri(f"position:{experience.of}"))
            if experience.category:
                section.add(condition, "bilik:minimumCategory", iri(f"category:{experience.category}"))

    # -- shared --------------------------------------------------------------------------------------------------

    def _readings(self, section: Section, node: URIRef, readings: Iterable[str]) -> None:
        section.add(node, "bilik:dependsOnInterpretation", *(iri(f"reading:{reading}") for reading in readings))

    def _interpreted(self) -> None:
        """The translations of the words that the readings are about; the readings themselves stand elsewhere."""
        for reading in self.translations.nodes():
            if reading not in self.named:
                self._translate(self.order, reading)

    def _name(self, section: Section, curie: str, names: Text) -> URIRef:
        """The labels of a node and the translations of its words, with the status of both; the node."""
        self.named.add(curie)
        section.say(iri(curie), "rdfs:label", names)
        return self._translate(section, curie)

    def _translate(self, section: Section, curie: str) -> URIRef:
        node, texts = iri(curie), self.translations.texts(curie)
        section.add(node, "bilik:translatedWording", *(Literal(text, lang=lang) for lang, text in texts.items()))
        section.add(node, "bilik:translationStatus", iri(f"translation-status:{self.translations.status(curie)}"))
        return node

    def _label(self, pattern: str, **words: Names | Text | str | int | None) -> dict[str, str]:
        """A pattern of the labels file, filled in, per language."""
        filled: dict[str, str] = {}
        for language in LANGUAGES:
            texts = {key: _text(word) if isinstance(word, Names) else word for key, word in words.items()}
            values = {key: text[language] if isinstance(text, Mapping) else text for key, text in texts.items()}
            filled[language] = self.patterns[pattern][language].format(**values)
        return filled

    def _hash(self, provision: str) -> str:
        """Of the text from the first to the last piece of a provision, as it stands in the source file."""
        own = [piece for piece in self.structure.pieces if provision in (piece.provision, piece.finest)]
        return _sha256(self.source.raw[own[0].start : own[-1].end])

    def _position(self, key: str) -> PositionEntry:
        return next(position for position in self.registry.positions if position.key == key)

    def _section_key(self, piece: Piece) -> str | None:
        keys = [position.key for position in self.registry.positions]
        return f"{self.registry.key}-sec-{keys.index(piece.position) + 1}" if piece.position else None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _text(names: Names) -> dict[str, str]:
    return {"kk": names.kk, "ru": names.ru, "en": names.en}


__all__ = ["Vocabulary", "iri", "write_law"]
