"""Requirements in words: the grammar of the order reads every Kazakh sentence back to the requirement of the graph,
also when the graph is another one; different requirements are told apart in every language; nothing but the graph is
read.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from html.parser import HTMLParser
from itertools import chain, pairwise
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from rdflib import Graph

from bilik.build import IN_WORDS, read_order
from bilik.errors import BilikError, SourceError
from bilik.evaluate import compiled_law
from bilik.evaluate.verdicts import Facts, read_facts
from bilik.extract.graph import Vocabulary, write_law
from bilik.extract.requirements import RequirementClause, read_requirements
from bilik.extract.structure import Piece, Structure
from bilik.extract.text import SourceText
from bilik.extract.translations import Translations
from bilik.namespaces import code, expand
from bilik.report import verbaliser
from bilik.report.explanation import (
    ExplainedAlternative,
    ExplainedCondition,
    Explanation,
    explain_grade,
    law_facts,
)
from bilik.report.side_by_side import side_by_side
from bilik.report.verbaliser import Verbaliser
from bilik.texts import LANGUAGES, Language, name, text
from bilik.turtle import read_turtle
from test_languages import strange

ROOT: Final = Path(__file__).resolve().parents[1]
ORDER: Final = read_order(ROOT)
VOCABULARY: Final = Vocabulary(read_turtle(*sorted((ROOT / "ontology" / "vocab").glob("*.ttl"))))
LAW: Final = law_facts()
RANKS: Final = VOCABULARY.ranked("category")
GRADES: Final = [code(node) for node, said in LAW.items() if expand("bilik:hasRequirement") in said]
RELEVANT_FIELDS: Final = {entry.key: entry.relevant_field for entry in ORDER.registry.positions if entry.relevant_field}
POSTS: Final = [*(entry.key for entry in ORDER.registry.positions), *(group.key for group in ORDER.registry.groups)]

Ways = tuple[ExplainedAlternative, ...]


def explained(law: Facts = LAW) -> dict[str, Explanation]:
    """Every grade of a law graph."""
    return {grade: explain_grade(grade, law) for grade in GRADES}


def words(position: str, ways: Ways, language: Language) -> str:
    """The sentence of a requirement."""
    return Verbaliser(language, partial(name, language=language), position).sentence(ways)


def bare(ways: Ways) -> Ways:
    """Without the words of the order."""
    return tuple(
        replace(way, conditions=tuple(replace(condition, words=()) for condition in way.conditions)) for way in ways
    )


def parsed(grade: str, sentence: str) -> RequirementClause:
    """What the grammar makes of a sentence that stands where the grade's own stands in the order."""
    line = stated(grade, sentence)
    [clause] = read_requirements(SourceText(line.text, line.text, {}), structure(line), ORDER.registry, RANKS)
    return clause


def stated(grade: str, sentence: str, start: int = 0) -> Piece:
    """A sentence as the line of a grade."""
    said = LAW[expand("grade:") + grade]
    [position], [provision] = said[expand("bilik:isGradeOf")], said[expand("bilik:isStatedIn")]
    labels = [
        VOCABULARY.labels(f"{scheme}:{code(concept)}")["kk"]
        for scheme, term in (("tier", "bilik:hasTier"), ("category", "bilik:hasCategory"))
        for concept in said.get(expand(term), ())
    ]
    line = ": ".join([*labels, sentence])
    return Piece("requirement-line", start, start + len(line), line, code(provision), code(position))


def structure(*lines: Piece) -> Structure:
    return Structure(lines, ())


