"""What the dataset says of itself in plain text: what is there, every name published, the checksums of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from rdflib.namespace import RDFS

from bilik.build import MANIFEST
from bilik.publish.dataset.modules import ALL, MATERIALISED, modules
from bilik.publish.folder import DATA, SUMS, Publication
from bilik.resources import root
from bilik.texts import LANGUAGES, Language, text
from bilik.turtle import read_turtle

IRIS = "iris.txt"


def write_readme(publication: Publication) -> None:
    """Write what is there, in three languages, for those who open the folder without the site."""
    sections = [section for language in LANGUAGES for section in _readme(language)]
    publication.write(f"{DATA}/README.md", "\n".join(sections))


def _readme(language: Language) -> Iterator[str]:
    yield f"# {text('dataset-catalogue', language)}\n"
    yield f"{text('dataset-catalogue-description', language)}\n"
    for key in (ALL, MATERIALISED):
        yield f"- `{key}.*`: {text(f'dataset-{key}-description', language)}"
    for module in modules():
        yield f"- `{module.stem}.*`: {module.title(language)}"
    for key in ("tables", "shapes", "rules"):
        yield f"- `{key}/`: {text(f'dataset-{key}-description', language)}"
    for key in ("rules", "shapes", "sums"):
        yield f"\n{text(f'dataset-readme-{key}', language)}"
    yield ""


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
