"""What plans assume: how long it usually takes to obtain what is missing (``data/planning.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bilik.resources import folder
from bilik.texts import rank

_NO_LEVEL = "none"


@dataclass(frozen=True)
class Assumptions:
    """Usual durations in months.

    Attributes:
        study: level to be obtained → highest level held so far (``none``: no level) → months.
        training: of a training.
    """

    study: Mapping[str, Mapping[str, int]]
    training: int

    def study_months(self, level: str, held: Iterable[str]) -> int | None:
        """How long it takes to obtain a level for somebody who holds some; None where nothing is assumed."""
        highest = max(held, key=lambda code: rank(f"level:{code}"), default=_NO_LEVEL)
        return self.study.get(level, {}).get(highest)


def read_assumptions() -> Assumptions:
    """The assumptions that are published with this version."""
    read = tomllib.loads(folder("data", "planning.toml").read_text(encoding="utf-8"))
    return Assumptions(read["study-months"], read["training"]["months"])
