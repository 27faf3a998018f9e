"""Gaps as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bilik import __version__
from bilik.people import Records
from bilik.plan.gap import Gap, Item
from bilik.report.as_json import alternative_json
from bilik.report.plan_json import course_json


def gap_json(gap: Gap, records: Records, variants: Sequence[str] = ()) -> dict[str, Any]:
    """One gap; each alternative with its result and the way that meets it soonest; the variants of readings, if any."""
    cheapest = gap.cheapest
    return {
        "person": records.shown(gap.person),
        "to": gap.to,
        "as_of": gap.as_of.isoformat(),
        "dataset_version": __version__,
        **({"variants": list(variants)} if variants else {}),
        "verdict": gap.verdict.outcome,
        "provision": gap.verdict.provision,
        "alternatives": [
            {"alternative": alternative_json(closing.result, records), "closed": course_json(closing.course)}
            for closing in gap.closings
        ],
        "cheapest": cheapest and cheapest.result.number,
        "positions_held": list(gap.present),
        "new_duties": [_item(item) for item in gap.new_duties],
        "new_knowledge": [_item(item) for item in gap.new_knowledge],
        "knowledge_in_common": gap.known,
    }


def _item(item: Item) -> dict[str, str]:
    return {"key": item.key, "wording": item.wording}
