"""What a query asks for, as a graph to be drawn: nodes, edges and groups, from RDFLib's parse of it.

A path of several steps becomes a chain with nodes that have no name; an inverse step an edge the other way round. The
class of a node and the values that are listed for it belong to the node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, Literal

from rdflib.namespace import RDF
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import BNode, Variable

from bilik.report.pictures.query_expressions import Writer, optional, simplified, variables

Kind = Literal["all", "optional", "absent", "present", "either", "or", "minus", "select"]


_EXISTENCE: Mapping[str, Kind] = {"Builtin_EXISTS": "present", "Builtin_NOTEXISTS": "absent"}


@dataclass(frozen=True, order=True)
class Node:
    """What an edge joins.

    Attributes:
        kind: ``variable``; ``name`` of a thing; ``value``, a literal; ``between`` two steps of a path, without a name.
        text: as SPARQL writes it; of a node without a name what tells it from others.
        iri: of a name.
    """

    kind: Literal["variable", "name", "value", "between"]
    text: str
    iri: str | None = None


@dataclass(frozen=True)
class Edge:
    """A triple of the pattern.

    Attributes:
        text: the property, path or variable as SPARQL writes it.
        iris: the properties, of which one is enough; empty where there is more to it than that.
    """

    source: Node
    target: Node
    text: str
    iris: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """What a group says of its nodes besides: a keyword of SPARQL, and what follows it."""

    keyword: str
    text: str


@dataclass(frozen=True)
class Group:
    """Triples that are asked for together.

    Attributes:
        kind: how it belongs to the group that it is part of; ``absent``: nothing like it may be there, be it by
            FILTER NOT EXISTS or by OPTIONAL and !BOUND.
        nodes: in the order in which the query speaks of them; every end of an edge is among them.
        classes: of a node, as nodes.
        values: what a node is one of, as SPARQL writes it.
        answer: of a query, the columns of its answer and what is made of the matches: grouping, order.
        asked: of a query, the variables that stand in its answer as they are in the pattern, as SPARQL writes them.
    """

    kind: Kind
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    classes: Mapping[Node, tuple[Node, ...]]
    values: Mapping[Node, tuple[str, ...]]
    notes: tuple[Note, ...]
    parts: tuple[Group, ...]
    answer: tuple[Note, ...] = ()
    asked: frozenset[str] = frozenset()

    def walk(self) -> Iterator[Group]:
        """This group and all within it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@lru_cache(maxsize=128)
def read_pattern(sparql: str) -> Group:
    """The pattern of a SELECT query.

    Raises:
        ParseException: it is none.
    """
    prologue, query = parseQuery(sparql)
    prefixes = {str(optional(one, "prefix") or ""): str(one["iri"]) for one in prologue if one.name == "PrefixDecl"}
    return _Reader(Writer(prefixes)).group("all", query)


def _asked(query: CompValue) -> frozenset[str]:
    if columns := optional(query, "projection"):
        return frozenset(f"?{column['var']}" for column in columns if "var" in column)
    return frozenset(f"?{name}" for name in variables(query["where"]))


class _Parts:
    """A group while it is read."""

    def __init__(self) -> None:
        self.nodes: dict[Node, None] = {}
        self.edges: list[Edge] = []
        self.classes: dict[Node, list[Node]] = {}
        self.values: dict[Node, tuple[str, ...]] = {}
        self.notes: list[Note] = []
        self.groups: list[Group] = []
        self.answer: list[Note] = []
        self.asked: frozenset[str] = frozenset()

    def add(self, edge: Edge) -> None:
        """An edge, or the class of a node."""
        self.nodes[edge.source] = None
        if edge.iris == (str(RDF.type),) and edge.target.kind == "name":
            self.classes.setdefault(edge.source, []).append(edge.target)
        else:
            self.nodes[edge.target] = None
            self.edges.append(edge)

    def group(self, kind: Kind) -> Group:
        """The group that was read."""
        classes = {node: tuple(found) for node, found in self.classes.items()}
        notes, groups = tuple(self.notes), tuple(self.groups)
        return Group(
            kind,
            tuple(self.nodes),
            tuple(self.edges),
            classes,
            self.values,
            notes,
            groups,
            tuple(self.answer),
            self.asked,
        )


