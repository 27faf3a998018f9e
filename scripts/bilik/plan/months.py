"""Calendar months. (``dateutil`` has them too, and takes longer to import than a plan takes.)"""

from __future__ import annotations

from datetime import date, timedelta

_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day of the month some months on; the last of its month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - _DAY).day))


def months_until(day: date, later: date) -> int:
    """Whole months from a day to a later one, and one more if days are left over."""
    months = (later.year - day.year) * 12 + later.month - day.month
    return months + (later > add_months(day, months))
