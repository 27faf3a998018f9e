"""Who fits a vacancy, ranked, and the same as JSON and CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from bilik import __version__
from bilik.audit.candidates import COLUMNS


@dataclass(frozen=True)
class Candidate:
    """One person beside the vacant grade; the meanings are those of :func:`bilik.audit.candidates.find_candidates`.

    Attributes:
        reason: codes of what is not met of the best alternative, joined by semicolons.
        own: the values of people's own columns.
    """

    rank: int
    person: str
    standing: str
    date: date | None
    verdict: str
    claimed: bool
    best_alternative: int
    short_months: int | None
    reason: str | None
    own: tuple[object, ...]


@dataclass(frozen=True)
class Shortlist:
    """The candidates for a grade.

    Attributes:
        vacancy: slug of the grade.
        months, until: how far ahead was looked.
        variants: codes of the readings that replace default ones.
        own: names of people's own columns.
    """

    vacancy: str
    as_of: date
    months: int
    until: date
    variants: tuple[str, ...]
    own: tuple[str, ...]
    candidates: Sequence[Candidate]


def as_json(shortlist: Shortlist) -> str:
    """As ``candidates.schema.json`` says."""
    document = {
        "grade": shortlist.vacancy,
        "as_of": shortlist.as_of.isoformat(),
        "months": shortlist.months,
        "until": shortlist.until.isoformat(),
        "dataset_version": __version__,
        **({"variants": list(shortlist.variants)} if shortlist.variants else {}),
        "candidates": [
            {
                "rank": one.rank,
                "person": one.person,
                "standing": one.standing,
                "date": one.date and one.date.isoformat(),
                "verdict": one.verdict,
                "claimed": one.claimed,
                "best_alternative": one.best_alternative,
                "short_months": one.short_months,
                "reasons": one.reason.split(";") if one.reason else [],
                "own_columns": dict(zip(shortlist.own, map(_plain, one.own), strict=True)),
            }
            for one in shortlist.candidates
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_csv(shortlist: Shortlist) -> str:
    """With people's own columns behind."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow((*COLUMNS, *shortlist.own))
    for one in shortlist.candidates:
        cells = (getattr(one, name) for name in COLUMNS)
        writer.writerow([str(cell).lower() if isinstance(cell, bool) else cell for cell in (*cells, *one.own)])
    return written.getvalue()


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
