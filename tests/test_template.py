"""The workbook to fill in: its sheets, lists and notes, and that what is filled in is read as it was meant."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from as_tables import HEADERS
from bilik.people.codes import read_codes
from bilik.report.template_workbook import template_workbook
from bilik.texts import LANGUAGES, Language, fields, name
from command_line import AS_OF, TABLE_SET, bilik, refusal

CODES: dict[Language, str] = {"kk": "Кодтар", "ru": "Коды", "en": "Codes"}
DAYS = {("credentials", "awarded"), ("trainings", "completed"), ("employments", "start"), ("employments", "end")}
LISTS = {
    ("employees", "position"): "bilik:hasPosition",
    ("employees", "tier"): "bilik:hasTier",
    ("employees", "category"): "bilik:hasCategory",
    ("credentials", "level"): "bilik:hasEducationLevel",
    ("trainings", "activity"): "bilik:coversActivity",
    ("employments", "position"): "bilik:hasPosition",
    ("employments", "tier"): "bilik:hasTier",
    ("employments", "category"): "bilik:hasCategory",
    ("employments", "activity"): "bilik:coversActivity",
}
PREFIXES = {
    "bilik:hasPosition": "position",
    "bilik:hasTier": "tier",
    "bilik:hasCategory": "category",
    "bilik:hasEducationLevel": "level",
    "bilik:coversActivity": "activity",
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


def made(folder: Path, language: Language) -> Path:
    """The template, as the command writes it."""
    path = folder / "people.xlsx"
    run = bilik("template", path, "--lang", language)
    assert (run.status, run.out, run.err) == (0, "", "")
    return path


def book_of(folder: Path, language: Language) -> Workbook:
    return load_workbook(made(folder, language))


def header(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def validations(book: Workbook) -> Iterator[tuple[str, str, DataValidation]]:
    """(table, column, validation); each is for the whole column below its header."""
    for table in HEADERS:
        for validation in book[table].data_validations.dataValidation:
            letter, last = re.fullmatch(r"([A-Z])2:\1(\d+)", str(validation.sqref)).groups()  # type: ignore[union-attr]
            assert int(last) == 1_048_576
            yield table, str(book[table][f"{letter}1"].value), validation


def offered(book: Workbook, validation: DataValidation) -> list[str]:
    """What a drop-down offers."""
    title, cells = re.fullmatch(r"'?([^'!]+)'?!(.+)", str(validation.formula1)).groups()  # type: ignore[union-attr]
    return [str(row[0].value) for row in book[title][cells.replace("$", "")]]


# -- what is in it ---------------------------------------------------------------------------------------------------


def test_a_language_gives_the_same_bytes_again(language: Language) -> None:
    assert template_workbook(language) == template_workbook(language)


def test_nothing_in_it_tells_when_it_was_written(tmp_path: Path) -> None:
    with ZipFile(made(tmp_path, "kk")) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:" not in parts.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")


def test_sheets_and_headers(tmp_path: Path, language: Language) -> None:
    book = book_of(tmp_path, language)
    assert book.sheetnames[1:] == [*HEADERS, CODES[language]]
    for table, columns in HEADERS.items():
        sheet = book[table]
        assert tuple(header(sheet)[: len(columns)]) == columns
        assert sheet.max_row == 1
        assert sheet.freeze_panes == "A2"
        for cell in sheet[1]:
            assert cell.font.b
            assert cell.comment is not None, f"{table} {cell.value} is not explained"
            assert len(cell.comment.text) > 10
    assert header(book["employees"])[-2:] == ["name", "unit"]


def test_the_guide_explains_every_column(tmp_path: Path, language: Language) -> None:
    book = book_of(tmp_path, language)
    guide = book.worksheets[0]
    said = {str(cell.value) for row in guide.iter_rows() for cell in row if cell.value}
    for table in HEADERS:
        assert table in said
        for cell in book[table][1]:
            assert cell.comment is not None
            assert {str(cell.value), cell.comment.text} <= said
    assert any(f"bilik check FILE.xlsx --lang {language}" in text for text in said)
    assert any(CODES[language] in text for text in said)


def test_every_code_and_every_field_is_in_the_sheet_of_codes(tmp_path: Path, language: Language) -> None:
    sheet = book_of(tmp_path, language)[CODES[language]]
    listed = {tuple(str(cell) for cell in row[1:]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    codes = read_codes()
    expected = {
        (key, *(name(f"{prefix}:{key}", of) for of in LANGUAGES))
        for term, prefix in PREFIXES.items()
        for key in codes.keys(term)
    } | {(key, *(fields(of)[key] for of in LANGUAGES)) for key in fields("kk")}
    assert len(expected) > 40
    assert listed == expected


def test_lists_offer_names_that_are_read_as_their_codes(tmp_path: Path, language: Language) -> None:
    book = book_of(tmp_path, language)
    lists = {(table, column): rule for table, column, rule in validations(book) if rule.type == "list"}
    assert lists.keys() == LISTS.keys()
    codes = read_codes()
    for (table, column), rule in lists.items():
        term = LISTS[table, column]
        names = offered(book, rule)
        keys = [
            key for key in codes.keys(term) if table != "employees" or column != "position" or key in codes.positions
        ]
        assert sorted(names) == sorted(name(f"{PREFIXES[term]}:{key}", language) for key in keys)
        assert {codes.known(term, shown) for shown in names} == {codes.known(term, key) for key in keys}
        assert rule.allow_blank


def test_lists_of_ranks_rise_and_positions_stand_as_in_the_law(tmp_path: Path) -> None:
    book = book_of(tmp_path, "en")
    lists = {(table, column): offered(book, rule) for table, column, rule in validations(book) if rule.type == "list"}
    positions = [name(f"position:{key}", "en") for key in read_codes().positions]
    assert lists["employees", "position"] == positions
    assert lists["employments", "position"][:-1] == positions, "and the group"
    assert lists["employments", "category"][0] == name(f"category:{read_codes().lowest_category}", "en")


def test_others_than_the_names_offered_may_be_typed(tmp_path: Path) -> None:
    """Codes are fine everywhere, and in a job any post is: nothing is refused, and jobs are not asked about."""
    for table, column, rule in validations(book_of(tmp_path, "kk")):
        if rule.type == "list":
            assert rule.errorStyle == "warning"
            assert rule.showErrorMessage == ((table, column) != ("employments", "position"))
            assert rule.error is not None
            assert 10 < len(rule.error) <= 255


def test_days_and_codes_are_kept_as_what_they_are(tmp_path: Path, language: Language) -> None:
    book = book_of(tmp_path, language)
    assert {(table, column) for table, column, rule in validations(book) if rule.type == "date"} == DAYS
    for table, columns in HEADERS.items():
        for letter, column in zip("ABCDEFGHI", columns, strict=False):
            dimension = book[table].column_dimensions[letter]
            if (table, column) in DAYS:
                assert dimension.number_format == "yyyy-mm-dd"
            elif column in ("person", "field"):
                assert dimension.number_format == "@"
            assert dimension.width >= len(column)


# -- filled in -------------------------------------------------------------------------------------------------------

Write = Callable[[str, str, str], str | date]


def example() -> dict[str, list[dict[str, str]]]:
    """The rows of the example table set."""
    files = {table: (TABLE_SET / f"{table}.csv").read_text(encoding="utf-8") for table in HEADERS}
    return {table: list(csv.DictReader(StringIO(content))) for table, content in files.items()}


def filled_in(path: Path, write: Write) -> Path:
    """A template with the people of the example; ``write`` makes cells of table, column and text."""
    book = load_workbook(path)
    for table, rows in example().items():
        sheet = book[table]
        columns = header(sheet)
        for number, row in enumerate(rows, 2):
            for column, cell in row.items():
                sheet.cell(number, columns.index(column) + 1, write(table, column, cell) if cell else None)
    book.save(path)
    return path


def as_code(table: str, column: str, cell: str) -> str | date:
    return date.fromisoformat(cell) if (table, column) in DAYS else cell


def as_name(language: Language) -> Write:
    """The name in a language, as the lists offer it; several positions one by one."""
    codes = read_codes()

    def write(table: str, column: str, cell: str) -> str | date:
        term = "bilik:hasPosition" if column == "recognised_for" else LISTS.get((table, column))
        if term is None or (codes.known(term, cell) is None and column != "recognised_for"):
            return as_code(table, column, cell)
        concepts = [codes.known(term, part) for part in cell.split(";")]
        return "; ".join(name(f"{PREFIXES[term]}:{str(concept).rpartition('/')[2]}", language) for concept in concepts)

    return write


@pytest.mark.parametrize("writing", ["codes", *LANGUAGES])
def test_what_is_filled_in_is_read_as_it_was_meant(writing: str, tmp_path: Path) -> None:
    written: dict[str, Write] = {"codes": as_code, **{of: as_name(of) for of in LANGUAGES}}
    plain = bilik("check", TABLE_SET, *AS_OF, "--format", "json").json
    path = filled_in(made(tmp_path, "kk"), written[writing])
    if writing == "ru":
        assert "Переводчик" in [cell.value for cell in load_workbook(path)["employees"]["B"]]
    read = bilik("check", path, *AS_OF, "--format", "json").json
    assert len(plain["persons"]) == 4
    assert read == plain


def test_a_template_that_nobody_filled_in(tmp_path: Path, language: Language) -> None:
    line = refusal("check", made(tmp_path, language))
    assert "people.xlsx: no person in it" in line
    assert "below the headers" in line
    assert "column person" in line


# -- where it cannot be written --------------------------------------------------------------------------------------


@pytest.mark.parametrize("out", ["people.xls", "people", "people.xlsx.csv"])
def test_the_name_must_be_one_of_a_workbook(out: str, tmp_path: Path) -> None:
    assert f"{out}: the template is a workbook; give it a name that ends in .xlsx" in refusal(
        "template", tmp_path / out
    )
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    assert "cannot be written" in refusal("template", tmp_path / "none" / "people.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    assert "cannot be written" in refusal("template", tmp_path / "folder.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.xlsx"]


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.xlsx"
    path.write_text("before", encoding="utf-8")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        assert "No space left" in refusal("template", path)
    assert path.read_text(encoding="utf-8") == "before"
    assert made(tmp_path, "kk").read_bytes() == template_workbook("kk")
    assert [entry.name for entry in tmp_path.iterdir()] == ["people.xlsx"]
