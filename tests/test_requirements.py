"""The requirement clauses against ``requirements.yaml``, a table read from the text by a person: in the parse, in the
graph, in the spans quoted; the readings of unclear wordings; and that nothing the grammar does not cover is accepted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from rdflib import Graph
from rdflib.namespace import SKOS
from rdflib.term import Node, URIRef

from bilik.build import ORDER as ORDER_KEY
from bilik.build import read_order
from bilik.errors import SourceError
from bilik.extract.graph import iri
from bilik.extract.registry import Registry
from bilik.extract.requirements import AlternativeText, EducationText, RequirementClause, read_requirements
from bilik.extract.structure import Piece, Structure
from bilik.extract.text import SourceText, read_source
from bilik.namespaces import code
from bilik.turtle import read_turtle

ROOT: Final = Path(__file__).resolve().parents[1]
ORDER: Final = read_order(ROOT)
RAW: Final = ORDER.source.raw
RANKS: Final = ("none", "second", "first", "highest")
TABLE: Final[dict[int, dict[str, list[dict[str, Any]]]]] = yaml.safe_load(
    (Path(__file__).parent / "requirements.yaml").read_text(encoding="utf-8")
)
EXPECTED: Final = {grade: alternatives for grades in TABLE.values() for grade, alternatives in grades.items()}


def slug(position: str, tier: str | None, category: str | None) -> str:
    """The grade's key."""
    return "-".join(part for part in (position, tier, category) if part)


#: grade → (clause number, what the parse has).
PARSED: Final = {
    slug(clause.position, grade.tier, grade.category): (int(clause.provision.rpartition("-")[2]), grade)
    for clause in ORDER.clauses
    for grade in clause.grades
}


@pytest.fixture(scope="module")
def law() -> Graph:
    """The committed law graph."""
    return read_turtle(*sorted((ROOT / "data" / ORDER_KEY).glob("*.ttl")))


# -- the table -----------------------------------------------------------------------------------------------------


def as_row(position: str, alternative: AlternativeText) -> dict[str, Any]:
    """An alternative of the parse in the form of the table."""
    row: dict[str, Any] = {}
    if education := alternative.education:
        row["levels"] = list(education.levels)
        if education.relevant or education.fields:
            row["fields"] = ["relevant"] if education.relevant else list(education.fields)
    if experience := alternative.experience:
        counted = {experience.kind: experience.of or position}
        category = {"category": experience.category} if experience.category else {}
        row["experience"] = counted | category | {"months": experience.months}
        if alternative.training:
            row["training"] = experience.of
    if alternative.no_experience:
        row["no_experience"] = True
    return row


def test_the_table_has_every_grade_in_the_order_of_the_text() -> None:
    assert len(EXPECTED) == 50
    assert [(number, grade) for number, grades in TABLE.items() for grade in grades] == [
        (number, grade) for grade, (number, _) in PARSED.items()
    ]


@pytest.mark.parametrize("grade", EXPECTED)
def test_alternatives_as_parsed(grade: str) -> None:
    number, found = PARSED[grade]
    position = next(clause.position for clause in ORDER.clauses if clause.provision == f"{ORDER_KEY}-cl-{number}")
    assert [as_row(position, alternative) for alternative in found.alternatives] == EXPECTED[grade]


