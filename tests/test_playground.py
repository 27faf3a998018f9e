"""The SPARQL playground, in a real browser: the catalogue gets the answers that the package gives, within a limit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from bilik.engine import load
from bilik.errors import InputError
from bilik.publish.browser.modules import classic
from bilik.publish.browser.packing import packed, variable
from bilik.publish.browser.playground import graph_files, questions
from bilik.publish.vendored import packages
from bilik.texts import LANGUAGES, Language, text
from chromium import DESKTOP, PHONE, address, chromium, opened, serving, violations, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DEF = "https://w3id.org/bilik/def#"
GRADES = """PREFIX bilik: <https://w3id.org/bilik/def#>
SELECT ?grade ?position { ?grade bilik:isGradeOf ?position } ORDER BY ?grade"""
FIRST_LOAD = 300_000
HEAVY = ("oxigraph.js", "sparql-graph.js", "check-law.js")
"""Not counted at first load: the WebAssembly, the graphs."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def store() -> ox.Store:
    graph = ox.Store()
    load(graph, *graph_files())
    return graph


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    page, watched = opened(browser, address(site, "sparql"))
    yield page
    assert watched.errors == []
    page.context.close()


def run(page: Page, query: str) -> None:
    """Asks what a person has written into the editor, and waits for an answer or a complaint."""
    page.click("#editor")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    page.click("#run")
    page.wait_for_selector("#run:not([disabled])")


def table(page: Page) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in page.locator("#found tbody tr").all()]


def test_the_catalogue_gets_the_answers_of_the_package(browser: Browser, site: Path, store: ox.Store) -> None:
    """Every question about the law, as it stands in the page, each from a worker like that of the page."""
    page, _ = opened(browser, address(site, "sparql"))
    page.evaluate(
        "async () => { window.own = await bilik.start(bilik.graph.script,"
        " { graph: await bilik.unpack(bilik.graph.triples) }); }"
    )
    asked = page.evaluate("bilik.page.questions")
    assert list(asked) == sorted(query.name for query in questions())
    assert len(asked) > 40
    for name, sparql in asked.items():
        answer = page.evaluate("async sparql => JSON.stringify(await own.ask('query', { sparql }))", sparql)
        kind, content = (json.loads(answer)[key] for key in ("kind", "text"))
        wanted = store.query(sparql)
        if isinstance(wanted, ox.QueryTriples):
            assert kind == "graph"
            expected = wanted.serialize(format=ox.RdfFormat.N_TRIPLES)
            assert expected is not None
            triples = Graph().parse(data=expected, format="nt")
            assert isomorphic(Graph().parse(data=content, format="turtle"), triples), name
        else:
            assert isinstance(wanted, ox.QuerySolutions)
            said = wanted.serialize(format=ox.QueryResultsFormat.JSON)
            assert said is not None
            assert rows(json.loads(content)) == rows(json.loads(said)), name


def rows(answer: Any) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in answer["results"]["bindings"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_and_asks_a_question(language: Language, browser: Browser, site: Path) -> None:
    page, watched = opened(browser, address(site, "sparql", language) + "?query=grades-of-position", PHONE)
    page.wait_for_selector("#answer:not([hidden])")
    assert page.evaluate("document.getElementById('question').value") == "grades-of-position"
    (query,) = (query for query in questions() if query.name == "grades-of-position")
    assert page.locator("#question option:checked").inner_text() == query.question[language]
    assert len(table(page)) == 7
    assert page.is_visible("#parameters")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the phone"
    assert "{" not in page.inner_text("#about")
    assert watched.errors == []


def test_questions_are_answered_in_the_language_of_the_page(browser: Browser, site: Path) -> None:
    (query,) = (query for query in questions() if query.name == "members-of-fields")
    assert replace(query, sparql=query.with_values({"language": "kk"})).text == query.text.replace('"en"', '"kk"')
    page, _ = opened(browser, address(site, "sparql", "kk") + "?query=members-of-fields")
    page.wait_for_selector("#answer:not([hidden])")
    assert "Экономика" in page.inner_text("#found")


def test_parameters_are_changed_in_the_text(page: Page) -> None:
    page.select_option("#question", "grades-of-position")
    page.wait_for_selector("#answer:not([hidden])")
    assert table(page)[0][0] == "engineer"
    run(page, page.inner_text("#editor").replace("position:engineer", "position:translator"))
    assert table(page)[0][0].startswith("translator")


def test_things_are_named_and_linked_to_their_pages(page: Page) -> None:
    run(page, GRADES)
    link = page.locator("#found tbody a").first
    assert link.get_attribute("href") == "id/grade/accountant-high.html"
    assert link.inner_text().startswith("Accountant, specialist of the high level of qualification")
    assert len(table(page)) == 50


def test_a_graph_is_shown_as_turtle(page: Page) -> None:
    run(page, f"CONSTRUCT {{ <a:a> <a:b> <{DEF}Grade>, \"<{DEF}Grade>\", <a:b> }} WHERE {{}}")
    shown = page.inner_text("#found pre")
    assert shown.startswith(f"@prefix bilik: <{DEF}> .\n")
    assert "bilik:Grade" in shown
    graph = Graph().parse(data=shown, format="turtle")
    assert set(map(str, graph.objects())) == {f"{DEF}Grade", f"<{DEF}Grade>", "a:b"}
    with page.expect_download() as download:
        page.click("[data-file=ttl]")
    assert isomorphic(Graph().parse(download.value.path(), format="turtle"), graph)


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("csv", ox.QueryResultsFormat.CSV),
        ("tsv", ox.QueryResultsFormat.TSV),
        ("json", ox.QueryResultsFormat.JSON),
    ],
)
def test_all_rows_are_downloaded(file: str, form: ox.QueryResultsFormat, page: Page, store: ox.Store) -> None:
    run(page, GRADES)
    with page.expect_download() as download:
        page.click(f"[data-file={file}]")
    wanted = store.query(GRADES)
    assert isinstance(wanted, ox.QuerySolutions)
    assert download.value.suggested_filename == f"bilik.{file}"
    assert download.value.path().read_bytes() == wanted.serialize(format=form)


