"""The workbook that an audit gives back tells what the rows of the audit tell, and people's values are only values."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from as_tables import as_csv, tables
from benchmarks.rosters import write_roster
from bilik.audit.evaluation import evaluate
from bilik.audit.sources import Roster, open_roster
from bilik.errors import InputError
from bilik.evaluate import compiled_law
from bilik.evaluate.variants import under, variants
from bilik.people import Finding, find, load_people
from bilik.people.codes import read_codes
from bilik.report.audit_workbook import audit_workbook, cells
from bilik.report.marks import MARKS
from bilik.texts import LANGUAGES, Language, height, name, settled_by, text
from command_line import DOSSIERS
from components import require_program

AS_OF = date(2026, 1, 1)
LAW = compiled_law()
SHEETS = ("summary", "claims", "due", "fitting", "findings", "legend")
HOSTILE = (
    '=HYPERLINK("http://x.example","open")',
    "+1+1",
    "-1",
    "@SUM(A1)",
    "#N/A",
    "_x0041_",
    "\tx",
    "'quoted'",
    "TRUE",
)


@contextmanager
def audited(source: Path, *, claims_only: bool = False) -> Iterator[tuple[duckdb.DuckDBPyConnection, Roster]]:
    with duckdb.connect() as connection:
        roster = open_roster(source, connection)
        evaluate(connection, LAW, AS_OF, claims_only=claims_only)
        yield connection, roster


def written(
    connection: duckdb.DuckDBPyConnection, roster: Roster, language: Language = "en", **more: Any
) -> tuple[bytes, Workbook]:
    options: dict[str, Any] = {"law": LAW, "as_of": AS_OF, "claims_only": False} | more
    content = audit_workbook(connection, roster, language=language, **options)
    return content, load_workbook(BytesIO(content))


def sheet(book: Workbook, key: str, language: Language = "en") -> Any:
    return book[text(f"workbook-{key}", language)]


def table(of: Any) -> list[dict[str, Any]]:
    """The rows of a sheet that is one table, by heading."""
    heads, *rows = of.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def column(of: Any, key: str, language: Language = "en") -> list[Any]:
    return [row[text(f"workbook-{key}", language)] for row in table(of)]


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A staff list with its usual faults."""
    return write_roster(tmp_path_factory.mktemp("staff"), persons=200, seed=11, form="csv", as_of=AS_OF)


@pytest.fixture(scope="module")
def audit(staff: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Roster]]:
    with audited(staff) as opened:
        yield opened


@pytest.fixture(scope="module")
def findings(staff: Path) -> list[Finding]:
    found = find(load_people([staff]), AS_OF)
    assert found
    return found


def small(folder: Path, own: dict[str, str]) -> Path:
    """One accountant without anything, with columns of people's own."""
    folder.mkdir(exist_ok=True)
    content = {**tables(employees=[("a", "accountant", "high", "")])}
    heads, row = content["employees"]
    content["employees"] = [(*heads, *own), (*row, *own.values())]
    return as_csv(folder, content)


# -- what it tells ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_are_those_of_the_rows(
    audit: tuple[duckdb.DuckDBPyConnection, Roster], staff: Path, language: Language
) -> None:
    connection, roster = audit
    _, book = written(connection, roster, language)
    own = {
        (person, named): unit
        for person, named, unit in duckdb.read_csv(str(staff / "employees.csv"), all_varchar=True)
        .project("person, name, unit")
        .fetchall()
    }
    rows = connection.execute("FROM rows WHERE claimed").fetchall()
    assert len({verdict for _, _, verdict, *_ in rows}) == 3
    grades = [slug for slug, *_ in read_codes().grades]
    worst_first = ["not-qualified", "undetermined", "qualified"]
    rows.sort(key=lambda row: (worst_first.index(row[2]), row[0], grades.index(row[1])))
    shown = table(sheet(book, "claims", language))
    heads = [text(f"workbook-{key}", language) for key in ("person", "grade", "verdict", "short", "reason", "right")]
    assert len(shown) == len(rows)
    for row, (person, grade, verdict, _, _, short, reason, *_) in zip(shown, rows, strict=True):
        said_person, said_grade, said_verdict, said_short, why, wanted = (row[head] for head in heads)
        assert (said_person, said_grade, said_short) == (person, grade, short or None)
        assert said_verdict == f"{MARKS[verdict]} {name(f'outcome:{verdict}', language)}"
        assert own[person, row["name"]] == row["unit"]
        assert (why is None) == (reason is None)
        assert (why or "").count("\n") == (reason or "").count(";")
        assert (wanted is None) == (verdict == "qualified")


