"""The discrepancies of the text as RDF: kind, provisions, quotes, what was expected, why, and how it is dealt with."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph
from rdflib.term import Literal

from bilik.extract.discrepancies import Discrepancy
from bilik.extract.graph import Vocabulary
from bilik.extract.quotes import Quotes
from bilik.extract.section import LANGUAGES, Section, Text, iri

_SHOWN = 40
"""How many characters of the verbatim words a label shows."""


def write_discrepancies(
    discrepancies: Iterable[Discrepancy], quotes: Quotes, vocabulary: Vocabulary, labels: Path
) -> Graph:
    """One node per discrepancy, with its quotes."""
    pattern: Text = tomllib.loads(labels.read_text(encoding="utf-8"))["discrepancy"]
    section = Section(quotes)
    for found in discrepancies:
        node, kind = iri(f"discrepancy:{found.key}"), f"discrepancy-kind:{found.kind}"
        section.add(node, "rdf:type", iri("bilik:Discrepancy"))
        section.add(node, "bilik:hasDiscrepancyKind", iri(kind))
        kinds, words = vocabulary.labels(kind), _shortened(quotes, found)
        told = {"words": words, "place": found.spans[0][0]}
        section.name(node, {lang: pattern[lang].format(kind=kinds[lang], **told) for lang in LANGUAGES})
        section.state(node, found.spans)
        if found.expected:
            section.add(node, "bilik:expectedWording", Literal(found.expected, lang="kk"))
        section.say(node, "bilik:explanation", found.explanation)
        section.add(node, "bilik:isResolvedBy", *(iri(f"reading:{reading}") for reading in found.resolved_by))
    return section.graph


def _shortened(quotes: Quotes, found: Discrepancy) -> str:
    """The verbatim words of the first place, line breaks folded."""
    start, end = found.spans[0]
    words = " ".join(quotes.raw[start:end].split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
