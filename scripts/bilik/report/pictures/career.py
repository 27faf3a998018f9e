"""The career graph as a picture needs it: grades by position, tier and category, and advancements that go together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bilik.evaluate.verdicts import Facts
from bilik.namespaces import code, expand

Kind = Literal["position", "group", "speciality", "activity"]
"""What the months of an advancement are served in: a position, one of a group, the speciality or an activity."""

KINDS: tuple[Kind, ...] = ("position", "group", "speciality", "activity")

_NO_RANK = 0
"""Where a grade that names no category or tier stands: with those of the lowest rank."""


@dataclass(frozen=True)
class Work:
    """The experience that an alternative asks for.

    Attributes:
        counted: the position, group or activity (its code) that the months are served in.
    """

    kind: Kind
    months: int
    counted: str


@dataclass(frozen=True)
class Station:
    """A grade.

    Attributes:
        tier, category: codes; None where the clause names none.
        height: rank of the category.
        level: rank of the tier.
        ordinal: its place in the text.
        provision: key of the clause that states its requirement.
        only: whether its position has no other grade.
    """

    grade: str
    position: str
    tier: str | None
    category: str | None
    height: int
    level: int
    ordinal: int
    provision: str
    only: bool


@dataclass(frozen=True)
class Move:
    """Advancements that go together: from any of the starts to any of the ends (of one category), by the same
    months of the same work.

    Attributes:
        starts, ends: slugs, in the order of the text.
        provision: key of the clause.
        advancements: their keys, sorted.
        returns: whether they lead back as well, by the same months.
    """

    work: Work
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    provision: str
    advancements: tuple[str, ...]
    returns: bool = False

    @property
    def kind(self) -> Kind:
        """What the months are served in."""
        return self.work.kind


@dataclass(frozen=True)
class Career:
    """Grades (in the order of the text) and the moves between them.

    Attributes:
        act: key of the legal act that states them.
    """

    act: str
    stations: tuple[Station, ...]
    moves: tuple[Move, ...]

    @property
    def positions(self) -> tuple[str, ...]:
        """Codes of the positions, in the order of the text."""
        return tuple(dict.fromkeys(station.position for station in self.stations))


def asked_work(facts: Facts) -> dict[str, Work]:
    """Key of an alternative that asks for experience → that experience; facts: the career graph, the grades."""
    return {advancement.alternative: advancement.work for advancement in _advancements(facts)}


@dataclass(frozen=True)
class _Advancement:
    key: str
    start: str
    end: str
    work: Work
    alternative: str
    provision: str


def read_career(facts: Facts, *, position: str | None = None) -> Career:
    """The career graph with its ranks as one picture shows it.

    Args:
        facts: the career graph, the requirements with their clauses, the ranks of tiers and categories.
        position: only what starts or ends in this position (a code), and all of its grades.

    Raises:
        KeyError: no grade is of that position.
    """
    stations = {station.grade: station for station in _stations(facts)}
    advancements = list(_advancements(facts))
    if position is not None:
        if position not in {station.position for station in stations.values()}:
            raise KeyError(position)
        advancements = [
            advancement
            for advancement in advancements
            if position in (stations[advancement.start].position, stations[advancement.end].position)
        ]
        touched = {grade for advancement in advancements for grade in (advancement.start, advancement.end)}
        stations = {
            grade: station for grade, station in stations.items() if station.position == position or grade in touched
        }
    act = code(facts[expand("law:") + next(iter(stations.values())).provision][expand("dcterms:isPartOf")][0])
    return Career(act, tuple(stations.values()), tuple(_moves(advancements, stations)))


def _stations(facts: Facts) -> list[Station]:
    grades = Counter(position for said in facts.values() for position in said.get(expand("bilik:isGradeOf"), ()))
    found = []
    for node, said in facts.items():
        if expand("bilik:hasRequirement") not in said:
            continue
        [position] = said[expand("bilik:isGradeOf")]
        [requirement] = said[expand("bilik:hasRequirement")]
        tier = next(iter(said.get(expand("bilik:hasTier"), ())), None)
        category = next(iter(said.get(expand("bilik:hasCategory"), ())), None)
        found.append(
            Station(
                grade=code(node),
                position=code(position),
                tier=code(tier) if tier else None,
                category=code(category) if category else None,
                height=_rank(facts, category),
                level=_rank(facts, tier),
                ordinal=int(said[expand("bilik:ordinal")][0]),
                provision=code(facts[requirement][expand("bilik:isStatedIn")][0]),
                only=grades[position] == 1,
            )
        )
    return sorted(found, key=lambda station: station.ordinal)


def _rank(facts: Facts, concept: str | None) -> int:
    return int(facts[concept][expand("bilik:rank")][0]) if concept else _NO_RANK


def _advancements(facts: Facts) -> Iterable[_Advancement]:
    terms: dict[str, Kind] = {
        expand("bilik:countsPosition"): "position",
        expand("bilik:countsSpecialityOf"): "speciality",
        expand("bilik:countsActivity"): "activity",
    }
    positions = {position for said in facts.values() for position in said.get(expand("bilik:isGradeOf"), ())}
    for node, said in sorted(facts.items()):
        if expand("bilik:advancesTo") not in said:
            continue
        [(kind, counted)] = [(kind, said[term][0]) for term, kind in terms.items() if term in said]
        kind = "group" if kind == "position" and counted not in positions else kind
        yield _Advancement(
            key=code(node),
            start=code(said[expand("bilik:advancesFrom")][0]),
            end=code(said[expand("bilik:advancesTo")][0]),
            work=Work(kind, int(said[expand("bilik:minimumMonths")][0]), code(counted)),
            alternative=code(said[expand("bilik:isBasedOn")][0]),
            provision=code(said[expand("bilik:isStatedIn")][0]),
        )


def _moves(advancements: list[_Advancement], stations: Mapping[str, Station]) -> list[Move]:
    """The advancements in as few moves as may be: together go those to ends of a category that ask for the same."""
    order = list(stations)
    into: dict[tuple[str, Work, str], list[_Advancement]] = defaultdict(list)
    for advancement in advancements:
        into[advancement.end, advancement.work, advancement.provision].append(advancement)
    together: dict[tuple[tuple[str, ...], int, Work, str], list[_Advancement]] = defaultdict(list)
    for (end, work, provision), leading in into.items():
        starts = tuple(sorted((advancement.start for advancement in leading), key=order.index))
        together[starts, stations[end].height, work, provision] += leading
    moves = [
        Move(
            work=work,
            starts=starts,
            ends=tuple(sorted({advancement.end for advancement in leading}, key=order.index)),
            provision=provision,
            advancements=tuple(sorted(advancement.key for advancement in leading)),
        )
        for (starts, _, work, provision), leading in together.items()
    ]
    return sorted(
        _with_returns(moves), key=lambda move: (KINDS.index(move.kind), order.index(move.ends[0]), move.work.months)
    )


def _with_returns(moves: list[Move]) -> Iterable[Move]:
    """Moves there and back by the same months as one."""
    left = list(moves)
    while left:
        move = left.pop(0)
        for back in left:
            if replace(back, starts=back.ends, ends=back.starts, advancements=move.advancements) == move:
                left.remove(back)
                both = tuple(sorted(move.advancements + back.advancements))
                move = replace(move, advancements=both, returns=True)
                break
        yield move
