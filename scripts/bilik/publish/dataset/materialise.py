"""What follows from the graph, written out for those who have no reasoner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from bilik.engine import construct, read_statements, rule_files
from bilik.resources import folder


def materialised(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The statements, the views of the law in the terms of others, and what follows by the rules of
    ``queries/publish/materialise``, run until nothing new is made."""
    said = {*triples, *read_statements(sorted(folder("data", "views").glob("*.ttl")))}
    yield from said
    store = ox.Store()
    store.extend([ox.Quad(*triple) for triple in said])
    before = {quad.triple for quad in store}
    close(store)
    yield from (quad.triple for quad in store if quad.triple not in before)


def close(store: ox.Store) -> None:
    """Add what follows from the statements of a store."""
    rules, before = rule_files(folder("queries", "publish", "materialise")), -1
    while len(store) != before:
        before = len(store)
        for rule in rules:
            store.extend([ox.Quad(*triple) for triple in construct(store, rule)])
