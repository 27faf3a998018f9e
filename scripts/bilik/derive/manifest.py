"""The manifest: every name that was ever published, so that none disappears."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rdflib import Graph
from rdflib.namespace import RDFS, SKOS
from rdflib.term import Literal, URIRef

from bilik.namespaces import BASE

MANIFEST: Final = URIRef(f"{BASE}manifest")

_LABELS: Final = {"kk": "Жарияланған атаулар", "ru": "Опубликованные имена", "en": "Published names"}


def manifest(before: Graph, described: Iterable[Graph]) -> Graph:
    """The names of the manifest as it was, and every name of this project that has a label now.

    A name without a label, as that of a quote, is made from its place in the text and is no promise.
    """
    graph = Graph(bind_namespaces="none")
    for language, label in _LABELS.items():
        graph.add((MANIFEST, RDFS.label, Literal(label, lang=language)))
    for name in before.objects(MANIFEST, RDFS.member):
        graph.add((MANIFEST, RDFS.member, name))
    for source in described:
        for label_term in (RDFS.label, SKOS.prefLabel):
            for name in source.subjects(label_term):
                if str(name).startswith(BASE):
                    graph.add((MANIFEST, RDFS.member, name))
    return graph
