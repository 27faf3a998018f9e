"""The pages: complete in every language, every link leads somewhere, light, the same on every run."""

from __future__ import annotations

import filecmp
import html
import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from bilik.publish.documents import documents, pages
from bilik.publish.site.search import VARIABLE
from bilik.texts import LANGUAGES, Language
from published import Looked, Walked, published

LIGHT = 300_000
"""Bytes of a first load, without the engine that some pages run."""
ENGINE = "static/oxigraph.js"
"""A page that loads it also loads what the engine works on."""

_UNSAID = re.compile(r"^\s*(?:None|Undefined)\s*$|\{\w*\}|&(?:lt|gt|amp);")
"""What a page shows where a value is missing, or is shown as it is written."""

ROW = """<!doctype html><html lang="{language}"><head><title>A</title></head><body><h1>A</h1>{content}</body></html>"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    return Walked(published(tmp_path_factory))


def test_every_link_leads_to_a_page_and_a_place_on_it(site: Walked) -> None:
    assert len(site.pages) > len(documents().all)
    broken = [found for path in site.pages for found in site.broken(path)]
    assert broken == []


@pytest.mark.parametrize(
    ("content", "amiss"),
    [
        ('<a href="b.html">b</a>', "not there"),
        ('<a href="#nowhere">b</a>', "no such place"),
        ('<a href="../kk/a.html#nowhere">b</a>', "no such place"),
        ('<a href="../../out.html">b</a>', "not there"),
        ('<script src="https://cdn.example/a.js"></script>', "from elsewhere"),
        ('<link rel="stylesheet" href="a.css">', "not there"),
        ('<link rel="alternate" type="text/turtle" href="../a.ttl">', "not there"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, content: str, amiss: str) -> None:
    (tmp_path / "index.html").write_text(ROW.format(language="kk", content=""), encoding="utf-8")
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        (tmp_path / language / "a.html").write_text(ROW.format(language=language, content=""), encoding="utf-8")
    (tmp_path / "en" / "a.html").write_text(ROW.format(language="en", content=content), encoding="utf-8")
    walked = Walked(tmp_path)
    assert [found for path in walked.pages for found in walked.broken(path) if amiss in found]


def test_every_page_is_there_in_every_language_and_says_which(site: Walked) -> None:
    by_language: dict[str, set[str]] = {
        language: {path.removeprefix(f"{language}/") for path in site.pages if path.startswith(f"{language}/")}
        for language in LANGUAGES
    }
    assert by_language["kk"] == by_language["ru"] == by_language["en"] != set()
    for path, page in site.pages.items():
        language, _, below = path.partition("/")
        if below:
            assert page.language == language, path
            assert {other: site.target(path, page.alternates[other]) for other in LANGUAGES} == {
                other: f"{other}/{below}" for other in LANGUAGES
            }, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_has_a_page_that_links_its_rdf(site: Walked, language: Language) -> None:
    for document in documents().all:
        path = pages(document.address)[language]
        page = site.pages[path]
        for media_type, suffix in {"text/turtle": "ttl", "application/ld+json": "jsonld"}.items():
            assert site.target(path, page.alternates[media_type]) == document.address.data(suffix), path
            assert document.address.data(suffix) in {site.target(path, link) for link in page.links}, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_follows_a_name_finds_its_place(site: Walked, language: Language) -> None:
    lost = []
    for document in documents().all:
        ids = set(site.pages[pages(document.address)[language]].ids)
        for thing in documents().things(document):
            address = documents().of(thing)
            if address and address.fragment and address.fragment not in ids:
                lost.append(thing)
    assert lost == []


def test_no_page_is_heavy(site: Walked) -> None:
    for path, page in site.pages.items():
        engine = ENGINE in {site.target(path, there) for there in page.loaded}
        weight = len(page.content.encode("utf-8")) if engine else site.weight(path)
        assert weight < LIGHT, f"{path}: {weight} bytes"


def test_nothing_is_left_unsaid(site: Walked) -> None:
    for path, page in site.pages.items():
        assert page.empty == [], path
        assert page.title.strip(), path
        assert page.headings == 1, path
        assert not [said for said in page.shown if _UNSAID.search(said)], path
        assert [one for one, times in Counter(page.ids).items() if times > 1] == [], path


def test_what_is_left_unsaid_is_found() -> None:
    page = Looked(ROW.format(language="en", content='<h2></h2><p><a href="b" id="c"> </a></p><p id="c">{count}</p>'))
    assert len(page.empty) == 2
    assert Counter(page.ids)["c"] == 2
    assert [said for said in page.shown if _UNSAID.search(said)] == ["{count}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_leads_to_what_it_names(site: Walked, language: Language) -> None:
    index = search_index(site, language)
    kinds = {index["kinds"][entry[0]] for entry in index["entries"]}
    assert kinds == set(index["kinds"])
    for entry in index["entries"]:
        _, there, *names = entry
        assert names[0], entry
        assert len(names) == len(LANGUAGES), entry
        path, _, fragment = f"{language}/{there}".partition("#")
        assert path in site.pages, entry
        assert not fragment or fragment in site.pages[path].ids, entry


def test_the_search_knows_every_document_of_the_law(site: Walked) -> None:
    known = {entry[1] for entry in search_index(site, "kk")["entries"]}
    for kind in ("position", "position-group", "grade", "provision", "reading", "scheme", "question"):
        for document in documents().of_kind(kind):
            assert f"{document.path}.html" in known, document


def test_what_the_downloads_say_about_loading_is_so(site: Walked) -> None:
    content = site.pages["en/downloads.html"].content
    programs = re.findall(r'<pre class="python"[^>]*><code>(.*?)</code>', content, re.DOTALL)
    assert len(programs) == 2
    sizes = []
    for program in programs:
        shows = f"{html.unescape(program)}\nprint(len(graph if 'graph' in dir() else store))"
        run = subprocess.run(
            [sys.executable, "-c", shows], cwd=site.folder, check=True, capture_output=True, encoding="utf-8"
        )
        sizes.append(int(run.stdout))
    assert len(set(sizes)) == 1
    assert sizes[0] > 10_000


def test_sheets_are_whole_and_load_nothing(site: Walked) -> None:
    sheets = sorted((site.folder / "static").glob("*.css"))
    assert sheets
    for sheet in sheets:
        content = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        depths = list(accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in content))
        assert min(depths) >= 0 == depths[-1], sheet.name
        assert "url(" not in content and "@import" not in content, sheet.name  # noqa: PT018


def test_pages_are_the_same_in_every_run(site: Walked, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from bilik.publish import write_pages; "
        "from bilik.publish.folder import Publication; from bilik.publish.release import read_release; "
        "write_pages(Publication(Path(sys.argv[1]), read_release(None)))"
    )
    (tmp_path / "data").symlink_to(site.folder / "data")
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], check=True, env={**os.environ, "PYTHONHASHSEED": "7"}
    )
    names = [*site.pages, *(f"static/{file.name}" for file in (site.folder / "static").iterdir())]
    same, differing, missing = filecmp.cmpfiles(site.folder, tmp_path, names, shallow=False)
    assert (differing, missing) == ([], [])
    assert len(same) == len(names)


def search_index(site: Walked, language: Language) -> Any:
    """What a file of the search defines."""
    content = (site.folder / "static" / f"search-{language}.js").read_text(encoding="utf-8")
    return json.loads(content.removeprefix(f"var {VARIABLE} = ").rstrip(";\n"))
