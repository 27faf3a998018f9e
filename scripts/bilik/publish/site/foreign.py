"""Words in the letters of another language inside a text: they are marked, so that they are read aloud as such."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from markupsafe import Markup, escape

_KAZAKH: Final = re.compile("[әғқңөұүһі]", re.IGNORECASE)
"""The letters that tell Kazakh from Russian."""

_CYRILLIC_WORDS: Final = re.compile(r"[“«]?[\u0400-\u04ff](?:[\u0400-\u04ff\d\s.,;:()\-–…«»]*[\u0400-\u04ff»])?[”]?")
_CYRILLIC_TEXT: Final = re.compile(r".*[\u0400-\u04ff].*", re.DOTALL)
_RUSSIAN_PHRASES: Final = re.compile(r"«[^«»]*»|[\u0400-\u04ff]+(?:-[\u0400-\u04ff]+)*")


def marked(text: str, language: str | None) -> Markup:
    """A text with what is quoted in it in Kazakh or Russian marked as such.

    Args:
        language: of the text; in a Kazakh one nothing is marked. Without it Cyrillic words are the order's.
    """
    if language is None:
        return _spans(text, _CYRILLIC_TEXT, lambda found: "kk")
    if language == "kk":
        return escape(text)
    if language == "ru":
        return _spans(text, _RUSSIAN_PHRASES, lambda found: "kk" if _KAZAKH.search(found) else None)
    return _spans(text, _CYRILLIC_WORDS, lambda found: "kk" if found[0] in "“«" or _KAZAKH.search(found) else "ru")


def _spans(text: str, pattern: re.Pattern[str], language_of: Callable[[str], str | None]) -> Markup:
    shown, position = Markup(), 0
    for found in pattern.finditer(text):
        language = language_of(found.group())
        if language:
            shown += escape(text[position : found.start()])
            shown += Markup('<span lang="{}">{}</span>').format(language, found.group())
            position = found.end()
    return shown + escape(text[position:])
