"""Discrepancies of the text: what is listed stands where the list says, the rest is derived, and all is explained."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SKOS
from rdflib.term import Literal, Node, URIRef

from bilik import build
from bilik.errors import SourceError
from bilik.extract.discrepancies import Discrepancy, find_discrepancies
from bilik.extract.graph import iri
from bilik.extract.structure import read_structure
from bilik.extract.text import read_source
from bilik.namespaces import code
from bilik.turtle import read_turtle
from test_languages import strange

ROOT: Final = Path(__file__).resolve().parents[1]
LISTED: Final = ROOT / "data" / "registry" / "discrepancies.toml"
GRAPH: Final = read_turtle(ROOT / "data" / "order-775" / "discrepancies.ttl")
SCHEME: Final = read_turtle(ROOT / "ontology" / "vocab" / "discrepancies.ttl")
ENTRIES: Final = tomllib.loads(LISTED.read_text(encoding="utf-8"))
LANGUAGES: Final = {"kk", "ru", "en"}


@cache
def order() -> build.OrderText:
    return build.read_order(ROOT)


RAW: Final = (ROOT / "data" / "source" / "order-775.kk.txt").read_bytes().decode("utf-8")


@cache
def found() -> dict[str, Discrepancy]:
    """key → discrepancy of the order."""
    read = order()
    every = find_discrepancies(read.source, read.structure, read.clauses, read.registry, LISTED)
    return {discrepancy.key: discrepancy for discrepancy in every}


def of(text: build.OrderText, listed: Path = LISTED) -> dict[str, Discrepancy]:
    """key → discrepancy of another text."""
    every = find_discrepancies(text.source, text.structure, text.clauses, text.registry, listed)
    return {discrepancy.key: discrepancy for discrepancy in every}


def edited(old: str, new: str) -> build.OrderText:
    """The order with some words changed; old and new are equally long, so that everything else keeps its place."""
    assert RAW.count(old) == 1
    assert len(old) == len(new)
    read = order()
    slips = {word: right for word, right in read.registry.slips.items() if word not in old.lower()}
    source = read_source(RAW.replace(old, new), read.registry.look_alikes, slips)
    return replace(read, source=source, structure=read_structure(source, read.registry))


def published(discrepancy: Discrepancy) -> list[str]:
    """The verbatim words, line breaks folded."""
    return [" ".join(RAW[start:end].split()) for start, end in discrepancy.spans]


def rule(key: str) -> str:
    """The rule that found a derived discrepancy."""
    return key.partition("-chars-")[0]


# -- what there is -------------------------------------------------------------------------------------------------


def test_kinds_and_numbers() -> None:
    """Counted by reading where that can be done; letters by counting words in the text."""
    derived = Counter(rule(key) for key in found() if "-chars-" in key)
    words = re.findall(r"\w+", RAW)
    mapped = re.findall(r"\w+", order().source.mapped)
    slips = {word for word in mapped if word.lower() in order().registry.slips}
    assert derived == {
        "look-alike-letter": len({word for word in words if re.search("[a-z]", word)}),
        "letter-replaced": len(slips) - 3,
        "letter-missing": 2,
        "letter-added": 1,
        "wording": 3,
        "heading-and-index": 1,
        "repetition": 1,
        "item-ends-in-comma": 3,
        "line-break": 6,
    }
    assert sum(len(d.spans) for key, d in found().items() if rule(key) == "look-alike-letter") == 552
    assert len(found()) == sum(derived.values()) + len(ENTRIES["discrepancies"])


def test_every_kind_is_used_and_every_kind_used_is_defined() -> None:
    used = {discrepancy.kind for discrepancy in found().values()}
    defined = {str(SCHEME.value(node, SKOS.notation)) for node in SCHEME.subjects(SKOS.broader)}
    assert used == defined
    assert {entry["kind"] for entry in (*ENTRIES["discrepancies"], *ENTRIES["derived"].values())} == used


def test_every_rule_finds_something() -> None:
    assert set(ENTRIES["derived"]) == {rule(key) for key in found() if "-chars-" in key}


@pytest.mark.parametrize(
    ("key", "words", "expected"),
    [
        ("preamble-displaced", ["16- 16-2) тармақшасына сәйкес бабының БҰЙЫРАМЫН:"],
         "16-бабының 16-2) тармақшасына сәйкес БҰЙЫРАМЫН:"),
        ("point-3-displaced", ["№ 378-ө-м (Нормативтік бұйрығының құқықтық актілерді"],
         "№ 378-ө-м бұйрығының (Нормативтік құқықтық актілерді"),
        ("heading-and-index-chars-9963", ["Барлық мамандықтағы инженер", "Барлық атаудағы инженер"], None),
        ("repetition-chars-37976", ["Қазақстан Республикасының еңбек және зейнетақы заңнамасын;"] * 2, None),
        ("wording-chars-48685", ["екінші санаттағы"], "екінші санатты"),
        ("wording-chars-54267", ["психология саласында"], "психология саласындағы"),
        ("superfluous-word-in-14", ["лауазымындағы бойынша кемінде 1 жыл"], "лауазымындағы кемінде 1 жыл"),
        ("technical-secondary-in-6", ["техникалық және кәсіптік (техникалық орта) білім"],
         "техникалық және кәсіптік (арнайы орта, кәсіптік орта) білім"),
        ("vocational-technical-secondary", ["кәсіптік (техникалық) орта білім"], None),
        ("headings-of-6-and-37", ["Бiлiктiлiкке қойылатын талаптар:", "Біліктілікке қойылатын талаптар:"],
         "Тиісті санатты айқындаумен біліктілікке қойылатын талаптар:"),
        ("line-break-chars-13903", ["мамандық ( біліктілік"], "мамандық (біліктілік"),
        ("line-break-chars-16829", ["жасайды ;"], "жасайды;"),
    ],
)  # fmt: skip
def test_the_words_of_a_discrepancy(key: str, words: list[str], expected: str | None) -> None:
    assert (published(found()[key]), found()[key].expected) == (words, expected)


@pytest.mark.parametrize(
    ("word", "kind", "expected", "explanation"),
    [
        ("қыскартылған", "letter-slip", "қысқартылған", "“к” is written for “қ”"),
        ("қадрларды", "letter-slip", "кадрларды", "“қ” is written for “к”"),
        ("Қазакстан", "letter-slip", "Қазақстан", "“к” is written for “қ”"),
        ("жене", "letter-slip", "және", "“е” is written for “ә”"),
        ("есптеу", "letter-slip", "есептеу", "“е” is missing"),
        ("переспективаларын", "letter-slip", "перспективаларын", "“е” is one too many"),
        ("жургiзу", "letter-slip", "жүргізу", "“у” is written for “ү”"),
        ("жургiзу", "look-alike-letter", "жүргізу", "“i” for “і”"),
        ("aлyға", "look-alike-letter", "алуға", "“a, y” for “а, у”"),
        ("c", "look-alike-letter", "с", "“c” for “с”"),
    ],
)
def test_a_word_with_wrong_letters(word: str, kind: str, expected: str, explanation: str) -> None:
    [discrepancy] = [d for d in found().values() if d.kind == kind and word in published(d)]
    assert discrepancy.expected == expected
    assert explanation in discrepancy.explanation["en"]


def test_first_lines_without_a_category_are_those_of_three_clauses() -> None:
    discrepancy = found()["first-line-without-category"]
    starts = [order().source.line(start) for start, _ in discrepancy.spans]
    assert starts == [265, 370, 853]
    assert discrepancy.resolved_by == ("unlabelled-highest",)
    assert discrepancy.expected == "жоғары санатты:"


def test_items_that_end_in_a_comma() -> None:
    places = [published(d) for key, d in sorted(found().items()) if rule(key) == "item-ends-in-comma"]
    assert places == [["етеді,"], ["асырады,"], ["ұйымдастырады,"]]


# -- derived: seen in the text, not typed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("жоспарлау, қадрларды", "жоспарлау, кадрларды", "letter-replaced-chars-40770"),
        ("      шетел тiлiн;", "      шетел тілін;", "look-alike-letter-chars-4352"),
        ("жүргізілуін қамтамасыз етеді,", "жүргізілуін қамтамасыз етеді;", "item-ends-in-comma-chars-43375"),
        ("калькуляция жасайды\n;", "калькуляция жасайды;\n", "line-break-chars-16829"),
        ("екінші санаттағы:", "екінші санатты  :", "wording-chars-48685"),
        ("зейнетақы заңнамасын;\n      ұйымның", "зейнетақы заңнамалар;\n      ұйымның", "repetition-chars-37976"),
    ],
    ids=str,
)
def test_what_is_put_right_in_the_text_is_no_discrepancy(old: str, new: str, key: str) -> None:
    assert set(found()) ^ set(of(edited(old, new))) == {key}


def test_what_goes_wrong_in_the_text_is_one() -> None:
    made = set(of(edited("      ұйым қызметінің мамандануын;", "      ұйым қызметінің мамандануыi,"))) - set(found())
    assert {rule(key) for key in made} == {"look-alike-letter", "item-ends-in-comma"}


def test_one_name_in_heading_and_index_is_no_discrepancy() -> None:
    read = order()
    positions = tuple(replace(position, index=position.heading) for position in read.registry.positions)
    text = replace(read, registry=replace(read.registry, positions=positions))
    assert set(found()) - set(of(text)) == {"heading-and-index-chars-9963"}


# -- listed: looked up in the text ---------------------------------------------------------------------------------

HEAD: Final = LISTED.read_text(encoding="utf-8").partition("\n[[discrepancies]]")[0]


def listed(folder: Path, *entries: str) -> Path:
    """A file with the rules of the project's and other entries."""
    texts = 'kind = "omission"\nkk = "а"\nru = "б"\nen = "c"\n'
    path = folder / "discrepancies.toml"
    tables = "".join(f"[[discrepancies]]\n{texts}{entry}\n" for entry in entries)
    path.write_text(f"{HEAD}\n{tables}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ('[{ in = "cl-34", words = "екінші санаттағы" }]', ["екінші санаттағы"]),
        ('[{ words = "болып тіркелді." }]', ["болып тіркелді."]),
        ('[{ in = "annex-row-3", words = "Барлық атаудағы инженер" }]', ["Барлық атаудағы инженер"]),
        ('[{ in = "cl-26", item = 3, words = "зейнетақы заңнамасын" }]', ["зейнетақы заңнамасын"]),
        ('[{ in = "cl-26", every = true, words = "зейнетақы заңнамасын" }]', ["зейнетақы заңнамасын"] * 2),
        ('[{ kind = "stamp", words = "бекітілген" }]', ["бекiтiлген"]),
        ('[{ in = "cl-9", words = "(біліктілік)" }, { in = "cl-3", words = "3." }]', ["3.", "( біліктілік)"]),
    ],
)
def test_listed_words_are_looked_up(places: str, words: list[str], tmp_path: Path) -> None:
    path = listed(tmp_path, f'key = "made"\nplaces = {places}')
    assert published(of(order(), path)["made"]) == words


