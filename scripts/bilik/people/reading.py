"""Reading files that users give: their text, and the RDF in it, with errors that name the line."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

import pyoxigraph as ox

from bilik.errors import InputError

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        InputError: the file is missing, cannot be read, is empty, or is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file or folder") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} line {undecodable_line(path)}: not UTF-8; save the file as UTF-8") from error
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    return text


def undecodable_line(path: Path) -> int:
    """The first line of a file that is not UTF-8; one after the last if all are."""
    number = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return number + 1


def read_rdf(path: Path) -> list[ox.Quad]:
    """The statements of an RDF file, as written.

    Raises:
        InputError: an unknown suffix, a file that does not parse (the line is named where the parser knows it), or one
            with a statement about a statement.
    """
    rdf_format = FORMATS.get(path.suffix.lower())
    if rdf_format is None:
        raise InputError(f"{path}: unknown kind of RDF file {path.suffix!r}; use one of {' '.join(sorted(FORMATS))}")
    text = read_text(path)
    try:
        quads = list(ox.parse(text, format=rdf_format, base_iri=path.resolve().as_uri()))
    except SyntaxError as error:
        line = error.lineno or (_broken_line(text) if rdf_format == ox.RdfFormat.RDF_XML else None)
        where = f" line {line}" if line else ""
        reason = re.sub(r"^Parser error( at line \d+[^:]*)?: ", "", " ".join(str(error.msg).split()))
        if "LoadDocumentCallback" in reason:
            reason = "its @context is a link and nothing is fetched; write the context into the file"
        raise InputError(f"{path}{where}: not valid {rdf_format.name}: {reason}") from error
    except (ValueError, OSError) as error:
        raise InputError(f"{path}: not valid {rdf_format.name}: {' '.join(str(error).split())}") from error
    if any(isinstance(quad.object, ox.Triple) for quad in quads):
        raise InputError(f"{path}: a statement about a statement (RDF 1.2) is no part of a record; leave it out")
    return quads


def _broken_line(xml: str) -> int | None:
    """The line in which XML stops being well-formed; the RDF parser does not tell."""
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as error:
        return error.lineno
    return None
