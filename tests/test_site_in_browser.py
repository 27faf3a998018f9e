"""The pages in a real browser: languages, search, phones, light and dark, print, and whether everybody can use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilik.publish.documents import documents
from bilik.publish.site.frame import NAVIGATION
from bilik.texts import LANGUAGES, Language
from chromium import DESKTOP, PHONE, Watched, address, chromium, violations
from published import published

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ONE_OF_EACH = ("position", "position-group", "grade", "reading", "question", "scheme", "discrepancies")
_PROVISIONS = ("id/law/order-775", "id/law/order-775-cl-14")
KINDS = (
    "index",
    *(entry for entry in NAVIGATION if entry != "positions"),
    *(documents().of_kind(kind)[-1].path for kind in _ONE_OF_EACH),
    *_PROVISIONS,
    *(document.path for document in documents().of_kind("vocabulary")),
)
"""A page of each kind."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": PHONE["width"], "height": PHONE["height"]})


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a desk's width; whatever a script of it complains of fails the test."""
    opened = browser.new_page(viewport={"width": DESKTOP["width"], "height": DESKTOP["height"]})
    watched = Watched(opened)
    yield opened
    opened.close()
    assert watched.errors == []
    assert [request for request in watched.requests if not request.startswith(("file:", "blob:", "data:"))] == []


# -- whether everybody can use them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_in_anybodys_way(browser: Browser, site: Path, path: str, language: Language) -> None:
    """Axe finds nothing; a page is looked at in the light in one language and in the dark in the next."""
    dark = (KINDS.index(path) + LANGUAGES.index(language)) % 2
    page = browser.new_page(color_scheme="dark" if dark else "light")
    page.goto(address(site, path, language))
    found = violations(page)
    page.close()
    assert found == []


@pytest.mark.parametrize("path", KINDS)
def test_a_phone_need_not_be_scrolled_sideways(phone: Page, site: Path, path: str) -> None:
    for language in LANGUAGES:
        phone.goto(address(site, path, language))
        assert _sideways(phone) == 0, language


def test_what_is_too_wide_is_noticed(phone: Page, site: Path) -> None:
    phone.goto(address(site, "index"))
    phone.evaluate("document.querySelector('h1').style.width = '1000px'")
    assert _sideways(phone) > 0


def test_what_stands_in_the_way_is_noticed(phone: Page, site: Path) -> None:
    page = phone
    page.goto(address(site, "index"))
    page.evaluate("document.querySelector('label[for=search]').remove()")
    page.evaluate("document.querySelector('#search').placeholder = ''")
    assert [rule for rule, _ in violations(page)] == ["label"]


# -- languages, appearance -------------------------------------------------------------------------------------------


def test_the_language_switch_stays_on_the_page(page: Page, site: Path) -> None:
    grade = documents().of_kind("grade")[0].path
    page.goto(address(site, grade, "kk"))
    headings = [page.inner_text("h1")]
    for language in ("ru", "en"):
        page.click(f"nav.languages a[hreflang={language}]")
        assert page.url == address(site, grade, language)
        assert page.get_attribute("html", "lang") == language
        headings.append(page.inner_text("h1"))
    assert len(set(headings)) == len(LANGUAGES)


def test_it_is_dark_where_the_reader_wants_it_dark(page: Page, site: Path) -> None:
    page.goto(address(site, "index"))
    grounds = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    light, dark = ([int(part) for part in ground.strip("rgb()").split(",")] for ground in grounds)
    assert min(light) > 200 > 60 > max(dark)


def test_print_has_the_content_and_what_is_folded(page: Page, site: Path) -> None:
    page.goto(address(site, "voc/tier"))
    assert page.is_visible("header.site")
    page.emulate_media(media="print")
    assert not page.is_visible("header.site")
    assert page.is_visible("main h1")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("details:not([open])").count() > 0
    assert page.evaluate(
        "document.querySelector('details:not([open]) a').checkVisibility({contentVisibilityAuto: true})"
    )


def test_a_place_in_what_is_folded_is_shown_to_who_follows_its_name(page: Page, site: Path) -> None:
    shapes = documents().of_kind("grade")[0].path.rpartition("/")[2]
    page.goto(address(site, "shape") + f"#{shapes}")
    assert page.locator(f"[id='{shapes}']").is_visible()


# -- the search ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "question", "path"),
    [
        ("en", "accountant", "id/position/accountant"),
        ("ru", "бухгалтер", "id/position/accountant"),
        ("kk", "бухгалтер", "id/position/accountant"),
        ("en", "аудармашы", "id/position/translator"),
        ("kk", "инженер", "id/position/engineer"),
        ("kk", "translator", "id/position/translator"),
        ("kk", "зангер", "id/position/lawyer"),
        ("kk", "14-тармак", "id/law/order-775-cl-14"),
        ("kk", "КАДР ЖӨНІНДЕГІ ИНСПЕКТОР", "id/position/hr-inspector"),
        ("ru", "кадр жониндеги инспектор", "id/position/hr-inspector"),
        ("en", "tiers of qualification", "voc/tier"),
        ("en", "clause 14", "id/law/order-775-cl-14"),
        ("en", "may be advanced to", None),
    ],
)
def test_what_is_asked_for_is_found(
    page: Page, site: Path, language: Language, question: str, path: str | None
) -> None:
    page.goto(address(site, "voc/tier", language))
    _ask(page, question)
    if path is None:
        page.wait_for_selector(".search .nothing")
        assert page.locator("[role=option]").count() == 0
        assert page.get_attribute("#search", "aria-expanded") == "false"
        return
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Enter")
    page.wait_for_url(address(site, path, language))


def test_the_search_by_keyboard(page: Page, site: Path) -> None:
    page.goto(address(site, "index"))
    page.keyboard.press("/")
    page.keyboard.type("engineer")
    page.wait_for_selector("[role=option]")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    chosen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        chosen.append(page.get_attribute("#search", "aria-activedescendant"))
        assert page.locator("[aria-selected=true]").get_attribute("id") == chosen[-1]
    last = page.locator("[role=option]").last.get_attribute("id")
    assert chosen == ["search-0", "search-1", "search-0", last]
    page.keyboard.press("Escape")
    assert not page.is_visible("[role=listbox]")
    assert page.input_value("#search") == "engineer"
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""


def test_the_list_of_what_is_found_stands_in_nobodys_way(phone: Page, site: Path) -> None:
    page = phone
    page.goto(address(site, "index"))
    _ask(page, "category")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []


def test_nothing_is_loaded_for_the_search_before_it_is_used(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    watched = Watched(page)
    page.goto(address(site, "index"))
    assert not [request for request in watched.requests if "search-" in request]
    page.focus("#search")
    page.wait_for_function("'bilikSearch' in window")
    assert [request for request in watched.requests if request.endswith("search-en.js")]
    page.close()


def _ask(page: Page, question: str) -> None:
    page.focus("#search")
    page.keyboard.type(question)


def _sideways(page: Page) -> int:
    """By how many pixels a page is wider than the screen."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide
