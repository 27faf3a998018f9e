"""What the processes of an endpoint say to each other: a question as a line of JSON, an answer as one and its bytes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

ROWS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
}
"""Media type → the format of an answer to SELECT and ASK; the first is the one for who does not mind."""

TRIPLES: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""Media type → the format of an answer to CONSTRUCT and DESCRIBE."""


class Outcome(StrEnum):
    """How a question ended; the texts that tell it have these names."""

    ANSWERED = "answered"
    MALFORMED = "serve-malformed"
    ASKS_OTHERS = "serve-asks-others"
    UNACCEPTABLE = "serve-unacceptable"
    TOO_LARGE = "serve-too-large"
    TOO_LONG = "serve-too-long"
    TOO_MUCH = "serve-too-much"
    BUSY = "serve-busy"
    ENDING = "serve-ending"
    DIED = "serve-died"
    FAILED = "serve-failed"


@dataclass(frozen=True)
class Question:
    """A query, and the media types its answer may have: of rows, and of triples; None: none that the client accepts."""

    sparql: str
    rows: str | None
    triples: str | None

    def encoded(self) -> bytes:
        """The question as a line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @staticmethod
    def decoded(line: bytes) -> Question:
        """The question of a line."""
        return Question(**json.loads(line))


@dataclass(frozen=True)
class Answer:
    """How a question ended, the media type of the body if it was answered, and why not if the engine said so."""

    outcome: Outcome
    body: bytes = b""
    media_type: str = ""
    reason: str = ""

    def encoded(self) -> bytes:
        """The line that announces the body, and the body."""
        head = {"size": len(self.body), "outcome": self.outcome, "media_type": self.media_type, "reason": self.reason}
        return json.dumps(head).encode() + b"\n" + self.body
