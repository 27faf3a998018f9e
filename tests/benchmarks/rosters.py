"""Generated rosters: staff lists of any size, the same for the same seed, for tests, demonstrations and benchmarks.

    python tests/benchmarks/rosters.py FOLDER --persons 1000000 --seed 1 --format parquet

People are invented; grades, fields, levels and activities come from the law graph, how people differ from
`rosters/shares.toml`, and the rows from the SQL beside it. Rows are drawn one by one from a hash of the seed, so memory
does not grow with the roster.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyoxigraph as ox

from bilik.engine import load, select
from bilik.errors import BilikError, InputError
from bilik.namespaces import code
from bilik.output import replacing
from bilik.people.codes import Codes, read_codes
from bilik.resources import folder as graph_folder
from bilik.texts import LANGUAGES, name

FORMS = ("parquet", "csv", "xlsx", "duckdb")
TABLES = ("employees", "credentials", "trainings", "employments")
DIRTY = 0.03
AS_OF = date(2026, 1, 1)

_HERE = Path(__file__).with_suffix("")
_TITLED = {
    "bilik:hasPosition": "position",
    "bilik:hasTier": "tier",
    "bilik:hasCategory": "category",
    "bilik:hasEducationLevel": "level",
    "bilik:coversActivity": "activity",
}
_SHEET_ROWS = 1_048_576
_BATCH = 10_000


def write_roster(
    folder: Path,
    *,
    persons: int,
    seed: int,
    dirty: float = DIRTY,
    form: str = "parquet",
    as_of: date = AS_OF,
    claims_per_person: float = 1.0,
    days: Literal["dates", "text"] | None = None,
) -> Path:
    """Write a roster and return the table set: the folder, or `roster.xlsx` or `roster.duckdb` in it.

    Args:
        folder: made if missing; files of the same names are replaced.
        dirty: share of rows in which something is wrong, 0 to 1; with 0 nothing is.
        as_of: careers end by this day; nothing but the faults "starts in the future" is later.
        claims_per_person: on average, give or take the few who claim nothing or one more.
        days: whether days are written as dates or as text; default: as dates unless rows may be dirty.

    Raises:
        InputError: the files cannot be written, or a sheet cannot hold so many rows.
        ValueError: an argument out of its range.
    """
    if persons < 1 or not 0 <= dirty <= 1 or claims_per_person < 0 or form not in FORMS:
        raise ValueError(f"persons={persons}, dirty={dirty}, claims_per_person={claims_per_person}, form={form}")
    if dirty and days == "dates":
        raise ValueError("a dirty roster has days that are no dates")
    settings = {
        **_shape(as_of),
        **_law(),
        "persons": persons,
        "seed": seed,
        "dirty": dirty,
        "claims": claims_per_person,
    }
    kind = days or ("text" if dirty else "dates")
    folder.mkdir(parents=True, exist_ok=True)
    if form == "duckdb":
        return _write_database(folder / "roster.duckdb", settings, kind)
    if form == "xlsx":
        return _write_workbook(folder / "roster.xlsx", settings, kind)
    # Every table by an engine of its own with one thread: the bytes do not depend on which thread comes first.
    with ThreadPoolExecutor() as pool:
        for table in pool.map(lambda table: _write_table(folder, table, form, settings, kind), TABLES):
            assert table.is_file()
    return folder


def _write_table(folder: Path, table: str, form: str, settings: Mapping[str, Any], days: str) -> Path:
    path = folder / f"{table}.{form}"
    with replacing(path) as beside, _engine(":memory:", settings, days) as engine:
        rows = engine.view(f"{table}_generated")
        if form == "csv":
            rows.write_csv(str(beside), header=True)
        else:
            rows.write_parquet(str(beside), compression="zstd")
    return path


def _write_database(path: Path, settings: Mapping[str, Any], days: str) -> Path:
    with replacing(path) as beside, _engine(str(beside), settings, days) as engine:
        for table in TABLES:
            engine.view(f"{table}_generated").create(table)
    return path


def _write_workbook(path: Path, settings: Mapping[str, Any], days: str) -> Path:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    with _engine(":memory:", settings, days) as engine:
        for table in TABLES:
            rows = engine.view(f"{table}_generated")
            if (length := len(rows)) >= _SHEET_ROWS:
                raise InputError(f"{path}: {length} rows of {table}; a sheet holds {_SHEET_ROWS - 1}")
            sheet = book.create_sheet(table)
            sheet.append(rows.columns)
            cursor = engine.execute(rows.sql_query())
            while batch := cursor.fetchmany(_BATCH):
                for row in batch:
                    sheet.append(row)
    with replacing(path) as beside:
        book.save(beside)
    return path


def _engine(database: str, settings: Mapping[str, Any], days: str) -> duckdb.DuckDBPyConnection:
    """An engine with a view `<table>_generated` for each table."""
    engine = duckdb.connect(database, config={"threads": 1})
    for key, value in settings.items():
        engine.execute(f"SET VARIABLE {key} = ?", [value])
    files = ("draws", "grades", "persons", f"days/as-{days}", *(f"tables/{table}" for table in TABLES))
    for file in files:
        engine.execute((_HERE / f"{file}.sql").read_text(encoding="utf-8"))
    return engine


def _shape(as_of: date) -> dict[str, Any]:
    """How people differ, by `shares.toml`."""
    shape = tomllib.loads((_HERE / "shares.toml").read_text(encoding="utf-8"))
    first: date = shape.pop("days")["first_career"]
    if (as_of - first).days < 800:
        raise ValueError(f"as_of={as_of}: careers start on {first} or later")
    return {**shape, "first_day": first, "as_of": as_of}


def _law() -> dict[str, Any]:
    """What is drawn from the law: the grades, the codes, their titles, and claims that fit no grade or several."""
    store = ox.Store()
    load(
        store,
        graph_folder("data", "compiled", "record.ttl"),
        graph_folder("data", "compiled", "conditions.ttl"),
        graph_folder("ontology", "vocab", "fields.ttl"),
    )

    def rows(query: str) -> list[dict[str, str]]:
        return select(store, _HERE / "law" / f"{query}.rq")

    codes = read_codes()
    ranks = {(code(row["scheme"]), row["code"]): int(row["rank"]) for row in rows("ranks")}
    ranked = {
        scheme: [of for of_scheme, of in sorted(ranks, key=lambda key: ranks[key]) if of_scheme == scheme]
        for scheme in ("education-level", "category")
    }
    misfits, ambiguous = _wrong_claims(codes)
    titles = dict(_titles(codes))
    return {
        "grades": [
            {
                "ordinal": ordinal,
                "grade": grade,
                "position": position,
                "tier": tier,
                "category": category,
                "rank": ranks["category", category or codes.lowest_category],
            }
            for ordinal, (grade, position, tier, category) in enumerate(codes.grades)
        ],
        "educations": rows("educations"),
        "trainings": rows("trainings"),
        "activities_implied": rows("activities"),
        "levels": ranked["education-level"],
        "categories": ranked["category"],
        "fields": [row["code"] for row in rows("fields")],
        "positions": list(codes.positions),
        "groups": [key for key in codes.keys("bilik:hasPosition") if key not in codes.positions],
        "activities": codes.keys("bilik:coversActivity"),
        "titled": list(titles),
        "titles": list(titles.values()),
        "misfits": misfits,
        "ambiguous": ambiguous,
    }


def _titles(codes: Codes) -> Iterator[tuple[str, list[str]]]:
    """(column and code) and the titles that are read back as it, other than English ones."""
    for term, column in _TITLED.items():
        for key in codes.keys(term):
            titles = [name(f"{column}:{key}", language) for language in LANGUAGES if language != "en"]
            if readable := [title for title in titles if codes.known(term, title) == codes.known(term, key)]:
                yield f"{column} {key}", readable


def _wrong_claims(codes: Codes) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Claims of known codes that fit no grade, and those that fit several."""
    claims = [
        dict(zip(("position", "tier", "category"), parts, strict=True))
        for parts in product(codes.positions, ("", *codes.tiers), ("", *codes.keys("bilik:hasCategory")))
    ]
    fitting = [len(codes.grades_of(**claim)[0]) for claim in claims]
    return (
        [claim for claim, grades in zip(claims, fitting, strict=True) if grades == 0],
        [claim for claim, grades in zip(claims, fitting, strict=True) if grades > 1],
    )


def main() -> None:
    """Write the roster that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a generated roster: people are invented, the law is the order.")
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--persons", metavar="N", type=int, default=1000)
    parser.add_argument("--seed", metavar="S", type=int, default=1)
    parser.add_argument("--format", dest="form", choices=FORMS, default="parquet")
    parser.add_argument("--dirty", metavar="SHARE", type=float, default=DIRTY, help="rows with a fault; default: 0.03")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", type=date.fromisoformat, default=AS_OF)
    parser.add_argument("--claims-per-person", metavar="C", type=float, default=1.0)
    parser.add_argument("--days", choices=("dates", "text"), help="default: dates, but text if rows may be dirty")
    given = vars(parser.parse_args())
    try:
        print(write_roster(given.pop("folder"), **given))
    except (BilikError, ValueError) as error:
        sys.exit(f"rosters: {error}")


if __name__ == "__main__":
    main()
