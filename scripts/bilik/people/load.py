"""Reading people: RDF files in four formats, and table sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from bilik.engine import construct
from bilik.errors import InputError
from bilik.namespaces import BASE
from bilik.people.records import Records
from bilik.resources import folder

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
TABLE_SETS = (".xlsx", ".duckdb")

_SKOLEM = f"{BASE}.well-known/genid/"
_Term = TypeVar("_Term")


def load_people(paths: Sequence[Path]) -> Records:
    """Read all files and table sets into one graph of records.

    Args:
        paths: RDF files (Turtle, N-Triples, JSON-LD, RDF/XML, by suffix), folders of tables, workbooks.

    Raises:
        InputError: a file that is missing, empty, of unknown kind, not UTF-8 or not parsable, or without persons.
    """
    records = Records()
    for path in paths:
        before = len(records.store)
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder")
        if path.is_dir() or path.suffix.lower() in TABLE_SETS:
            from bilik.people.tables import read_table_set  # tables need more imports than a single dossier

            read_table_set(path, records)
        else:
            records.store.bulk_extend(_named(_parse(path)))
        if not construct(records.store, folder("queries", "rules", "10-record-persons.rq")) or (
            len(records.store) == before
        ):
            raise InputError(
                f"{path}: no person in it; a person is a bilik:Person or has bilik:hasCredential, bilik:hasTraining, "
                "bilik:hasEmployment or bilik:claimsGrade"
            )
    return records


def parse_text(path: Path) -> str:
    """The text of a file.

    Raises:
        InputError: the file cannot be read, is empty, or is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path} line {line}: not UTF-8; save the file as UTF-8") from error
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    return text


def _parse(path: Path) -> list[ox.Quad]:
    rdf_format = FORMATS.get(path.suffix.lower())
    if rdf_format is None:
        known = " ".join(sorted([*FORMATS, *TABLE_SETS]))
        raise InputError(f"{path}: unknown kind of file {path.suffix!r}; use one of {known} or a folder of tables")
    text = parse_text(path)
    try:
        return list(ox.parse(text, format=rdf_format, base_iri=path.resolve().as_uri()))
    except SyntaxError as error:
        where = f" line {error.lineno}" if error.lineno else ""
        reason = re.sub(r"^Parser error(?: at line \d+.*?)?: |\s+", _one_space, str(error.msg)).strip()
        raise InputError(f"{path}{where}: not valid {rdf_format.name}: {reason}") from error
    except (ValueError, OSError) as error:
        raise InputError(f"{path}: not valid {rdf_format.name}: {' '.join(str(error).split())}") from error


def _one_space(found: re.Match[str]) -> str:
    return "" if found.group().strip() else " "


def _named(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads in the default graph, blank nodes named after their RDFC-1.0 labels, the same in every run."""
    dataset = ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    if any(isinstance(term, ox.BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [ox.Quad(_name(quad.subject), quad.predicate, _name(quad.object)) for quad in dataset]


def _name(term: _Term) -> _Term | ox.NamedNode:
    return ox.NamedNode(_SKOLEM + term.value) if isinstance(term, ox.BlankNode) else term
