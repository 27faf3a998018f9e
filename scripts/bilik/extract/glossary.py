"""The glossary: terms of the order with the one word that each has in a translation.

``data/registry/glossary.tsv`` has a column ``term`` with the term as a dictionary names it and a column per language
with what the term looks like in running text: a regular expression that whole words match, capital letters or not.
Where the term stands in the words of the order, the translation has its word at least once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bilik.errors import SourceError
from bilik.extract.section import LANGUAGES


@dataclass(frozen=True)
class Term:
    """A row of the glossary.

    Attributes:
        name: the term in the language of the order.
        forms: language → what it looks like.
        place: how errors name the row.
    """

    name: str
    forms: Mapping[str, re.Pattern[str]]
    place: str

    def stands_in(self, text: str, language: str) -> bool:
        """Whether a text in a language has the term."""
        return self.forms[language].search(text) is not None

    def amiss(self, words: str, translation: str, language: str) -> str | None:
        """What is wrong with the translation of the order's words into a language; nothing where it is right."""
        if not self.stands_in(words, LANGUAGES[0]) or self.stands_in(translation, language):
            return None
        return f"“{self.name}” is not translated as elsewhere ({self.place})"


def read_glossary(table: Path) -> tuple[Term, ...]:
    """The terms in the order of the file.

    Raises:
        SourceError: a column is missing or empty, or no regular expression; a term stands there twice.
    """
    columns = ("term", *LANGUAGES)
    terms: dict[str, Term] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(reader.fieldnames or ()) != columns:
            raise SourceError(f"{table}, line 1: the columns of a glossary are {', '.join(columns)}")
        for row in reader:
            place = f"{table}, line {reader.line_num}"
            if not all(row[column] for column in columns):
                raise SourceError(f"{place}: a term has a name and a form in each of {', '.join(LANGUAGES)}")
            if row["term"] in terms:
                raise SourceError(f"{place}: “{row['term']}” has a row already ({terms[row['term']].place})")
            terms[row["term"]] = Term(row["term"], {lang: _form(row[lang], place) for lang in LANGUAGES}, place)
    return tuple(terms.values())


def _form(pattern: str, place: str) -> re.Pattern[str]:
    try:
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    except re.error as error:
        raise SourceError(f"{place}: “{pattern}” is no regular expression: {error}") from None
