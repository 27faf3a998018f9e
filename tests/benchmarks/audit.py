"""``bilik audit`` of generated rosters beside its peers: DuckDB reading the same files, and writing as many rows.

Every figure is the median of whole runs, each in a process of its own; peers are run in turns with the audit. Usage:
``python tests/benchmarks/audit.py [--persons N] [--runs N] [--all-grades] [--shacl PEOPLE]``.
"""

from __future__ import annotations

import argparse
import csv
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.rosters import write_roster

AS_OF = date(2026, 1, 1)
MEMORY = "4GB"
BILIK = str(Path(sys.executable).with_name("bilik"))
READING = """
import duckdb, sys
with duckdb.connect() as connection:
    for table in ("employees", "credentials", "trainings", "employments"):
        connection.execute(f"SELECT bit_xor(hash(t)) FROM '{sys.argv[1]}/{table}.parquet' t").fetchall()
"""
WRITING = """
import duckdb, sys
persons, output = int(sys.argv[1]), sys.argv[2]
with duckdb.connect() as connection:
    connection.execute("SET memory_limit = '4GB'")
    connection.execute("CREATE TYPE grades AS ENUM (SELECT format('grade-{:02d}', i) FROM range(50) r(i))")
    connection.execute("CREATE TYPE verdicts AS ENUM ('qualified', 'undetermined', 'not-qualified')")
    connection.execute("CREATE TYPE reasons AS ENUM (SELECT 'education-experience-' || i FROM range(60) r(i))")
    connection.execute(f'''COPY (
        SELECT format('P{{:08d}}', p) AS person, CAST(format('grade-{{:02d}}', g) AS grades) AS grade,
            enum_range(NULL::verdicts)[1 + CAST(hash(p, g) % 3 AS INTEGER)] AS verdict, p % 50 = g AS claimed,
            CAST(1 + hash(g, p) % 3 AS INTEGER) AS best_alternative,
            CAST(hash(p, g, 1) % 60 AS INTEGER) AS short_months,
            enum_range(NULL::reasons)[1 + CAST(hash(p, g, 2) % 60 AS INTEGER)] AS reason,
            CASE WHEN p % 50 = g THEN CAST(format('grade-{{:02d}}', g) AS grades) END AS next_grade,
            CASE WHEN p % 50 = g THEN DATE '2026-01-01' + CAST(hash(p) % 3000 AS INTEGER) END AS next_date,
            'Үлгі ' || p AS name, 'Мысал басқармасы ' || p % 300 AS unit
        FROM range({persons}) x(p), range(50) y(g)
    ) TO '{output}' (FORMAT parquet, COMPRESSION zstd)''')
"""


@dataclass(frozen=True)
class Run:
    """Wall seconds, CPU seconds of the process and its children, and the peak of its memory in MB."""

    wall: float
    cpu: float
    memory: float


def run(*command: str) -> Run:
    """One run of a command; an audit of claims that are not met ends with status 1."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(process.stderr.read().decode() if process.stderr else "failed")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(runs: list[Run]) -> Run:
    """The medians of each figure."""
    return Run(
        *(statistics.median(getattr(one, part) for one in runs) for part in ("wall", "cpu", "memory"))
    )


def compare(called: str, audit: list[str], peer_called: str, peer: list[str], runs: int) -> Run:
    """Run both in turns and print."""
    pairs = [(run(*audit), run(*peer)) for _ in range(runs)]
    ours, theirs = median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])
    for name, one in ((called, ours), (peer_called, theirs)):
        print(f"{name:48} {one.wall:7.2f} s  {one.cpu:7.2f} s of CPU  {one.memory:6.0f} MB")
    print(f"{'ratio':48} {ours.wall / theirs.wall:7.2f}    {ours.cpu / theirs.cpu:7.2f}\n")
    return ours


def shacl(people: int, place: Path, per_person: float) -> None:
    """The claims of a roster on the SHACL engines that are installed, beside the audit's time by person.

    The engines are given what the shapes need, derived from the records by the rules, and are timed from two files of
    N-Triples to the results, without their imports; what they find is what the audit says.
    """
    from bilik.evaluate import compiled_law, derived_facts
    from bilik.people import load_people
    from shacl_engines import ENGINES, SEVERITIES, by_grade, write_files

    logging.getLogger("rdflib").setLevel(logging.ERROR)  # a date that is none is meant to be there
    roster = place / "people"
    write_roster(roster, persons=people, seed=1, dirty=0, form="csv", as_of=AS_OF)
    records = load_people([roster])
    quads = list(records.store)
    write_files(place, [*(quad.triple for quad in quads), *derived_facts(quads, compiled_law(), AS_OF)])
    audit = [BILIK, "audit", str(roster), "--as-of", AS_OF.isoformat(), "--claims-only", "-o"]
    once = run(*audit, str(place / "verdicts.csv"))
    with (place / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        expected = {
            (row["person"], row["grade"], severity)
            for row in csv.DictReader(file)
            for severity in SEVERITIES[row["verdict"]]
        }
    print(f"{people:,} persons: the audit {once.wall:.2f} s, {once.wall / people * 1e6:.1f} µs a person")
    for engine in (engine for engine in ENGINES if engine.installed):
        for module in engine.modules:
            import_module(module)
        begun = time.perf_counter()
        results = engine.run(place / "data.nt", place / "shapes.nt")
        each = (time.perf_counter() - begun) / people
        found = {(records.shown(person), grade, severity) for person, grade, severity in by_grade(results)}
        agreed = "the same" if found == expected else f"{len(found ^ expected):,} OTHER"
        print(f"{engine.name:20} {each * 1e6:9.1f} µs a person, {each / per_person:7.0f} times; {agreed} results")


def main() -> None:
    """Generate, run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--all-grades", action="store_true", help="every grade for everyone too")
    parser.add_argument("--shacl", type=int, default=0, metavar="PEOPLE", help="SHACL engines, on so many people")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        roster = Path(place, "roster")
        write_roster(roster, persons=wanted.persons, seed=1, dirty=0, form="parquet", as_of=AS_OF)
        audit = [BILIK, "audit", str(roster), "--as-of", AS_OF.isoformat(), "--memory", MEMORY, "-o"]
        print(f"{wanted.persons:,} persons, medians of {wanted.runs}\n")
        claims = compare(
            "claims only, with reasons and next steps", [*audit, f"{place}/claims.parquet", "--claims-only"],
            "DuckDB reads the same files", [sys.executable, "-c", READING, str(roster)], wanted.runs,
        )  # fmt: skip
        if wanted.all_grades:
            compare(
                "all grades, long, with reasons", [*audit, f"{place}/all.parquet"],
                "DuckDB writes as many generated rows",
                [sys.executable, "-c", WRITING, str(wanted.persons), f"{place}/generated.parquet"], wanted.runs,
            )  # fmt: skip
        if wanted.shacl:
            shacl(wanted.shacl, Path(place), claims.wall / wanted.persons)


if __name__ == "__main__":
    main()
