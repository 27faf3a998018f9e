"""The law as tables: CSV files and their metadata (CSVW), made by ``queries/publish/tables``."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from bilik.engine import load, rule_files, select_table
from bilik.publish.folder import DATA, Publication
from bilik.resources import folder, law_files
from bilik.texts import LANGUAGES, Language, text

FOLDER = "tables"
METADATA = "csv-metadata.json"
"""The name under which CSVW processors look for it."""

_LANGUAGES_OF_COLUMNS = tuple(f"_{language}" for language in LANGUAGES)


def write_tables(publication: Publication) -> None:
    """Write every table and the metadata of all."""
    store = ox.Store()
    load(store, *law_files())
    described = []
    for query in rule_files(folder("queries", "publish", FOLDER)):
        columns, rows = select_table(store, query)
        publication.write(f"{DATA}/{FOLDER}/{query.stem}.csv", _csv(columns, rows))
        described.append(_described(query.stem, columns))
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": LANGUAGES[0]}],
        "dc:title": _in_all_languages({language: text("tables-of-the-law", language) for language in LANGUAGES}),
        "dc:source": {"@id": publication.release.source},
        "dc:license": {"@id": publication.release.licence},
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "lineTerminators": ["\n"]},
        "tables": described,
    }
    publication.write(f"{DATA}/{FOLDER}/{METADATA}", json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _csv(columns: Sequence[str], rows: Sequence[Sequence[ox.NamedNode | ox.Literal | None]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if term is None else term.value for term in row] for row in rows)
    return written.getvalue()


def _described(table: str, columns: Sequence[str]) -> dict[str, Any]:
    schema = _schema()
    key = schema["keys"][table]
    references = [
        {
            "columnReference": column,
            "reference": {"resource": f"{there}.csv", "columnReference": schema["keys"][there][0]},
        }
        for column in columns
        if (there := schema["references"].get(column)) and [column] != schema["keys"][table]
    ]
    described = {
        "columns": [_column(column, schema) for column in columns],
        "primaryKey": key if len(key) > 1 else key[0],
    }
    return {
        "url": f"{table}.csv",
        "dc:title": _in_all_languages({language: text(f"table-{table}", language) for language in LANGUAGES}),
        "tableSchema": described | ({"foreignKeys": references} if references else {}),
    }


def _column(column: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"name": column, "titles": column}
    stem = column[:-3] if column.endswith(_LANGUAGES_OF_COLUMNS) else column
    said["dc:description"] = _in_all_languages({language: text(f"column-{stem}", language) for language in LANGUAGES})
    said["datatype"] = schema["datatypes"].get(column, "string")
    if stem != column:
        said["lang"] = column[-2:]
    if column not in schema["optional"]["columns"]:
        said["required"] = True
    return said


def _schema() -> Mapping[str, Any]:
    return tomllib.loads(folder("queries", "publish", FOLDER, "schema.toml").read_text(encoding="utf-8"))


def _in_all_languages(texts: Mapping[Language, str]) -> list[dict[str, str]]:
    return [{"@value": words, "@language": language} for language, words in texts.items()]
