"""The query catalogue as RDF: every question a SHACL SPARQL executable, described as the examples of the SIB are
(https://github.com/sib-swiss/sparql-examples), so that editors which read those can offer it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Literal, URIRef

from bilik.catalogue import Query
from bilik.errors import SourceError
from bilik.namespaces import BASE, PREFIXES, expand
from bilik.texts import LANGUAGES, Language, text

CATALOGUE: Final = URIRef(f"{BASE}query")
ENDPOINT: Final = URIRef(f"{BASE}sparql")
LICENCE: Final = URIRef("https://creativecommons.org/licenses/by/4.0/")

_FORM: Final = re.compile(r"^(SELECT|CONSTRUCT|ASK)\b", re.MULTILINE)
_FORMS: Final = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
}
_SCHEMA: Final = {name: URIRef(expand(f"schema:{name}")) for name in ("about", "keywords", "target")}


Terms = Mapping[str, Mapping[Language, str]]
"""IRI of a term of the vocabularies → its label by language."""


def terms_of(ontology: ox.Store) -> Terms:
    """The terms that the vocabularies in a graph define."""
    found: dict[str, dict[Language, str]] = {}
    for quad in ontology.quads_for_pattern(None, ox.NamedNode(str(RDFS.isDefinedBy)), None):
        labels = ontology.quads_for_pattern(quad.subject, ox.NamedNode(str(RDFS.label)), None)
        texts = {said.object.language: said.object.value for said in labels if isinstance(said.object, ox.Literal)}
        assert isinstance(quad.subject, ox.NamedNode), "every term is named"
        found[quad.subject.value] = {language: texts[language] for language in LANGUAGES if language in texts}
    return found


def catalogue_graph(catalogue: Iterable[Query], terms: Terms) -> Graph:
    """The questions with their words, parameters, terms and text.

    Args:
        terms: what a question may be about.

    Raises:
        SourceError: a file that is no SELECT, CONSTRUCT or ASK query, or declares a prefix otherwise than all do.
    """
    graph = Graph(bind_namespaces="none")
    graph.add((CATALOGUE, RDF.type, OWL.Ontology))
    graph.add((CATALOGUE, DCTERMS.license, LICENCE))
    for language in LANGUAGES:
        graph.add((CATALOGUE, DCTERMS.title, Literal(text("catalogue-title", language), lang=language)))
        graph.add((CATALOGUE, DCTERMS.description, Literal(text("catalogue-description", language), lang=language)))
    for query in catalogue:
        _add_question(graph, query, terms)
        _add_prefixes(graph, query)
    return graph


def question(query: Query) -> URIRef:
    """The name of a question."""
    return URIRef(expand(f"query:{query.name}"))


def _add_question(graph: Graph, query: Query, terms: Terms) -> None:
    node = question(query)
    form = _FORM.search(query.text)
    if form is None:
        raise SourceError(f"{query.path}: no line begins with SELECT, CONSTRUCT or ASK")
    kind, property_ = _FORMS[form[1]]
    graph.add((node, RDF.type, SH.SPARQLExecutable))
    graph.add((node, RDF.type, kind))
    graph.add((node, property_, Literal(query.text)))
    graph.add((node, SH.prefixes, CATALOGUE))
    graph.add((node, SKOS.notation, Literal(query.name)))
    graph.add((node, DCTERMS.isPartOf, CATALOGUE))
    graph.add((node, DCTERMS.source, URIRef(f"{BASE}queries/{query.path.parent.name}/{query.path.name}")))
    graph.add((node, _SCHEMA["target"], ENDPOINT))
    for language, words in query.question.items():
        graph.add((node, RDFS.comment, Literal(words, lang=language)))
    if query.remark:
        graph.add((node, SKOS.note, Literal(query.remark, lang="en")))
    if query.data:
        graph.add((node, DCTERMS.requires, URIRef(f"{BASE}{query.data.as_posix()}")))
    for term in query.names & set(terms):
        graph.add((node, _SCHEMA["about"], URIRef(term)))
        for language, label in terms[term].items():
            graph.add((node, _SCHEMA["keywords"], Literal(label, lang=language)))
    for name, value in query.defaults.items():
        parameter = URIRef(f"{node}#{name}")
        graph.add((node, SH.parameter, parameter))
        graph.add((parameter, RDF.type, SH.Parameter))
        graph.add((parameter, SH.path, URIRef(f"{CATALOGUE}/parameter#{name}")))
        graph.add((parameter, SH.name, Literal(name)))
        graph.add((parameter, SH.defaultValue, _term(value, query)))


def _add_prefixes(graph: Graph, query: Query) -> None:
    for prefix, iri in query.prefixes.items():
        if PREFIXES.get(prefix) != iri:
            raise SourceError(f"{query.path}: the prefix {prefix}: is <{PREFIXES.get(prefix, '')}> everywhere else")
        declaration = URIRef(f"{CATALOGUE}/prefix#{prefix}")
        graph.add((CATALOGUE, SH.declare, declaration))
        graph.add((declaration, SH.prefix, Literal(prefix)))
        graph.add((declaration, SH.namespace, Literal(iri, datatype=XSD.anyURI)))


def _term(value: str, query: Query) -> URIRef | Literal:
    """A value as it stands in a query: prefixed name, text or whole number."""
    prefix, colon, local = value.partition(":")
    if value.startswith('"'):
        return Literal(value.strip('"'))
    if colon:
        return URIRef(query.prefixes[prefix] + local)
    return Literal(int(value))
