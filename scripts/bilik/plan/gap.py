"""The gap between a person and a grade: what each alternative lacks, what closes it soonest, what would be new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from bilik.evaluate import AlternativeResult, CompiledLaw, Verdict, judge
from bilik.evaluate.rules import record_of
from bilik.evaluate.verdicts import Facts
from bilik.namespaces import code, expand
from bilik.people import Records
from bilik.plan.outlook import Situation, outlooks
from bilik.plan.plan import Course
from bilik.plan.planner import outline_plans


@dataclass(frozen=True)
class Closing:
    """An alternative as it stands, and the way that meets it soonest."""

    result: AlternativeResult
    course: Course


@dataclass(frozen=True)
class Item:
    """A duty or a piece of knowledge: its key and its wording in the order (Kazakh)."""

    key: str
    wording: str


@dataclass(frozen=True)
class Gap:
    """What lies between a person (IRI) and a grade (slug).

    Attributes:
        closings: of the alternatives, in the order of the text.
        present: slugs of the positions held.
        new_duties, new_knowledge: of the position of the grade, what no position held has.
        known: how many pieces of knowledge are asked for in a position held already.
    """

    person: str
    to: str
    as_of: date
    verdict: Verdict
    closings: tuple[Closing, ...]
    present: tuple[str, ...]
    new_duties: tuple[Item, ...]
    new_knowledge: tuple[Item, ...]
    known: int

    @property
    def cheapest(self) -> Closing | None:
        """The alternative that is met soonest, with the fewest things to obtain; None if none ever is."""
        leading = [closing for closing in self.closings if closing.course.day]
        return min(leading, key=lambda c: (c.course.day, len(c.course.changes), c.result.number), default=None)


def find_gap(
    records: Records, person: str, grade: str, compiled: CompiledLaw, law: Facts, as_of: date
) -> Gap:
    """The gap of a person (IRI) and a grade (slug).

    Args:
        compiled: the compiled law, of all grades.
        law: the law graph, with the wording of duties and knowledge.

    Raises:
        EngineError: a rule cannot be run.
    """
    target = expand(f"grade:{grade}")
    store = ox.Store()
    record = record_of(records.store, person)
    store.extend(record)
    (judgement,) = judge(store, compiled.only({target}), as_of)
    (verdict,) = judgement.verdicts
    closings = []
    for result in verdict.alternatives:
        (plan,) = outline_plans(records, person, [grade], compiled.only_alternative(target, result.number), as_of)
        closings.append(Closing(result, plan.best))
    position = compiled.facts[target][expand("bilik:isGradeOf")][0]
    present = _present(Situation(person, tuple(record), as_of, position), judgement.claims, compiled)
    before = [expand(f"position:{slug}") for slug in present]
    knowledge = _items(law, [position], "bilik:requiresKnowledge")
    new_knowledge = _new(knowledge, _items(law, before, "bilik:requiresKnowledge"))
    return Gap(
        person=person,
        to=grade,
        as_of=as_of,
        verdict=verdict,
        closings=tuple(closings),
        present=present,
        new_duties=_new(_items(law, [position], "bilik:hasDuty"), _items(law, before, "bilik:hasDuty")),
        new_knowledge=new_knowledge,
        known=len(knowledge) - len(new_knowledge),
    )


def _present(situation: Situation, claims: Iterable[str], compiled: CompiledLaw) -> tuple[str, ...]:
    """Slugs of the positions held: those worked in, else those of the grades claimed, in the order of the law."""
    (outlook,) = outlooks([situation], compiled)
    claimed = {code(compiled.facts[expand(f"grade:{claim}")][expand("bilik:isGradeOf")][0]) for claim in claims}
    held = {post.partition(" ")[0] for post in outlook.posts} or claimed
    known = dict.fromkeys(code(compiled.facts[grade][expand("bilik:isGradeOf")][0]) for grade in compiled.grades)
    return tuple(slug for slug in known if slug in held)


def _items(law: Facts, positions: Sequence[str], term: str) -> list[Item]:
    """What positions have under a term, in the order of the text."""
    nodes = sorted({node for position in positions for node in law[position].get(expand(term), ())})
    return [Item(code(node), law[node][expand("bilik:wording")][0]) for node in nodes]


def _new(items: Sequence[Item], before: Iterable[Item]) -> tuple[Item, ...]:
    known = {_words(item) for item in before}
    return tuple(item for item in items if _words(item) not in known)


def _words(item: Item) -> tuple[str, ...]:
    """The words of an item whatever their order, case and punctuation: equal ones say the same."""
    return tuple(sorted(re.findall(r"\w+", item.wording.casefold())))
