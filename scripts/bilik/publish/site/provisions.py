"""The pages of the order: its words beside a translation, and what was read out of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bilik.build import OrderText, read_order
from bilik.extract.structure import Piece
from bilik.extract.translations import named_by
from bilik.namespaces import expand
from bilik.publish.documents import Document
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import Row, by, values
from bilik.resources import root
from bilik.texts import Language

KINDS_SHOWN: Final = ("Position", "Grade", "AmendmentNote", "ActVersion")
"""The classes whose individuals are listed in the open: they have pages of their own."""


@dataclass
class Passage:
    """Words of the order that are translated together.

    Attributes:
        node: what the words are about (IRI): a duty, a knowledge item, a note, else the provision.
        words: the normalised words of each piece.
        grades: of a line of a requirement clause: the grades that are read from it.
        tier: the tier that a line which heads several grades names.
    """

    node: str
    words: list[str]
    grades: list[str] = field(default_factory=list)
    tier: str | None = None


def pages(site: Site) -> Iterator[Page]:
    """A page for every act, part of an act, version and note."""
    order = read_order(root())
    pieces = _pieces(order)
    facts, stated = by(site.select("provisions"), "provision"), by(site.select("stated"), "provision")
    parts, wholes = by(site.select("parts"), "whole"), by(site.select("parts"), "part")
    quotes, relied = by(site.select("quotes"), "provision"), by(site.select("reliance"), "thing")
    amiss, lines = by(site.select("discrepancies"), "provision"), site.select("lines")
    acts = by(site.select("acts"), "act")

    def trail(provision: str) -> list[str]:
        """The wholes that a provision is part of, the act first."""
        above = wholes.get(provision)
        return [*trail(above[0]["whole"]), above[0]["whole"]] if above else []

    def page(document: Document) -> Page:
        provision = document.iri
        own = pieces.get(provision, [])
        siblings = values(parts.get(trail(provision)[-1], []), "part") if trail(provision) else []
        place = siblings.index(provision) if provision in siblings else 0
        things = by(stated.get(provision, []), "class")
        relying = {provision, *(row["thing"] for rows in things.values() for row in rows)}
        passages = _passages(own, lines)
        shown: dict[str, object] = {
            "provision": provision,
            "trail": trail(provision),
            "before": siblings[place - 1] if place else None,
            "after": siblings[place + 1] if place + 1 < len(siblings) else None,
            "facts": by(facts.get(provision, []), "fact"),
            "passages": passages,
            "verbatim": order.source.raw[own[0].start : own[-1].end] if own and _is_together(own, order) else None,
            "places": [(piece.start, piece.end) for piece in own],
            "known_from": acts.get(provision, []),
            "parts": values(parts.get(provision, []), "part"),
            "things": {kind: values(rows, "thing") for kind, rows in things.items()},
            "kinds_shown": KINDS_SHOWN,
            "amiss": values(amiss.get(provision, []), "discrepancy"),
            "readings": sorted({row["reading"] for thing in relying for row in relied.get(thing, [])}),
            "quotes": quotes.get(provision, []),
        }

        def values_in(language: Language) -> Mapping[str, object]:
            told = {grade: site.in_words(grade, language) for passage in passages for grade in passage.grades}
            return {**shown, "in_words": told}

        return Page(document.path, "provision.html.j2", site.titles(provision), values_in, document)

    yield from map(page, site.documents.of_kind("provision"))


def _pieces(order: OrderText) -> Mapping[str, list[Piece]]:
    """IRI of a provision or note → the pieces of the text that it consists of."""
    found: dict[str, list[Piece]] = {}
    for piece in order.structure.pieces:
        for node in dict.fromkeys((f"law:{piece.finest}", named_by(piece))):
            if node.startswith("law:"):
                found.setdefault(expand(node), []).append(piece)
    return found


def _passages(pieces: list[Piece], lines: list[Row]) -> list[Passage]:
    passages: list[Passage] = []
    for piece in pieces:
        node = expand(named_by(piece))
        if piece.kind == "requirement-line":
            read = [row for row in lines if piece.start <= int(row["start"]) and int(row["end"]) <= piece.end]
            passage = Passage(node, [piece.text], values(read, "grade"))
            if len(passage.grades) > 1:
                [passage.tier] = values(read, "tier")
            passages.append(passage)
        elif passages and passages[-1].node == node and not passages[-1].grades:
            passages[-1].words.append(piece.text)
        else:
            passages.append(Passage(node, [piece.text]))
    return passages


def _is_together(pieces: list[Piece], order: OrderText) -> bool:
    """Whether no other provision's words stand between them."""
    between = [piece for piece in order.structure.pieces if pieces[0].start <= piece.start < pieces[-1].end]
    return between == pieces
