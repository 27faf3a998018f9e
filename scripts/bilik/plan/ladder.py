"""The law's shortest path between two grades, over the published advancements and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import Literal

import pyoxigraph as ox

from bilik.engine import load
from bilik.evaluate.verdicts import Facts, read_facts
from bilik.namespaces import code, expand
from bilik.resources import folder

Way = Literal["position", "speciality", "activity"]
"""What the months of an advancement are served in."""

_COUNTS: Mapping[Way, str] = {
    "position": expand("bilik:countsPosition"),
    "speciality": expand("bilik:countsSpecialityOf"),
    "activity": expand("bilik:countsActivity"),
}
"""How an advancement says so; of ways equally long, the first of these is told."""

_Work = tuple[Way, str]
"""Work that counts: in a grade (its slug), in the speciality of a position or in an activity (their codes)."""


@dataclass(frozen=True)
class LawStep:
    """A grade reached on the way.

    Attributes:
        grade: slug.
        month: months from the start to it.
        by: what the months that lead to it are served in.
        provision: key of the clause that says so.
        advancement: key of the advancement taken; of several that rest on one alternative, the one that comes from the
            grade in which the months begin to count, if there is one.
    """

    grade: str
    month: int
    by: Way
    provision: str
    advancement: str


@dataclass(frozen=True)
class LawPath:
    """The quickest way from one grade to another: ``steps`` by month, the target last; none if it is the start."""

    start: str
    target: str
    months: int
    steps: tuple[LawStep, ...]


def career_facts() -> Facts:
    """The published career graph."""
    store = ox.Store()
    load(store, folder("data", "compiled", "career.ttl"))
    return read_facts(store)


def shortest_path(career: Facts, start: str, target: str) -> LawPath | None:
    """The quickest way from one grade to another for somebody who works in each grade from the day it is reached.

    Months in a position count from when the grade that the advancement comes from is held. Months in a speciality or an
    activity count from when such work begins on the way, and run on through promotions; promotions on the way are steps
    too. Of ways equally long, the one rung by rung is told, in the target's position and tier as early as may be. That
    work above the category asked for counts as well is left out, as it is in the career graph.

    Why label-setting search (Dijkstra) finds the least months: let every speciality and every activity be a node beside
    the grades, reached in no time from each grade in which the work is such work, and leading on to the grades that
    count it. The months of a way are then the sum over its edges. None is negative, so no node reached later makes a
    settled one earlier; and to reach a node earlier never hurts, as whatever leads on from it asks only for months to
    pass. Nor does this graph have a way that nobody could go: whoever has begun such work can stay in that grade until
    the months are served.

    Args:
        career: the career graph, as :func:`career_facts` gives it.
        start, target: slugs.

    Returns:
        The path, or None where no advancements lead from one to the other.

    Raises:
        KeyError: a slug is no grade of the career graph.
    """
    graph = _Career(career)
    graph.position(target)
    search = _search(graph, start)
    if target not in search.months:
        return None
    return LawPath(start, target, search.months[target], tuple(search.steps(target)))


@dataclass(frozen=True)
class _Advancement:
    key: str
    source: str
    target: str
    months: int
    way: Way
    counted: str
    provision: str

    @property
    def work(self) -> _Work:
        """The work whose months it counts."""
        return self.way, self.source if self.way == "position" else self.counted


@dataclass(frozen=True)
class _Career:
    """The career graph by slug."""

    facts: Facts

    @cached_property
    def advancements(self) -> Mapping[_Work, Sequence[_Advancement]]:
        """Work → the advancements that count it."""
        found: dict[_Work, list[_Advancement]] = defaultdict(list)
        for node, said in self.facts.items():
            if expand("bilik:advancesTo") in said:
                [(way, counted)] = [(way, code(said[term][0])) for way, term in _COUNTS.items() if term in said]
                advancement = _Advancement(
                    key=code(node),
                    source=code(said[expand("bilik:advancesFrom")][0]),
                    target=code(said[expand("bilik:advancesTo")][0]),
                    months=int(said[expand("bilik:minimumMonths")][0]),
                    way=way,
                    counted=counted,
                    provision=code(said[expand("bilik:isStatedIn")][0]),
                )
                found[advancement.work].append(advancement)
        return dict(found)

    @cached_property
    def promotions(self) -> Mapping[str, frozenset[str]]:
        """Grade → the grades of its position from which experience in the position leads to it."""
        below: dict[str, set[str]] = defaultdict(set)
        for (way, source), edges in self.advancements.items():
            for edge in edges:
                if way == "position" and self.position(source) == self.position(edge.target):
                    below[edge.target].add(source)
        return {grade: frozenset(sources) for grade, sources in below.items()}

    def is_above(self, grade: str, foot: str) -> bool:
        """Whether promotions lead from a grade to another one."""
        reached, waiting = {grade}, [grade]
        while waiting:
            below = self.promotions.get(waiting.pop(), frozenset()) - reached
            reached |= below
            waiting += below
        return foot in reached - {grade}

    def work(self, grade: str) -> list[_Work]:
        """What work in a grade counts as."""
        position = self.position(grade)
        activities = self.facts.get(expand("position:") + position, {}).get(expand("bilik:impliesActivity"), ())
        return [
            ("position", grade),
            ("speciality", position),
            *(("activity", code(activity)) for activity in activities),
        ]

    def position(self, grade: str) -> str:
        return code(self._said(grade)[expand("bilik:isGradeOf")][0])

    def ordinal(self, grade: str) -> int:
        return int(self._said(grade)[expand("bilik:ordinal")][0])

    def crosses_tiers(self, grade: str, other: str) -> bool:
        """Whether both name a tier, and not the same one."""
        tiers = [self._said(each).get(expand("bilik:hasTier")) for each in (grade, other)]
        return None not in tiers and tiers[0] != tiers[1]

    def _said(self, grade: str) -> Mapping[str, list[str]]:
        if (said := self.facts.get(expand("grade:") + grade)) is None:
            raise KeyError(grade)
        return said


@dataclass(frozen=True)
class _Search:
    """What a search from a grade found.

    Attributes:
        months: grade → the month in which it is reached.
        reached_by: grade, but for the start → the advancement, and the grade in which its months begin to count.
    """

    graph: _Career
    start: str
    months: Mapping[str, int]
    reached_by: Mapping[str, tuple[_Advancement, str]]

    def steps(self, target: str) -> list[LawStep]:
        """The steps from the start to a grade."""
        if target == self.start:
            return []
        edge, since = self.reached_by[target]
        step = LawStep(target, self.months[target], edge.way, edge.provision, edge.key)
        before = self._promoted(edge, since)
        return [*(self.steps(since) if before is None else before), step]

    def _promoted(self, edge: _Advancement, since: str) -> list[LawStep] | None:
        """The steps to the best rung below a grade that is reached while the months count, if any is.

        It is a rung that promotions lead to from the grade in which the months begin, and whose own way is work that
        counts from that month on.
        """
        rungs = [
            rung
            for rung in self.graph.promotions.get(edge.target, ())
            if rung in self.months and self.months[rung] < self.months[edge.target]
            if edge.way != "position" and self.graph.is_above(rung, since)
        ]
        for rung in sorted(rungs, key=lambda rung: _distance(self.graph, rung, edge.target)):
            steps = self.steps(rung)
            if self._counts_from(steps, edge.work) == self.months[since]:
                return steps
        return None

    def _counts_from(self, steps: Sequence[LawStep], work: _Work) -> int | None:
        """The month from which everything to the end of a way is work that counts; None if its end is not."""
        since = None
        for grade, month in ((self.start, 0), *((step.grade, step.month) for step in steps)):
            if work not in self.graph.work(grade):
                since = None
            elif since is None:
                since = month
        return since


def _search(graph: _Career, start: str) -> _Search:
    """Dijkstra's search. An advancement waits with what makes it the better one of its month."""
    months = {start: 0}
    reached_by: dict[str, tuple[_Advancement, str]] = {}
    begun: set[_Work] = set()
    waiting: list[tuple[int, int, _Distance, bool, str, _Advancement, str]] = []
    grade = start
    while True:
        for work in graph.work(grade):
            if work not in begun:
                begun.add(work)
                for edge in graph.advancements.get(work, ()):
                    way, distance = list(_COUNTS).index(edge.way), _distance(graph, grade, edge.target)
                    elsewhere = edge.source != grade
                    heappush(waiting, (months[grade] + edge.months, way, distance, elsewhere, edge.key, edge, grade))
        while waiting and waiting[0][-2].target in months:
            heappop(waiting)
        if not waiting:
            return _Search(graph, start, months, reached_by)
        month, *_, edge, since = heappop(waiting)
        grade = edge.target
        months[grade], reached_by[grade] = month, (edge, since)


_Distance = tuple[bool, bool, int]


def _distance(graph: _Career, grade: str, target: str) -> _Distance:
    """The less, the closer: of the same position, of no other tier, early in the text."""
    return (
        graph.position(grade) != graph.position(target),
        graph.crosses_tiers(grade, target),
        graph.ordinal(grade),
    )
