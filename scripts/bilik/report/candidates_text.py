"""Who fits a vacancy, as a table for people."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bilik.evaluate import CompiledLaw
from bilik.report.audit_workbook.words import Reasons
from bilik.report.candidates import Candidate, Shortlist
from bilik.report.explanation import law_facts
from bilik.report.readings_as_text import print_variants
from bilik.texts import Language, name, text

_STYLES = {"qualified": "green", "will-qualify": "green", "undetermined": "yellow", "not-qualified": "red"}


def candidates_text(shortlist: Shortlist, law: CompiledLaw, language: Language) -> str:
    """The candidates in a language.

    Args:
        law: by which they were judged.
    """
    reasons = Reasons(law_facts(), law, language)
    console = Console(highlight=False)
    with console.capture() as captured:
        print_variants(console, shortlist.variants, language)
        vacancy = name(f"grade:{shortlist.vacancy}", language)
        told = scope(shortlist, language)
        console.print(f"\n[bold]{escape(vacancy)}[/bold]  [dim]{shortlist.vacancy}[/dim]  ({told})", soft_wrap=True)
        if not shortlist.candidates:
            console.print(f"  {text('candidates-none', language)}")
        else:
            console.print(_table(shortlist, reasons, language))
            console.print(f"  [dim]{text('candidates-assumed', language)}[/dim]", soft_wrap=True)
    return captured.get()


def scope(shortlist: Shortlist, language: Language) -> str:
    """The day and how far ahead was looked."""
    as_of = text("as-of", language, date=shortlist.as_of.isoformat())
    until = text("candidates-until", language, date=shortlist.until.isoformat())
    return f"{as_of}; {until}" if shortlist.months else as_of


def standing(candidate: Candidate, language: Language) -> str:
    """How somebody stands to the vacancy, in words."""
    if candidate.standing == "will-qualify":
        return text("candidates-will-qualify", language)
    return name(f"outcome:{candidate.standing}", language)


def wanted(candidate: Candidate, shortlist: Shortlist, reasons: Reasons) -> list[str]:
    """What is wanting: the papers where something is open, what is asked for where it is not met; else nothing.

    Of somebody judged on a day on which the wording in force is not known, what that means.
    """
    if candidate.standing in ("qualified", "will-qualify"):
        return []
    reason = candidate.reason
    return reasons.right(reason, shortlist.vacancy, candidate.best_alternative) or reasons.wrong(reason)


def _table(shortlist: Shortlist, reasons: Reasons, language: Language) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("", justify="right")
    said = (text(key, language) for key in ("candidates-standing", "candidates-date", "candidates-wanted"))
    for heading in (text("candidates-person", language), *map(escape, shortlist.own), *said):
        table.add_column(heading, overflow="fold")
    for one in shortlist.candidates:
        style = _STYLES[one.standing]
        table.add_row(
            str(one.rank),
            escape(one.person),
            *("" if value is None else escape(str(value)) for value in one.own),
            f"[{style}]{standing(one, language)}[/{style}]",
            one.date.isoformat() if one.date else "",
            escape("; ".join(wanted(one, shortlist, reasons))),
        )
    return table
