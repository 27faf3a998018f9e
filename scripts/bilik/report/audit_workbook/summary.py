"""The first sheet: what was audited, and how the claims came out, by position and by grade."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

from bilik.report.audit_workbook.cells import RULE, SOLID, Cell, Sheet
from bilik.report.audit_workbook.facts import OUTCOMES, Audit, Grade
from bilik.report.marks import MARKS
from bilik.texts import name, text

WIDTHS = (48, 18, 18, 18, 13, 20)
_ROW, _CHART_WIDTH = 0.53, 26.0
"""Height of a row and width of the chart, in centimetres."""


def write_summary(sheet: Sheet, audit: Audit, sources: Sequence[tuple[str, object]], findings: int) -> None:
    """Write the sheet.

    Args:
        sources: what the verdicts rest on, name and value.
    """
    language = audit.language
    sheet.across(text("workbook-title", language), "title", height=32)
    sheet.across(text("workbook-lead", language, sheet=text("workbook-claims", language)), "prose")
    sheet.gap()
    counts = (
        ("workbook-persons", audit.persons),
        ("workbook-claims-count", audit.claims),
        ("workbook-findings-count", findings),
    )
    for key, value in (*sources, *((text(key, language), count) for key, count in counts)):
        sheet.row((key, "name"), (value, "whole" if isinstance(value, int) else "words"), merged_from=2)
    if not audit.claims:
        sheet.gap()
        sheet.across(text("workbook-no-claims", language), "prose")
        return
    sheet.gap()
    by_position = _by_position(audit)
    first = _table(sheet, audit, "workbook-by-position", by_position)
    _total(sheet, audit)
    sheet.gap()
    _chart(sheet, audit, first, len(by_position))
    sheet.page_break()
    by_grade = [(name(f"grade:{grade.slug}", language), _counts(audit, [grade])) for grade in audit.claimed]
    _table(sheet, audit, "workbook-by-grade", by_grade)
    _total(sheet, audit)


def _by_position(audit: Audit) -> list[tuple[str, list[int]]]:
    """Name of a position and its counts, those with most claims not met first, else in the order of the law."""
    positions = dict.fromkeys(grade.position for grade in audit.claimed)
    counted = [
        (position, _counts(audit, [g for g in audit.claimed if g.position == position])) for position in positions
    ]
    counted.sort(key=lambda one: [-count for count in one[1][:-1]])
    return [(name(f"position:{position}", audit.language), counts) for position, counts in counted]


def _counts(audit: Audit, grades: Iterable[Grade]) -> list[int]:
    """How many claims have each outcome, the worst first."""
    grades = list(grades)
    return [sum(audit.counts.get((grade.slug, outcome), 0) for grade in grades) for outcome in OUTCOMES]


def _table(sheet: Sheet, audit: Audit, key: str, rows: Iterable[tuple[str, list[int]]]) -> int:
    """Write a table; returns the number of its header row."""
    language = audit.language
    sheet.row((text(key, language), "heading"), height=24)
    outcomes = (
        (f"{MARKS[outcome]} {name(f'outcome:{outcome}', language)}", f"{outcome} header") for outcome in OUTCOMES
    )
    last = ((text(one, language), "header of numbers") for one in ("workbook-all", "workbook-share"))
    sheet.row((text("workbook-position", language), "header"), *outcomes, *last, height=48)
    header = sheet.rows
    for called, counts in rows:
        sheet.row((called, "words"), *_numbers(counts, "count", "share"))
    return header


def _total(sheet: Sheet, audit: Audit) -> None:
    counts = _counts(audit, audit.claimed)
    sheet.row((text("workbook-total", audit.language), "total name"), *_numbers(counts, "total count", "total share"))


def _numbers(counts: Sequence[int], count: str, share: str) -> list[Cell]:
    """Counts, their sum, and the share of the last of them; nothing stands for none."""
    whole = sum(counts)
    return [*((number or None, count) for number in counts), (whole, count), (counts[-1] / whole, share)]


def _chart(sheet: Sheet, audit: Audit, header: int, rows: int) -> None:
    """A bar for each position, of three parts, below the table; rows are left empty for it."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    first, last = header + 1, header + rows
    for column, outcome in enumerate(OUTCOMES, 2):
        values = Reference(sheet.sheet, min_col=column, min_row=first, max_row=last)
        series = Series(values, title=name(f"outcome:{outcome}", audit.language))
        series.graphicalProperties.solidFill = SOLID[outcome]
        chart.series.append(series)
    chart.set_categories(Reference(sheet.sheet, min_col=1, min_row=first, max_row=last))
    chart.legend.position = "t"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    chart.y_axis.crosses = "max"  # and the numbers below
    chart.y_axis.number_format = "0"
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=RULE)))
    height = 3 + 0.8 * rows
    chart.width, chart.height = _CHART_WIDTH, height  # type: ignore[assignment]
    sheet.sheet.add_chart(chart, f"A{sheet.rows + 1}")
    sheet.gap(int(height / _ROW) + 1)
