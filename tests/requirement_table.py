"""The table of requirements that a person read from the order, alternative by alternative, with what the contract says
beside it: the codes of fields, what positions imply, which belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from command_line import ROOT
from oracle import load_law

LAW: Final = load_law()
REQUIREMENTS: Final = yaml.safe_load((ROOT / "tests" / "requirements.yaml").read_text(encoding="utf-8"))
POSITIONS: Final = tuple(dict.fromkeys(LAW.position_of[grade] for of in REQUIREMENTS.values() for grade in of))
SECTION: Final = {position: f"order-775-sec-{number}" for number, position in enumerate(POSITIONS, 1)}
CATEGORIES: Final = ("none", "second", "first", "highest")
TIERS: Final = ("high", "mid")
LEVELS: Final = tuple(sorted(LAW.levels, key=lambda level: LAW.levels[level]))


@dataclass(frozen=True)
class Alternative:
    """An alternative of the table of requirements, with its grade."""

    grade: str
    number: int
    clause: str
    asks: dict[str, Any]

    @property
    def position(self) -> str:
        return LAW.position_of[self.grade]

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(self.asks.get("levels", ()))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields by their keys: "relevant" is relevant to the position."""
        named = self.asks.get("fields", ())
        return tuple(f"relevant-to-{self.position}" if field == "relevant" else field for field in named)

    @property
    def experience(self) -> dict[str, Any]:
        return dict(self.asks.get("experience", {}))

    @property
    def months(self) -> int:
        return int(self.experience.get("months", 0))

    @property
    def training(self) -> str:
        return str(self.asks.get("training", ""))


TABLE: Final = tuple(
    Alternative(grade, number, f"order-775-cl-{clause}", row)
    for clause, grades in REQUIREMENTS.items()
    for grade, rows in grades.items()
    for number, row in enumerate(rows, 1)
)
GRADES: Final = tuple(dict.fromkeys(alternative.grade for alternative in TABLE))
CLAUSE: Final = {alternative.grade: alternative.clause for alternative in TABLE}


def tier_of(grade: str) -> str | None:
    """As the key of the grade says."""
    found = re.search(r"-(high|mid)(-|$)", grade)
    return found[1] if found else None


def category_of(grade: str) -> str | None:
    """As the key of the grade says."""
    return next((category for category in CATEGORIES if grade.endswith(f"-{category}")), None)


#: semantics of the fields: the codes that belong to each; those that a clause does not ask for are left out.
MEMBERS: Final = {
    "economics": ("0311", "041"),
    "finance-economics": ("0311", "0411", "0412"),
    "law": ("0421",),
    "psychology": ("0313",),
    "relevant-to-accountant": ("0311", "041", "0542"),
    "relevant-to-economist": ("0311", "041"),
    "relevant-to-engineer": ("05", "06", "07", "08"),
    "relevant-to-laboratory-assistant": ("05", "06", "07", "08", "09"),
    "relevant-to-legal-consultant": ("0421",),
    "relevant-to-mechanic": ("06", "07"),
    "relevant-to-sociologist": ("0314",),
    "relevant-to-technician": ("05", "06", "07", "08"),
    "relevant-to-translator": ("023",),
    "technical": ("06", "07"),
}
IMPLIED_ACTIVITY: Final = {
    "accountant": "accounting-control",
    "hr-inspector": "personnel",
    "hr-specialist": "personnel",
}
IMPLIED_FIELD: Final = {
    **{position: f"relevant-to-{position}" for position in POSITIONS if f"relevant-to-{position}" in MEMBERS},
    "lawyer": "law",
    "psychologist": "psychology",
    "engineering-technical": "relevant-to-engineer",
}
GROUP: Final = "engineering-technical"
MEMBERS_OF_GROUP: Final = ("technician", "engineer", "mechanic")