@pytest.mark.parametrize(
    ("places", "problem"),
    [
        ('[{ in = "cl-34", words = "үшінші санаттағы" }]', "order-775-cl-34 has 0 times, not once: «үшінші санаттағы»"),
        ('[{ in = "cl-33", words = "екінші санаттағы" }]', "order-775-cl-33 has 0 times, not once: «екінші санаттағы»"),
        ('[{ in = "cl-99", words = "екінші" }]', "order-775-cl-99 has 0 times"),
        ('[{ in = "cl-26", words = "зейнетақы заңнамасын" }]', "order-775-cl-26 has 2 times, not once"),
        ('[{ in = "cl-26", item = 2, words = "зейнетақы заңнамасын" }]', "order-775-cl-26 has 0 times"),
        ('[{ in = "cl-26", item = 2, every = true, words = "зейнетақы" }]', "order-775-cl-26 has 0 times"),
        ('[{ in = "cl-26", words = "ейнетақы" }]', "order-775-cl-26 has 0 times"),
        ('[{ in = "cl-4", words = "кажетті ерекшеліктер" }]', "order-775-cl-4 has 0 times"),
        ('[{ kind = "preamble", words = "кодекс" }]', "preamble has 0 times"),
    ],
    ids=str,
)
def test_words_that_are_not_there_stop_the_reading(places: str, problem: str, tmp_path: Path) -> None:
    path = listed(tmp_path, f'key = "made"\nplaces = {places}')
    with pytest.raises(SourceError) as caught:
        of(order(), path)
    assert str(caught.value).startswith(f"discrepancy made: {problem}")
    assert "\n" not in str(caught.value)


