"""What the requirement clauses say: grades, their alternatives and the conditions of each.

The grammar is ``requirements.lark``; its actions below turn a parse into frozen records and name the readings
(interpretations) that a wording rests on. Every record keeps the source spans of its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedEOF, UnexpectedInput, VisitError
from lark.tree import Meta

from bilik.errors import SourceError
from bilik.extract.registry import Registry
from bilik.extract.structure import Piece, Structure
from bilik.extract.text import Normalised, SourceText
from bilik.reckoning import MONTHS_OF_A_YEAR

Span = tuple[int, int]

_SHOWN = 60
"""How many characters of a sentence that is not covered an error shows."""


@dataclass(frozen=True)
class EducationText:
    """An education asked for: ``levels`` any of which counts; ``fields`` any of which, none if the text names none.

    ``relevant`` is true where the text says "in the relevant direction / speciality" instead of naming a field.
    """

    levels: tuple[str, ...]
    fields: tuple[str, ...]
    relevant: bool
    span: Span
    readings: frozenset[str]


@dataclass(frozen=True)
class TrainingText:
    """Special training under an established programme; the activity is that of the experience beside it."""

    span: Span
    readings: frozenset[str]


@dataclass(frozen=True)
class ExperienceText:
    """Experience of at least ``months`` months, of one ``kind``.

    Attributes:
        kind: ``position``, ``group``, ``speciality`` or ``activity``.
        of: key of the position, group or activity; None for the speciality, which is that of the section's position.
        category: the category named, if any.
    """

    kind: str
    of: str | None
    category: str | None
    months: int
    span: Span
    readings: frozenset[str]


@dataclass(frozen=True)
class AlternativeText:
    """One way to meet a requirement: all of its parts are needed. ``no_experience`` is the span of those words."""

    education: EducationText | None
    training: TrainingText | None
    experience: ExperienceText | None
    no_experience: Span | None
    readings: frozenset[str]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Spans of all parts, in text order."""
        parts = (self.education, self.training, self.experience)
        spans = [part.span for part in parts if part]
        return tuple(sorted([*spans, self.no_experience] if self.no_experience else spans))


@dataclass(frozen=True)
class GradeText:
    """The requirement of one grade: tier and category as far as the clause names them."""

    tier: str | None
    category: str | None
    alternatives: tuple[AlternativeText, ...]
    spans: tuple[Span, ...]
    readings: frozenset[str]


@dataclass(frozen=True)
class RequirementClause:
    """A requirement clause of a position, read whole."""

    provision: str
    position: str
    grades: tuple[GradeText, ...]


def read_requirements(
    source: SourceText, structure: Structure, registry: Registry, category_ranks: Sequence[str]
) -> tuple[RequirementClause, ...]:
    """Parse every requirement clause.

    Args:
        category_ranks: category codes, lowest first: the lowest asks for no category, the highest is what an
            unlabelled first line of a tier means.

    Raises:
        SourceError: words that the grammar does not cover, a sentence that it can read in two ways, a wording that the
            registry gives two codes, or two lines of a clause on the same grade.
    """
    lines: dict[str, list[Piece]] = {}
    for piece in structure.of_kind("requirement-line"):
        lines.setdefault(piece.provision, []).append(piece)
    return tuple(_read_clause(source, pieces, registry, category_ranks) for pieces in lines.values())


def _read_clause(
    source: SourceText, lines: Sequence[Piece], registry: Registry, ranks: Sequence[str]
) -> RequirementClause:
    provision, position = lines[0].provision, lines[0].position
    assert position is not None, "a requirement line stands in a section"
    text = source.normalise(lines[0].start, lines[-1].end)
    words = text.text.lower()
    try:
        tree = _parser(registry).parse(words)
    except UnexpectedInput as error:
        early_end = isinstance(error, UnexpectedEOF)
        at = len(words) - _SHOWN if early_end else error.pos_in_stream or 0
        at = max(0, min(at, len(words) - 1))
        start, end = text.span(at, min(at + _SHOWN, len(words)))
        raise SourceError(
            f"{provision}: the grammar does not cover source characters {start}-{end} "
            f"(line {source.line(start)}): {words[at : at + _SHOWN]!r}{' ends too early' if early_end else ''}"
        ) from error
    for node in tree.iter_subtrees():
        if node.data == "_ambig":
            start, end = _span(text, node.children[0].meta)  # type: ignore[union-attr]
            raise SourceError(f"{provision}: source characters {start}-{end} can be read in two ways")
    try:
        grades = _Actions(text, registry, ranks).transform(tree)
    except VisitError as error:
        raise SourceError(f"{provision}: {error.orig_exc}") from error
    seen: set[tuple[str | None, str | None]] = set()
    for grade in grades:
        if (grade.tier, grade.category) in seen:
            start, end = grade.spans[-1]
            raise SourceError(
                f"{provision}: source characters {start}-{end} (line {source.line(start)}) "
                f"repeat tier and category of a line before: {grade.tier}, {grade.category}"
            )
        seen.add((grade.tier, grade.category))
    return RequirementClause(provision, position, tuple(grades))