def test_a_claim_has_its_position_its_clause_and_its_reason_in_words(tmp_path: Path) -> None:
    content = tables(
        employees=[("a", "accountant", "high", "first"), *((person, "accountant", "high", "") for person in "bcd")],
        credentials=[
            ("a", "higher", "0411", "2020-06-01", ""),
            ("b", "higher", "", "2020-06-01", ""),
            ("d", "general-secondary", "", "2020-06-01", ""),
        ],
    )
    with audited(as_csv(tmp_path, content)) as (connection, roster):
        _, book = written(connection, roster, "ru")
    by_person = {row["Ключ человека"]: row for row in table(sheet(book, "claims", "ru"))}
    short, open_, none, both = (by_person[person] for person in "abcd")
    assert short["Должность"] == "Бухгалтер"
    assert short["Уровень квалификации"] == "Специалист высшего уровня квалификации"
    assert short["Категория"] == "Первой категории"
    assert short["Пункт приказа"] == name("law:order-775-cl-14", "ru")
    assert short["Причина"] == text("reason-experience-unmet", "ru")
    assert re.fullmatch(r"требуется: стаж работы .* не менее \d+ .*", short["Чего не хватает"])
    assert short["Не хватает стажа, мес."] > 0
    assert open_["Категория"] is None
    assert open_["Причина"] == name("note:field-unknown", "ru")
    assert open_["Чего не хватает"] == text("plan-needs", "ru", evidence=settled_by("ru")["field-unknown"])
    assert none["Причина"] == name("note:no-credential", "ru")
    assert none["Чего не хватает"].startswith("требуется: высшее")
    # Where something is not met, a paper on the rest of it would not help.
    assert both["Причина"] == f"• {name('note:level-unmet', 'ru')}\n• {name('note:field-unknown', 'ru')}"
    assert both["Чего не хватает"] == none["Чего не хватает"]
    assert list(by_person) == ["a", "c", "d", "b"]


def test_verdicts_are_told_by_words_signs_and_colours(audit: tuple[duckdb.DuckDBPyConnection, Roster]) -> None:
    _, book = written(*audit)
    head = [cell.value for cell in sheet(book, "claims")[1]].index(text("workbook-verdict", "en"))
    looks: dict[str, set[tuple[str, str]]] = {}
    for row in sheet(book, "claims").iter_rows(min_row=2):
        cell = row[head]
        looks.setdefault(str(cell.value), set()).add((cell.fill.fgColor.rgb, cell.font.color.rgb))
    assert len(looks) == 3
    assert all(len(look) == 1 for look in looks.values())
    assert len(set().union(*looks.values())) == 3


def test_the_summary_counts_the_rows(
    audit: tuple[duckdb.DuckDBPyConnection, Roster], findings: list[Finding], staff: Path
) -> None:
    connection, roster = audit
    _, book = written(connection, roster, found=findings)
    summary = sheet(book, "summary")
    lines = [list(row) for row in summary.iter_rows(values_only=True)]
    said = {line[0]: line[1:] for line in lines[: _line(lines, "workbook-by-position")]}
    rows = connection.execute("SELECT grade, verdict FROM rows WHERE claimed").fetchall()
    people = connection.execute("SELECT count(DISTINCT person) FROM rows").fetchall()[0][0]
    assert said[text("workbook-persons", "en")][0] == people
    assert said[text("workbook-claims-count", "en")][0] == len(rows)
    assert said[text("workbook-findings-count", "en")][0] == len(findings)
    assert said[text("workbook-as-of", "en")][0] == AS_OF.isoformat()
    by_position = {slug: name(f"position:{of}", "en") for slug, of, _, _ in read_codes().grades}
    by_grade = {slug: name(f"grade:{slug}", "en") for slug in by_position}
    for key, called in (("workbook-by-position", by_position), ("workbook-by-grade", by_grade)):
        counted = Counter((called[grade], verdict) for grade, verdict in rows)
        counted += Counter((text("workbook-total", "en"), verdict) for _, verdict in rows)
        begin = _line(lines, key) + 2
        end = begin + next(n for n, line in enumerate(lines[begin:]) if line[0] == text("workbook-total", "en")) + 1
        shown = {line[0]: line[1:] for line in lines[begin:end]}
        assert set(shown) == {heading for heading, _ in counted}
        for heading, numbers in shown.items():
            expected = [counted[heading, outcome] for outcome in ("not-qualified", "undetermined", "qualified")]
            assert [number or 0 for number in numbers[:3]] == expected
            assert numbers[3] == sum(expected)
            assert numbers[4] == pytest.approx(expected[2] / sum(expected))


