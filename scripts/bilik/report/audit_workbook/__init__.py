"""The workbook that an audit gives back: a summary, the claims with what is missing, who is due, findings, a legend.

The sheets are written in the order in which they are read; nothing is computed that the rows of the audit do not tell.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import duckdb

from bilik.audit.sources import Roster
from bilik.evaluate import CompiledLaw
from bilik.people import Finding
from bilik.report.audit_workbook import claims, due, findings, fitting, legend, summary
from bilik.report.audit_workbook.cells import Sheet, new_book
from bilik.report.audit_workbook.facts import read_audit
from bilik.report.audit_workbook.words import Reasons
from bilik.report.explanation import law_facts
from bilik.report.workbook import workbook_bytes
from bilik.texts import Language, text

__all__ = ["audit_workbook"]


def audit_workbook(
    connection: duckdb.DuckDBPyConnection,
    roster: Roster,
    *,
    law: CompiledLaw,
    as_of: date,
    language: Language,
    claims_only: bool,
    found: Collection[Finding] = (),
    months: int = 12,
) -> bytes:
    """An audit as .xlsx; the same audit gives the same bytes.

    Args:
        connection: in which the roster was opened and :func:`bilik.audit.evaluation.evaluate` was run.
        law: by which it was evaluated.
        claims_only: whether the rows tell of claims alone; else a sheet says what people qualify for besides.
        found: what is wrong with the roster.
        months: how far ahead to look for those who are due for the next category.

    Raises:
        InputError: there are more rows than a sheet holds.
        duckdb.Error: a source cannot be read to its end, or the machine has not enough room.
    """
    audit = read_audit(connection, roster.carried, law, as_of, language)
    reasons = Reasons(law_facts(), law, language)
    foot = f"Bilik, {text('as-of', language, date=as_of.isoformat())}"
    with new_book() as book:

        def sheet(key: str, widths: Sequence[float], *, upright: bool = False) -> Sheet:
            return Sheet(book, text(key, language), widths, foot=foot, upright=upright)

        first = sheet("workbook-summary", summary.WIDTHS, upright=True)
        summary.write_summary(first, audit, legend.sources(audit, reasons.law), len(found))
        claims.write_claims(sheet("workbook-claims", claims.widths(audit)), audit, reasons)
        due.write_due(sheet("workbook-due", due.widths(audit)), audit, audit.due(months), months)
        if not claims_only:
            fitting.write_fitting(sheet("workbook-fitting", fitting.widths(audit)), audit)
        findings.write_findings(sheet("workbook-findings", findings.widths()), found, language)
        legend.write_legend(sheet("workbook-legend", legend.WIDTHS), audit, reasons, claims_only=claims_only)
        book.properties.title = text("workbook-title", language)
        book.properties.creator = "Bilik"
        book.properties.language = language
        return workbook_bytes(book)
