"""The coverage ledger: the source text from its first to its last character, and which nodes of the law quote what.

The text is cut where a piece of it begins or ends and where a quote does. The segments lie side by side without gap or
overlap; a word that no node of the law quotes stops the build.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph
from rdflib.term import URIRef

from bilik.errors import SourceError
from bilik.extract.resolver import places_given
from bilik.extract.structure import Structure
from bilik.extract.text import SourceText
from bilik.namespaces import expand, shorten

COLUMNS = ("start", "end", "kind", "provision", "nodes")

_HAS_QUOTE = URIRef(expand("bilik:hasSourceQuote"))


@dataclass(frozen=True)
class Segment:
    """A stretch of the source that the same nodes quote from end to end.

    Attributes:
        start, end: code points; ``end`` lies behind the last one.
        kind: of the piece it is cut from (:class:`~bilik.extract.structure.Piece`), or ``layout``.
        provision: prefixed name of the finest provision it stands in; empty for ``layout``.
        nodes: prefixed names of the nodes that quote it, sorted; none but for ``layout`` and punctuation.
    """

    start: int
    end: int
    kind: str
    provision: str
    nodes: tuple[str, ...]


def cover(source: SourceText, structure: Structure, law: Graph) -> list[Segment]:
    """The segments of the source in text order.

    Raises:
        SourceError: words that no node quotes.
    """
    quoting = [
        (place, shorten(str(node)))
        for node, quote in law.subject_objects(_HAS_QUOTE)
        for place in places_given(law, quote)
    ]
    tiles = list(structure.tiling(source))
    edges = {edge for place, _ in quoting for edge in place} | {tile.end for tile in tiles} | {0}
    cuts = sorted(edges)
    nodes: list[set[str]] = [set() for _ in cuts]
    for (start, end), node in quoting:
        for number in range(bisect_left(cuts, start), bisect_left(cuts, end)):
            nodes[number].add(node)
    segments = []
    for tile in tiles:
        provision = f"law:{tile.finest}" if tile.provision else ""
        for number in range(bisect_left(cuts, tile.start), bisect_left(cuts, tile.end)):
            start, end = cuts[number], cuts[number + 1]
            words = " ".join(source.raw[start:end].split())
            if not nodes[number] and any(char.isalnum() for char in words):
                raise SourceError(f"line {source.line(start)}: no node of the law quotes {words[:60]!r}")
            segments.append(Segment(start, end, tile.kind, provision, tuple(sorted(nodes[number]))))
    return segments


def to_csv(segments: list[Segment]) -> str:
    """The ledger as a table: a header row, one segment a row, nodes separated by a space."""
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(COLUMNS)
    for segment in segments:
        rows.writerow((segment.start, segment.end, segment.kind, segment.provision, " ".join(segment.nodes)))
    return table.getvalue()


def shares(ledger: str) -> Iterator[tuple[str, float]]:
    """(kind of segment, its share of all characters, 0 to 1) of a ledger as a table; the greatest share first."""
    characters: Counter[str] = Counter()
    for row in csv.DictReader(io.StringIO(ledger)):
        characters[row["kind"]] += int(row["end"]) - int(row["start"])
    for kind, count in characters.most_common():
        yield kind, count / characters.total()