def as_graph_row(law: Graph, position: str, alternative: Node) -> dict[str, Any]:
    """An alternative of the graph in the form of the table; levels and fields are sorted."""

    def codes(subject: Node, term: str) -> list[str]:
        return sorted(code(str(value)) for value in law.objects(subject, iri(term)))

    row: dict[str, Any] = {}
    for condition in law.objects(alternative, iri("bilik:hasCondition")):
        kind = str(condition).rpartition("-")[2]
        if kind == "education":
            row["levels"] = codes(condition, "bilik:acceptsEducationLevel")
            if fields := codes(condition, "bilik:acceptsField"):
                row["fields"] = ["relevant"] if fields == [f"relevant-to-{position}"] else fields
        elif kind == "training":
            [row["training"]] = codes(condition, "bilik:requiresActivity")
        else:
            experience: dict[str, Any] = {}
            for of in codes(condition, "bilik:countsPosition"):
                is_group = (iri(f"position:{of}"), None, iri("bilik:PositionGroup")) in law
                experience["group" if is_group else "position"] = of
            for term, key in (
                ("bilik:countsSpecialityOf", "speciality"),
                ("bilik:countsActivity", "activity"),
                ("bilik:minimumCategory", "category"),
            ):
                for value in codes(condition, term):
                    experience[key] = value
            months = law.value(condition, iri("bilik:minimumMonths"), any=False)
            row["experience"] = experience | {"months": int(str(months))}
    if law.value(alternative, iri("bilik:experienceNotRequired")):
        row["no_experience"] = True
    return row


@pytest.mark.parametrize("grade", EXPECTED)
def test_alternatives_in_the_graph(law: Graph, grade: str) -> None:
    node = iri(f"grade:{grade}")
    position = code(str(law.value(node, iri("bilik:isGradeOf"), any=False)))
    requirement = law.value(node, iri("bilik:hasRequirement"), any=False)
    alternatives = {
        int(str(law.value(alternative, iri("bilik:alternativeNumber"), any=False))): alternative
        for alternative in law.objects(requirement, iri("bilik:hasAlternative"))
    }
    expected = [
        {key: sorted(value) if key in ("levels", "fields") else value for key, value in row.items()}
        for row in EXPECTED[grade]
    ]
    found = [as_graph_row(law, position, alternatives[number]) for number in sorted(alternatives)]
    assert sorted(alternatives) == list(range(1, len(expected) + 1))
    assert found == expected
    number, _ = PARSED[grade]
    assert law.value(node, iri("bilik:isStatedIn"), any=False) == iri(f"law:{ORDER_KEY}-cl-{number}")


def test_the_graph_has_no_other_alternative_or_condition(law: Graph) -> None:
    rows = [row for alternatives in EXPECTED.values() for row in alternatives]
    parts = {"EducationCondition": "levels", "TrainingCondition": "training", "ExperienceCondition": "experience"}
    counts = {cls: sum(1 for row in rows if key in row) for cls, key in parts.items()} | {"Alternative": len(rows)}
    assert counts == {"Alternative": 97, "EducationCondition": 96, "TrainingCondition": 3, "ExperienceCondition": 75}
    for cls, count in counts.items():
        assert len(set(law.subjects(None, iri(f"bilik:{cls}")))) == count


# -- readings ------------------------------------------------------------------------------------------------------


def nodes_with(law: Graph, reading: str) -> set[str]:
    """prefix-free keys of the requirement, alternative and condition nodes that hang on a reading."""
    prefixes = ("requirement", "alternative", "condition")
    subjects = {str(node) for node in law.subjects(iri("bilik:dependsOnInterpretation"), iri(f"reading:{reading}"))}
    return {f"{prefix}:{code(node)}" for node in subjects for prefix in prefixes if f"/id/{prefix}/" in node}


def keys(kind: str, rows: Iterable[str], part: str = "") -> set[str]:
    """``keys("condition", ["engineer-2"], "education")`` → ``{"condition:engineer-2-education"}``."""
    return {f"{kind}:{row}{f'-{part}' if part else ''}" for row in rows}


def alternatives_where(**asked: object) -> Iterator[str]:
    """Keys of the table's alternatives that have all the given values; ``...`` stands for any value."""
    for grade, rows in EXPECTED.items():
        for number, row in enumerate(rows, 1):
            if all(key in row and value in (..., row[key]) for key, value in asked.items()):
                yield f"{grade}-{number}"


ENTRY: Final = ("translator", "lawyer", "legal-consultant", "laboratory-assistant", "mechanic", "economist")
"""Positions of the clauses in which two educations share «жұмыс өтіліне талаптар қойылмайды»."""


