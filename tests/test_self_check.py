"""Check yourself, in a real browser: the verdicts of the page are those of `bilik check`, and nothing leaves it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from as_rdf import person_iri, to_quads
from bilik.evaluate import Judgement, compiled_law, judge
from bilik.evaluate.rules import record_of, rules_by_result
from bilik.namespaces import code, expand
from bilik.people import find, load_people
from bilik.people.records import Records
from bilik.plan.outlook import Situation, outlooks
from bilik.plan.planner import outline_plans
from bilik.report.as_json import check_json
from bilik.texts import LANGUAGES, Language, template, text
from chromium import DESKTOP, PHONE, address, chromium, opened, serving, violations, written
from command_line import PEOPLE, bilik
from oracle import Employment, Law, Person, load_law
from plan_people import plan_cases
from test_agreement import crowd

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PEOPLE_CHECKED = 100
PLANS_CHECKED = 60
SEED = 2026
DAY = date(2026, 1, 1)
SECONDS_TO_START, SECONDS_TO_ANSWER = 3.0, 0.5
KIND = {".ttl": "text/turtle", ".jsonld": "application/ld+json"}


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(browser: Browser, site: Path) -> Page:
    """A page for all tests that only let it judge files."""
    return opened(browser, address(site, "check"))[0]


def judged(page: Page, content: str, as_of: date, kind: str = "text/turtle") -> Any:
    """What the worker of the page answers about a file."""
    question = {"text": content, "format": kind, "asOf": as_of.isoformat()}
    answer = page.evaluate("async question => JSON.stringify(await bilik.judge(question))", question)
    return json.loads(answer)


def turtle(quads: Iterable[ox.Quad]) -> str:
    content = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.TURTLE)
    assert content is not None
    return content.decode("utf-8")


# -- the same verdicts -----------------------------------------------------------------------------------------------


def of_page(person: Mapping[str, Any]) -> dict[str, Any]:
    """One person of the page's answer in the form of `bilik check --format json`."""
    codes = partial(map, code)
    claimed = (one for one in person["verdicts"] if one["claimed"])
    return {
        "person": person["person"],
        "claims": [{"grade": code(one["grade"]), "verdict": code(one["verdict"])} for one in claimed],
        "verdicts": [
            {
                "grade": code(verdict["grade"]),
                "verdict": code(verdict["verdict"]),
                "notes": list(codes(verdict["notes"])),
                "provision": code(verdict["provision"]),
                "readings": list(codes(verdict["readings"])),
                "alternatives": [
                    {
                        "number": alternative["number"],
                        "result": code(alternative["result"]),
                        "credential": alternative["credential"],
                        "conditions": [
                            {
                                "kind": one["kind"],
                                "result": code(one["result"]),
                                "notes": list(codes(one["notes"])),
                                **{
                                    f"{months}_months": one[months]
                                    for months in ("required", "certain", "possible", "short")
                                    if one["required"] is not None
                                },
                                "evidence": one["evidence"],
                            }
                            for one in alternative["conditions"]
                        ],
                    }
                    for alternative in verdict["alternatives"]
                ],
            }
            for verdict in person["verdicts"]
        ],
    }


def of_check(records: Records, as_of: date) -> Any:
    """What `bilik check --format json` writes of some records."""
    judgements = judge(records.store, compiled_law(), as_of)
    return json.loads("".join(check_json(judgements, records, find(records, as_of), as_of, "en")))


def test_a_hundred_people_get_the_verdicts_of_the_command_line(law: Law, page: Page) -> None:
    """Verdicts, readings, alternatives, witnesses, conditions, months, notes, evidence, findings."""
    outcomes: set[str] = set()
    findings = 0
    for as_of, people in crowd(law, PEOPLE_CHECKED, SEED).items():
        records = Records()
        for person, grade in zip(people, cycle(sorted(law.position_of)), strict=False):
            records.store.bulk_extend(claiming(person, [grade]))
        answer, wanted = judged(page, turtle(records.store), as_of), of_check(records, as_of)
        assert [of_page(person) for person in answer["persons"]] == wanted["persons"]
        assert sorted((code(f["rule"]), f["person"], code(f["property"] or "")) for f in answer["findings"]) == sorted(
            (f["code"], f["person"], f["property"] or "") for f in wanted["findings"]
        )
        findings += len(wanted["findings"])
        outcomes |= {verdict["verdict"] for person in wanted["persons"] for verdict in person["verdicts"]}
        assert all(person["claims"] for person in wanted["persons"])
    assert outcomes == {"qualified", "undetermined", "not-qualified"}
    assert findings > 10


