"""The coverage ledger: it tiles the text, every node of the law is in it, and the build says how much is what."""

from __future__ import annotations

import csv
import json
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from rdflib.namespace import RDF
from rdflib.term import URIRef

from bilik import build
from bilik.extract.coverage import COLUMNS, Segment, shares, to_csv
from bilik.extract.graph import iri
from bilik.extract.resolver import places_given
from bilik.namespaces import expand, shorten
from bilik.texts import LANGUAGES, Language, text
from bilik.turtle import read_turtle
from command_line import bilik

ROOT: Final = Path(__file__).resolve().parents[1]
RAW: Final = (ROOT / "data" / "source" / "order-775.kk.txt").read_bytes().decode("utf-8")
LEDGER: Final = (ROOT / build.LEDGER).read_bytes().decode("utf-8")
LAW: Final = read_turtle(
    *(path for path in (ROOT / "data" / "order-775").glob("*.ttl") if path.stem != "discrepancies")
)
ROWS: Final = list(csv.DictReader(StringIO(LEDGER)))
SEGMENTS: Final = [
    Segment(int(row["start"]), int(row["end"]), row["kind"], row["provision"], tuple(row["nodes"].split()))
    for row in ROWS
]


def words(segment: Segment) -> str:
    return RAW[segment.start : segment.end]


# -- the text ------------------------------------------------------------------------------------------------------


def test_the_segments_are_the_text() -> None:
    assert "".join(map(words, SEGMENTS)) == RAW
    assert (SEGMENTS[0].start, SEGMENTS[-1].end) == (0, len(RAW))


def test_there_is_no_gap_and_no_overlap() -> None:
    assert len(SEGMENTS) > 1000
    assert all(segment.start < segment.end for segment in SEGMENTS)
    assert all(one.end == following.start for one, following in pairwise(SEGMENTS))


def test_layout_is_white_space_and_nothing_else_is() -> None:
    for segment in SEGMENTS:
        layout = segment.kind == "layout"
        assert layout == (segment.provision == "")
        assert not layout or not (words(segment).strip() or segment.nodes)


def test_every_word_is_quoted() -> None:
    """What no node quotes is layout, or the colon behind the name of a tier."""
    bare = [segment for segment in SEGMENTS if not segment.nodes and segment.kind != "layout"]
    assert {(words(segment), segment.kind) for segment in bare} == {(":", "requirement-line")}
    assert len(bare) == 14


# -- the nodes -----------------------------------------------------------------------------------------------------


def test_every_node_of_the_law_is_in_the_ledger() -> None:
    nodes = {shorten(str(node)) for node, cls in LAW.subject_objects(RDF.type) if str(cls).startswith(expand("bilik:"))}
    assert len(nodes) > 800
    assert {node for segment in SEGMENTS for node in segment.nodes} == nodes


def test_the_segments_of_a_node_are_its_quotes() -> None:
    """Code point by code point."""
    covered: dict[str, set[int]] = {}
    for segment in SEGMENTS:
        for node in segment.nodes:
            covered.setdefault(node, set()).update(range(segment.start, segment.end))
    quoted: dict[str, set[int]] = {}
    for citing, quote in LAW.subject_objects(iri("bilik:hasSourceQuote")):
        for start, end in places_given(LAW, quote):
            quoted.setdefault(shorten(str(citing)), set()).update(range(start, end))
    assert covered == quoted


def test_segments_stand_in_their_provisions() -> None:
    provisions = {shorten(str(node)) for node in LAW.subjects(RDF.type, iri("bilik:Provision"))} | {"law:order-775"}
    assert {segment.provision for segment in SEGMENTS if segment.provision} == provisions
    within = URIRef("http://purl.org/dc/terms/isPartOf")
    for quote, whole in LAW.subject_objects(within):
        for start, _ in places_given(LAW, quote):
            [segment] = [segment for segment in SEGMENTS if segment.start == start]
            assert segment.provision == shorten(str(whole))


