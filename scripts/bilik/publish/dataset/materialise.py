"""What follows from the graph, written out for those who have no reasoner."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Graph

from bilik.engine import construct, rule_files
from bilik.resources import folder


def materialised(graph: Graph) -> Graph:
    """The graph, the views of the law in the terms of others, and what follows by the rules of
    ``queries/publish/materialise``, run until nothing new is made."""
    store = ox.Store()
    store.load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    for view in sorted(folder("data", "views").glob("*.ttl")):
        store.load(path=view, format=ox.RdfFormat.TURTLE)
    close(store)
    lines = ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES)
    return Graph(bind_namespaces="none").parse(data=lines, format="nt")


def close(store: ox.Store) -> None:
    """Add what follows from the statements of a store."""
    rules, before = rule_files(folder("queries", "publish", "materialise")), -1
    while len(store) != before:
        before = len(store)
        for rule in rules:
            store.extend([ox.Quad(*triple) for triple in construct(store, rule)])
