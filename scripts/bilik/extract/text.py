"""The order's text in two forms: verbatim, for quoting, and normalised, for matching.

All positions are code points into the untouched source file. Normalising maps look-alike letters (by rule), corrects
listed letter slips (by word) and folds white space; every normalised character remembers where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bilik.errors import SourceError

_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Normalised:
    """A stretch of the source, normalised.

    Attributes:
        text: the normalised characters.
        origins: for each character of ``text`` the code point in the source it stands for.
        end: the code point behind the last one of the stretch.
    """

    text: str
    origins: tuple[int, ...]
    end: int

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Source span (start, end behind the last) of ``text[start:stop]``, which must not be empty."""
        return self.origins[start], self.origins[stop - 1] + 1


@dataclass(frozen=True)
class SourceText:
    """The untouched text with what is needed to read it.

    Attributes:
        raw: the file's characters, line breaks included.
        mapped: ``raw`` with look-alikes mapped; the same length, so that positions agree.
        slips: wrong word (lower case, look-alikes mapped) → right word.
    """

    raw: str
    mapped: str
    slips: Mapping[str, str]

    def line(self, position: int) -> int:
        """The line, counted from 1, that holds the code point."""
        return self.raw.count("\n", 0, position) + 1

    def normalise(self, start: int, end: int) -> Normalised:
        """Normalise ``raw[start:end]``: slips corrected, white space single, none inside brackets or before ,;:."""
        chars: list[str] = []
        origins: list[int] = []
        position = start
        while position < end:
            char = self.mapped[position]
            if char.isspace():
                if chars and chars[-1] not in " (":
                    chars.append(" ")
                    origins.append(position)
                position += 1
                continue
            if char in "),;:" and chars and chars[-1] == " ":
                chars.pop()
                origins.pop()
            word = _WORD.match(self.mapped, position, end)
            stop = word.end() if word else position + 1
            found = self.mapped[position:stop]
            right = _like(found, self.slips.get(found.lower(), found))
            chars += right
            # A corrected word may be longer or shorter than the one found: the last letters stand for each other.
            origins += [min(position + offset, stop - 1) for offset in range(len(right) - 1)]
            origins.append(stop - 1)
            position = stop
        while chars and chars[-1] == " ":
            chars.pop()
            origins.pop()
        return Normalised("".join(chars), tuple(origins), end)


def _like(found: str, right: str) -> str:
    """``right`` with the capital of ``found``."""
    return right[0].upper() + right[1:] if found[0].isupper() else right


def read_source(raw: str, look_alikes: Mapping[str, str], slips: Mapping[str, str]) -> SourceText:
    """Map the look-alikes and check that the lists fit the text.

    Raises:
        SourceError: a Latin letter that is no listed look-alike, or a listed slip that the text does not contain.
    """
    mapped = raw.translate({ord(latin): cyrillic for latin, cyrillic in look_alikes.items()})
    if foreign := _LATIN.search(mapped):
        line = raw.count("\n", 0, foreign.start()) + 1
        raise SourceError(f"line {line}: Latin letter {foreign.group()!r} is no look-alike of the registry")
    words = {word.lower() for word in _WORD.findall(mapped)}
    if unused := sorted(set(slips) - words):
        raise SourceError(f"letter slips that the text does not contain: {', '.join(unused)}")
    return SourceText(raw, mapped, slips)
