"""Options that several commands share."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bilik.errors import InputError
from bilik.evaluate import CompiledLaw, persons
from bilik.people import Records, load_people
from bilik.texts import LANGUAGES, Language

if TYPE_CHECKING:
    from bilik.evaluate.variants import Variant

__all__ = ["Language", "as_of_date", "chosen_variants", "known", "language", "law_under", "load_assuming", "one_person"]


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


def chosen_variants(given: Sequence[str]) -> list[Variant]:
    """The variants asked for by ``--reading NAME=VARIANT``.

    Raises:
        InputError: not of that form, no such variant, or two variants of one reading.
    """
    if not given:
        return []
    from bilik.evaluate.variants import variants  # only another reading needs it

    by_code = {variant.code: variant for variant in variants()}
    chosen: dict[str, Variant] = {}
    for code in given:
        if "=" not in code:
            own = [known for known in by_code if known.startswith(f"{code}=")]
            raise InputError(f"--reading {code}: write NAME=VARIANT, as in {(own or list(by_code))[0]}")
        variant = by_code[known(code, by_code, "variant of a reading")]
        if chosen.setdefault(variant.reading, variant) != variant:
            both = f"{chosen[variant.reading].code}, {code}"
            raise InputError(f"--reading: {variant.reading} is read in two ways ({both}); choose one")
    return sorted(chosen.values())


def law_under(published: CompiledLaw, variants: Sequence[Variant]) -> CompiledLaw:
    """The published law, or what other readings make of it."""
    if not variants:
        return published
    from bilik.evaluate.variants import under  # only another reading needs it

    return under(published, variants)


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


def load_assuming(files: Sequence[Path], assumed: Sequence[str]) -> Records:
    """The records of the files, with the entries of ``--assume``."""
    records = load_people(files)
    if assumed:
        from bilik.people.assume import assume  # tables need more imports than a single dossier

        assume(records, assumed)
    return records


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
