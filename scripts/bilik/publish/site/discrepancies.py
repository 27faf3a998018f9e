"""The page of what is odd in the order's text: by kind, and within a kind by what is odd, in the order of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bilik.publish.site.frame import Page, Site
from bilik.texts import LANGUAGES, Language, text

_FOLDED_FROM: Final = 30
"""So many places of a kind, and its list is folded."""
_LONG: Final = 90
"""Of longer words the beginning is shown; they stand in full on the page of the provision."""


@dataclass(frozen=True)
class Oddity:
    """Something odd and where it stands.

    Attributes:
        words: that stand in the text.
        expected: that one would expect; None where that is not known.
        provisions: where they stand, in the order of the text.
    """

    iri: str
    kind: str
    words: str
    expected: str | None
    provisions: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """Oddities of a kind.

    Attributes:
        explained: what is odd, by language → the oddities of which it is said.
    """

    iri: str
    count: int
    folded: bool
    explained: Mapping[Language, Sequence[tuple[str, list[Oddity]]]]


def pages(site: Site) -> Iterator[Page]:
    """The page."""
    oddities = _oddities(site)
    by_kind: dict[str, list[Oddity]] = defaultdict(list)
    for oddity in oddities:
        by_kind[oddity.kind].append(oddity)
    kinds = [
        Kind(iri, len(of_kind), len(of_kind) > _FOLDED_FROM, {
            language: _explained(site, of_kind, language) for language in LANGUAGES
        })
        for iri, of_kind in sorted(by_kind.items(), key=lambda pair: (len(pair[1]), pair[0]))
    ]  # fmt: skip
    provisions: dict[str, int] = defaultdict(int)
    for oddity in oddities:
        for provision in oddity.provisions:
            provisions[provision] += 1
    for document in site.documents.of_kind("discrepancies"):
        yield Page(
            path=document.path,
            template="discrepancies.html.j2",
            title={language: text("oddities-title", language) for language in LANGUAGES},
            summary={language: text("oddities-summary", language) for language in LANGUAGES},
            document=document,
            values=lambda language: {
                "kinds": kinds,
                "count": len(oddities),
                "explained": lambda kind: kind.explained[language],
                "provisions": provisions,
                "shortened": _shortened,
            },
        )


def _oddities(site: Site) -> list[Oddity]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in site.select("oddities"):
        rows[row["discrepancy"]].append(row)
    return [
        Oddity(
            iri=iri,
            kind=places[0]["kind"],
            words=" ".join(places[0]["words"].split()),
            expected=places[0].get("expected"),
            provisions=tuple(dict.fromkeys(place["provision"] for place in places)),
            readings=tuple(dict.fromkeys(place["reading"] for place in places if "reading" in place)),
        )
        for iri, places in rows.items()
    ]


def _explained(site: Site, oddities: list[Oddity], language: Language) -> list[tuple[str, list[Oddity]]]:
    """Oddities of which the same is said, together."""
    told: dict[str, list[Oddity]] = defaultdict(list)
    for oddity in oddities:
        told[" ".join(site.texts(oddity.iri, "bilik:explanation", language))].append(oddity)
    return list(told.items())


def _shortened(words: str) -> str:
    return words if len(words) <= _LONG else words[: words.rindex(" ", 0, _LONG)] + " …"
