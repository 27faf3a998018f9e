"""The commands and their options. What a command needs is imported when it runs: a cold `check` stays quick."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from bilik.cli.options import Lang, as_of_date, language

app = typer.Typer(
    help="Qualification of specialists under a Kazakh legal order: checks, explanations, queries.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

LangOption = Annotated[Optional[Lang], typer.Option("--lang", help="Language of what people read.")]
People = Annotated[list[Path], typer.Argument(metavar="FILE...", help="RDF files of people, table folders or workbooks.")]


class CheckFormat(StrEnum):
    """Formats of ``check``."""

    text = "text"
    json = "json"
    turtle = "turtle"


class ReportFormat(StrEnum):
    """Formats of ``validate`` and ``explain``."""

    text = "text"
    json = "json"


class QueryFormat(StrEnum):
    """Formats of ``query``."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xlsx = "xlsx"
    turtle = "turtle"


@app.command(epilog="Example: bilik check data/people/nurlan-mysal.ttl --as-of 2026-01-01 --lang ru --why")
def check(
    files: People,
    grade: Annotated[Optional[list[str]], typer.Option(metavar="SLUG", help="Only this grade (repeatable).")] = None,
    position: Annotated[
        Optional[list[str]], typer.Option(metavar="SLUG", help="Only the grades of this position (repeatable).")
    ] = None,
    as_of: Annotated[Optional[str], typer.Option(metavar="YYYY-MM-DD", help="Default: today, printed.")] = None,
    why: Annotated[bool, typer.Option("--why", help="The reasons as a tree.")] = False,
    format: Annotated[CheckFormat, typer.Option(help="Form of the results.")] = CheckFormat.text,
    lang: LangOption = None,
) -> None:
    """Evaluate persons against the grades of the order."""
    from bilik.cli.check import run

    raise typer.Exit(run(files, grade or [], position or [], as_of_date(as_of), format.value, language(lang), why=why))


@app.command(epilog="Example: bilik explain accountant-high-first --lang ru")
def explain(
    grade: Annotated[str, typer.Argument(metavar="SLUG", help="A grade, e.g. engineer-high-first.")],
    format: Annotated[ReportFormat, typer.Option(help="Form of the explanation.")] = ReportFormat.text,
    lang: LangOption = None,
) -> None:
    """One grade: its requirement as a tree, the order's own words beside it, the readings it depends on."""
    from bilik.cli.explain import run

    run(grade, format.value, language(lang))


@app.command(epilog="Example: bilik query grades-of-position position=engineer --format csv")
def query(
    name: Annotated[Optional[str], typer.Argument(metavar="NAME|FILE.rq", help="A catalogue query or a file.")] = None,
    values: Annotated[Optional[list[str]], typer.Argument(metavar="KEY=VALUE...", help="Values of parameters.")] = None,
    data: Annotated[Optional[list[Path]], typer.Option(metavar="FILE", help="More RDF to query (repeatable).")] = None,
    output: Annotated[Optional[Path], typer.Option("-o", metavar="OUT", help="Where to write (needed for xlsx).")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the catalogue.")] = False,
    format: Annotated[QueryFormat, typer.Option(help="Form of the rows.")] = QueryFormat.table,
    lang: LangOption = None,
) -> None:
    """Run a query of the catalogue or of a file over the law graph."""
    from bilik.cli.query import catalogue, run

    if list_ or name is None:
        catalogue(language(lang))
    else:
        run(name, values or [], data or [], format.value, output)


@app.command(epilog="Example: bilik validate data/people/*.ttl --lang kk")
def validate(
    files: People,
    format: Annotated[ReportFormat, typer.Option(help="Form of the findings.")] = ReportFormat.text,
    lang: LangOption = None,
) -> None:
    """Validate person files against the shapes of the record, before anything is evaluated."""
    from bilik.cli.validate import run

    raise typer.Exit(run(files, format.value, language(lang)))


@app.command(epilog="Example: bilik build --check")
def build(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 and name each file that differs.")] = False,
) -> None:
    """From the source text to every generated file."""
    from bilik.cli.build import run

    raise typer.Exit(run(check=check))


@app.callback(invoke_without_command=True)
def bilik(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Qualification of specialists under a Kazakh legal order: checks, explanations, queries."""
    if version:
        from bilik import __version__

        print(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit
