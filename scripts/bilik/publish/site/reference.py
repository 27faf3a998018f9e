"""The front page of the reference: what the vocabulary consists of, how its classes hang together, how to load it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bilik.namespaces import BASE, PREFIXES
from bilik.publish.dataset.modules import modules
from bilik.publish.folder import DATA
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.related import relations
from bilik.texts import LANGUAGES, text

PATH: Final = "ontology"


@dataclass(frozen=True)
class ClassRow:
    """A class with the properties by which it leads to other classes.

    Attributes:
        leads: each property with the classes that its values are of.
    """

    iri: str
    leads: tuple[tuple[str, tuple[str, ...]], ...]


def pages(site: Site) -> Iterator[Page]:
    """The page."""
    uses = {row["term"]: int(row["uses"]) for row in site.select("uses")}
    concepts: dict[str, int] = {}
    for row in site.select("scheme-concepts"):
        concepts[row["scheme"]] = concepts.get(row["scheme"], 0) + 1
    own = {prefix: iri for prefix, iri in PREFIXES.items() if iri.startswith(BASE)}
    foreign = {prefix: iri for prefix, iri in PREFIXES.items() if not iri.startswith(BASE)}
    yield Page(
        path=PATH,
        template="ontology.html.j2",
        title={language: text("reference-title", language) for language in LANGUAGES},
        summary={language: text("reference-summary", language) for language in LANGUAGES},
        values=lambda language: {
            "vocabularies": sorted(
                site.documents.of_kind("vocabulary"), key=lambda document: list(own.values()).index(f"{document.iri}#")
            ),
            "schemes": [(document, concepts[document.iri]) for document in site.documents.of_kind("scheme")],
            "discrepancies": site.documents.of_kind("discrepancies"),
            "classes": list(_classes(site)),
            "uses": uses,
            "own": own,
            "foreign": foreign,
            "alignments": [
                row["ontology"] for row in site.select("ontologies") if site.documents.of(row["ontology"]) is None
            ],
            "modules": [(f"{DATA}/{module.stem}", module.title(language)) for module in modules()],
            "data": DATA,
        },
    )


def _classes(site: Site) -> Iterator[ClassRow]:
    """The classes of what is published and of records, those that lead furthest first, after them those led to."""
    kinds = {row["term"]: row["kind"] for row in site.select("vocabulary-terms")}
    related = relations(site)
    classes = [term for term, kind in kinds.items() if kind == "class" and term.startswith(PREFIXES["bilik"])]
    for iri in classes:
        leads = []
        for term in related.get(iri, {}).get("domain-of", ()):
            reached = tuple(other for other in related[term].get("range", ()) if other in classes)
            if reached:
                leads.append((term, reached))
        yield ClassRow(iri, tuple(leads))
