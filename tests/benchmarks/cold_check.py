"""A cold ``bilik check`` of one person against all grades, as JSON, beside ``python -c "import pyshacl"``.

Both are whole processes on the same machine, run in turns; the medians and their ratio are printed, and the peak memory
of the check.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 10
ROOT = Path(__file__).resolve().parents[2]
PERSON = ROOT / "data" / "people" / "nurlan-mysal.ttl"
BILIK = Path(sys.executable).with_name("bilik")
CHECK = [str(BILIK), "check", str(PERSON), "--as-of", "2026-01-01", "--format", "json"]
YARDSTICK = [sys.executable, "-c", "import pyshacl"]


def seconds(command: list[str]) -> float:
    """Wall time of one run."""
    begun = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - begun


def main() -> None:
    """Run both in turns and print."""
    seconds(CHECK)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    seconds(YARDSTICK)
    pairs = [(seconds(CHECK), seconds(YARDSTICK)) for _ in range(RUNS)]
    check, yardstick = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"bilik check, one person, all grades, JSON: {check * 1000:6.0f} ms (median of {RUNS})")
    print(f'python -c "import pyshacl":                {yardstick * 1000:6.0f} ms (median of {RUNS})')
    print(f"ratio: {check / yardstick:.2f}; peak memory of the check: {memory:.0f} MB")


if __name__ == "__main__":
    main()
