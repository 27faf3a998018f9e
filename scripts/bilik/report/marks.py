"""The signs of outcomes and results, so that nothing is told by colour alone."""

from __future__ import annotations

MARKS = {"qualified": "✔", "met": "✔", "undetermined": "?", "unknown": "?", "not-qualified": "✘", "unmet": "✘"}
"""Code of an outcome or a result → its sign."""