def test_without_places_they_are_what_rests_on_the_reading(tmp_path: Path) -> None:
    path = listed(tmp_path, 'key = "made"\nresolved_by = ["technical-secondary-gloss"]')
    assert published(of(order(), path)["made"]) == ["техникалық және кәсіптік (техникалық орта) білім"]
    path = listed(tmp_path, 'key = "made"\nresolved_by = ["no-such-reading"]')
    with pytest.raises(SourceError, match="discrepancy made: no places, and nothing rests on no-such-reading"):
        of(order(), path)


def test_keys_are_used_once(tmp_path: Path) -> None:
    entry = 'key = "made"\nplaces = [{ in = "cl-3", words = "3." }]'
    with pytest.raises(SourceError, match=r"discrepancies\.toml: keys used more than once: made"):
        of(order(), listed(tmp_path, entry, entry))


# -- the graph -----------------------------------------------------------------------------------------------------


def nodes() -> set[Node]:
    return set(GRAPH.subjects(RDF.type, iri("bilik:Discrepancy")))


def test_the_graph_says_what_was_found() -> None:
    assert {code(str(node)) for node in nodes()} == set(found())
    for key, discrepancy in found().items():
        node = iri(f"discrepancy:{key}")
        kinds = set(GRAPH.objects(node, iri("bilik:hasDiscrepancyKind")))
        assert kinds == {iri(f"discrepancy-kind:{discrepancy.kind}")}
        quotes = {code(str(quote)) for quote in GRAPH.objects(node, iri("bilik:hasSourceQuote"))}
        assert quotes == {f"chars-{start}-{end}" for start, end in discrepancy.spans}
        assert list(GRAPH.objects(node, iri("bilik:isStatedIn")))
        expected = {Literal(discrepancy.expected, lang="kk")} if discrepancy.expected else set()
        assert set(GRAPH.objects(node, iri("bilik:expectedWording"))) == expected
        readings = {iri(f"reading:{reading}") for reading in discrepancy.resolved_by}
        assert set(GRAPH.objects(node, iri("bilik:isResolvedBy"))) == readings


