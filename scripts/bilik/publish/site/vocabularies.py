"""The ontology reference: an overview of all vocabularies and schemes, and a page per vocabulary with every term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bilik.namespaces import PREFIXES, code, expand
from bilik.publish.documents import Document
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import by, values
from bilik.publish.site.snippets import reached
from bilik.texts import LANGUAGES, text

KINDS: Final = tuple(
    expand(kind)
    for kind in ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "")[:4]
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
            "prefixes": {prefix: iri for prefix, iri in PREFIXES.items()},
        },
    )
    for document in vocabularies:
        yield _page(site, document, terms)


def _page(site: Site, document: Document, terms: Mapping[str, Term]) -> Page:
    kinds = _kinds(site, document, terms)
    told = {iri for of in kinds.values() for iri in of}
    groups = _by_grade(site, document) if not kinds else {}
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


def _by_grade(site: Site, document: Document) -> Mapping[str, list[str]]:
    """IRI of a grade → the shapes that say what is asked for it; each with the first grade that needs it."""
    prefix = next(prefix for prefix, iri in PREFIXES.items() if iri == f"{document.iri}#")
    seen: set[str] = set()
    groups: dict[str, list[str]] = {}
    for grade in site.explanations:
        start = expand(f"{prefix}:{code(grade)}")
        if site.documents.of(start):
            groups[grade] = [iri for iri in reached(site, start, prefix) if iri not in seen]
            seen.update(groups[grade])
    return groups
