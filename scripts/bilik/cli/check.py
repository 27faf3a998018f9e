"""``bilik check``: persons against grades."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from bilik.cli.options import known
from bilik.evaluate import CompiledLaw, Judgement, compiled_law, judge, verdict_graphs
from bilik.namespaces import PREFIXES, code, expand
from bilik.people import Finding, Records, find, load_people
from bilik.texts import Language


def run(
    files: Sequence[Path],
    grades: Sequence[str],
    positions: Sequence[str],
    as_of: date,
    form: str,
    language: Language,
    *,
    why: bool,
) -> int:
    """Evaluate and print; returns the exit status."""
    law = selected(compiled_law(), grades, positions)
    records = load_people(files)
    findings = find(records, as_of)
    if form == "turtle":
        return _turtle(records, law, as_of, findings)
    met = _Met(judge(records.store, law, as_of))
    if form == "json":
        from bilik.report.as_json import check_json

        for piece in check_json(met, records, findings, as_of, language):
            sys.stdout.write(piece)
    else:
        from rich.console import Console

        from bilik.report.as_text import print_findings, print_person

        console = Console(highlight=False)
        for judgement in met:
            print_person(console, judgement, records, as_of, language, selected=bool(grades or positions), why=why)
        print_findings(console, findings, language)
    return 0 if met.all and not findings else 1


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


def _turtle(records: Records, law: CompiledLaw, as_of: date, findings: Sequence[Finding]) -> int:
    met = True
    outcome, claims = ox.NamedNode(expand("bilik:hasOutcome")), ox.NamedNode(expand("bilik:claimsGrade"))
    triples: list[ox.Triple] = []
    for _, graph in verdict_graphs(records.store, law, as_of):
        triples += graph
    verdicts = ox.Store()
    verdicts.bulk_extend(ox.Quad(*triple) for triple in triples)
    for claim in records.store.quads_for_pattern(None, claims, None):
        for quad in verdicts.quads_for_pattern(None, ox.NamedNode(expand("bilik:concernsGrade")), claim.object):
            person = ox.Quad(quad.subject, ox.NamedNode(expand("bilik:concernsPerson")), claim.subject)
            qualified = ox.Quad(quad.subject, outcome, ox.NamedNode(expand("outcome:qualified")))
            met &= person not in verdicts or qualified in verdicts
    text = ox.serialize(sorted(set(triples), key=str), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert text is not None, "serialising without an output gives bytes"
    sys.stdout.write(text.decode("utf-8"))
    return 0 if met and not findings else 1
