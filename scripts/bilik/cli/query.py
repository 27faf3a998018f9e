"""``bilik query``: the catalogue, and queries of users."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from bilik.catalogue import Query, read_catalogue, read_query
from bilik.cli.options import known
from bilik.engine import load, reason, table, turtle
from bilik.errors import InputError
from bilik.namespaces import PREFIXES, shorten
from bilik.output import replacing, write
from bilik.people.reading import read_rdf, read_text
from bilik.resources import alignments, law_files
from bilik.texts import Language

_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
}


def catalogue(language: Language) -> None:
    """Print the names and questions of the catalogue."""
    for query in read_catalogue():
        parameters = " ".join(f"{name}={value}" for name, value in query.defaults.items())
        print(f"{query.name}{' ' if parameters else ''}{parameters}\n    {query.question.get(language, '')}")


def run(
    name: str, values: Sequence[str], data: Sequence[Path], align: Sequence[str], form: str, output: Path | None
) -> None:
    """Run a query and write what it answers.

    Args:
        align: names of the mapping files to load besides the law.

    Raises:
        InputError: an unknown query or mapping file, a question about people without any, a parameter that does not
            fit, a query that is not SPARQL, a form that does not fit the kind of query.
    """
    query = _find(name)
    if query.data and not data:
        raise InputError(_without_data(query))
    given = dict(_pair(value) for value in values)
    sparql = query.with_values(given)
    store = ox.Store()
    files = alignments()
    load(store, *law_files(), *(files[known(which, files, "mapping file")] for which in align))
    for path in data:
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in read_rdf(path))
    for key, value in given.items():
        _check_code(store, query.kinds.get(key), value)
    try:
        _answer(query, store.query(sparql), form, output)
    except SyntaxError as error:
        raise InputError(f"{query.path}: not valid SPARQL: {reason(error)}") from error
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"{query.path}: the query cannot be run: {reason(error)}") from error


def _answer(
    query: Query, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str, output: Path | None
) -> None:
    if isinstance(result, ox.QueryTriples):
        _write_triples(query, result, form, output)
    elif form == "turtle":
        raise InputError(f"{query.name}: --format turtle is for CONSTRUCT and DESCRIBE queries; this one gives rows")
    elif form in _RESULTS:
        answer = result.serialize(format=_RESULTS[form])
        assert answer is not None, "serialising without an output gives bytes"
        write(answer.decode("utf-8"), output)
    elif isinstance(result, ox.QueryBoolean):
        write(str(bool(result)).lower() + "\n", output)
    elif form == "table":
        _print_table(result, output)
    else:
        _write_workbook(query, result, output)


def _find(name: str) -> Query:
    path = Path(name)
    if path.suffix == ".rq":
        return read_query(path, read_text(path))
    queries = {query.name: query for query in read_catalogue()}
    return queries[known(name, queries, "query; `bilik query --list` shows them")]


def _without_data(query: Query) -> str:
    """What to do about a question that nothing could be the answer to."""
    records = f"give the records with --data FILE, for example from {query.data}"
    verdicts = ", and the verdicts on them, which `bilik check FILE --format turtle` prints" if query.as_of else ""
    return f"{query.name}: this question is about people; {records}{verdicts}"


def _check_code(store: ox.Store, kind: str | None, value: str) -> None:
    """A code or node that does not exist would answer with no rows, as if there were nothing to tell.

    Raises:
        InputError: the parameter's kind is a scheme, and nothing in it has this code; or nothing is said of the node.
    """
    if kind is None or value.startswith("<") or (kind != "node" and kind not in PREFIXES):
        return
    subjects = (quad.subject for quad in store)
    iris = {subject.value for subject in subjects if isinstance(subject, ox.NamedNode)}
    if kind == "node":
        known(value, sorted(map(shorten, iris)), kind)
    else:
        codes = sorted(iri.removeprefix(PREFIXES[kind]) for iri in iris if iri.startswith(PREFIXES[kind]))
        known(value.removeprefix(f"{kind}:"), codes, kind)


def _pair(value: str) -> tuple[str, str]:
    name, equals, text = value.partition("=")
    if not equals:
        raise InputError(f"{value}: not KEY=VALUE")
    return name, text


def _write_triples(query: Query, triples: ox.QueryTriples, form: str, output: Path | None) -> None:
    if form not in ("table", "turtle"):
        raise InputError(f"{query.name}: a CONSTRUCT query gives triples; use --format turtle")
    write(turtle(triples), output)


def _print_table(result: ox.QuerySolutions, output: Path | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    names, rows = table(result)
    printed = Table(*names, box=box.SIMPLE, pad_edge=False)
    for row in rows:
        printed.add_row(*(escape(cell) for cell in row))
    console = Console(highlight=False)
    with console.capture() as captured:
        console.print(printed)
    write(captured.get(), output)


def _write_workbook(query: Query, result: ox.QuerySolutions, output: Path | None) -> None:
    from openpyxl import Workbook

    if output is None:
        raise InputError(f"{query.name}: --format xlsx needs -o OUT.xlsx")
    names, rows = table(result)
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = query.name[:31]
    for number, row in enumerate((names, *rows), 1):
        for column, text in enumerate(row, 1):
            # Everything is text: what begins like a formula must not become one.
            sheet.cell(number, column, text).data_type = "s"
    with replacing(output) as beside:
        book.save(beside)
