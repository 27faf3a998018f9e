"""The career graph: every advancement that the order makes possible and no other, as it says; its checks, and that each
of them can fail; what the questions about careers answer for other values than those kept with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from rdflib import Graph
from rdflib.namespace import RDF, RDFS, XSD
from rdflib.term import Literal, Node

from bilik.engine import select
from bilik.extract.graph import iri
from bilik.namespaces import code
from bilik.resources import law_files
from bilik.turtle import read_turtle
from command_line import ROOT

Advancement = tuple[str, str, int, int, str, str, int]
"""(from, to, alternative, clause, what the months are served in, in which, months)."""

WAYS: Final = {"position": "countsPosition", "speciality": "countsSpecialityOf", "activity": "countsActivity"}
BY_HAND: Final = yaml.safe_load((ROOT / "tests" / "career" / "advancements.yaml").read_text(encoding="utf-8"))
REQUIREMENTS: Final = yaml.safe_load((ROOT / "tests" / "requirements.yaml").read_text(encoding="utf-8"))
CHECKS: Final = sorted((ROOT / "queries" / "checks" / "career").glob("*.rq"))
FIXTURES: Final = ROOT / "tests" / "checks" / "career"
TO_EACH_POSITION: Final = {
    "technician": 6, "engineer": 24, "accountant": 26, "laboratory-assistant": 16, "hr-inspector": 1, "mechanic": 16,
    "psychologist": 6, "economist": 16,
}  # fmt: skip


@pytest.fixture(scope="module")
def law() -> Graph:
    """All that ``bilik query`` loads."""
    return read_turtle(*law_files())


def one(graph: Graph, subject: Node, term: str) -> Node:
    """The only value of a property."""
    [value] = graph.objects(subject, iri(term))
    return value


def one_code(graph: Graph, subject: Node, term: str) -> str:
    """The key of the only value of a property."""
    return code(str(one(graph, subject, term)))


def advancements(law: Graph) -> Iterator[tuple[Node, Advancement]]:
    """Each advancement with what it says."""
    for node in law.subjects(RDF.type, iri("bilik:Advancement")):
        [(way, served)] = [
            (way, code(str(value))) for way, term in WAYS.items() for value in law.objects(node, iri(f"bilik:{term}"))
        ]
        yield node, (
            one_code(law, node, "bilik:advancesFrom"),
            one_code(law, node, "bilik:advancesTo"),
            int(str(one(law, one(law, node, "bilik:isBasedOn"), "bilik:alternativeNumber"))),
            int(one_code(law, node, "bilik:isStatedIn").rpartition("-")[2]),
            way,
            served,
            int(str(one(law, node, "bilik:minimumMonths"))),
        )


# -- what the order makes possible -----------------------------------------------------------------------------------


def expected_by_hand() -> set[Advancement]:
    return {
        (source, grade, number, clause, way, said[way], said["months"])
        for clause, grades in BY_HAND.items()
        for grade, alternatives in grades.items()
        for number, said in alternatives.items()
        for source in said["from"]
        for way in WAYS
        if way in said
    }


def test_advancements_are_those_read_from_the_order_by_a_person(law: Graph) -> None:
    expected = expected_by_hand()
    assert len(expected) == 24 + 26 + 1
    grades = {grade for grades in BY_HAND.values() for grade in grades}
    assert {found for _, found in advancements(law) if found[1] in grades} == expected


MEMBERS: Final = {"engineering-technical": {"technician", "engineer", "mechanic"}}
IMPLIED: Final = {"accounting-control": {"accountant"}, "personnel": {"hr-inspector", "hr-specialist"}}


@dataclass(frozen=True)
class Rung:
    """A grade as the table of requirements tells it apart."""

    position: str
    category: str
    is_entry: bool


def counted(grade: str, experience: Mapping[str, Any], rungs: Mapping[str, Rung]) -> set[str]:
    """The grades that an experience for a grade is counted from."""
    if "speciality" in experience or "activity" in experience:
        within = IMPLIED[experience["activity"]] if "activity" in experience else {rungs[grade].position}
        return {other for other, rung in rungs.items() if rung.is_entry and rung.position in within} - {grade}
    within = MEMBERS[experience["group"]] if "group" in experience else {experience["position"]}
    category = experience.get("category", "none")
    return {other for other, rung in rungs.items() if rung.position in within and rung.category == category}


def test_advancements_are_those_of_the_table_of_requirements(law: Graph) -> None:
    rungs = {
        grade: Rung(
            one_code(law, iri(f"grade:{grade}"), "bilik:isGradeOf"),
            grade.rpartition("-")[2] if grade.endswith(("-highest", "-first", "-second")) else "none",
            any(row.get("no_experience") for row in rows),
        )
        for grades in REQUIREMENTS.values()
        for grade, rows in grades.items()
    }
    assert len(rungs) == 50
    expected = {
        (source, grade, number, clause, "position" if way == "group" else way, experience[way], experience["months"])
        for clause, grades in REQUIREMENTS.items()
        for grade, rows in grades.items()
        for number, row in enumerate(rows, 1)
        if (experience := row.get("experience"))
        for way in ("position", "group", "speciality", "activity")
        if way in experience
        for source in counted(grade, experience, rungs)
    }
    found = [said for _, said in advancements(law)]
    assert len(found) == len(set(found)) == sum(TO_EACH_POSITION.values())
    assert set(found) == expected
    assert Counter(rungs[to].position for _, to, *_ in found) == TO_EACH_POSITION


# -- how it is said --------------------------------------------------------------------------------------------------


def test_an_advancement_says_what_its_alternative_says(law: Graph) -> None:
    for node, (source, target, number, _, way, _, _) in advancements(law):
        assert node == iri(f"advancement:{source}--{target}--{number}")
        assert source != target
        alternative = one(law, node, "bilik:isBasedOn")
        assert alternative == iri(f"alternative:{target}-{number}")
        assert one(law, node, "bilik:isStatedIn") == one(law, alternative, "bilik:isStatedIn")
        condition = iri(f"condition:{target}-{number}-experience")
        assert (alternative, iri("bilik:hasCondition"), condition) in law
        for term in ("bilik:minimumMonths", f"bilik:{WAYS[way]}"):
            # The same term, datatype and all, so that any engine joins them.
            assert one(law, node, term) == one(law, condition, term)
        months = one(law, node, "bilik:minimumMonths")
        assert isinstance(months, Literal)
        assert months.datatype == XSD.nonNegativeInteger


def test_an_advancement_is_named_by_its_grade_and_its_alternative(law: Graph) -> None:
    def labels(node: Node) -> dict[str | None, str]:
        found = {label.language: str(label) for label in law.objects(node, RDFS.label) if isinstance(label, Literal)}
        assert set(found) == {"kk", "ru", "en"}
        return found

    names = Counter[str]()
    for node, (source, *_) in advancements(law):
        before, after = labels(iri(f"grade:{source}")), labels(one(law, node, "bilik:isBasedOn"))
        for language, name in labels(node).items():
            assert name == f"{before[language]} → {after[language]}"
            names[name] += 1
        assert one(law, node, "bilik:translationStatus") == iri("translation-status:unofficial")
    assert set(names.values()) == {1}


# -- checks ----------------------------------------------------------------------------------------------------------

Row = tuple[str, str, str]


@cache
def law_in_oxigraph() -> ox.Store:
    store = ox.Store()
    for path in law_files():
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    return store


def on_oxigraph(check: Path, store: ox.Store) -> list[Row]:
    rows = select(store, check)
    return [(row["focus"], row["path"], row.get("value", "")) for row in rows]


def on_rdflib(check: Path, graph: Graph) -> list[Row]:
    result = graph.query(check.read_text(encoding="utf-8"))
    assert [str(variable) for variable in result.vars or ()] == ["focus", "path", "value"]
    rows = [row for row in result if isinstance(row, rdflib.query.ResultRow)]
    return [(str(row[0]), str(row[1]), "" if row[2] is None else str(row[2])) for row in rows]


def test_every_check_has_a_graph_that_fails_it() -> None:
    assert {path.stem for path in FIXTURES.glob("*.ttl")} == {path.stem for path in CHECKS}
    assert len(CHECKS) >= 4
    for check in CHECKS:
        head = check.read_text(encoding="utf-8")
        assert head.startswith("# Problem: ")
        assert "\n# Remedy: " in head


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_the_career_graph_passes_its_checks(check: Path, law: Graph) -> None:
    assert (None, RDF.type, iri("bilik:Advancement")) in law
    assert on_oxigraph(check, law_in_oxigraph()) == on_rdflib(check, law) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_a_check_finds_what_is_wrong_and_nothing_else(check: Path) -> None:
    """The nodes that a fixture calls wrong, by the check whose name it has; the other checks find nothing in it."""
    path = FIXTURES / f"{check.stem}.ttl"
    store = ox.Store()
    store.load(path=path, format=ox.RdfFormat.TURTLE)
    graph = read_turtle(path)
    wrong = {str(node) for node in graph.subjects() if code(str(node)).startswith("wrong-")}
    rows = on_oxigraph(check, store)
    assert {focus for focus, _, _ in rows} == wrong != set()
    assert on_rdflib(check, graph) == rows == sorted(rows)
    for other in CHECKS:
        if other != check:
            assert on_oxigraph(other, store) == []


def test_a_cycle_is_told_with_the_grades_on_the_way_round() -> None:
    [check] = [path for path in CHECKS if path.stem == "no-ladder-has-a-cycle"]
    rows = on_rdflib(check, read_turtle(FIXTURES / f"{check.stem}.ttl"))
    assert [(code(focus), code(value)) for focus, _, value in rows] == [
        ("wrong-alone", "wrong-alone"),
        ("wrong-first", "wrong-first"),
        ("wrong-first", "wrong-second"),
        ("wrong-second", "wrong-first"),
        ("wrong-second", "wrong-second"),
    ]


def test_the_only_grades_that_lead_to_one_another_are_two_ways_in(law: Graph) -> None:
    """Clause 13: three years in accounting and control, counted from either tier, lead to the other one."""
    leads = {(source, target) for _, (source, target, *_) in advancements(law)}
    assert {pair for pair in leads if pair[::-1] in leads} == {
        ("accountant-high", "accountant-mid"),
        ("accountant-mid", "accountant-high"),
    }