def test_many_rows_are_shown_in_part(page: Page) -> None:
    run(page, "SELECT ?s { ?s ?p ?o } LIMIT 1500")
    assert len(table(page)) == 1000
    assert page.inner_text("#about").startswith("Rows: 1500, of which the first 1000 are shown")


def test_yes_and_no(page: Page) -> None:
    run(page, "ASK { ?s ?p ?o }")
    assert page.inner_text("#found") == text("sparql-yes", "en")
    run(page, "ASK { ?s ?s ?s }")
    assert page.inner_text("#found") == text("sparql-no", "en")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?s ?p }", "error at 1:19"),
        ("nothing", "error at 1:8"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", text("sparql-updates", "en", forms="SELECT, ASK, CONSTRUCT, DESCRIBE")),
        ("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", "not supported"),
    ],
)
def test_what_cannot_be_run_is_told_in_one_line(query: str, told: str, page: Page) -> None:
    run(page, query)
    complaint = page.inner_text("#wrong")
    assert told in complaint
    assert "\n" not in complaint
    assert len(complaint) < 160
    assert not page.is_visible("#answer")
    run(page, GRADES)
    assert not page.is_visible("#wrong")
    assert len(table(page)) == 50


def test_an_endless_query_is_stopped_at_the_limit(page: Page) -> None:
    page.fill("#limit", "1")
    run(page, ENDLESS)
    assert page.inner_text("#wrong") == text("sparql-too-long", "en", seconds=1)
    run(page, GRADES)
    assert len(table(page)) == 50


def test_a_query_is_stopped_by_hand(page: Page) -> None:
    page.click("#editor")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(ENDLESS)
    page.keyboard.press("Control+Enter")
    page.click("#stop")
    page.wait_for_selector("#run:not([disabled])")
    assert page.inner_text("#wrong") == text("sparql-stopped", "en")


def test_no_request_is_made_after_loading(browser: Browser, site: Path) -> None:
    with serving(site) as server:
        for start in (address(site, "sparql"), f"{server}/en/sparql.html"):
            page, watched = opened(browser, start)
            before = len(watched.requests)
            assert before > 5
            run(page, GRADES)
            page.fill("#limit", "1")
            run(page, ENDLESS)
            run(page, GRADES)
            asked = {url.partition(":")[0] for url in watched.requests[before:]}
            assert asked <= {"blob"}, "the worker, which starts anew, is all there is"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_accessible(language: Language, size: Mapping[str, int], browser: Browser, site: Path) -> None:
    """By axe, with a table and with a complaint."""
    page, _ = opened(browser, address(site, "sparql", language), size)
    run(page, GRADES)
    assert violations(page) == []
    run(page, "nothing")
    assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["check", "sparql"])
def test_a_first_load_is_light(name: str, language: Language, browser: Browser, site: Path) -> None:
    """All that a page loads, without the WebAssembly and the graph."""
    page, watched = opened(browser, address(site, name, language))
    loaded = {url.rpartition("/")[2]: url for url in watched.requests if url.startswith("file:")}
    assert HEAVY[0] in loaded
    sizes = {file: Path(url.removeprefix("file://")).stat().st_size for file, url in loaded.items()}
    assert sum(size for file, size in sizes.items() if file not in HEAVY) < FIRST_LOAD
    page.context.close()


# -- how scripts are made --------------------------------------------------------------------------------------------

MODULE = """const hidden = 1;
export class One {}
export async function two() {}
function three() {}
export { three, hidden as default };
"""


def test_a_module_becomes_a_classic_script(browser: Browser) -> None:
    page = browser.new_page()
    script = classic(MODULE, packages()["codejar"])
    assert page.evaluate(f"Object.keys({script}).sort()") == ["One", "hidden", "three", "two"]


@pytest.mark.parametrize(
    "module", ["const one = 1;", "import x from 'y';\nexport class One {}", "export class One { a = import.meta.url }"]
)
def test_a_module_of_another_kind_is_refused(module: str) -> None:
    with pytest.raises(InputError, match=r"codejar-.*: a module in it is not written as they were"):
        classic(module, packages()["codejar"])


def test_what_is_packed_is_unpacked_by_the_page(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, address(site, "check"))
    content = "Ә, І, Ң, Ғ, Ү, Ұ, Қ, Ө, Һ </script> \u2028 \\ \" '"
    assert page.evaluate("packed => bilik.unpack(packed)", packed(content)) == content
    page.evaluate(variable("seen", {"content": content}))
    assert page.evaluate("bilik.seen.content") == content
    assert "</" not in variable("seen", content)
