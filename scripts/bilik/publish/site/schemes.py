"""A page for each scheme: its concepts from the highest to the lowest, what they mean and what they are used for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bilik.publish.documents import Document
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.related import Related, chosen, relations
from bilik.texts import Language

_RELATIONS: Final = ("broader", "narrower", "field", "activity", "reading", "see")


@dataclass(frozen=True)
class Match:
    """A concept of somebody else's that a concept is matched with.

    Attributes:
        relation: the IRI that says how closely.
        reasons: by language.
    """

    relation: str
    other: str
    notation: str | None
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Concept:
    """A concept as its page shows it.

    Attributes:
        depth: how many concepts are above it.
        described_here: False where it has a page of its own.
        uses: IRI of a property → the grades, positions, provisions and readings for which the concept is its value.
    """

    iri: str
    notation: str | None
    rank: str | None
    depth: int
    described_here: bool
    related: list[tuple[str, tuple[str, ...]]]
    matches: tuple[Match, ...]
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def pages(site: Site) -> Iterator[Page]:
    """The pages of all schemes."""
    concepts = _concepts(site)
    for document in site.documents.of_kind("scheme"):
        yield _page(site, document, concepts[document.iri])


def _page(site: Site, document: Document, concepts: list[Concept]) -> Page:
    definitions = {
        language: next(iter(site.texts(document.iri, "skos:definition", language)), "")
        for language in site.titles(document.iri)
    }
    return Page(
        path=document.path,
        template="scheme.html.j2",
        title=site.titles(document.iri),
        document=document,
        summary=definitions,
        values=lambda language: {
            "scheme": document.iri,
            "concepts": concepts,
            "tree": any(concept.depth for concept in concepts),
            "in_other_languages": lambda iri: _in_other_languages(site, iri, language),
        },
    )


def _in_other_languages(site: Site, iri: str, language: Language) -> dict[Language, str]:
    return {other: name for other, name in site.titles(iri).items() if other != language}


def _concepts(site: Site) -> dict[str, list[Concept]]:
    """IRI of a scheme → its concepts, each after the one above it."""
    related, matches, uses = relations(site), _matches(site), _uses(site)
    rows: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in site.select("scheme-concepts"):
        rows[row["scheme"]].setdefault(row["concept"], row)
    return {
        scheme: [
            Concept(
                iri=iri,
                notation=said[iri].get("notation"),
                rank=said[iri].get("rank"),
                depth=depth,
                described_here=(address := site.documents.of(iri)) is not None and address.fragment is not None,
                related=chosen(related.get(iri, {}), _RELATIONS),
                matches=tuple(matches.get(iri, ())),
                uses=uses.get(iri, {}),
            )
            for iri, depth in _in_depth(said, related)
        ]
        for scheme, said in rows.items()
    }


def _in_depth(concepts: Iterable[str], related: Related) -> Iterator[tuple[str, int]]:
    """Each concept after the one above it, with its depth."""
    concepts = list(concepts)
    known = set(concepts)

    def above(iri: str) -> set[str]:
        return known & set(related.get(iri, {}).get("broader", ()))

    def below(iri: str, depth: int) -> Iterator[tuple[str, int]]:
        yield iri, depth
        for other in concepts:
            if iri in above(other):
                yield from below(other, depth + 1)

    for top in concepts:
        if not above(top):
            yield from below(top, 0)


def _matches(site: Site) -> dict[str, list[Match]]:
    reasons: dict[tuple[str, str, str, str | None], dict[str, str]] = defaultdict(dict)
    for row in site.select("mappings"):
        told = reasons[row["thing"], row["match"], row["other"], row.get("notation")]
        if "reason" in row:
            told[row["language"]] = row["reason"]
    found: dict[str, list[Match]] = defaultdict(list)
    for (thing, relation, other, notation), told in reasons.items():
        found[thing].append(Match(relation, other, notation, told))
    return found


def _uses(site: Site) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in site.select("concept-uses"):
        uses = found[row["concept"]]
        uses[row["relation"]] = (*uses.get(row["relation"], ()), row["thing"])
    return found
