"""What is wrong with records: the record checks, which read the shapes, and what only tables show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from bilik.engine import construct, load, rule_files, select
from bilik.evaluate.rules import as_of_statement
from bilik.namespaces import BASE, code, expand
from bilik.people.records import Records, TableFinding
from bilik.resources import folder
from bilik.texts import Language, shape_messages, text


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and what to do about it.

    Attributes:
        code: name of the rule: of the shape in ``shapes/person.ttl`` or of the text in ``data/texts``.
        person: key or IRI of the person concerned, if any.
        entry: the entry as reports show it (``employments:17`` or an IRI).
        table, row, column: the place, where the record comes from tables.
        term: local name of the property, where it comes from RDF.
        value: what stands there.
        candidates: codes that would be right, where that is known.
    """

    code: str
    person: str | None
    entry: str | None
    table: str | None
    row: int | None
    column: str | None
    term: str | None
    value: str
    candidates: tuple[str, ...] = ()

    def message(self, language: Language) -> str:
        """What is wrong and the remedy."""
        return message(self.code, language, self.value, self.candidates)

    @property
    def place(self) -> str:
        """Where it is, for people: the table, row and column, or the entry and property."""
        column = self.column or self.term
        return " ".join(part for part in (self.entry or self.table, column) if part)


def message(code: str, language: Language, value: str, candidates: Sequence[str]) -> str:
    """What is wrong and the remedy, of a finding of a rule."""
    known = shape_messages(language).get(code)
    return known or text(code, language, value=value, candidates=", ".join(candidates))


def find(records: Records, as_of: date | None = None) -> list[Finding]:
    """All findings, those of tables first, then by person and entry.

    Args:
        as_of: where given, employments that start later are findings too.

    Raises:
        EngineError: a check cannot be run.
    """
    store = ox.Store()
    store.bulk_extend(records.store)
    load(store, folder("data", "compiled", "record.ttl"))
    rows = [row for check in rule_files(folder("queries", "checks", "record")) for row in _rows(store, check)]
    if as_of:
        store.add(as_of_statement(as_of))
        store.extend(ox.Quad(*triple) for triple in construct(store, folder("queries", "rules", "13-record-dates.rq")))
        for check in rule_files(folder("queries", "checks", "as-of")):
            rows += [(check.stem, *row[1:]) for row in _rows(store, check)]
    return [*table_findings(records), *sort_findings({finding(records, *row) for row in rows})]


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """By person, place and rule."""

    def place(finding: Finding) -> tuple[str, str, int, str, str, str, str]:
        where = (finding.person or "", finding.table or "", finding.row or 0, finding.entry or "")
        return *where, finding.code, finding.term or "", finding.value

    return sorted(findings, key=place)


def table_findings(records: Records) -> list[Finding]:
    """What reading the tables showed, in reading order."""
    return [_of_table(found) for found in records.findings]


def _rows(store: ox.Store, check: Path) -> Iterator[tuple[str, str, str, str]]:
    """Rows of a check as (rule, focus, path, value)."""
    for row in select(store, check):
        yield row.get("shape", ""), row["focus"], row.get("path", ""), row.get("value", "")


def finding(records: Records, rule: str, focus: str, path: str, value: str) -> Finding:
    """A finding of a rule (IRI or code) on a node of the records, with its place as reports show it."""
    holder = records.holder(focus)
    cell = records.cells.get(focus)
    return Finding(
        code=code(rule),
        person=records.shown(holder),
        entry=records.shown(focus) if focus != holder else None,
        table=cell.table if cell else None,
        row=cell.row if cell else None,
        column=cell.columns.get(path) if cell else None,
        term=None if cell else code(path) or None,
        value=unquote(code(value)) if value.startswith((BASE, expand("isced-f:"))) else value,
    )


def _of_table(found: TableFinding) -> Finding:
    return Finding(
        code=found.code,
        person=found.person,
        entry=f"{found.table}:{found.row}" if found.row else None,
        table=found.table,
        row=found.row,
        column=found.column,
        term=None,
        value=found.value,
        candidates=found.candidates,
    )
