"""Pictures of plans: every step with its day, clause and months, time to scale, words that neither overlap nor leave
the page whatever the plan; hostile words stay words; the same as Mermaid; the law's shortest path likewise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilik.namespaces import code, expand
from bilik.plan.ladder import career_facts, shortest_path
from bilik.plan.plan import Change, Course, Obstacle, OpenFact, Plan, Step
from bilik.report import pictures
from bilik.report.pictures import plan_picture
from bilik.report.pictures.marks import Box
from bilik.report.pictures.measure import balanced, width, wrap
from bilik.report.pictures.plan_picture import PlanPicture
from bilik.report.pictures.story import tell_path, tell_plan
from bilik.texts import LANGUAGES, Language, name, settled_by, text
from picture_checks import SVG, clashes, crossed, facts, faint, outside, positions, read_svg, words_in

AS_OF = date(2026, 1, 1)


# -- measuring ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letters", "dejavu"),
    [("Ж", 1.077), ("Щ", 1.094), ("м", 0.754), ("і", 0.278), ("Қ", 0.737), ("ң", 0.661), ("W", 0.989), ("0", 0.636)],
)
def test_widths_are_no_less_than_those_of_a_wide_font(letters: str, dejavu: float) -> None:
    """The advances of DejaVu Sans, the widest of the fonts that are asked for."""
    assert width(letters, 1.0) >= dejavu
    assert width(letters, 2.0, bold=True) > width(letters, 2.0) == pytest.approx(2 * width(letters, 1.0))


@given(st.text(max_size=80), st.floats(5.0, 60.0))
def test_lines_are_no_wider_than_asked_and_keep_every_letter(words: str, limit: float) -> None:
    for lines in (wrap(words, 2.5, limit), balanced(words, 2.5, limit)):
        assert "".join("".join(lines).split()) == "".join(words.split())
        assert all(width(line, 2.5) <= limit or len(line) == 1 for line in lines)
    assert len(wrap(words, 2.5, limit)) == len(balanced(words, 2.5, limit))



def step(grade: str, month: int, day: str, by: str, alternative: int) -> Step:
    """A step; the clause is that of the grade."""
    [requirement] = facts()[expand("grade:") + grade][expand("bilik:hasRequirement")]
    provision = code(facts()[requirement][expand("bilik:isStatedIn")][0])
    return Step(grade, month, date.fromisoformat(day), by, provision, alternative, None)


def course(*steps: Step, changes: Sequence[Change] = (), reached: bool = True) -> Course:
    """A course that ends with its last step."""
    last = steps[-1] if reached else None
    return Course(tuple(changes), steps, last.day if last else None, last.month if last else None)


DEGREE = Change("education", "higher", ("0411",), "0411", None, 48, date(2030, 1, 1))
TRAINING = Change("training", None, (), None, "accounting-control", 3, date(2026, 4, 1))
OUTSIDE = Change("experience", None, (), None, "accounting-control", 36, date(2026, 1, 2))
UP = (
    step("accountant-high", 48, "2030-01-01", "education", 1),
    step("accountant-high-second", 61, "2031-01-02", "position", 1),
    step("accountant-high-first", 85, "2033-01-02", "position", 1),
)
BY_STUDY = course(*UP, changes=(TRAINING, DEGREE))
BY_WORK = course(
    step("accountant-mid", 36, "2029-01-02", "activity", 2), changes=(OUTSIDE, TRAINING), reached=False
)
NEVER = Course((), (), None, None)


def plan(
    to: str,
    best: Course,
    *,
    others: Sequence[tuple[str, Course]] = (),
    optimistic: Course | None = None,
    open_facts: Sequence[OpenFact] = (),
    obstacles: Sequence[Obstacle] = (),
) -> Plan:
    """A plan of somebody."""
    known = (tuple(open_facts), tuple(obstacles))
    return Plan("https://example.org/p", to, AS_OF, best, tuple(others), optimistic, *known)


PLANS: dict[str, tuple[Plan, str | None]] = {
    "two promotions": (
        plan(
            "accountant-high-highest",
            course(
                step("accountant-high-first", 9, "2026-10-01", "position", 1),
                step("accountant-high-highest", 45, "2029-10-01", "position", 1),
            ),
        ),
        "accountant-high-second",
    ),
    "study first": (
        plan(
            "accountant-high-first",
            BY_STUDY,
            others=(
                ("fastest", BY_STUDY),
                ("no-study", BY_WORK),
                ("fewest-changes", course(*UP, changes=(DEGREE,))),
            ),
            optimistic=course(step("accountant-high-first", 37, "2029-01-02", "speciality", 2)),
            open_facts=(OpenFact("accountant-high-first", "education", "field-unknown", ("credentials:17",)),),
            obstacles=(
                Obstacle(1, "education", "unmet", ("level-unmet",), None),
                Obstacle(2, "experience", "unmet", (), 12),
            ),
        ),
        "accountant-mid",
    ),
    "unreachable": (
        plan(
            "lawyer",
            NEVER,
            obstacles=(
                Obstacle(1, "education", "unmet", ("field-unmet",), None),
                Obstacle(2, "experience", "unmet", ("start-unknown",), 12),
            ),
        ),
        "engineer",
    ),
    "sixty months": (
        plan(
            "engineer-high-highest",
            course(
                step("engineer-high-second", 12, "2027-01-01", "position", 1),
                step("engineer-high-first", 36, "2029-01-01", "position", 1),
                step("engineer-high-highest", 60, "2031-01-01", "speciality", 2),
            ),
        ),
        "engineer",
    ),
    "by a group": (
        plan("engineer-mid-second", course(step("engineer-mid-second", 12, "2027-01-01", "position", 1))),
        None,
    ),
    "held": (
        plan("economist-mid-second", course(step("economist-mid-second", 0, "2026-01-01", "position", 1))),
        "economist-mid-second",
    ),
    "nothing at all": (plan("translator", NEVER), None),
    "late": (
        plan(
            "psychologist-high-highest",
            course(step("psychologist-high-highest", 480, "2066-01-01", "speciality", 2)),
        ),
        "psychologist-high-none",
    ),
}
CASES = [(case, language) for case in PLANS for language in LANGUAGES]


def drawn_plan(shown: Plan, language: Language, held: str | None, label: str | None = "Сәуле Үлгі") -> PlanPicture:
    """A plan before it is drawn."""
    story = tell_plan(shown, facts(), language, person_label=label, held=held)
    return plan_picture.lay_out(story, language)


def sound(picture: PlanPicture) -> None:
    """Words neither overlap nor leave the page, stand out, and are not covered by bars or crossed by links."""
    bars = [bar.plate for bar in picture.bars]
    assert clashes(picture.labels) == []
    assert outside(picture) == []
    assert faint(picture.labels, bars) == []
    page = Box(5.0, 5.0, picture.width - 5.0, picture.height - 5.0)
    assert all(page.contains(plate.box) for plate in bars)
    assert [label.text for label, bar in product(picture.labels, bars) if label.box.overlaps(bar.box)] == []
    links = [bar.link.box for bar in picture.bars if bar.link]
    assert [label.text for label, link in product(picture.labels, links) if crossed(label.box, link)] == []
    assert all(upper.box.bottom <= lower.box.top + 0.01 for upper, lower in pairwise(picture.bars))


@pytest.mark.parametrize(("case", "language"), CASES)
def test_words_of_a_plan_neither_overlap_nor_leave_the_page(case: str, language: Language) -> None:
    shown, held = PLANS[case]
    sound(drawn_plan(shown, language, held))


@pytest.mark.parametrize(("case", "language"), CASES)
def test_a_plan_shows_each_step_with_date_clause_and_months(case: str, language: Language) -> None:
    shown, held = PLANS[case]
    picture = drawn_plan(shown, language, held)
    steps = [bar for bar in picture.bars if bar.row.kind == "step"]
    assert len(steps) == len(shown.best.steps)
    for bar, taken in zip(steps, shown.best.steps, strict=True):
        told = " ".join(label.text for label in bar.labels)
        assert name(f"grade:{taken.grade}", language) in told
        assert taken.day.isoformat() in told
        assert name(f"law:{taken.provision}", language) in told
        if taken.by in ("position", "speciality", "activity"):
            condition = facts()[expand("condition:") + f"{taken.grade}-{taken.alternative}-experience"]
            assert f" {condition[expand('bilik:minimumMonths')][0]} " in told
        assert bar.dot is not None
    spoken = " ".join(label.text for label in picture.labels)
    assert shown.as_of.isoformat() in spoken
    assert text("picture-no-promise", language) in spoken
    assert "Сәуле Үлгі" in spoken
    if shown.best.day and shown.best.months:
        assert text("picture-reached", language, date=shown.best.day, months=shown.best.months)[1:] in spoken
    root = read_svg(pictures.plan_svg(shown, language, person_label="Сәуле Үлгі", held=held), language)
    assert Counter(words_in(root)) == Counter(label.text for label in picture.labels)


@pytest.mark.parametrize("case", PLANS)
def test_time_on_the_page_is_time(case: str) -> None:
    """Equal times are equally long, from the as-of date on, for steps, bars, other ways and the axis."""
    shown, held = PLANS[case]
    picture = drawn_plan(shown, "kk", held)
    now = picture.now.points[0][0]
    years = {int(label.text): label.x for label in picture.ticks}
    assert years
    first, last = min(years), max(years)
    days = (date(last, 1, 1) - date(first, 1, 1)).days
    scale = (years[last] - years[first]) / days if days else None
    dots = [bar.dot[0] for bar in picture.bars if bar.dot]
    assert dots == sorted(dots)
    for x, taken in zip(dots, shown.best.steps, strict=True):
        if scale:
            assert x - now == pytest.approx((taken.day - shown.as_of).days * scale, abs=0.01)
    changes = [bar.plate.box for bar in picture.bars if bar.row.kind == "change"]
    assert len(changes) == len(shown.best.changes)
    for box, change in zip(changes, shown.best.changes, strict=True):
        assert scale is not None
        assert (box.right - box.left) / scale == pytest.approx(change.months * 30.44, abs=3)
        assert box.right - now == pytest.approx((change.day - shown.as_of).days * scale, abs=0.01)


def test_links_lead_from_what_made_a_step_possible() -> None:
    shown, held = PLANS["study first"]
    bars = {bar.row.name: bar for bar in drawn_plan(shown, "en", held).bars}
    entry, second = (bars[name(f"grade:{grade}", "en")] for grade in ("accountant-high", "accountant-high-second"))
    [degree] = [bar for bar in bars.values() if bar.row.kind == "change" and "0411" in bar.row.name]
    assert entry.link is not None
    assert entry.link.points[0] == pytest.approx((degree.plate.box.right, degree.plate.box.bottom))
    assert second.link is not None
    assert second.link.points[0] == pytest.approx((entry.plate.box.right, entry.plate.box.bottom))
    assert all(bar.plate.stroke.dash for bar in bars.values() if bar.row.kind == "change")
    assert not any(bar.plate.stroke.dash for bar in bars.values() if bar.row.kind in ("held", "step"))


@pytest.mark.parametrize("changes", [(TRAINING, DEGREE), (DEGREE, TRAINING)])
def test_of_what_is_obtained_on_one_day_that_of_its_kind_leads_on(changes: tuple[Change, ...]) -> None:
    changes = tuple(replace(change, day=DEGREE.day) for change in changes)
    picture = drawn_plan(plan("accountant-high", course(UP[0], changes=changes)), "en", "translator")
    [degree] = [bar for bar in picture.bars if bar.row.by == "education" and bar.row.kind == "change"]
    assert picture.bars[-1].link is not None
    assert picture.bars[-1].link.points[0][1] == degree.plate.box.bottom


def test_work_outside_the_position_leads_on_where_it_is_long_enough() -> None:
    outside = replace(OUTSIDE, day=date(2026, 1, 2))
    best = course(step("hr-inspector", 36, "2029-01-01", "activity", 3), changes=(outside,))
    picture = drawn_plan(plan("hr-inspector", best), "kk", "translator")
    held, work, reached = picture.bars
    assert [bar.row.kind for bar in (held, work, reached)] == ["held", "change", "step"]
    assert reached.link is not None
    assert reached.link.points[0][1] == work.plate.box.bottom


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_ways_stand_below_and_the_best_is_not_repeated(language: Language) -> None:
    shown, held = PLANS["study first"]
    picture = drawn_plan(shown, language, held)
    assert [thread.way.name for thread in picture.threads] == [
        text("picture-other-no-study", language),
        text("picture-other-fewest-changes", language),
        text("picture-optimistic", language),
    ]
    assert [len(thread.dots) for thread in picture.threads] == [1, 3, 1]
    assert [len(thread.studies) for thread in picture.threads] == [2, 1, 0]
    assert picture.threads[0].way.result == text("picture-not-reached", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_the_way_is_told(language: Language) -> None:
    shown, held = PLANS["unreachable"]
    picture = drawn_plan(shown, language, held)
    spoken = " ".join(label.text for label in picture.words)
    assert text("picture-obstacles", language) in spoken
    for obstacle in shown.obstacles:
        assert text("alternative", language, number=obstacle.alternative)[1:] in spoken
        assert all(name(f"note:{note}", language) in spoken for note in obstacle.notes)
    assert text("short", language, months=12) in spoken
    assert [bar.row.kind for bar in picture.bars] == ["held", "missed"]
    shown, held = PLANS["study first"]
    spoken = " ".join(label.text for label in drawn_plan(shown, language, held).words)
    assert text("picture-time-alone", language) in spoken
    assert settled_by(language)["field-unknown"] in spoken
    assert "credentials:17" in spoken


def test_the_grade_held_already_is_shown_once() -> None:
    shown, held = PLANS["held"]
    picture = drawn_plan(shown, "ru", held)
    assert [bar.row.kind for bar in picture.bars] == ["step"]
    assert any("2026-01-01" in label.text and label.bold for label in picture.heading)


days = st.integers(0, 9000).map(lambda n: AS_OF + timedelta(days=n))
entries = st.sampled_from(list(positions()))
notes = st.lists(st.sampled_from(["level-unmet", "field-unmet", "start-unknown"]), max_size=3).map(tuple)
fields = st.sampled_from(["0411", "041", "9999"])
changes = st.builds(
    Change,
    st.just("education"),
    st.just("higher"),
    st.tuples(fields),
    fields,
    st.none(),
    months := st.integers(0, 72),
    days,
)


@st.composite
def ways(draw: st.DrawFn) -> Course:
    """Courses whose steps may fall on one day."""
    when = sorted(draw(st.lists(days, min_size=1, max_size=5)))
    by = st.sampled_from(["education", "training"])
    steps = [step(draw(entries), n, day.isoformat(), draw(by), 1) for n, day in enumerate(when)]
    return course(*steps, changes=draw(st.lists(changes, max_size=3)), reached=draw(st.booleans()))


others = st.dictionaries(st.sampled_from(["fastest", "no-study", "fewest-changes"]), ways())
obstacles = st.lists(
    st.builds(Obstacle, st.integers(1, 3), st.just("education"), st.just("unmet"), notes, months), max_size=4
)
plans = st.builds(
    lambda to, best, others, obstacles: plan(to, best, others=list(others.items()), obstacles=obstacles),
    entries,
    ways(),
    others,
    obstacles,
)


@settings(max_examples=100, deadline=None)
@given(plans, st.none() | entries, st.sampled_from(LANGUAGES))
def test_any_plan_can_be_drawn(shown: Plan, held: str | None, language: Language) -> None:
    sound(drawn_plan(shown, language, held, label="Әбдіқадыр " * 20))
    read_svg(pictures.plan_svg(shown, language, person_label="Ә", held=held), language)
    gantt(pictures.plan_mermaid(shown, language, held=held))


# -- as Mermaid --------------------------------------------------------------------------------------------------------

_TASK = re.compile(
    r"^  (?P<words>[^:;\n\"<>{}\[\]|%]*(?:#\d+;[^:;\n\"<>{}\[\]|%]*)*) "
    r":(?:done, |active, |crit, )?(?:milestone, )?(?P<from>\d{4}-\d\d-\d\d), (?P<to>0d|\d{4}-\d\d-\d\d)$"
)
_HEAD = re.compile(
    r"^(---|config:|  gantt:|    leftPadding: \d+|    barHeight: \d+|gantt|  dateFormat YYYY-MM-DD|  axisFormat %Y-%m"
    r"|  todayMarker off|  title [^:\n]+|  section (?:[^:\n<>]|<br/>)+)$"
)


def gantt(chart: str) -> list[tuple[str, str, str]]:
    """(words, from, to) of the tasks; a line that is none of a Gantt chart's fails."""
    tasks: list[tuple[str, str, str]] = []
    for line in chart.splitlines():
        if found := _TASK.match(line):
            words = re.sub(r"#(\d+);", lambda number: chr(int(number[1])), found["words"])
            tasks.append((words, found["from"], found["to"]))
        else:
            assert _HEAD.match(line), line
    assert tasks
    return tasks


