"""Where the graph folders are: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bilik.errors import BilikError

_FOLDERS = ("ontology", "data", "shapes", "queries")


@cache
def root() -> Path:
    """The folder that holds ``ontology``, ``data``, ``shapes`` and ``queries``.

    A checkout (also an editable install) wins over the copy that a wheel carries in ``bilik/_graph``: the copy of an
    editable install would be stale.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package.parents[1], package / "_graph"):
        if all((candidate / folder).is_dir() for folder in _FOLDERS):
            return candidate
    raise BilikError(f"the graph files are missing from {package}: install bilik again")


def folder(*parts: str) -> Path:
    """A folder or file below :func:`root`, e.g. ``folder("queries", "rules")``."""
    return root().joinpath(*parts)


def law_files() -> list[Path]:
    """Every Turtle file of the law: ontology, schemes, the law graph, readings; the career graph and the conditions as
    the rules read them, which are derived from it."""
    return [
        *sorted(folder("ontology").glob("*.ttl")),
        *sorted(folder("ontology", "vocab").glob("*.ttl")),
        *sorted(folder("data").glob("order-*/*.ttl")),
        folder("data", "readings.ttl"),
        folder("data", "compiled", "career.ttl"),
        folder("data", "compiled", "conditions.ttl"),
    ]
