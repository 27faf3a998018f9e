"""The sheet that explains the others: verdicts, reasons, the law and how it was read."""

from __future__ import annotations

from bilik import __version__
from bilik.evaluate.verdicts import Facts
from bilik.namespaces import code, expand
from bilik.report.audit_workbook.cells import Sheet
from bilik.report.audit_workbook.facts import OUTCOMES, Audit
from bilik.report.audit_workbook.words import Reasons
from bilik.report.marks import MARKS
from bilik.texts import definition, name, reading_name, text

WIDTHS = (30, 44, 76)


def write_legend(sheet: Sheet, audit: Audit, reasons: Reasons, *, claims_only: bool) -> None:
    """Write the sheet."""
    language = audit.language
    sheet.across(text("workbook-legend", language), "title", height=30)
    sheet.across(text("workbook-colours", language), "prose")
    if not claims_only:
        sheet.across(text("workbook-explain-fitting", language, sheet=text("workbook-fitting", language)), "prose")
    sheet.gap()
    sheet.row((text("workbook-source", language), "heading"), height=22)
    for key, value in sources(audit, reasons.law):
        sheet.row((key, "name"), (value, "words"), merged_from=2)
    sheet.gap()
    _heading(sheet, audit, "workbook-verdicts", "workbook-code", "workbook-in-words", "workbook-meaning")
    for outcome in OUTCOMES:
        called = f"{MARKS[outcome]} {name(f'outcome:{outcome}', language)}"
        sheet.row((outcome, "text"), (called, outcome), (definition(f"outcome:{outcome}", language), "words"))
    if codes := audit.reasons():
        sheet.gap()
        _heading(sheet, audit, "workbook-reasons", "workbook-code", "workbook-in-words", "workbook-meaning")
        for reason in codes:
            sheet.row((reason, "text"), (reasons.called(reason), "words"), (reasons.meaning(reason), "words"))
    sheet.gap()
    grades = audit.claimed if claims_only else audit.grades.values()
    relied_on = sorted(frozenset().union(*(grade.readings for grade in grades)))
    _heading(sheet, audit, "readings", "workbook-code", "workbook-in-words", "workbook-meaning")
    for reading in relied_on:
        called = name(f"reading:{reading}", language)
        sheet.row((reading, "text"), (called, "words"), (definition(f"reading:{reading}", language), "words"))


def sources(audit: Audit, law: Facts) -> list[tuple[str, object]]:
    """What the verdicts rest on: name and value of each thing."""
    language = audit.language
    act, amendments = _acts(law)
    issued = law[act][expand("dcterms:issued")][0]
    number = law[act][expand("bilik:actNumber")][0]
    words = text("workbook-act", language, title=name(f"law:{code(act)}", language), number=number, issued=issued)
    lines: list[tuple[str, object]] = [(text("workbook-law", language), words)]
    lines += [(text("workbook-amended", language), name(f"law:{code(node)}", language)) for node in amendments]
    lines.append((text("workbook-as-of", language), audit.as_of.isoformat()))
    lines.append((text("workbook-version", language), __version__))
    if audit.law.variants:
        others = "; ".join(reading_name(variant, language) for variant in audit.law.variants)
        lines.append((text("read-otherwise", language), others))
    return lines


def _acts(law: Facts) -> tuple[str, list[str]]:
    """The act whose versions the graph has, and the other acts that introduced them, the oldest first."""
    versions = [said for said in law.values() if expand("bilik:ActVersion") in said.get(expand("rdf:type"), ())]
    (act,) = {said[expand("bilik:isVersionOf")][0] for said in versions}
    others = {said[expand("bilik:isIntroducedBy")][0] for said in versions} - {act}
    return act, sorted(others, key=lambda node: law[node][expand("dcterms:issued")][0])


def _heading(sheet: Sheet, audit: Audit, key: str, *columns: str) -> None:
    sheet.row((text(key, audit.language), "heading"), height=22)
    sheet.row(*((text(column, audit.language), "header") for column in columns))
