"""The generated shapes, unchanged, on every SHACL engine that is installed: who agrees with the rules, and how fast.

The same random people, seeded, each claiming every grade; compared are the sets of (person, grade, severity). The time
is that from two N-Triples files to the results, without imports, for TopBraid with the start of its Java. Usage:
``python tests/benchmarks/shacl_engines.py [PEOPLE]``. Exit status 1 if an engine disagrees.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from shacl_engines import ENGINES, by_grade, write_case

PEOPLE = 60
GRADES = 50
SEED = 775


def main() -> int:
    """Run and print."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    disagreeing = 0
    logging.getLogger("rdflib").setLevel(logging.ERROR)  # a date that is none is meant to be there
    with tempfile.TemporaryDirectory() as place:
        data, shapes = Path(place, "data.nt"), Path(place, "shapes.nt")
        expected = write_case(Path(place), people, SEED)
        print(f"{people} people × {GRADES} grades; {len(expected):,} results expected\n")
        print(f"{'engine':20} {'version':34} {'agreement':24} {'time':>8}")
        for engine in ENGINES:
            if not engine.installed:
                print(f"{engine.name:20} {'not installed':34}")
                continue
            for module in engine.modules:
                import_module(module)
            begun = time.perf_counter()
            found = by_grade(engine.run(data, shapes))
            seconds = time.perf_counter() - begun
            missing, extra = len(expected - found), len(found - expected)
            disagreeing += bool(missing or extra)
            verdict = "all" if found == expected else f"{missing} missing, {extra} extra"
            print(f"{engine.name:20} {engine.version:34} {verdict:24} {seconds:7.2f}s")
    return 1 if disagreeing else 0


if __name__ == "__main__":
    sys.exit(main())