def read_back(sentences: Mapping[str, str]) -> dict[str, Ways]:
    """grade → the requirement in the graph that is written after the sentences, in the way of the build."""
    source, lines = ORDER.source, []
    clauses: list[RequirementClause] = []
    for grade, sentence in sentences.items():
        # Behind the order, so that the words can be quoted.
        line = stated(grade, sentence, len(source.raw))
        source = replace(source, raw=source.raw + line.text, mapped=source.mapped + line.text)
        clauses += read_requirements(source, structure(line), ORDER.registry, RANKS)
        lines.append(line)
    whole = replace(ORDER.structure, pieces=(*ORDER.structure.pieces, *lines))
    labels = ROOT / "data" / "registry" / "labels.toml"
    written = write_law(source, whole, clauses, ORDER.registry, VOCABULARY, labels, Translations({}))
    facts = read_facts(chain.from_iterable(map(triples, [VOCABULARY.graph, *written.values()])))
    return {grade: bare(explain_grade(grade, facts).alternatives) for grade in sentences}


def triples(graph: Graph) -> Iterator[ox.Quad]:
    """A graph of rdflib as statements."""
    yield from ox.parse(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)


# -- the order -----------------------------------------------------------------------------------------------------


def test_the_grammar_reads_all_fifty_requirements_back() -> None:
    graph = explained()
    back = read_back({grade: words(said.position, said.alternatives, "kk") for grade, said in graph.items()})
    assert len(back) == 50
    assert back == {grade: bare(said.alternatives) for grade, said in graph.items()}


def test_where_the_order_is_regular_the_sentence_is_its_own() -> None:
    """The economist's categories: nothing in their six lines is said in a way of its own."""
    lines = {piece.text for piece in ORDER.structure.of_kind("requirement-line") if piece.position == "economist"}
    said = [f"economist-{tier}-{category}" for tier in ("high", "mid") for category in reversed(RANKS[1:])]
    for grade in said:
        category = VOCABULARY.labels(f"category:{grade.rpartition('-')[2]}")["kk"]
        sentence = words("economist", explained()[grade].alternatives, "kk")
        line = f"{category}: {sentence[0].lower()}{sentence[1:-1]}"
        assert {f"{line};", f"{line}."} & lines, line


@pytest.mark.parametrize(
    ("grade", "language", "sentence"),
    [
        ("translator", "ru", "Высшее (или послевузовское) образование по соответствующему направлению подготовки "
         "кадров, без предъявления требований к стажу работы; или техническое и профессиональное (среднее специальное, "
         "среднее профессиональное) или послесреднее образование, без предъявления требований к стажу работы."),
        ("engineer-mid-highest", "ru", "Техническое и профессиональное (среднее специальное, среднее "
         "профессиональное) или послесреднее образование и либо стаж работы на инженерно-технических должностях первой "
         "категории не менее 3 лет, либо стаж работы по специальности не менее 5 лет."),
        ("technician-mid-second", "ru", "Техническое и профессиональное (среднее специальное, среднее "
         "профессиональное) или послесреднее образование и либо стаж работы в должности техника без категории не менее "
         "1 года, либо стаж работы по специальности не менее 3 лет."),
        ("accountant-mid", "ru", "Техническое и профессиональное (среднее специальное, среднее профессиональное) "
         "образование (финансово-экономическое), без предъявления требований к стажу работы; или специальная "
         "подготовка по установленной программе и стаж работы по учету и контролю не менее 3 лет."),
        ("hr-inspector", "en", "Higher (or postgraduate) education in a direction of training (economics or law), no "
         "experience required; or technical and vocational (specialised secondary, vocational secondary) or "
         "post-secondary education (economics or law), no experience required; or general secondary education, special "
         "training under an established programme and at least 3 years' experience in the profile."),
        ("mechanic-high-second", "en", "Higher (or postgraduate) education in a direction of training (technical) and "
         "either at least 1 year's experience in the position of mechanic without category or at least 3 years' "
         "experience in the speciality."),
        ("engineer", "kk", "Кадрларды даярлаудың тиісті бағыты бойынша жоғары (немесе жоғары оқу орнынан кейінгі) "
         "білім, жұмыс өтіліне талаптар қойылмайды немесе тиісті мамандық (біліктілік) бойынша техникалық және "
         "кәсіптік (арнайы орта, кәсіптік орта), орта білімнен кейінгі білім, жұмыс өтіліне талаптар қойылмайды."),
    ],
    ids=lambda value: value if len(value) < 30 else "",
)  # fmt: skip
def test_sentences(grade: str, language: Language, sentence: str) -> None:
    said = explained()[grade]
    assert words(said.position, said.alternatives, language) == sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_in_the_letters_of_their_language(language: Language) -> None:
    for said in explained().values():
        assert strange(language, words(said.position, said.alternatives, language)) == []


