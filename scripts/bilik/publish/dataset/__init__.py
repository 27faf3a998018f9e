"""The dataset: the graph to load, whole and in parts, with everything that is needed to use it without the package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bilik.publish.dataset.graphs import write_graphs
from bilik.publish.folder import Publication

PARTS: Final[Sequence[Callable[[Publication], None]]] = (write_graphs,)
"""What the dataset consists of, in the order in which it is written: the last ones describe the others."""


def write_dataset(publication: Publication) -> None:
    """Write the dataset into the folder ``data``, and the RDF of every document beside its pages."""
    for part in PARTS:
        part(publication)
