"""What follows from the graph, written out for those who have no reasoner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bilik.engine import construct, load, rule_files
from bilik.resources import folder


def materialised(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The statements, the views of the law in the terms of others, and what follows by the rules of
    ``queries/publish/materialise``, run until nothing new is made."""
    store = ox.Store()
    store.extend([ox.Quad(*triple) for triple in triples])
    load(store, *sorted(folder("data", "views").glob("*.ttl")))
    close(store)
    return (quad.triple for quad in store)


def close(store: ox.Store) -> None:
    """Add what follows from the statements of a store."""
    rules, before = rule_files(folder("queries", "publish", "materialise")), -1
    while len(store) != before:
        before = len(store)
        for rule in rules:
            store.extend([ox.Quad(*triple) for triple in construct(store, rule)])