def _span(text: Normalised, meta: Meta) -> Span:
    return text.span(meta.start_pos, meta.end_pos)


def _parser(registry: Registry) -> Lark:
    words = registry.words
    terminals = {
        "TIER": _flat(words.tiers.values()),
        "CATEGORY_LABEL": _flat(words.category_labels.values()),
        "SERVICE_CATEGORY": _flat(words.category_services.values()),
        "LEVEL": _flat(words.levels.values()),
        "GLOSS": [gloss["text"] for gloss in words.glosses],
        "WRAPPED_LEVEL_BEFORE": [level["before"] for level in words.wrapped_levels],
        "WRAPPED_LEVEL_AFTER": [level["after"] for level in words.wrapped_levels],
        "FIELD": _flat(words.fields.values()),
        "ACTIVITY": _flat(words.activities.values()),
        "POST": [position.post for position in registry.positions],
        "POSTS": [group.posts for group in registry.groups],
    }
    return _lark("".join(f"{name}: {' | '.join(map(_quoted, words))}\n" for name, words in terminals.items()))


def _quoted(word: str) -> str:
    return f'"{word}"'


@cache
def _lark(terminals: str) -> Lark:
    """The parser of the grammar with the registry's words as terminals; made once for the same words."""
    grammar = (files("bilik.extract") / "requirements.lark").read_text(encoding="utf-8")
    return Lark(
        f"{grammar}\n{terminals}",
        start="clause",
        parser="earley",
        lexer="dynamic",
        ambiguity="explicit",
        propagate_positions=True,
        maybe_placeholders=True,
    )


def _flat(wordings: Iterable[tuple[str, ...]]) -> list[str]:
    return [word for words in wordings for word in words]