# -- another graph -------------------------------------------------------------------------------------------------

Said = dict[str, list[str]]
Change = Callable[[str, Said], bool]
"""Changes what is said of a node, given its key; false if it leaves the node alone."""


def changed(prefix: str, change: Change) -> tuple[Facts, set[str]]:
    """The law graph with a change made to every node of a kind, and the grades that this concerns."""
    graph = {node: {term: list(values) for term, values in said.items()} for node, said in LAW.items()}
    nodes = {code(node) for node in graph if node.startswith(expand(prefix)) and change(code(node), graph[node])}
    owners = {grade: (grade, *(f"{grade}-{number}" for number in range(1, 10))) for grade in GRADES}
    keys = {node.removesuffix("-education").removesuffix("-training").removesuffix("-experience") for node in nodes}
    return graph, {grade for grade, own in owners.items() if keys & set(own)}


def replaced(term: str, swap: Mapping[str | None, str | None]) -> Change:
    """Values of a term by others; None stands for no value. Values are prefixed names or numbers."""
    table = {_iri(old): _iri(new) for old, new in swap.items()}

    def change(key: str, said: Said) -> bool:
        old = said.pop(expand(term), [])
        values: list[str | None] = [*old] or [None]
        if new := sorted({value for found in values if (value := table.get(found, found))}):
            said[expand(term)] = new
        return sorted(old) != new

    return change


def _iri(value: str | None) -> str | None:
    return expand(value) if value and ":" in value else value


def if_it_has(term: str, change: Change) -> Change:
    """The change for nodes that have the term."""
    return lambda key, said: expand(term) in said and change(key, said)


def without_last(term: str, *, keeping: int) -> Change:
    """The last value of a term is dropped where there are more than ``keeping``."""

    def change(key: str, said: Said) -> bool:
        values = sorted(said.get(expand(term), []))
        if len(values) > keeping:
            said[expand(term)] = values[:-1]
        return len(values) > keeping

    return change


def without_condition(kind: str, *others: str) -> Change:
    """A kind of condition is dropped where the alternative has all the others."""

    def change(key: str, said: Said) -> bool:
        conditions = said[expand("bilik:hasCondition")]
        kinds = {condition.rpartition("-")[2] for condition in conditions}
        if not kinds >= {kind, *others}:
            return False
        said[expand("bilik:hasCondition")] = [c for c in conditions if not c.endswith(f"-{kind}")]
        return True

    return change


def no_experience_instead(key: str, said: Said) -> bool:
    """Where education and experience are asked for, the order would require no experience."""
    if not without_condition("experience", "education")(key, said):
        return False
    without_condition("training")(key, said)
    said[expand("bilik:experienceNotRequired")] = ["true"]
    return True


def in_the_speciality(key: str, said: Said) -> bool:
    """Experience in a position would be experience in its speciality."""
    position = key.partition("-high")[0].partition("-mid")[0]
    if expand("bilik:countsPosition") not in said:
        return False
    del said[expand("bilik:countsPosition")]
    said.pop(expand("bilik:minimumCategory"), None)
    said[expand("bilik:countsSpecialityOf")] = [expand(f"position:{position}")]
    return True


def in_accounting(key: str, said: Said) -> bool:
    """Training and experience in personnel work would be in accounting and control."""
    terms = ("bilik:requiresActivity", "bilik:countsActivity")
    return any(replaced(term, {"activity:personnel": "activity:accounting-control"})(key, said) for term in terms)