def _line(lines: Sequence[Sequence[Any]], key: str) -> int:
    return next(number for number, line in enumerate(lines) if line[0] == text(key, "en"))


def test_positions_with_most_claims_not_met_come_first_and_are_drawn(
    audit: tuple[duckdb.DuckDBPyConnection, Roster],
) -> None:
    content, book = written(*audit)
    rows = list(sheet(book, "summary").iter_rows(values_only=True))
    begin = next(n for n, row in enumerate(rows) if row[0] == text("workbook-by-position", "en")) + 2
    end = next(n for n, row in enumerate(rows) if row[0] == text("workbook-total", "en"))
    unmet = [row[1] or 0 for row in rows[begin:end]]
    assert unmet == sorted(unmet, reverse=True)
    assert unmet[0] > 0
    with ZipFile(BytesIO(content)) as parts:
        drawn = parts.read("xl/charts/chart1.xml").decode()
    title = text("workbook-summary", "en")
    places = re.findall(r"<(?:\w+:)?f>([^<]*)</", drawn)
    assert f"'{title}'!$A${begin + 1}:$A${end}" in places
    for letter in "BCD":
        assert f"'{title}'!${letter}${begin + 1}:${letter}${end}" in places


def test_people_are_told_the_highest_grade_of_each_position(audit: tuple[duckdb.DuckDBPyConnection, Roster]) -> None:
    connection, roster = audit
    _, book = written(connection, roster)
    parts = {slug: (of, tier, category) for slug, of, tier, category in read_codes().grades}
    best: dict[tuple[str, str], tuple[int, int]] = {}
    words: dict[tuple[str, str], str] = {}
    for person, grade, verdict in connection.execute("SELECT person, grade, verdict FROM rows").fetchall():
        of, tier, category = parts[grade]
        place = (person, name(f"position:{of}", "en"))
        if verdict == "undetermined":
            words.setdefault(place, "?")
        if verdict == "qualified" and height(tier, category) >= best.get(place, (-1, -1)):
            best[place] = height(tier, category)
            said = [name(f"{kind}:{key}", "en") for kind, key in (("tier", tier), ("category", category)) if key]
            told = ", ".join(said) or text("workbook-only-grade", "en")
            words[place] = f"✔ {told[0].upper()}{told[1:]}"
    positions = {head for _, head in words}
    rows = table(sheet(book, "fitting"))
    person = text("workbook-person", "en")
    assert [row[person] for row in rows] == sorted({person for person, _ in words})
    shown = {(row[person], head): value for row in rows for head, value in row.items() if value and head in positions}
    assert shown == words


def test_claims_alone_say_nothing_of_other_grades(staff: Path) -> None:
    with audited(staff, claims_only=True) as opened:
        _, book = written(*opened, claims_only=True)
    assert text("workbook-fitting", "en") not in book.sheetnames


