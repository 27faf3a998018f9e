"""What the questions about careers answer for any value, against another way to the same answer: the advancements
themselves, the table of requirements, the shortest path, the oracle."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import product
from typing import Final

import pyoxigraph as ox
import pytest
import yaml

from bilik.plan.ladder import career_facts, shortest_path
from command_line import ROOT
from oracle import Credential, Person, judge, load_law
from people_strategies import AS_OF
from questions import Row, answer, law

LAW: Final = load_law()
REQUIREMENTS: Final = yaml.safe_load((ROOT / "tests" / "requirements.yaml").read_text(encoding="utf-8"))
GRADES: Final = tuple(grade for grades in REQUIREMENTS.values() for grade in grades)


@cache
def ways() -> dict[str, list[Row]]:
    """grade → the rows on the ways into it."""
    return {grade: answer("ways-into-grade", grade=grade) for grade in GRADES}


def test_the_ways_into_all_grades_are_all_advancements() -> None:
    result = law().query("SELECT ?a { ?a a <https://w3id.org/bilik/def#Advancement> }")
    assert isinstance(result, ox.QuerySolutions)
    keys = sorted(str(row["a"]).rpartition("/")[2].rstrip(">") for row in result)
    assert len(keys) > 100
    assert sorted(f"{row[0]}--{grade}--{row[5]}" for grade, rows in ways().items() for row in rows) == keys


@pytest.mark.parametrize("grade", GRADES)
def test_reachable_grades_are_those_that_steps_lead_to(grade: str) -> None:
    direct: dict[str, dict[str, int]] = defaultdict(dict)
    for target, rows in ways().items():
        for source, _, months, *_ in rows:
            direct[source][target] = min(int(months), direct[source].get(target, int(months)))
    reached: set[str] = set()
    waiting = [grade]
    while waiting:
        new = set(direct[waiting.pop()]) - reached
        reached |= new
        waiting += new
    rows = answer("grades-reachable-from-grade", grade=grade)
    assert [row[0] for row in rows] == [other for other in GRADES if other in reached - {grade}]
    for reachable, position, months, _ in rows:
        assert position == LAW.position_of[reachable]
        assert months == str(direct[grade].get(reachable, ""))


def test_moves_between_positions_are_the_ways_that_cross_positions() -> None:
    crossing = {
        (source, grade, *row)
        for grade, rows in ways().items()
        for source, position, *row in ((r[0], r[1], r[2], r[3], r[4], r[6]) for r in rows)
        if position != LAW.position_of[grade]
    }
    assert len(crossing) == 9
    assert set(answer("moves-between-positions")) == crossing


@pytest.mark.parametrize("position", sorted(set(LAW.position_of.values())))
def test_steps_of_a_ladder_add_up(position: str) -> None:
    rows = answer("ladder-of-position", position=position)
    tiers = sorted({grade.split("-")[-2] for grade in GRADES if grade.endswith("-highest")
                    and LAW.position_of[grade] == position})  # fmt: skip
    assert [row[1] for row in rows] == [
        f"{position}-{tier}-{category}" for tier in tiers for category in ("second", "first", "highest")
    ]
    facts, total = career_facts(), 0
    for source, target, months, so_far, by_speciality, _ in rows:
        total = int(months) + (total if source.endswith(("-second", "-first")) else 0)
        assert int(so_far) == total
        [long] = [row[2] for row in ways()[target] if row[3] == "speciality" and row[0] == rows[0][0]]
        assert by_speciality == long
        path = shortest_path(facts, rows[0][0], target)
        assert path is not None
        assert path.months == min(total, int(by_speciality))


def test_shortest_ladders_are_the_shortest_paths() -> None:
    rows = answer("shortest-ladders")
    assert [row[1] for row in rows] == [grade for grade in GRADES if grade.endswith("-highest")]
    facts = career_facts()
    for position, target, steps, by_steps, by_speciality, months, _ in rows:
        entries = [grade for grade in GRADES if LAW.position_of[grade] == position and is_entry(grade)]
        paths = [path for grade in entries if (path := shortest_path(facts, grade, target))]
        assert {path.months for path in paths} == {int(months)}
        assert {len(path.steps) for path in paths} == {int(steps)}
        assert int(months) == min(int(by_steps), int(by_speciality))


def is_entry(grade: str) -> bool:
    return any(alternative.experience is None for alternative in LAW.alternatives[grade])


def test_entry_grades_are_those_of_the_table_of_requirements() -> None:
    expected = {
        (level, grade, str(number), field, f"order-775-cl-{clause}")
        for clause, grades in REQUIREMENTS.items()
        for grade, rows in grades.items()
        for number, row in enumerate(rows, 1)
        if row.get("no_experience")
        for level in row["levels"]
        for field in row.get("fields", [""])
    }
    rows = [
        (level, grade, number, "relevant" if field == f"relevant-to-{LAW.position_of[grade]}" else field, clause)
        for level, grade, number, field, clause in answer("entry-grades-by-education")
    ]
    assert len(rows) == len(set(rows)) == 44
    assert set(rows) == expected
    assert rows == sorted(rows, key=lambda row: (LAW.levels[row[0]], GRADES.index(row[1]), row[2], row[3]))


FIELDS: Final = ("023", "0311", "0313", "0411", "0421", "0542", "06", "07", "09")


@pytest.mark.parametrize(("held_level", "new_level"), [*product(LAW.levels, repeat=2)])
def test_what_a_second_credential_opens_is_what_the_oracle_newly_grants(held_level: str, new_level: str) -> None:
    """People with one diploma and with both, who have never worked."""

    def alternatives(*credentials: Credential) -> set[tuple[str, int]]:
        person = Person("p", credentials=credentials)
        verdicts = (judge(LAW, person, grade, AS_OF) for grade in GRADES)
        return {(v.grade, a.number) for v in verdicts for a in v.alternatives if a.result == "met"}

    for held_field, new_field in product(FIELDS, FIELDS):
        held, new = Credential("c1", held_level, held_field), Credential("c2", new_level, new_field)
        before = {grade for grade, _ in alternatives(held)}
        expected = {(grade, number) for grade, number in alternatives(held, new) if grade not in before}
        rows = answer(
            "opened-by-second-credential",
            held_level=held_level,
            held_field=held_field,
            new_level=new_level,
            new_field=new_field,
        )
        assert {(grade, int(number)) for grade, number, _ in rows} == expected
        assert len(rows) == len(expected)


def test_second_credentials_do_open_grades() -> None:
    opened = answer("opened-by-second-credential", held_level="general-secondary", new_level="higher", new_field="07")
    assert {row[0] for row in opened} >= {"engineer", "mechanic", "laboratory-assistant"}
    assert answer("opened-by-second-credential", held_level="higher", held_field="0421") == []