class _Reader:
    def __init__(self, writer: Writer) -> None:
        self._writer, self._numbers = writer, count(1)

    def group(self, kind: Kind, tree: CompValue) -> Group:
        """A group in braces, or a query in a query."""
        parts = _Parts()
        if "where" in tree:
            kind = "select" if kind == "all" and tree.name == "SubSelect" else kind
            parts.answer += self.answer(tree)
            parts.asked = _asked(tree)
            tree = tree["where"]
        for clause in tree["part"]:
            self._add(clause, tree["part"], parts)
        return parts.group(kind)

    def _add(self, clause: CompValue, beside: Sequence[CompValue], parts: _Parts) -> None:
        write = self._writer.expression
        match clause.name:
            case "TriplesBlock":
                for edge in self._edges(clause["triples"]):
                    parts.add(edge)
            case "InlineData" if len(clause["var"]) == 1 and not _rows(clause):
                node = self._node(clause["var"][0])
                parts.nodes[node] = None
                parts.values[node] = tuple(map(self._writer.term, clause["value"]))
            case "InlineData":
                parts.notes.append(self._table(clause))
            case "Filter" if clause["expr"].name in _EXISTENCE:
                parts.groups.append(self.group(_EXISTENCE[clause["expr"].name], clause["expr"]["graph"]))
            case "Filter" if _unbound(clause["expr"]) in _barred_variables(beside):
                pass  # said by the group of that variable
            case "Filter":
                parts.notes.append(Note("FILTER", write(clause["expr"])))
            case "Bind":
                parts.notes.append(Note("BIND", f"{write(clause['expr'])} AS ?{clause['var']}"))
            case "OptionalGraphPattern":
                kind: Kind = "absent" if _barred(clause, beside) else "optional"
                parts.groups.append(self.group(kind, clause["graph"]))
            case "MinusGraphPattern":
                parts.groups.append(self.group("minus", clause["graph"]))
            case "GroupOrUnionGraphPattern" if len(clause["graph"]) == 1:
                parts.groups.append(self.group("all", clause["graph"][0]))
            case "GroupOrUnionGraphPattern":
                first, *others = clause["graph"]
                parts.groups += [self.group("either", first), *(self.group("or", other) for other in others)]
            case other:
                raise ValueError(f"{other}: no part of a pattern that can be drawn")

    def answer(self, query: CompValue) -> Iterator[Note]:
        """The columns, and what is made of the matches."""
        write = self._writer.expression
        columns = " ".join(map(self._column, optional(query, "projection") or ())) or "*"
        yield Note(f"SELECT {optional(query, 'modifier') or ''}".strip(), columns)
        if "groupby" in query:
            yield Note("GROUP BY", " ".join(map(write, query["groupby"]["condition"])))
        if "having" in query:
            yield Note("HAVING", " && ".join(map(write, query["having"]["condition"])))
        if "orderby" in query:
            order = (
                f"{one['order']}({write(one['expr'])})" if optional(one, "order") else write(one["expr"])
                for one in query["orderby"]["condition"]
            )
            yield Note("ORDER BY", " ".join(order))
        if "limitoffset" in query:
            yield from (Note(name.upper(), str(number)) for name, number in query["limitoffset"].items())

    def _column(self, column: CompValue) -> str:
        if "var" in column:
            return f"?{column['var']}"
        return f"({self._writer.expression(column['expr'])} AS ?{column['evar']})"

    def _table(self, listed: CompValue) -> Note:
        names = " ".join(f"?{name}" for name in listed["var"])
        rows = _rows(listed) or [[value] for value in listed["value"]]
        written = ", ".join(f"({' '.join(map(self._writer.term, row))})" for row in rows)
        return Note("VALUES", f"({names}): {written}")

    def _edges(self, triples: Iterable[Sequence[Any]]) -> Iterator[Edge]:
        for block in triples:
            for start in range(0, len(block), 3):
                subject, path, target = block[start : start + 3]
                yield from self._path(self._node(subject), path, self._node(target))

    def _path(self, source: Node, path: Any, target: Node) -> Iterator[Edge]:
        """The edges of a path: steps one after the other, inverse ones turned round."""
        path = simplified(path)
        if isinstance(path, CompValue) and path.name == "PathSequence":
            nodes = [source, *(self._between() for _ in path["part"][1:]), target]
            for step, before, after in zip(path["part"], nodes, nodes[1:], strict=False):
                yield from self._path(before, step, after)
        elif isinstance(path, CompValue) and path.name == "PathEltOrInverse":
            yield from self._path(target, path["part"], source)
        else:
            yield Edge(source, target, self._writer.path(path), self._properties(path))

    def _properties(self, path: Any) -> tuple[str, ...]:
        alternatives = path["part"] if isinstance(path, CompValue) and path.name == "PathAlternative" else [path]
        iris = [self._writer.iri(simplified(one)) for one in alternatives]
        return tuple(iri for iri in iris if iri) if all(iris) else ()

    def _node(self, term: Any) -> Node:
        if isinstance(term, Variable):
            return Node("variable", f"?{term}")
        if isinstance(term, BNode):
            return Node("between", f"[{term}]")
        iri = self._writer.iri(term)
        return Node("name" if iri else "value", self._writer.term(term), iri)

    def _between(self) -> Node:
        return Node("between", str(next(self._numbers)))


def _rows(listed: CompValue) -> list[Any]:
    """The rows of values for several variables."""
    values = listed["value"]
    return [] if not values or isinstance(values[0], CompValue | str) else list(values)


def _barred(clause: CompValue, beside: Sequence[CompValue]) -> set[str]:
    """The variables by which an OPTIONAL says "there is none": it alone has them, and a filter wants them unbound."""
    others = [other for other in beside if other is not clause and other.name != "Filter"]
    own = variables(clause["graph"]) - variables(others)
    wanted = {_unbound(other["expr"]) for other in beside if other.name == "Filter"}
    return {name for name in own if name in wanted}


def _barred_variables(beside: Sequence[CompValue]) -> set[str]:
    return set().union(*(_barred(one, beside) for one in beside if one.name == "OptionalGraphPattern"))


def _unbound(test: Any) -> str | None:
    """The variable of a test that says nothing but !BOUND(?variable)."""
    while isinstance(test, CompValue) and "other" not in test and "expr" in test and test.name != "UnaryNot":
        test = test["expr"]
    if isinstance(test, CompValue) and test.name == "UnaryNot" and isinstance(inner := test["expr"], CompValue):
        return str(inner["arg"]) if inner.name == "Builtin_BOUND" else None
    return None
