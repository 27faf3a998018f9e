"""The commands and their options. What a command needs is imported when it runs: a cold `check` stays quick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from bilik.cli.options import Language, as_of_date, language

_PATH = click.Path(path_type=Path)
_SECONDS = click.FloatRange(0, 3600, min_open=True)
_MEGABYTES = click.IntRange(1, 2**20)

_Command = TypeVar("_Command", bound=Callable[..., Any])

_lang = click.option(
    "--lang",
    type=click.Choice(["kk", "ru", "en"]),
    help="Language of what people read; default: the locale's, else kk.",
)
_reading = click.option(
    "--reading",
    "readings",
    metavar="NAME=VARIANT",
    multiple=True,
    help="Read unclear wording otherwise than by default (repeatable); `explain` names the variants.",
)
_people = click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_PATH)
_as_of = click.option("--as-of", metavar="YYYY-MM-DD", help="The date to judge on; default: today, printed.")
_person = click.option("--person", metavar="KEY", help="Whose plan, where the files have several persons.")
_output = click.option("-o", "--output", metavar="OUT", type=_PATH, help="Where to write; default: standard output.")
_assume = click.option(
    "--assume",
    "assumed",
    metavar="'KIND KEY=VALUE...'",
    multiple=True,
    help="Evaluate the record with this entry too: credential, training or employment (repeatable).",
)


def _format(*formats: str) -> Callable[[_Command], _Command]:
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], show_default=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="bilik", message="%(version)s")
def app() -> None:
    """Qualification of specialists under a Kazakh legal order: checks, explanations, queries."""


@app.command(epilog="Example: bilik check data/people/nurlan-mysal.ttl --as-of 2026-01-01 --lang ru --why")
@_people
@click.option("--grade", "grades", metavar="SLUG", multiple=True, help="Only this grade (repeatable).")
@click.option("--position", "positions", metavar="SLUG", multiple=True, help="Only this position (repeatable).")
@_as_of
@_assume
@click.option("--why", is_flag=True, help="The reasons as a tree.")
@_reading
@click.option("--readings", "by_reading", is_flag=True, help="Which verdicts depend on a reading, and on which.")
@_format("text", "json", "turtle", "shacl")
@_lang
@click.pass_context
def check(
    context: click.Context,
    files: tuple[Path, ...],
    grades: tuple[str, ...],
    positions: tuple[str, ...],
    as_of: str | None,
    assumed: tuple[str, ...],
    why: bool,
    readings: tuple[str, ...],
    by_reading: bool,
    form: str,
    lang: Language | None,
) -> None:
    """Evaluate persons against the grades of the order.

    FILE is Turtle, JSON-LD, N-Triples or RDF/XML, or a table set: a folder of CSV or Parquet files or a workbook.
    """
    from bilik.cli.check import run

    chosen = (files, grades, positions, assumed, as_of_date(as_of), form, language(lang))
    context.exit(run(*chosen, why=why, readings=readings, by_reading=by_reading))


@app.command(epilog="Example: bilik path data/people/saule-ulgi.ttl --to accountant-high-highest --as-of 2026-01-01")
@click.argument("files", metavar="[FILE...]", nargs=-1, type=_PATH)
@click.option("--to", metavar="SLUG", help="The grade, or the position: then its best grades; default: every grade.")
@click.option("--from", "start", metavar="SLUG", help="Instead of a person: the order's shortest way from this grade.")
@_person
@_as_of
@_assume
@_reading
@_output
@_format("text", "json", "mermaid", "svg")
@_lang
def path(
    files: tuple[Path, ...],
    to: str | None,
    start: str | None,
    person: str | None,
    as_of: str | None,
    assumed: tuple[str, ...],
    readings: tuple[str, ...],
    output: Path | None,
    form: str,
    lang: Language | None,
) -> None:
    """The plan of a person: when a grade is reached, by which steps, and what to obtain first."""
    from bilik.cli.path import run, run_law

    if start is not None:
        if files or to is None or person or as_of or assumed or readings:
            raise click.UsageError("--from goes with --to and with nothing about a person.")
        run_law(start, to, form, output, language(lang))
    elif not files:
        raise click.UsageError("Give a FILE with a person's record, or two grades as --from and --to.")
    else:
        run(files, person, to, assumed, as_of_date(as_of), form, output, language(lang), readings)


@app.command(epilog="Example: bilik gap data/people/madina-ulgi.ttl --to hr-specialist --as-of 2026-01-01 --lang ru")
@_people
@click.option("--to", metavar="SLUG", required=True, help="The grade.")
@_person
@_as_of
@_assume
@_reading
@_output
@_format("text", "json")
@_lang
def gap(
    files: tuple[Path, ...],
    to: str,
    person: str | None,
    as_of: str | None,
    assumed: tuple[str, ...],
    readings: tuple[str, ...],
    output: Path | None,
    form: str,
    lang: Language | None,
) -> None:
    """What is met and what is missing for a grade, alternative by alternative, and what would be new."""
    from bilik.cli.gap import run

    run(files, person, to, assumed, as_of_date(as_of), form, output, language(lang), readings)


@app.command(epilog="Example: bilik explain accountant-high-first --lang ru")
@click.argument("grade", metavar="SLUG")
@_reading
@_format("text", "json")
@_lang
def explain(grade: str, readings: tuple[str, ...], form: str, lang: Language | None) -> None:
    """One grade: its requirement as a tree, the order's own words beside it, the readings it depends on."""
    from bilik.cli.explain import run

    run(grade, form, language(lang), readings)