SERVED: Final = "bilik:countsPosition"
LEVEL: Final = "bilik:acceptsEducationLevel"
FIELD: Final = "bilik:acceptsField"
CHANGES: Final[dict[str, tuple[str, Change, int]]] = {
    "all months": ("condition:", replaced("bilik:minimumMonths", {str(m): str(m + 12) for m in range(12, 72, 12)}), 39),
    "a decade": ("condition:", replaced("bilik:minimumMonths", {"36": "252"}), 27),
    "lower category": ("condition:", replaced("bilik:minimumCategory", {"category:first": "category:second"}), 12),
    "no category": ("condition:", replaced("bilik:minimumCategory", {"category:none": None}), 7),
    "some category": ("condition:", if_it_has(SERVED, replaced("bilik:minimumCategory", {None: "category:first"})), 5),
    "another position": ("condition:", replaced(SERVED, {"position:economist": "position:hr-inspector"}), 6),
    "position for group": ("condition:", replaced(SERVED, {"position:engineering-technical": "position:lawyer"}), 3),
    "in the speciality": ("condition:", in_the_speciality, 36),
    "another level": ("condition:", replaced(LEVEL, {"level:tvet": "level:general-secondary"}), 28),
    "fewer levels": ("condition:", without_last(LEVEL, keeping=1), 46),
    "another field": ("condition:", replaced(FIELD, {"field:economics": "field:psychology"}), 6),
    "a field": ("condition:", if_it_has(LEVEL, replaced(FIELD, {None: "field:law"})), 20),
    "fewer fields": ("condition:", without_last(FIELD, keeping=1), 2),
    "no field": ("condition:", without_last(FIELD, keeping=0), 34),
    "another activity": ("condition:", in_accounting, 1),
    "no training": ("alternative:", without_condition("training", "education"), 2),
    "no education": ("alternative:", without_condition("education", "training"), 2),
    "no experience": ("alternative:", no_experience_instead, 38),
    "fewer alternatives": ("requirement:", without_last("bilik:hasAlternative", keeping=1), 46),
}  # fmt: skip
"""What is changed → nodes, change, how many grades it concerns."""


@pytest.mark.parametrize("what", CHANGES)
def test_another_graph_has_other_sentences_and_they_are_read_back(what: str) -> None:
    prefix, change, count = CHANGES[what]
    graph, concerned = changed(prefix, change)
    before, after = explained(), explained(graph)
    differing = {grade for grade in GRADES if bare(before[grade].alternatives) != bare(after[grade].alternatives)}
    assert differing == concerned
    assert len(concerned) == count
    for language in LANGUAGES:
        for grade in GRADES:
            said = [words(before[grade].position, ways[grade].alternatives, language) for ways in (before, after)]
            assert (said[0] != said[1]) is (grade in concerned), (grade, said)
    sentences = {grade: words(after[grade].position, after[grade].alternatives, "kk") for grade in sorted(concerned)}
    assert read_back(sentences) == {grade: bare(after[grade].alternatives) for grade in concerned}


# -- any requirement that the order could have stated --------------------------------------------------------------


@cache
def codes(scheme: str) -> tuple[str, ...]:
    """All concepts of a scheme."""
    return tuple(sorted({code(node) for node in LAW if node.startswith(expand(f"{scheme}:"))}))


def condition(kind: str, **asked: object) -> ExplainedCondition:
    """A condition that asks for nothing but what is given."""
    nothing = ExplainedCondition(kind, (), (), None, None, None, None, None, ())
    return replace(nothing, **asked)  # type: ignore[arg-type]


def some_education(chance: random.Random, position: str) -> ExplainedCondition:
    levels = VOCABULARY.ranked("education-level")
    chosen = chance.sample(range(len(levels)), chance.randint(1, len(levels)))
    named = [field for field in codes("field") if not field.startswith("relevant-to-")]
    fields = chance.choice([(), tuple(sorted(chance.sample(named, chance.randint(1, 3))))])
    if position in RELEVANT_FIELDS and chance.random() < 0.4:
        fields = (RELEVANT_FIELDS[position],)
    return condition("education", levels=tuple(levels[place] for place in sorted(chosen)), fields=fields)


