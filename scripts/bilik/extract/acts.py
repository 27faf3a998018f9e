"""What the text says of acts as a whole: of the order itself, of those that amend it, of the one that it repeals."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bilik.errors import SourceError
from bilik.extract.registry import Calendar, Names, Registry
from bilik.extract.structure import Structure

_DAY = r"\d{4} жыл(?:ғы|ы) \d{1,2} \w+"
_ORDER = re.compile(
    rf".+ (?P<signed>{_DAY}) № (?P<number>\S+) бұйрығы\. "
    rf".+ (?P<registered>{_DAY}) № (?P<registration_number>\S+) болып тіркелді\."
)
_REPEAL = re.compile(
    rf".+ (?P<signed>{_DAY}) № (?P<number>\S+) .+ № (?P<registration_number>\S+) болып тіркелген, "
    rf"(?P<published>{_DAY}) (?P<published_in>№ .+ газеті)нде жарияланған\) күші жойылды деп танылсын\."
)
_FORCE = re.compile(r"күнтізбелік (?P<days>\w+) күн өткен соң қолданысқа енгізіледі")


@dataclass(frozen=True)
class ActFacts:
    """An act as the text tells of it; None where the text does not say.

    Attributes:
        key: the registry's.
        signed, registered, published: days.
        published_in: the newspaper, in the text's words.
        days_to_force: calendar days that have to pass after the first official publication before it is in force.
        repeals: key of the act that it repeals.
    """

    key: str
    names: Names
    signed: date
    number: str
    registered: date | None = None
    registration_number: str | None = None
    published: date | None = None
    published_in: str | None = None
    days_to_force: int | None = None
    repeals: str | None = None

    @property
    def in_force_not_before(self) -> date | None:
        """The earliest day on which it can be in force.

        An act is published after its registration (point 2 of the order) and not before it is signed; it is in force on
        the day after the last of the days that have to pass.
        """
        if self.days_to_force is None:
            return None
        return (self.published or self.registered or self.signed) + timedelta(days=self.days_to_force + 1)


def read_acts(structure: Structure, registry: Registry) -> tuple[ActFacts, ...]:
    """The order first, then the acts that it cites, as in the registry.

    Raises:
        SourceError: the order's approval is not of the known form, a month, a number of days or an act is not in the
            registry, or two notes differ on when an act comes into force.
    """
    calendar = registry.calendar
    approval = next((_ORDER.fullmatch(piece.text) for piece in structure.of_kind("approval")), None)
    if not approval:
        raise SourceError(f"{registry.source}: the approval does not say when the order was signed and registered")
    order = ActFacts(
        registry.key,
        registry.names,
        _date(approval["signed"], calendar),
        approval["number"],
        _date(approval["registered"], calendar),
        approval["registration_number"],
    )
    cited = {act.key: ActFacts(act.key, act.names, act.date, act.number) for act in registry.acts}
    for point in structure.of_kind("point"):
        if force := _FORCE.search(point.text):
            order = replace(order, days_to_force=_days(force["days"], calendar))
        if found := _REPEAL.fullmatch(point.text):
            key = registry.act(_date(found["signed"], calendar), found["number"]).key
            order = replace(order, repeals=key)
            cited[key] = replace(
                cited[key],
                registration_number=found["registration_number"],
                published=_date(found["published"], calendar),
                published_in=found["published_in"],
            )
    said: dict[str, set[int | None]] = defaultdict(set)
    for note, amendment in zip(structure.of_kind("note"), structure.amendments, strict=True):
        force = _FORCE.search(note.text)
        said[amendment.act].add(_days(force["days"], calendar) if force else None)
    for key, days in said.items():
        if len(days) > 1:
            raise SourceError(f"{registry.source}: two notes differ on when {key} comes into force")
        cited[key] = replace(cited[key], days_to_force=days.pop())
    return (order, *cited.values())


def _date(words: str, calendar: Calendar) -> date:
    year, _, day, word = words.split()
    for number, month in enumerate(calendar.months, 1):
        if word.startswith(month):
            return date(int(year), number, int(day))
    raise SourceError(f"no month of the registry begins the word {word!r}")


def _days(word: str, calendar: Calendar) -> int:
    if word not in calendar.days:
        raise SourceError(f"the registry has no number of days {word!r}")
    return calendar.days[word]
