"""The frame of every page: its head, the header with the language switch, links by IRI, the foot.

A template extends ``frame.html.j2`` and fills its blocks: ``content``; ``title`` and ``scripts`` where it needs to.
Besides its own values it has

- ``language``, and ``root``: the way from the page to the folder of the publication (``../..``);
- ``t(key, **words)``: a sentence of ``data/texts``; ``name(iri)``: the name of a thing;
- ``link(iri, text=None)``: a link to the page that describes a thing, with its name; to the thing itself where it is
  none of ours; ``address(iri)``: the same without a link's text, None where nothing describes it;
- ``label(iri)``: its name with markup where it quotes another language; ``mark(text)``: the same of a text,
  which is in the language of the page unless another one is given (None: one that the graph does not tell);
- ``told(iri, term)``: the texts of a thing under a term (``"skos:definition"``), in the language and with markup;
- ``term(curie)``: what a class or property is called, to head its values;
- ``anchor(iri)``: the id of a thing on its page;
- ``original(iri)``: the words of the order that a duty or a knowledge item consists of;
- ``expected(iri)``: the words that would be expected at the place of a discrepancy, in the language of the order;
- ``kk(text)``: a text of the order, which is Kazakh on every page;
- ``page``: the :class:`Page`; ``title``: its title in the language; ``release``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bilik.engine import load, select
from bilik.evaluate import compiled_law
from bilik.evaluate.verdicts import grades_in
from bilik.namespaces import PREFIXES, code, expand, shorten
from bilik.publish.documents import Address, Document, Documents, described_files, pages
from bilik.publish.folder import Publication
from bilik.publish.site.foreign import marked
from bilik.report.explanation import Explanation, explain_grade, law_facts
from bilik.report.verbaliser import Verbaliser
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language, text

_HERE: Final = Path(__file__).resolve().parent
_TEMPLATES: Final = (_HERE / "templates", _HERE.parent / "browser" / "templates")
_STATIC: Final = _HERE / "static"
_NAMES: Final = ("rdfs:label", "skos:prefLabel")

NAVIGATION: Final = ("positions", "map", "check", "queries", "sparql", "ontology", "downloads")
"""The pages that every page leads to, by path; the positions are on the start page."""

Values = Callable[[Language], Mapping[str, object]]


def _nothing(language: Language) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True)
class Page:
    """A page in three languages.

    Attributes:
        path: below the folder of a language, without suffix; of a document the document's.
        template: its file in ``templates``.
        title: by language; without markup.
        values: what the template shows, by language.
        document: what it describes; then it links the RDF of the same path.
        summary: one sentence for search engines and the search of the site, by language.
    """

    path: str
    template: str
    title: Mapping[Language, str]
    values: Values = _nothing
    document: Document | None = None
    summary: Mapping[Language, str] = field(default_factory=dict)

    def file(self, language: Language) -> str:
        """Its file, below the folder of the publication."""
        return Address(self.path).page(language)

    @property
    def root(self) -> str:
        """The way from its file to the folder of the publication."""
        return "/".join([".."] * (self.path.count("/") + 1))


class Site:
    """What pages are made of.

    Attributes:
        publication: what is being written; the dataset is there already.
        store: everything that documents describe.
        documents: which document describes what.
        made: the pages written so far, by path.
    """

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.store = ox.Store()
        load(self.store, *described_files())
        self.documents = Documents(self.store)
        self.made: dict[str, Page] = {}

    def select(self, question: str) -> list[dict[str, str]]:
        """The rows of a query of ``queries/publish/site``, by its name, as :func:`bilik.engine.select` gives them."""
        return select(self.store, folder("queries", "publish", "site", f"{question}.rq"))

    def name(self, iri: str, language: Language) -> str:
        """The name of a thing; what it is called in the graph where it has none."""
        return self._names[language].get(iri) or shorten(iri)

    def named(self, language: Language) -> Mapping[str, str]:
        """IRI → name, of everything that has one."""
        return self._names[language]

    def titles(self, iri: str) -> dict[Language, str]:
        """The name of a thing by language."""
        return {language: self.name(iri, language) for language in LANGUAGES}

    def texts(self, iri: str, term: str, language: Language) -> tuple[str, ...]:
        """What is said of a thing under a term (``"skos:definition"``) in a language; mostly one text or none."""
        return self._texts.get((iri, expand(term), language), ())

    @cached_property
    def explanations(self) -> Mapping[str, Explanation]:
        """IRI of a grade → what its requirement asks, under the default readings; in the order of the law."""
        law, compiled = law_facts(), compiled_law()
        return {grade: explain_grade(code(grade), law, compiled) for grade in grades_in(law)}

    def in_words(self, grade: str, language: Language) -> str:
        """The requirement of a grade as a sentence."""
        explained = self.explanations[grade]
        return self.verbaliser(explained, language).sentence(explained.alternatives)

    def verbaliser(self, explained: Explanation, language: Language) -> Verbaliser:
        """Words for the requirement of a grade."""
        return Verbaliser(language, lambda curie: self.name(expand(curie), language), explained.position)

    @cached_property
    def _texts(self) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
        said: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for row in self.select("texts"):
            key = (row["thing"], row["term"], row["language"])
            said[key] = (*said.get(key, ()), row["words"])
        return said

    @cached_property
    def _names(self) -> Mapping[Language, Mapping[str, str]]:
        named: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
        for term in _NAMES:
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(expand(term)), None):
                thing, label = quad.subject, quad.object
                if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
                    for language in LANGUAGES:
                        if label.language == language:
                            named[language][thing.value] = label.value
        return named

    @cached_property
    def environment(self) -> Environment:
        """The templates: those of the site and those of the pages that work in the browser."""
        return Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )


def render(site: Site, made: Iterable[Page]) -> None:
    """Write pages in every language."""
    for page in made:
        site.made[page.path] = page
        template = site.environment.get_template(page.template)
        for language in LANGUAGES:
            given = _frame(site, page, language) | dict(page.values(language))
            site.publication.write(page.file(language), template.render(given))


def write_static(publication: Publication) -> None:
    """Copy what pages load."""
    for file in sorted(_STATIC.iterdir()):
        publication.copy(file, f"static/{file.name}")


def _frame(site: Site, page: Page, language: Language) -> dict[str, object]:
    def address(iri: str) -> str | None:
        found = site.documents.of(iri)
        if found and found.fragment and found.path == page.path:
            return f"#{found.fragment}"
        return f"{page.root}/{found.page(language)}" if found else None

    def link(iri: str, label: str | None = None) -> Markup:
        there = address(iri)
        shown = label or marked(site.name(iri, language), language)
        if there is None:
            return Markup('<a href="{}" rel="external">{}</a>').format(iri, shown)
        return Markup('<a href="{}">{}</a>').format(there, shown)

    def marked_in(words: str, of: str | None = language) -> Markup:
        return marked(words, of)

    return {
        "language": language,
        "languages": LANGUAGES,
        "own_names": {other: text("site-own-name", other) for other in LANGUAGES},
        "root": page.root,
        "t": _teller(language),
        "name": lambda iri: site.name(iri, language),
        "link": link,
        "address": address,
        "label": lambda iri: marked(site.name(iri, language), language),
        "term": lambda curie: _capital(site.name(expand(curie), language)),
        "anchor": lambda iri: found.fragment if (found := site.documents.of(iri)) else None,
        "code": code,
        "expand": expand,
        "mark": marked_in,
        "told": lambda iri, term: [marked(words, language) for words in site.texts(iri, term, language)],
        "original": lambda iri: "; ".join(site.texts(iri, "bilik:wording", "kk")),
        "expected": lambda iri: site.texts(iri, "bilik:expectedWording", "kk"),
        "kk": lambda words: Markup('<span lang="kk">{}</span>').format(words) if language != "kk" else escape(words),
        "page": page,
        "title": page.title[language],
        "summary": page.summary.get(language),
        "others": pages(Address(page.path)),
        "navigation": NAVIGATION,
        "release": site.publication.release,
        "prefixes": PREFIXES,
        "shorten": shorten,
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@cache
def _teller(language: Language) -> Callable[..., str]:
    def t(key: str, **words: object) -> str:
        return text(key, language, **words)

    return t
