"""What others need to read tables of people with their own tools: an R2RML mapping, and metadata as CSVW wants them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rdflib import Graph
from rdflib.namespace import RDF, RDFS, XSD
from rdflib.term import BNode, Literal, Node, URIRef

from bilik.namespaces import BASE, PREFIXES, expand
from bilik.people.codes import Codes, scheme_of
from bilik.people.contract import CLAIM_COLUMNS, CLAIMS, COLUMNS, ENTRIES, Column, Table
from bilik.people.records import PERSON
from bilik.texts import LANGUAGES, text

MAPPING = URIRef(f"{BASE}mapping/people")
_POSITION = "bilik:hasPosition"
_ALIASES = {"start": "first_day", "end": "last_day"}
"""Names of columns that are keywords of SQL."""

Terms = Mapping[str, Mapping[str, str]]
"""Definition of a property by its IRI and language."""


def people_mapping(codes: Codes, queries: Path) -> Graph:
    """The R2RML mapping of the tables to the record vocabulary.

    Args:
        codes: the codes of the law.
        queries: the folder of the SQL that the maps read: R2RML cannot take a list apart or look up a grade.
    """
    return _Mapping(codes, {path.stem: _sql(path) for path in queries.glob("*.sql")}).graph


def people_metadata(definitions: Terms) -> str:
    """The metadata of the tables (CSVW), as JSON.

    Args:
        definitions: what the properties mean.
    """
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "kk"}],
        "dc:title": [{"@value": text("tables-title", language), "@language": language} for language in LANGUAGES],
        "dc:conformsTo": {"@id": f"{BASE}def"},
        "tables": [_described(name, definitions) for name in COLUMNS],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


class _Mapping:
    """The mapping as it grows."""

    def __init__(self, codes: Codes, sql: Mapping[str, str]) -> None:
        self.graph = Graph(bind_namespaces="none")
        self._codes = codes
        self._sql = sql
        for language in LANGUAGES:
            self.graph.add((MAPPING, RDFS.label, Literal(text("mapping-title", language), lang=language)))
            self.graph.add((MAPPING, RDFS.comment, Literal(text("mapping-scope", language), lang=language)))
        for table in ENTRIES:
            self._entries(table)
        self._claims()

    def _entries(self, table: Table) -> None:
        rows = self._rows("entries", table.name)
        entry = f"{PERSON}{{person}}/{table.name}/{{entry}}"
        self._map(table.name, rows, entry, table.kind, list(self._objects(table.columns)))
        link = (table.link, _template(entry))
        self._map(f"{table.name}-of-persons", rows, f"{PERSON}{{person}}", "bilik:Person", [link])
        if "recognised_for" in table.columns:
            column = table.columns["recognised_for"]
            positions = _values({"code": code} for code in self._positions)
            query = self._sql["recognitions"].format(entries=rows, positions=positions)
            position = _template(f"{expand(scheme_of(_POSITION))}{{code}}")
            self._map(f"{table.name}-recognised", query, entry, None, [(column.term, position)])

    def _claims(self) -> None:
        self._map("persons", self._rows("persons", CLAIMS), f"{PERSON}{{person}}", "bilik:Person", [])
        names = ("grade", "post", "rung", "class")
        query = self._rows(
            "claims",
            CLAIMS,
            grades=_values(dict(zip(names, grade, strict=True)) for grade in self._codes.grades),
            tiers=", ".join(map(_quoted, self._codes.tiers)),
            lowest=self._codes.lowest_category,
        )
        grade = _template(expand("grade:") + "{grade}")
        self._map("claims", query, f"{PERSON}{{person}}", None, [("bilik:claimsGrade", grade)])

    @property
    def _positions(self) -> list[str]:
        return self._codes.keys(_POSITION)

    def _rows(self, query: str, table: str, **words: str) -> str:
        cells = ", ".join(f"{cell} AS {name}" for name, cell in self._cells(COLUMNS[table]))
        names = ", ".join(name for name, _ in self._cells(COLUMNS[table]))
        return self._sql[query].format(cells=cells, names=names, table=table, **words)

    def _cells(self, columns: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Name and SQL of each column; a position is a code, or else the title of a post outside the order."""
        known = ", ".join(map(_quoted, self._positions))
        for name in columns:
            column = f'"{name}"' if name in _ALIASES else name
            cell = f"NULLIF(TRIM(CAST({column} AS VARCHAR(4000))), '')"
            if name == "position":
                yield "position_code", f"CASE WHEN TRIM({column}) IN ({known}) THEN {cell} END"
                yield "position_title", f"CASE WHEN TRIM({column}) NOT IN ({known}) THEN {cell} END"
            else:
                yield _ALIASES.get(name, name), cell

    def _objects(self, columns: Mapping[str, Column]) -> Iterator[tuple[str, list[tuple[str, Node]]]]:
        """Property and object map of each column."""
        for name, column in columns.items():
            alias = _ALIASES.get(name, name)
            match column.kind:
                case "date":
                    yield column.term, [("column", Literal(alias)), ("datatype", XSD.date)]
                case "field":
                    yield column.term, _template(expand("isced-f:") + f"{{{alias}}}")
                case "concept":
                    yield column.term, _template(expand(scheme_of(column.term)) + f"{{{alias}}}")
                case "position":
                    yield column.term, _template(expand(scheme_of(column.term)) + "{position_code}")
                    yield "bilik:positionTitle", [("column", Literal("position_title"))]

    def _map(
        self,
        name: str,
        query: str,
        subject: str,
        kind: str | None,
        objects: Iterable[tuple[str, list[tuple[str, Node]]]],
    ) -> None:
        node = URIRef(f"{MAPPING}#{name}")
        self.graph.add((node, RDF.type, _rr("TriplesMap")))
        self.graph.add((node, RDFS.isDefinedBy, MAPPING))
        self._node(node, "logicalTable", [("sqlQuery", Literal(query))])
        about: list[tuple[str, Node]] = [("template", Literal(subject))]
        self._node(node, "subjectMap", [*about, ("class", URIRef(expand(kind)))] if kind else about)
        for term, object_map in objects:
            pair = self._node(node, "predicateObjectMap", [("predicate", URIRef(expand(term)))])
            self._node(pair, "objectMap", object_map)

    def _node(self, subject: Node, link: str, parts: Iterable[tuple[str, Node]]) -> Node:
        node = BNode()
        self.graph.add((subject, _rr(link), node))
        for name, value in parts:
            self.graph.add((node, _rr(name), value))
        return node


