"""What the endpoint says of itself (SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from bilik.namespaces import BASE, PREFIXES
from bilik.serve.limits import Limits
from bilik.texts import LANGUAGES, text

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
"""The names that W3C gives to the formats of :data:`bilik.serve.messages.ROWS` and ``TRIPLES``."""


def description(endpoint: str, limits: Limits, form: ox.RdfFormat) -> bytes:
    """The description of the endpoint at this address."""
    known = {name: PREFIXES[name] for name in ("dcterms", "rdf")} | {"sd": _SD}
    body = ox.serialize(_triples(endpoint, limits), format=form, prefixes=known)
    assert body is not None, "serialising without an output gives bytes"
    return body


def _triples(endpoint: str, limits: Limits) -> Iterator[ox.Triple]:
    service, dataset, graph = (ox.NamedNode(f"{endpoint}#{part}") for part in ("service", "dataset", "graph"))

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    def term(prefix: str, name: str) -> ox.NamedNode:
        return ox.NamedNode(PREFIXES[prefix] + name)

    yield ox.Triple(service, term("rdf", "type"), sd("Service"))
    yield ox.Triple(service, sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for name in _WRITTEN:
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    for language in LANGUAGES:
        said = text(
            "serve-description",
            language,
            seconds=f"{limits.seconds:g}",
            megabytes=limits.megabytes,
            memory=limits.memory,
        )
        yield ox.Triple(service, term("dcterms", "description"), ox.Literal(said, language=language))
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, term("rdf", "type"), sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), graph)
    yield ox.Triple(graph, term("rdf", "type"), sd("Graph"))
    yield ox.Triple(graph, term("dcterms", "isPartOf"), ox.NamedNode(BASE))
