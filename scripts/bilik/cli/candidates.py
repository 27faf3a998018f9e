"""``bilik candidates``: who of a staff list fits a vacancy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bilik.audit.candidates import COLUMNS, find_candidates
from bilik.audit.own_columns import with_own_columns
from bilik.audit.session import reading, session
from bilik.audit.sources import open_roster
from bilik.cli.options import chosen_variants, known, law_under
from bilik.errors import InputError
from bilik.evaluate import compiled_law
from bilik.namespaces import code
from bilik.output import write, write_bytes
from bilik.plan.months import add_months
from bilik.report.candidates import Candidate, Shortlist, as_csv, as_json
from bilik.texts import Language


def run(
    source: Sequence[str],
    vacancy: str,
    months: int,
    as_of: date,
    form: str,
    output: Path | None,
    language: Language,
    readings: Sequence[str] = (),
    memory: str | None = None,
    *,
    everyone: bool = False,
) -> None:
    """Look at everyone for one grade and write who fits, ranked.

    Raises:
        InputError: an unknown grade, a source that cannot be read, an output that cannot be written, not enough room.
    """
    law = law_under(compiled_law(), chosen_variants(readings))
    known(vacancy, (code(grade) for grade in law.grades), "grade")
    if form == "xlsx" and output is None:
        raise InputError("--format xlsx needs -o OUT.xlsx")
    until = add_months(as_of, months)
    with session(memory) as connection, reading(source):
        roster = open_roster(source, connection)
        find_candidates(connection, law, vacancy, as_of, until, everyone=everyone)
        query, own = with_own_columns(roster, "candidates", COLUMNS)
        rows = connection.execute(query).fetchall()
    found = [Candidate(*(*row[: len(COLUMNS)], row[len(COLUMNS) :])) for row in rows]
    shortlist = Shortlist(vacancy, as_of, months, until, law.variants, own, found)
    if form == "json":
        write(as_json(shortlist), output)
    elif form == "csv":
        write(as_csv(shortlist), output)
    elif form == "text":
        from bilik.report.candidates_text import candidates_text

        write(candidates_text(shortlist, law, language), output)
    elif output is not None:
        from bilik.report.candidates_workbook import candidates_workbook  # only workbooks need it

        write_bytes(candidates_workbook(shortlist, law, language), output)
