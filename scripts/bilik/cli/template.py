"""``bilik template``: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

from bilik.errors import InputError
from bilik.output import write_bytes
from bilik.texts import Language


def run(output: Path, language: Language) -> None:
    """Write the workbook.

    Raises:
        InputError: not a name of a workbook, or the file cannot be written.
    """
    if output.suffix.lower() != ".xlsx":
        raise InputError(f"{output}: the template is a workbook; give it a name that ends in .xlsx")
    from bilik.report.template_workbook import template_workbook

    write_bytes(template_workbook(language), output)