@pytest.mark.parametrize(("case", "language"), CASES)
def test_the_gantt_chart_has_every_step_and_change(case: str, language: Language) -> None:
    shown, held = PLANS[case]
    tasks = gantt(pictures.plan_mermaid(shown, language, person_label="Сәуле Үлгі", held=held))
    for taken in shown.best.steps:
        clause = name(f"law:{taken.provision}", language)
        assert any(clause in words and begin == taken.day.isoformat() for words, begin, _ in tasks)
    for change in shown.best.changes:
        assert any(end == change.day.isoformat() for _, _, end in tasks)
    assert any(text("picture-no-promise", language) in words for words, _, _ in tasks)


HOSTILE = '</text><script>alert("1")</script> & \'x\' ]]>\n%% :;#9829; end {}[]() \x00\x1b --> | ` «Ә» 😀'


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_words_stay_words(language: Language) -> None:
    shown, held = PLANS["study first"]
    shown = replace(shown, open_facts=(OpenFact("accountant-high", "education", "field-unknown", (HOSTILE,)),))
    root = read_svg(pictures.plan_svg(shown, language, person_label=HOSTILE, held=held), language)
    spoken = "".join("".join(words_in(root)).split())
    assert spoken.count('</text><script>alert("1")</script>&\'x\']]>') == 2
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "g", "text", "path", "circle")
    }
    sound(drawn_plan(shown, language, held, label=HOSTILE))
    tasks = gantt(pictures.plan_mermaid(shown, language, person_label=HOSTILE, held=held))
    assert 'alert("1")' in "".join("".join(words for words, _, _ in tasks).split())


