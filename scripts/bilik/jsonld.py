"""The one writer of JSON-LD: a graph as trees with a context in the file; the same graph gives the same bytes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rdflib import Graph
from rdflib.term import URIRef

from bilik.namespaces import PREFIXES
from bilik.turtle import in_order

Terms = Mapping[str, Any]
"""Term → its definition in a JSON-LD context, in the order in which a node's keys are written."""

Nodes = Mapping[str, dict[str, Any]]
"""IRI, as compacted → the node, its properties in compacted form."""


def to_jsonld(graph: Graph, terms: Terms) -> str:
    """A graph as JSON-LD 1.1; blank nodes carry their RDFC-1.0 labels, so that order is stable.

    A node that only one other refers to, by a term that is known to take IRIs, is written inside it; all others stand
    at the top, sorted by IRI.

    Args:
        terms: besides them, the context has the prefixes of :data:`bilik.namespaces.PREFIXES` that the graph uses.
    """
    context = _prefixes(graph) | dict(terms)
    compact = json.loads(in_order(graph).serialize(format="json-ld", context=context, use_native_types=True))
    nodes = {node["@id"]: node for node in compact.get("@graph", [compact])}
    links = [term for term, said in terms.items() if isinstance(said, Mapping) and said.get("@type") == "@id"]
    inside = _inside(nodes, links)
    order = {key: place for place, key in enumerate(("@id", "@type", *terms))}

    def tree(name: str) -> dict[str, Any]:
        node = nodes[name]
        written = {}
        for key in sorted(node, key=lambda key: (order.get(key, len(order)), key)):
            values = _in_order(node[key])
            written[key] = values
            if key in links:
                there = [tree(v) if isinstance(v, str) and inside.get(v) == (name, key) else v for v in _values(values)]
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
                if isinstance(value, str) and value in nodes:
                    referring[value].append((name, term))
    inside = {child: found[0] for child, found in referring.items() if len({parent for parent, _ in found}) == 1}
    for child in sorted(inside):  # of nodes that would be inside one another one stands at the top
        above, passed = child, set[str]()
        while above in inside and above not in passed:
            passed.add(above)
            above = inside[above][0]
        if above == child:
            del inside[child]
    return inside


def _values(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, list) else [value]


def _in_order(value: Any) -> Any:
    """Values of a property sorted, and the texts of a language map by language; a list (``@list``) stays as it is."""
    if isinstance(value, list):
        return sorted((_in_order(one) for one in value), key=str)
    if isinstance(value, dict) and "@list" not in value:
        return {key: _in_order(value[key]) for key in sorted(value)}
    return value


def _prefixes(graph: Graph) -> dict[str, str]:
    used = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    return {prefix: iri for prefix, iri in PREFIXES.items() if any(term.startswith(iri) for term in used)}
