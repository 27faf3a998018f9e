"""The publication that tests look at: written once in a run, whatever the number of processes and test files."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from bilik.errors import InputError
from bilik.publish import publish
from bilik.texts import LANGUAGES
from components import missing

_LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src"}
_CODE = {"code", "pre", "script", "style"}
_NAMED = ("a", "button", "h1", "h2", "h3", "h4", "summary", "th", "dt", "label", "option")
"""Elements that say nothing if they are empty."""
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


def published(factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole publication; tests do not change it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "published-site"
    with (shared / "published-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            try:
                publish(folder)
            except InputError as error:
                missing(str(error))
    return folder


@dataclass
class Looked(HTMLParser):
    """What a page has in it.

    Attributes:
        ids: of its elements, in order; twice what is there twice.
        links: where its ``a`` and ``link`` elements lead, as written.
        loaded: what it loads: sheets, scripts, pictures, as written.
        alternates: media type or language → address, of its other forms.
        empty: elements that ought to say something, and do not; what scripts fill in, in a ``template``, aside.
        shown: its text without code.
        headings: how many of the first rank.
    """

    content: str
    language: str | None = None
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    headings: int = 0
    title: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[list[str]] = []
        self.feed(self.content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "h1":
            self.headings += 1
        if tag in _LOADED and given.get(_LOADED[tag]):
            self.loaded.append(given[_LOADED[tag]])
        if tag == "link":
            self._link(given)
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag not in _VOID:
            self._open.append([tag, given.get("aria-label", "")])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, words = self._open.pop()
            if name in _NAMED and not words.strip() and not any(name == "template" for name, _ in self._open):
                self.empty.append(f"<{name}> before character {self.getpos()}")
            if self._open:
                self._open[-1][1] += words
            if name == "title" and not self.title:
                self.title = words
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][1] += data
        if not any(name in _CODE for name, _ in self._open):
            self.shown.append(data)

    def _link(self, given: Mapping[str, str]) -> None:
        there, kind = given.get("href", ""), given.get("rel", "").split()
        if "stylesheet" in kind:
            self.loaded.append(there)
        elif "alternate" in kind:
            self.alternates[given.get("type") or given.get("hreflang", "")] = there
            self.links.append(there)


class Walked:
    """Every page of a publication."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def pages(self) -> Mapping[str, Looked]:
        """Path below the folder → what is on the page; those that are part of the data are files, not pages."""
        files = [self.folder / "index.html"]
        files += [file for language in LANGUAGES for file in sorted((self.folder / language).rglob("*.html"))]
        return {file.relative_to(self.folder).as_posix(): Looked(file.read_text(encoding="utf-8")) for file in files}

    def broken(self, path: str) -> Iterator[str]:
        """The links of a page, and what it loads, that lead nowhere in the folder."""
        for there in dict.fromkeys((*self.pages[path].links, *self.pages[path].loaded)):
            parts = urlsplit(there)
            if parts.scheme or parts.netloc:
                if there in self.pages[path].loaded:
                    yield f"{path} loads {there} from elsewhere"
                continue
            target = self.target(path, there)
            if target is None or not (self.folder / target).is_file():
                yield f"{path} leads to {there}, which is not there"
            elif parts.fragment and target in self.pages and unquote(parts.fragment) not in self._anchors(target):
                yield f"{path} leads to {there}: there is no such place on the page"

    def target(self, path: str, there: str) -> str | None:
        """The file that an address on a page means, below the folder; None if it is outside."""
        parts = urlsplit(there)
        if not parts.path:
            return path
        found = os.path.normpath((self.folder / path).parent / unquote(parts.path))
        return Path(found).relative_to(self.folder).as_posix() if Path(found).is_relative_to(self.folder) else None

    def weight(self, path: str) -> int:
        """Bytes of a page with the sheets and scripts that it loads at once."""
        files = {self.target(path, there) for there in self.pages[path].loaded}
        return sum((self.folder / file).stat().st_size for file in {path, *files} if file)

    def _anchors(self, path: str) -> frozenset[str]:
        if path not in self._anchors_of:
            self._anchors_of[path] = frozenset(self.pages[path].ids)
        return self._anchors_of[path]

    @cached_property
    def _anchors_of(self) -> dict[str, frozenset[str]]:
        return {}
