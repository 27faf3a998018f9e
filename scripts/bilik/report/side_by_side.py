"""The order's words beside the requirements in words, grade by grade: a page for those who know the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from bilik.namespaces import expand
from bilik.report.explanation import Explanation
from bilik.report.verbaliser import Names, Verbaliser
from bilik.texts import LANGUAGES, Language, text

OF_THE_ORDER: Language = "kk"
"""The language of the order, and so of its quoted words."""


def side_by_side(explained: Iterable[Explanation], names: Mapping[Language, Mapping[str, str]]) -> str:
    """The page as HTML.

    Args:
        explained: the grades, in the order of the law.
        names: language → IRI → name.
    """
    page = Template((files("bilik.report") / "side_by_side.html").read_text(encoding="utf-8"))
    order = " / ".join(text("side-by-side-order", language) for language in LANGUAGES)
    return page.substitute(
        title=escape(text("side-by-side-title", OF_THE_ORDER)),
        heading="\n".join(_heading()),
        columns=f"<th>{escape(order)}</th>" + "".join(
            _in(language, "th", escape(text("side-by-side-language", language))) for language in LANGUAGES
        ),
        rows="\n".join(_rows(explained, names)),
    )


def _heading() -> Iterator[str]:
    for language in LANGUAGES:
        yield _in(language, "h1", escape(text("side-by-side-title", language)))
        yield _in(language, "p", escape(text("side-by-side-note", language)))


def _rows(explained: Iterable[Explanation], names: Mapping[Language, Mapping[str, str]]) -> Iterator[str]:
    named = {language: _named(names[language]) for language in LANGUAGES}
    for (provision, position), grades in groupby(explained, lambda grade: (grade.provision, grade.position)):
        clause = " / ".join(f"{name(f'law:{provision}')}. {name(f'position:{position}')}" for name in named.values())
        yield f'<tbody>\n<tr><th colspan="{1 + len(LANGUAGES)}">{escape(clause)}</th></tr>'
        for grade in grades:
            cells = [_in(OF_THE_ORDER, "td", _paragraphs([grade.grade, *grade.words]))]
            for language, name in named.items():
                sentence = Verbaliser(language, name, position).sentence(grade.alternatives)
                cells.append(_in(language, "td", _paragraphs([name(f"grade:{grade.grade}"), sentence])))
            yield f'<tr id="{grade.grade}">\n' + "\n".join(cells) + "\n</tr>"
        yield "</tbody>"


def _named(names: Mapping[str, str]) -> Names:
    return lambda curie: names[expand(curie)]


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{escape(words)}</p>" for words in texts)


def _in(language: Language, element: str, content: str) -> str:
    return f'<{element} lang="{language}">{content}</{element}>'
