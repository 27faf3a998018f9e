"""``bilik map``: the career map."""

from __future__ import annotations

from pathlib import Path

from bilik.cli.options import known
from bilik.output import write
from bilik.report.pictures import career_map_mermaid, career_map_svg, positions
from bilik.texts import Language


def run(position: str | None, form: str, output: Path | None, language: Language) -> None:
    """Draw and write.

    Raises:
        InputError: an unknown position, or a file that cannot be written.
    """
    if position is not None:
        known(position, positions(), "position")
    draw = career_map_svg if form == "svg" else career_map_mermaid
    write(draw(language, position=position), output)
