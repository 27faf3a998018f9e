"""The one table of prefixes, spelled the same in every file that Bilik writes."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

BASE: Final = "https://w3id.org/bilik/"

#: prefix → IRI, in the order in which they are declared in written files.
PREFIXES: Final[dict[str, str]] = {
    "bilik": f"{BASE}def#",
    "bsh": f"{BASE}shape#",
    "calc": f"{BASE}calc#",
    "class": f"{BASE}class#",
    "claim": f"{BASE}claim/",
    "total": f"{BASE}total/",
    "level": f"{BASE}voc/education-level/",
    "tier": f"{BASE}voc/tier/",
    "category": f"{BASE}voc/category/",
    "field": f"{BASE}voc/field/",
    "activity": f"{BASE}voc/activity/",
    "outcome": f"{BASE}voc/outcome/",
    "note": f"{BASE}voc/note/",
    "reading": f"{BASE}voc/reading/",
    "discrepancy-kind": f"{BASE}voc/discrepancy-kind/",
    "provision-kind": f"{BASE}voc/provision-kind/",
    "translation-status": f"{BASE}voc/translation-status/",
    "approval-status": f"{BASE}voc/approval-status/",
    "position": f"{BASE}id/position/",
    "grade": f"{BASE}id/grade/",
    "requirement": f"{BASE}id/requirement/",
    "alternative": f"{BASE}id/alternative/",
    "condition": f"{BASE}id/condition/",
    "duty": f"{BASE}id/duty/",
    "knowledge": f"{BASE}id/knowledge/",
    "law": f"{BASE}id/law/",
    "discrepancy": f"{BASE}id/discrepancy/",
    "quote": f"{BASE}id/quote/",
    "advancement": f"{BASE}id/advancement/",
    "query": f"{BASE}query/",
    "isced-f": "http://data.europa.eu/snb/isced-f/",
    "eqf": "http://data.europa.eu/snb/eqf/",
    "elm": "http://data.europa.eu/snb/model/elm/",
    "esco": "http://data.europa.eu/esco/occupation/",
    "isco": "http://data.europa.eu/esco/isco/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "m8g": "http://data.europa.eu/m8g/",
    "ceterms": "https://purl.org/ctdl/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rr": "http://www.w3.org/ns/r2rml#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def expand(curie: str) -> str:
    """``"bilik:Grade"`` → the full IRI.

    Raises:
        KeyError: the prefix is not in :data:`PREFIXES`.
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """The IRI as prefix and local name where one of :data:`PREFIXES` covers it, else the IRI itself."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace):]}"
    return iri


@lru_cache(maxsize=4096)
def code(iri: str) -> str:
    """The key at the end of an IRI: ``…/id/grade/engineer-high-first`` → ``engineer-high-first``."""
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]
