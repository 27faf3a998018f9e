"""Options that several commands share."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date

from bilik.errors import InputError
from bilik.evaluate import persons
from bilik.people import Records
from bilik.texts import LANGUAGES, Language

__all__ = ["Language", "as_of_date", "known", "language", "one_person"]


def language(chosen: Language | None) -> Language:
    """The language chosen, else that of the locale, else Kazakh."""
    if chosen:
        return chosen
    locale = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    spoken = re.split(r"[_.@-]", locale)[0].lower()
    return next((known for known in LANGUAGES if known == spoken), "kk")


def as_of_date(given: str | None) -> date:
    """The as-of date given, else today.

    Raises:
        InputError: not a date as YYYY-MM-DD.
    """
    if given is None:
        return date.today()
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
            raise ValueError(given)
        return date.fromisoformat(given)
    except ValueError as error:
        raise InputError(f"--as-of {given}: not a date; write an existing day as YYYY-MM-DD") from error


def known(slug: str, codes: Iterable[str], what: str) -> str:
    """``slug`` if it is one of ``codes``.

    Raises:
        InputError: it is not; the nearest ones are suggested.
    """
    codes = list(codes)
    if slug in codes:
        return slug
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(slug, codes, n=3, cutoff=0.4) or codes[:3]
    raise InputError(f"{slug}: no such {what}; nearest: {', '.join(near)}")


def one_person(records: Records, wanted: str | None) -> str:
    """The IRI of the person called ``wanted`` (key or IRI), or of the only one there is.

    Raises:
        InputError: nobody is called that, or there are several and none was named.
    """
    everyone = {records.shown(iri): iri for iri in persons(records.store)}
    if wanted is not None:
        return everyone[known(wanted, everyone, "person")]
    if len(everyone) > 1:
        raise InputError(f"{len(everyone)} persons: name one with --person, of {', '.join(everyone)}")
    return next(iter(everyone.values()))