def _rr(name: str) -> URIRef:
    return URIRef(PREFIXES["rr"] + name)


def _template(template: str) -> list[tuple[str, Node]]:
    return [("template", Literal(template))]


def _sql(path: Path) -> str:
    """A query without its comment: what stands in a literal should be the query alone."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _values(rows: Iterable[Mapping[str, str | None]]) -> str:
    """Rows as SQL that every database understands."""
    return " UNION ALL ".join(
        "SELECT " + ", ".join(f"{_quoted(cell) if cell else 'NULL'} AS {name}" for name, cell in row.items())
        for row in rows
    )


# -- CSVW ------------------------------------------------------------------------------------------------------------


def _described(name: str, definitions: Terms) -> dict[str, Any]:
    table = next((table for table in ENTRIES if table.name == name), None)
    of_posts = next(table.columns for table in ENTRIES if set(CLAIM_COLUMNS) <= table.columns.keys())
    columns = table.columns if table else {column: of_posts[column] for column in CLAIM_COLUMNS}
    person: dict[str, str] = {language: text("tables-person", language) for language in LANGUAGES}
    described: list[dict[str, Any]] = [
        {"name": "person", "titles": "person", "dc:description": _in_all_languages(person), "required": True}
    ]
    for column, meaning in columns.items():
        one: dict[str, Any] = {"name": column, "titles": column}
        one["dc:description"] = _in_all_languages(definitions[expand(meaning.term)])
        if table:
            one["propertyUrl"] = expand(meaning.term)
        if meaning.kind == "date":
            one["datatype"] = {"base": "date", "format": "yyyy-MM-dd"}
        if meaning.kind == "positions":
            one["separator"] = ";"
        described.append(one)
    return {"url": f"{name}.csv", "tableSchema": {"columns": described}}


def _in_all_languages(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": texts[language], "@language": language} for language in LANGUAGES]
