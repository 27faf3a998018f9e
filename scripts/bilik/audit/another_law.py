"""Another law than the published one: a law graph that somebody amended, compiled by the rules of the build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bilik.engine import derive, load, rule_files, select
from bilik.errors import InputError
from bilik.evaluate import CompiledLaw
from bilik.evaluate.verdicts import read_facts
from bilik.namespaces import expand, shorten
from bilik.people.codes import Codes, codes_in
from bilik.people.reading import read_rdf
from bilik.resources import folder

_DERIVED = expand("calc:")
_REQUIREMENT = ox.NamedNode(expand("bilik:hasRequirement"))
_WHOLE = "a law graph is whole: copy data/order-775/*.ttl and amend the copy"


@dataclass(frozen=True)
class LawAndCodes:
    """What a roster is evaluated by: for the published law ``LawAndCodes(compiled_law(), read_codes())``.

    Attributes:
        compiled: the conditions, as the rules and the audit read them.
        codes: the grades, and the codes and names of the concepts: what a cell and a claim mean under the law.
    """

    compiled: CompiledLaw
    codes: Codes


def law_of(path: Path) -> LawAndCodes:
    """Compile a law graph.

    Args:
        path: an RDF file with a whole law graph, or a folder of Turtle files that make one up: the sections of the
            order and the order itself. Ontology, schemes and readings need not be in it; those that are published are
            taken in any case. What the build derives is derived anew and not read from the file.

    Raises:
        InputError: the graph cannot be read, states no requirement, or states one that cannot be judged.
        EngineError: a rule of the build cannot be run.
    """
    sources = ox.Store()
    load(sources, *_beside())
    sources.extend(_stated(path))
    if next(sources.quads_for_pattern(None, _REQUIREMENT, None), None) is None:
        raise InputError(f"{path}: no grade in it has a requirement; {_WHOLE}")
    conditions = derive(folder("queries", "build", "conditions"), sources)
    _judgeable(path, sources, conditions)
    record = derive(folder("queries", "build", "record"), sources)
    return LawAndCodes(CompiledLaw(tuple(conditions)), codes_in(read_facts([*record, *conditions])))


def _beside() -> list[Path]:
    """What stands beside a law graph: ontology, schemes, readings, shapes of a record."""
    ontology = folder("ontology")
    schemes = sorted(ontology.glob("vocab/*.ttl"))
    return [*sorted(ontology.glob("*.ttl")), *schemes, folder("data", "readings.ttl"), folder("shapes", "person.ttl")]


def _stated(path: Path) -> Iterator[ox.Quad]:
    files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path}: no Turtle file in this folder; {_WHOLE}")
    for file in files:
        for quad in read_rdf(file):
            if not quad.predicate.value.startswith(_DERIVED):
                yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _judgeable(path: Path, sources: ox.Store, conditions: ox.Store) -> None:
    """Refuse a law that somebody could not be judged by."""
    for quad in conditions:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise InputError(f"{path}: part of a requirement is a blank node (at {quad.predicate}); give it an IRI")
    everything = ox.Store()
    everything.bulk_extend([*sources, *conditions])
    for check in rule_files(folder("queries", "audit", "another-law")):
        for row in select(everything, check):
            rule = check.stem.partition("-")[2].replace("-", " ")
            raise InputError(f"{path}: {shorten(row['focus'])}: {rule}, and this one does not; {_remedy(check)}")


def _remedy(check: Path) -> str:
    """What the head of a check says is to be done."""
    head = [line.removeprefix("# ") for line in check.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    start = next(number for number, line in enumerate(head) if line.startswith("Remedy: "))
    end = next(number for number, line in enumerate(head) if line.startswith("Reads: "))
    return " ".join(head[start:end]).removeprefix("Remedy: ").rstrip(".")
