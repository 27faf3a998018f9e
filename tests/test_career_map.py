"""The career map: everything of the career graph is on it with its months and clause, lines lead where they should,
words neither overlap nor leave the page; the same as Mermaid; the command and the published files."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, pairwise, product
from pathlib import Path

import pyoxigraph as ox
import pytest

from bilik import build
from bilik.namespaces import code, expand
from bilik.report import pictures
from bilik.report.pictures import career_map
from bilik.report.pictures.career import read_career
from bilik.report.pictures.career_map import CareerMap
from bilik.report.pictures.marks import INK, PAPER, Box, Label, around
from bilik.report.pictures.plan_picture import ASSUMED
from bilik.report.pictures.routes import STROKES, Line
from bilik.report.pictures.words import Words
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language, name, text
from command_line import bilik, refusal
from picture_checks import (
    A4,
    SVG,
    clashes,
    compiled,
    crossed,
    facts,
    faint,
    outside,
    positions,
    ratio,
    read_svg,
    words_in,
)


@pytest.fixture(scope="module")
def advancements() -> dict[str, dict[str, str]]:
    """Key of an advancement → its ends, months and clause, read from the file and nothing else."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    path = folder("data", "compiled", "career.ttl")
    for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, (ox.NamedNode, ox.Literal)):
            found[subject.value][code(quad.predicate.value)] = value.value
    keys = [iri for iri in found if iri.startswith(expand("advancement:"))]
    assert len(keys) > 100
    return {
        code(key): {
            "from": code(said["advancesFrom"]),
            "to": code(said["advancesTo"]),
            "months": said["minimumMonths"],
            "provision": code(said["isStatedIn"]),
        }
        for key, said in ((key, found[key]) for key in keys)
    }


@cache
def laid_out(language: Language, position: str | None = None) -> CareerMap:
    """The map before it is drawn."""
    words = Words(lambda curie: name(curie, language), language)
    return career_map.lay_out(read_career(facts(), position=position), words, position=position)


def test_clashes_faint_words_and_words_beyond_the_page_are_seen() -> None:
    one = Label("санат", 10.0, 10.0, 3.0)
    assert clashes([one, Label("категория", 12.0, 11.0, 3.0)]) == [("санат", "категория")]
    assert clashes([one, Label("категория", 12.0, 15.0, 3.0)]) == []
    assert faint([Label("санат", 10.0, 10.0, 3.0, colour="#999999")], []) == ["санат"]
    assert ratio("#000000", "#ffffff") == pytest.approx(21.0)


POSITIONS = pictures.positions()
MAPS = [(language, position) for language in LANGUAGES for position in (None, *POSITIONS)]


def test_every_position_has_a_map() -> None:
    assert list(POSITIONS) == list(dict.fromkeys(positions().values()))


@pytest.mark.parametrize(("language", "position"), MAPS)
def test_words_of_a_map_neither_overlap_nor_leave_the_page(
    language: Language, position: str | None
) -> None:
    drawn = laid_out(language, position)
    plates = [stop.plate for stop in drawn.stops]
    assert clashes(drawn.labels) == []
    assert outside(drawn) == []
    assert faint(drawn.labels, plates) == []
    assert (drawn.width, drawn.height) <= A4
    of_stops = {id(label) for stop in drawn.stops for label in stop.labels}
    assert all(stop.plate.box.contains(label.box) for stop in drawn.stops for label in stop.labels)
    others = [label for label in drawn.labels if id(label) not in of_stops]
    assert [label.text for label, plate in product(others, plates) if label.box.overlaps(plate.box)] == []


@pytest.mark.parametrize(("language", "position"), MAPS)
def test_no_line_crosses_words_or_stations(language: Language, position: str | None) -> None:
    drawn = laid_out(language, position)
    segments = [segment for line in drawn.lines for path in line.paths for segment in pairwise(path.points)]
    boxes = [around(Box(x, y, x, y) for x, y in segment) for segment in segments]
    assert all(box.left == box.right or box.top == box.bottom for box in boxes)
    rooms = {label: label.box for label in drawn.labels}
    assert [label.text for label, box in product(rooms, boxes) if crossed(rooms[label], box)] == []
    assert [stop.grade for stop, box in product(drawn.stops, boxes) if crossed(stop.plate.box, box)] == []


