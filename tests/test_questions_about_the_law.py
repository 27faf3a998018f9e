"""What the questions about the law answer, for any value, against another way to the same answer: the order's text as
it stands, the table of requirements that a person read from it, the coverage ledger, the oracle's tables."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import Final

import pyoxigraph as ox
import pytest

from bilik.namespaces import PREFIXES, code, expand, shorten
from command_line import ROOT
from questions import Row, answer, columns, law
from requirement_table import (
    CATEGORIES,
    CLAUSE,
    GRADES,
    GROUP,
    IMPLIED_ACTIVITY,
    IMPLIED_FIELD,
    LAW,
    LEVELS,
    MEMBERS,
    MEMBERS_OF_GROUP,
    POSITIONS,
    REQUIREMENTS,
    SECTION,
    TABLE,
    TIERS,
    Alternative,
    category_of,
    tier_of,
)

SOURCE: Final = (ROOT / "data" / "source" / "order-775.kk.txt").read_text(encoding="utf-8")


@cache
def translations(language: str) -> dict[str, str]:
    """Prefixed name → text, of a table of translations."""
    with (ROOT / "data" / "translations" / f"{language}.csv").open(encoding="utf-8", newline="") as table:
        return {row["iri"]: row["text"] for row in csv.DictReader(table)}


def single_spaced(words: str) -> str:
    return " ".join(words.split())


def quads(predicate: str) -> list[tuple[str, str]]:
    """Subject and object of the statements with a predicate, as text."""
    found = law().quads_for_pattern(None, ox.NamedNode(expand(predicate)), None)
    return [(q.subject.value, q.object.value) for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)
            and isinstance(q.subject, ox.NamedNode)]  # fmt: skip


def test_the_table_has_all_alternatives() -> None:
    assert len(TABLE) == 97
    assert len(GRADES) == 50
    assert len(POSITIONS) == 13


# -- grades and what they ask ----------------------------------------------------------------------------------------


def test_category_ladders() -> None:
    ladders = [
        (position, tier, str(len(grades)), CLAUSE[grades[0]])
        for position in POSITIONS
        for tier in TIERS
        if (grades := [grade for grade in GRADES if LAW.position_of[grade] == position and tier_of(grade) == tier
                       and category_of(grade)])
    ]  # fmt: skip
    assert len(ladders) == 12
    assert answer("category-ladders") == ladders


@pytest.mark.parametrize("level", LEVELS)
def test_grades_that_ask_for_a_level_at_least(level: str) -> None:
    def lowest(alternatives: list[Alternative]) -> int:
        return min(min((LAW.levels[named] for named in one.levels), default=0) for one in alternatives)

    of_grade = {grade: lowest([one for one in TABLE if one.grade == grade]) for grade in GRADES}
    of_position = {position: lowest([one for one in TABLE if one.position == position]) for position in POSITIONS}
    least = LAW.levels[level]
    assert answer("higher-education-only", level=level) == [
        (LAW.position_of[grade], grade, str(of_position[LAW.position_of[grade]] >= least).lower(), CLAUSE[grade])
        for grade in GRADES
        if of_grade[grade] >= least
    ]


def test_positions_for_higher_education_only() -> None:
    rows = answer("higher-education-only")
    assert {row[0] for row in rows if row[2] == "true"} == {"hr-specialist", "psychologist", "sociologist"}


@pytest.mark.parametrize("level", LEVELS)
def test_grades_by_education_level(level: str) -> None:
    assert answer("grades-by-education-level", level=level) == [
        (one.grade, str(one.number), str(one.months or ""), one.clause) for one in TABLE if level in one.levels
    ]


FIELDS: Final = sorted({field for one in TABLE for field in one.fields})


@pytest.mark.parametrize("field", FIELDS)
def test_grades_by_field(field: str) -> None:
    assert len(FIELDS) == 10
    rows = [
        (one.grade, str(one.number), level, one.clause)
        for one in TABLE
        if field in one.fields
        for level in sorted(one.levels, key=lambda named: LAW.levels[named])
    ]
    assert rows
    assert answer("grades-by-field", field=field) == rows


@pytest.mark.parametrize("isced", ["0311", "0313", "0314", "041", "0411", "0421", "0542", "0613", "07", "0711", "0923"])
def test_grades_by_isced_code(isced: str) -> None:
    asked = {(one.grade, field) for one in TABLE for field in one.fields}
    rows = [
        (grade, field, CLAUSE[grade])
        for grade in GRADES
        for field in FIELDS
        if (grade, field) in asked and isced.startswith(MEMBERS[field])
    ]
    assert answer("grades-by-isced-code", code=isced) == rows


def test_members_of_fields() -> None:
    rows = answer("members-of-fields")
    listed = list(dict.fromkeys(columns(rows, 0, 1)))
    assert listed == [(field, member) for field, members in MEMBERS.items() for member in members]
    assert {row[0] for row in rows if row[3] == "field-members"} == set(MEMBERS)
    assert {row[0] for row in rows if row[3] != "field-members"} == {"relevant-to-accountant"}
    names = {"en": "Law", "kk": "Құқық", "ru": "Право"}
    for language, name in names.items():
        assert {row[2] for row in answer("members-of-fields", language=language) if row[1] == "0421"} == {name}


def test_positions_by_field() -> None:
    asked = {(field, one.position, one.clause) for one in TABLE for field in one.fields}
    assert answer("positions-by-field") == sorted(asked)


def test_education_without_a_field() -> None:
    rows = [
        (one.grade, str(one.number), level, one.clause)
        for one in TABLE
        if not one.fields
        for level in sorted(one.levels, key=lambda named: LAW.levels[named])
    ]
    assert len(rows) > 50
    assert answer("education-without-field") == rows


def test_alternatives_without_education() -> None:
    assert answer("alternatives-without-education") == [
        (one.grade, str(one.number), one.training, str(one.months), one.experience["activity"], "no-education-named",
         one.clause)
        for one in TABLE
        if not one.levels
    ]  # fmt: skip


def test_trainings_asked() -> None:
    rows = [
        (
            one.grade,
            str(one.number),
            one.training,
            level,
            field,
            str(one.months),
            one.experience["activity"],
            one.clause,
        )
        for one in TABLE
        if one.training
        for level in one.levels or ("",)
        for field in one.fields or ("",)
    ]
    assert len(rows) == 4
    assert answer("trainings-asked") == rows


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("most", [0, 11, 12, 36, 59, 60])
def test_open_within_months(level: str, most: int) -> None:
    rows = [one for one in TABLE if level in one.levels and one.months <= most]
    assert answer("open-within-months", level=level, most=str(most)) == [
        (one.grade, str(one.number), str(one.months), one.clause)
        for one in sorted(rows, key=lambda one: (one.months, GRADES.index(one.grade), one.number))
    ]


def asked(one: Alternative) -> set[tuple[str, str]]:
    """What an alternative asks for, as the graph puts it."""
    said = {("acceptsEducationLevel", level) for level in one.levels}
    said |= {("acceptsField", field) for field in one.fields}
    said |= {("requiresActivity", one.training)} if one.training else set()
    counted = {"position": "countsPosition", "group": "countsPosition", "speciality": "countsSpecialityOf",
               "activity": "countsActivity", "category": "minimumCategory", "months": "minimumMonths"}  # fmt: skip
    return said | {(counted[key], str(value)) for key, value in one.experience.items()}


@pytest.mark.parametrize("position", POSITIONS)
def test_tiers_compared(position: str) -> None:
    table = {(category_of(one.grade), one.number, tier_of(one.grade)): one for one in TABLE if one.position == position}
    differing = {
        (category or "", str(number), *said, tier)
        for (category, number, tier), one in table.items()
        for other in TIERS
        if tier and other != tier and any(key[0] == category and key[2] == other for key in table)
        for said in asked(one)
        - (asked(table[category, number, other]) if (category, number, other) in table else set())
    }
    rows = answer("tiers-compared", position=position)
    assert len(rows) == len(set(rows))
    assert set(rows) == differing
    assert bool(rows) is (position in {"accountant", "economist", "engineer", "laboratory-assistant", "mechanic"})
    order = [(-CATEGORIES.index(row[0]) if row[0] else 1, int(row[1]), row[2], TIERS.index(row[4])) for row in rows]
    assert order == sorted(order)


def test_what_positions_imply() -> None:
    rows = [
        (position, IMPLIED_ACTIVITY.get(position, ""), IMPLIED_FIELD.get(position, ""))
        for position in sorted({*IMPLIED_ACTIVITY, *IMPLIED_FIELD})
    ]
    assert answer("implied-by-positions") == rows


@pytest.mark.parametrize("activity", ["accounting-control", "personnel"])
def test_positions_implying_an_activity(activity: str) -> None:
    counting = [one for one in TABLE if one.experience.get("activity") == activity]
    assert counting
    assert answer("positions-implying-activity", activity=activity) == [
        (position, one.grade, str(one.number), str(one.months), one.clause)
        for position in POSITIONS
        if IMPLIED_ACTIVITY.get(position) == activity
        for one in counting
    ]


def test_grades_counting_a_group() -> None:
    counting = [one for one in TABLE if one.experience.get("group") == GROUP]
    assert len(counting) == 3
    assert answer("grades-counting-a-group") == [
        (member, one.grade, one.experience.get("category", ""), str(one.months), one.clause)
        for member in MEMBERS_OF_GROUP
        for one in counting
    ]


def said_of(position: str) -> set[tuple[str, str]]:
    """What the comparison of positions looks at."""
    alternatives = [one for one in TABLE if one.position == position]
    kinds = {"acceptsEducationLevel", "acceptsField", "requiresActivity", "countsActivity", "minimumMonths"}
    said = {(kind, value) for one in alternatives for kind, value in asked(one) if kind in kinds}
    for one in alternatives:
        said |= {("hasTier", tier)} if (tier := tier_of(one.grade)) else set()
        said |= {("hasCategory", category)} if (category := category_of(one.grade)) else set()
    said |= {("impliesActivity", IMPLIED_ACTIVITY[position])} if position in IMPLIED_ACTIVITY else set()
    said |= {("impliesField", IMPLIED_FIELD[position])} if position in IMPLIED_FIELD else set()
    said |= {("isMemberOf", GROUP)} if position in MEMBERS_OF_GROUP else set()
    return said | {("wording", row[1]) for row in answer("knowledge-of-position", position=position)}


@pytest.mark.parametrize(("one", "other"), [*permutations(("lawyer", "technician", "engineer", "hr-inspector"), 2)])
def test_positions_compared(one: str, other: str) -> None:
    rows = answer("positions-compared", position=one, other=other)
    here, there = said_of(one), said_of(other)
    assert len(rows) == len(set(rows))
    assert set(rows) == {(one, *said) for said in here - there} | {(other, *said) for said in there - here}
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


# -- duties and knowledge --------------------------------------------------------------------------------------------


@cache
def items(number: int) -> tuple[str, ...]:
    """The items of a clause of the text: lines that begin with six spaces, with those that continue them."""
    heading = rf"^      {number}\. (Лауазымды[қк] м[іi]ндеттер[іi]|Б[іi]луге ти[іi]с)[.:]"
    found = re.search(heading, SOURCE, re.MULTILINE)
    assert found, number
    rest = SOURCE[found.end() :]
    ended = re.search(rf"^ *{number + 1}\. ", rest, re.MULTILINE)
    assert ended, number
    lines = rest[: ended.start()].splitlines()
    texts: list[str] = []
    for line in lines[1:]:
        if line.startswith(" " * 6) and line.strip(" ;"):
            texts.append(line)
        elif texts and line.strip() and not re.match(r"\d+-параграф", line):
            texts[-1] += " " + line
    return tuple(single_spaced(text) for text in texts)


@cache
def of_position(question: str, position: str) -> tuple[Row, ...]:
    return tuple(answer(question, position=position))


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("question", ["duties-of-position", "knowledge-of-position"])
def test_duties_and_knowledge_are_the_items_of_the_text(question: str, position: str) -> None:
    rows = of_position(question, position)
    (clause,) = {row[-1] for row in rows}
    printed = items(int(clause.rpartition("-")[2]))
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(printed) + 1)]
    for (_, words, *_), text in zip(rows, printed, strict=True):
        # Slips and look-alike letters are put right: a letter may be another one, or one more or less.
        assert abs(letters(words) - letters(text)) <= 1, text


def letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def wordings() -> dict[str, set[str]]:
    """Wording without capitals → the positions that ask for this knowledge."""
    found: dict[str, set[str]] = defaultdict(set)
    for position in POSITIONS:
        for _, words, *_ in of_position("knowledge-of-position", position):
            found[words.lower()].add(position)
    return found


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("question", ["duties-of-position", "knowledge-of-position"])
def test_duties_and_knowledge_are_translated(question: str, position: str) -> None:
    kind = question.partition("-")[0].replace("duties", "duty")
    rows = of_position(question, position)
    for column, language in ((2, "ru"), (3, "en")):
        table = translations(language)
        assert [row[column] for row in rows] == [table[f"{kind}:{position}-{int(row[0]):02}"] for row in rows]


def test_shared_knowledge() -> None:
    asking = wordings()
    rows = {
        (str(len(asking[words.lower()])), words, russian, english, position, number, clause)
        for position in POSITIONS
        for number, words, russian, english, clause in of_position("knowledge-of-position", position)
        if len(asking[words.lower()]) > 1
    }
    found = answer("shared-knowledge")
    assert len(found) == len(rows) > 20
    assert set(found) == rows
    assert [int(row[0]) for row in found] == sorted((int(row[0]) for row in found), reverse=True)


@pytest.mark.parametrize("position", POSITIONS)
def test_unique_knowledge(position: str) -> None:
    asking = wordings()
    rows = of_position("knowledge-of-position", position)
    assert answer("unique-knowledge", position=position) == [row for row in rows if len(asking[row[1].lower()]) == 1]


@pytest.mark.parametrize("word", ["бюджет", "ЕҢБЕК", "есеп", "кадр", "ПРЕТЕНЗИ", "Labour", "ешқайда жоқ сөз"])
def test_items_with_a_word(word: str) -> None:
    kinds = {"Duty": "duties-of-position", "KnowledgeItem": "knowledge-of-position"}
    rows = [
        (position, kind, number, words, clause)
        for position in POSITIONS
        for kind, question in kinds.items()
        for number, kazakh, russian, english, clause in of_position(question, position)
        for words in (english, kazakh, russian)
        if word.lower() in words.lower()
    ]
    assert bool(rows) is ("жоқ" not in word)
    assert answer("items-with-word", word=word) == rows


# -- the text and its parts ------------------------------------------------------------------------------------------


def ledger() -> Iterator[dict[str, str]]:
    with (ROOT / "data" / "order-775" / "coverage.csv").open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def assert_quoted(start: str, end: str, words: str) -> None:
    assert single_spaced(SOURCE[int(start) : int(end)]) == words.strip()


@pytest.mark.parametrize("position", POSITIONS)
def test_everything_about_a_position(position: str) -> None:
    rows = answer("everything-about-position", position=position)
    for start, end, *_, words in rows:
        assert_quoted(start, end, words)
    assert [(int(row[0]), int(row[1])) for row in rows] == sorted((int(row[0]), int(row[1])) for row in rows)
    clauses = {f"law:{row[4]}" for row in rows}
    kinds = {"duty", "knowledge", "requirement-line", "note", "section-heading", "exclusion"}
    quoted = {place for row in rows for place in range(int(row[0]), int(row[1]))}
    told = [row for row in ledger() if row["provision"] in clauses and row["kind"] in kinds]
    assert {row["kind"] for row in told} >= {"duty", "knowledge", "requirement-line", "section-heading"}
    for row in told:
        text = SOURCE[int(row["start"]) : int(row["end"])]
        assert all(place in quoted for place, letter in enumerate(text, int(row["start"])) if letter.isalnum()), text
    assert [row[3] for row in rows][-1] == f"order-775-annex-row-{POSITIONS.index(position) + 1}"


@pytest.mark.parametrize("clause", [*REQUIREMENTS, 1, 12, 26, 41])
def test_what_was_read_out_of_a_clause(clause: int) -> None:
    key = f"order-775-cl-{clause}"
    rows = answer("read-out-of-clause", clause=key)
    for start, end, _, _, words in rows:
        assert_quoted(start, end, words)
    grades = {row[3] for row in rows if row[2] == "Grade"}
    assert grades == set(REQUIREMENTS.get(clause, ()))
    stated = {node for node, provision in quads("bilik:isStatedIn") if provision == expand(f"law:{key}")}
    quoted = {node for node, _ in quads("bilik:hasSourceQuote")}
    assert {row[3] for row in rows} == {code(node) for node in stated & quoted}


def test_excluded_posts() -> None:
    headings = re.findall(r"^(\d+)-параграф\. \S+\n\((.+?)\)$", SOURCE, re.MULTILINE)
    assert len(headings) == 2
    rows = answer("excluded-posts", language="kk")
    assert columns(rows, 0, 2, 3) == [
        (POSITIONS[int(number) - 1], "excluded-posts", f"order-775-sec-{number}") for number, _ in headings
    ]
    assert [len(row[1]) for row in rows] == [len(single_spaced(words)) for _, words in headings]


def test_index_of_positions() -> None:
    printed = re.findall(r"^(\d+)\. (.+?) \d+$", SOURCE[SOURCE.rindex("р/c№") :].replace("\n(", " ("), re.MULTILINE)
    rows = answer("index-of-positions")
    assert columns(rows, 0, 1, 2, 4) == [
        (str(number), position, SECTION[position], f"order-775-annex-row-{number}")
        for number, position in enumerate(POSITIONS, 1)
    ]
    assert [row[5].rpartition(" ")[0] for row in rows] == [
        f"{number}. {single_spaced(name)}" for number, name in printed
    ]
    assert {row[1] for row in rows if row[3] != row[5].split(" ", 1)[1].rpartition(" ")[0]} == {
        "engineer",
        "laboratory-assistant",
    }


NOTES: Final = [
    *re.finditer(r"(?<=^      )Ескерту\. (?:(\d+)-тармақ жаңа редакцияда|.+?толықтырылды)", SOURCE, re.MULTILINE)
]


def test_amendment_notes() -> None:
    assert len(NOTES) == 19
    rows = answer("amendment-notes")
    assert [int(row[0]) for row in rows] == [note.start() for note in NOTES]
    for row, note in zip(rows, NOTES, strict=True):
        _, name, provision, amended, added, words = row
        assert words == single_spaced(SOURCE[note.start() : note.start() + len(words) + 20])[: len(words)]
        assert name == f"{provision}-note"
        assert (bool(amended), bool(added)) == (bool(note[1]), not note[1])
        if note[1]:
            assert provision == f"order-775-cl-{note[1]}"
    assert [row[2] for row in rows if row[4]] == ["order-775-chapter-2", "order-775-annex"]


def test_wording_of_requirements() -> None:
    reworded = {f"order-775-cl-{note[1]}" for note in NOTES if note[1]}
    assert len(reworded) == 17
    assert answer("wording-of-requirements") == [
        (grade, CLAUSE[grade], "order-27-2021", "2021-02-04") if CLAUSE[grade] in reworded else
        (grade, CLAUSE[grade], "", "")
        for grade in GRADES
    ]  # fmt: skip


def test_parts_of_the_order() -> None:
    rows = answer("parts-of-the-order")
    starts = [int(row[0]) for row in rows]
    assert starts == sorted(starts)
    named = {row[1] for row in rows}
    assert len(named) == len(rows) == 85
    assert {row[2] for row in rows} <= named | {"order-775"}
    for start, part, whole, number, sha256, file in rows:
        assert re.fullmatch(r"[0-9a-f]{64}", sha256)
        assert file == "order-775.kk.txt"
        if re.search(r"-(cl|point|row)-\d+$", part):
            assert SOURCE[int(start) :].startswith(f"{number}. "), part
        if "-cl-" in part:
            assert re.fullmatch(r"order-775-(sec-\d+|chapter-2)", whole)
    assert len({row[4] for row in rows}) == len(rows)


# -- readings and discrepancies --------------------------------------------------------------------------------------


@cache
def relying() -> dict[str, set[str]]:
    """reading → the parts of requirements that depend on it."""
    found: dict[str, set[str]] = defaultdict(set)
    for node, reading in quads("bilik:dependsOnInterpretation"):
        if shorten(node).partition(":")[0] in ("requirement", "alternative", "condition"):
            found[code(reading)].add(code(node))
    return found


def grade_of(part: str) -> str:
    """The grade that the key of a part begins with: the longest that does."""
    return max((grade for grade in GRADES if re.match(rf"{grade}(-\d|$)", part)), key=len)


def test_requirements_by_reading() -> None:
    assert len(relying()) > 20
    for reading, parts in relying().items():
        rows = answer("requirements-by-reading", reading=reading)
        assert sorted(row[1] for row in rows) == sorted(parts)
        assert all(row[0] == grade_of(row[1]) and row[2] == CLAUSE[row[0]] for row in rows)
        assert [GRADES.index(row[0]) for row in rows] == sorted(GRADES.index(row[0]) for row in rows)


def test_readings_by_grade() -> None:
    counted = Counter(grade for parts in relying().values() for grade in {grade_of(part) for part in parts})
    ranked = sorted(GRADES, key=lambda grade: (-counted[grade], GRADES.index(grade)))
    assert answer("readings-by-grade") == [(grade, str(counted[grade]), CLAUSE[grade]) for grade in ranked]


def test_readings_and_their_wordings() -> None:
    readings = sorted(code(node) for node, kind in quads("rdf:type") if kind == expand("bilik:Interpretation"))
    in_english, in_kazakh = answer("readings"), answer("readings", language="kk")
    assert [row[0] for row in in_english] == [row[0] for row in in_kazakh] == readings
    assert all(row[5] and row[6] and row[7] for row in (*in_english, *in_kazakh))
    assert not {row[5] for row in in_english} & {row[5] for row in in_kazakh}
    statuses = dict(quads("bilik:approvalStatus"))
    assert [row[1] for row in in_english] == [code(statuses[expand(f"reading:{row[0]}")]) for row in in_english]
    # Nobody has approved any: the day there is one, the question shows by whom.
    assert {row[1:5:2] for row in in_english} == {("proposed", "")}
    facts = Counter(code(reading) for _, reading in quads("bilik:dependsOnInterpretation"))
    order = "".join(SOURCE.split())
    rows = answer("interpreted-wordings")
    assert {row[0] for row in rows} == set(readings)
    for reading, words, depending in rows:
        assert "".join(words.split()) in order
        assert depending == str(facts[reading] or "")


def test_discrepancies_by_kind() -> None:
    of_kind = {node: code(kind) for node, kind in quads("bilik:hasDiscrepancyKind")}
    places = Counter(of_kind[node] for node, _ in quads("bilik:hasSourceQuote") if node in of_kind)
    settled = Counter(of_kind[node] for node in {node for node, _ in quads("bilik:isResolvedBy")})
    listed = Counter(of_kind.values())
    assert answer("discrepancies-by-kind") == [
        (kind, str(listed[kind]), str(places[kind]), str(settled[kind])) for kind in sorted(listed)
    ]


# -- figures ---------------------------------------------------------------------------------------------------------


def test_experience_by_months() -> None:
    def key(one: Alternative) -> tuple[int, str, int, str]:
        by = next(kind for kind in ("position", "group", "speciality", "activity") if kind in one.experience)
        category = one.experience.get("category", "")
        rank = CATEGORIES.index(category) if category else -1
        return one.months, "position" if by == "group" else by, rank, category

    counted = Counter(key(one) for one in TABLE if one.experience)
    assert answer("experience-by-months") == [
        (str(months), by, category, str(counted[months, by, rank, category]))
        for months, by, rank, category in sorted(counted)
    ]


def test_kinds_of_alternatives() -> None:
    kinds = [tuple(str(bool(part)).lower() for part in (one.levels, one.training, one.experience)) for one in TABLE]
    grades = {kind: {one.grade for one, other in zip(TABLE, kinds, strict=True) if other == kind} for kind in kinds}
    assert answer("kinds-of-alternatives") == [
        (*kind, str(count), str(len(grades[kind]))) for kind, count in Counter(kinds).most_common()
    ]


def test_positions_in_numbers() -> None:
    for position, duties, knowledge, grades, alternatives, conditions, section in answer("positions-in-numbers"):
        of = [one for one in TABLE if one.position == position]
        assert int(duties) == len(of_position("duties-of-position", position))
        assert int(knowledge) == len(of_position("knowledge-of-position", position))
        assert (int(grades), int(alternatives)) == (len({one.grade for one in of}), len(of))
        assert int(conditions) == sum(bool(one.levels) + bool(one.training) + bool(one.experience) for one in of)
        assert section == SECTION[position]
    assert [row[0] for row in answer("positions-in-numbers")] == list(POSITIONS)


def test_advancements_by_position() -> None:
    ways: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for grade in GRADES:
        for row in answer("ways-into-grade", grade=grade):
            ways[LAW.position_of[grade]].append((row[1], int(row[2])))
    assert answer("advancements-by-position") == [
        (
            position,
            str(len(ways[position])),
            str(sum(origin != position for origin, _ in ways[position])),
            str(min(months for _, months in ways[position])),
            str(max(months for _, months in ways[position])),
        )
        for position in POSITIONS
        if ways[position]
    ]


def test_education_levels() -> None:
    rows = answer("education-levels")
    assert [row[1] for row in rows] == list(LEVELS)
    assert [int(row[0]) for row in rows] == [LAW.levels[level] for level in LEVELS]
    assert {row[1] for row in rows if row[2] == "true"} == LAW.held_with_higher == {"general-secondary"}
    for _, level, _, grades, alternatives in rows:
        naming = [one for one in TABLE if level in one.levels]
        assert (int(grades), int(alternatives)) == (len({one.grade for one in naming}), len(naming))


def test_texts_by_language() -> None:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for quad in law():
        if isinstance(quad.object, ox.Literal) and quad.object.language:
            counted[quad.predicate.value][quad.object.language] += 1
    own = {name for name in counted if name.startswith(PREFIXES["bilik"])} | {
        expand("rdfs:label"),
        expand("skos:prefLabel"),
    }
    rows = answer("texts-by-language")
    assert {(row[0], *map(int, row[1:])) for row in rows} == {
        (code(name), *(counted[name][language] for language in ("kk", "ru", "en"))) for name in own
    }
    (words,) = (row for row in rows if row[0] == "translatedWording")
    assert words[1:] == ("0", *(str(len(translations(language))) for language in ("ru", "en")))
    untranslated = {row[0] for row in rows if row[2:] == ("0", "0")}
    assert untranslated == {"expectedWording", "interpretedWording", "placeOfPublication", "wording"}


def test_translation_status() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for node, kind in quads("rdf:type"):
        kinds[node].add(kind)
    counted = Counter((kind, code(status)) for node, status in quads("bilik:translationStatus") for kind in kinds[node])
    assert answer("translation-status") == [
        (code(kind), status, str(counted[kind, status])) for kind, status in sorted(counted)
    ]
    assert {status for _, status in counted} == {"unofficial"}