def test_the_example_files_get_the_verdicts_of_the_command_line(page: Page) -> None:
    """As they are written, in each format; one has its entries without names."""
    paths = sorted(path for path in PEOPLE.iterdir() if path.suffix in KIND)
    assert {path.suffix for path in paths} == set(KIND)
    for path in paths:
        records = load_people([path])
        content = path.read_text(encoding="utf-8")
        answer, wanted = judged(page, content, DAY, KIND[path.suffix]), of_check(records, DAY)
        assert without_evidence(map(of_page, answer["persons"])) == without_evidence(wanted["persons"]), path.name
        triples = "".join(f"{quad.triple} .\n" for quad in records.store)
        assert of_page(judged(page, triples, DAY, "application/n-triples")["persons"][0]) == wanted["persons"][0]


def without_evidence(persons: Iterable[Any]) -> list[Any]:
    """Verdicts without the names of entries, which differ where a file does not name them."""

    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: bare(value) for key, value in node.items() if key not in ("evidence", "credential")}
        return [bare(one) for one in node] if isinstance(node, list) else node

    return [bare(person) for person in persons]


# -- the same next step ----------------------------------------------------------------------------------------------


def expected_prospects(store: ox.Store, judgement: Judgement, as_of: date) -> dict[str, str]:
    """Grade → the day on which time alone reaches it, by the planner's outlook, unless the record changes before."""
    law = compiled_law()
    record = tuple(record_of(store, judgement.person))
    open_grades = {v.grade: v for v in judgement.verdicts if v.outcome != "qualified" and not v.notes}
    positions = {law.facts[grade][expand("bilik:isGradeOf")][0] for grade in law.grades}
    found: dict[str, date] = {}
    situations = [Situation(judgement.person, record, as_of, position) for position in sorted(positions)]
    for outlook in outlooks(situations, law):
        change = min((day for day, _ in outlook.changes), default=date.max)
        for prospect in outlook.prospects:
            grade = code(prospect.grade)
            if grade in open_grades and prospect.certain and prospect.certain < change:
                found[grade] = min(prospect.certain, found.get(grade, date.max))
    return {grade: day.isoformat() for grade, day in found.items()}


def test_time_alone_leads_where_the_planner_says(law: Law, page: Page) -> None:
    """For every grade, of people whose last job goes on; a plan, which takes promotions, is never later."""
    shown = steps = same = 0
    for made, claims, _, as_of in plan_cases(SEED, PLANS_CHECKED, law):
        person = replace(made, employments=(*made.employments[:-1], *going_on(made.employments[-1:])))
        records = Records(store=claiming(person, claims))
        (found,) = judged(page, turtle(records.store), as_of)["persons"]
        (judgement,) = judge(records.store, compiled_law(), as_of)
        prospects = {code(one["grade"]): one["day"] for one in found["prospects"]}
        assert prospects == expected_prospects(records.store, judgement, as_of), (person, as_of)
        shown += len(prospects)
        for step in [one for one in found["prospects"] if one["isNext"]][:1]:
            (plan,) = outline_plans(records, found["person"], [code(step["grade"])], compiled_law(), as_of)
            assert plan.best.day is not None
            assert plan.best.day.isoformat() <= step["day"], (person, as_of, step)
            first = plan.best.steps[0]
            same += (first.grade, first.day.isoformat()) == (code(step["grade"]), step["day"])
            steps += 1
    assert shown > 25
    assert steps > 8
    assert same >= 5


def going_on(jobs: Iterable[Employment]) -> Iterator[Employment]:
    """The same jobs without an end."""
    return (replace(job, end=None) for job in jobs)


