"""The pages of positions, grades, provisions and readings say what the graph says: all of it, in three languages, each
word in an element of its language."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pyoxigraph as ox
import pytest

from bilik.build import read_order
from bilik.engine import load
from bilik.extract.text import SourceText
from bilik.namespaces import BASE, expand
from bilik.publish import publish
from bilik.publish.folder import Publication
from bilik.publish.site import KINDS, grades, positions, provisions, readings
from bilik.publish.site.frame import Site, render
from bilik.resources import law_files
from bilik.texts import LANGUAGES, Language, text
from command_line import ROOT

POSITIONS = ("bilik:Position", "bilik:PositionGroup")
PROVISIONS = ("bilik:LegalAct", "bilik:ActVersion", "bilik:Provision", "bilik:AmendmentNote")
GRADES = ("bilik:Grade",)
READINGS = ("bilik:Interpretation",)
CLASSES = {"id/position": POSITIONS, "id/grade": GRADES, "id/law": PROVISIONS, "voc/reading": READINGS}
"""Folder of pages → the classes whose individuals have their pages in it."""

LISTS = {"duty": "bilik:hasDuty", "knowledge": "bilik:requiresKnowledge"}
SAID_BY_A_READING = ("skos:definition", "bilik:chosenReading", "bilik:reasonForChoice", "bilik:rivalReading")
COUNTED = ("bilik:countsPosition", "bilik:countsSpecialityOf", "bilik:countsActivity")

_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
"""Letters that Russian does not have."""
_SHOWN = ("alt", "aria-label", "content", "placeholder", "title")
"""Attributes that are read to people; they are in the language of the page."""
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

every_language = pytest.mark.parametrize("language", LANGUAGES)
translated = pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "kk"])


def folded(words: str) -> str:
    """Words on one line."""
    return " ".join(words.split())


# -- the graph -------------------------------------------------------------------------------------------------------


@cache
def graph() -> ox.Store:
    store = ox.Store()
    load(store, *law_files())
    return store


def values(thing: str, term: str, language: str | None = None) -> list[str]:
    """What a thing has under a term, sorted; the texts in a language if one is given."""
    found = (quad.object for quad in graph().quads_for_pattern(ox.NamedNode(thing), ox.NamedNode(expand(term)), None))
    return sorted(
        node.value
        for node in found
        if isinstance(node, ox.NamedNode) or (isinstance(node, ox.Literal) and node.language == language)
    )


def having(term: str, value: str) -> list[str]:
    """The things that have a value under a term, sorted."""
    found = graph().quads_for_pattern(None, ox.NamedNode(expand(term)), ox.NamedNode(value))
    return sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))


def individuals(classes: tuple[str, ...]) -> list[str]:
    return sorted({thing for name in classes for thing in having("rdf:type", expand(name))})


def number(thing: str, term: str) -> int:
    (value,) = values(thing, term)
    return int(value)


def label(thing: str, language: Language) -> str:
    (name,) = {*values(thing, "rdfs:label", language), *values(thing, "skos:prefLabel", language)}
    return name


def selected(quote: str, term: str) -> str:
    """What the selectors of a quote say under a term."""
    (value,) = (value for selector in values(quote, "oa:hasSelector") for value in values(selector, term))
    return value


def quoted(thing: str) -> list[str]:
    """The words of the source that a thing quotes, in their order."""
    quotes = sorted(values(thing, "bilik:hasSourceQuote"), key=lambda quote: int(selected(quote, "oa:start")))
    return [folded(selected(quote, "oa:exact")) for quote in quotes]


@cache
def order_text() -> SourceText:
    return read_order(ROOT).source


@cache
def read_out_of(provision: str) -> list[str]:
    """The words in a provision that anything of the law quotes, their letters put right."""
    quotes = [quote for quote in having("dcterms:isPartOf", provision) if values(quote, "oa:hasSelector")]
    by_law = [quote for quote in quotes if not _is_of_discrepancies_alone(quote)]
    spans = [(int(selected(quote, "oa:start")), int(selected(quote, "oa:end"))) for quote in by_law]
    return [order_text().normalise(start, end).text for start, end in sorted(spans)]


def _is_of_discrepancies_alone(quote: str) -> bool:
    """Whether it is the place of a slip, which may be a part of a word."""
    quoting = having("bilik:hasSourceQuote", quote)
    return all(expand("bilik:Discrepancy") in values(thing, "rdf:type") for thing in quoting)


def alternatives(grade: str) -> list[str]:
    (requirement,) = values(grade, "bilik:hasRequirement")
    found = values(requirement, "bilik:hasAlternative")
    return sorted(found, key=lambda alternative: number(alternative, "bilik:alternativeNumber"))


def relied_on(grade: str) -> set[str]:
    """The readings that a grade, its requirement and the parts of it name."""
    parts = [grade, *values(grade, "bilik:hasRequirement")]
    for alternative in alternatives(grade):
        parts += [alternative, *values(alternative, "bilik:hasCondition")]
    return {reading for part in parts for reading in values(part, "bilik:dependsOnInterpretation")}


# -- the pages -------------------------------------------------------------------------------------------------------


@dataclass
class Element:
    """An element of a page.

    Attributes:
        language: of its text: its own, or that of the element it is in.
        parts: its text and elements in order.
    """

    tag: str
    given: dict[str, str]
    language: str
    parts: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    @property
    def words(self) -> str:
        """Its text, on one line."""
        return folded(self._text())

    def _text(self) -> str:
        return "".join(part if isinstance(part, str) else part._text() for part in self.parts)

    def all(self, tag: str, **given: str) -> list[Element]:
        """The elements of a kind in it, in order; ``class_`` is one of its classes."""
        wanted = given.pop("class_", None)
        return [
            element
            for element in self.walk()
            if element.tag == tag
            and (wanted is None or wanted in element.given.get("class", "").split())
            and given.items() <= element.given.items()
        ]

    def paragraphs(self) -> list[tuple[str, str]]:
        """Its paragraphs: language and text."""
        return [(paragraph.language, paragraph.words) for paragraph in self.all("p")]


@dataclass
class LawPage(HTMLParser):
    """A page as a tree.

    Attributes:
        path: of its file, below the folder of the publication.
    """

    path: str
    content: str

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, "")
        self._open = [self.root]
        self.feed(self.content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        element = Element(tag, given, given.get("lang", self._open[-1].language))
        self._open[-1].parts.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag != tag:
            raise ValueError(f"{self.path}: </{tag}> where <{self._open[-1].tag}> is open")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)

    def section(self, name: str) -> Element:
        """The section under a heading; an empty one if there is none."""
        found = self.root.all("section", **{"aria-labelledby": name})
        return found[0] if found else Element("section", {}, "")

    def linked(self, element: Element, classes: tuple[str, ...]) -> list[str]:
        """The individuals of some classes whose pages in the same language an element leads to, in order."""
        here = f"{BASE}{self.path}"
        folder = f"{BASE}{self.path.partition('/')[0]}/"
        targets = (urldefrag(urljoin(here, link.given.get("href", ""))).url for link in element.all("a"))
        found = (BASE + target.removeprefix(folder).removesuffix(".html") for target in targets if folder in target)
        known = set(individuals(classes))
        return [iri for iri in found if iri in known]


def write_law_pages(publication: Publication) -> None:
    """Write the pages that are looked at here, as the whole site does."""
    site = Site(publication)
    for pages in (positions.pages, grades.pages, provisions.pages, readings.pages):
        assert pages in KINDS
        render(site, pages(site))


@dataclass
class Pages:
    """The pages as written."""

    folder: Path
    read: dict[str, LawPage] = field(default_factory=dict)

    def of(self, thing: str, language: Language) -> LawPage:
        """The page that describes a thing."""
        path = f"{language}/{thing.removeprefix(BASE)}.html"
        if path not in self.read:
            self.read[path] = LawPage(path, (self.folder / path).read_text(encoding="utf-8"))
        return self.read[path]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    folder = tmp_path_factory.mktemp("law-pages") / "site"
    publish(folder, parts=(write_law_pages,))
    return Pages(folder)


@every_language
@pytest.mark.parametrize("below", CLASSES)
def test_everything_has_a_page_that_bears_its_name(pages: Pages, below: str, language: Language) -> None:
    things = individuals(CLASSES[below])
    written = {file.relative_to(pages.folder).as_posix() for file in (pages.folder / language / below).iterdir()}
    assert written == {f"{language}/{thing.removeprefix(BASE)}.html" for thing in things} != set()
    for thing in things:
        root = pages.of(thing, language).root
        assert [html.given.get("lang") for html in root.all("html")] == [language], thing
        assert [heading.words for heading in root.all("h1")] == [label(thing, language)]


@every_language
@pytest.mark.parametrize("kind", LISTS)
def test_a_position_lists_its_duties_and_knowledge(pages: Pages, kind: str, language: Language) -> None:
    listed = 0
    for position in individuals(POSITIONS):
        items = sorted(values(position, LISTS[kind]), key=lambda item: number(item, "bilik:ordinal"))
        expected = []
        for item in items:
            (words,) = values(item, "bilik:wording", "kk")
            own = [(language, wording) for wording in values(item, "bilik:translatedWording", language)]
            assert len(own) == (language != "kk"), item
            expected.append([*own, ("kk", words)])
        section = pages.of(position, language).section(kind)
        assert [item.paragraphs() for item in section.all("li")] == expected, position
        assert all(item.all("p", lang="kk") for item in section.all("li")), position
        listed += len(items)
    assert listed


@every_language
def test_a_position_leads_to_its_grades(pages: Pages, language: Language) -> None:
    for position in individuals(POSITIONS):
        page = pages.of(position, language)
        assert sorted(page.linked(page.section("grades"), GRADES)) == having("bilik:isGradeOf", position)


@every_language
def test_a_grade_says_what_it_asks_for_in_the_words_of_the_order(pages: Pages, language: Language) -> None:
    for grade in individuals(GRADES):
        page = pages.of(grade, language)
        asked = page.section("requirement")
        (words,) = asked.all("blockquote")
        assert [paragraph.words for paragraph in words.all("p", lang="kk")] == quoted(grade) != []
        (facts,) = page.root.all("dl", class_="facts")
        assert page.linked(facts, PROVISIONS) == values(grade, "bilik:isStatedIn")
        shown = [item for item in asked.all("li") if item.given.get("id", "").startswith("alternative-")]
        assert [item.given["id"] for item in shown] == [_place(alternative) for alternative in alternatives(grade)]
        for item, alternative in zip(shown, alternatives(grade), strict=True):
            conditions = {_place(condition): condition for condition in values(alternative, "bilik:hasCondition")}
            parts = [part for part in item.all("li") if part.given.get("id", "") in conditions]
            assert {part.given["id"] for part in parts} == set(conditions) != set()
            for part in parts:
                (order,) = part.all("div", class_="order", lang="kk")
                expected = [("kk", f"«{words}»") for words in quoted(conditions[part.given["id"]])]
                assert order.paragraphs() == expected != [], part.given["id"]
            free = bool(values(alternative, "bilik:experienceNotRequired"))
            assert ((language, text("no-experience", language)) in item.paragraphs()) == free, alternative


@every_language
def test_a_grade_leads_to_the_readings_it_relies_on(pages: Pages, language: Language) -> None:
    for grade in individuals(GRADES):
        page = pages.of(grade, language)
        section = page.section("readings")
        assert sorted(page.linked(section, READINGS)) == sorted(relied_on(grade)) != []
        names = [summary.words for summary in section.all("summary")]
        assert sorted(names) == sorted(label(reading, language) for reading in relied_on(grade))


@every_language
@pytest.mark.parametrize(
    ("name", "here", "there"),
    [
        ("ways-in", "bilik:advancesTo", "bilik:advancesFrom"),
        ("ways-out", "bilik:advancesFrom", "bilik:advancesTo"),
    ],
)
def test_a_grade_leads_to_those_it_advances_from_and_to(
    pages: Pages, name: str, here: str, there: str, language: Language
) -> None:
    ways = 0
    for grade in individuals(GRADES):
        page = pages.of(grade, language)
        shown = []
        for row in (row for body in page.section(name).all("tbody") for row in body.all("tr")):
            (months,) = row.all("td", class_="number")
            shown.append([*page.linked(row, GRADES), months.words, *page.linked(row, PROVISIONS)])
        expected = []
        for way in having(here, grade):
            clauses = values(way, "bilik:isStatedIn")
            expected += [
                [*values(way, there), *values(way, "bilik:minimumMonths"), *clauses]
                for term in COUNTED
                for _ in values(way, term)
            ]
        assert sorted(shown) == sorted(expected), grade
        ways += len(shown)
    assert ways


@every_language
def test_a_provision_has_its_words(pages: Pages, language: Language) -> None:
    for provision in individuals(PROVISIONS):
        root = pages.of(provision, language).root
        own_words = [element for element in root.walk() if element.given.get("lang") == "kk" and element.tag != "html"]
        order = " ".join(element.words for element in own_words)
        assert quoted(provision), provision
        assert [words for words in quoted(provision) if words not in order] == [], provision
        if language != "kk":
            own = values(provision, "bilik:translatedWording", language)
            assert [words for words in own if folded(words) not in root.words] == [], provision


@every_language
def test_a_provision_has_the_words_that_anything_is_read_from(pages: Pages, language: Language) -> None:
    """In the text for readers: with letters put right, beside the translation."""
    words_read = 0
    for provision in individuals(PROVISIONS):
        passages = pages.of(provision, language).root.all("div", class_="passage")
        order = " ".join(words for passage in passages for of, words in passage.paragraphs() if of == "kk")
        assert [words for words in read_out_of(provision) if words not in order] == [], provision
        words_read += len(read_out_of(provision))
    assert words_read


@every_language
def test_a_reading_says_what_was_chosen_why_and_what_else_it_could_be(pages: Pages, language: Language) -> None:
    varied = 0
    for reading in individuals(READINGS):
        page = pages.of(reading, language)
        said = page.root.paragraphs()
        for term in SAID_BY_A_READING:
            (words,) = values(reading, term, language)
            assert (language, words) in said, (reading, term)
        for words in values(reading, "bilik:interpretedWording", "kk"):
            assert ("kk", f"«{words}»") in said, reading
        for words in values(reading, "bilik:translatedWording", language):
            note = text("site-translated", language)
            assert (language, f"{words} ({note})") in said, reading
        variants = values(reading, "bilik:hasVariant")
        rivals = page.section("rivals")
        names = [f"{label(variant, language)} {values(variant, 'skos:notation')[0]}" for variant in variants]
        assert [(name.language, name.words) for name in rivals.all("dt")] == [(language, name) for name in names]
        for told, variant in zip(rivals.all("dd"), variants, strict=True):
            (words,) = values(variant, "skos:definition", language)
            assert told.paragraphs() == [(language, words)], variant
        varied += len(variants)
    assert varied


def foreign(page: LawPage) -> Iterator[str]:
    """What is in letters of Kazakh on a page outside the elements that are in Kazakh.

    A title and an attribute have no elements in them: they may say what the heading marks.
    """
    (heading,) = page.root.all("h1")
    marked = [span.words for span in heading.all("span", lang="kk")]
    for element in page.root.walk():
        if element.language != "kk":
            bare = [element.given[name] for name in _SHOWN if name in element.given]
            texts = [part for part in element.parts if isinstance(part, str)]
            if element.tag == "title":
                bare, texts = [*bare, *texts], []
            for words in marked:
                bare = [said.replace(words, "") for said in bare]
            for words in (*bare, *texts):
                if _KAZAKH.search(words):
                    yield f"{page.path}: <{element.tag}> {folded(words)}"


@translated
def test_kazakh_is_said_to_be_kazakh(pages: Pages, language: Language) -> None:
    things = [thing for classes in CLASSES.values() for thing in individuals(classes)]
    assert [found for thing in things for found in foreign(pages.of(thing, language))] == []


def test_pages_do_not_depend_on_the_run(pages: Pages, tmp_path: Path) -> None:
    code = "import sys; from test_law_pages import *; publish(Path(sys.argv[1]), parts=(write_law_pages,))"
    again = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-c", code, str(again)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parent)},
    )
    written, rewritten = (
        {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        for folder in (pages.folder, again)
    )
    assert set(written) == set(rewritten) != set()
    assert [name for name in written if written[name] != rewritten[name]] == []


def _place(thing: str) -> str:
    """The id of the element on a page that describes a thing without a page of its own."""
    return thing.removeprefix(f"{BASE}id/").replace("/", "-")
