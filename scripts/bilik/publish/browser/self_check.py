"""What "check yourself" loads: the published rules, the compiled law, the queries that read what the rules make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from bilik.engine import read_statements, rule_files
from bilik.evaluate import compiled_law
from bilik.evaluate.rules import ENTRY_LINKS, RECORD_TERMS, as_of_statement, rules_by_result
from bilik.evaluate.verdicts import KINDS
from bilik.namespaces import BASE, expand
from bilik.people.reading import FORMATS
from bilik.publish.browser.form import claims, sections
from bilik.publish.browser.packing import n_triples, packed, script, variable
from bilik.publish.browser.words import page
from bilik.publish.dataset.formats import Content, files_content
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language, has_text, text

_EXAMPLE = ("data", "people", "saule-ulgi.ttl")
_DAY = "2026-01-01"
"""A record to try the engine on, and the day: it is quick once every rule has met something."""
_PACKED = ("law", "ranks", "shapes")
"""What of it are packed graphs."""
_QUERIES = ("verdicts", "alternatives", "conditions", "details", "next")


def given() -> dict[str, object]:
    """All that the worker of the page is given: rules, graphs (packed) and queries; the same in every language."""
    rules = published_rules()
    asking = as_of_statement(date.min)
    assert isinstance(asking.object, ox.Literal), "a day is a literal"
    return {
        "law": packed(n_triples(Content(quad.triple for quad in compiled_law().quads))),
        "ranks": packed(n_triples(Content(_ranks()))),
        "shapes": packed(n_triples(files_content([folder("data", "compiled", "record.ttl")]))),
        "rules": [_text(rule) for rule in rules],
        "persons": _text(_rule(rules, "record-persons")),
        "dates": _text(_rule(rules, "record-dates")),
        "checks": [_text(check) for check in rule_files(folder("queries", "checks", "record"))],
        "checksAsOf": [[check.stem, _text(check)] for check in rule_files(folder("queries", "checks", "as-of"))],
        "queries": {
            **{name: _text(folder("queries", "publish", "browser", f"{name}.rq")) for name in _QUERIES},
            "changes": _text(folder("queries", "plan", "changes-of-record.rq")),
        },
        "terms": sorted(term.value for term in RECORD_TERMS),
        "links": [link.value for link in ENTRY_LINKS],
        "label": expand("rdfs:label"),
        "kinds": list(KINDS),
        "asOf": {
            "subject": str(asking.subject)[1:-1],
            "predicate": asking.predicate.value,
            "datatype": asking.object.datatype.value,
        },
        "base": f"{BASE}.well-known/genid/",
        "aboutStatements": "a statement about a statement (RDF 1.2) is no part of a record; leave it out",
        "example": _text(folder(*_EXAMPLE)),
        "exampleDay": _DAY,
        "formats": {suffix: form.media_type for suffix, form in FORMATS.items()},
    }


def published_rules() -> list[Path]:
    """The rules that lead to verdicts and prospects, in the order in which they run."""
    by_result = rules_by_result()
    return sorted({*by_result["verdicts"], *by_result["prospects"]})


def _rule(rules: Iterable[Path], name: str) -> Path:
    (found,) = (rule for rule in rules if rule.stem.endswith(name))
    return found


def _ranks() -> Iterable[ox.Triple]:
    """The ranks by which grades are compared."""
    said = read_statements([folder("data", "compiled", "labels.ttl")])
    return (triple for triple in said if triple.predicate == ox.NamedNode(expand("bilik:rank")))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def page_values(language: Language) -> dict[str, object]:
    """What the template of the page shows."""

    def label(section: str, column: str) -> str:
        own = f"self-{section}-{column}"
        return text(own if has_text(own) else f"self-{column}", language)

    return {
        "sections": sections(language),
        "claims": claims(language),
        "claim_term": expand("bilik:claimsGrade"),
        "name_term": expand("rdfs:label"),
        "suffixes": ",".join(FORMATS),
        "formats": ", ".join(dict.fromkeys(form.name for form in FORMATS.values())),
        "label": label,
    }


def scripts() -> dict[str, str]:
    """The scripts of the page by file name."""
    law = {"given": given(), "packed": list(_PACKED), "script": script("answering.js") + script("check-worker.js")}
    pages = {f"check-{language}.js": variable("page", page(language)) for language in LANGUAGES}
    own = {name: script(name) for name in ("record.js", "verdicts.js", "check.js")}
    return {"check-law.js": variable("check", law), **pages, **own}