def _codes(table: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, words in table:
        for word in words:
            if codes.setdefault(word, code) != code:
                raise SourceError(f"the registry gives {word!r} two codes: {codes[word]} and {code}")
    return codes


@dataclass(frozen=True)
class _Levels:
    codes: tuple[str, ...]
    readings: frozenset[str]
    several: bool


@v_args(meta=True)
class _Actions(Transformer[Any, Any]):
    """One method per alternative of the grammar; what it returns is named in its annotation."""

    def __init__(self, text: Normalised, registry: Registry, ranks: Sequence[str]) -> None:
        super().__init__()
        self.text = text
        self.words = words = registry.words
        self.lowest, self.highest = ranks[0], ranks[-1]
        self.level_of = _codes(words.levels.items())
        self.field_of = _codes(words.fields.items())
        self.activity_of = _codes(words.activities.items())
        self.tier_of = _codes(words.tiers.items())
        self.label_of = _codes(words.category_labels.items())
        self.service_of = _codes(words.category_services.items())
        self.post_of = {position.post: position.key for position in registry.positions}
        self.group_of = {group.posts: group for group in registry.groups}

    # -- clause, tiers, lines ------------------------------------------------------------------------------------

    def clause(self, meta: Meta, blocks: list[list[GradeText]]) -> list[GradeText]:
        return [grade for block in blocks for grade in block]

    def untiered(self, meta: Meta, lines: list[GradeText]) -> list[GradeText]:
        return lines

    def tier_block(self, meta: Meta, parts: list[Any]) -> list[GradeText]:
        tier, grades = parts
        heading = self._token(tier)
        return [
            replace(grade, tier=self.tier_of[str(tier)], spans=(heading, *grade.spans)) for grade in grades
        ]

    def labelled_lines(self, meta: Meta, grades: list[GradeText]) -> list[GradeText]:
        return grades

    def line_without_category(self, meta: Meta, grades: list[GradeText]) -> list[GradeText]:
        return grades

    def unlabelled_first_line(self, meta: Meta, grades: list[GradeText]) -> list[GradeText]:
        first, *rest = grades
        return [replace(first, category=self.highest, readings=first.readings | {"unlabelled-highest"}), *rest]

    def labelled(self, meta: Meta, parts: list[Any]) -> GradeText:
        label, alternatives = parts
        return GradeText(
            None, self.label_of[str(label)], tuple(alternatives), (_span(self.text, meta),), frozenset()
        )

    def unlabelled(self, meta: Meta, parts: list[Any]) -> GradeText:
        return GradeText(None, None, tuple(parts[0]), (_span(self.text, meta),), frozenset())

    # -- alternatives --------------------------------------------------------------------------------------------

    def requirement(self, meta: Meta, branches: list[list[AlternativeText]]) -> list[AlternativeText]:
        return [alternative for branch in branches for alternative in branch]

    def education_alone(self, meta: Meta, parts: list[Any]) -> list[AlternativeText]:
        education, no_experience = parts
        return [AlternativeText(education, None, None, no_experience, frozenset())]

    def educations_sharing_no_experience(self, meta: Meta, parts: list[Any]) -> list[AlternativeText]:
        *educations, no_experience = parts
        if educations[0].relevant:
            educations[1:] = [
                education
                if education.relevant or education.fields
                else replace(education, readings=education.readings | {"left-modifier-scope"})
                for education in educations[1:]
            ]
        return [
            AlternativeText(education, None, None, no_experience, frozenset({"no-experience-scope"}))
            for education in educations
        ]

    def education_and_experience(self, meta: Meta, parts: list[Any]) -> list[AlternativeText]:
        education, experience = parts
        return [AlternativeText(education, None, experience, None, frozenset())]

    def education_and_either_experience(self, meta: Meta, parts: list[Any]) -> list[AlternativeText]:
        education, *experiences = parts
        return [
            AlternativeText(education, None, experience, None, frozenset({"or-scope"})) for experience in experiences
        ]

    def education_training_experience(self, meta: Meta, parts: list[Any]) -> list[AlternativeText]:
        education, training, experience = parts
        return [AlternativeText(education, training, experience, None, frozenset({"comma"}))]

    def training_and_experience(self, meta: Meta, parts: list[Any]) -> list[AlternativeText]:
        training, experience = parts
        return [AlternativeText(None, training, experience, None, frozenset({"no-education-named"}))]

    # -- education -----------------------------------------------------------------------------------------------

    def relevant_direction(self, meta: Meta, parts: list[Any]) -> EducationText:
        return self._education(meta, parts[1], (), relevant=True)

    def relevant_speciality(self, meta: Meta, parts: list[Any]) -> EducationText:
        return self._education(meta, parts[1], (), {"speciality-or-qualification"}, relevant=True)

    def named_field(self, meta: Meta, parts: list[Any]) -> EducationText:
        return self._education(meta, parts[0], parts[1])

    def field_in_bracket(self, meta: Meta, parts: list[Any]) -> EducationText:
        levels, fields = parts
        return self._education(meta, levels, fields, {"field-bracket"} if levels.several else ())

    def field_before_gloss(self, meta: Meta, parts: list[Any]) -> EducationText:
        levels, fields, gloss = parts
        return self._education(meta, levels, fields, {self._gloss_reading(levels.codes[-1], gloss)})

    def field_inside_level(self, meta: Meta, parts: list[Any]) -> EducationText:
        before, fields, after = parts
        for level in self.words.wrapped_levels:
            if (level["before"], level["after"]) == (str(before), str(after)):
                levels = _Levels((level["level"],), frozenset({level["reading"]}), several=False)
                return self._education(meta, levels, fields)
        raise SourceError(f"no level of the registry is wrapped as {before!r} … {after!r}")

    def no_field(self, meta: Meta, parts: list[Any]) -> EducationText:
        return self._education(meta, parts[0], ())

    def _education(
        self,
        meta: Meta,
        levels: _Levels,
        fields: tuple[str, ...],
        readings: Iterable[str] = (),
        *,
        relevant: bool = False,
    ) -> EducationText:
        found = set(readings) | levels.readings
        if len(fields) > 1:
            found.add("comma")
        for omission in self.words.omissions:
            if omission["named"] in levels.codes and omission["omitted"] not in levels.codes:
                found.add(omission["reading"])
        return EducationText(levels.codes, fields, relevant, _span(self.text, meta), frozenset(found))

    def levels(self, meta: Meta, levels: list[_Levels]) -> _Levels:
        several = len(levels) > 1
        codes = tuple(code for level in levels for code in level.codes)
        readings = frozenset({"comma"} if several else ()).union(*(level.readings for level in levels))
        return _Levels(codes, readings, several)

    def plain_level(self, meta: Meta, parts: list[Token]) -> _Levels:
        return _Levels((self.level_of[str(parts[0])],), frozenset(), several=False)

    def level_or_level(self, meta: Meta, parts: list[Token]) -> _Levels:
        return _Levels(tuple(self.level_of[str(part)] for part in parts), frozenset(), several=False)

    def glossed_level(self, meta: Meta, parts: list[Token]) -> _Levels:
        level = self.level_of[str(parts[0])]
        return _Levels((level,), frozenset({self._gloss_reading(level, parts[1])}), several=False)

    def _gloss_reading(self, level: str, gloss: Token) -> str:
        for known in self.words.glosses:
            if (known["of"], known["text"]) == (level, str(gloss)):
                return known["reading"]
        raise SourceError(f"{gloss!r} is no gloss of the level {level!r} in the registry")

    def fields(self, meta: Meta, parts: list[Token]) -> tuple[str, ...]:
        return tuple(self.field_of[str(part)] for part in parts)

    # -- training and experience ---------------------------------------------------------------------------------

    def training(self, meta: Meta, parts: list[Any]) -> TrainingText:
        return TrainingText(_span(self.text, meta), frozenset({"training-subject"}))

    def no_experience(self, meta: Meta, parts: list[Any]) -> Span:
        return _span(self.text, meta)

    def in_position(self, meta: Meta, parts: list[Any]) -> ExperienceText:
        category, post, years = parts
        return self._experience(meta, "position", self.post_of[str(post)], category, years)

    def in_group(self, meta: Meta, parts: list[Any]) -> ExperienceText:
        category, posts, years = parts
        group = self.group_of[str(posts)]
        return self._experience(meta, "group", group.key, category, years, group.readings)

    def in_speciality(self, meta: Meta, parts: list[Any]) -> ExperienceText:
        return self._counted(meta, "speciality", None, None, parts[0], {"speciality-by-position"})

    def in_activity(self, meta: Meta, parts: list[Any]) -> ExperienceText:
        activity, years = parts
        code = self.activity_of[str(activity)]
        reading = self.words.activity_readings.get(code)
        return self._counted(meta, "activity", code, None, years, {reading} if reading else ())

    def _experience(
        self, meta: Meta, kind: str, of: str, category: Token | None, years: Token, readings: Iterable[str] = ()
    ) -> ExperienceText:
        """In a position or group: of a category, of the lowest one («санаты жоқ»), or of none named."""
        code = self.service_of[str(category)] if category else None
        named = {"no-category-named"} if code in (None, self.lowest) else {"category-or-higher", "tier-not-asked"}
        return self._counted(meta, kind, of, code, years, {*readings, *named, "other-titles"})

    def _counted(
        self, meta: Meta, kind: str, of: str | None, category: str | None, years: Token, readings: Iterable[str]
    ) -> ExperienceText:
        months = int(years) * MONTHS_OF_A_YEAR
        found = frozenset(readings) | {"months-reckoning", "any-employer"}
        return ExperienceText(kind, of, category, months, _span(self.text, meta), found)

    def _token(self, token: Token) -> Span:
        assert token.start_pos is not None, "tokens know their place"
        assert token.end_pos is not None, "tokens know their place"
        return self.text.span(token.start_pos, token.end_pos)


__all__ = [
    "AlternativeText",
    "EducationText",
    "ExperienceText",
    "GradeText",
    "RequirementClause",
    "TrainingText",
    "read_requirements",
]
