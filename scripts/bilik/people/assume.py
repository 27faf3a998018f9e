"""What-if: entries added to records in memory, written like a row of a table (``credential level=higher``)."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date

import pyoxigraph as ox

from bilik.errors import InputError
from bilik.evaluate import persons
from bilik.namespaces import expand
from bilik.people.codes import Codes, read_codes
from bilik.people.contract import ENTRIES, Column, Table
from bilik.people.records import Cell, Records
from bilik.people.tables import values

_KINDS = {table.name.removesuffix("s"): table for table in ENTRIES}
_PERSON = "person"


def assume(records: Records, statements: Sequence[str]) -> None:
    """Add the entries to the records: to that of the person named by ``person=``, else to everyone's.

    Args:
        statements: kind and values of an entry, ``credential level=higher field=0311 awarded=2027-06-30``; the values
            are those of the table's columns.

    Raises:
        InputError: an unknown kind, column or person, or a value that means nothing there.
    """
    everyone = persons(records.store)
    codes = read_codes()
    for number, statement in enumerate(statements, 1):
        table, cells = _parsed(statement)
        wanted = cells.pop(_PERSON, None)
        chosen = [iri for iri in everyone if wanted is None or wanted in (iri, records.shown(iri))]
        if not chosen:
            there_is = ", ".join(map(records.shown, everyone))
            raise InputError(f"--assume {statement}: no person {wanted}; there is {there_is}")
        for person in chosen:
            entry = ox.NamedNode(f"{person}/assumed/{number}")
            _add(records.store, ox.NamedNode(person), table.link, entry)
            _add(records.store, entry, "rdf:type", ox.NamedNode(expand(table.kind)))
            columns: dict[str, str] = {}
            for name, text in cells.items():
                for term, value in _meant(statement, name, table.columns[name], text, codes):
                    columns[expand(term)] = name
                    _add(records.store, entry, term, value)
            records.cells[entry.value] = Cell("assumed", number, columns)


def _parsed(statement: str) -> tuple[Table, dict[str, str]]:
    try:
        kind, *parts = shlex.split(statement) or [""]
    except ValueError as error:
        raise InputError(f"--assume {statement}: {error}; quote a value with spaces: title=\"…\"") from error
    if kind not in _KINDS:
        raise InputError(f"--assume {statement}: begins with none of {', '.join(_KINDS)}")
    table = _KINDS[kind]
    cells: dict[str, str] = {}
    for part in parts:
        name, equals, text = part.partition("=")
        if not equals or not text or name not in (_PERSON, *table.columns) or name in cells:
            known = ", ".join(f"{column}=…" for column in (*table.columns, _PERSON))
            raise InputError(f"--assume {statement}: {part}: write each once, of {known}")
        cells[name] = text
    if not cells.keys() - {_PERSON}:
        raise InputError(f"--assume {statement}: says nothing; give at least one of {', '.join(table.columns)}")
    return table, cells


def _meant(
    statement: str, name: str, column: Column, text: str, codes: Codes
) -> list[tuple[str, ox.NamedNode | ox.Literal]]:
    """What a value means; here nothing is left to be found later: the one who assumes it is sitting there."""
    if column.kind == "date":
        try:
            if len(text) != 10:
                raise ValueError(text)
            date.fromisoformat(text)
        except ValueError as error:
            raise InputError(f"--assume {statement}: {name}={text}: write an existing day as YYYY-MM-DD") from error
    if column.kind == "field" and not (text.isascii() and text.isdigit() and 2 <= len(text) <= 4):
        raise InputError(f"--assume {statement}: {name}={text}: write an ISCED-F code of two to four digits, as 0311")
    parts = [part.strip() for part in text.split(";")] if column.kind == "positions" else [text]
    if column.kind in ("concept", "positions"):
        term = "bilik:hasPosition" if column.kind == "positions" else column.term
        if unknown := [part for part in parts if codes.known(term, part) is None]:
            raise InputError(
                f"--assume {statement}: {name}={unknown[0]}: no such {name}; it is one of {', '.join(codes.keys(term))}"
            )
    return list(values(column, text, codes))


def _add(store: ox.Store, subject: ox.NamedNode, term: str, value: ox.NamedNode | ox.Literal) -> None:
    store.add(ox.Quad(subject, ox.NamedNode(expand(term)), value))
