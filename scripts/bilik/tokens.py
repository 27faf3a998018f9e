"""A query as its words, without parsing it: to colour it, to see what it must not say, which prefixes it declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      (?P<comment> \#[^\r\n]* )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<text> \"{3} (?: \"{0,2} (?: [^"\\] | \\. ) )* \"{3}
              | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )* '{3}
              | " (?: [^"\\\r\n] | \\. )* "
              | ' (?: [^'\\\r\n] | \\. )* ' )
    | (?P<variable> [?$]\w+ )
    | (?P<tag> @[A-Za-z]+ (?: -[A-Za-z0-9]+ )* )
    | (?P<name> (?: [^\W\d] [\w.-]* )? : (?: [\w:.-] | %[0-9A-Fa-f]{2} | \\. )* )
    | (?P<word> [^\W\d] \w* )
    | (?P<number> \d [\d.]* )
    """,
    re.VERBOSE | re.DOTALL,
)
"""A token of SPARQL (section 19.8 of the query language) as far as telling keywords from all else needs it."""

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def tokens(sparql: str) -> Iterator[tuple[str, str]]:
    """The whole text in pieces, each with its kind: ``comment``, ``iri``, ``text``, ``variable``, ``tag`` (of a
    language), ``name`` (with a prefix), ``word`` (a keyword, mostly), ``number``; "" for all between them."""
    end = 0
    for found in _TOKEN.finditer(sparql):
        if found.start() > end:
            yield "", sparql[end : found.start()]
        yield found.lastgroup or "", found[0]
        end = found.end()
    if end < len(sparql):
        yield "", sparql[end:]


def asks_others(sparql: str) -> bool:
    """Whether a query has the keyword SERVICE, which sends a part of it to another endpoint."""
    return any(
        kind == "word" and word.upper() == "SERVICE"
        for text in (sparql, _decoded(sparql))
        for kind, word in _spoken(text)
    )


def prefixes(sparql: str) -> dict[str, str]:
    """prefix → IRI, as the query declares them; a relative IRI is left out."""
    found = list(_spoken(sparql))
    declared = zip(found, found[1:], found[2:], strict=False)
    return {
        name[:-1]: iri[1:-1]
        for (_, word), (kind, name), (after, iri) in declared
        if word.upper() == "PREFIX" and kind == "name" and after == "iri" and ":" in iri
    }


def _spoken(sparql: str) -> Iterator[tuple[str, str]]:
    """The tokens that mean something."""
    return ((kind, piece) for kind, piece in tokens(sparql) if kind not in ("", "comment"))


def _decoded(sparql: str) -> str:
    """The text with the escapes of code points replaced, which may stand anywhere in a query (section 19.2)."""

    def character(found: re.Match[str]) -> str:
        point = int(found[1] or found[2], 16)
        return chr(point) if point < 0x110000 else found[0]

    return _ESCAPE.sub(character, sparql)
