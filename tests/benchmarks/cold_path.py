"""A cold ``bilik path`` beside a cold ``bilik check`` of the same person: one target, and all 50.

All are whole processes on the same machine, run in turns; the medians and their ratios to the check are printed. The
targets are one that time leads to, and one that a course of study leads to.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 10
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ROOT / "data" / "people"
BILIK = str(Path(sys.executable).with_name("bilik"))
COMMANDS = {
    "check, all grades": ("check",),
    "path to a grade, by time": ("path", "--to", "accountant-high-highest"),
    "path to a grade, by study": ("path", "--to", "engineer-high-highest"),
    "path to all 50 grades": ("path",),
}


def seconds(command: list[str]) -> float:
    """Wall time of one run."""
    begun = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - begun


def main() -> None:
    """Run all in turns, for each person, and print."""
    for person in (PEOPLE / "saule-ulgi.ttl", PEOPLE / "nurlan-mysal.ttl"):
        commands = {
            name: [BILIK, verb, str(person), *options, "--as-of", "2026-01-01", "--format", "json"]
            for name, (verb, *options) in COMMANDS.items()
        }
        for command in commands.values():
            seconds(command)
        rounds = [[seconds(command) for command in commands.values()] for _ in range(RUNS)]
        medians = [statistics.median(times) for times in zip(*rounds, strict=True)]
        print(person.stem)
        for name, median in zip(commands, medians, strict=True):
            print(f"  {name:27} {median * 1000:6.0f} ms  {median / medians[0]:.2f} x the check (medians of {RUNS})")


if __name__ == "__main__":
    main()
