"""Mermaid text: words in it are escaped, so that no name can be taken for syntax."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

from bilik.report.pictures.career import KINDS, Career, Kind, Move, Station
from bilik.report.pictures.lanes import connected
from bilik.report.pictures.measure import balanced
from bilik.report.pictures.routes import STROKES
from bilik.report.pictures.story import Block, Row, Story
from bilik.report.pictures.words import Words
from bilik.texts import Language, text

_ARROWS: Mapping[str, tuple[str, str]] = {
    "position": ("---", "-->"),
    "group": ("===", "==>"),
    "speciality": ("-.-", "-.->"),
    "activity": ("---", "--o"),
}
"""How the lines of each kind are written, without and with an end."""


_PIXELS, _HEADING, _SENTENCE = 11, 260, 520
"""In a Gantt chart: the font size, and the room for headings and for sentences, in pixels."""


def escaped(words: str) -> str:
    """Words as they may stand between quotes, in a title or as the name of a task."""
    plain = " ".join(words.split())
    return "".join(letter if letter.isalnum() or letter in _PLAIN else f"#{ord(letter)};" for letter in plain)


_PLAIN = " .,()«»“”’–—·→+/-"


def career_flowchart(career: Career, words: Words, *, position: str | None = None) -> str:
    """The career map: positions as boxes of grades; lines that share starts meet in a small circle."""
    meetings = {move: f"meeting_{n}" for n, move in enumerate(career.moves, start=1) if len(move.starts) > 1}
    lines = [*_front(words.title(position)), "flowchart LR"]
    for post in connected(career):
        grades = [station for station in career.stations if station.position == post]
        slugs = {station.grade for station in grades}
        lines.append(f'  subgraph position_{_key(post)}["{escaped(words.names(f"position:{post}"))}"]')
        lines.append("    direction LR")
        lines += [f'    {_key(station.grade)}("{_called(station, words)}")' for station in grades]
        lines += [f"    {meeting}(( ))" for move, meeting in meetings.items() if move.ends[0] in slugs]
        lines.append("  end")
    links = _Links()
    for move in career.moves:
        label = _br(words.months(move), words.clause(move.provision))
        lines += links.of(move, meetings.get(move), label)
    for kind in KINDS:
        counted = dict.fromkeys(move.work.counted for move in career.moves if move.kind == kind)
        if counted:
            label = escaped(words.served_in(kind, counted))
            lines.append(f'  sample_{kind}_1(( )) {links.sample(kind)}|"{label}"| sample_{kind}_2(( ))')
    lines += links.styles()
    return "\n".join(lines) + "\n"


def path_flowchart(story: Story) -> str:
    """The law's shortest path: grades with their months, what leads on written at the lines."""
    lines = [*_front(story.title), "flowchart TD"]
    lines += [f'  step_{n}("{_br(row.name, row.mark)}")' for n, row in enumerate(story.rows)]
    for n, row in enumerate(story.rows[1:]):
        _, arrow = _ARROWS[row.by or "position"]
        lines.append(f'  step_{n} {arrow}|"{escaped(row.detail)}"| step_{n + 1}')
    lines.append(f'  note["{_br(*story.notes)}"]')
    return "\n".join(lines) + "\n"


