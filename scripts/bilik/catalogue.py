"""The query catalogue: one question a file, with its words and the kinds of its parameters in a YAML header (``#+``).

A parameter is a variable that the query sets by a line of its own, ``VALUES ?position { position:engineer }``: the file
runs as it is in any engine, with the value that stands there, and another value takes its place.

A question about people says in its header which example records its known answer is about (``data``, a folder of this
project), and one about verdicts also the day on which these people were judged (``as_of``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from bilik.errors import InputError
from bilik.namespaces import PREFIXES, expand
from bilik.resources import folder

FOLDERS = ("competency", "reports")

_PARAMETER = re.compile(r"VALUES \?(?P<name>\w+) \{ (?P<value>[^{}\n]*) \}")
_PREFIX = re.compile(r"^PREFIX (?P<prefix>[\w-]+): <(?P<iri>[^>]*)>\n", re.MULTILINE)
_LINE = re.compile(r"^#(?P<header>\+?) ?(?P<text>.*)\n", re.MULTILINE)
_TOKEN = re.compile(r'<(?P<iri>[^<>\s]*)>|"(?:[^"\\\n]|\\.)*"|(?<![\w?-])(?P<prefix>[a-z][\w-]*):(?P<local>[\w-]+)')


@dataclass(frozen=True)
class Query:
    """A query with what its header says.

    Attributes:
        question: the question in words, by language.
        kinds: parameter → the prefix that its values are codes under, ``node`` (whatever has a name), ``integer`` or
            ``text``.
        data: the folder of example records that a question about people is asked of; a question about the law alone
            has none.
        as_of: the day on which those people are judged, of a question about verdicts.
    """

    path: Path
    sparql: str
    question: Mapping[str, str]
    kinds: Mapping[str, str]
    data: Path | None = None
    as_of: date | None = None

    @property
    def name(self) -> str:
        """The name it is called by: its file's stem."""
        return self.path.stem

    @property
    def defaults(self) -> dict[str, str]:
        """parameter → the value that stands in the file."""
        return {found["name"]: found["value"] for found in _PARAMETER.finditer(self.sparql)}

    @property
    def prefixes(self) -> dict[str, str]:
        """prefix → IRI, as declared."""
        return {found["prefix"]: found["iri"] for found in _PREFIX.finditer(self.sparql)}

    @property
    def remark(self) -> str:
        """What the comments of the file say about how it is asked."""
        return " ".join(found["text"].strip() for found in _LINE.finditer(self.sparql) if not found["header"])

    @property
    def text(self) -> str:
        """The SPARQL text without header and comments."""
        return _LINE.sub("", self.sparql).strip() + "\n"

    @property
    def names(self) -> frozenset[str]:
        """Every IRI that the query names; the namespaces it declares are not among them."""
        prefixes = self.prefixes
        found = list(_TOKEN.finditer(_PREFIX.sub("", self.text)))
        full = {token["iri"] for token in found if token["iri"]}
        return frozenset(full | {prefixes[token["prefix"]] + token["local"] for token in found if token["prefix"]})

    def with_values(self, given: Mapping[str, str]) -> str:
        """The SPARQL text with other values for some parameters.

        Raises:
            InputError: a name that is no parameter of the query.
        """
        known = self.defaults
        if unknown := sorted(set(given) - set(known)):
            has = f"it has {', '.join(known)}" if known else "it sets none by a line `VALUES ?name { value }`"
            raise InputError(f"{self.name}: no parameter {', '.join(unknown)}; {has}")

        def filled(found: re.Match[str]) -> str:
            name = found["name"]
            value = str(_term(given[name], self.kinds.get(name))) if name in given else found["value"]
            return f"VALUES ?{name} {{ {value} }}"

        return _PARAMETER.sub(filled, self.sparql)


def read_catalogue(queries: Path | None = None) -> list[Query]:
    """All queries of the catalogue, by folder and name.

    Args:
        queries: the folder that holds those of the catalogue; the one that is published with this version if not given.
    """
    queries = queries or folder("queries")
    files = [path for name in FOLDERS for path in sorted(queries.glob(f"{name}/*.rq"))]
    return [read_query(path, path.read_text(encoding="utf-8")) for path in files]


def read_query(path: Path, sparql: str) -> Query:
    """A query file's text as a query; a file without a header has no question.

    Raises:
        InputError: a header that is not YAML, or not a mapping of ``question``, ``parameters``, ``data`` and ``as_of``.
    """
    lines = [line[2:].removeprefix(" ") for line in sparql.splitlines() if line.startswith("#+")]
    try:
        header: Any = yaml.safe_load("\n".join(lines)) or {}
    except yaml.YAMLError as error:
        raise InputError(f"{path}: the #+ header is not YAML: {' '.join(str(error).split())}") from error
    if isinstance(header, dict):
        question, kinds = header.get("question", {}), header.get("parameters", {})
        data, as_of = header.get("data"), header.get("as_of")
        if isinstance(question, dict) and isinstance(kinds, dict):
            if isinstance(data, str | None) and isinstance(as_of, date | None) and (data or not as_of):
                return Query(path, sparql, question, kinds, Path(data) if data else None, as_of)
            raise InputError(
                f"{path}: in the #+ header, `data:` is not a folder or `as_of:` not a date beside it; "
                "write `data: data/people` and `as_of: 2026-01-01`"
            )
    raise InputError(f"{path}: the #+ header is no mapping; write `question:` by language and `parameters:` by name")


def _term(text: str, kind: str | None) -> ox.NamedNode | ox.Literal:
    """A value as a term: by the parameter's kind, or guessed: <IRI>, known:name, whole number, else text."""
    prefix, colon, _ = text.partition(":")
    try:
        if text.startswith("<") and text.endswith(">"):
            return ox.NamedNode(text[1:-1])
        if colon and prefix in PREFIXES and kind != "text":
            return ox.NamedNode(expand(text))
        if kind in PREFIXES:
            return ox.NamedNode(expand(f"{kind}:{text}"))
        if kind == "node":
            raise InputError(f"{text}: not a node; write it as prefix:name or <IRI>")
        if kind == "integer" or (kind is None and text.isascii() and text.isdigit()):
            return ox.Literal(int(text))
    except ValueError as error:
        raise InputError(f"{text}: no value of the kind {kind or 'IRI'}") from error
    return ox.Literal(text)
