"""Pieces of Turtle to show on a page: the structure of a few things, without what is said in words."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Graph

from bilik.namespaces import PREFIXES
from bilik.publish.site.frame import Site
from bilik.turtle import to_turtle


def snippet(site: Site, *iris: str) -> str:
    """What is said of things as Turtle, without prefixes and texts in a language."""
    told = (triple for triple in site.documents.said(*iris) if not _is_text(triple.object))
    lines = ox.serialize(told, format=ox.RdfFormat.N_TRIPLES)
    graph = Graph(bind_namespaces="none").parse(data=lines, format="nt")
    return "\n".join(line for line in to_turtle(graph).splitlines() if not line.startswith("@prefix ")).strip()


def reached(site: Site, start: str, prefix: str) -> list[str]:
    """The things of a namespace that one comes to from one of them, by what is said of it; that one first."""
    found, waiting = [start], [start]
    while waiting:
        said = site.documents.said(waiting.pop())
        objects = {triple.object.value for triple in said if isinstance(triple.object, ox.NamedNode)}
        new = sorted(iri for iri in objects if iri.startswith(PREFIXES[prefix]) and iri not in found)
        found += new
        waiting += new
    return found


def _is_text(value: object) -> bool:
    return isinstance(value, ox.Literal) and value.language is not None
