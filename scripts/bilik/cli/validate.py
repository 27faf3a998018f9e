"""``bilik validate``: records against their shapes, by a SHACL engine."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bilik.evaluate import persons
from bilik.people import load_people
from bilik.texts import Language, text


def run(files: Sequence[Path], form: str, language: Language) -> int:
    """Validate and print the findings; returns the exit status."""
    from bilik.people.validation import validate

    records = load_people(files)
    findings = validate(records)
    if form == "json":
        from bilik.report.as_json import finding_json

        json.dump([finding_json(finding, language) for finding in findings], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    elif findings:
        from rich.console import Console

        from bilik.report.as_text import print_findings

        print_findings(Console(highlight=False), findings, language)
    else:
        print(text("valid", language, count=len(persons(records.store))))
    return 1 if findings else 0