def test_those_due_come_by_date(staff: Path) -> None:
    with audited(staff) as (connection, roster):
        connection.execute("CREATE TABLE drawn AS SELECT *, hash(person) % 700 AS draw FROM rows")
        connection.execute(
            "CREATE OR REPLACE VIEW rows AS SELECT * EXCLUDE (draw, next_grade, next_date), "
            "CASE WHEN draw % 3 = 0 THEN 'economist' END AS next_grade, "
            "CASE WHEN draw % 3 = 0 THEN DATE '2026-01-01' + 1 + CAST(draw AS INTEGER) END AS next_date FROM drawn"
        )
        rows = connection.execute(
            "SELECT person, grade, next_date FROM rows "
            "WHERE claimed AND next_date <= DATE '2026-07-01'"
        ).fetchall()
        _, book = written(connection, roster, months=6)
        _, without = written(connection, roster, months=0)
    shown = table(sheet(book, "due"))
    heads = [text(f"workbook-{key}", "en") for key in ("person", "due-from", "due-date", "due-to")]
    said = [tuple(row[head] for head in heads) for row in shown]
    assert len(rows) > 5
    assert sorted(said) == sorted(
        (person, name(f"grade:{grade}", "en"), datetime(day.year, day.month, day.day), name("grade:economist", "en"))
        for person, grade, day in rows
    )
    assert [day for _, _, day, _ in said] == sorted(day for _, _, day, _ in said)
    assert sheet(without, "due")["A2"].value == text("workbook-due-none", "en", months=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_say_where_and_what_to_do(
    audit: tuple[duckdb.DuckDBPyConnection, Roster], findings: list[Finding], language: Language
) -> None:
    _, book = written(*audit, language, found=findings)
    _, sound = written(*audit, language)
    heads = [text(f"workbook-{key}", language) for key in ("person", "table", "row", "column", "value", "message")]
    assert [tuple(row[head] for head in heads) for row in table(sheet(book, "findings", language))] == [
        (one.person, one.table, one.row, one.column, one.value or None, one.message(language)) for one in findings
    ]
    assert sheet(sound, "findings", language)["A2"].value == text("workbook-no-findings", language)


def test_the_legend_explains_what_stands_in_the_workbook(audit: tuple[duckdb.DuckDBPyConnection, Roster]) -> None:
    connection, roster = audit
    chosen = next(variant for variant in variants() if variant.reading == "or-scope")
    law = under(LAW, [chosen])
    _, book = written(connection, roster, law=law)
    said = {row[0]: row[1:] for row in sheet(book, "legend").iter_rows(values_only=True)}
    told = connection.execute("SELECT reason FROM rows WHERE claimed AND reason IS NOT NULL").fetchall()
    codes = {code for (reason,) in told for code in reason.split(";")}
    assert {"qualified", "undetermined", "not-qualified", "a-fortiori", chosen.code} | codes <= set(said)
    assert chosen.reading not in said
    assert all(words and meaning for words, meaning, *_ in (said[code] for code in codes))
    assert "775" in said[text("workbook-law", "en")][0]
    assert "2016-09-01" in said[text("workbook-law", "en")][0]
    assert name("law:order-27-2021", "en") == said[text("workbook-amended", "en")][0]
    assert chosen.code in said[text("read-otherwise", "en")][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_are_called_in_the_language_and_print_well(
    audit: tuple[duckdb.DuckDBPyConnection, Roster], findings: list[Finding], language: Language
) -> None:
    _, book = written(*audit, language, found=findings)
    assert book.sheetnames == [text(f"workbook-{key}", language) for key in SHEETS]
    assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in book.sheetnames)
    page: Any
    for page in book.worksheets:
        assert (page.page_setup.fitToHeight, page.page_setup.paperSize) == (0, 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in page.oddFooter.right.text
    for key in ("claims", "fitting", "findings"):
        of = sheet(book, key, language)
        assert (of.freeze_panes, of.print_title_rows, of.page_setup.orientation) == ("B2", "$1:$1", "landscape")
        assert of.auto_filter.ref == of.dimensions
    assert book.properties.language == language


def test_the_same_audit_gives_the_same_bytes(staff: Path) -> None:
    made = []
    for _ in range(2):
        with audited(staff) as opened:
            made.append(written(*opened)[0])
    assert made[0] == made[1]


# -- people's own values ---------------------------------------------------------------------------------------------


def test_nothing_that_people_wrote_is_a_formula(tmp_path: Path) -> None:
    own = {f"{value}?": value for value in HOSTILE}
    finding = Finding("row-without-person", "=1+1", None, "=a", 3, "@b", None, "+c")
    with audited(small(tmp_path, own)) as (connection, roster):
        content, book = written(connection, roster, found=[finding])
    with ZipFile(BytesIO(content)) as parts:
        sheets = [parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(SHEETS)
    for written_sheet in sheets:
        assert not re.search(r"<(\w+:)?f[ />]", written_sheet)
        assert not re.search(r't="(str|e|b)"', written_sheet)
    (row,) = table(sheet(book, "claims"))
    kept = {head: value for head, value in row.items() if head.endswith("?")}
    escaped = {key.replace("_x", "_x005F_x"): value.replace("_x", "_x005F_x") for key, value in own.items()}
    # What begins or ends with space is trimmed where the roster is read, as everywhere.
    assert {key.strip(): str(value).strip() for key, value in kept.items()} == {
        key.strip(): value.strip() for key, value in escaped.items()
    }
    assert column(sheet(book, "findings"), "person") == ["=1+1"]


def test_what_a_sheet_cannot_hold_is_shown_as_far_as_it_can(tmp_path: Path) -> None:
    own = {"long": "ж" * 40_000, "wide": "😀" * 20_000, "control": "a\x01b\x0bc\ufffed", "lines": "a\nb"}
    with audited(small(tmp_path, own)) as (connection, roster):
        _, book = written(connection, roster)
    (row,) = table(sheet(book, "claims"))
    assert row["long"] == "ж" * 32_766 + "…"
    assert row["wide"] == "😀" * 16_383 + "…"
    assert row["control"] == "a\ufffdb\ufffdc\ufffdd"
    assert row["lines"] == "a\nb"


def test_numbers_and_dates_stay_such_where_a_sheet_can_hold_them(tmp_path: Path) -> None:
    small(tmp_path, {})
    own = {
        "day": ("DATE '2020-02-29'", datetime(2020, 2, 29)),
        "early": ("DATE '1899-12-31'", "1899-12-31"),
        "moment": ("TIMESTAMP '2020-02-29 12:30:00'", datetime(2020, 2, 29, 12, 30)),
        "zoned": ("TIMESTAMPTZ '2020-02-29 12:30:00+00'", None),
        "whole": ("42", 42),
        "huge": ("1234567890123456789", "1234567890123456789"),
        "fraction": ("2.5", 2.5),
        "nan": ("'nan'::DOUBLE", "nan"),
        "yes": ("true", True),
        "nothing": ("NULL::VARCHAR", None),
        "several": ("[1, 2]", "[1, 2]"),
        "code": ("'0421'", "0421"),
    }
    columns = ", ".join(f"{value} AS {key}" for key, (value, _) in own.items())
    with duckdb.connect() as engine:
        engine.execute(
            f"COPY (SELECT *, {columns} FROM read_csv('{tmp_path}/employees.csv', all_varchar = true)) "
            f"TO '{tmp_path}/employees.parquet'"
        )
    (tmp_path / "employees.csv").unlink()
    with audited(tmp_path) as (connection, roster):
        _, book = written(connection, roster)
    (row,) = table(sheet(book, "claims"))
    assert {key: row[key] for key in own if key != "zoned"} == {
        key: value for key, (_, value) in own.items() if key != "zoned"
    }
    assert str(row["zoned"]).startswith("2020-02-29 ")


def test_more_rows_than_a_sheet_holds_are_refused_before_they_are_made(
    audit: tuple[duckdb.DuckDBPyConnection, Roster], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "SHEET_ROWS", 150)
    with pytest.raises(InputError, match=r"'Positions held' would have 1\d\d rows or more, and .* 150; .*\.parquet"):
        written(*audit)


def test_claims_of_one_person_have_the_columns_of_their_own_rows(tmp_path: Path) -> None:
    content = {**tables(employees=[("a", "economist", "", ""), ("a", "lawyer", "", ""), ("a", "economist", "", "")])}
    heads, *rows = content["employees"]
    content["employees"] = [(*heads, "unit"), *((*row, unit) for row, unit in zip(rows, "xyz", strict=True))]
    with audited(as_csv(tmp_path, content)) as (connection, roster):
        _, book = written(connection, roster)
    assert {(row[text("workbook-grade", "en")], row["unit"]) for row in table(sheet(book, "claims"))} == {
        ("economist", "x"),
        ("lawyer", "y"),
    }


def test_rosters_without_claims_or_tables_are_told_about_too(tmp_path: Path) -> None:
    source = as_csv(tmp_path, tables(employments=[("a", "economist", "", "", "", "", "2020-01-01", "", "")]))
    with audited(source) as (connection, roster):
        _, book = written(connection, roster)
    told = [cell.value for row in sheet(book, "summary").iter_rows() for cell in row if cell.value]
    assert text("workbook-no-claims", "en") in told
    assert sheet(book, "claims").max_row == 1
    with audited(DOSSIERS[0]) as (connection, roster):
        _, book = written(connection, roster)
        claims = connection.execute("SELECT person FROM rows WHERE claimed").fetchall()
    assert claims
    assert column(sheet(book, "claims"), "person") == [person for (person,) in claims]


# -- another program -------------------------------------------------------------------------------------------------


def test_libreoffice_reads_the_same_values(tmp_path: Path) -> None:
    program = require_program("soffice")
    own = {f"{value}?": value for value in HOSTILE if value.strip() == value}
    with audited(small(tmp_path / "roster", own)) as (connection, roster):
        content, book = written(connection, roster, "kk")
    path = tmp_path / "audit.xlsx"
    path.write_bytes(content)
    # Every sheet as a file of its own, comma-separated, UTF-8, values as they are shown.
    how = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", how, path.name],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    for of in book.worksheets:
        read = duckdb.read_csv(
            str(tmp_path / f"audit-{of.title}.csv"), header=False, all_varchar=True, null_padding=True
        ).fetchall()
        assert len(read) >= of.max_row - 1, of.title
    claims, heads = (tmp_path / f"audit-{text('workbook-claims', 'kk')}.csv").read_text(encoding="utf-8"), list(own)
    first, second = duckdb.read_csv(
        str(tmp_path / f"audit-{text('workbook-claims', 'kk')}.csv"), header=False, all_varchar=True
    ).fetchall()[:2]
    assert claims.strip()
    shown = dict(zip(first, second, strict=True))
    assert {head: shown[head] for head in heads} == own