def some_experience(chance: random.Random, position: str, activity: str | None) -> ExplainedCondition:
    experience = condition("experience", months=12 * chance.randint(1, 30))
    if activity:
        return replace(experience, activity=activity)
    if chance.random() < 0.3:
        return replace(experience, speciality=position)
    return replace(experience, position=chance.choice(POSTS), category=chance.choice([None, *RANKS[:-1]]))


def some_alternative(chance: random.Random, number: int, position: str) -> ExplainedAlternative:
    education, activity = some_education(chance, position), chance.choice(codes("activity"))
    trained = condition("training", activity=activity)
    served = some_experience(chance, position, chance.choice([None, None, activity]))
    forms: list[list[ExplainedCondition]] = [
        [education],
        [education, served],
        [education, trained, some_experience(chance, position, activity)],
        [trained, some_experience(chance, position, activity)],
    ]
    asked = chance.choice(forms)
    return ExplainedAlternative(number, tuple(asked), experience_not_required=len(asked) == 1)


def kinds(way: ExplainedAlternative) -> list[str]:
    """The kinds of its conditions."""
    return [each.kind for each in way.conditions]


def some_requirement(chance: random.Random, position: str) -> Ways:
    ways = [some_alternative(chance, number, position) for number in range(1, chance.randint(2, 5))]
    for place, (before, after) in enumerate(pairwise(ways), 1):
        # Neighbours often share an education.
        if kinds(before) == kinds(after) == ["education", "experience"] and chance.random() < 0.7:
            ways[place] = replace(after, conditions=(before.conditions[0], after.conditions[1]))
    return tuple(replace(way, number=number) for number, way in enumerate(ways, 1))


@pytest.mark.parametrize("seed", range(4))
def test_any_requirement_that_the_order_could_have_stated_is_read_back(seed: int) -> None:
    chance = random.Random(seed)
    law = explained()
    asked = {grade: some_requirement(chance, law[grade].position) for grade in GRADES}
    assert read_back({grade: words(law[grade].position, ways, "kk") for grade, ways in asked.items()}) == asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_different_requirements_have_different_sentences(language: Language) -> None:
    chance = random.Random(LANGUAGES.index(language))
    said: dict[str, Ways] = {}
    for _ in range(2000):
        ways = some_requirement(chance, "mechanic")
        assert said.setdefault(words("mechanic", ways, language), ways) == ways
    assert len(said) > 1500


# -- what the order could not have said ----------------------------------------------------------------------------


def experience(**asked: object) -> Ways:
    """General secondary education and the experience."""
    education = condition("education", levels=("general-secondary",))
    return (ExplainedAlternative(1, (education, condition("experience", **asked)), experience_not_required=False),)


UNSAID: Final[dict[str, tuple[Ways, dict[Language, str]]]] = {
    "months that are no years": (
        experience(speciality="economist", months=18),
        {"kk": "кемінде 18 ай", "ru": "не менее 18 месяцев", "en": "at least 18 months' experience"},
    ),
    "one month": (
        experience(speciality="economist", months=1),
        {"kk": "кемінде 1 ай", "ru": "не менее 1 месяца", "en": "at least 1 month's experience"},
    ),
    "the highest category": (
        experience(position="economist", category="highest", months=12),
        {"kk": "жоғары санатты экономист", "ru": "экономиста высшей категории", "en": "of the highest category"},
    ),
    "a field relevant to another position": (
        (ExplainedAlternative(1, (condition("education", levels=("tvet",), fields=("relevant-to-mechanic",)),), True),),
        {"kk": "механик лауазымына тиісті", "ru": "должности механика", "en": "the position of mechanic"},
    ),
    "training in another activity": (
        (ExplainedAlternative(1, (condition("training", activity="personnel"),
                                  condition("experience", activity="accounting-control", months=36)), False),),
        {"kk": "даярлық (кадр жұмысы)", "ru": "программе (кадровая работа)", "en": "programme (personnel work)"},
    ),
    "education alone": (
        (ExplainedAlternative(1, (condition("education", levels=("tvet",)),), False),),
        {"kk": "білім.", "ru": "образование.", "en": "education."},
    ),
    "experience alone": (
        (ExplainedAlternative(1, (condition("experience", speciality="economist", months=36),), False),),
        {"kk": "Мамандығы бойынша", "ru": "Стаж работы", "en": "At least 3 years'"},
    ),
}  # fmt: skip
"""Requirements that the grammar of the order has no sentence for, with what tells them in words."""


