"""How long a question of the catalogue takes: the whole graph loaded and one question answered, on Oxigraph and rdflib.

A question about people is asked of the law and the example records, one about verdicts also of the verdicts on them.
What takes more than :data:`LIMIT` on Oxigraph, loading included, is marked. Names on the command line time those
questions alone.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bilik.catalogue import Query
from bilik.engine import load
from bilik.resources import law_files
from questions import QUERIES, people

RUNS = 3
LIMIT = 1.0


def seconds(call: Callable[[], object]) -> float:
    """The median of some runs."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def in_oxigraph(query: Query) -> ox.Store:
    """The whole graph, with what the question is about besides the law."""
    store = ox.Store()
    load(store, *law_files())
    if query.data:
        store.extend(ox.Quad(*triple) for triple in people(query.data, query.as_of))
    return store


def in_rdflib(query: Query) -> Graph:
    """The same on rdflib."""
    graph = Graph(bind_namespaces="none")
    for path in law_files():
        graph.parse(path)
    if query.data:
        lines = ox.serialize(people(query.data, query.as_of), format=ox.RdfFormat.N_TRIPLES)
        graph.parse(data=lines or b"", format="nt")
    return graph


def rows(ask: Callable[[str], object], query: Query) -> list[object]:
    """Every row of the answer."""
    return list(ask(query.sparql))  # type: ignore[call-overload, no-any-return]


def main(names: list[str]) -> None:
    """Print the times of each question, in ms."""
    questions = [query for query in QUERIES.values() if not names or query.name in names]
    slow = []
    for data, as_of in sorted({(query.data, query.as_of) for query in questions}, key=str):
        asked = [query for query in questions if (query.data, query.as_of) == (data, as_of)]
        store, graph = in_oxigraph(asked[0]), in_rdflib(asked[0])
        loading, parsing = (seconds(partial(make, asked[0])) for make in (in_oxigraph, in_rdflib))
        about = f"about {data or 'the law'}{f' as of {as_of}' if as_of else ''}"
        print(f"\n{about:36}{'rows':>6}{'Oxigraph':>10}{'rdflib':>10}")
        print(f"{f'loading {len(store):,} statements':36}{'':6}{loading * 1000:10.1f}{parsing * 1000:10.1f}")
        for query in asked:
            quick, other = (seconds(partial(rows, ask, query)) for ask in (store.query, graph.query))
            mark = f"  over {LIMIT:g} s with loading" if loading + quick > LIMIT else ""
            slow += [query.name] if mark else []
            count = len(rows(store.query, query))
            print(f"{query.name:36}{count:6}{quick * 1000:10.1f}{other * 1000:10.1f}{mark}")
    print(f"\n{len(questions)} questions, median of {RUNS} runs in ms; over {LIMIT:g} s on Oxigraph: {len(slow)}")


if __name__ == "__main__":
    main(sys.argv[1:])
