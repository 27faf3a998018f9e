"""How the order's years are counted."""

from __future__ import annotations

from typing import Final

MONTHS_OF_A_YEAR: Final = 12
"""A year in the order is twelve months (reading ``months-reckoning``)."""
