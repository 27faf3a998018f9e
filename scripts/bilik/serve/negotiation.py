"""Which media type and which language answer a request (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilik.texts import LANGUAGES, Language


def media_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type of those offered, best first, that a client likes best; None if it accepts none of them.

    Args:
        accept: the header ``Accept``; without one, or with an empty one, everything is welcome. The most specific range
            that covers a type says how much it is liked; parameters other than ``q`` are not looked at.
    """
    ranges = dict(_weighed(accept or "*/*"))

    def liking(media: str) -> float:
        main = media.partition("/")[0]
        return next((ranges[known] for known in (media, f"{main}/*", "*/*") if known in ranges), 0)

    best = max(offered, key=liking)
    return best if liking(best) > 0 else None


def spoken(accept_language: str | None, otherwise: Language) -> Language:
    """The language of ours that a reader likes best; one of theirs is refused to nobody."""
    ranges = dict(_weighed(accept_language or ""))

    def liking(language: Language) -> float:
        own = [weight for given, weight in ranges.items() if given.partition("-")[0] == language]
        return max(own, default=ranges.get("*", 0) / 2)  # a language by its name goes before "any"

    best = max([otherwise, *LANGUAGES], key=liking)
    return best if liking(best) > 0 else otherwise


def _weighed(header: str) -> Iterator[tuple[str, float]]:
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            yield name, next((_weight(given[2:]) for given in parameters if given.startswith("q=")), 1)


def _weight(given: str) -> float:
    """A quality value between 0 and 1; what is none says that the range is not wanted."""
    try:
        weight = float(given)
    except ValueError:
        return 0
    return weight if 0 <= weight <= 1 else 0
