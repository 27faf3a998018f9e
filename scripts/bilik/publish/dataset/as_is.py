"""What is published as it is: shapes, rules, questions, examples, the source text; and in which order rules run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from bilik.engine import rule_files
from bilik.evaluate.rules import BATCH, RECORD_TERMS, as_of_statement, makes_results, rules_by_result
from bilik.publish.folder import DATA, Publication
from bilik.resources import folder

RULES = "rules/rules.json"
"""How the rules are run, for programs."""

_FOLDERS = {
    "shapes": ("shapes", "**/*.ttl"),
    "rules": ("queries/rules", "*.rq"),
    "queries/competency": ("queries/competency", "*.rq"),
    "queries/reports": ("queries/reports", "*.rq"),
    "queries/checks": ("queries/checks", "**/*.rq"),
    "people": ("data/people", "**/*.*"),
    "source": ("data/source", "*"),
    "schemas": ("data/schemas", "*.json"),
    "translations": ("data/translations", "*"),
    "views": ("data/views", "*"),
}
"""Folder of the dataset → folder and pattern of the files in it."""

_FILES = {
    "people-metadata.json": "data/people-metadata.json",
    "people-mapping.rml.ttl": "data/people-mapping.rml.ttl",
    "record.ttl": "data/compiled/record.ttl",
    "labels.ttl": "data/compiled/labels.ttl",
    "mappings.sssom.tsv": "ontology/align/bilik.sssom.tsv",
}


def write_as_is(publication: Publication) -> None:
    """Copy the files, and write how the rules are run."""
    for source, path in published_as_is():
        publication.copy(source, f"{DATA}/{path}")
    publication.write(f"{DATA}/{RULES}", _how_rules_run())


def published_as_is() -> Iterator[tuple[Path, str]]:
    """Each file with its path below the folder of the data."""
    for target, (source, pattern) in _FOLDERS.items():
        below = folder(*source.split("/"))
        for path in sorted(below.glob(pattern)):
            if path.is_file():
                yield path, f"{target}/{path.relative_to(below).as_posix()}"
    for target, source in _FILES.items():
        yield folder(*source.split("/")), target


def _how_rules_run() -> str:
    """Which graphs the rules read, in which order they run for which result, and which of them make it.

    Paths are relative to the folder of the dataset.
    """
    document = {
        "graphs": ["modules/conditions.nt"],
        "record": {
            "properties": sorted(term.value for term in RECORD_TERMS),
            "personsAtATime": BATCH,
            "checks": [
                f"queries/checks/record/{path.name}" for path in rule_files(folder("queries", "checks", "record"))
            ],
            "checksRead": ["record.ttl"],
        },
        "asOf": _as_of_statement(),
        "results": {
            result: [{"rule": f"rules/{rule.name}", "makesResult": makes_results(rule)} for rule in rules]
            for result, rules in rules_by_result().items()
        },
        "shapes": {
            "record": ["shapes/person.ttl"],
            "qualification": [f"shapes/{path.relative_to(folder('shapes')).as_posix()}" for path in _qualification()],
            "qualificationReads": ["record", "facts"],
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _as_of_statement() -> dict[str, str]:
    """Subject, predicate and datatype of the statement that tells rules the as-of date."""
    quad = as_of_statement(date.min)
    assert isinstance(quad.subject, ox.NamedNode)
    assert isinstance(quad.object, ox.Literal)
    return {"subject": quad.subject.value, "predicate": quad.predicate.value, "datatype": quad.object.datatype.value}


def _qualification() -> list[Path]:
    return sorted(folder("shapes", "qualification").glob("*.ttl"))