@app.command("map", epilog="Example: bilik map --position engineer --lang ru -o engineer.svg")
@click.option("--position", metavar="SLUG", help="Only what starts or ends in this position.")
@click.option("-o", "--output", metavar="OUT", type=_PATH, help="Where to write; default: standard output.")
@_format("svg", "mermaid")
@_lang
def map_(position: str | None, output: Path | None, form: str, lang: Language | None) -> None:
    """The career map: every grade and every way from grade to grade, with months and clause."""
    from bilik.cli.map import run

    run(position, form, output, language(lang))


@app.command(epilog="Example: bilik query grades-of-position position=engineer --format csv")
@click.argument("name", metavar="NAME|FILE.rq", required=False)
@click.argument("values", metavar="[KEY=VALUE...]", nargs=-1)
@click.option("--data", "data", metavar="FILE", multiple=True, type=_PATH, help="More RDF to query (repeatable).")
@click.option("--align", metavar="NAME", multiple=True, help="Mappings to query too, as esco-isco (repeatable).")
@click.option("-o", "--output", metavar="OUT", type=_PATH, help="Where to write; needed for xlsx.")
@click.option("--list", "list_", is_flag=True, help="List the catalogue.")
@_format("table", "csv", "tsv", "json", "xlsx", "turtle")
@_lang
def query(
    name: str | None,
    values: tuple[str, ...],
    data: tuple[Path, ...],
    align: tuple[str, ...],
    output: Path | None,
    list_: bool,
    form: str,
    lang: Language | None,
) -> None:
    """Run a query of the catalogue, or of a file, over the law graph."""
    from bilik.cli.query import catalogue, run

    if list_ or name is None:
        catalogue(language(lang))
    else:
        run(name, values, data, align, form, output)


@app.command(epilog="Example: bilik validate data/people/zere-mysal.ttl --lang kk")
@_people
@_format("text", "json")
@_lang
@click.pass_context
def validate(context: click.Context, files: tuple[Path, ...], form: str, lang: Language | None) -> None:
    """Validate the records of people against their shapes, before anything is evaluated."""
    from bilik.cli.validate import run

    context.exit(run(files, form, language(lang)))


@app.command(epilog="Example: bilik audit data/people/table-set -o verdicts.xlsx --as-of 2026-01-01 --lang ru")
@click.argument("source", metavar="ROSTER...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT", type=_PATH, required=True, help=".csv, .parquet, .json, .xlsx or .ttl.")
@click.option("--claims-only", is_flag=True, help="Only the positions held; default: every grade for everyone.")
@_as_of
@_reading
@click.option("--months", type=click.IntRange(0), default=12, show_default=True, help="How far ahead a workbook looks.")
@click.option("--against", metavar="LAW", type=_PATH, help="Another law graph: whose verdicts change under it.")
@click.option("--memory", metavar="SIZE", help="What may be used, as in 4GB; default: half of the machine's.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--master", default="local[*]", show_default=True, help="Where Spark runs; OUT is then a folder.")
@_lang
@click.pass_context
def audit(
    context: click.Context,
    source: tuple[str, ...],
    output: Path,
    claims_only: bool,
    as_of: str | None,
    readings: tuple[str, ...],
    months: int,
    against: Path | None,
    memory: str | None,
    engine: str,
    master: str,
    lang: Language | None,
) -> None:
    """A whole staff list against the order: the verdicts of `check` at any size.

    ROSTER is a folder of CSV or Parquet files, a workbook, a DuckDB or SQLite file, postgresql://..., or RDF files.
    Beside OUT, OUT.findings.csv tells what is wrong with the data.
    """
    from bilik.cli.audit import Wanted, run

    by_spark = master if engine == "spark" else None
    day, spoken = as_of_date(as_of), language(lang)
    wanted = Wanted(output, day, spoken, claims_only, readings, months, memory, against, by_spark)
    context.exit(run(source, wanted))