def claiming(person: Person, grades: Iterable[str]) -> ox.Store:
    store = ox.Store()
    store.extend(to_quads(person))
    for grade in grades:
        claim = ox.NamedNode(expand(f"grade:{grade}"))
        store.add(ox.Quad(ox.NamedNode(person_iri(person.key)), ox.NamedNode(expand("bilik:claimsGrade")), claim))
    return store


def test_the_next_step_is_the_first_step_of_the_plan(page: Page) -> None:
    """Of every example that has one."""
    seen = 0
    for path in sorted(PEOPLE.glob("*.ttl")):
        records = load_people([path])
        (found,) = judged(page, path.read_text(encoding="utf-8"), DAY)["persons"]
        if step := next((one for one in found["prospects"] if one["isNext"]), None):
            (plan,) = outline_plans(records, found["person"], [code(step["grade"])], compiled_law(), DAY)
            assert not plan.best.changes
            first = plan.best.steps[0]
            assert (first.grade, first.day.isoformat()) == (code(step["grade"]), step["day"]), path.name
            seen += 1
    assert seen >= 1


# -- the page --------------------------------------------------------------------------------------------------------


def fill_in(page: Page) -> None:
    """A person of the form: a degree in accounting, an accountant of the second category since October 2024."""
    page.select_option("#claim", expand("grade:accountant-high-second"))
    page.fill("#name", "Үлгі")
    page.select_option("#credentials .control-level select", expand("level:higher"))
    page.select_option("#credentials .control-field select", expand("isced-f:0411"))
    page.fill("#credentials .control-awarded input", "2023-06-30")
    page.select_option("#employments .control-position select", expand("position:accountant"))
    page.select_option("#employments .control-category select", expand("category:none"))
    page.fill("#employments .control-start input", "2023-09-01")
    page.fill("#employments .control-end input", "2024-09-30")
    page.click("#employments .add")
    second = page.locator("#employments .entry").nth(1)
    second.locator(".control-position select").select_option(expand("position:accountant"))
    second.locator(".control-category select").select_option(expand("category:second"))
    second.locator(".control-start input").fill("2024-10-01")
    second.locator(".still input").check()
    page.fill("#as-of", "2026-01-01")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_filled_in_by_hand(language: Language, browser: Browser, site: Path, tmp_path: Path) -> None:
    """Verdict, next step, printed words; what is saved gets the same verdict from the command line, and opens again."""
    page, watched = opened(browser, address(site, "check", language), PHONE)
    fill_in(page)
    page.click("#check")
    page.wait_for_selector("#results:not([hidden])")
    claim = page.locator("#found details.verdict").first
    assert claim.get_attribute("data-grade") == "accountant-high-second"
    assert "qualified" in str(claim.get_attribute("class")).split()
    step = page.locator("#found .next")
    assert (step.get_attribute("data-grade"), step.get_attribute("data-day")) == ("accountant-high-first", "2026-09-30")
    assert page.locator("#results h2").inner_text() == text("self-results", language)
    assert page.evaluate("document.activeElement.id") == "results"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the phone"
    with page.expect_download() as download:
        page.click("#save")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert page.evaluate("bilik.form.turtle()") == saved.read_text(encoding="utf-8")
    checked = bilik("check", saved, "--as-of", "2026-01-01", "--format", "json")
    assert checked.status == 0
    assert [claim["grade"] for claim in checked.json["persons"][0]["claims"]] == ["accountant-high-second"]
    written = page.evaluate("bilik.form.turtle()")
    page.click("#clear")
    assert page.evaluate("bilik.form.turtle()") != written
    page.set_input_files("#file", saved)
    page.wait_for_function("document.getElementById('opened').textContent")
    assert page.evaluate("bilik.form.turtle()") == written
    assert watched.errors == []


