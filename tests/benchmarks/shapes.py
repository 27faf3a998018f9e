"""What the generated shapes cost in pySHACL: one claim, and 1,000 claims beside shapes written by hand.

The shapes in ``hand-written`` say the same of three grades as tersely and as cheaply as SHACL Core allows: anonymous,
alternatives drawn together where they share an education, no provisions. Both kinds must give the same results (person
and severity). Processor time, as other work on the machine would blur the ratio; imports are left out. Each grade's
shapes are run in turns; medians are printed.
"""

from __future__ import annotations

import logging
import statistics
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import URIRef

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from as_rdf import person_iri, to_quads
from bilik.evaluate import compiled_law, derived_facts
from bilik.namespaces import expand
from bilik.resources import folder
from oracle import Person, load_law
from people_strategies import WISHES, random_person

HAND_WRITTEN = Path(__file__).parent / "hand-written"
PEOPLE = 1000
RUNS = 5
AS_OF = date(2026, 1, 1)


def claims(grade: str, count: int) -> list[ox.Triple]:
    """Seeded random people who claim a grade, with the derived facts."""
    law, compiled, rng = load_law(), compiled_law(), Random(2026)
    claim, of_grade = ox.NamedNode(expand("bilik:claimsGrade")), ox.NamedNode(expand(f"grade:{grade}"))
    triples: list[ox.Triple] = []
    for number in range(count):
        made = random_person(rng, law, grade, WISHES[number % 3], AS_OF)
        person = Person(f"p{number}", made.credentials, made.trainings, made.employments)
        records = [*to_quads(person), ox.Quad(ox.NamedNode(person_iri(person.key)), claim, of_grade)]
        triples += [quad.triple for quad in records]
        triples += derived_facts(records, compiled, AS_OF)
    return triples


def as_graph(triples: Iterable[ox.Triple]) -> Graph:
    """The same in rdflib."""
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert lines is not None, "serialising without an output gives bytes"
    return Graph().parse(data=lines, format="nt")


def section_of(grade: str) -> Path:
    """The file with the generated shapes of a grade."""
    target = (None, SH.targetClass, URIRef(expand(f"claim:{grade}")))
    (path,) = (p for p in folder("shapes", "qualification").glob("*.ttl") if target in Graph().parse(p))
    return path


def validated(data: Graph, shapes: Graph) -> tuple[float, list[tuple[str, str]]]:
    """Seconds of processor time, and the sorted results: person and severity."""
    begun = time.process_time()
    _, report, answer = pyshacl.validate(data, shacl_graph=shapes, inference="none", meta_shacl=False)
    seconds = time.process_time() - begun
    assert isinstance(report, Graph), answer
    found = (
        tuple(str(report.value(result, term)) for term in (SH.focusNode, SH.resultSeverity))
        for result in report.objects(None, SH.result)
    )
    return seconds, sorted((focus, severity) for focus, severity in found)


def one_claim(grade: str) -> None:
    """Time of parsing the section's shapes and one person, and of validating."""
    lines = ox.serialize(claims(grade, 1), format=ox.RdfFormat.TURTLE)
    path, parsing, validating = section_of(grade), [], []
    for _ in range(RUNS):
        begun = time.process_time()
        shapes, data = Graph().parse(path), Graph().parse(data=lines, format="turtle")
        parsing.append(time.process_time() - begun)
        validating.append(validated(data, shapes)[0])
    parse, validate = statistics.median(parsing), statistics.median(validating)
    print(f"{grade:24} {path.name:12} parse {parse:6.3f} s, validate {validate:6.3f} s, sum {parse + validate:6.3f} s")


def many_claims(grade: str) -> None:
    """Generated and hand-written shapes in turns."""
    data = as_graph(claims(grade, PEOPLE))
    generated, written = Graph().parse(section_of(grade)), Graph().parse(HAND_WRITTEN / f"{grade}.ttl")
    pairs = []
    for _ in range(RUNS):
        (ours, found), (theirs, expected) = validated(data, generated), validated(data, written)
        assert found == expected, grade
        pairs.append((ours, theirs))
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    figures = f"generated {ours:6.2f} s, by hand {theirs:6.2f} s, ratio {ours / theirs:4.2f}"
    print(f"{grade:24} {len(found):5} results: {figures}")


def main() -> None:
    """Print both."""
    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib").setLevel(logging.ERROR)  # a date that is none is meant to be there
    grades = sorted(path.stem for path in HAND_WRITTEN.glob("*.ttl"))
    print(f"One person's claim through the section's file (processor time, median of {RUNS}):")
    for grade in grades:
        one_claim(grade)
    print(f"\n{PEOPLE:,} persons' claims of one grade (processor time, median of {RUNS}):")
    for grade in grades:
        many_claims(grade)


if __name__ == "__main__":
    main()