@app.command(
    epilog="Example: bilik candidates data/people/table-set --for accountant-mid-first --months 24 --as-of 2026-01-01"
)
@click.argument("source", metavar="ROSTER...", nargs=-1, required=True)
@click.option("--for", "vacancy", metavar="SLUG", required=True, help="The grade that is vacant.")
@click.option(
    "--months", type=click.IntRange(0, 1200), default=0, show_default=True, help="Also who will qualify within these."
)
@click.option("--all", "everyone", is_flag=True, help="Also those who do not qualify.")
@_as_of
@_reading
@click.option("--memory", metavar="SIZE", help="What may be used, as in 4GB; default: half of the machine's.")
@_output
@_format("text", "csv", "json", "xlsx")
@_lang
def candidates(
    source: tuple[str, ...],
    vacancy: str,
    months: int,
    everyone: bool,
    as_of: str | None,
    readings: tuple[str, ...],
    memory: str | None,
    output: Path | None,
    form: str,
    lang: Language | None,
) -> None:
    """Who of a staff list fits a vacancy: now, within some months, or if a paper that is wanting turns up.

    ROSTER is a folder of CSV or Parquet files, a workbook, a DuckDB or SQLite file, postgresql://..., or RDF files.
    """
    from bilik.cli.candidates import run

    day, spoken = as_of_date(as_of), language(lang)
    run(source, vacancy, months, day, form, output, spoken, readings, memory, everyone=everyone)


@app.command(epilog="Example: bilik template staff.xlsx --lang kk")
@click.argument("output", metavar="OUT.xlsx", type=_PATH)
@_lang
def template(output: Path, lang: Language | None) -> None:
    """A workbook to fill in with people: drop-down lists, explanations and a sheet of codes."""
    from bilik.cli.template import run

    run(output, language(lang))


@app.command(epilog="Example: bilik build --check")
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit 1 and name each file that differs.")
@_lang
@click.pass_context
def build(context: click.Context, check_only: bool, lang: Language | None) -> None:
    """From the source text to every generated file, and how much of the text is what."""
    from bilik.cli.build import run

    context.exit(run(language(lang), check=check_only))


@app.command(epilog="Example: bilik publish build/site --site https://example.org/bilik/")
@click.argument("folder", metavar="DIR", type=_PATH)
@click.option("--site", metavar="URL", help="Where the folder will be served, for redirects; default: the release's.")
@click.option(
    "--vendored",
    metavar="FOLDER",
    type=_PATH,
    help="A folder with the archives of the packages that pages use; default: they are fetched and kept in the cache.",
)
def publish(folder: Path, site: str | None, vendored: Path | None) -> None:
    """What is published, as one folder of files: the dataset in all its formats.

    DIR is made, or replaced if it holds an earlier publication. The same version gives the same bytes.
    """
    from bilik.cli.publish import run

    run(folder, site, vendored)


@app.command(epilog="Example: bilik serve published --port 8080 --timeout 10")
@click.argument("folder", metavar="[DIR]", required=False, type=_PATH)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at: this machine's own.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0: any that is free.")
@click.option("--timeout", metavar="SECONDS", type=_SECONDS, help="How long a query may run; default: 10.")
@click.option("--max-size", metavar="MB", type=_MEGABYTES, help="How large an answer may be; default: 32.")
@click.option("--memory", metavar="MB", type=_MEGABYTES, help="How much memory a query may take; default: 1024.")
@click.option("--processes", metavar="N", type=click.IntRange(1, 256), help="How many queries run at once.")
@_lang
def serve(
    folder: Path | None,
    host: str,
    port: int,
    timeout: float | None,
    max_size: int | None,
    memory: int | None,
    processes: int | None,
    lang: Language | None,
) -> None:
    """Serve a site that `bilik publish` wrote, with a read-only SPARQL endpoint at /sparql.

    Without DIR the site is written first, and is gone afterwards.
    """
    from bilik.cli.serve import run
    from bilik.serve.limits import Limits

    default = Limits()
    limits = Limits(timeout or default.seconds, max_size or default.megabytes, memory or default.memory)
    run(folder, host, port, limits, processes, language(lang))
