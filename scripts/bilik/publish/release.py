"""The facts of a release that nothing else tells: ``data/registry/release.toml``, and the version of the package."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date

import bilik
from bilik.errors import InputError
from bilik.resources import folder


@dataclass(frozen=True)
class Release:
    """A release.

    Attributes:
        version: of the package and of everything published with it.
        issued: when the project was first published.
        modified: when this version was.
        licence, publisher, landing_page: IRIs.
        publisher_name: by language.
        source: IRI of the text that the graph was made of.
        languages: IRI of each language of the labels.
        site: the address that the project's IRIs are redirected to, with a slash at the end.
    """

    version: str
    issued: date
    modified: date
    licence: str
    publisher: str
    publisher_name: dict[str, str]
    landing_page: str
    source: str
    languages: dict[str, str]
    site: str


def read_release(site: str | None = None) -> Release:
    """The release that is published with this version.

    Args:
        site: where the folder will be served, if not where the registry says.

    Raises:
        InputError: the site is no address.
    """
    facts = tomllib.loads(folder("data", "registry", "release.toml").read_text(encoding="utf-8"))
    facts["site"] = (site or facts["site"]).rstrip("/") + "/"
    if not facts["site"].startswith(("https://", "http://")) or not facts["site"].isprintable() or " " in facts["site"]:
        raise InputError(f"{site}: not an address; write the site as https://example.org/bilik/")
    return Release(version=bilik.__version__, **facts)
