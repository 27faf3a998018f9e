"""Differences and quotients of more than two terms are bracketed: up to 0.5.11, Oxigraph takes ``a - b - c`` for
``a - (b - c)`` and ``a / b * c`` for ``a / (b * c)``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyparsing import ParseResults
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from bilik.resources import folder

SIGNS = {"AdditiveExpression": "-", "MultiplicativeExpression": "/"}
"""Expressions of a query as rdflib reads them → the sign after which it matters where the brackets are."""
FILES = sorted([*folder("queries").rglob("*.rq"), *folder("queries").rglob("*.ru")])


def unbracketed(node: object) -> Iterator[str]:
    """The signs of each expression that comes out otherwise when it is grouped from the right."""
    if isinstance(node, CompValue):
        signs = [str(sign) for sign in node.get("op") or ()] if node.name in SIGNS else []
        if SIGNS.get(node.name) in signs[:-1]:
            yield " ".join(signs)
        for value in node.values():
            yield from unbracketed(value)
    elif isinstance(node, list | tuple | ParseResults):
        for value in node:
            yield from unbracketed(value)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("?a - ?b - ?c", ["- -"]),
        ("?a - ?b + ?c", ["- +"]),
        ("?a / ?b * ?c", ["/ *"]),
        ("(?a - ?b) - ?c", []),
        ("?a + ?b - ?c * ?d", []),
        ("IF(?a > 1, COALESCE(?a - 2 - ?b, 1), 2)", ["- -"]),
    ],
)
def test_such_expressions_are_found(expression: str, found: list[str]) -> None:
    assert list(unbracketed(parseQuery(f"SELECT * {{ BIND ({expression} AS ?x) }}"))) == found


def test_every_query_is_bracketed() -> None:
    assert len(FILES) > 100
    parsed = {path: (parseUpdate if path.suffix == ".ru" else parseQuery)(path.read_text("utf-8")) for path in FILES}
    assert {path.name: found for path, tree in parsed.items() if (found := list(unbracketed(tree)))} == {}
