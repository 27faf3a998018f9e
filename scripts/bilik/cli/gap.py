"""``bilik gap``: what lies between a person and a grade."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bilik.cli.options import chosen_variants, known, law_under, load_assuming, one_person
from bilik.evaluate import compiled_law
from bilik.namespaces import code
from bilik.output import write
from bilik.plan.gap import find_gap
from bilik.report.explanation import law_facts
from bilik.texts import Language


def run(
    files: Sequence[Path],
    person: str | None,
    to: str,
    assumed: Sequence[str],
    as_of: date,
    form: str,
    output: Path | None,
    language: Language,
    readings: Sequence[str] = (),
) -> None:
    """Find the gap of one person and write it."""
    law = law_under(compiled_law(), chosen_variants(readings))
    known(to, (code(grade) for grade in law.grades), "grade")
    records = load_assuming(files, assumed)
    found = find_gap(records, one_person(records, person), to, law, law_facts(), as_of)
    if form == "json":
        from bilik.report.gap_json import gap_json

        write(json.dumps(gap_json(found, records, law.variants), ensure_ascii=False, indent=1) + "\n", output)
    else:
        from bilik.report.gap_text import gap_text

        write(gap_text(found, records, language, law.variants), output)
