"""The front page of the reference: what the vocabulary consists of, how its classes hang together, how to load it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bilik.namespaces import BASE, PREFIXES, expand
from bilik.publish.dataset.modules import modules
from bilik.publish.folder import DATA
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.related import Related, relations
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
    """The classes of the main vocabulary, from that of positions on: each after one that it is connected with."""
    related = relations(site)
    classes = [
        row["term"]
        for row in site.select("vocabulary-terms")
        if row["kind"] == "class" and row["term"].startswith(PREFIXES["bilik"])
    ]
    rows = {iri: ClassRow(iri, tuple(_leads(iri, classes, related))) for iri in classes}
    for iri in _connected(expand("bilik:Position"), rows):
        yield rows[iri]


def _leads(iri: str, classes: Sequence[str], related: Related) -> Iterator[tuple[str, tuple[str, ...]]]:
    for term in related.get(iri, {}).get("domain-of", ()):
        reached = tuple(other for other in related[term].get("range", ()) if other in classes)
        if reached:
            yield term, reached


def _connected(start: str, rows: Mapping[str, ClassRow]) -> list[str]:
    """The classes in the order in which one comes to them from one, along properties either way; the others last."""
    neighbours: dict[str, list[str]] = {iri: [] for iri in rows}
    for iri, row in rows.items():
        for other in dict.fromkeys(other for _, reached in row.leads for other in reached):
            neighbours[iri].append(other)
            neighbours[other].append(iri)
    found = [start]
    for iri in found:
        found += [other for other in dict.fromkeys(neighbours[iri]) if other not in found]
    return found + [iri for iri in rows if iri not in found]
