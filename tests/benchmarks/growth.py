"""How the time of ``check`` grows with the number of persons in one Turtle file: 10, 100, 1,000.

The persons are random ones of the tests, seeded. Start-up and loading of the law are left out: what is timed is reading
the file, the findings, the verdicts with reasons, and the JSON.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from as_rdf import to_store
from bilik.evaluate import compiled_law, judge
from bilik.people import find, load_people
from bilik.report.as_json import check_json
from oracle import Person, load_law
from people_strategies import random_person

SIZES = (10, 100, 1000)
RUNS = 3
AS_OF = date(2026, 1, 1)


def crowd(count: int) -> list[Person]:
    """Seeded random people of all grades and outcomes."""
    law, rng = load_law(), Random(2026)
    grades, wishes = sorted(law.position_of), ("qualified", "undetermined", "not-qualified")
    people = []
    for number in range(count):
        made = random_person(rng, law, grades[number % len(grades)], wishes[number % 3], AS_OF)
        people.append(Person(f"p{number}", made.credentials, made.trainings, made.employments))
    return people


def seconds(path: Path) -> float:
    """One run on a file."""
    law = compiled_law()
    begun = time.perf_counter()
    records = load_people([path])
    findings = find(records, AS_OF)
    for _ in check_json(judge(records.store, law, AS_OF), records, findings, AS_OF, "kk"):
        pass
    return time.perf_counter() - begun


def main() -> None:
    """Print the curve and the ratio of the last two sizes."""
    times: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.ttl"
            path.write_bytes(
                ox.serialize((q.triple for q in to_store(crowd(size))), format=ox.RdfFormat.TURTLE) or b""
            )
            times[size] = statistics.median(seconds(path) for _ in range(RUNS))
            each = times[size] / size * 1000
            print(f"{size:5} persons: {times[size]:7.2f} s, {each:5.1f} ms a person (median of {RUNS})")
    print(f"1,000 persons take {times[1000] / times[100]:.1f} times the time of 100")


if __name__ == "__main__":
    main()
