"""The pages: nothing leads nowhere, nothing is missing in a language, nothing is heavy, all of it is the same twice."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bilik.cli.app import app
from bilik.publish.documents import documents
from bilik.publish.site import start
from bilik.publish.site.foreign import marked
from bilik.texts import LANGUAGES
from command_line import ROOT
from web_pages import Words, broken_links, html, pages_of, write_pages

FIRST_LOAD = 300_000
HEAVY = {"oxigraph.js", "sparql-graph.js"}
"""What the SPARQL page cannot do without: the engine in WebAssembly, and the whole graph."""
KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
CYRILLIC = re.compile("[\u0400-\u04ff]")
PROGRAM = re.compile(r"\"[^\"]*\"|\?\w+ —.*")
"""What is no prose: a value in a query, and its patterns told for those who do not see its picture."""
ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,]+){4}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("site"))


def paths(site: Path, language: str) -> set[str]:
    return {path.relative_to(site / language).as_posix() for path in pages_of(site, language)}


def test_every_document_and_every_page_of_the_navigation_is_there_in_three_languages(site: Path) -> None:
    wanted = {f"{document.path}.html" for document in documents().all}
    wanted |= {f"{name}.html" for name in ("index", "map", "check", "queries", "sparql", "ontology", "downloads")}
    assert len(wanted) > 300
    for language in LANGUAGES:
        assert paths(site, language) == wanted


def test_no_link_is_broken(site: Path) -> None:
    assert sum(len(html(path).links) for path in pages_of(site)) > 10_000
    assert list(broken_links(site)) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<p><a href="b.html#c">x</a><a href="a.html#here">y</a></p>', encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="d"><a href="nowhere.ttl">z</a></p>', encoding="utf-8")
    assert sorted(broken_links(tmp_path)) == ["a.html: a.html#here", "a.html: b.html#c", "b.html: nowhere.ttl"]


def test_a_page_is_in_its_language_and_leads_to_the_others(site: Path) -> None:
    for language in LANGUAGES:
        for path in pages_of(site, language):
            page = html(path)
            assert page.language == language
            targets = {other: (path.parent / href).resolve() for other, href in page.alternates.items()}
            inside = path.relative_to(site / language)
            assert targets == {other: (site / other / inside).resolve() for other in LANGUAGES}


def test_what_is_in_another_language_is_marked_as_such(site: Path) -> None:
    wrong = [
        (path.relative_to(site).as_posix(), words)
        for path in pages_of(site)
        for words in html(path).words
        if is_unmarked(words)
    ]
    assert wrong == []


def is_unmarked(words: Words) -> bool:
    """Whether words are visibly in another language than the one they are said to be in."""
    read = PROGRAM.sub("", words.text)
    match words.language:
        case "en":
            return bool(CYRILLIC.search(read))
        case "ru":
            return bool(KAZAKH.search(read) or ENGLISH.search(read))
        case _:
            return bool(ENGLISH.search(read))


def test_words_in_another_language_are_noticed() -> None:
    assert is_unmarked(Words("білім", "en", "p"))
    assert is_unmarked(Words("образование, білім", "ru", "p"))
    assert is_unmarked(Words("education in the relevant direction", "kk", "p"))
    assert not is_unmarked(Words("образование", "ru", "p"))


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("kk", "«білім» сөзі", "«білім» сөзі"),
        ("ru", "пишет «білім» (образование)", 'пишет <span lang="kk">«білім»</span> (образование)'),
        ("ru", "слово «или»", "слово «или»"),
        ("en", "says “санаты жоқ” (none) & so", 'says <span lang="kk">“санаты жоқ”</span> (none) &amp; so'),
        (None, "378-ө-м", '<span lang="kk">378-ө-м</span>'),
        (None, "775 < 776", "775 &lt; 776"),
        ("en", "in Russian юрисконсульт", 'in Russian <span lang="ru">юрисконсульт</span>'),
    ],
)
def test_quoted_words_are_marked(language: str | None, text: str, shown: str) -> None:
    assert marked(text, language) == shown


def test_every_page_has_a_title_of_its_own_and_no_id_twice(site: Path) -> None:
    for language in LANGUAGES:
        for path in pages_of(site, language):
            page = html(path)
            assert page.title
            assert len(page.ids) == len(set(page.ids)), path
            assert page.handlers == []


def test_every_page_of_a_document_names_it_and_links_its_data(site: Path) -> None:
    for document in documents().all:
        for language in LANGUAGES:
            path = site / document.address.page(language)
            page = html(path)
            assert page.canonical == document.iri
            data = {form: (path.parent / href).resolve() for form, href in page.data.items()}
            files = {suffix: (site / document.address.data(suffix)).resolve() for suffix in ("ttl", "jsonld")}
            assert data == {"text/turtle": files["ttl"], "application/ld+json": files["jsonld"]}
            visible = {(path.parent / href).resolve() for href in page.links if not href.startswith("http")}
            assert set(files.values()) <= visible


def test_everything_that_a_document_describes_has_its_place_on_the_page(site: Path) -> None:
    for document in documents().all:
        wanted = {address.fragment for thing in documents().things(document) if (address := documents().of(thing))}
        ids = {language: set(html(site / document.address.page(language)).ids) for language in LANGUAGES}
        for language, there in ids.items():
            assert wanted - {None} - there == set(), (document.path, language)


def test_the_first_load_of_a_page_is_light(site: Path) -> None:
    """The page with all it loads, the engine and the graph of the SPARQL page aside."""
    for path in pages_of(site):
        files = [path, *((path.parent / href).resolve() for href in html(path).loads)]
        size = sum(file.stat().st_size for file in files if file.name not in HEAVY)
        assert size < FIRST_LOAD, (path.relative_to(site), size)


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for path in pages_of(site):
        assert [href for href in html(path).loads if re.match(r"\w+:|//", href)] == []


def test_the_entrance_leads_to_every_language_without_scripts(site: Path) -> None:
    assert html(site / "index.html").links == [f"{language}/index.html" for language in LANGUAGES]


def test_what_the_search_finds_is_there(site: Path) -> None:
    for language in LANGUAGES:
        content = (site / "static" / f"search.{language}.js").read_text(encoding="utf-8")
        index = json.loads(content.removeprefix("var BILIK_SEARCH = ").removesuffix(";\n"))
        assert len(index["entries"]) > 800
        for title, page, kind, _ in index["entries"]:
            file, _, fragment = page.partition("#")
            assert title
            assert index["kinds"][kind]
            assert not fragment or fragment in html(site / language / file).ids
            assert (site / language / file).is_file()


def test_the_commands_of_the_start_page_are_commands_of_bilik(site: Path) -> None:
    assert set(start.COMMANDS) == set(start.FIRST_PAGES) == set(start.READERS)
    for command in start.COMMANDS.values():
        program, name, *arguments = shlex.split(command)
        assert program == "bilik"
        options = {option for parameter in app.commands[name].params for option in parameter.opts}
        assert {word for word in arguments if word.startswith("-")} <= options
    questions = {path.stem for path in (ROOT / "queries").rglob("*.rq")}
    assert set(re.findall(r"bilik query ([\w-]+)", " ".join(start.COMMANDS.values()))) <= questions


def test_the_same_again_in_another_process(site: Path, tmp_path: Path) -> None:
    """With other hashes of strings."""
    wanted = "import sys; from pathlib import Path; from web_pages import write_pages; write_pages(Path(sys.argv[1]))"
    env = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT / "tests")}
    subprocess.run([sys.executable, "-c", wanted, tmp_path / "again"], env=env, check=True)
    first, second = (
        {path.relative_to(root).as_posix(): digest(path) for path in root.rglob("*") if path.is_file()}
        for root in (site, tmp_path / "again")
    )
    assert first == second


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
