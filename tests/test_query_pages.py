"""The pages of the query catalogue, and the pictures of its queries."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from bilik.catalogue import Query, read_catalogue
from bilik.engine import load
from bilik.namespaces import expand, shorten
from bilik.publish.folder import Publication
from bilik.publish.release import read_release
from bilik.publish.site import queries
from bilik.publish.site.frame import Site, render, write_static
from bilik.report.pictures.marks import Box
from bilik.report.pictures.marks import Path as Line
from bilik.report.pictures.query_layout import Placed
from bilik.report.pictures.query_pattern import Group, Node, Note, read_pattern
from bilik.report.pictures.query_picture import Drawing, Laid, lay_out, query_svg
from bilik.resources import alignments, law_files
from bilik.texts import LANGUAGES, Language, names_in, text
from bilik.tokens import tokens
from command_line import bilik
from picture_checks import SVG, clashes

CATALOGUE = {query.name: query for query in read_catalogue()}
PREFIX = "PREFIX x: <x:>\n"
every_query = pytest.mark.parametrize("name", CATALOGUE)


def pattern(body: str) -> Group:
    """The pattern of a query with one column."""
    return read_pattern(f"{PREFIX}SELECT ?a {{ {body} }}")


def said(group: Group) -> list[tuple[str, str, str]]:
    """The edges of a group as text, nodes without a name as dots."""

    def shown(node: Node) -> str:
        return "." if node.kind == "between" else node.text

    return [(shown(edge.source), shown(edge.target), edge.text) for edge in group.edges]


# What a query looks for


def test_a_path_is_a_chain_and_an_inverse_step_goes_back() -> None:
    group = pattern("?a x:p/^x:q/x:r ?b")
    assert said(group) == [("?a", ".", "x:p"), (".", ".", "x:q"), (".", "?b", "x:r")]
    first, second, third = group.edges
    assert second.target == first.target
    assert second.source == third.source


@pytest.mark.parametrize(
    ("path", "written", "properties"),
    [
        ("x:p", "x:p", 1),
        ("x:p|x:q", "x:p | x:q", 2),
        ("x:p*", "x:p*", 0),
        ("(x:p/x:q)+", "(x:p/x:q)+", 0),
        ("(x:p|^x:q)?", "(x:p | ^x:q)?", 0),
        ("!x:p", "!(x:p)", 0),
        ("?path", "?path", 0),
        ("a*", "a*", 0),
    ],
)
def test_a_path_that_is_no_chain_is_written_out(path: str, written: str, properties: int) -> None:
    (edge,) = pattern(f"?a {path} ?b").edges
    assert (edge.text, len(edge.iris)) == (written, properties)


def test_a_class_and_listed_values_belong_to_their_node() -> None:
    group = pattern('?a a x:Thing ; x:p "v"@en . VALUES ?a { x:one x:two } VALUES (?a ?b) { (1 UNDEF) }')
    node = Node("variable", "?a")
    assert group.classes == {node: (Node("name", "x:Thing", "x:Thing"),)}
    assert group.values == {node: ("x:one", "x:two")}
    assert said(group) == [("?a", '"v"@en', "x:p")]
    assert group.notes == (Note("VALUES", "(?a ?b): (1 UNDEF)"),)


def test_a_blank_node_has_no_name() -> None:
    assert said(pattern("?a x:p [ x:q ?b ]")) == [("?a", ".", "x:p"), (".", "?b", "x:q")]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("OPTIONAL { ?a x:p ?b }", ["optional"]),
        ("?a x:p ?c OPTIONAL { ?a x:p ?b } FILTER (!BOUND(?b))", ["absent"]),
        ("?a x:p ?b OPTIONAL { ?a x:q ?b } FILTER (!BOUND(?b))", ["optional"]),
        ("OPTIONAL { ?a x:p ?b } FILTER (!BOUND(?b) || ?a = 1)", ["optional"]),
        ("FILTER NOT EXISTS { ?a x:p ?b }", ["absent"]),
        ("FILTER EXISTS { ?a x:p ?b }", ["present"]),
        ("MINUS { ?a x:p ?b }", ["minus"]),
        ("{ ?a x:p ?b } UNION { ?a x:q ?b } UNION { ?a x:r ?b }", ["either", "or", "or"]),
        ("{ SELECT ?a { ?a x:p ?b } }", ["select"]),
        ("{ ?a x:p ?b }", ["all"]),
    ],
)
def test_groups_of_every_kind(body: str, kinds: list[str]) -> None:
    group = pattern(body)
    assert [part.kind for part in group.parts] == kinds
    assert all(len(part.edges) == 1 for part in group.parts)


def test_there_is_none_is_said_once() -> None:
    """The group says it; the filter need not."""
    assert pattern("?a x:p ?c OPTIONAL { ?a x:p ?b } FILTER (!BOUND(?b))").notes == ()
    assert pattern("?a x:p ?b OPTIONAL { ?a x:q ?b } FILTER (!BOUND(?b))").notes == (Note("FILTER", "!BOUND(?b)"),)


def test_what_is_made_of_the_matches() -> None:
    query = """SELECT DISTINCT ?a (COUNT(DISTINCT ?b) AS ?n) { ?a x:p ?b } GROUP BY ?a HAVING (?n > 1)
        ORDER BY DESC(?n) ?a LIMIT 5"""
    read = read_pattern(PREFIX + query)
    assert read.asked == {"?a"}
    assert [(note.keyword, note.text) for note in read.answer] == [
        ("SELECT DISTINCT", "?a (COUNT(DISTINCT ?b) AS ?n)"),
        ("GROUP BY", "?a"),
        ("HAVING", "?n > 1"),
        ("ORDER BY", "DESC(?n) ?a"),
        ("LIMIT", "5"),
    ]
    assert read_pattern(f"{PREFIX}SELECT * {{ ?a x:p ?b }}").asked == {"?a", "?b"}


@pytest.mark.parametrize(
    "expression",
    [
        "?a + ?b * 2 = 3 && !(?a > 1 || ?b < 2)",
        "(?a + ?b) * 2 - (?a - (?b - 1))",
        "?a IN (1, x:one) || ?b NOT IN (2)",
        'STRSTARTS(STR(?a), "x") && LANG(?b) = "en"',
        'REPLACE(?a, "\\\\s+", " ", "i")',
        "COALESCE(?a, 1.5) = -?b",
        "IF(?a = ?b, true, false)",
        'x:function(?a, "1"^^x:type) = "b"@en',
        "(?a && ?b) = (?b || ?a)",
        "!BOUND(?a) && (?b = 1) = true",
    ],
)
def test_expressions_are_written_as_they_were(expression: str) -> None:
    (note,) = pattern(f"?a x:p ?b FILTER ({expression})").notes
    assert note.text == expression


@every_query
def test_expressions_of_the_catalogue_stand_in_its_files(name: str) -> None:
    """What a picture says in SPARQL is what the file says, spaces and brackets aside."""

    def bare(words: str) -> str:
        return re.sub(r"[\s()]", "", words)

    query = CATALOGUE[name]
    for group in read_pattern(query.sparql).walk():
        for note in (*group.notes, *group.answer):
            if note.keyword != "VALUES":
                assert bare(note.text) in bare(query.text)


# The pictures


@cache
def called(language: Language) -> Mapping[str, str]:
    store = ox.Store()
    load(store, *law_files(), *alignments().values())
    return names_in(store, language)


def drawing(query: Query, language: Language) -> Drawing:
    given = frozenset(f"?{name}" for name in query.defaults)
    return Drawing(query.sparql, query.question[language], given, called(language), language)


@cache
def laid(name: str, language: Language) -> Laid:
    return lay_out(drawing(CATALOGUE[name], language))


def pieces(line: Line) -> Iterator[Box]:
    """The straight pieces of a line."""
    for (x, y), (to_x, to_y) in zip(line.points, line.points[1:], strict=False):
        yield Box(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def crossed(line: Line, box: Box) -> bool:
    """Whether a line runs through a box: more than along its edge."""
    return any(
        piece.left < box.right - 0.05
        and box.left + 0.05 < piece.right + 0.001
        and piece.top < box.bottom - 0.05
        and box.top + 0.05 < piece.bottom + 0.001
        for piece in pieces(line)
    )


def tangles(placed: Placed) -> Iterator[str]:
    """Edges that run through nodes or words of others, or along one another."""
    for wire in placed.wires:
        for node, box in placed.boxes.items():
            if node not in (wire.edge.source, wire.edge.target) and crossed(wire.path, box):
                yield f"{wire.edge.text} through {node.text}"
        for other in placed.wires:
            if other is not wire and crossed(wire.path, other.words):
                yield f"{wire.edge.text} over {other.edge.text}"
            if other.path.points[0] != wire.path.points[0] and _along(wire.path, other.path):
                yield f"{wire.edge.text} along {other.edge.text}"


def _along(one: Line, other: Line) -> bool:
    """Whether two lines that turn do so at the same place."""
    if len(one.points) < 4 or len(other.points) < 4 or abs(one.points[1][0] - other.points[1][0]) > 0.5:
        return False
    (top, bottom), (other_top, other_bottom) = (sorted((line.points[1][1], line.points[2][1])) for line in (one, other))
    return top < other_bottom and other_top < bottom


@pytest.mark.parametrize("language", LANGUAGES)
@every_query
def test_every_picture_can_be_read(name: str, language: Language) -> None:
    picture = laid(name, language)
    assert clashes(picture.labels) == []
    page = Box(0, 0, picture.width, picture.height)
    assert [label.text for label in picture.labels if not page.contains(label.box)] == []
    for placed, _ in picture.groups:
        boxes = list(placed.boxes.values())
        assert not any(one.overlaps(other) for one in boxes for other in boxes if other is not one)
        assert list(tangles(placed)) == []
    for frame in picture.frames:
        for other in picture.frames:
            if frame is not other and frame.box.overlaps(other.box):
                assert frame.box.contains(other.box) or other.box.contains(frame.box)


def test_a_variable_of_the_same_name_is_another_where_a_query_does_not_ask_for_it() -> None:
    query = f"{PREFIX}SELECT ?a {{ ?a x:p ?b . {{ SELECT ?a {{ ?a x:q ?b }} }} OPTIONAL {{ ?a x:r ?b }} }}"
    (_, outer), (_, inner), (_, optional) = lay_out(Drawing(query, "", (), {}, "en")).groups
    assert [sorted(node.text for node in again) for again in (outer, inner, optional)] == [[], ["?a"], ["?a", "?b"]]


def test_tangles_are_found() -> None:
    """The checks of the pictures see what is wrong with one whose nodes stand where lines run."""
    (placed, _), *_ = laid("ladder-of-position", "en").groups[1:2]
    long = next(wire for wire in placed.wires if len(wire.path.points) == 4)
    (x, y), (to_x, _) = long.path.points[2:]
    node = next(node for node in placed.boxes if node not in (long.edge.source, long.edge.target))
    moved = Placed({**placed.boxes, node: Box(x, y - 1, to_x, y + 1)}, placed.lines, placed.wires, placed.bottom)
    assert f"{long.edge.text} through {node.text}" in list(tangles(moved))


@every_query
def test_every_term_and_variable_is_in_the_picture(name: str) -> None:
    query = CATALOGUE[name]
    root = ET.fromstring(query_svg(drawing(query, "en")))
    words = " ".join(" ".join(element.text or "" for element in root.iter() if element.tag != f"{SVG}desc").split())
    shown = set(re.findall(r"[?\w][\w:.-]*", words))
    for iri in query.names:
        assert {shorten(iri), "a" if iri == expand("rdf:type") else shorten(iri)} & shown or called("en")[iri] in words
    for variable in re.findall(r"\?\w+", query.text):
        assert variable in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_told_to_who_does_not_see_it(language: Language) -> None:
    query = CATALOGUE["opened-by-second-credential"]
    root = ET.fromstring(query_svg(drawing(query, language)))
    title, description = (root.findtext(f"{SVG}{tag}") or "" for tag in ("title", "desc"))
    assert root.get("role") == "img"
    assert root.get("lang") == language
    assert title == query.question[language]
    assert f"NOT EXISTS: {text('query-picture-absent', language)}:" in description
    assert f"?way — {called(language)['https://w3id.org/bilik/def#hasCondition']} — ?condition." in description
    assert "?held_level: level:tvet." in description


def test_a_picture_takes_the_colours_of_its_page() -> None:
    drawn = query_svg(drawing(CATALOGUE["positions-compared"], "kk"))
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn))
    assert "currentColor" in colours
    opaque = {colour for colour in colours - {"none", "currentColor"} if len(colour) != 9}
    assert opaque == {"#2f81f7", "#b07c10", "#8a8a8a"}  # edges alone, as in query.css


def test_edges_of_nodes_and_the_legend_have_the_same_colours() -> None:
    drawn = query_svg(drawing(CATALOGUE["opened-by-second-credential"], "kk"))
    style = Path(queries.__file__).with_name("static").joinpath("query.css").read_text(encoding="utf-8")
    for colour in set(re.findall(r'"(#[0-9a-f]{6,8})"', drawn)):
        assert colour in style


def test_pictures_do_not_depend_on_the_run() -> None:
    code = """