@pytest.mark.parametrize("position", [None, *POSITIONS])
def test_lines_of_different_moves_do_not_lie_on_one_another(position: str | None) -> None:
    drawn = laid_out("kk", position)
    segments = [
        (line, around(Box(x, y, x, y) for x, y in segment))
        for line in drawn.lines
        for path in line.paths
        for segment in pairwise(path.points)
    ]
    for (one, a), (other, b) in combinations(segments, 2):
        if one is not other:
            upright = a.left == a.right == b.left == b.right and a.top < b.bottom and b.top < a.bottom
            level = a.top == a.bottom == b.top == b.bottom and a.left < b.right and b.left < a.right
            assert not upright, (one.title, other.title)
            assert not level, (one.title, other.title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_grade_is_on_the_map(language: Language) -> None:
    drawn = laid_out(language)
    assert Counter(stop.grade for stop in drawn.stops) == Counter(list(positions()))
    lanes = {lane.position: lane.box for lane in drawn.lanes}
    for stop in drawn.stops:
        assert lanes[positions()[stop.grade]].contains(stop.plate.box)
        assert stop.title.startswith(name(f"grade:{stop.grade}", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_advancement_is_on_the_map_with_its_months_and_clause(
    advancements: dict[str, dict[str, str]], language: Language
) -> None:
    drawn = laid_out(language)
    assert Counter(key for line in drawn.lines for key in line.move.advancements) == Counter(list(advancements))
    for line in drawn.lines:
        told = " ".join(label.text for label in line.labels)
        for key in line.move.advancements:
            said = advancements[key]
            assert text("picture-months", language, months=said["months"]) in told
            assert name(f"law:{said['provision']}", language) in told
            forth = said["from"] in line.move.starts and said["to"] in line.move.ends
            back = line.move.returns and said["to"] in line.move.starts and said["from"] in line.move.ends
            assert forth or back


@pytest.mark.parametrize("position", [None, *POSITIONS])
def test_lines_lead_from_every_start_to_an_arrow_at_every_end(position: str | None) -> None:
    drawn = laid_out("kk", position)
    boxes = {stop.grade: stop.plate.box for stop in drawn.stops}
    for line in drawn.lines:
        heads = [path.points[-1] for path in line.paths if "end" in path.arrows]
        heads += [path.points[0] for path in line.paths if "start" in path.arrows]
        ends = [*line.move.ends, *(line.move.starts if line.move.returns else ())]
        assert Counter(grade for grade in ends for head in heads if _touches(boxes[grade], head)) == Counter(ends)
        assert len(heads) == len(ends)
        reached = _reached(line.move.starts[0], _together(line, drawn.lines), boxes)
        assert set(line.move.starts) | set(line.move.ends) <= reached


def _touches(box: Box, point: tuple[float, float], slack: float = 0.01) -> bool:
    x, y = point
    inside = box.left - slack <= x <= box.right + slack and box.top - slack <= y <= box.bottom + slack
    return inside and (
        min(abs(x - box.left), abs(x - box.right)) <= slack or min(abs(y - box.top), abs(y - box.bottom)) <= slack
    )


def _together(line: Line, lines: Iterable[Line]) -> list[Box]:
    """The segments of a line, and of those it shares a track with."""
    shared = [other for other in lines if other.move.kind == "speciality" and other.move.starts == line.move.starts]
    drawn = shared if line in shared else [line]
    return [
        around(Box(x, y, x, y) for x, y in segment)
        for each in drawn
        for path in each.paths
        for segment in pairwise(path.points)
    ]


def _reached(grade: str, segments: list[Box], stops: Mapping[str, Box]) -> set[str]:
    """The grades that segments connect one with; segments meet where they touch, and none leads through a station."""
    seen: set[int] = set()
    waiting = [n for n, segment in enumerate(segments) if not _apart(segment, stops[grade])]
    while waiting:
        here = waiting.pop()
        seen.add(here)
        waiting += [n for n, other in enumerate(segments) if n not in seen and not _apart(segments[here], other)]
    return {other for other, box in stops.items() if any(not _apart(segments[n], box) for n in seen)}


def _apart(one: Box, other: Box, slack: float = 0.01) -> bool:
    return (
        one.right + slack < other.left
        or other.right + slack < one.left
        or one.bottom + slack < other.top
        or other.bottom + slack < one.top
    )


def test_the_map_reads_from_left_to_right_and_from_high_to_mid() -> None:
    drawn = laid_out("ru")
    assert all(upper.box.bottom == pytest.approx(lower.box.top) for upper, lower in pairwise(drawn.lanes))
    stations = {station.grade: station for station in read_career(facts()).stations}
    at = {stop.grade: stop.plate.box.middle for stop in drawn.stops}
    for one, other in combinations(stations.values(), 2):
        if one.height != other.height:
            assert (one.height < other.height) == (at[one.grade][0] < at[other.grade][0])
        if one.position == other.position and one.tier and other.tier and one.level != other.level:
            assert (one.level > other.level) == (at[one.grade][1] < at[other.grade][1])


def test_positions_that_moves_connect_stand_together() -> None:
    order = [lane.position for lane in laid_out("en").lanes]
    of = positions()
    crossing = [{of[grade] for grade in (*move.starts, *move.ends)} for move in read_career(facts()).moves]
    assert any(len(posts) > 1 for posts in crossing)
    for posts in crossing:
        places = sorted(order.index(post) for post in posts)
        assert places == list(range(places[0], places[0] + len(posts)))


@pytest.mark.parametrize("position", POSITIONS)
def test_the_map_of_a_position_has_what_starts_or_ends_in_it(
    advancements: dict[str, dict[str, str]], position: str
) -> None:
    drawn = laid_out("kk", position)
    of = positions()
    wanted = {key for key, said in advancements.items() if position in (of[said["from"]], of[said["to"]])}
    ends = {advancements[key][end] for key in wanted for end in ("from", "to")}
    assert {key for line in drawn.lines for key in line.move.advancements} == wanted
    assert {stop.grade for stop in drawn.stops} == ends | {grade for grade in of if of[grade] == position}


def test_a_position_that_does_not_exist_has_no_map() -> None:
    for draw in (pictures.career_map_svg, pictures.career_map_mermaid):
        with pytest.raises(KeyError):
            draw("kk", position="astronaut")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawn_map_has_every_word_of_the_layout(language: Language) -> None:
    root = read_svg(pictures.career_map_svg(language), language)
    drawn = laid_out(language)
    assert Counter(words_in(root)) == Counter(label.text for label in drawn.labels)
    titles = {element.text for element in root.iter(f"{SVG}title")}
    assert {stop.title for stop in drawn.stops} | {line.title for line in drawn.lines} <= titles
    assert [kind for kind, stroke in STROKES.items() if stroke.colour not in pictures.career_map_svg(language)] == []


def test_kinds_of_lines_differ_in_colour_and_in_dashes() -> None:
    assert len({stroke.colour for stroke in STROKES.values()}) == len(STROKES)
    assert len({stroke.dash for stroke in STROKES.values()}) == len(STROKES)
    assert all(ratio(stroke.colour, PAPER) >= 4.5 for stroke in (*STROKES.values(), ASSUMED))
    assert ratio(INK, PAPER) >= 7


# -- as Mermaid --------------------------------------------------------------------------------------------------------

_NODE = re.compile(r'^    (\w+)\("([^"]*)"\)$')
_LINK = re.compile(r'^  ([\w& ]+?) (?:o?--o|-->|==>|-\.->)\|"([^"]*)"\| ([\w& ]+)$')
_JOIN = re.compile(r"^  ([\w& ]+?) (?:---|===|-\.-) (\w+)$")
_SAMPLE = re.compile(r'^  sample_\w+\(\( \)\) \S+\|"[^"]*"\| sample_\w+\(\( \)\)$')
_OTHER = re.compile(
    r'^(---|title: ".*"|flowchart LR|  subgraph \w+\["[^"]*"\]|    direction LR|    meeting_\d+\(\( \)\)|  end'
    r"|  linkStyle [\d,]+ stroke:#\w+,color:#\w+)$"
)


def links_of(flowchart: str) -> Iterator[tuple[str, str, str]]:
    """(start, end, label) of every way through the circles; a line that is none of a flowchart's fails."""
    joins: dict[str, list[str]] = {}
    for line in flowchart.splitlines():
        if found := _JOIN.match(line):
            joins[found[2]] = found[1].split(" & ")
        elif found := _LINK.match(line):
            starts = found[1].split(" & ")
            starts = [start for meeting in starts for start in joins.get(meeting, [meeting])]
            for start, end in product(starts, found[3].split(" & ")):
                yield start, end, found[2]
                if line.split("|")[0].strip().endswith("o--o"):
                    yield end, start, found[2]
        else:
            assert _NODE.match(line) or _SAMPLE.match(line) or _OTHER.match(line), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_flowchart_has_every_grade_and_advancement(
    advancements: dict[str, dict[str, str]], language: Language
) -> None:
    flowchart = pictures.career_map_mermaid(language)
    nodes = [found[1] for line in flowchart.splitlines() if (found := _NODE.match(line))]
    assert sorted(nodes) == sorted(grade.replace("-", "_") for grade in positions())
    wanted = [
        (
            said["from"].replace("-", "_"),
            said["to"].replace("-", "_"),
            f"{text('picture-months', language, months=said['months'])}"
            f"<br/>{name('law:' + said['provision'], language)}",
        )
        for said in advancements.values()
    ]
    assert Counter(links_of(flowchart)) == Counter(wanted)


def test_the_flowchart_colours_every_line_once() -> None:
    flowchart = pictures.career_map_mermaid("en")
    lines = [line for line in flowchart.splitlines() if _LINK.match(line) or _JOIN.match(line) or _SAMPLE.match(line)]
    drawn = 0
    for line in lines:
        found = _LINK.match(line) or _JOIN.match(line)
        drawn += 1 if found is None else (found[1].count("&") + 1) * (found[found.re.groups].count("&") + 1)
    styled = [n for line in flowchart.splitlines() if "linkStyle" in line for n in line.split()[1].split(",")]
    assert sorted(map(int, styled)) == list(range(drawn))


# -- the command, the published files ----------------------------------------------------------------------------------



def test_maps_are_the_same_whatever_the_order_of_the_graph() -> None:
    turned = ox.Store()
    turned.extend(sorted(compiled(), key=str, reverse=True))
    assert dict(pictures.career_maps(compiled())) == dict(pictures.career_maps(turned))


def test_published_pictures_are_those_of_the_command(tmp_path: Path) -> None:
    for language, (form, suffix) in product(LANGUAGES, (("svg", "svg"), ("mermaid", "mmd"))):
        run = bilik("map", "--lang", language, "--format", form)
        assert (run.status, run.err) == (0, "")
        assert run.out == folder("data", "pictures", f"career-map.{language}.{suffix}").read_text(encoding="utf-8")
    out = tmp_path / "engineer.svg"
    run = bilik("map", "--position", "engineer", "--lang", "ru", "-o", out)
    assert (run.status, run.out, run.err) == (0, "", "")
    assert out.read_text(encoding="utf-8") == pictures.career_map_svg("ru", position="engineer")
    assert [path.name for path in tmp_path.iterdir()] == ["engineer.svg"]


def test_an_unknown_position_is_refused() -> None:
    assert "engineer" in refusal("map", "--position", "enginer")


def test_a_picture_that_is_made_no_more_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stray = Path("data", "pictures", "career-map.tt.svg")
    (tmp_path / stray).parent.mkdir(parents=True)
    (tmp_path / stray).write_text("<svg/>", encoding="utf-8")
    monkeypatch.setattr(build, "generate", lambda root: iter(()))
    assert build.differing(tmp_path) == {stray: None}
