"""The form in which a person enters a record: the tables of people as sections, their columns as controls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from bilik.namespaces import expand
from bilik.people.codes import read_codes
from bilik.people.contract import ENTRIES, Column, Table
from bilik.texts import Language, fields, name

_DETAILS: Mapping[str, tuple[str, ...]] = {
    "credentials": ("recognised_for",),
    "employments": ("tier", "field", "activity", "recognised_for"),
}
"""Columns that few people need: they are shown on request."""
_SECTIONS = ("credentials", "employments", "trainings")
"""In the order in which people tell of themselves."""
_TITLE = "bilik:positionTitle"
_CODES = "isced-f:"


@dataclass(frozen=True)
class Choice:
    """Something to choose: the IRI that is stated, and what people read; ``depth`` is that of a field in its tree."""

    value: str
    label: str
    depth: int = 0


@dataclass(frozen=True)
class Control:
    """A control for one column.

    Attributes:
        name: of the column.
        term: IRI of the property that it states.
        kind: ``choice``, ``field``, ``position`` or ``date``.
        detail: whether it is shown on request only.
        text_term: IRI of the property that states a text where none of the choices will do.
    """

    name: str
    term: str
    kind: str
    choices: tuple[Choice, ...]
    detail: bool
    text_term: str | None = None


@dataclass(frozen=True)
class Section:
    """The entries of one kind: the table, the IRI of the property that links them to the person, and of their class."""

    name: str
    link: str
    kind: str
    controls: tuple[Control, ...]


def sections(language: Language) -> list[Section]:
    """The sections of the form."""
    return sorted((_section(table, language) for table in ENTRIES), key=lambda one: _SECTIONS.index(one.name))


def claims(language: Language) -> list[tuple[str, list[Choice]]]:
    """The grades that can be claimed, by the name of their position, in the order of the law."""
    return [
        (name(f"position:{position}", language), [_choice(f"grade:{grade[0]}", language) for grade in of_position])
        for position, of_position in groupby(read_codes().grades, key=lambda grade: grade[1])
    ]


def _section(table: Table, language: Language) -> Section:
    details = _DETAILS.get(table.name, ())
    controls = (_control(called, column, called in details, language) for called, column in table.columns.items())
    return Section(table.name, expand(table.link), expand(table.kind), tuple(controls))


def _control(called: str, column: Column, detail: bool, language: Language) -> Control:
    kind, text_term = "choice", None
    choices: tuple[Choice, ...] = ()
    if column.kind == "date":
        kind = "date"
    elif column.kind == "field":
        kind, choices = "field", _fields(language)
    elif column.kind == "positions":
        codes = read_codes()
        choices = tuple(_choice(f"position:{position}", language) for position in codes.positions)
    else:
        choices = tuple(_choice(curie, language) for curie in read_codes().in_order(column.term))
        if column.kind == "position":
            kind, text_term = "position", expand(_TITLE)
    return Control(called, expand(column.term), kind, choices, detail, text_term)


def _fields(language: Language) -> tuple[Choice, ...]:
    """The fields of education by code: each follows the one that it is a part of."""
    known = fields(language)
    depths = {code: sum(code != other and code.startswith(other) for other in known) for code in known}
    return tuple(Choice(expand(_CODES + code), f"{label} ({code})", depths[code]) for code, label in known.items())


def _choice(curie: str, language: Language) -> Choice:
    return Choice(expand(curie), name(curie, language))
