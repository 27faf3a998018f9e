"""Translations: every word of the order has its row, every row its place, every term of the glossary one word."""

from __future__ import annotations

import csv
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from rdflib import Graph
from rdflib.namespace import RDFS, SKOS
from rdflib.term import Literal

from bilik import build
from bilik.errors import SourceError
from bilik.extract.glossary import Term, read_glossary
from bilik.extract.graph import Vocabulary, write_law
from bilik.extract.section import LANGUAGES, iri
from bilik.extract.translations import (
    COLUMNS,
    TARGETS,
    Translations,
    interpreted_words,
    read_translations,
    words_to_translate,
)
from bilik.turtle import read_turtle
from command_line import ROOT, bilik

TABLES: Final = ROOT / "data" / "translations"
GLOSSARY: Final = ROOT / "data" / "registry" / "glossary.tsv"
VOCABULARY: Final = Vocabulary(read_turtle(*sorted((ROOT / "ontology" / "vocab").glob("*.ttl"))))
STATUSES: Final = VOCABULARY.codes("translation-status")


@cache
def order() -> build.OrderText:
    """The order as read."""
    return build.read_order(ROOT)


@cache
def words() -> dict[str, str]:
    """Everything to be translated."""
    return words_to_translate(order().structure) | interpreted_words(read_turtle(ROOT / "data" / "readings.ttl"))


@cache
def terms() -> tuple[Term, ...]:
    """The glossary."""
    return read_glossary(GLOSSARY)


