"""The graphs of the dataset in every format, and the RDF of every document."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Graph

from bilik.jsonld import Terms
from bilik.publish.dataset.context import context_document, context_terms
from bilik.publish.dataset.formats import FORMATS, OF_DOCUMENTS
from bilik.publish.dataset.materialise import materialised
from bilik.publish.dataset.modules import ALL, MATERIALISED, merged, modules
from bilik.publish.documents import documents
from bilik.publish.folder import DATA, Publication


def write_graphs(publication: Publication) -> None:
    """Write the modules, all of them in one, the same with what follows, and the documents."""
    terms = context_terms()
    publication.write(f"{DATA}/context.jsonld", context_document(terms))
    for module in modules():
        _write(publication, f"{DATA}/{module.stem}", merged([module]), terms)
    whole = merged(module for module in modules() if module.in_all)
    _write(publication, f"{DATA}/{ALL}", whole, terms)
    _write(publication, f"{DATA}/{MATERIALISED}", materialised(whole), terms)
    write_documents(publication, terms)


def write_documents(publication: Publication, terms: Terms) -> None:
    """Write the RDF of every document, each readable alone."""
    for document in documents().all:
        lines = ox.serialize(documents().describe(document), format=ox.RdfFormat.N_TRIPLES)
        graph = Graph(bind_namespaces="none").parse(data=lines, format="nt")
        for suffix in OF_DOCUMENTS:
            publication.write(document.address.data(suffix), FORMATS[suffix].write(graph, terms))


def _write(publication: Publication, stem: str, graph: Graph, terms: Terms) -> None:
    for suffix, form in FORMATS.items():
        publication.write(f"{stem}.{suffix}", form.write(graph, terms))