def test_a_file_is_dropped(browser: Browser, site: Path) -> None:
    page, watched = opened(browser, address(site, "check"))
    content = (PEOPLE / "saule-ulgi.ttl").read_text(encoding="utf-8")
    page.evaluate(
        """content => {
          const dropped = new DataTransfer();
          dropped.items.add(new File([content], "saule.TTL"));
          document.getElementById("drop").dispatchEvent(
            new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
        }""",
        content,
    )
    page.wait_for_function("document.getElementById('opened').textContent")
    assert page.inner_text("#opened") == text("self-opened", "en", file="saule.TTL")
    page.fill("#as-of", "2026-01-01")
    page.click("#check")
    page.wait_for_selector("#results:not([hidden])")
    claim = page.locator("#found details.verdict").first
    assert claim.get_attribute("data-grade") == "accountant-high-first"
    assert "not-qualified" in str(claim.get_attribute("class")).split()
    assert watched.errors == []


def test_a_file_of_several_people_is_checked_as_it_is(browser: Browser, site: Path, tmp_path: Path) -> None:
    page, watched = opened(browser, address(site, "check"))
    people = tmp_path / "people.ttl"
    people.write_bytes(b"\n".join((PEOPLE / f"{name}.ttl").read_bytes() for name in ("saule-ulgi", "timur-ulgi")))
    page.set_input_files("#file", people)
    page.wait_for_selector("#persons:not([hidden])")
    assert not page.is_visible("#record")
    page.fill("#as-of", "2026-01-01")
    for name in ("saule-ulgi", "timur-ulgi"):
        page.select_option("#person", f"https://example.org/people/{name}")
        page.click("#check")
        wanted = bilik("check", PEOPLE / f"{name}.ttl", "--as-of", "2026-01-01", "--format", "json").json["persons"][0]
        qualified = sum(verdict["verdict"] == "qualified" for verdict in wanted["verdicts"])
        page.wait_for_function(f"document.getElementById('announced').textContent.includes('for {qualified} grades')")
    page.click("#back")
    assert page.is_visible("#record")
    assert watched.errors == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("broken.ttl", "<a:b> <a:c>", "error at"),
        ("nobody.ttl", "<a:b> <a:c> <a:d> .", text("self-nobody", "en")),
        ("people.csv", "person\n1\n", ".jsonld"),
        ("triple.nt", "<a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> .", "statement about a statement"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_line(
    name: str, content: str, told: str, browser: Browser, site: Path, tmp_path: Path
) -> None:
    page, watched = opened(browser, address(site, "check"))
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    page.set_input_files("#file", path)
    page.wait_for_function("document.getElementById('opened').textContent")
    line = page.inner_text("#opened")
    assert line.startswith(template("self-unreadable", "en").partition("{file}")[0] + name)
    assert told in line
    assert page.is_visible("#record")
    assert watched.errors == []


def test_what_is_missing_in_the_form_is_asked_for(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, address(site, "check"))
    page.select_option("#employments .control-position select", "other")
    page.click("#check")
    assert page.evaluate("document.activeElement.dataset.titleFor") is not None
    assert page.locator(".wrong:visible").all_inner_texts() == [text("self-position-title-missing", "en")]
    page.fill("#employments [data-title-for]", "Бақташы")
    page.click("#check")
    assert page.locator(".wrong:visible").all_inner_texts() == [text("self-end-missing", "en")]
    page.fill("#employments .control-start input", "2020-02-01")
    page.fill("#employments .control-end input", "2020-01-31")
    page.click("#check")
    assert page.locator(".wrong:visible").all_inner_texts() == [text("self-end-before-start", "en")]
    page.check("#employments .still input")
    page.click("#check")
    page.wait_for_selector("#results:not([hidden])")
    assert page.locator(".wrong:visible").count() == 0
    assert 'positionTitle "Бақташы"' in page.evaluate("bilik.form.turtle()")


def test_the_keyboard_is_enough(browser: Browser, site: Path) -> None:
    """From the claim to the verdict without a mouse."""
    page, _ = opened(browser, address(site, "check"))
    page.focus("#claim")
    page.keyboard.type("Translator")
    page.focus("#credentials .control-level select")
    page.keyboard.type("higher")
    page.focus("#check")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results:not([hidden])")
    claim = page.locator("#found details.verdict").first
    assert str(claim.get_attribute("data-grade")).startswith("translator")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert not claim.evaluate("details => details.open")


# -- nothing leaves the browser --------------------------------------------------------------------------------------


def test_no_request_is_made_after_loading_and_nothing_is_kept(browser: Browser, site: Path) -> None:
    """Neither from a file system nor from a server."""
    with serving(site) as server:
        for start in (address(site, "check"), f"{server}/en/check.html"):
            page, watched = opened(browser, start)
            scheme = start.partition(":")[0]
            own = [url for url in watched.requests if url.startswith(f"{scheme}:")]
            assert len(own) > 5
            others = {url.partition(":")[0] for url in watched.requests} - {scheme}
            assert others <= {"blob"}, "the page and its worker ask for nothing else"
            before = len(watched.requests)
            fill_in(page)
            page.click("#check")
            page.wait_for_selector("#results:not([hidden])")
            page.set_input_files("#file", PEOPLE / "saule-ulgi.ttl")
            page.wait_for_function("document.getElementById('opened').textContent")
            page.click("#check")
            page.wait_for_selector("#results:not([hidden])")
            assert watched.requests[before:] == []
            assert watched.errors == []
            kept = page.evaluate(
                "async () => [localStorage.length, sessionStorage.length, document.cookie,"
                " (await indexedDB.databases()).length]"
            )
            assert kept == [0, 0, "", 0]


def test_it_is_ready_and_answers_in_time(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address(site, "check"))
    page.wait_for_selector("#state[data-state=ready]", timeout=20_000)
    ready = page.evaluate("performance.now()") / 1000
    content = (PEOPLE / "saule-ulgi.ttl").read_text(encoding="utf-8")
    took = sorted(
        page.evaluate(
            "async question => { const began = performance.now(); await bilik.judge(question);"
            " return performance.now() - began; }",
            {"text": content, "format": "text/turtle", "asOf": "2026-01-01"},
        )
        for _ in range(5)
    )
    assert ready < SECONDS_TO_START
    assert took[2] / 1000 < SECONDS_TO_ANSWER


# -- for everybody ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_accessible(language: Language, size: Mapping[str, int], browser: Browser, site: Path) -> None:
    """By axe, before anything is entered and with a result on show."""
    page, _ = opened(browser, address(site, "check", language), size)
    assert violations(page) == []
    page.set_input_files("#file", PEOPLE / "saule-ulgi.ttl")
    page.wait_for_function("document.getElementById('opened').textContent")
    page.click("#check")
    page.wait_for_selector("#results:not([hidden])")
    page.evaluate(
        "document.querySelectorAll('#found .verdict:first-of-type, #found .position:first-of-type, #found .readings')"
        ".forEach(details => { details.open = true; })"
    )
    assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_its_language(language: Language, browser: Browser, site: Path) -> None:
    """No name is left as a code, and no sentence has a word left to fill in."""
    page, _ = opened(browser, address(site, "check", language))
    assert page.evaluate("document.documentElement.lang") == language
    fill_in(page)
    page.click("#check")
    page.wait_for_selector("#results:not([hidden])")
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    shown = page.inner_text(".self-check")
    assert "{" not in shown
    for name in ("accountant-high-second", "order-775", "not-qualified", "undefined", "[object"):
        assert name not in shown, name


def test_the_worker_runs_the_published_rules(site: Path) -> None:
    """Every rule that the command line runs is in the page, word for word, in its order."""
    law = (site / "static" / "check-law.js").read_text(encoding="utf-8")
    given = json.loads(law.partition(".check = ")[2].rpartition(";")[0])
    for result in ("verdicts", "prospects"):
        rules = [path.read_text(encoding="utf-8") for path in rules_by_result()[result]]
        assert len(rules) >= 30
        assert [rule for rule in given["given"]["rules"] if rule in rules] == rules


def test_the_pages_are_the_same_in_every_run(site: Path, tmp_path: Path) -> None:
    again = written(tmp_path)
    files = sorted(path.relative_to(site) for path in site.rglob("*.*"))
    assert len(files) > 15
    assert files == sorted(path.relative_to(again) for path in again.rglob("*.*"))
    assert [file for file in files if (site / file).read_bytes() != (again / file).read_bytes()] == []