def test_a_clause_in_the_ledger() -> None:
    """Clause 33, as one reads it: "A or B, no experience required"."""
    grade = ("grade:mechanic", "requirement:mechanic")
    first, second = ("alternative:mechanic-1", "alternative:mechanic-2")
    found = [
        (" ".join(words(segment).split()), set(segment.nodes))
        for segment in SEGMENTS
        if (segment.provision, segment.kind) == ("law:order-775-cl-33", "requirement-line")
    ]
    assert found == [
        (
            "кадрларды даярлаудың бағыты бойынша жоғары (немесе жоғары оқу орнынан кейінгі) білім (техникалық білім)",
            {first, "condition:mechanic-1-education", *grade},
        ),
        ("немесе", {*grade}),
        ("кәсіптік (техникалық) орта білім", {second, "condition:mechanic-2-education", *grade}),
        (",", {*grade}),
        ("жұмыс өтіліне талаптар қойылмайды", {first, second, *grade}),
        (".", {*grade}),
    ]


# -- the table -----------------------------------------------------------------------------------------------------


def test_a_table_reads_as_it_was_written() -> None:
    assert to_csv(SEGMENTS) == LEDGER
    assert LEDGER.startswith(",".join(COLUMNS) + "\n")


def test_the_metadata_describe_the_table() -> None:
    metadata = json.loads((ROOT / f"{build.LEDGER}-metadata.json").read_text(encoding="utf-8"))
    columns = metadata["tableSchema"]["columns"]
    assert metadata["url"] == build.LEDGER.name
    assert [column["name"] for column in columns] == list(COLUMNS)
    for column in columns:
        assert column["titles"]["en"] == column["name"]
        assert sorted(column["titles"]) == sorted(LANGUAGES)
        assert sorted(said["@language"] for said in column["dc:description"]) == sorted(LANGUAGES)
    required = {column["name"] for column in columns if column.get("required")}
    assert all(row[name] for row in ROWS for name in required)
    assert {column["name"]: column["separator"] for column in columns if "separator" in column} == {"nodes": " "}
    starts = [row[metadata["tableSchema"]["primaryKey"]] for row in ROWS]
    assert len(set(starts)) == len(starts)


# -- shares --------------------------------------------------------------------------------------------------------


def test_shares_are_of_characters() -> None:
    table = to_csv([
        Segment(0, 1, "layout", "", ()),
        Segment(1, 6, "duty", "law:a", ("duty:a-01",)),
        Segment(6, 7, "layout", "", ()),
        Segment(7, 10, "point", "law:b", ("law:b",)),
    ])  # fmt: skip
    assert list(shares(table)) == [("duty", 0.5), ("point", 0.3), ("layout", 0.2)]


def test_shares_of_the_order() -> None:
    found = dict(shares(LEDGER))
    assert sum(found.values()) == pytest.approx(1)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert {kind for kind, share in found.items() if share > 0.1} == {"duty", "knowledge", "requirement-line"}
    for kind, share in found.items():
        assert share == sum(len(words(segment)) for segment in SEGMENTS if segment.kind == kind) / len(RAW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_build_prints_the_shares(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilik.cli.build.build", lambda _: [Path("data", "made.ttl")])
    monkeypatch.setattr("bilik.cli.build.left_out", lambda: ())
    run = bilik("build", "--lang", language)
    assert (run.status, run.out) == (0, "data/made.ttl\n")
    heading, *lines = run.err.splitlines()
    assert heading == text("coverage", language)
    assert [line.split(maxsplit=1) for line in lines] == [
        [f"{share:.2%}", text(f"segment-{kind}", language)] for kind, share in shares(LEDGER)
    ]


def test_the_comparison_prints_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilik.cli.build.differing", lambda _: {})
    monkeypatch.setattr("bilik.cli.build.left_out", lambda: ())
    run = bilik("build", "--check")
    assert (run.status, run.out, run.err) == (0, "", "")
