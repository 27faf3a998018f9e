"""``bilik path``: a person's plan, or the law's shortest path."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bilik.cli.options import known, write
from bilik.errors import InputError
from bilik.evaluate import CompiledLaw, compiled_law, persons
from bilik.namespaces import code, expand
from bilik.people import Records, load_people
from bilik.plan.plan import Plan
from bilik.texts import Language, name, rank, text


def run(
    files: Sequence[Path],
    person: str | None,
    to: str | None,
    assumed: Sequence[str],
    as_of: date,
    form: str,
    output: Path | None,
    language: Language,
) -> None:
    """Plan for one person and print."""
    law = compiled_law()
    of_position = {code(grade): code(law.facts[grade][expand("bilik:isGradeOf")][0]) for grade in law.grades}
    if to is not None:
        known(to, dict.fromkeys([*of_position, *of_position.values()]), "grade or position")
    records = load_people(files)
    if assumed:
        from bilik.people.assume import assume

        assume(records, assumed)
    somebody = one_person(records, person)
    grades = [grade for grade, position in of_position.items() if to in (None, grade, position)]
    plans = _plans(records, somebody, grades, law, as_of, only_best=to in of_position.values() and to not in of_position)
    write(_rendered(plans, records, somebody, to, as_of, form, language), output)


def one_person(records: Records, wanted: str | None) -> str:
    """The IRI of the person asked for, or of the only one there is.

    Raises:
        InputError: nobody is called that, or there are several and none was named.
    """
    everyone = {records.shown(iri): iri for iri in persons(records.store)}
    if wanted is None and len(everyone) == 1:
        return next(iter(everyone.values()))
    if wanted is None:
        raise InputError(f"several persons; name one with --person: {', '.join(everyone)}")
    return everyone[wanted if wanted in everyone else known(wanted, everyone, "person")]