def rows(language: str) -> list[dict[str, str]]:
    with (TABLES / f"{language}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def read(folder: Path = TABLES) -> Translations:
    return read_translations(folder, words(), STATUSES, terms())


def law(translations: Translations) -> Graph:
    """The law graph with these translations."""
    read, labels, graph = order(), ROOT / "data" / "registry" / "labels.toml", Graph(bind_namespaces="none")
    files = write_law(read.source, read.structure, read.clauses, read.registry, VOCABULARY, labels, translations)
    for part in files.values():
        graph += part
    return graph


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the tables, to be edited."""
    return Path(shutil.copytree(TABLES, tmp_path / "translations"))


def edit(table: Path, old: str, new: str) -> None:
    """Put some words of a table in the place of others."""
    content = table.read_text(encoding="utf-8")
    assert content.count(old) == 1, old
    table.write_text(content.replace(old, new), encoding="utf-8")


# -- the tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", TARGETS)
def test_everything_is_translated(language: str) -> None:
    kinds = {"duty": 171, "knowledge": 145, "law": 105, "reading": 41}
    found = [row["iri"].partition(":")[0] for row in rows(language)]
    assert {kind: found.count(kind) for kind in set(found)} == kinds
    assert [row["iri"] for row in rows(language)] == list(words())
    assert {row["status"] for row in rows(language)} == {"unofficial"}


def test_the_graph_has_the_texts_of_the_tables() -> None:
    graph = law(read())
    for language in TARGETS:
        for row in rows(language):
            texts = set(graph.objects(iri(row["iri"]), iri("bilik:translatedWording")))
            assert Literal(row["text"], lang=language) in texts
            assert len(texts) == len(TARGETS)


def test_the_same_words_have_the_same_translation_and_other_words_mostly_another() -> None:
    for language in TARGETS:
        texts = {row["iri"]: row["text"] for row in rows(language)}
        of_words: dict[str, set[str]] = {}
        for node, said in words().items():
            of_words.setdefault(said.lower(), set()).add(texts[node])
        assert [said for said, given in of_words.items() if len(given) > 1] == []
        assert len({text for given in of_words.values() for text in given}) > 0.95 * len(of_words)


def test_the_metadata_describe_the_tables() -> None:
    metadata = json.loads((TABLES / "csv-metadata.json").read_text(encoding="utf-8"))
    assert [(table["url"], table["lang"]) for table in metadata["tables"]] == [(f"{t}.csv", t) for t in TARGETS]
    assert {table.name for table in TABLES.glob("*.csv")} == {table["url"] for table in metadata["tables"]}
    columns = metadata["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(COLUMNS)
    assert all(column["required"] for column in columns)
    for column in columns:
        assert column["titles"]["en"] == column["name"]
        assert sorted(column["titles"]) == sorted(LANGUAGES)
        assert sorted(said["@language"] for said in column["dc:description"]) == sorted(LANGUAGES)
    assert set(columns[2]["datatype"]["format"].split("|")) == STATUSES


# -- an official translation ---------------------------------------------------------------------------------------


def test_an_official_translation_replaces_a_file(tables: Path) -> None:
    for language in TARGETS:
        table = tables / f"{language}.csv"
        table.write_text(table.read_text(encoding="utf-8").replace(",unofficial\n", ",official\n"), encoding="utf-8")
    edit(tables / "ru.csv", "duty:lawyer-16,представляет интересы организации в суде", "duty:lawyer-16,«организация»")
    graph = law(read(tables))
    status, node = iri("bilik:translationStatus"), iri("duty:lawyer-16")
    assert set(graph.objects(node, status)) == {iri("translation-status:official")}
    assert Literal("«организация»", lang="ru") in set(graph.objects(node, iri("bilik:translatedWording")))
    # A name that is no translation of words of the order stays ours.
    assert set(graph.objects(iri("grade:lawyer"), status)) == {iri("translation-status:unofficial")}


def test_what_is_official_in_one_language_alone_is_not_to_be_relied_upon(tables: Path) -> None:
    table = tables / "ru.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",unofficial\n", ",official\n"), encoding="utf-8")
    assert read(tables).status("duty:lawyer-16") == "unofficial"


# -- what is refused -----------------------------------------------------------------------------------------------

TRANSLATOR: Final = (
    "duty:translator-04,участвует в составлении тематических обзоров по зарубежным материалам,unofficial\n"
)
LAST: Final = "reading:vocational-technical-secondary"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("iri,text,status", "iri,words,status", 1, "the columns are iri, words, status, not iri, text, status"),
        ("duty:translator-04,", "duty:translator-94,", 20, "the order has no words of duty:translator-94"),
        ("duty:translator-04,", "duty:translator-05,", 20, "here duty:translator-04 is due, not duty:translator-05"),
        ("duty:translator-04,", "duty:translator-03,", 20, "duty:translator-03 has a row already"),
        (TRANSLATOR, "", 20, "here duty:translator-04 is due, not duty:translator-05; a row is missing"),
        (TRANSLATOR, "duty:translator-04,,unofficial\n", 20, "duty:translator-04 has no text"),
        (TRANSLATOR, "duty:translator-04, участвует,unofficial\n", 20, "duty:translator-04 has no text, or blanks"),
        (TRANSLATOR, "duty:translator-04,участвует,ours\n", 20, "the status “ours”, not one of official, unofficial"),
        (TRANSLATOR, "duty:translator-04,участвует\n", 20, "2 columns instead of 3"),
        ("lawyer-10,трудовое законодательство", "lawyer-10,законы о труде", 165, "“еңбек заңнамасы” is not translated"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(tables: Path, old: str, new: str, line: int, said: str) -> None:
    edit(tables / "ru.csv", old, new)
    with pytest.raises(SourceError) as refusal:
        read(tables)
    message = str(refusal.value)
    assert message.startswith(f"{tables / 'ru.csv'}, line {line}: ")
    assert said in message
    assert "\n" not in message


def test_a_missing_last_row_is_told(tables: Path) -> None:
    table = tables / "en.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines[-1].startswith(LAST)
    table.write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(SourceError, match=rf"en\.csv, line {len(lines) - 1}: behind it the row of {LAST} is missing"):
        read(tables)


def test_a_missing_table_is_told(tables: Path) -> None:
    (tables / "en.csv").unlink()
    with pytest.raises(SourceError, match=r"en\.csv: there is no such table"):
        read(tables)


def test_the_build_stops_at_a_bad_row(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(tables / "en.csv", "duty:lawyer-16,represents", "duty:lawyer-96,represents")
    monkeypatch.setattr(build, "read_translations", lambda _, *rest: read_translations(tables, *rest))
    run = bilik("build", "--check")
    assert (run.status, run.out) == (2, "")
    assert "en.csv, line 146: the order has no words of duty:lawyer-96" in run.err.splitlines()[-1]


# -- the glossary --------------------------------------------------------------------------------------------------


def test_every_term_of_the_glossary_recurs_or_is_a_term_of_law() -> None:
    assert len(terms()) >= 100
    found = {term.name: sum(term.stands_in(said, LANGUAGES[0]) for said in words().values()) for term in terms()}
    assert [name for name, times in found.items() if not times] == []
    assert sum(times > 1 for times in found.values()) >= 90


@pytest.mark.parametrize("language", TARGETS)
def test_a_term_translated_in_two_ways_is_found(language: str) -> None:
    """Whichever term it is: without its word the translation is refused, with it it is taken."""
    for term in terms():
        (first, *_) = (row for row in rows(language) if term.stands_in(words()[row["iri"]], LANGUAGES[0]))
        without = term.forms[language].sub("…", first["text"])
        assert term.amiss(words()[first["iri"]], first["text"], language) is None
        assert f"“{term.name}” is not translated as elsewhere" in str(
            term.amiss(words()[first["iri"]], without, language)
        )


def test_names_keep_to_the_glossary() -> None:
    """The names in the law graph say the same as the translations; discrepancies are named in words of the text."""
    graph = read_turtle(*(path for path in (ROOT / "data" / "order-775").glob("*.ttl") if path.stem != "discrepancies"))
    names = {
        node: {name.language: str(name) for name in graph.objects(node, label) if isinstance(name, Literal)}
        for label in (RDFS.label, SKOS.prefLabel)
        for node in graph.subjects(label)
    }
    amiss = {
        (node, found)
        for node, called in names.items()
        for term in terms()
        for language in TARGETS
        if (found := term.amiss(called[LANGUAGES[0]], called[language], language))
    }
    assert len(names) > 700
    assert amiss == set()


HEADING: Final = "term\tkk\tru\ten\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("term\tkk\tru\n", "line 1: the columns of a glossary are term, kk, ru, en"),
        (f"{HEADING}нан\tнан\tхлеб\t\n", "line 2: a term has a name and a form in each of kk, ru, en"),
        (f"{HEADING}нан\tнан\tхлеб\tbread\nнан\tнан\tхлеб\tloaf\n", "line 3: “нан” has a row already"),
        (f"{HEADING}нан\tнан(\tхлеб\tbread\n", "line 2: “нан(” is no regular expression: "),
    ],
)
def test_a_glossary_that_does_not_fit_is_refused(tmp_path: Path, content: str, said: str) -> None:
    table = tmp_path / "glossary.tsv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError) as refusal:
        read_glossary(table)
    assert str(refusal.value).startswith(f"{table}, {said}")


def test_a_term_is_whole_words_capitals_or_not(tmp_path: Path) -> None:
    table = tmp_path / "glossary.tsv"
    table.write_text(f"{HEADING}нан\tнан(ды)?\tхлеб\\w*\tbread\n", encoding="utf-8")
    (term,) = read_glossary(table)
    assert term.stands_in("Нанды пісіреді", "kk")
    assert not term.stands_in("наным", "kk")
    assert term.stands_in("свежего хлеба", "ru")
    assert not term.stands_in("breads", "en")
