"""The site for tests: its pages beside a small dataset, and what a page of HTML holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from bilik.publish.browser import write_browser
from bilik.publish.dataset.as_is import write_as_is
from bilik.publish.documents import documents
from bilik.publish.folder import DATA, Publication
from bilik.publish.release import read_release
from bilik.publish.site import write_site
from chromium import vendored

_VOID = {"meta", "link", "input", "br", "hr", "img", "source", "wbr"}
_UNREAD = {"script", "style", "title", "code", "template"}
"""Elements whose text is no prose of the page: programs, and the title, of which HTML marks no part."""

_CATALOGUE = """
@base <https://w3id.org/bilik/data/catalogue> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .

<#catalogue> dcat:dataset <#whole>, <#module-one>, <#module-two> .
<#whole> dcterms:title "Бүтіні"@kk, "Всё"@ru, "All"@en ; dcterms:description "Граф"@kk, "Граф"@ru, "The graph"@en ;
  void:triples 7 ; dcat:distribution <#f1> .
<#module-one> dcterms:title "Бірі"@kk, "Одно"@ru, "One"@en ; dcterms:description "Бөлік"@kk, "Часть"@ru, "Part"@en ;
  dcat:distribution <#f2> .
<#module-two> dcterms:title "Екі"@kk, "Два"@ru, "Two"@en ; dcterms:description "Бөлік"@kk, "Часть"@ru, "Part"@en ;
  dcat:distribution <#f3> .
<#f1> dcterms:title "bilik.ttl" ; dcat:byteSize 2345 ; dcat:mediaType <https://example.org/turtle> .
<#f2> dcterms:title "modules/one.ttl" ; dcat:byteSize 10 ; dcat:mediaType <https://example.org/turtle> .
<#f3> dcterms:title "modules/two.ttl" ; dcat:byteSize 10 ; dcat:mediaType <https://example.org/turtle> .
"""


def write_pages(folder: Path) -> Path:
    """All pages, those that work in the browser among them, beside the names of what the dataset consists of."""
    vendored("oxigraph")
    publication = Publication(folder, read_release())
    publication.write(f"{DATA}/catalogue.ttl", _CATALOGUE)
    write_as_is(publication)
    for file in ("bilik.ttl", "modules/one.ttl", "modules/two.ttl"):
        publication.write(f"{DATA}/{file}", "")
    for document in documents().all:
        for suffix in ("ttl", "jsonld"):
            publication.write(document.address.data(suffix), "")
    write_site(publication)
    write_browser(publication)
    return folder


@dataclass(frozen=True)
class Words:
    """A stretch of text, the language it is said to be in, and the element around it."""

    text: str
    language: str
    element: str


@dataclass
class Html:
    """A page.

    Attributes:
        language: of the page.
        links: addresses of links.
        loads: addresses of what is loaded with the page.
        alternates: language → address of the page in it.
        data: media type → address of the RDF.
        ids: in their order.
        words: what is read on the page.
    """

    language: str = ""
    title: str = ""
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    canonical: str | None = None
    ids: list[str] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)


@cache
def html(path: Path) -> Html:
    """What a page holds; each page is read once."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    assert not reader.open, f"{path}: {[element for element, _ in reader.open]} is not closed"
    return reader.page


class _Reader(HTMLParser):
    """Keeps the elements that are open, each with the language of its text."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Html()
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        page = self.page
        language = given.get("lang") or (self.open[-1][1] if self.open else "")
        page.handlers += [name for name in given if name.startswith("on")]
        if tag == "html":
            page.language = language
        if "id" in given:
            page.ids.append(given["id"])
        if tag == "a" and "href" in given:
            page.links.append(given["href"])
        if tag in ("script", "img") and "src" in given:
            page.loads.append(given["src"])
        if tag == "link":
            self._link(given)
        for name in ("placeholder", "aria-label", "alt"):
            if given.get(name):
                page.words.append(Words(given[name], language, tag))
        if tag not in _VOID:
            self.open.append((tag, language))

    def _link(self, given: dict[str, str]) -> None:
        match given["rel"]:
            case "stylesheet":
                self.page.loads.append(given["href"])
            case "canonical":
                self.page.canonical = given["href"]
            case "alternate" if "hreflang" in given:
                self.page.alternates[given["hreflang"]] = given["href"]
            case "alternate":
                self.page.data[given["type"]] = given["href"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        element, _ = self.open.pop()
        assert element == tag, f"</{tag}> where <{element}> is open"

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            element, language = self.open[-1]
            if element == "title":
                self.page.title = data.strip()
            if not _UNREAD & {name for name, _ in self.open}:
                self.page.words.append(Words(data, language, element))


def pages_of(folder: Path, language: str = "") -> list[Path]:
    """The pages of a publication, of one language or all."""
    return sorted((folder / language).rglob("*.html"))


def broken_links(folder: Path) -> Iterator[str]:
    """Links of pages that lead to no file, or to no part of a page."""
    for path in pages_of(folder):
        page = html(path)
        for address in {*page.links, *page.loads, *page.alternates.values(), *page.data.values()}:
            if not re.match(r"https?:", address):
                file, _, fragment = re.sub(r"\?[^#]*", "", address).partition("#")
                target = (path.parent / file).resolve() if file else path
                if not target.is_file() or (fragment and fragment not in html(target).ids):
                    yield f"{path.relative_to(folder)}: {address}"