def test_what_was_expected_is_not_what_is_published() -> None:
    for discrepancy in found().values():
        if discrepancy.expected:
            raw = {RAW[start:end] for start, end in discrepancy.spans}
            assert discrepancy.expected not in raw, discrepancy.key


def test_the_readings_named_are_described() -> None:
    readings = read_turtle(ROOT / "data" / "readings.ttl")
    named = set(GRAPH.objects(None, iri("bilik:isResolvedBy")))
    assert len(named) > 10
    assert {node for node in named if (node, RDF.type, iri("bilik:Interpretation")) not in readings} == set()


def test_labels_and_explanations_are_in_three_languages() -> None:
    for node in nodes():
        for term in ("rdfs:label", "bilik:explanation"):
            said = [text for text in GRAPH.objects(node, iri(term)) if isinstance(text, Literal)]
            assert {text.language for text in said} == LANGUAGES
            assert len(said) == 3
            assert all(text.strip() == str(text) and "{" not in text for text in said)


def test_explanations_are_written_in_the_letters_of_their_language() -> None:
    """What is quoted from the order, or said of its letters, stays as it is printed."""
    quoted = re.compile(r"«[^»]*»|“[^”]*”")
    for key, discrepancy in found().items():
        if discrepancy.kind == "look-alike-letter":
            continue
        for language, text in discrepancy.explanation.items():
            assert strange(language, quoted.sub(" ", text)) == [], key


def test_kinds_are_described_in_three_languages() -> None:
    concepts = set(SCHEME.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == 16
    for concept in concepts:
        for term in (SKOS.prefLabel, SKOS.definition):
            said = [text for text in SCHEME.objects(concept, term) if isinstance(text, Literal)]
            assert sorted(str(text.language) for text in said) == sorted(LANGUAGES)
        assert isinstance(concept, URIRef)
        assert str(SCHEME.value(concept, SKOS.notation)) == code(str(concept))


def test_the_order_s_text_is_left_as_it_is() -> None:
    """Discrepancies add nothing to what the law graph says: their nodes are their own."""
    law = Graph()
    for path in (ROOT / "data" / "order-775").glob("*.ttl"):
        if path.stem != "discrepancies":
            law += read_turtle(path)
    assert nodes()
    assert not {node for node in nodes() if (node, None, None) in law}
    shared = {subject for subject in GRAPH.subjects() if (subject, None, None) in law}
    for subject in shared:
        assert set(GRAPH.predicate_objects(subject)) <= set(law.predicate_objects(subject))
