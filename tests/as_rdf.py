"""People of the oracle and of the jurist cases as records in RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from bilik.namespaces import expand
from oracle import Credential, Employment, Person, Training

BASE = "https://example.org/test/"


def person_iri(person: str) -> str:
    """IRI of a person by key."""
    return f"{BASE}{quote(person, safe='')}"


def entry_key(iri: str) -> str:
    """The key of an entry behind its IRI."""
    return iri.rpartition("#")[2]


def to_store(people: Iterable[Person]) -> ox.Store:
    """The records of all people in one graph."""
    store = ox.Store()
    for person in people:
        store.extend(to_quads(person))
    return store


def to_quads(person: Person) -> Iterator[ox.Quad]:
    """One record; raw values stay as they are, usable or not."""
    subject = ox.NamedNode(person_iri(person.key))
    yield _quad(subject, "rdf:type", ox.NamedNode(expand("bilik:Person")))
    for credential in person.credentials:
        entry = _entry(person, credential.key)
        yield _quad(subject, "bilik:hasCredential", entry)
        yield from _values(entry, credential, {"level": "hasEducationLevel level", "awarded": "awardedOn"})
    for training in person.trainings:
        entry = _entry(person, training.key)
        yield _quad(subject, "bilik:hasTraining", entry)
        yield from _values(entry, training, {"activity": "coversActivity activity", "completed": "completedOn"})
    for job in person.employments:
        entry = _entry(person, job.key)
        yield _quad(subject, "bilik:hasEmployment", entry)
        concepts = {
            "position": "hasPosition position",
            "tier": "hasTier tier",
            "category": "hasCategory category",
            "activity": "coversActivity activity",
            "start": "startedOn",
            "end": "endedOn",
        }
        yield from _values(entry, job, concepts)
        if job.title is not None:
            yield _quad(entry, "bilik:positionTitle", ox.Literal(job.title))


def person_of(key: str, facts: Mapping[str, Any]) -> Person:
    """The person of a jurist case."""

    def raw(entry: Mapping[str, Any], *names: str) -> dict[str, Any]:
        known: dict[str, Any] = {name: None if entry.get(name) is None else str(entry[name]) for name in names}
        if "recognised_for" in entry:
            known["recognised_for"] = tuple(entry["recognised_for"])
        return {"key": entry["key"], **known}

    return Person(
        key=key,
        credentials=tuple(
            Credential(**{"recognised_for": (), **raw(entry, "level", "field", "awarded")})
            for entry in facts.get("credentials", ())
        ),
        trainings=tuple(Training(**raw(entry, "activity", "completed")) for entry in facts.get("trainings", ())),
        employments=tuple(
            Employment(
                **{
                    "recognised_for": (),
                    **raw(entry, "position", "title", "tier", "category", "field", "activity", "start", "end"),
                }
            )
            for entry in facts.get("employments", ())
        ),
    )


def _values(
    entry: ox.NamedNode, record: Credential | Training | Employment, terms: Mapping[str, str]
) -> Iterator[ox.Quad]:
    for name, target in terms.items():
        value = getattr(record, name)
        term, _, scheme = target.partition(" ")
        if value is None:
            continue
        if scheme:
            yield _quad(entry, f"bilik:{term}", ox.NamedNode(expand(f"{scheme}:") + quote(value, safe="")))
        else:
            yield _quad(entry, f"bilik:{term}", ox.Literal(value, datatype=ox.NamedNode(expand("xsd:date"))))
    if isinstance(record, Training):
        return
    if record.field is not None:
        yield _quad(entry, "bilik:hasField", ox.NamedNode(expand("isced-f:") + quote(record.field, safe="")))
    for position in record.recognised_for:
        yield _quad(entry, "bilik:isRecognisedFor", ox.NamedNode(expand("position:") + quote(position, safe="")))


def _entry(person: Person, key: str) -> ox.NamedNode:
    return ox.NamedNode(f"{person_iri(person.key)}#{quote(key, safe='')}")


def _quad(subject: ox.NamedNode, term: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(expand(term)), value)
