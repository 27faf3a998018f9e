"""``bilik audit``: a whole staff list against the law."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bilik.audit.evaluation import EVERYONE, evaluate_part, parts, prepare
from bilik.audit.findings import find_in, findings_of, write_findings
from bilik.audit.outputs import WORKBOOK, check_output, claims_met, write_rows
from bilik.audit.session import reading, session
from bilik.audit.sources import Roster, open_roster
from bilik.cli.options import chosen_variants, law_under
from bilik.errors import InputError
from bilik.evaluate import CompiledLaw, compiled_law
from bilik.output import write_bytes
from bilik.texts import Language, name, text


@dataclass(frozen=True)
class Wanted:
    """What an audit is asked for.

    Attributes:
        months: how far ahead a workbook looks for those who are due for the next category.
        memory: what the database may use, as DuckDB writes sizes; half of the machine's if not given.
        against: another law graph; then what is written is whose verdicts change under it.
        master: where Spark runs, if it is to evaluate; then ``output`` is a folder of Parquet files.
    """

    output: Path
    as_of: date
    language: Language
    claims_only: bool
    readings: Sequence[str] = ()
    months: int = 12
    memory: str | None = None
    against: Path | None = None
    master: str | None = None


def run(source: Sequence[str], wanted: Wanted) -> int:
    """Evaluate and write; returns the exit status.

    Raises:
        InputError: a source that cannot be read, an output that cannot be written, not enough room.
    """
    if wanted.master:
        return _by_spark(source, wanted, wanted.master)
    check_output(wanted.output)
    if wanted.against:
        return _compare(source, wanted, wanted.against)
    law = law_under(compiled_law(), chosen_variants(wanted.readings))
    with session(wanted.memory) as connection, reading(source):
        roster = open_roster(source, connection)
        prepare(connection, law, wanted.as_of, claims_only=wanted.claims_only)
        found = find_in(connection, roster, wanted.as_of)
        if wanted.output.suffix.lower() == WORKBOOK:
            outcomes = _write_workbook(connection, roster, law, wanted)
        else:
            portions = parts(connection)
            with _progress(len(portions)) as done:
                outcomes = write_rows(connection, roster, portions, wanted.output, done)
        beside = write_findings(connection, wanted.output, wanted.language)
        _print(outcomes, found, beside, wanted)
    return 0 if claims_met(outcomes) and not found else 1


def _by_spark(source: Sequence[str], wanted: Wanted, master: str) -> int:
    from bilik.audit.spark import run_spark

    if wanted.against or len(source) != 1:
        raise InputError("--engine spark evaluates one folder under one law; without it --against and several files go")
    law = law_under(compiled_law(), chosen_variants(wanted.readings))
    outcomes = run_spark(
        source[0], wanted.output, wanted.as_of, law, claims_only=wanted.claims_only, master=master
    )
    _print(outcomes, 0, None, wanted)
    return 0 if claims_met(outcomes) else 1


def _compare(source: Sequence[str], wanted: Wanted, against: Path) -> int:
    """Whose verdicts change under another law; no claim is judged, so that the exit status is 0."""
    from rich.console import Console

    from bilik.audit.another_law import LawAndCodes, law_of
    from bilik.audit.comparison import run_comparison
    from bilik.people.codes import read_codes
    from bilik.report.comparison_text import comparison_lines

    variants = chosen_variants(wanted.readings)
    other = law_of(against)
    with session(wanted.memory) as connection, reading(source):
        made = run_comparison(
            connection,
            open_roster(source, connection),
            LawAndCodes(law_under(compiled_law(), variants), read_codes()),
            LawAndCodes(law_under(other.compiled, variants), other.codes),
            wanted.output,
            as_of=wanted.as_of,
            claims_only=wanted.claims_only,
            language=wanted.language,
            against=against.name,
        )
    console = Console(highlight=False)
    for line in comparison_lines(made, wanted.output, wanted.language):
        console.print(line, soft_wrap=True)
    return 0


def _write_workbook(
    connection: duckdb.DuckDBPyConnection, roster: Roster, law: CompiledLaw, wanted: Wanted
) -> dict[str, int]:
    from bilik.report.audit_workbook import audit_workbook  # only workbooks need it

    evaluate_part(connection, EVERYONE)
    written = audit_workbook(
        connection,
        roster,
        law=law,
        as_of=wanted.as_of,
        language=wanted.language,
        claims_only=wanted.claims_only,
        found=findings_of(connection),
        months=wanted.months,
    )
    write_bytes(written, wanted.output)
    counted = connection.execute("SELECT verdict, count(*) FROM judged_claims GROUP BY verdict").fetchall()
    return {str(verdict): int(count) for verdict, count in counted}


def _print(outcomes: Mapping[str, int], found: int, beside: Path | None, wanted: Wanted) -> None:
    """How the claims came out and what is wrong, in a few lines."""
    language = wanted.language
    told = ", ".join(f"{name(f'outcome:{outcome}', language)}: {outcomes[outcome]}" for outcome in sorted(outcomes))
    as_of = text("as-of", language, date=wanted.as_of.isoformat())
    claims = text("audit-claims", language, as_of=as_of, outcomes=told or "0")
    print(f"{wanted.output}: {claims}")
    if beside:
        print(f"{beside}: {text('audit-findings', language, count=found)}")


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, where that is a terminal and there is more than one step."""
    if steps == 1 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=steps)
        yield lambda: progress.advance(task)