def plan_gantt(story: Story, as_of: date, language: Language) -> str:
    """A plan as a Gantt chart: work and study as bars, the target and the ends of other ways as milestones.

    What is true all along (when the target is reached, what is open or stands in the way) goes through the whole chart.
    """
    first, last = story.reach
    tallest = max((len(balanced(row.name, _PIXELS, _HEADING)) for row in story.rows), default=1)

    def day(at: float) -> str:
        return date.fromordinal(as_of.toordinal() + round(at)).isoformat()

    def section(heading: str, tasks: Iterable[str]) -> list[str]:
        return [f"  section {_br(*balanced(heading, _PIXELS, _HEADING))}", *tasks]

    def milestone(words: str, at: float, tag: str = "") -> str:
        return f"  {_task(words)} :{tag}milestone, {day(at)}, 0d"

    def bar(words: str, begin: float, end: float, tag: str = "") -> str:
        return f"  {_task(words)} :{tag}{day(begin)}, {day(end)}"

    def throughout(sentence: str) -> list[str]:
        return [bar(line, first, last, "done, ") for line in balanced(sentence, _PIXELS, _SENTENCE)]

    def task(row: Row) -> str:
        told = ", ".join(part for part in (row.detail, row.mark) if part)
        end = last if row.end is None else row.end
        if row.kind == "missed" or row.goal or end == row.begin:
            return milestone(told, row.begin, "crit, " if row.goal else "")
        return bar(told, row.begin, end, {"held": "done, ", "change": "active, "}.get(row.kind, ""))

    lines = ["---", "config:", "  gantt:", f"    leftPadding: {_HEADING + 20}"]
    lines += [f"    barHeight: {max(20, tallest * (_PIXELS + 3))}", "---"]
    lines += ["gantt", f"  title {escaped(story.title)}"]
    lines += ["  dateFormat YYYY-MM-DD", "  axisFormat %Y-%m", "  todayMarker off"]
    lines += section(story.subject, throughout(story.result))
    for row in story.rows:
        lines += section(row.name, [task(row)])
    if story.ways:
        ends = [max(way.steps, default=0.0) if way.reached else last for way in story.ways]
        told = [f"{way.name}, {way.result}" for way in story.ways]
        lines += section(text("picture-others", language), map(milestone, told, ends))
    for block in (*story.blocks, Block(text("picture-assumptions", language), story.notes)):
        lines += section(block.heading, [bar for sentence in block.lines for bar in throughout(sentence)])
    return "\n".join(lines) + "\n"


class _Links:
    """Counts the lines, as Mermaid styles them by number."""

    def __init__(self) -> None:
        self.kinds: list[Kind] = []

    def of(self, move: Move, meeting: str | None, label: str) -> Iterable[str]:
        """The lines of a move."""
        plain, arrow = _ARROWS[move.kind]
        starts, ends = (" & ".join(map(_key, grades)) for grades in (move.starts, move.ends))
        if move.returns:
            arrow = arrow[-1].replace(">", "<") + arrow
        if meeting:
            self.kinds += [move.kind] * len(move.starts)
            yield f"  {starts} {plain} {meeting}"
            starts = meeting
        self.kinds += [move.kind] * len(move.ends)
        yield f'  {starts} {arrow}|"{label}"| {ends}'

    def sample(self, kind: Kind) -> str:
        self.kinds.append(kind)
        return _ARROWS[kind][1]

    def styles(self) -> Iterable[str]:
        for kind in KINDS:
            if numbers := [str(n) for n, drawn in enumerate(self.kinds) if drawn == kind]:
                colour = STROKES[kind].colour
                yield f"  linkStyle {','.join(numbers)} stroke:{colour},color:{colour}"


def _key(slug: str) -> str:
    return slug.replace("-", "_")


def _front(title: str) -> list[str]:
    """The front matter: YAML, of which JSON's strings are a part."""
    return ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "---"]


def _called(station: Station, words: Words) -> str:
    """What tells a grade from the others of its position, and its clause."""
    parts = [words.names(f"tier:{station.tier}")] if station.tier else []
    if station.category or not parts:
        parts.append(words.category(station))
    return _br(*parts, words.clause(station.provision))


def _task(words: str) -> str:
    """The name of a task; a beginning that a Gantt chart would take for an instruction or a date is spelt otherwise."""
    if not _INSTRUCTION.match(words):
        return escaped(words)
    return f"#{ord(words[0])};{escaped(words[1:])}"


_INSTRUCTION = re.compile(
    r"[0-9]{4}-[0-9]{2}|(?:acc(?:title|descr)|axisformat|call|click|dateformat|excludes|gantt|href|includes"
    r"|inclusiveenddates|section|tickinterval|title|todaymarker|topaxis|weekday|weekend)\b",
    re.IGNORECASE,
)


def _br(*lines: str) -> str:
    return "<br/>".join(map(escaped, lines))