@pytest.mark.parametrize("what", UNSAID)
def test_what_the_order_could_not_have_said_is_said_and_not_misread(what: str) -> None:
    ways, signs = UNSAID[what]
    for language in LANGUAGES:
        assert signs[language] in words("economist", ways, language)
    with pytest.raises(SourceError, match="the grammar does not cover"):
        parsed("economist", words("economist", ways, "kk"))


@pytest.mark.parametrize(
    ("years", "ru", "en"),
    [(1, "1 года", "1 year's"), (2, "2 лет", "2 years'"), (5, "5 лет", "5 years'"), (11, "11 лет", "11 years'"),
     (21, "21 года", "21 years'"), (111, "111 лет", "111 years'"), (121, "121 года", "121 years'")],
)  # fmt: skip
def test_numbers_govern_the_word_behind_them(years: int, ru: str, en: str) -> None:
    ways = experience(speciality="economist", months=12 * years)
    assert f"не менее {ru}." in words("economist", ways, "ru")
    assert f"at least {en} experience" in words("economist", ways, "en")
    assert f"кемінде {years} жыл жұмыс өтілі" in words("economist", ways, "kk")


# -- conditions by themselves --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (condition("education", levels=("tvet",)),
         "technical and vocational (specialised secondary, vocational secondary) education (field not named)"),
        (condition("education", levels=("higher",), fields=("law",)),
         "higher education in a direction of training (law)"),
        (condition("education", levels=("postgraduate",), fields=("relevant-to-economist",)),
         "postgraduate education in the relevant direction of training"),
        (condition("training", activity="personnel"),
         "special training under an established programme (personnel work)"),
        (condition("experience", position="lawyer", category="first", months=24),
         "at least 2 years' experience in the position of lawyer of the first category (or of a higher category)"),
        (condition("experience", position="lawyer", months=24),
         "at least 2 years' experience in the position of lawyer"),
        (condition("experience", speciality="economist", months=24),
         "at least 2 years' experience in the speciality (Economist)"),
        (condition("experience", activity="personnel", months=24),
         "at least 2 years' experience in the profile (personnel work)"),
        (condition("experience", activity="accounting-control", months=24),
         "at least 2 years' experience in accounting and control"),
    ],
)  # fmt: skip
def test_a_condition_by_itself_says_what_its_words_leave_open(asked: ExplainedCondition, sentence: str) -> None:
    assert Verbaliser("en", partial(name, language="en"), "economist").condition(asked) == sentence


# -- where the words come from -------------------------------------------------------------------------------------


def test_no_word_of_the_order_is_read() -> None:
    """Neither quotes nor names of individuals, but for those of the schemes."""
    terms = {expand(f"oa:{term}") for term in ("exact", "prefix", "suffix")}
    terms |= {expand(term) for term in ("bilik:wording", "skos:altLabel", "rdfs:label")}
    blind = {
        node: {term: ["?"] * len(values) if term in terms else values for term, values in said.items()}
        for node, said in LAW.items()
    }
    seen, unseen = explained(), explained(blind)
    assert {word for said in unseen.values() for word in said.words} == {"?"}
    for grade, said in unseen.items():
        for language in LANGUAGES:
            expected = words(seen[grade].position, seen[grade].alternatives, language)
            assert words(said.position, said.alternatives, language) == expected


