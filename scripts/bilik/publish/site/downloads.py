"""The page of the downloads: the datasets of the catalogue, and whatever else lies in the folder of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bilik.engine import load, select
from bilik.publish.folder import DATA, Publication
from bilik.publish.site.frame import Page, Site
from bilik.publish.site.rows import Row, by
from bilik.resources import folder
from bilik.texts import LANGUAGES, text


@dataclass(frozen=True)
class File:
    """A file to download; its path is below the folder of the data, its size in bytes."""

    path: str
    size: int

    @property
    def format(self) -> str:
        """What kind of file it is: its suffix, or its name where it has none."""
        return Path(self.path).name.rpartition(".")[2]


def pages(site: Site) -> Iterator[Page]:
    """The page of the downloads."""
    store = ox.Store()
    load(store, site.publication.folder / DATA / "catalogue.ttl")
    told = by(_select(store, "datasets"), "dataset")
    files = by(_select(store, "downloads"), "dataset")
    listed = {row["file"] for rows in files.values() for row in rows}
    others: dict[str, list[File]] = {}
    for file in _all(site.publication):
        if file.path not in listed:
            others.setdefault(file.path.partition("/")[0] if "/" in file.path else "", []).append(file)
    yield Page(
        path="downloads",
        template="downloads.html.j2",
        title={language: text("downloads-title", language) for language in LANGUAGES},
        values=lambda language: {
            "groups": by((row for rows in told.values() for row in rows if row["language"] == language), "description"),
            "files": {
                dataset: [File(row["file"], int(row["bytes"])) for row in rows] for dataset, rows in files.items()
            },
            "rest": dict(sorted(others.items())),
            "data": DATA,
            "size": lambda file: text("downloads-size", language, kilobytes=max(1, round(file.size / 1000))),
        },
    )


def _all(publication: Publication) -> list[File]:
    data = publication.folder / DATA
    found = sorted(path for path in data.rglob("*") if path.is_file())
    return [File(path.relative_to(data).as_posix(), path.stat().st_size) for path in found]


def _select(store: ox.Store, question: str) -> list[Row]:
    return select(store, folder("queries", "publish", "site", f"{question}.rq"))
