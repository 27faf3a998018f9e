"""The ontology reference: an overview of all vocabularies and schemes, and a page per vocabulary with every term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bilik.namespaces import PREFIXES, code, expand
from bilik.publish.documents import Document
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import by, values
from bilik.texts import LANGUAGES, text

KINDS: Final = tuple(
    expand(f"owl:{kind}")
    for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual")
)
"""What a term may be, in the order of the page."""


@dataclass(frozen=True)
class Term:
    """A term of a vocabulary.

    Attributes:
        relations: IRI of a relation → the IRIs of what it leads to.
        times: how often it is used in what is published.
    """

    iri: str
    kind: str
    relations: Mapping[str, list[str]]
    times: int


def pages(site: Site) -> Iterator[Page]:
    """The overview, and a page for every vocabulary."""
    rows = by(site.select("terms"), "term")
    times = {row["term"]: int(row["times"]) for row in site.select("usage")}
    terms = {
        iri: Term(
            iri,
            of[0]["kind"],
            {relation: values(found, "other") for relation, found in by(of, "relation").items()},
            times.get(iri, 0),
        )
        for iri, of in rows.items()
    }
    ontologies = [term.iri for term in terms.values() if term.kind == expand("owl:Ontology")]
    vocabularies = site.documents.of_kind("vocabulary")
    yield Page(
        path="ontology",
        template="ontology.html.j2",
        title={language: text("ontology-title", language) for language in LANGUAGES},
        values=lambda language: {
            "vocabularies": vocabularies,
            "schemes": [document.iri for document in site.documents.of_kind("scheme")],
            "alignments": [iri for iri in ontologies if site.documents.of(iri) is None],
            "terms": {document.path: _kinds(site, document, terms) for document in vocabularies},
            "prefixes": PREFIXES,
        },
    )
    for document in vocabularies:
        yield _page(site, document, terms)


def _page(site: Site, document: Document, terms: Mapping[str, Term]) -> Page:
    kinds = _kinds(site, document, terms)
    told = {iri for of in kinds.values() for iri in of}
    groups = _by_grade(site, document, told)
    grouped = {iri for of in groups.values() for iri in of}
    things = [iri for iri in site.documents.things(document) if iri != document.iri]
    return Page(
        path=document.path,
        template="vocabulary.html.j2",
        title={language: text(f"vocabulary-{document.path}", language) for language in LANGUAGES},
        values=lambda language: {
            "kinds": kinds,
            "terms": terms,
            "groups": groups,
            "rest": [iri for iri in things if iri not in told | grouped],
        },
        document=document,
    )


def _kinds(site: Site, document: Document, terms: Mapping[str, Term]) -> Mapping[str, list[str]]:
    """Kind of term → the terms of a vocabulary, by name."""
    own = [terms[iri] for iri in site.documents.things(document) if iri in terms]
    return {kind: of for kind in KINDS if (of := [term.iri for term in own if term.kind == kind])}


def _by_grade(site: Site, document: Document, told: set[str]) -> Mapping[str, list[str]]:
    """IRI of a grade → what a vocabulary has of the grade besides terms, which is named after it."""
    slugs = {explained.grade: grade for grade, explained in site.explanations.items()}
    groups: dict[str, list[str]] = {}
    for iri in site.documents.things(document):
        name = code(iri)
        named = [slug for slug in slugs if f"{name}-".startswith(f"{slug}-")]
        if named and iri not in told:
            groups.setdefault(slugs[max(named, key=len)], []).append(iri)
    return {grade: groups[grade] for grade in slugs.values() if grade in groups}
