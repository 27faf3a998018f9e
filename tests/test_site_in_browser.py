"""The pages in a real browser: languages, search, accessibility, light and dark, the width of a phone, print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilik.publish.documents import documents
from bilik.texts import LANGUAGES, Language
from chromium import DESKTOP, PHONE, Watched, address, chromium, violations
from web_pages import html, write_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PLACES = ("index", "map", "ontology", "downloads", "queries")
"""The pages that are no document's; the ones that work by the engine have tests of their own."""

KINDS = sorted({document.kind for document in documents().all})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def largest(site: Path, kind: str) -> str:
    """The path of the largest page of a kind of document: what a kind can show is most likely there."""
    paths = (document.path for document in documents().of_kind(kind))
    return max(paths, key=lambda path: (site / "kk" / f"{path}.html").stat().st_size)


def one_of_each_kind(site: Path) -> list[str]:
    return [*PLACES, *(largest(site, kind) for kind in KINDS)]


def opened(
    browser: Browser, start: str, size: Mapping[str, int] = DESKTOP, scheme: str = "light", locale: str = "en"
) -> tuple[Page, Watched]:
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
    )
    page = context.new_page()
    watched = Watched(page)
    page.goto(start)
    return page, watched


def unfold(page: Page) -> None:
    """Open everything that is folded, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")


# -- languages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_leads_to_itself_in_the_other_languages(language: Language, browser: Browser, site: Path) -> None:
    grade = largest(site, "grade")
    page, watched = opened(browser, address(site, grade, language))
    for other in LANGUAGES:
        page.click(f"nav.languages a[hreflang={other}]")
        assert page.url == address(site, grade, other)
        assert page.get_attribute("html", "lang") == other
        assert page.inner_text("nav.languages a[aria-current]") == page.inner_text(f"nav.languages a[lang={other}]")
    assert watched.errors == []
    page.context.close()


@pytest.mark.parametrize(("locale", "language"), [("kk-KZ", "kk"), ("ru-RU", "ru"), ("en-GB", "en")])
def test_the_entrance_leads_to_the_language_of_the_reader(
    locale: str, language: Language, browser: Browser, site: Path
) -> None:
    page, _ = opened(browser, (site / "index.html").as_uri(), locale=locale)
    page.wait_for_url(address(site, "index", language))
    page.context.close()


def test_the_entrance_stays_where_no_language_fits(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, (site / "index.html").as_uri(), locale="de-DE")
    assert page.url == (site / "index.html").as_uri()
    assert page.locator("main a").count() == len(LANGUAGES)
    assert violations(page) == []
    page.context.close()


# -- search ----------------------------------------------------------------------------------------------------------


def found(page: Page, words: str) -> list[str]:
    """The addresses of what is found, the best first, below the folder of the language."""
    page.fill("#search", words)
    page.wait_for_function("document.querySelector('.found [role=status]').textContent !== ''")
    page.wait_for_timeout(50)
    return [str(link.get_attribute("href")).split("/", 1)[1] for link in page.locator(".found a").all()]


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("kk", "бухгалтер", "id/position/accountant.html"),
        ("kk", "Зертханашы", "id/position/laboratory-assistant.html"),
        ("kk", "зангер", "id/position/lawyer.html"),
        ("ru", "переводчик", "id/position/translator.html"),
        ("ru", "аудармашы", "id/position/translator.html"),
        ("en", "legal cons", "id/position/legal-consultant.html"),
        ("en", "14-тармақ", "id/law/order-775-cl-14.html"),
        ("en", "or-scope", "voc/reading/or-scope.html"),
        ("en", "has tier", "def.html#hasTier"),
    ],
)
def test_the_search_finds(language: Language, words: str, first: str, browser: Browser, site: Path) -> None:
    """Names and codes, by their beginnings, in any language; Kazakh letters also by those that stand in for them."""
    page, watched = opened(browser, address(site, "index", language))
    assert not any("search." in url and url.endswith(f"{language}.js") for url in watched.requests)
    hits = found(page, words)
    assert hits[0].split("/", 1)[1] == first
    assert watched.errors == []
    page.context.close()


def test_a_duty_is_found_by_its_words_and_leads_to_its_place(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, address(site, largest(site, "grade"), "ru"))
    assert found(page, "приём и контроль первичной документации")
    page.press("#search", "Enter")
    page.wait_for_url("**/position/*#duty-*")
    fragment = page.url.partition("#")[2]
    assert page.locator(f"[id='{fragment}']").is_visible()
    page.context.close()


def test_the_search_is_used_by_keys_alone(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, address(site, "index", "en"))
    assert len(found(page, "accountant")) > 3
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.found li:nth-child(2) a')")
    page.keyboard.press("Escape")
    assert page.locator(".found").is_hidden()
    assert page.evaluate("document.activeElement.id") == "search"
    page.context.close()


def test_nothing_found_is_said(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, address(site, "index", "en"))
    assert found(page, "qwertyuiop") == []
    assert page.inner_text(".found [role=status]") == "Nothing found"
    page.context.close()


# -- everybody, everywhere -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_each_kind_is_accessible(language: Language, browser: Browser, site: Path) -> None:
    """By axe, with everything unfolded, on a phone; in the first language also in the dark."""
    for scheme in ("light", "dark") if language == LANGUAGES[0] else ("light",):
        page, _ = opened(browser, address(site, "index", language), PHONE, scheme)
        for path in one_of_each_kind(site):
            page.goto(address(site, path, language))
            unfold(page)
            assert violations(page) == [], (path, language, scheme)
        page.context.close()


def test_what_is_not_accessible_is_noticed(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, address(site, "index"))
    page.evaluate("document.querySelector('label[for=search]').remove()")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    assert "color-contrast" in {rule for rule, _ in violations(page)}
    page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_phone_or_complains(language: Language, browser: Browser, site: Path) -> None:
    page, watched = opened(browser, address(site, "index", language), PHONE)
    for path in one_of_each_kind(site):
        page.goto(address(site, path, language))
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], (path, language)
    assert watched.errors == []
    page.context.close()


def test_light_and_dark(browser: Browser, site: Path) -> None:
    brightness = []
    for scheme in ("light", "dark"):
        page, _ = opened(browser, address(site, "index"), scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness.append(sum(map(int, colour.removeprefix("rgb(").removesuffix(")").split(", "))))
        page.context.close()
    light, dark = brightness
    assert light > 600
    assert dark < 150


def test_print_leaves_the_navigation_out_and_shows_what_is_folded(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, address(site, largest(site, "grade")))
    assert page.locator("header.site").is_visible()
    page.emulate_media(media="print")
    assert page.locator("header.site").is_hidden()
    assert page.locator("h1").is_visible()
    folded = page.locator("details p").first
    assert folded.bounding_box() is not None
    page.context.close()


def test_a_link_to_something_folded_unfolds_it(browser: Browser, site: Path) -> None:
    """A quote has its place in a list that is folded."""
    provision = largest(site, "provision")
    quote = next(name for name in html(site / "en" / f"{provision}.html").ids if name.startswith("quote-"))
    page, _ = opened(browser, f"{address(site, provision)}#{quote}")
    assert page.locator(f"[id='{quote}']").is_visible()
    page.context.close()


def test_the_career_map_leads_to_the_grades(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, address(site, "map", "kk"))
    page.click("svg a[href$='technician-mid-first.html']")
    assert page.url == address(site, "id/grade/technician-mid-first", "kk")
    page.context.close()


def test_without_scripts_everything_but_the_search_is_there(browser: Browser, site: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address(site, "index", "ru"))
    assert page.locator("form.search").is_hidden()
    page.click(".cards a >> nth=0")
    page.goto((site / "index.html").as_uri())
    page.click("main a[hreflang=kk]")
    assert page.url == address(site, "index", "kk")
    page.context.close()