from test_query_pages import *
print(*(query_svg(drawing(CATALOGUE[name], "ru")) for name in ("ladder-of-position", "tiers-compared")))
"""
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent), "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert b"<svg" in runs.pop()


# The text


@every_query
def test_colouring_leaves_the_text_as_it_is(name: str) -> None:
    query = CATALOGUE[name]
    assert "".join(piece for _, piece in tokens(query.sparql)) == query.sparql
    kinds = {piece: kind for kind, piece in tokens(query.text)}
    assert (kinds["SELECT"], kinds["WHERE"]) == ("word", "word")
    assert not [piece for kind, piece in tokens(query.text) if kind == "" and re.search(r"\w", piece)]


# The pages


class _Page(HTMLParser):
    """The text of a page by element, and its links."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.rows = 0
        self.pre: list[str] = []
        self._open: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "a" and (href := given.get("href")):
            self.links.append(href)
        if name := given.get("id"):
            self.ids.append(name)
        if tag == "pre":
            self.pre.append("")
        self._open.append(tag)
        self.rows += tag == "tr" and "tbody" in self._open

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "pre" in self._open:
            self.pre[-1] += data


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the catalogue, written."""
    folder = tmp_path_factory.mktemp("queries")
    site = Site(Publication(folder, read_release()))
    write_static(site.publication)
    render(site, queries.pages(site))
    return folder


def page(published: Path, language: Language, path: str) -> _Page:
    return _Page((published / language / f"{path}.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_a_page_and_is_in_the_list(published: Path, language: Language) -> None:
    assert {path.stem for path in (published / language / "query").iterdir()} == set(CATALOGUE)
    listed = page(published, language, "queries").links
    for name in CATALOGUE:
        assert f"../{language}/query/{name}.html" in listed


@pytest.mark.parametrize("language", LANGUAGES)
@every_query
def test_a_page_has_question_picture_text_and_answer(published: Path, name: str, language: Language) -> None:
    query = CATALOGUE[name]
    markup = (published / language / "query" / f"{name}.html").read_text(encoding="utf-8")
    parsed = _Page(markup)
    assert f"<title>{query.question[language]}".replace("'", "&#39;") in markup
    assert parsed.pre[0] == query.text
    assert len(re.findall(r"<svg ", markup)) == 1
    assert f"../../{language}/sparql.html?query={name}" in parsed.links
    assert f"../../data/queries/{query.path.parent.name}/{name}.rq" in parsed.links
    assert f"../../query/{name}.ttl" in parsed.links
    assert len(parsed.ids) == len(set(parsed.ids))
    assert len(markup.encode()) < 200_000


@pytest.mark.parametrize(("name", "rows"), [("grades-of-position", None), ("discrepancies", 100)])
def test_answers_are_shown(published: Path, name: str, rows: int | None) -> None:
    """As the command line answers, and no more rows than a page bears."""
    known = bilik("query", name, "--format", "csv").out.count("\r\n") - 1
    parsed = page(published, "ru", f"query/{name}")
    markup = (published / "ru" / "query" / f"{name}.html").read_text(encoding="utf-8")
    shown = rows or known
    assert known >= shown
    assert text("query-rows", "ru", all=known, shown=shown) in markup
    assert parsed.rows == shown + len(CATALOGUE[name].defaults)


def test_things_in_answers_are_links(published: Path) -> None:
    links = page(published, "en", "query/grades-of-position").links
    assert "../../en/id/law/order-775-cl-9.html" in links


def test_commands_on_the_pages_run(published: Path) -> None:
    """One for each kind of parameters; the values that stand there are those of the file."""
    by_kinds = {tuple(query.kinds.values()): name for name, query in CATALOGUE.items() if query.data is None}
    assert len(by_kinds) > 5
    for name in by_kinds.values():
        program, *arguments = shlex.split(page(published, "en", f"query/{name}").pre[-1])
        assert program == "bilik"
        run = bilik(*arguments, "--format", "csv")
        assert run.status == 0, run.err
        assert run.out == bilik("query", name, "--format", "csv").out
