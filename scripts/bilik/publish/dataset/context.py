"""The JSON-LD context: the terms of the vocabulary by their plain names, for the dataset and for anybody's records."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pyoxigraph as ox

from bilik.engine import load, select
from bilik.jsonld import Terms
from bilik.namespaces import PREFIXES, code, expand, shorten
from bilik.resources import folder

_PLAIN = frozenset(expand(term) for term in ("xsd:string", "xsd:integer", "xsd:boolean"))
"""What JSON itself can say."""

_WORDS = expand("rdf:langString")


def context_terms() -> dict[str, Any]:
    """Term → its definition: borrowed terms first, then classes and properties of the vocabulary.

    A property whose values are of one datatype takes them as plain text, one that links takes an IRI or prefixed name,
    one with words in languages takes them by language.
    """
    store = ox.Store()
    load(store, *sorted(folder("ontology").glob("*.ttl")))
    ranges: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in select(store, folder("queries", "publish", "terms.rq")):
        ranges[row["term"], row["kind"]] |= {row["range"]} if "range" in row else set()
    terms: dict[str, Any] = json.loads(folder("queries", "publish", "terms.json").read_text(encoding="utf-8"))
    for (term, kind), values in ranges.items():
        terms[code(term)] = _definition(shorten(term), kind, values)
    return terms


def context_document(terms: Terms) -> str:
    """The context as a file of its own."""
    context = PREFIXES | dict(terms)
    return json.dumps({"@context": context}, ensure_ascii=False, indent=1) + "\n"


def _definition(curie: str, kind: str, ranges: set[str]) -> Any:
    if kind == "link":
        return {"@id": curie, "@type": "@id"}
    if ranges == {_WORDS}:
        return {"@id": curie, "@container": "@language"}
    if len(ranges) == 1 and not ranges & _PLAIN:
        return {"@id": curie, "@type": shorten(*ranges)}
    return curie
