"""The law graph in other vocabularies: the queries of ``queries/views`` make it, and read it in words too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from bilik.evaluate.verdicts import Facts, grades_in
from bilik.namespaces import code, expand
from bilik.report.explanation import explain_grade
from bilik.report.verbaliser import Names, Verbaliser
from bilik.texts import LANGUAGES, Language

_DESCRIPTION = ox.NamedNode(expand("dcterms:description"))


def in_words(law: Facts, names: Mapping[Language, Mapping[str, str]]) -> Iterator[ox.Quad]:
    """What each requirement, alternative and condition asks for, in three languages, as ``dcterms:description``.

    Args:
        law: the law graph with the schemes, by subject and predicate.
        names: language → IRI → name.
    """
    for grade in map(code, grades_in(law)):
        explained = explain_grade(grade, law)
        for language in LANGUAGES:
            verbaliser = Verbaliser(language, _named(names[language]), explained.position)
            said = {f"requirement:{grade}": verbaliser.requirement(explained.alternatives)}
            for alternative in explained.alternatives:
                stem = f"{grade}-{alternative.number}"
                said[f"alternative:{stem}"] = verbaliser.alternative(alternative)
                for condition in alternative.conditions:
                    said[f"condition:{stem}-{condition.kind}"] = verbaliser.condition(condition)
            for node, words in said.items():
                yield ox.Quad(ox.NamedNode(expand(node)), _DESCRIPTION, ox.Literal(words, language=language))


def _named(names: Mapping[str, str]) -> Names:
    return lambda curie: names[expand(curie)]
