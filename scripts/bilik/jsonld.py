"""The one writer of JSON-LD: a graph as trees with a context in the file; the same graph gives the same bytes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rdflib import Graph
from rdflib.term import URIRef

from bilik.namespaces import PREFIXES

Terms = Mapping[str, Any]
"""Term → its definition in a JSON-LD context, in the order in which a node's keys are written."""

Nodes = Mapping[str, dict[str, Any]]
"""IRI, as compacted → the node, its properties in compacted form."""


def to_jsonld(graph: Graph, terms: Terms) -> str:
    """A graph without blank nodes as JSON-LD 1.1.

    A node that only one other refers to, by a term that is known to take IRIs, is written inside it; all others stand
    at the top, sorted by IRI.

    Args:
        terms: besides them, the context has the prefixes of :data:`bilik.namespaces.PREFIXES` that the graph uses.
    """
    context = _prefixes(graph) | dict(terms)
    compact = json.loads(graph.serialize(format="json-ld", context=context, use_native_types=True))
    nodes = {node["@id"]: node for node in compact["@graph"]}
    links = [term for term, said in terms.items() if isinstance(said, Mapping) and said.get("@type") == "@id"]
    inside = _inside(nodes, links)
    order = {key: place for place, key in enumerate(("@id", "@type", *terms))}

    def tree(name: str) -> dict[str, Any]:
        node = nodes[name]
        written = {}
        for key in sorted(node, key=lambda key: (order.get(key, len(order)), key)):
            values = sorted(node[key], key=str) if isinstance(node[key], list) else node[key]
            written[key] = values
            if key in links:
                there = [tree(v) if inside.get(v) == (name, key) else v for v in _values(values)]
                written[key] = there if isinstance(values, list) else there[0]
        return written

    document = {"@context": context, "@graph": [tree(name) for name in sorted(nodes) if name not in inside]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _inside(nodes: Nodes, links: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Node → the only other node that refers to it, and the first of the terms by which it does."""
    referring: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in nodes:
        for term in links:
            for value in _values(nodes[name].get(term, [])):
                if value in nodes:
                    referring[value].append((name, term))
    return {child: found[0] for child, found in referring.items() if len({parent for parent, _ in found}) == 1}


def _values(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, list) else [value]


def _prefixes(graph: Graph) -> dict[str, str]:
    used = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    return {prefix: iri for prefix, iri in PREFIXES.items() if any(term.startswith(iri) for term in used)}
