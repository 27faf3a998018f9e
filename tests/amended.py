"""Other laws: copies of the published law graph that an update of ``tests/amendments`` was made to."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from bilik.engine import load, update
from bilik.resources import folder

AMENDMENTS = Path(__file__).parent / "amendments"


def amended(path: Path, *amendments: Path) -> Path:
    """Write the law graph with these amendments into one file."""
    store = ox.Store()
    load(store, *sorted(folder("data").glob("order-*/*.ttl")))
    for amendment in amendments:
        before = set(store)
        update(store, amendment)
        assert set(store) != before, f"{amendment} changes nothing"
    store.dump(path, format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph())
    return path
