"""What a workbook tells of an audit, read from the connection that it was made in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import duckdb

from bilik.evaluate import CompiledLaw
from bilik.evaluate.variants import readings_of
from bilik.namespaces import code, expand
from bilik.resources import folder
from bilik.texts import Language, height, name

OUTCOMES = ("not-qualified", "undetermined", "qualified")
"""The worst first."""


@dataclass(frozen=True)
class Grade:
    """A grade of the law: codes, and the readings that its requirement depends on."""

    slug: str
    position: str
    tier: str | None
    category: str | None
    provision: str
    readings: frozenset[str]

    def part(self, kind: str, language: Language) -> str | None:
        """The name of its position, tier or category; none where it has none."""
        key = getattr(self, kind)
        return _capital(name(f"{kind}:{key}", language)) if key else None

    def place(self, language: Language) -> str:
        """Tier and category in words, to stand behind the position."""
        parts = (
            name(f"{kind}:{key}", language) for kind, key in (("tier", self.tier), ("category", self.category)) if key
        )
        return _capital(", ".join(parts))


class Claim(NamedTuple):
    """A claim and its verdict; ``carried`` are the values of people's own columns."""

    person: str
    grade: str
    verdict: str
    best_alternative: int
    short_months: int | None
    reason: str | None
    carried: tuple[Any, ...]


class Due(NamedTuple):
    """Who will qualify for which grade on which day."""

    person: str
    grade: str
    next_grade: str
    next_date: date
    carried: tuple[Any, ...]


class Fitting(NamedTuple):
    """The highest grade of each position that a person qualifies for; None where some are undetermined at most."""

    person: str
    grades: Mapping[str, str | None]
    carried: tuple[Any, ...]


@dataclass(frozen=True)
class Audit:
    """An audit that has been evaluated.

    Attributes:
        carried: names of the columns of people's own.
        grades: the grades of the law in its order, by slug.
        persons: how many the roster names.
        counts: (grade, outcome) → how many claims.
    """

    connection: duckdb.DuckDBPyConnection
    carried: tuple[str, ...]
    law: CompiledLaw
    as_of: date
    language: Language
    grades: Mapping[str, Grade]
    persons: int
    counts: Mapping[tuple[str, str], int]

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return sum(self.counts.values())

    @property
    def claimed(self) -> list[Grade]:
        """The grades that are claimed, in the order of the law."""
        return [
            grade for slug, grade in self.grades.items() if any((slug, outcome) in self.counts for outcome in OUTCOMES)
        ]

    def each_claim(self) -> Iterator[Claim]:
        """The claims, the worst first."""
        return map(Claim._make, self._told("FROM judged_claims ORDER BY row", Claim._fields))

    def reasons(self) -> list[str]:
        """The codes of reasons that occur with claims, sorted."""
        asked = "SELECT DISTINCT unnest(string_split(reason, ';')) FROM judged_claims ORDER BY ALL"
        return [reason for (reason,) in self.connection.execute(asked).fetchall() if reason]

    def due(self, months: int) -> list[Due]:
        """Whose next grade comes within some months, the soonest first."""
        return list(map(Due._make, self._told(_sql("due"), Due._fields, {"months": months})))

    def fitting(self) -> Iterator[Fitting]:
        """For which grades people qualify, of all that the rows tell, by person."""
        lowest_first = sorted(self.grades.values(), key=lambda grade: height(grade.tier, grade.category))
        asked = {
            "grades": [grade.slug for grade in lowest_first],
            "positions": [grade.position for grade in lowest_first],
            "heights": list(range(len(lowest_first))),
        }
        for person, found, *carried in _rows(self.connection.execute(_sql("positions"), asked)):
            yield Fitting(person, {one["position"]: one["grade"] for one in found}, tuple(carried))

    def _told(
        self, question: str, fields: Sequence[str], values: Mapping[str, object] | None = None
    ) -> Iterator[list[Any]]:
        """Of each row these columns, the last of which stands for those of people's own."""
        table = self.connection.execute(question, values)
        names = [column for column, *_ in table.description or ()]
        asked = [names.index(column) for column in fields[:-1]]
        own = [names.index(column) for column in self.carried]
        for row in _rows(table):
            yield [*(row[place] for place in asked), tuple(row[place] for place in own)]


def read_audit(
    connection: duckdb.DuckDBPyConnection, carried: Sequence[str], law: CompiledLaw, as_of: date, language: Language
) -> Audit:
    """Look at an audit.

    Raises:
        duckdb.Error: a source cannot be read to its end, or the machine has not enough room.
    """
    connection.execute(_sql("claims"))
    counted = connection.execute("SELECT grade, verdict, count(*) FROM judged_claims GROUP BY ALL").fetchall()
    persons = connection.execute(_sql("persons")).fetchone()
    return Audit(
        connection=connection,
        carried=tuple(carried),
        law=law,
        as_of=as_of,
        language=language,
        grades={code(grade): _grade(law, grade) for grade in law.grades},
        persons=persons[0] if persons else 0,
        counts={(grade, verdict): count for grade, verdict, count in counted},
    )


def _grade(law: CompiledLaw, grade: str) -> Grade:
    said = law.facts[grade]
    (requirement,) = said[expand("bilik:hasRequirement")]

    def part(term: str) -> str | None:
        return code(said[expand(term)][0]) if expand(term) in said else None

    return Grade(
        slug=code(grade),
        position=code(said[expand("bilik:isGradeOf")][0]),
        tier=part("bilik:hasTier"),
        category=part("bilik:hasCategory"),
        provision=code(law.facts[requirement][expand("bilik:isStatedIn")][0]),
        readings=frozenset(readings_of(law.facts, requirement)),
    )


def _sql(called: str) -> str:
    return folder("queries", "audit", "workbook", f"{called}.sql").read_text(encoding="utf-8")


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := found.fetchmany(10_000):
        yield from batch


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
