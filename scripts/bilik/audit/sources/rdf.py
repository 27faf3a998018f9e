"""Records in RDF as relations: one SELECT query a table, over what the rules of records can use of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyoxigraph as ox

from bilik.audit.sources.relations import Roster, columns_of, give
from bilik.audit.sources.spool import spool
from bilik.engine import construct, load, select
from bilik.errors import InputError
from bilik.evaluate import persons
from bilik.evaluate.rules import record_of
from bilik.people.contract import NAMES
from bilik.people.load import load_people
from bilik.people.reading import FORMATS
from bilik.people.records import Records
from bilik.resources import folder

_RULES = ("10-record-persons", "11-record-values", "12-record-fields", "13-record-dates")
"""The rules that say what of a record can be used."""


def rdf_files(folder: Path) -> list[Path]:
    """The RDF files of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in FORMATS)


def open_rdf(paths: Sequence[Path], connection: duckdb.DuckDBPyConnection) -> Roster:
    """The records of some files, copied into tables; ``row`` is a running number.

    Raises:
        InputError: a file cannot be read, or there is nobody in it.
    """
    records = load_people(paths)
    store = _usable(records.store)
    given = {}
    place = ", ".join(map(str, paths))
    for table in NAMES:
        columns = columns_of(table)
        rows = enumerate(_rows(store, table, [name for name, _ in columns], records), 1)
        given[table] = spool(connection, table, place, [("entry", "VARCHAR"), *columns], rows, entry=True)
    return give(connection, place, given, sum(path.stat().st_size for path in paths), records)


def _usable(people: ox.Store) -> ox.Store:
    """What the records say, with the law, and what the rules make of it."""
    store = ox.Store()
    load(store, folder("data", "compiled", "record.ttl"), folder("data", "compiled", "conditions.ttl"))
    for person in persons(people):
        store.extend(record_of(people, person))
    for rule in _RULES:
        store.extend([ox.Quad(*triple) for triple in construct(store, folder("queries", "rules", f"{rule}.rq"))])
    return store


def _rows(store: ox.Store, table: str, columns: Sequence[str], records: Records) -> Iterator[list[str]]:
    """The IRI of the entry and the cells of each row."""
    for row in select(store, folder("queries", "audit", "rdf", f"{table}.rq")):
        person = records.shown(row["person"])
        cells = {"person": person, "position": row.get("code") or row.get("title", "")} | row | {"person": person}
        yield [row.get("entry", ""), *(_cell(cells, name) for name in columns)]


def _cell(cells: dict[str, str], name: str) -> str:
    """Days of the rules are integers, 20200131; what is no usable day is quoted, as two days of one entry would be."""
    text = cells.get(name, "")
    if f"{name}_given" in cells:
        return f"{text[:-4]:0>4}-{text[-4:-2]}-{text[-2:]}" if text else f'"{cells[f"{name}_given"]}"'
    if name == "recognised_for":
        return ";".join(sorted(filter(None, text.split(";"))))
    return text


def check_suffixes(paths: Sequence[Path]) -> None:
    """Whether all are RDF files.

    Raises:
        InputError: one is something else.
    """
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            raise InputError(f"{path}: several sources may only be RDF files ({' '.join(sorted(FORMATS))})")
