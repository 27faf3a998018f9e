"""A page for each vocabulary: what its terms mean, where they belong, how often the graph uses them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bilik.namespaces import code
from bilik.publish.documents import Document
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.related import chosen, relations
from bilik.texts import LANGUAGES, text

_RELATIONS: Final = (
    "instance", "subclass", "subclass-of", "subproperty", "subproperty-of", "disjoint", "domain", "range", "domain-of",
    "range-of", "carried", "carried-of", "allows", "see", "exempt",
)  # fmt: skip
_OF_CLASSES: Final = ("see", "subclass")
_OF_SHAPES: Final = ("targets", "path", "holds")
_KINDS: Final = ("class", "object-property", "datatype-property", "annotation-property", "individual")


@dataclass(frozen=True)
class Term:
    """A term as its page shows it.

    Attributes:
        uses: how many statements of the graph use it; None where that says nothing.
        example: a thing that is described with it.
    """

    iri: str
    related: list[tuple[str, tuple[str, ...]]]
    uses: int | None = None
    example: str | None = None


@dataclass(frozen=True)
class Group:
    """Terms under one heading.

    Attributes:
        key: of the heading (text ``reference-group-<key>``), and of its anchor.
        module: the IRI that heads them instead, of shapes.
        folded: whether they are shown only when asked for.
    """

    key: str
    terms: tuple[Term, ...]
    module: str | None = None
    folded: bool = False


@dataclass(frozen=True)
class GradeShapes:
    """The shapes of a grade.

    Attributes:
        shapes: those that are tried on claims.
        parts: what they are made of: IRI → its name without that of the grade, with which all of them begin.
    """

    grade: str
    shapes: tuple[str, ...]
    parts: Mapping[str, str]


def pages(site: Site) -> Iterator[Page]:
    """The pages of all vocabularies."""
    kinds: dict[str, str] = {}
    modules: dict[str, str] = {}
    for row in site.select("vocabulary-terms"):
        kinds.setdefault(row["term"], row["kind"])
        if "module" in row:
            modules.setdefault(row["term"], row["module"])
    terms = _Terms(site)
    for document in site.documents.of_kind("vocabulary"):
        things = site.documents.things(document)
        own = [thing for thing in things if thing.startswith(f"{document.iri}#")]
        if any(kinds.get(thing) in {"node-shape", "property-shape"} for thing in own):
            yield _shapes(site, document, own, modules, terms)
        elif any("see" in dict(terms(thing, _OF_CLASSES).related) for thing in own) and not any(
            thing in modules for thing in own
        ):
            yield _classes(site, document, own, terms)
        else:
            yield _vocabulary(site, document, own, kinds, terms)


class _Terms:
    """Makes terms of IRIs."""

    def __init__(self, site: Site) -> None:
        self._related = relations(site)
        self._uses = {row["term"]: row for row in site.select("uses")}

    def __call__(self, iri: str, shown: Sequence[str]) -> Term:
        used = self._uses.get(iri)
        return Term(
            iri,
            chosen(self._related.get(iri, {}), shown),
            int(used["uses"]) if used else 0,
            used["example"] if used else None,
        )


def _vocabulary(site: Site, document: Document, own: Iterable[str], kinds: Mapping[str, str], terms: _Terms) -> Page:
    grouped = {kind: [thing for thing in own if kinds.get(thing) == kind] for kind in _KINDS}
    groups = [
        Group(kind, tuple(terms(thing, _RELATIONS) for thing in things)) for kind, things in grouped.items() if things
    ]
    others = [
        thing
        for thing in site.documents.things(document)
        if thing not in kinds and thing.startswith(f"{document.iri}/")
    ]
    values = {"groups": groups, "unnamed": [thing for thing in others if thing not in _headers(site, document)]}
    return _page(site, document, "vocabulary.html.j2", values)


def _classes(site: Site, document: Document, own: Iterable[str], terms: _Terms) -> Page:
    """The classes of the grades, and those that they are made of."""
    made = [terms(thing, _OF_CLASSES) for thing in own]
    grades = {grade: position for position, grade in enumerate(_grades(site))}
    of_grades: list[tuple[int, Term]] = []
    parts: list[Term] = []
    for term in made:
        places = [grades[other] for other in dict(term.related).get("see", ()) if other in grades]
        if places:
            of_grades.append((min(places), term))
        else:
            parts.append(term)
    groups = [
        Group("grade-classes", tuple(term for _, term in sorted(of_grades, key=lambda pair: pair[0]))),
        Group("part-classes", tuple(parts), folded=True),
    ]
    return _page(site, document, "classes.html.j2", {"groups": groups})


def _shapes(site: Site, document: Document, own: Iterable[str], modules: Mapping[str, str], terms: _Terms) -> Page:
    """The shapes of records, of the law and of the vocabulary with their messages; those of grades with their parts."""
    by_module: dict[str, list[str]] = defaultdict(list)
    for thing in own:
        if thing in modules:
            by_module[modules[thing]].append(thing)
    groups = [
        Group(module.rpartition("/")[2], tuple(terms(thing, _OF_SHAPES) for thing in things), module, folded=True)
        for module, things in sorted(by_module.items())
    ]
    of_grades = list(_grade_shapes(site))
    shown = {term.iri for group in groups for term in group.terms}
    shown |= {iri for one in of_grades for iri in (*one.shapes, *one.parts)}
    values = {"groups": groups, "grades": of_grades, "unnamed": [thing for thing in own if thing not in shown]}
    return _page(site, document, "shapes.html.j2", values)


def _grade_shapes(site: Site) -> Iterator[GradeShapes]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in site.select("grade-shapes"):
        rows[row["grade"]].append(row)
    for grade, of_grade in rows.items():
        shapes = tuple(dict.fromkeys(row["shape"] for row in of_grade))
        parts = sorted({row["part"] for row in of_grade} - set(shapes))
        yield GradeShapes(grade, shapes, {part: code(part).removeprefix(f"{code(grade)}-") for part in parts})


def _page(site: Site, document: Document, template: str, values: Mapping[str, object]) -> Page:
    headers = _headers(site, document)
    return Page(
        path=document.path,
        template=template,
        title={language: text(f"reference-{document.path}", language) for language in LANGUAGES},
        document=document,
        summary={language: text(f"reference-{document.path}-summary", language) for language in LANGUAGES},
        values=lambda language: {**values, "headers": headers},
    )


def _headers(site: Site, document: Document) -> list[str]:
    """The IRIs of the ontologies and groups of shapes that the document consists of."""
    found = [(row["ontology"], site.documents.of(row["ontology"])) for row in site.select("ontologies")]
    return [ontology for ontology, address in found if address and address.path == document.path]


def _grades(site: Site) -> list[str]:
    return [row["grade"] for row in site.select("grades")]
