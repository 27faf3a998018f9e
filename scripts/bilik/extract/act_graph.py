"""Acts and their versions as statements of the law graph: predicate and object, for the writer of the graph to add.

What the text does not say of an act is absent, and a note in three languages says that it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rdflib.namespace import XSD
from rdflib.term import Literal, Node, URIRef

from bilik.extract.acts import ActFacts
from bilik.namespaces import expand

Statement = tuple[str, Node]
"""A predicate as a prefixed name, and an object."""

_KAZAKH = URIRef("http://publications.europa.eu/resource/authority/language/KAZ")


@dataclass(frozen=True)
class Version:
    """An act as it reads from when ``act`` came into force until the next act changes it; ``of`` is its key."""

    of: str
    act: ActFacts

    @property
    def key(self) -> str:
        """Named after the day on which the act that brought it about was signed."""
        return f"{self.of}-version-{self.act.signed.isoformat()}"


def versions(order: str, acts: Sequence[ActFacts], amending: Iterator[str]) -> list[Version]:
    """The versions of the order (a key), the oldest first: its own and one for each act (a key) that amended it."""
    bringing = {order, *amending}
    return sorted((Version(order, act) for act in acts if act.key in bringing), key=lambda version: version.act.signed)


def act_statements(act: ActFacts) -> Iterator[Statement]:
    """Dates, numbers, and what it repeals."""
    yield "rdf:type", _iri("bilik:LegalAct")
    yield "bilik:hasProvisionKind", _iri("provision-kind:order")
    yield "dcterms:issued", _day(act.signed)
    yield "bilik:actNumber", Literal(act.number)
    if act.registered:
        yield "bilik:registeredOn", _day(act.registered)
    if act.registration_number:
        yield "bilik:registrationNumber", Literal(act.registration_number)
    if act.published:
        yield "bilik:publishedOn", _day(act.published)
    if act.published_in:
        yield "bilik:placeOfPublication", Literal(act.published_in, lang="kk")
    if act.days_to_force is not None:
        yield "bilik:calendarDaysToForce", Literal(str(act.days_to_force), datatype=XSD.nonNegativeInteger)
    if act.in_force_not_before:
        yield "bilik:inForceNotBefore", _day(act.in_force_not_before)
    if act.repeals:
        yield "bilik:repeals", _iri(f"law:{act.repeals}")


def silences(act: ActFacts) -> Iterator[str]:
    """The patterns of the notes on what the text does not say of an act."""
    if act.registered is None:
        yield "silent-registered"
    if act.registration_number is None:
        yield "silent-registration-number"
    if act.published is None:
        yield "silent-published"
    if act.days_to_force is None:
        yield "silent-force"
    elif act.published is None:
        yield "silent-in-force"


def version_statements(version: Version, title: str) -> Iterator[Statement]:
    """What it is a version of, by which act, under which title (the text's)."""
    yield "rdf:type", _iri("bilik:ActVersion")
    yield "bilik:isVersionOf", _iri(f"law:{version.of}")
    yield "bilik:isIntroducedBy", _iri(f"law:{version.act.key}")
    yield "dcterms:language", _KAZAKH
    yield "dcterms:title", Literal(title, lang="kk")


def notes(patterns: Sequence[Mapping[str, str]]) -> Iterator[Statement]:
    """Notes (one text per language) as statements."""
    for pattern in patterns:
        for language, text in pattern.items():
            yield "skos:note", Literal(text, lang=language)


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)


def _iri(curie: str) -> URIRef:
    return URIRef(expand(curie))