def test_every_concept_of_a_requirement_has_its_forms() -> None:
    needed = {"position": set(POSTS)} | {scheme: set(codes(scheme)) for scheme in ("level", "category", "activity")}
    forms = verbaliser._word_forms()
    assert {kind: set(said) for kind, said in forms.items()} == needed | {"number": {"one"}}
    for kind in needed:
        for key, said in forms[kind].items():
            assert set(LANGUAGES) <= set(said), key
            assert [form for lang in LANGUAGES if (form := said[lang]) != form.strip() or strange(lang, form)] == []


def test_a_concept_without_forms_is_named_in_the_error() -> None:
    with pytest.raises(BilikError, match=r"^data/registry/word-forms\.toml has no \[position\.pilot\]: add .*$"):
        words("economist", experience(position="pilot", months=12), "ru")


# -- where the words go --------------------------------------------------------------------------------------------


def test_what_the_words_amount_to_changes_no_sentence() -> None:
    """Levels that count all the more, codes and categories are remarks on a condition; the sentence stays."""
    compiled = compiled_law()
    for grade, said in explained().items():
        with_meaning = explain_grade(grade, LAW, compiled)
        assert with_meaning.alternatives != said.alternatives
        for language in LANGUAGES:
            sentence = words(said.position, with_meaning.alternatives, language)
            assert sentence == words(said.position, said.alternatives, language)


def test_messages_of_the_shapes_are_the_sentences() -> None:
    store = ox.Store()
    for path in sorted((ROOT / "shapes" / "qualification").glob("*.ttl")):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    messages: dict[tuple[str, str], list[str]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(expand("sh:message")), None):
        assert isinstance(quad.object, ox.Literal)
        messages.setdefault((code(str(quad.subject.value)), str(quad.object.language)), []).append(quad.object.value)  # type: ignore[union-attr]
    for grade, said in explained().items():
        for language in LANGUAGES:
            told = Verbaliser(language, partial(name, language=language), said.position)
            asked = {"": told.requirement(said.alternatives)}
            for way in said.alternatives:
                asked[f"-{way.number}"] = told.alternative(way)
                asked |= {f"-{way.number}-{part.kind}": told.condition(part) for part in way.conditions}
            for suffix, sentence in asked.items():
                for family in ("", "-possible"):
                    [message] = messages[f"{grade}{suffix}{family}", language]
                    assert f": {sentence}." in message


class _Page(HTMLParser):
    """The cells of a page by row, each a list of its paragraphs; elements have to be closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: dict[str, list[tuple[str, list[str]]]] = {}
        self.row: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "tr":
            self.row = self.rows.setdefault(str(said.get("id")), [])
        if tag == "td":
            self.row.append((str(said["lang"]), []))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["p"] and "td" in self.open:
            self.row[-1][1].append(data)


def test_the_page_shows_the_order_beside_the_sentences() -> None:
    page = _Page()
    page.feed((ROOT / IN_WORDS).read_text(encoding="utf-8"))
    page.close()
    assert page.open == []
    rows = {grade: cells for grade, cells in page.rows.items() if grade != "None"}
    graph = explained()
    in_order = sorted(GRADES, key=lambda grade: int(LAW[expand("grade:") + grade][expand("bilik:ordinal")][0]))
    assert list(rows) == in_order
    order = " ".join(ORDER.source.raw.split())
    for grade, [(language, said), *cells] in rows.items():
        assert (language, said) == ("kk", [grade, *graph[grade].words])
        assert all(quoted in order for quoted in said[1:])
        assert [language for language, _ in cells] == list(LANGUAGES)
        for language, (title, sentence) in cells:
            assert title == name(f"grade:{grade}", language)  # type: ignore[arg-type]
            assert sentence == words(graph[grade].position, graph[grade].alternatives, language)  # type: ignore[arg-type]


def test_the_page_escapes_what_it_shows() -> None:
    said = replace(explained()["economist"], words=("a <b> & c",))
    names = {language: dict.fromkeys(LAW, f"<{language}>") for language in LANGUAGES}
    page = side_by_side([said], names)
    assert "<p>a &lt;b&gt; &amp; c</p>" in page
    assert "&lt;ru&gt;" in page
    assert text("side-by-side-title", "en") in page
