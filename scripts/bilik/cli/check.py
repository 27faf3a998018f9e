"""``bilik check``: persons against grades."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from bilik.cli.options import chosen_variants, known, law_under, load_assuming
from bilik.errors import InputError
from bilik.evaluate import CompiledLaw, Judgement, compiled_law, judge
from bilik.namespaces import code, expand
from bilik.people import find
from bilik.texts import Language

if TYPE_CHECKING:
    from bilik.evaluate.dependence import Comparison
    from bilik.evaluate.variants import Variant


def run(
    files: Sequence[Path],
    grades: Sequence[str],
    positions: Sequence[str],
    assumed: Sequence[str],
    as_of: date,
    form: str,
    language: Language,
    *,
    why: bool,
    readings: Sequence[str] = (),
    by_reading: bool = False,
) -> int:
    """Evaluate and print; returns the exit status."""
    published, variants = compiled_law(), chosen_variants(readings)
    _fits(form, variants=bool(variants), by_reading=by_reading)
    law = selected(law_under(published, variants), grades, positions)
    records = load_assuming(files, assumed)
    findings = find(records, as_of)
    chosen = bool(grades or positions)
    graph: list[ox.Triple] = []
    compare = _comparison(records.store, published, law, variants, as_of).of if by_reading else None
    met = _Met(judge(records.store, law, as_of, graph=graph if form == "turtle" else None))
    if form == "json":
        from bilik.report.as_json import check_json

        for piece in check_json(met, records, findings, as_of, language, law.variants, compare):
            sys.stdout.write(piece)
        return 0 if met.all and not findings else 1

    from rich.console import Console

    from bilik.report.as_text import in_question, print_findings, print_person

    if form == "turtle":
        from bilik.report.as_turtle import receipt

        deque(met, maxlen=0)
        sys.stdout.write(receipt(graph, law, as_of))
    elif form == "shacl":
        from bilik.report.as_shacl import validation_report

        verdicts = (judgement.verdicts if chosen else judgement.claimed for judgement in met)
        sys.stdout.write(validation_report(chain.from_iterable(verdicts)))
    else:
        from bilik.report.readings_as_text import print_dependences, print_variants

        console = Console(highlight=False)
        print_variants(console, law.variants, language)
        for judgement in met:
            print_person(console, judgement, records, as_of, language, selected=chosen, why=why)
            if compare:
                shown = in_question(judgement, selected=chosen)
                print_dependences(console, compare(judgement), shown, language)
    # What is wrong with the records is no part of a graph of verdicts.
    print_findings(Console(highlight=False, stderr=form != "text"), findings, language)
    return 0 if met.all and not findings else 1


def _comparison(
    people: ox.Store, published: CompiledLaw, law: CompiledLaw, variants: Sequence[Variant], as_of: date
) -> Comparison:
    """The verdicts of a law, made of the published one by variants, beside those of every other reading."""
    from bilik.evaluate.dependence import Comparison, rivals

    return Comparison(people, rivals(published, variants, law.grades), as_of)


def _fits(form: str, *, variants: bool, by_reading: bool) -> None:
    """Refuse what a format cannot say.

    Raises:
        InputError: the report would name shapes of other readings, or the graph has no place for a comparison.
    """
    if variants and form == "shacl":
        raise InputError(
            "--format shacl names the published shapes, which hold by the default readings; "
            "with --reading use text, json or turtle"
        )
    if by_reading and form not in ("text", "json"):
        raise InputError(f"--readings does not go with --format {form}; use text or json")


class _Met:
    """Passes judgements on and keeps whether every claim so far is met."""

    def __init__(self, judgements: Iterator[Judgement]) -> None:
        self.judgements = judgements
        self.all = True

    def __iter__(self) -> Iterator[Judgement]:
        for judgement in self.judgements:
            self.all &= all(verdict.outcome == "qualified" for verdict in judgement.claimed)
            yield judgement


def selected(law: CompiledLaw, grades: Sequence[str], positions: Sequence[str]) -> CompiledLaw:
    """The law of the grades and positions asked for; all of it if none is.

    Raises:
        InputError: an unknown slug.
    """
    if not grades and not positions:
        return law
    of_position = {grade: code(law.facts[grade][expand("bilik:isGradeOf")][0]) for grade in law.grades}
    slugs = {known(slug, (code(grade) for grade in law.grades), "grade") for slug in grades}
    posts = {known(slug, dict.fromkeys(of_position.values()), "position") for slug in positions}
    return law.only({grade for grade, post in of_position.items() if code(grade) in slugs or post in posts})