@pytest.mark.parametrize("words", ["2026-01-01 басталды", "Title of the thing", "section 17", "click me"])
def test_words_that_begin_like_an_instruction_stay_words(words: str) -> None:
    # Sentences are cut into lines; after a word as long as a line the next one begins with what follows it.
    open_facts = [OpenFact("translator", "education", "field-unknown", (f"{'Ж' * 40} {words}",))]
    chart = pictures.plan_mermaid(plan("translator", NEVER, open_facts=open_facts), "en")
    assert any(task.startswith(words) for task, _, _ in gantt(chart))
    assert not re.search(r"^  (?:2026-01|title of|section 17|click me)", chart, re.IGNORECASE | re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("start", "target"),
    [("technician-mid-none", "engineer-mid-highest"), ("engineer", "engineer-high-highest"), ("lawyer", "lawyer"),
     ("hr-specialist", "hr-inspector")],
)  # fmt: skip
def test_a_path_of_the_law_is_told_in_months(start: str, target: str, language: Language) -> None:
    path = shortest_path(career_facts(), start, target)
    assert path is not None
    picture = plan_picture.lay_out(tell_path(path, facts(), language), language)
    sound(picture)
    rows = [bar.row for bar in picture.bars]
    assert [row.name for row in rows] == [name(f"grade:{grade}", language) for grade in
                                          (start, *(taken.grade for taken in path.steps))]  # fmt: skip
    assert [row.begin for row in rows] == [0.0, *(taken.month for taken in path.steps)]
    assert [row.goal for row in rows] == [*[False] * len(path.steps), True]
    read_svg(pictures.law_path_svg(path, language), language)
    flowchart = pictures.law_path_mermaid(path, language)
    for taken in path.steps:
        assert text("picture-months", language, months=taken.month) in flowchart
        assert name(f"law:{taken.provision}", language) in flowchart
    assert len(re.findall(r'^  step_\d+ (?:-->|==>|-\.->|--o)\|"', flowchart, re.MULTILINE)) == len(path.steps)
