"""What terms and concepts have to do with each other, asked once for all pages of the reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bilik.publish.site.frame import Site

Related = Mapping[str, Mapping[str, tuple[str, ...]]]
"""IRI → relation (a key of ``queries/publish/site/relations.rq``) → the other things, sorted."""


def relations(site: Site) -> Related:
    """What every term and concept is related to."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in site.select("relations"):
        found[row["thing"]][row["relation"]].append(row["other"])
    return {thing: {relation: tuple(others) for relation, others in said.items()} for thing, said in found.items()}


def chosen(said: Mapping[str, tuple[str, ...]], keys: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The relations that a page shows, in its order, without those a thing does not have."""
    return [(key, said[key]) for key in keys if key in said]
