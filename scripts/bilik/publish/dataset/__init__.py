"""The dataset: the graph to load, whole and in parts, with everything that is needed to use it without the package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bilik.publish.dataset.as_is import write_as_is
from bilik.publish.dataset.catalogue import write_catalogue
from bilik.publish.dataset.graphs import write_graphs
from bilik.publish.dataset.listings import write_iris, write_readme, write_sums
from bilik.publish.dataset.redirects import write_redirects
from bilik.publish.dataset.tables import write_tables
from bilik.publish.folder import Publication

PARTS: Final[Sequence[Callable[[Publication], None]]] = (
    write_graphs,
    write_tables,
    write_as_is,
    write_readme,
    write_iris,
    write_redirects,
    write_catalogue,
    write_sums,
)
"""What the dataset consists of, in the order in which it is written: the last ones describe the others."""


def write_dataset(publication: Publication) -> None:
    """Write the dataset into the folder ``data``, and the RDF of every document beside its pages."""
    for part in PARTS:
        part(publication)
