"""Moves in words, the same in every form of the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bilik.report.pictures.career import Kind, Move, Station
from bilik.report.verbaliser import Names
from bilik.texts import Language, text

_SERVED_IN: Mapping[Kind, str] = {
    "position": "picture-by-position",
    "group": "picture-by-group",
    "speciality": "picture-by-speciality",
    "activity": "picture-by-activity",
}


@dataclass(frozen=True)
class Words:
    """What things are called in the reader's language."""

    names: Names
    language: Language

    def title(self, position: str | None) -> str:
        """The title of a map: of everything, or of a position."""
        if position is None:
            return self.say("picture-map")
        return self.say("picture-map-of", position=self.names(f"position:{position}"))

    def say(self, key: str, **filled: object) -> str:
        """A text of the pictures."""
        return text(key, self.language, **filled)

    def clause(self, provision: str) -> str:
        """The clause that says so."""
        return self.names(f"law:{provision}")

    def category(self, station: Station) -> str:
        """Where a grade stands in its position: its category, or that it is the entry or the only one."""
        if station.category:
            return self.names(f"category:{station.category}")
        return self.say("picture-only-grade" if station.only else "picture-entry")

    def months(self, move: Move) -> str:
        """How long a move takes."""
        return self.say("picture-months", months=move.work.months)

    def served_in(self, kind: Kind, counted: Iterable[str]) -> str:
        """What the months are served in."""
        prefix = "activity" if kind == "activity" else "position"
        called = ", ".join(self.names(f"{prefix}:{each}") for each in counted)
        return self.say(_SERVED_IN[kind], counted=called)

    def described(self, move: Move) -> str:
        """A move in one line."""
        starts = "; ".join(self.names(f"grade:{grade}") for grade in move.starts)
        ends = "; ".join(self.names(f"grade:{grade}") for grade in move.ends)
        arrow = "↔" if move.returns else "→"
        by = self.served_in(move.kind, [move.work.counted])
        return f"{starts} {arrow} {ends}: {self.months(move)}, {by}, {self.clause(move.provision)}"
