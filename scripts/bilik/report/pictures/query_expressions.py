"""Expressions and property paths of a parsed query as SPARQL writes them, in one line and with prefixed names.

The tree is that of RDFLib's parser (``parseQuery``): an operator that a rule of the grammar allows and the query does
not use leaves a node with nothing but ``expr``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from rdflib.namespace import RDF, XSD
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, URIRef, Variable

from bilik.namespaces import shorten

_OPERATORS = (
    "ConditionalOrExpression",
    "ConditionalAndExpression",
    "RelationalExpression",
    "AdditiveExpression",
    "MultiplicativeExpression",
)
"""The rules of the grammar that have an operator, from the one that binds least."""

_CONNECTIVES = {"ConditionalOrExpression": "||", "ConditionalAndExpression": "&&"}
_UNARY = {"UnaryNot": "!", "UnaryMinus": "-", "UnaryPlus": "+"}
_PLAIN = frozenset({XSD.integer, XSD.decimal, XSD.double, XSD.boolean})


class Writer:
    """Writes what a query says; names are looked up in its prologue and shortened by Bilik's prefixes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """
        Args:
            prefixes: prefix → IRI, as the query declares them.
        """
        self._prefixes = prefixes

    def iri(self, name: Any) -> str | None:
        """The IRI that a term is; None where it is something else."""
        if isinstance(name, CompValue) and name.name == "pname":
            return self._prefixes[optional(name, "prefix") or ""] + str(optional(name, "localname") or "")
        return str(name) if isinstance(name, URIRef) else None

    def term(self, term: Any) -> str:
        """A term: ``?name``, ``prefix:name``, a number, a text in quotation marks."""
        if isinstance(term, CompValue) and term.name == "pname":
            return f"{optional(term, 'prefix') or ''}:{optional(term, 'localname') or ''}"
        if (iri := self.iri(term)) is not None:
            short = shorten(iri)
            return f"<{iri}>" if short == iri else short
        if isinstance(term, Variable):
            return f"?{term}"
        if isinstance(term, CompValue) and term.name == "literal":
            quoted = Literal(term["string"]).n3()
            if "lang" in term:
                return f"{quoted}@{term['lang']}"
            return f"{quoted}^^{self.term(term['datatype'])}" if "datatype" in term else quoted
        if isinstance(term, Literal):
            return str(term) if term.datatype in _PLAIN else term.n3()
        return str(term)

    def expression(self, node: Any) -> str:
        """An expression, with brackets only where an operator stands in the place of an operand."""
        if not isinstance(node, CompValue) or node.name in ("pname", "literal"):
            return self.term(node)
        name = node.name
        if name in _CONNECTIVES and "other" in node:
            operands = [node["expr"], *node["other"]]
            return f" {_CONNECTIVES[name]} ".join(self._operand(operand, name) for operand in operands)
        if name == "RelationalExpression" and "op" in node:
            other = node["other"]
            right = f"({self._listed(other)})" if node["op"] in ("IN", "NOT IN") else self._operand(other, name)
            return f"{self._operand(node['expr'], name)} {node['op']} {right}"
        if name in ("AdditiveExpression", "MultiplicativeExpression") and "other" in node:
            rest = zip(node["op"], node["other"], strict=True)
            written = chain(*((operator, self._operand(operand, name)) for operator, operand in rest))
            return " ".join([self._operand(node["expr"], name), *written])
        if name in _OPERATORS:
            return self.expression(node["expr"])
        if name in _UNARY:
            return f"{_UNARY[name]}{self._operand(node['expr'], name)}"
        return self._call(node)

    def path(self, path: Any) -> str:
        """A property path."""
        path = simplified(path)
        if not isinstance(path, CompValue) or path.name == "pname":
            return "a" if self.iri(path) == str(RDF.type) else self.term(path)
        parts = path["part"]
        match path.name:
            case "PathAlternative":
                return " | ".join(map(self.path, parts))
            case "PathSequence":
                return "/".join(self._in_path(step) for step in parts)
            case "PathEltOrInverse":
                return f"^{self._in_path(parts)}"
            case "PathElt":
                return f"{self._in_path(parts)}{optional(path, 'mod') or ''}"
            case _:
                return f"!({' | '.join(map(self.path, parts))})"

    def _in_path(self, step: Any) -> str:
        """A part of a path, in brackets where it is several."""
        inner = simplified(step)
        several = isinstance(inner, CompValue) and inner.name in ("PathAlternative", "PathSequence")
        return f"({self.path(inner)})" if several else self.path(inner)

    def _operand(self, node: Any, operator: str) -> str:
        """An operand of an operator: one that binds no closer than the operator was in brackets."""
        while isinstance(node, CompValue) and node.name in _OPERATORS and "other" not in node:
            node = node["expr"]
        operated = isinstance(node, CompValue) and node.name in _OPERATORS
        bracketed = operated and (operator not in _OPERATORS or _rank(node.name) <= _rank(operator))
        return f"({self.expression(node)})" if bracketed else self.expression(node)

    def _listed(self, operands: Iterable[Any]) -> str:
        return ", ".join(map(self.expression, operands))

    def _call(self, node: CompValue) -> str:
        """A function or an aggregate of SPARQL, or one that is called by its IRI."""
        if node.name == "Function":
            return f"{self.term(node['iri'])}({self._listed(node['expr'])})"
        kind, _, function = node.name.partition("_")
        if kind == "Aggregate":
            distinct = "DISTINCT " if optional(node, "distinct") else ""
            separator = f"; SEPARATOR = {self.term(node['separator'])}" if "separator" in node else ""
            counted = "*" if node["vars"] == "*" else self.expression(node["vars"])
            return (
                f"{'GROUP_CONCAT' if function == 'GroupConcat' else function.upper()}({distinct}{counted}{separator})"
            )
        arguments = chain(*(_several_or_one(value) for value in node.values()))
        return f"{function}({self._listed(arguments)})"


def optional(node: CompValue, name: str) -> Any:
    """A part of a node, or None; what ``CompValue.get`` gives for a part that is missing is its name."""
    return node[name] if name in node else None  # noqa: SIM401


def simplified(path: Any) -> Any:
    """A path without the nodes of the tree that have one part and say nothing of it."""
    while isinstance(path, CompValue):
        if path.name in ("PathAlternative", "PathSequence") and len(path["part"]) == 1:
            path = path["part"][0]
        elif path.name == "PathElt" and "mod" not in path:
            path = path["part"]
        else:
            break
    return path


def variables(node: Any) -> set[str]:
    """The variables in a part of a tree."""
    if isinstance(node, Variable):
        return {str(node)}
    if isinstance(node, CompValue):
        return variables(list(node.values()))
    return set().union(*map(variables, node)) if _is_list(node) else set()


def _several_or_one(value: Any) -> Iterable[Any]:
    return value if _is_list(value) else [value]


def _is_list(value: Any) -> bool:
    return not isinstance(value, (str, CompValue)) and isinstance(value, Iterable)


def _rank(operator: str) -> int:
    """How closely an operator binds."""
    return _OPERATORS.index(operator)
