"""Kazakh, Russian and English say the same things: texts, names, definitions, and the letters they are written in."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pyoxigraph as ox
import pytest

from bilik.evaluate import compiled_law
from bilik.namespaces import PREFIXES, code, expand
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language, definition, name, shape_messages
from command_line import ROOT

KAZAKH = set("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя")
RUSSIAN = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
CODE = re.compile(
    r"`[^`]*`|«?\{\w+\}»?|«[a-z]+»|№ 378-ө-м|No\. 378-ө-м|“[^”]*”|\"[^\"]*\"|\(?https?://\S+"
    r"|[a-z-]*:[A-Za-z-]*|\.[a-z]+"
    r"|\b(?:JSON|CSVW?|XML|RDF|UTF|YYYY|ISCED|PDF|IRI|Turtle|[Bb]ilik|xsd|ISCO|ESCO|EQF|SPARQL|SHACL|OWL|SHA|ODS)\b[-\w]*"
    r"|\b(?:DL|CC BY|SVG|Python|RDFLib|Oxigraph|GraphDB|Jena Fuseki|Virtuoso|Excel|N-Triples|Store)\b"
)
"""What may be in Latin letters in any language: placeholders, codes, names of formats, addresses, quoted codes."""


def texts() -> dict[str, dict[str, str]]:
    """key → language → text of every file of ``data/texts``."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(folder("data", "texts").glob("*.toml")):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        assert not set(found) & set(read), f"{path.name} has keys of another file"
        found |= read
    assert len(found) > 30
    return found


TEXTS = texts()
NAMES_OF_LANGUAGES = {f"site-language-{language}" for language in LANGUAGES}
"""Each stands on every page in the language that it names."""


def labels() -> Iterator[tuple[str, str, str, str]]:
    """(file, subject, language, text) of every name, definition and message of the graph that people write by hand."""
    terms = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:definition", "skos:scopeNote", "sh:message")
    wanted = {expand(term) for term in terms}
    files = [
        *folder("ontology").rglob("*.ttl"),
        *folder("shapes").glob("person.ttl"),
        folder("data", "readings.ttl"),
        folder("data", "compiled", "labels.ttl"),
    ]
    for path in sorted(files):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value in wanted and isinstance(quad.object, ox.Literal) and quad.object.language:
                yield path.name, str(quad.subject), quad.object.language, quad.object.value


# -- texts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_has_three_languages_with_the_same_words_to_fill_in(key: str) -> None:
    assert sorted(TEXTS[key]) == sorted(LANGUAGES)
    kk, ru, en = ({field for _, field, _, _ in Formatter().parse(TEXTS[key][lang]) if field} for lang in LANGUAGES)
    assert kk == ru == en
    assert all(text.strip() == text != "" for text in TEXTS[key].values())


