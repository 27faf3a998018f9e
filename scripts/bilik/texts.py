"""What people read, in three languages: sentences from ``data/texts``, messages of shapes, names from the graph."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Literal

import pyoxigraph as ox

from bilik.engine import load
from bilik.namespaces import code, expand
from bilik.resources import folder

Language = Literal["kk", "ru", "en"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    texts: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder("data", "texts").glob("*.toml")):
        texts |= tomllib.loads(path.read_text(encoding="utf-8"))
    return texts


def text(key: str, language: Language, **words: object) -> str:
    """The sentence ``key`` of ``data/texts`` with its {words} filled in."""
    return template(key, language).format(**words)


def has_text(key: str) -> bool:
    """Whether there is a sentence ``key``."""
    return key in _texts()


def template(key: str, language: Language) -> str:
    """The sentence ``key`` of ``data/texts`` with its {words} left open: for programs that fill them in themselves."""
    return _texts()[key][language]


@cache
def _graph(*path: str) -> ox.Store:
    """A Turtle file of Bilik's, read once."""
    store = ox.Store()
    load(store, folder(*path))
    return store


@cache
def shape_messages(language: Language) -> Mapping[str, str]:
    """Local name of a shape of the record → its message."""
    return _literals(_graph("shapes", "person.ttl"), "sh:message", language, by_code=True)


@cache
def settled_by(language: Language) -> Mapping[str, str]:
    """Code of a note that says what is open → what would settle it."""
    return _literals(_graph("ontology", "vocab", "notes.ttl"), "bilik:settlingEvidence", language, by_code=True)


@cache
def names(language: Language) -> Mapping[str, str]:
    """IRI → name of every individual and concept."""
    return names_in(_graph("data", "compiled", "labels.ttl"), language)


def names_in(store: ox.Store, language: Language) -> Mapping[str, str]:
    """IRI → ``rdfs:label`` in a language, of everything in a graph."""
    return _literals(store, "rdfs:label", language, by_code=False)


def name(curie: str, language: Language) -> str:
    """The name of an individual or concept: ``name("grade:translator", "ru")``; its code if it has none."""
    return names(language).get(expand(curie), curie.partition(":")[2])


@cache
def _fields(language: Language) -> Mapping[str, str]:
    return _literals(_graph("ontology", "vocab", "fields.ttl"), "skos:prefLabel", language, by_code=True)


def fields(language: Language) -> Mapping[str, str]:
    """ISCED-F code → name of every field of education that is published with the order, by code."""
    return {field: called for field, called in sorted(_fields(language).items()) if field.isdigit()}


def field_name(field: str, language: Language) -> str:
    """The name of a field of education by its ISCED-F code, with the code; the code alone of one that is not ours."""
    called = _fields(language).get(field)
    return f"{called} ({field})" if called else field


def reading_name(key: str, language: Language) -> str:
    """The name of a reading; of a variant with its code, so that nobody takes it for the default."""
    named = name(f"reading:{key}", language)
    return f"{key} ({named})" if "=" in key else named


def definition(curie: str, language: Language) -> str:
    """The sentence that defines a reading, a variant, a note or an outcome."""
    return _definitions(curie.partition(":")[0], language)[expand(curie)]


_DEFINED_IN = {
    "reading": ("data", "readings.ttl"),
    "note": ("ontology", "vocab", "notes.ttl"),
    "outcome": ("ontology", "vocab", "outcomes.ttl"),
}


@cache
def _definitions(prefix: str, language: Language) -> Mapping[str, str]:
    return _literals(_graph(*_DEFINED_IN[prefix]), "skos:definition", language, by_code=False)


def rival(key: str, language: Language) -> str:
    """The rivals of a reading in words."""
    return _rivals(language)[expand(f"reading:{key}")]


@cache
def _rivals(language: Language) -> Mapping[str, str]:
    return _literals(_graph("data", "readings.ttl"), "bilik:rivalReading", language, by_code=False)


@cache
def rank(curie: str) -> int:
    """The rank of a tier or category."""
    node, term = ox.NamedNode(expand(curie)), ox.NamedNode(expand("bilik:rank"))
    quads = _graph("data", "compiled", "labels.ttl").quads_for_pattern(node, term, None)
    return next(int(quad.object.value) for quad in quads if isinstance(quad.object, ox.Literal))


def height(tier: str | None, category: str | None) -> tuple[int, int]:
    """How high a grade is among those of its position, by the codes of its tier and category."""
    return (rank(f"tier:{tier}") if tier else 0, rank(f"category:{category}") if category else 0)


def _literals(store: ox.Store, term: str, language: Language, *, by_code: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(expand(term)), None):
        subject, label = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and isinstance(label, ox.Literal) and label.language == language:
            found[code(subject.value) if by_code else subject.value] = label.value
    return found
