"""What the dataset says of itself in plain text: every name ever published, and the checksums of its files."""

from __future__ import annotations

import hashlib

from rdflib.namespace import RDFS

from bilik.build import MANIFEST
from bilik.publish.folder import DATA, SUMS, Publication
from bilik.resources import root
from bilik.turtle import read_turtle

IRIS = "iris.txt"


def write_iris(publication: Publication) -> None:
    """Write every name of the manifest, one a line."""
    names = sorted(str(name) for name in read_turtle(root() / MANIFEST).objects(None, RDFS.member))
    publication.write(f"{DATA}/{IRIS}", "".join(f"{name}\n" for name in names))


def write_sums(publication: Publication) -> None:
    """Write the SHA-256 of every file of the dataset as ``sha256sum -c`` reads it."""
    data = publication.folder / DATA
    files = sorted(path for path in data.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(data).as_posix()}\n" for path in files
    ]
    publication.write(f"{DATA}/{SUMS}", "".join(lines))
