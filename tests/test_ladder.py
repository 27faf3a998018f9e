"""The law's shortest path: as short as a search that tries every way month by month finds it, a way that somebody could
go, and one after which the oracle grants the grade; sentences of a jurist; random careers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.namespace import RDF

from bilik.evaluate.verdicts import Facts
from bilik.extract.graph import iri
from bilik.namespaces import code, expand
from bilik.plan.ladder import LawPath, LawStep, career_facts, shortest_path
from bilik.turtle import read_turtle
from command_line import ROOT
from oracle import Credential, Employment, Person, Training, add_months, judge, load_law

COUNTS: Final = {
    "position": "bilik:countsPosition",
    "speciality": "bilik:countsSpecialityOf",
    "activity": "bilik:countsActivity",
}
LAW: Final = load_law()


@dataclass(frozen=True)
class Edge:
    """An advancement."""

    key: str
    source: str
    target: str
    months: int
    way: str
    counted: str
    provision: str = "clause"


@dataclass(frozen=True)
class Career:
    """A career graph as plain tables; `activities` of a position."""

    position: Mapping[str, str]
    activities: Mapping[str, frozenset[str]]
    edges: tuple[Edge, ...]

    def work(self, grade: str) -> set[tuple[str, str]]:
        """What work in a grade is, beside work in it."""
        position = self.position[grade]
        return {("speciality", position), *(("activity", each) for each in self.activities.get(position, ()))}


# -- the search that it is compared with -----------------------------------------------------------------------------

State = tuple[str, int, tuple[int, ...]]
"""(grade held, months in it, months of each work, -1 for none yet): all that what comes next depends on."""


def try_everything(career: Career, start: str) -> dict[str, int]:
    """grade → the month in which it is first reached, by any way at all: every month, one stays or moves on.

    It ends when every grade is found that advancements lead to at all, or when nothing is new: a count is kept up to
    the most months that anything asks for.
    """
    works = sorted({(edge.way, edge.counted) for edge in career.edges if edge.way != "position"})
    own = {grade: [work in career.work(grade) for work in works] for grade in career.position}
    most = max((edge.months for edge in career.edges), default=0)
    in_grade = {
        grade: [edge for edge in career.edges if edge.way == "position" and edge.source == grade]
        for grade in career.position
    }
    by_work = [[edge for edge in career.edges if (edge.way, edge.counted) == work] for work in works]

    def on_the_first_day(grade: str, served: tuple[int, ...]) -> State:
        counts = zip(own[grade], served, strict=True)
        return grade, 0, tuple(max(0, count) if is_it else count for is_it, count in counts)

    def a_month_later(state: State) -> State:
        grade, months, served = state
        counts = zip(own[grade], served, strict=True)
        return grade, min(most, months + 1), tuple(min(most, count + is_it) for is_it, count in counts)

    ends, leads_on = {start}, [start]
    while leads_on:
        grade = leads_on.pop()
        counted = [edges for edges, is_it in zip(by_work, own[grade], strict=True) if is_it]
        new = {edge.target for edges in (in_grade[grade], *counted) for edge in edges} - ends
        ends |= new
        leads_on += new
    found: dict[str, int] = {}
    seen: set[State] = set()
    now = {on_the_first_day(start, (-1,) * len(works))}
    month = 0
    while now and set(found) != ends:
        waiting = list(now)
        while waiting:
            grade, months, served = waiting.pop()
            found.setdefault(grade, month)
            reached = {edge.target for edge in in_grade[grade] if edge.months <= months}
            for edges, count in zip(by_work, served, strict=True):
                reached |= {edge.target for edge in edges if edge.months <= count}
            moves = {on_the_first_day(target, served) for target in reached} - now
            now |= moves
            waiting += moves
        seen |= now
        now = {a_month_later(state) for state in now} - seen
        month += 1
    return found


def mistakes(career: Career, path: LawPath) -> list[str]:
    """What somebody who works in each grade of a path from its month on would object to."""
    wrong: list[str] = []
    edges = {edge.key: edge for edge in career.edges}
    stays: list[tuple[str, int]] = [(path.start, 0)]
    for step in path.steps:
        edge = edges[step.advancement]
        if (edge.target, edge.way, edge.provision) != (step.grade, step.by, step.provision):
            wrong.append(f"{step}: not what the advancement says")
        held, since = stays[-1]
        if step.by == "position":
            served = step.month - since if held == edge.source else -1
        else:
            spans = pairwise([*stays, (step.grade, step.month)])
            spells = [end - begin for (grade, begin), (_, end) in spans
                      if (edge.way, edge.counted) in career.work(grade)]  # fmt: skip
            served = sum(spells) if spells else -1
        if served < edge.months:
            wrong.append(f"{step}: {served} months served of {edge.months}")
        stays.append((step.grade, step.month))
    months = [month for _, month in stays]
    if months != sorted(months) or stays[-1] != (path.target, path.months):
        wrong.append(f"{stays}: does not lead on to the target")
    if len({grade for grade, _ in stays}) != len(stays):
        wrong.append(f"{stays}: goes round")
    return wrong


# -- the law ---------------------------------------------------------------------------------------------------------


@cache
def career_of_the_law() -> Career:
    """The published career graph, read once more."""
    graph = read_turtle(ROOT / "data" / "compiled" / "career.ttl")
    position = {code(str(grade)): code(str(of)) for grade, of in graph.subject_objects(iri("bilik:isGradeOf"))}
    implied = [(code(str(of)), code(str(what))) for of, what in graph.subject_objects(iri("bilik:impliesActivity"))]
    activities = {of: frozenset(what for other, what in implied if other == of) for of, _ in implied}
    return Career(position, activities, tuple(edges_of(graph)))


def edges_of(graph: Graph) -> Iterable[Edge]:
    for node in graph.subjects(RDF.type, iri("bilik:Advancement")):
        said = {
            term: code(str(graph.value(node, iri(f"bilik:{term}"))))
            for term in ("advancesFrom", "advancesTo", "minimumMonths", "isStatedIn")
        }
        [(way, counted)] = [
            (way, code(str(value))) for way, term in COUNTS.items() for value in graph.objects(node, iri(term))
        ]
        yield Edge(
            code(str(node)), said["advancesFrom"], said["advancesTo"], int(said["minimumMonths"]), way, counted,
            said["isStatedIn"],
        )  # fmt: skip


GRADES: Final = tuple(career_of_the_law().position)
FACTS: Final = career_facts()


def test_there_are_fifty_grades() -> None:
    assert len(GRADES) == 50
    assert len(career_of_the_law().edges) > 100


@pytest.mark.parametrize("start", GRADES)
def test_paths_are_as_short_as_any_way_and_can_be_gone(start: str) -> None:
    """From each grade to each other one."""
    career = career_of_the_law()
    least = try_everything(career, start)
    paths = {target: shortest_path(FACTS, start, target) for target in GRADES}
    assert {target: path.months for target, path in paths.items() if path} == least
    for target, path in paths.items():
        assert path is None or (path.start, path.target) == (start, target)
        assert path is None or mistakes(career, path) == []
    assert paths[start] == LawPath(start, start, 0, ())


@pytest.mark.parametrize("start", GRADES)
def test_whoever_has_gone_a_path_qualifies(start: str) -> None:
    """The oracle, on the last day of the months, of somebody with all papers that could be asked for."""
    first = date(2022, 1, 1)
    everywhere = tuple(sorted(set(LAW.position_of.values())))
    credentials = tuple(Credential(level, level, recognised_for=everywhere) for level in ("higher", "tvet"))
    trainings = tuple(Training(activity, activity) for activity in LAW.activities)
    for target in GRADES:
        path = shortest_path(FACTS, start, target)
        if path is None or not path.steps:
            continue
        stays = [(start, 0), *((step.grade, step.month) for step in path.steps)]
        jobs = []
        for (grade, begin), (_, end) in pairwise(stays):
            category = FACTS[expand("grade:") + grade].get(expand("bilik:hasCategory"), [""])[0]
            held, left = add_months(first, begin), add_months(first, end) - timedelta(days=1)
            jobs.append(
                Employment(
                    f"job-{begin}",
                    position=LAW.position_of[grade],
                    category=code(category) or None,
                    start=held.isoformat(),
                    end=left.isoformat(),
                )
            )
        person = Person("p", credentials=credentials, trainings=trainings, employments=tuple(jobs))
        last_day = add_months(first, path.months) - timedelta(days=1)
        assert judge(LAW, person, target, last_day).outcome == "qualified", path


# -- sentences of a jurist -------------------------------------------------------------------------------------------


def told(start: str, target: str) -> list[tuple[str, int, str]] | None:
    """The steps of a path, without their sources."""
    path = shortest_path(FACTS, start, target)
    return None if path is None else [(step.grade, step.month, step.by) for step in path.steps]


def test_an_engineer_reaches_the_highest_category_by_the_speciality_and_is_promoted_on_the_way() -> None:
    assert told("engineer", "engineer-high-highest") == [
        ("engineer-high-second", 12, "position"),
        ("engineer-high-first", 36, "position"),
        ("engineer-high-highest", 60, "speciality"),
    ]
    path = shortest_path(FACTS, "engineer", "engineer-high-highest")
    assert path is not None
    assert path.months == 60
    assert path.steps[-1] == LawStep(
        "engineer-high-highest", 60, "speciality", "order-775-cl-10", "engineer--engineer-high-highest--2"
    )
    assert path.steps[1].advancement == "engineer-high-second--engineer-high-first--1"


def test_the_middle_tier_has_a_ladder_of_its_own() -> None:
    assert told("mechanic", "mechanic-mid-first") == [
        ("mechanic-mid-second", 12, "position"),
        ("mechanic-mid-first", 36, "position"),
    ]


def test_a_technician_becomes_an_engineer_through_the_engineering_posts() -> None:
    assert told("technician-mid-none", "engineer-mid-second") == [("engineer-mid-second", 12, "position")]
    assert told("technician-mid-none", "engineer-mid-highest") == [
        ("engineer-mid-second", 12, "position"),
        ("engineer-mid-first", 36, "position"),
        ("engineer-mid-highest", 72, "position"),
    ]
    assert told("technician-mid-first", "engineer-mid-highest") == [("engineer-mid-highest", 36, "position")]


def test_a_technician_reaches_the_high_tier_only_through_the_middle_one() -> None:
    """Clause 10: the high tier counts work as an engineer, the middle one work in any engineering post."""
    assert told("technician-mid-second", "engineer-high-highest") == [
        ("engineer-mid-first", 24, "position"),
        ("engineer-high-highest", 60, "position"),
    ]
    assert told("technician-mid-second", "engineer-high-second") == [
        ("engineer-mid-first", 24, "position"),
        ("engineer-high-second", 60, "speciality"),
    ]


def test_no_way_leads_from_engineers_back_to_technicians() -> None:
    assert told("engineer", "technician-mid-second") is None
    assert told("engineer-high-highest", "mechanic") is None


def test_a_first_category_engineer_needs_three_years_for_the_highest() -> None:
    assert told("engineer-high-first", "engineer-high-highest") == [("engineer-high-highest", 36, "position")]


def test_a_lower_category_is_no_promotion() -> None:
    """From the highest category of one tier to the first of the other: by the speciality, with nothing on the way."""
    for start, target in (
        ("psychologist-high-highest", "psychologist-high-first"),
        ("economist-high-highest", "economist-mid-first"),
    ):
        assert told(start, target) == [(target, 48, "speciality")]


def test_an_accountant_changes_the_tier_by_three_years_of_accounting_and_control() -> None:
    assert told("accountant-mid", "accountant-high") == [("accountant-high", 36, "activity")]
    assert told("accountant-high-first", "accountant-mid") == [("accountant-mid", 36, "activity")]
    assert told("accountant-mid", "accountant-high-highest") == [
        ("accountant-high-second", 12, "position"),
        ("accountant-high-first", 36, "position"),
        ("accountant-high-highest", 60, "speciality"),
    ]
    path = shortest_path(FACTS, "accountant-mid", "accountant-high-highest")
    assert path is not None
    assert path.steps[-1].advancement == "accountant-mid--accountant-high-highest--2"


def test_three_years_as_a_personnel_specialist_lead_to_personnel_inspector_and_not_back() -> None:
    assert told("hr-specialist", "hr-inspector") == [("hr-inspector", 36, "activity")]
    assert told("hr-inspector", "hr-specialist") is None


def test_positions_without_categories_lead_nowhere() -> None:
    for start in ("translator", "lawyer", "legal-consultant", "sociologist"):
        assert [target for target in GRADES if told(start, target) is not None] == [start]
        assert told(start, start) == []


@pytest.mark.parametrize(("start", "target"), [("enginer", "engineer"), ("engineer", "enginer"), ("x", "x")])
def test_a_slug_that_is_no_grade_is_an_error(start: str, target: str) -> None:
    facts = career_facts()
    with pytest.raises(KeyError):
        shortest_path(facts, start, target)
    assert set(facts) == set(career_facts()), "what is asked is left as it was"


# -- random careers --------------------------------------------------------------------------------------------------


@st.composite
def careers(draw: st.DrawFn) -> Career:
    """A few grades of a few positions, with advancements that ask for few months."""
    grades = [f"g{number}" for number in range(draw(st.integers(2, 6)))]
    position = {grade: draw(st.sampled_from(("p", "q", "r"))) for grade in grades}
    some = st.frozensets(st.sampled_from(("x", "y")), max_size=2)
    activities = {each: draw(some) for each in ("p", "q", "r")}
    edges = []
    for number in range(draw(st.integers(1, 9))):
        source, target = draw(st.sampled_from(grades)), draw(st.sampled_from(grades))
        way = draw(st.sampled_from(tuple(COUNTS)))
        counted = draw(st.sampled_from(("x", "y"))) if way == "activity" else position[target]
        if source != target:
            edges.append(Edge(f"e{number}", source, target, draw(st.integers(0, 4)), way, counted))
    return Career(position, activities, tuple(edges))


def as_facts(career: Career) -> Facts:
    """A career as the facts of a career graph."""
    facts: dict[str, dict[str, list[str]]] = {}
    for ordinal, (grade, position) in enumerate(career.position.items()):
        facts[expand(f"grade:{grade}")] = {
            expand("bilik:isGradeOf"): [expand(f"position:{position}")],
            expand("bilik:ordinal"): [str(ordinal)],
            **({expand("bilik:hasTier"): [expand(f"tier:{'ab'[ordinal % 2]}")]} if ordinal % 3 else {}),
        }
    for position, activities in career.activities.items():
        implied = [expand(f"activity:{activity}") for activity in sorted(activities)]
        facts[expand(f"position:{position}")] = {expand("bilik:impliesActivity"): implied}
    for edge in career.edges:
        counted = expand(f"{'activity' if edge.way == 'activity' else 'position'}:{edge.counted}")
        facts[expand(f"advancement:{edge.key}")] = {
            expand("bilik:advancesFrom"): [expand(f"grade:{edge.source}")],
            expand("bilik:advancesTo"): [expand(f"grade:{edge.target}")],
            expand("bilik:minimumMonths"): [str(edge.months)],
            expand(COUNTS[edge.way]): [counted],
            expand("bilik:isStatedIn"): [expand(f"law:{edge.provision}")],
        }
    return facts


@settings(max_examples=500, deadline=None)
@given(careers())
def test_paths_of_random_careers_are_as_short_as_any_way_and_can_be_gone(career: Career) -> None:
    facts = as_facts(career)
    for start in career.position:
        paths = {target: shortest_path(facts, start, target) for target in career.position}
        assert {target: path.months for target, path in paths.items() if path} == try_everything(career, start)
        assert [wrong for path in paths.values() if path for wrong in mistakes(career, path)] == []


@settings(deadline=None)
@given(careers(), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(career: Career, random: Random) -> None:
    shuffled = replace(career, edges=tuple(random.sample(career.edges, len(career.edges))))
    for start in career.position:
        for target in career.position:
            assert shortest_path(as_facts(career), start, target) == shortest_path(as_facts(shuffled), start, target)


def test_promotions_stop_where_the_work_would() -> None:
    """A rung held in time is no step of the way if its own way leaves the position after its speciality has begun."""
    career = Career(
        position={"foot": "p", "away": "q", "rung": "p", "top": "p"},
        activities={},
        edges=(
            Edge("out", "foot", "away", 1, "position", "p"),
            Edge("back", "away", "rung", 1, "position", "q"),
            Edge("slow", "foot", "rung", 9, "position", "p"),
            Edge("up", "rung", "top", 9, "position", "p"),
            Edge("long", "foot", "top", 5, "speciality", "p"),
        ),
    )
    path = shortest_path(as_facts(career), "foot", "top")
    assert path == LawPath("foot", "top", 5, (LawStep("top", 5, "speciality", "clause", "long"),))
    quicker = [replace(edge, months=2) if edge.key == "slow" else edge for edge in career.edges]
    path = shortest_path(as_facts(replace(career, edges=tuple(quicker))), "foot", "top")
    assert path is not None
    assert [(step.grade, step.month) for step in path.steps] == [("rung", 2), ("top", 5)]


def test_a_rung_held_too_late_is_no_step_of_the_way() -> None:
    career = Career(
        position=dict.fromkeys(("foot", "rung", "top"), "p"),
        activities={},
        edges=(
            Edge("slow", "foot", "rung", 9, "position", "p"),
            Edge("up", "rung", "top", 9, "position", "p"),
            Edge("long", "foot", "top", 5, "speciality", "p"),
        ),
    )
    path = shortest_path(as_facts(career), "foot", "top")
    assert path == LawPath("foot", "top", 5, (LawStep("top", 5, "speciality", "clause", "long"),))
