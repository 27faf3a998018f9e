"""Packages of the npm registry that pages use: fetched once, checked by their sha512, kept in the user's cache.

Which packages, in which version, with which digest is in ``data/registry/vendored.toml``. Where there is no network, a
folder with their archives, named as the registry names them (``oxigraph-0.5.11.tgz``), does as well.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tarfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from bilik.errors import InputError
from bilik.output import replacing
from bilik.resources import folder

REGISTRY = "https://registry.npmjs.org"
_SECONDS = 60
_INSIDE = "package/"
"""The folder that every archive of the registry holds."""


@dataclass(frozen=True)
class Package:
    """A package of the npm registry.

    Attributes:
        integrity: digest of the archive as the registry states it, ``sha512-`` and base64.
        used_by: ``pages`` (a part of what is published) or ``tests``.
        files: the files that are used, as they are called inside the package.
    """

    name: str
    version: str
    integrity: str
    licence: str
    homepage: str
    used_by: str
    files: tuple[str, ...]

    @property
    def archive(self) -> str:
        """The name of the file that holds it."""
        return f"{self.name}-{self.version}.tgz"

    @property
    def address(self) -> str:
        """Where the registry has it."""
        return f"{REGISTRY}/{self.name}/-/{self.archive}"


@cache
def packages() -> Mapping[str, Package]:
    """Name → package, all that are vendored."""
    table = tomllib.loads(folder("data", "registry", "vendored.toml").read_text(encoding="utf-8"))
    return {name: Package(name=name, **{**said, "files": tuple(said["files"])}) for name, said in table.items()}


def files(name: str, kept_in: Path | None = None) -> dict[str, bytes]:
    """The files of a package that are used, by their name inside it.

    Args:
        kept_in: a folder with archives, for machines without network; else the user's cache, filled from the registry.

    Raises:
        InputError: the archive cannot be had, is not the one that is named, or lacks a file.
    """
    package = packages()[name]
    content = _kept(package, kept_in) if kept_in else _cached(package)
    with tarfile.open(fileobj=BytesIO(content), mode="r:gz") as archive:
        return {file: _file(archive, file, package) for file in package.files}


def cache_folder() -> Path:
    """Where archives are kept: ``$XDG_CACHE_HOME/bilik``, or ``~/.cache/bilik``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bilik"


def _kept(package: Package, kept_in: Path) -> bytes:
    path = kept_in / package.archive
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = f"{path}: cannot be read: {error.strerror}"
        raise InputError(f"{reason}; put the file of {package.address} there") from error
    if not _is(package, content):
        raise InputError(f"{path}: its sha512 is not that of {package.address}; put that file there")
    return content


def _cached(package: Package) -> bytes:
    path = cache_folder() / package.archive
    if path.is_file() and _is(package, content := path.read_bytes()):
        return content
    content = _fetched(package)
    if not _is(package, content):
        raise InputError(f"{package.address}: its sha512 is not {package.integrity} (data/registry/vendored.toml)")
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as beside:
        beside.write_bytes(content)
    return content


def _fetched(package: Package) -> bytes:
    from urllib.request import urlopen  # with a full cache nothing is fetched, and its imports take a while

    try:
        with urlopen(package.address, timeout=_SECONDS) as answer:
            content: bytes = answer.read()
    except OSError as error:
        reason = " ".join(str(getattr(error, "reason", error)).split())
        raise InputError(
            f"{package.address}: cannot be fetched: {reason}; without a network, put the file into a folder and name "
            "that by --vendored FOLDER"
        ) from error
    return content


def _is(package: Package, content: bytes) -> bool:
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode("ascii")
    return f"sha512-{digest}" == package.integrity


def _file(archive: tarfile.TarFile, name: str, package: Package) -> bytes:
    try:
        member = archive.extractfile(_INSIDE + name)
    except KeyError:
        member = None
    if member is None:
        raise InputError(f"{package.archive}: no file {name} in it, as data/registry/vendored.toml says")
    return member.read()
