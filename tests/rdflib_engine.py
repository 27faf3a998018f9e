"""The published files on rdflib, as somebody else would use them: the files alone, no code of the package."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import XSD, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

ROOT = Path(__file__).resolve().parent.parent
EVALUATION = URIRef("https://w3id.org/bilik/calc#evaluation")
AS_OF = URIRef("https://w3id.org/bilik/def#asOf")

FAMILIES = ("facts", "verdict", "prospect")
"""What rules are named whose constructs are results; no rule reads what a rule of another family makes."""

Statement = tuple[str, str, str]


def statements(triples: Iterable[ox.Triple]) -> set[Statement]:
    """Triples as text; whole numbers without their datatype, which engines write differently."""
    return {(str(t.subject), str(t.predicate), _plain(str(t.object))) for t in triples}


def rdflib_verdict_graph(
    records: Collection[ox.Quad], as_of: date, law: Collection[ox.Quad] | None = None
) -> set[Statement]:
    """What the rules named "verdict" construct; ``law``: if not the published one."""
    made = run_rules("verdict", records, as_of, law)
    return {statement for rule, found in made.items() if "-verdict-" in rule for statement in found}


def run_rules(
    family: str, records: Collection[ox.Quad], as_of: date, law: Collection[ox.Quad] | None = None
) -> dict[str, set[Statement]]:
    """file name → what the rule constructs: those named for the family, and before them those named for none."""
    graph = Graph(bind_namespaces="none")
    for triple in _published_law() if law is None else _read(law):
        graph.add(triple)
    with pytest.MonkeyPatch.context() as patch:
        # rdflib would mend some wrong dates on reading, and logs each that it cannot mend.
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        logging.getLogger("rdflib.term").setLevel(logging.ERROR)
        for triple in _read(records):
            graph.add(triple)
    graph.add((EVALUATION, AS_OF, Literal(as_of.isoformat(), datatype=XSD.date)))
    others = [f"-{other}-" for other in FAMILIES if other != family]
    constructed: dict[str, set[Statement]] = {}
    for name, rule in _rules().items():
        if not any(other in name for other in others):
            made = list(graph.query(rule))
            for found in made:
                graph.add(found)  # type: ignore[arg-type]
            constructed[name] = {(s.n3(), p.n3(), _plain(o.n3())) for s, p, o in made}  # type: ignore[misc]
    return constructed


@cache
def _rules() -> dict[str, Query]:
    """The published rules in the order of their names; rdflib takes as long to read one as to answer it."""
    files = sorted((ROOT / "queries" / "rules").glob("*.rq"))
    return {path.name: prepareQuery(path.read_text(encoding="utf-8")) for path in files}


@cache
def _published_law() -> Graph:
    return Graph(bind_namespaces="none").parse(ROOT / "data" / "compiled" / "conditions.ttl")


def _read(quads: Iterable[ox.Quad]) -> Graph:
    text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    return Graph(bind_namespaces="none").parse(data=text, format="nt")


def read_jsonld(path: Path) -> Graph:
    """A JSON-LD file as rdflib reads it; its own parser uses what rdflib has since deprecated."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="ConjunctiveGraph is deprecated", category=DeprecationWarning)
        return Graph(bind_namespaces="none").parse(path, format="json-ld")


def _plain(term: str) -> str:
    return term.replace("^^<http://www.w3.org/2001/XMLSchema#integer>", "")
