"""SPARQL on Oxigraph: files of queries over one store, each adding what it constructs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from bilik.errors import EngineError
from bilik.namespaces import PREFIXES, shorten

_PREFIXED = re.compile(r"(?<![\w<])([a-z][\w-]*):")


def load(store: ox.Store, *paths: Path) -> None:
    """Load Turtle files of Bilik's own into the default graph."""
    for path in paths:
        store.load(path=path, format=ox.RdfFormat.TURTLE)


def read_statements(paths: Iterable[Path]) -> Iterator[ox.Triple]:
    """What Turtle files of Bilik's own say, literals as they are written: a store makes every number an integer."""
    for path in paths:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            yield quad.triple


def rule_files(folder: Path) -> list[Path]:
    """The rules of a folder in the order in which they run: by file name."""
    return sorted(folder.glob("*.rq"))


def construct(store: ox.Store, rule: Path) -> list[ox.Triple]:
    """The triples that one CONSTRUCT query makes of the store.

    Raises:
        EngineError: the file is no CONSTRUCT query, or the engine cannot run it.
    """
    try:
        result = store.query(rule.read_text(encoding="utf-8"))
        if isinstance(result, ox.QueryTriples):
            return list(result)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise EngineError(f"{rule}: {reason(error)}") from error
    raise EngineError(f"{rule}: not a CONSTRUCT query")


def derive(rules: Path, sources: ox.Store) -> ox.Store:
    """What the CONSTRUCT queries of a folder make of a graph, each query seeing what the ones before it made."""
    store, derived = ox.Store(), ox.Store()
    store.bulk_extend(sources)
    for rule in rule_files(rules):
        made = [ox.Quad(*triple) for triple in construct(store, rule)]
        store.extend(made)
        derived.extend(made)
    return derived


def update(store: ox.Store, change: Path) -> None:
    """Change the store by a SPARQL update.

    Raises:
        EngineError: the file is no update, or the engine cannot run it.
    """
    try:
        store.update(change.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise EngineError(f"{change}: {reason(error)}") from error


def reason(error: Exception) -> str:
    """What the engine says, in one line; of a syntax error the place, not all that would have been right there."""
    return " ".join(str(error).split()).partition(": expected one of")[0]


def turtle(triples: Iterable[ox.Triple]) -> str:
    """Triples without blank nodes as Turtle: the same triples give the same text, with the prefixes that they need."""
    text = ox.serialize(sorted(set(triples), key=str), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert text is not None, "serialising without an output gives bytes"
    lines = text.decode("utf-8").splitlines(keepends=True)
    head = [line for line in lines[: len(PREFIXES)] if line.startswith("@prefix ")]
    body = "".join(lines[len(head) :])
    used = set(_PREFIXED.findall(body))
    return "".join(sorted(line for line in head if line.split()[1].rstrip(":") in used)) + "\n" + body


def table(result: ox.QuerySolutions) -> tuple[list[str], list[list[str]]]:
    """The variables of a result and its rows as people read them: IRIs shortened, unbound variables empty."""
    names = [variable.value for variable in result.variables]
    return names, [[shown(row[name]) for name in names] for row in result]


def shown(term: object) -> str:
    """A term as people read it: an IRI shortened, nothing for a variable that is not bound."""
    match term:
        case ox.NamedNode():
            return shorten(term.value)
        case ox.Literal() | ox.BlankNode():
            return term.value
        case None:
            return ""
        case _:
            return str(term)


def select(store: ox.Store, query: Path) -> list[dict[str, str]]:
    """The rows of a SELECT query as variable → IRI or lexical form; unbound variables are left out.

    Raises:
        EngineError: the file is no SELECT query, or the engine cannot run it.
    """
    names, rows = select_table(store, query)
    return [{name: term.value for name, term in zip(names, row, strict=True) if term is not None} for row in rows]


def select_table(store: ox.Store, query: Path) -> tuple[list[str], list[tuple[ox.NamedNode | ox.Literal | None, ...]]]:
    """The variables of a SELECT query and its rows; unbound variables, and blank nodes, are None.

    Raises:
        EngineError: the file is no SELECT query, or the engine cannot run it.
    """
    try:
        result = store.query(query.read_text(encoding="utf-8"))
        if isinstance(result, ox.QuerySolutions):
            names = [variable.value for variable in result.variables]
            return names, [tuple(_named_or_literal(row[name]) for name in names) for row in result]
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise EngineError(f"{query}: {reason(error)}") from error
    raise EngineError(f"{query}: not a SELECT query")


def _named_or_literal(term: object) -> ox.NamedNode | ox.Literal | None:
    return term if isinstance(term, (ox.NamedNode, ox.Literal)) else None
