"""The published files on rdflib, as somebody else would use them: the files alone, no code of the package."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import XSD, Graph, Literal, URIRef

ROOT = Path(__file__).resolve().parent.parent
EVALUATION = URIRef("https://w3id.org/bilik/calc#evaluation")
AS_OF = URIRef("https://w3id.org/bilik/def#asOf")

Statement = tuple[str, str, str]


def statements(triples: Iterable[ox.Triple]) -> set[Statement]:
    """Triples as text; whole numbers without their datatype, which engines write differently."""
    return {(str(t.subject), str(t.predicate), _plain(str(t.object))) for t in triples}


def rdflib_verdict_graph(
    records: Collection[ox.Quad], as_of: date, law: Collection[ox.Quad] | None = None
) -> set[Statement]:
    """What the rules named "verdict" construct, run in the order of their names; ``law``: if not the published one."""
    graph = Graph()
    if law is None:
        graph.parse(ROOT / "data" / "compiled" / "conditions.ttl")
    else:
        graph.parse(data=ox.serialize((q.triple for q in law), format=ox.RdfFormat.N_TRIPLES), format="nt")
    with pytest.MonkeyPatch.context() as patch:
        # rdflib would mend some wrong dates on reading, and logs each that it cannot mend.
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        logging.getLogger("rdflib.term").setLevel(logging.ERROR)
        graph.parse(data=ox.serialize((q.triple for q in records), format=ox.RdfFormat.N_TRIPLES), format="nt")
    graph.add((EVALUATION, AS_OF, Literal(as_of.isoformat(), datatype=XSD.date)))
    verdicts: set[Statement] = set()
    for rule in sorted((ROOT / "queries" / "rules").glob("*.rq")):
        made = list(graph.query(rule.read_text(encoding="utf-8")))
        for triple in made:
            graph.add(triple)  # type: ignore[arg-type]
        if "-verdict-" in rule.name:
            verdicts |= {(s.n3(), p.n3(), _plain(o.n3())) for s, p, o in made}  # type: ignore[misc]
    return verdicts


def read_jsonld(path: Path) -> Graph:
    """A JSON-LD file as rdflib reads it; its own parser uses what rdflib has since deprecated."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="ConjunctiveGraph is deprecated", category=DeprecationWarning)
        return Graph(bind_namespaces="none").parse(path, format="json-ld")


def _plain(term: str) -> str:
    return term.replace("^^<http://www.w3.org/2001/XMLSchema#integer>", "")