@cache
def syntax_of_the_code() -> list[ast.AST]:
    """Every node of the syntax of the package."""
    paths = sorted((ROOT / "scripts" / "bilik").rglob("*.py"))
    return [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def strings_of_the_code() -> set[str]:
    """Every string constant of the package."""
    constants = (node.value for node in syntax_of_the_code() if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def first_arguments_of_text() -> Iterator[ast.expr]:
    """What the package asks :func:`bilik.texts.text` for."""
    for node in syntax_of_the_code():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text":
            yield from node.args[:1]


@cache
def texts_of_templates() -> list[tuple[str, str]]:
    """What the templates ask for: a key, or how one begins that is put together (then ``~`` follows)."""
    asked = re.compile(r"""\bt\(\s*["']([\w-]+)["']\s*(~?)""")
    paths = sorted((ROOT / "scripts" / "bilik").rglob("*.j2"))
    return [found for path in paths for found in asked.findall(path.read_text(encoding="utf-8"))]


def keys_asked_for() -> set[str]:
    """The keys that code and templates ask for by name."""
    by_code = {str(key.value) for key in first_arguments_of_text() if isinstance(key, ast.Constant)}
    return by_code | {key for key, put_together in texts_of_templates() if not put_together}


def heads_of_keys() -> set[str]:
    """How the keys begin that the package puts together, as in ``text(f"by-{step.by}", …)``."""
    parts = (key.values[0] for key in first_arguments_of_text() if isinstance(key, ast.JoinedStr))
    by_code = {str(head.value) for head in parts if isinstance(head, ast.Constant)}
    return by_code | {head for head, put_together in texts_of_templates() if put_together}


def test_every_text_asked_for_exists() -> None:
    asked = keys_asked_for()
    assert len(asked) > 20
    assert asked - set(TEXTS) == set()


def test_every_text_is_used() -> None:
    """Asked for by name, as a key that the code passes on, by a check or for a kind of segment of that name."""
    passed_on_single_words = {"education", "training", "experience", "silent", "open", "covers"}
    passed_on = {key for key in strings_of_the_code() if "-" in key}
    checks = {path.stem for path in folder("queries", "checks", "as-of").glob("*.rq")}
    kinds = kinds_of_segments()
    assert checks
    assert len(kinds) > 20
    left = set(TEXTS) - keys_asked_for() - passed_on_single_words - passed_on - checks - kinds
    put_together = {key for key in left if key.startswith(tuple(heads_of_keys()))}
    assert left - put_together == set()


def kinds_of_segments() -> set[str]:
    """The keys of the texts for the kinds of segments of the coverage ledger."""
    with folder("data", "order-775", "coverage.csv").open(encoding="utf-8", newline="") as table:
        return {f"segment-{row['kind']}" for row in csv.DictReader(table)}


def test_every_kind_of_segment_has_its_text() -> None:
    assert kinds_of_segments() <= set(TEXTS)


def test_every_check_has_its_text() -> None:
    checks = {path.stem for path in folder("queries", "checks", "as-of").glob("*.rq")}
    assert checks <= set(TEXTS)
    kk, ru, en = (set(shape_messages(language)) for language in LANGUAGES)
    assert kk == ru == en
    assert len(kk) > 30
    assert not kk & set(TEXTS), "a rule is explained once"


# -- names -----------------------------------------------------------------------------------------------------------


def named() -> list[str]:
    """Everything that a report names, as prefixed names."""
    law = compiled_law()
    grades = [code(grade) for grade in law.grades]
    stated, graded = expand("bilik:isStatedIn"), expand("bilik:isGradeOf")
    provisions = {code(said[stated][0]) for said in law.facts.values() if stated in said}
    positions = {code(said[graded][0]) for said in law.facts.values() if graded in said}
    concepts = {
        prefix: {
            quad.subject.value.removeprefix(PREFIXES[prefix])
            for path in [*folder("ontology", "vocab").glob("*.ttl"), folder("data", "readings.ttl")]
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(PREFIXES[prefix])
        }
        for prefix in ("note", "outcome", "reading", "level", "field", "category", "tier", "activity")
    }
    assert len(grades) == 50
    assert len(positions) == 13
    assert len(provisions) >= 18
    assert {"met", "unknown", "unmet", "qualified", "undetermined", "not-qualified"} <= concepts["outcome"]
    assert len(concepts["note"]) >= 12
    assert len(concepts["reading"]) >= 21
    return [
        *(f"grade:{grade}" for grade in grades),
        *(f"law:{provision}" for provision in sorted(provisions)),
        *(f"position:{position}" for position in sorted(positions)),
        *(f"{prefix}:{key}" for prefix, keys in concepts.items() for key in sorted(keys)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_a_report_has_a_name(language: Language) -> None:
    quads = ox.parse(path=str(folder("data", "compiled", "labels.ttl")), format=ox.RdfFormat.TURTLE)
    labelled = {
        str(quad.subject)
        for quad in quads
        if quad.predicate.value == expand("rdfs:label")
        and isinstance(quad.object, ox.Literal)
        and quad.object.language == language
    }
    assert {curie for curie in named() if f"<{expand(curie)}>" not in labelled} == set()
    assert {curie for curie in named() if not name(curie, language).strip()} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reading_is_defined(language: Language) -> None:
    readings = [curie for curie in named() if curie.startswith("reading:")]
    assert all(len(definition(reading, language)) > 20 for reading in readings)


def test_names_of_grades_tell_them_apart() -> None:
    for language in LANGUAGES:
        names = [name(curie, language) for curie in named() if curie.startswith("grade:")]
        assert len(set(names)) == len(names)


# -- letters ---------------------------------------------------------------------------------------------------------


def strange(language: str, text: str) -> list[str]:
    """The words of a text with letters that its language does not have, or of two alphabets."""
    alphabet = {"kk": KAZAKH, "ru": RUSSIAN}.get(language)
    words = re.findall(r"[^\W\d_]+", CODE.sub(" ", text))
    if alphabet is None:
        return [word for word in words if any("CYRILLIC" in unicodedata.name(letter) for letter in word)]
    return [word for word in words if set(word.lower()) - alphabet]


@pytest.mark.parametrize(
    ("language", "text"),
    [("kk", "бiлім"), ("kk", "өтiлi"), ("kk", "cанат"), ("ru", "білім"), ("ru", "cтаж"), ("en", "сategory")],
)
def test_letters_of_another_alphabet_are_seen(language: str, text: str) -> None:
    assert strange(language, text) == [text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_written_in_the_letters_of_their_language(language: str) -> None:
    keys = set(TEXTS) - NAMES_OF_LANGUAGES
    assert {key: found for key in keys if (found := strange(language, TEXTS[key][language]))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_written_in_the_letters_of_their_language(language: str) -> None:
    ours = [(path, subject, text) for path, subject, said, text in labels() if said == language]
    assert len(ours) > 200
    assert [(p, s, found) for p, s, text in ours if (found := strange(language, text))] == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "kk"])
def test_translations_are_written_in_the_letters_of_their_language(language: str) -> None:
    """What stands in quotation marks is a name in another language."""
    with folder("data", "translations", f"{language}.csv").open(encoding="utf-8", newline="") as table:
        texts = {row["iri"]: re.sub(r"«[^»]*»", "", row["text"]) for row in csv.DictReader(table)}
    assert len(texts) > 400
    assert {node: found for node, text in texts.items() if (found := strange(language, text))} == {}


def test_terms_of_the_glossary_are_written_in_the_letters_of_their_language() -> None:
    with folder("data", "registry", "glossary.tsv").open(encoding="utf-8", newline="") as table:
        terms = [row["term"] for row in csv.DictReader(table, delimiter="\t")]
    assert len(terms) > 40
    assert [term for term in terms if strange("kk", term)] == []


def test_kazakh_is_not_russian() -> None:
    """No Kazakh text is the Russian one, but for names that both languages share."""
    same = {key for key, said in TEXTS.items() if said["kk"] == said["ru"]}
    assert same - NAMES_OF_LANGUAGES == ALIKE
    shared = {curie for curie in named() if name(curie, "kk") == name(curie, "ru")}
    assert {curie.partition(":")[2] for curie in shared} <= SHARED


ALIKE = {"site-to-sparql", "reference-prefix", "search-kind-term", "downloads-size"}
"""Texts that are the same in both languages: an abbreviation, loan words, a unit."""

SHARED = {"economist", "accountant", "mechanic", "psychologist", "sociologist"}
"""Positions that are called the same in both languages."""


def test_words_with_kazakh_sounds_are_not_spelt_with_russian_letters() -> None:
    """Common words as they would be typed without Kazakh letters."""
    wrong = re.compile(
        r"\b(?:билим|билик|жумыс|отил|санатты[иы]|кун|тузет|корсет|болым|уакыт|ушин|тулга|кужат|багал|енбек|денгей|жене)",
        re.IGNORECASE,
    )
    kazakh = [said["kk"] for said in TEXTS.values()] + [text for _, _, language, text in labels() if language == "kk"]
    assert wrong.search("Жумыс отили")
    assert [text for text in kazakh if wrong.search(text)] == []


def test_files_of_texts_are_normalised() -> None:
    for path in (*folder("data", "texts").glob("*.toml"), *Path(ROOT, "ontology").rglob("*.ttl")):
        content = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", content), path
        assert "\u00a0" not in content, path