@pytest.mark.parametrize(
    ("reading", "nodes"),
    [
        ("no-experience-scope", keys("alternative", (f"{position}-{n}" for position in ENTRY for n in (1, 2)))),
        ("unlabelled-highest",
         keys("requirement", (f"{position}-high-highest" for position in ("engineer", "accountant", "mechanic")))),
        ("no-education-named", {"alternative:accountant-mid-2"}),
        ("speciality-or-qualification", {"condition:engineer-2-education"}),
        ("vocational-technical-secondary", {"condition:mechanic-2-education"}),
        ("technical-secondary-gloss",
         keys("condition", ("technician-mid-first-1", "technician-mid-first-2"), "education")),
        ("left-modifier-scope", keys("condition", ("translator-2", "laboratory-assistant-2"), "education")),
        ("relevant-direction-wider", {"condition:accountant-high-2-education"}),
        ("general-secondary-included", {"condition:hr-inspector-3-education"}),
        ("profile-is-personnel", {"condition:hr-inspector-3-experience"}),
        ("training-subject",
         keys("condition", ("accountant-high-2", "accountant-mid-2", "hr-inspector-3"), "training")),
        ("engineering-technical-group",
         keys("condition", (f"engineer-mid-{c}-1" for c in ("highest", "first", "second")), "experience")),
        ("post-secondary-omitted",
         keys("condition", ("technician-mid-first-1", "technician-mid-first-2", "technician-mid-none-1", "lawyer-2",
                            "accountant-mid-1", "laboratory-assistant-2", "mechanic-2", "economist-2",
                            "economist-mid-first-1", "economist-mid-first-2"), "education")),
        ("field-bracket",
         keys("condition", ("hr-inspector-2", *(f"accountant-mid-{c}-{n}" for c in ("highest", "first", "second")
                                               for n in (1, 2))), "education")),
        ("comma",
         keys("alternative", ("accountant-high-2", "hr-inspector-3"))
         | keys("condition", alternatives_where(levels=["tvet", "post-secondary"]), "education")
         | keys("condition", alternatives_where(fields=["economics", "law"]), "education")),
        ("tvet-gloss",
         keys("condition", {*alternatives_where(levels=["tvet", "post-secondary"]),
                            *alternatives_where(levels=["tvet"])}
              - {"technician-mid-first-1", "technician-mid-first-2", "mechanic-2"}, "education")),
        ("months-reckoning", keys("condition", alternatives_where(experience=...), "experience")),
        ("any-employer", keys("condition", alternatives_where(experience=...), "experience")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_readings_stand_where_the_text_is_unclear(law: Graph, reading: str, nodes: set[str]) -> None:
    assert nodes
    assert nodes_with(law, reading) == nodes


def experiences(*kinds: str) -> dict[str, dict[str, Any]]:
    """alternative → its experience in the table, of the kinds."""
    return {
        key: row["experience"]
        for grade, rows in EXPECTED.items()
        for key, row in ((f"{grade}-{number}", row) for number, row in enumerate(rows, 1))
        if set(kinds) & set(row.get("experience", {}))
    }


def test_readings_of_experience(law: Graph) -> None:
    served = experiences("position", "group")
    ranked = {key for key, experience in served.items() if experience.get("category") in ("first", "second")}
    assert len(ranked) == 24
    for reading in ("category-or-higher", "tier-not-asked"):
        assert nodes_with(law, reading) == keys("condition", ranked, "experience")
    assert nodes_with(law, "no-category-named") == keys("condition", set(served) - ranked, "experience")
    assert nodes_with(law, "speciality-by-position") == keys("condition", experiences("speciality"), "experience")


def test_either_experience_makes_two_alternatives_that_hang_on_the_scope_of_or(law: Graph) -> None:
    grades = {key.rpartition("-")[0] for key in experiences("speciality")}
    assert len(grades) == 36
    assert nodes_with(law, "or-scope") == keys("alternative", (f"{grade}-{n}" for grade in grades for n in (1, 2)))


def test_readings_of_silence_on_the_field(law: Graph) -> None:
    silent = {
        f"{grade}-{number}"
        for grade, rows in EXPECTED.items()
        for number, row in enumerate(rows, 1)
        if "levels" in row and "fields" not in row and row["levels"] != ["general-secondary"]
    }
    stated = set(alternatives_where(fields=...))
    assert nodes_with(law, "field-not-stated") == keys("condition", silent, "education")
    assert nodes_with(law, "field-members") == keys("condition", stated, "education")


def test_readings_of_tiers_and_clauses(law: Graph) -> None:
    mid = {grade for grade in EXPECTED if "-mid" in grade}
    educations = {key for key in alternatives_where(levels=...) if key.rpartition("-")[0] in mid}
    assert nodes_with(law, "a-fortiori-mid-tier") == keys("condition", educations, "education")
    # Positions whose categories have a clause of their own beside the entry clause: 9/10, 13/14, 23/24, 33/34, 43/44.
    alone = {grade for number in (10, 14, 24, 34, 44) for grade in TABLE[number]}
    assert nodes_with(law, "clauses-stand-alone") == keys("requirement", alone)
    amended = set(EXPECTED) - set(TABLE[6])
    assert nodes_with(law, "amendment-in-force") == keys("requirement", amended)


# -- spans ---------------------------------------------------------------------------------------------------------


def part(grade: str, alternative: int, name: str) -> str:
    """The source words of a part of an alternative."""
    found = PARSED[grade][1].alternatives[alternative - 1]
    start, end = found.no_experience or (0, 0) if name == "no_experience" else getattr(found, name).span
    return RAW[start:end]


@pytest.mark.parametrize(
    ("grade", "alternative", "name", "words"),
    [
        ("technician-mid-first", 1, "education", "техникалық және кәсіптік (техникалық орта) білім"),
        ("technician-mid-first", 2, "experience", "мамандығы \nбойынша кемінде 4 жыл жұмыс өтілі"),
        ("technician-mid-highest", 1, "experience", "бiрiншi санатты техник лауазымындағы кемінде 3 жыл \n"
         "жұмыс өтілі"),
        ("technician-mid-none", 1, "no_experience", "жұмыс \nөтіліне талаптар қойылмайды"),
        ("engineer", 2, "education", "тиісті мамандық (\nбіліктілік) бойынша техникалық және кәсіптік (арнайы орта, "
         "кәсіптік орта), орта \nбілімнен кейінгі білім"),
        ("engineer-mid-second", 1, "experience", "инженерлік-техникалық лауазымдардағы кемінде 1 жыл \nжұмыс өтілі"),
        ("accountant-high", 1, "education", "кадрларды даярлаудың бағыты бойынша жоғары (немесе жоғары оқу орнынан \n"
         "кейінгі) білім (қаржы-экономикалық білім)"),
        ("accountant-high", 2, "training", "белгіленген бағдарлама бойынша арнайы даярлық"),
        ("accountant-high", 2, "experience", "есеп \nжәне бақылау бойынша кемінде 3 жыл жұмыс өтілі"),
        ("accountant-mid", 1, "education", "техникалық және кәсіптік (қаржы-экономикалық) (арнайы орта, кәсіптік орта) "
         "білім"),
        ("accountant-mid", 2, "training", "белгіленген бағдарлама бойынша арнайы \nдаярлық"),
        ("accountant-high-first", 1, "experience", "екінші санатты бухгалтер\n\n\n\nлауазымындағы кемінде 2 жыл жұмыс "
         "өтілі"),
        ("accountant-mid-second", 1, "experience", "санаты жоқ бухгалтер \nлауазымындағы бойынша кемінде 1 жыл жұмыс "
         "өтілі"),
        ("lawyer", 2, "education", "техникалық және кәсіптік (арнайы орта, кәсіптік орта) \n(заң) білім"),
        ("hr-inspector", 2, "education", "техникалық және кәсіптік (арнайы орта, кәсіптік орта), орта білімнен "
         "кейінгі (\nэкономикалық, заң) білім"),
        ("hr-inspector", 3, "education", "жалпы орта \nбілім"),
        ("hr-inspector", 3, "experience", "бейіні бойынша кемінде 3 \nжыл жұмыс өтілі"),
        ("mechanic", 2, "education", "кәсіптік (техникалық) орта білім"),
        ("psychologist-high-second", 1, "education", "кадрларды даярлаудың бағыты бойынша жоғары (немесе жоғары \nоқу "
         "орнынан кейінгі) білім (психология саласында білім)"),
    ],
)  # fmt: skip
def test_spans_of_conditions_quote_their_words(grade: str, alternative: int, name: str, words: str) -> None:
    assert part(grade, alternative, name) == words


@pytest.mark.parametrize("grade", EXPECTED)
def test_every_span_begins_and_ends_at_words_of_its_clause(grade: str) -> None:
    number, found = PARSED[grade]
    lines = [p for p in ORDER.structure.of_kind("requirement-line") if p.provision == f"{ORDER_KEY}-cl-{number}"]
    spans = [*found.spans, *(span for alternative in found.alternatives for span in alternative.spans)]
    for start, end in spans:
        assert lines[0].start <= start < end <= lines[-1].end
        assert RAW[start:end] == RAW[start:end].strip()
        assert not RAW[start - 1].isalpha()
        assert not RAW[end].isalpha()
    for alternative in found.alternatives:
        assert alternative.spans == tuple(sorted(alternative.spans))
        assert all(left[1] <= right[0] for left, right in pairwise(alternative.spans))
        education = alternative.education
        if education:
            assert RAW[slice(*education.span)].endswith(("білім", "білім)"))


def test_spans_of_a_grade_are_its_tier_and_its_line() -> None:
    heading, line = PARSED["engineer-high-highest"][1].spans
    assert RAW[slice(*heading)] == "біліктілігі жоғары денгейдегі маман"
    assert RAW[slice(*line)].startswith("кадрларды даярлаудың тиісті бағыты")
    assert RAW[slice(*line)].endswith("кемінде 5 жыл жұмыс өтілі;")
    [only] = PARSED["sociologist"][1].spans
    assert RAW[slice(*only)].startswith("кадрларды даярлаудың тиісті")
    labelled = PARSED["mechanic-high-second"][1].spans[-1]
    assert RAW[slice(*labelled)].startswith("екінші санаттағы: ")


# -- what is not covered stops -------------------------------------------------------------------------------------

FOREIGN: Final = "шебер"
"""A word that no wording of the order has."""

ACCEPTED_DELETIONS: Final = {
    # «лауазымындағы бойынша» says no more than «лауазымындағы»: the word is superfluous where it stands.
    (14, "лауазымындағы", "бойынша", "кемінде"),
    # «(техникалық) білім» in place of «(техникалық орта) білім» is a sentence of the grammar with another meaning: a
    # field instead of a level's name. That the words are there is what the table and the recorded sha256 stand for.
    (6, "техникалық", "орта", "білім"),
}
"""Deletions of one word after which the sentence is still covered: (clause, word before, word, word behind)."""


def sentence(number: int) -> str:
    """The words of a requirement clause, normalised, in lower case."""
    lines = [p for p in ORDER.structure.of_kind("requirement-line") if p.provision == f"{ORDER_KEY}-cl-{number}"]
    return ORDER.source.normalise(lines[0].start, lines[-1].end).text.lower()


def parse(text: str, registry: Registry = ORDER.registry) -> RequirementClause:
    """One clause of the given words."""
    line = Piece("requirement-line", 0, len(text), text, "clause-x", "economist")
    [clause] = read_requirements(SourceText(text, text, {}), Structure((line,), ()), registry, RANKS)
    return clause


def words_in_context() -> dict[int, list[tuple[int, int, tuple[str, str, str]]]]:
    """clause → (start, end, context) of its words, where the context is the word between its neighbours.

    The clauses repeat each other's sentences, so a context is kept where it comes first; of every clause the first,
    the middle and the last word are kept anyway.
    """
    found: dict[int, list[tuple[int, int, tuple[str, str, str]]]] = defaultdict(list)
    seen: set[tuple[str, str, str]] = set()
    for number in TABLE:
        words = list(re.finditer(r"[\w-]+", sentence(number)))
        texts = ["", *(word.group() for word in words), ""]
        always = {0, len(words) // 2, len(words) - 1}
        for place, word in enumerate(words):
            context = (texts[place], texts[place + 1], texts[place + 2])
            if context not in seen or place in always:
                seen.add(context)
                found[number].append((word.start(), word.end(), context))
    return found


WORDS: Final = words_in_context()


def refusal(text: str) -> re.Match[str]:
    """The parts of the message with which the words are refused."""
    with pytest.raises(SourceError) as caught:
        parse(text)
    message = str(caught.value)
    found = re.fullmatch(
        r"clause-x: the grammar does not cover source characters (?P<start>\d+)-(?P<end>\d+) \(line 1\): "
        r"'(?P<words>.+)'(?P<early> ends too early)?",
        message,
    )
    assert found, message
    start, end = int(found["start"]), int(found["end"])
    assert 0 <= start < end <= len(text)
    # What the error shows is normalised: a word cut out here leaves two spaces in the text itself.
    assert "".join(text[start:end].split()) == "".join(found["words"].split())
    return found


def test_words_are_taken_from_every_clause() -> None:
    assert set(WORDS) == set(TABLE)
    assert sum(len(words) for words in WORDS.values()) > 250


@pytest.mark.parametrize("number", TABLE)
def test_a_foreign_word_in_place_of_any_word_is_refused(number: int) -> None:
    text = sentence(number)
    for start, end, _ in WORDS[number]:
        found = refusal(text[:start] + FOREIGN + text[end:])
        assert int(found["start"]) <= start < int(found["end"])


@pytest.mark.parametrize("number", TABLE)
def test_a_foreign_word_behind_any_word_is_refused(number: int) -> None:
    text = sentence(number)
    for _, end, _ in WORDS[number]:
        found = refusal(f"{text[:end]} {FOREIGN}{text[end:]}")
        assert int(found["start"]) <= end + 1 < int(found["end"])


@pytest.mark.parametrize("number", TABLE)
def test_words_behind_the_end_are_refused(number: int) -> None:
    text = sentence(number)
    for tail in (FOREIGN, "немесе жалпы орта білім", text.rpartition(" ")[2]):
        found = refusal(f"{text} {tail}")
        assert found["words"].startswith(tail)


@pytest.mark.parametrize("number", TABLE)
def test_a_word_missing_is_refused(number: int) -> None:
    text = sentence(number)
    for start, end, context in WORDS[number]:
        shortened = text[:start] + text[end:]
        if (number, *context) in ACCEPTED_DELETIONS:
            assert parse(shortened)
        else:
            refusal(shortened)


@pytest.mark.parametrize("number", TABLE)
def test_a_sentence_without_its_end_is_refused(number: int) -> None:
    text = sentence(number)
    assert refusal(text[:-1])["early"]
    assert refusal(text[: len(text) // 2])


def test_accepted_deletions_are_those_listed() -> None:
    listed = {(number, *context) for number, words in WORDS.items() for _, _, context in words}
    assert listed >= ACCEPTED_DELETIONS
    shortened = parse(sentence(6).replace("(техникалық орта)", "(техникалық)"))
    education = shortened.grades[1].alternatives[0].education
    assert isinstance(education, EducationText)
    assert education.fields == ("technical",)


@pytest.mark.parametrize("number", TABLE)
def test_the_error_names_clause_characters_line_and_words_of_the_file(number: int) -> None:
    lines = [p for p in ORDER.structure.of_kind("requirement-line") if p.provision == f"{ORDER_KEY}-cl-{number}"]
    at = RAW.rindex(" ", 0, lines[-1].end) + 1
    raw = f"{RAW[:at]}{FOREIGN}{RAW[at:]}"
    source = read_source(raw, ORDER.registry.look_alikes, ORDER.registry.slips)
    moved = tuple(replace(line, end=line.end + (len(FOREIGN) if line is lines[-1] else 0)) for line in lines)
    with pytest.raises(SourceError) as caught:
        read_requirements(source, Structure(moved, ()), ORDER.registry, RANKS)
    found = re.match(
        rf"{ORDER_KEY}-cl-{number}: the grammar does not cover source characters (\d+)-(\d+) \(line (\d+)\): '(.+)'",
        str(caught.value),
    )
    assert found
    start, end, line = (int(found[group]) for group in (1, 2, 3))
    assert start <= at < end
    assert line == raw.count("\n", 0, start) + 1
    assert " ".join(raw[start:end].split()).lower() == found[4]


# -- nothing is guessed --------------------------------------------------------------------------------------------


def test_a_wording_that_reads_in_two_ways_is_refused() -> None:
    words = ORDER.registry.words
    activities = {**words.activities, "of-the-speciality": ("мамандығы",)}
    registry = replace(ORDER.registry, words=replace(words, activities=activities))
    text = sentence(37)
    with pytest.raises(SourceError, match=r"clause-x: source characters \d+-\d+ can be read in two ways") as caught:
        parse(text, registry)
    start, end = (int(number) for number in re.findall(r"\d+", str(caught.value))[:2])
    assert "мамандығы бойынша кемінде" in text[start:end]


def test_a_wording_with_two_codes_is_refused() -> None:
    words = ORDER.registry.words
    registry = replace(ORDER.registry, words=replace(words, fields={**words.fields, "jurisprudence": ("заң",)}))
    with pytest.raises(SourceError, match="the registry gives 'заң' two codes: law and jurisprudence"):
        parse(sentence(17), registry)


def test_two_lines_on_one_grade_are_refused() -> None:
    text = sentence(37).replace("екінші санатты: ", "бірінші санатты: ")
    with pytest.raises(SourceError, match=r"\(line 1\) repeat tier and category of a line before: high, first"):
        parse(text)
    unlabelled = sentence(10).replace("бірінші санатты: ", "жоғары санатты: ", 1)
    with pytest.raises(SourceError, match=r"\(line 1\) repeat tier and category of a line before: high, highest"):
        parse(unlabelled)


def test_a_wrapped_level_or_gloss_that_the_registry_lacks_is_refused() -> None:
    words = ORDER.registry.words
    glosses = (*words.glosses, {"of": "higher", "text": "академия", "reading": "tvet-gloss"})
    registry = replace(ORDER.registry, words=replace(words, glosses=glosses))
    text = sentence(23).replace("арнайы орта, кәсіптік орта", "академия")
    with pytest.raises(SourceError, match=r"clause-x: .*академия.* is no gloss of the level 'tvet' in the registry"):
        parse(text, registry)


def test_a_requirement_that_is_none_of_the_order_s_is_read_by_the_same_grammar() -> None:
    clause = parse("жалпы орта білім мен екінші санатты механик лауазымындағы кемінде 7 жыл жұмыс өтілі.")
    [grade] = clause.grades
    [alternative] = grade.alternatives
    assert as_row("economist", alternative) == {
        "levels": ["general-secondary"],
        "experience": {"position": "mechanic", "category": "second", "months": 84},
    }


def test_notations_are_the_slugs(law: Graph) -> None:
    grades = set(law.subjects(None, iri("bilik:Grade")))
    assert {str(law.value(grade, SKOS.notation, any=False)) for grade in grades} == set(EXPECTED)
    assert all(isinstance(grade, URIRef) for grade in grades)
