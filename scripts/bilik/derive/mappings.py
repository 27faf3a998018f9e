"""The table of mappings: what ``ontology/align`` says, as SSSOM/TSV (https://w3id.org/sssom), for those who do not read
Turtle."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import yaml

from bilik import __version__
from bilik.engine import load, select
from bilik.namespaces import BASE, PREFIXES, shorten
from bilik.texts import LANGUAGES, text

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
JUSTIFICATION = "semapv:ManualMappingCuration"
"""Why each of them is held to be true: somebody looked at both sides."""

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "mapping_date",
    "comment",
)


def mapping_table(law: ox.Store, files: Iterable[Path], query: Path) -> str:
    """The mappings of some Turtle files as SSSOM/TSV, sorted.

    Args:
        law: the graph that names the terms and concepts of Bilik.
        query: a SELECT query whose variables are columns of SSSOM.
    """
    store = ox.Store()
    store.bulk_extend(law)
    for path in files:
        load(store, path)
        store.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"{BASE}{path.stem}"))
    rows = [
        {name: shorten(value) if name.endswith("_id") else value for name, value in row.items()}
        | {"mapping_justification": JUSTIFICATION}
        for row in select(store, query)
    ]
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, delimiter="\t", lineterminator="\n", restval="")
    table.writeheader()
    table.writerows(rows)
    used = {value.partition(":")[0] for row in rows for name, value in row.items() if name.endswith("_id")}
    used.add(JUSTIFICATION.partition(":")[0])
    header = {
        "mapping_set_id": f"{BASE}align/bilik.sssom.tsv",
        "mapping_set_version": __version__,
        "mapping_set_title": " / ".join(text("mappings-title", language) for language in LANGUAGES),
        "mapping_set_description": " / ".join(text("mappings-description", language) for language in LANGUAGES),
        "license": LICENCE,
        "curie_map": {prefix: iri for prefix, iri in PREFIXES.items() if prefix in used},
    }
    lines = yaml.safe_dump(header, sort_keys=False, allow_unicode=True, width=10_000).splitlines()
    return "".join(f"#{line}\n" for line in lines) + written.getvalue()
