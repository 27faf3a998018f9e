"""Reading people: RDF files in four formats, and table sets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from bilik.engine import construct
from bilik.errors import InputError
from bilik.namespaces import BASE
from bilik.people.reading import FORMATS, read_rdf
from bilik.people.records import Records
from bilik.resources import folder

TABLE_SETS = (".xlsx", ".duckdb", ".sqlite", ".sqlite3", ".db")

_IN_TABLES = "fill in rows below the headers, each with a person's key in the column person"
_IN_RDF = (
    "a person is a bilik:Person or has bilik:hasCredential, bilik:hasTraining, bilik:hasEmployment or bilik:claimsGrade"
)

_SKOLEM = f"{BASE}.well-known/genid/"
_Term = TypeVar("_Term")


def load_people(paths: Sequence[Path]) -> Records:
    """Read all files and table sets into one graph of records.

    Args:
        paths: RDF files (Turtle, N-Triples, JSON-LD, RDF/XML, by suffix), folders of tables, workbooks.

    Raises:
        InputError: a file that is missing, empty, of unknown kind, not UTF-8 or not parsable, or without persons; table
            sets of which two have rows of the same person.
    """
    records = Records()
    for path in paths:
        own = ox.Store()
        is_table_set = path.is_dir() or path.suffix.lower() in TABLE_SETS
        if is_table_set:
            from bilik.people.tables import read_table_set  # tables need more imports than a single dossier

            read_table_set(path, own, records)
        elif path.suffix.lower() not in FORMATS and path.exists():
            kinds = " ".join(sorted([*FORMATS, *TABLE_SETS]))
            raise InputError(f"{path}: unknown kind of file {path.suffix!r}; use {kinds} or a folder of tables")
        else:
            own.bulk_extend(_named(read_rdf(path)))
        if not construct(own, folder("queries", "rules", "10-record-persons.rq")):
            raise InputError(f"{path}: no person in it; {_IN_TABLES if is_table_set else _IN_RDF}")
        records.store.bulk_extend(own)
    return records


def _named(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads in the default graph, blank nodes named after what the file says and their RDFC-1.0 labels.

    The names are the same in every run, and those of two files differ.
    """
    dataset = ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    if not any(isinstance(term, ox.BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        return list(dataset)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    canonical = "\n".join(sorted(str(quad) for quad in dataset))
    prefix = f"{_SKOLEM}{hashlib.sha256(canonical.encode('utf-8')).hexdigest()[:12]}-"
    return [ox.Quad(_name(quad.subject, prefix), quad.predicate, _name(quad.object, prefix)) for quad in dataset]


def _name(term: _Term, prefix: str) -> _Term | ox.NamedNode:
    return ox.NamedNode(prefix + term.value) if isinstance(term, ox.BlankNode) else term
