"""What the dataset says of itself in RDF: a catalogue (DCAT 3) of datasets and their files, with figures (VoID)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import XSD
from rdflib.term import Literal, Node, URIRef

from bilik.engine import load, select
from bilik.namespaces import BASE, code, expand, shorten
from bilik.publish.dataset.context import context_terms
from bilik.publish.dataset.formats import FORMATS, Content
from bilik.publish.dataset.graphs import write_content
from bilik.publish.dataset.modules import ALL, CATALOGUE, FOLDER, MATERIALISED, modules
from bilik.publish.folder import DATA, Publication
from bilik.resources import folder
from bilik.texts import LANGUAGES, Language, text

_CATALOGUE: Final = URIRef(f"{BASE}{DATA}/{CATALOGUE}")

_MEDIA_TYPE: Final = "https://www.iana.org/assignments/media-types/"
_OTHER_MEDIA_TYPES: Final = {".rq": "application/sparql-query", ".csv": "text/csv", ".json": "application/json"}
_FOLDERS: Final = ("tables", "shapes", "rules")
"""The parts of the dataset that are folders of files which stay as they are."""


def write_catalogue(publication: Publication) -> None:
    """Write the catalogue; all files that it describes are there already."""
    content = ox.parse(
        _Catalogue(publication).graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES
    )
    write_content(publication, f"{DATA}/{CATALOGUE}", Content(quad.triple for quad in content), context_terms())


class _Catalogue:
    """The catalogue as it grows."""

    def __init__(self, publication: Publication) -> None:
        self.graph = Graph(bind_namespaces="none")
        self._data = publication.folder / DATA
        self._release = publication.release
        self._add(_CATALOGUE, "rdf:type", URIRef(expand("dcat:Catalog")))
        self._texts(
            _CATALOGUE, "dcterms:title", {language: text("dataset-catalogue", language) for language in LANGUAGES}
        )
        self._described(_CATALOGUE, "dataset-catalogue-description")
        self._publisher()
        whole = self._dataset(ALL, [f"{ALL}.{suffix}" for suffix in FORMATS])
        self._figures(whole, self._data / f"{ALL}.nt", examples=True)
        self._linksets(whole)
        follows = self._dataset(MATERIALISED, [f"{MATERIALISED}.{suffix}" for suffix in FORMATS])
        self._add(follows, "prov:wasDerivedFrom", whole)
        self._figures(follows, self._data / f"{MATERIALISED}.nt")
        for module in modules():
            key = f"module-{module.key.replace('/', '-')}"
            titles = {language: module.title(language) for language in LANGUAGES}
            files = [f"{module.stem}.{suffix}" for suffix in FORMATS]
            part = self._dataset(key, files, titles, "dataset-module-description")
            self._figures(part, self._data / f"{module.stem}.nt")
            if module.in_all:
                self._add(whole, "void:subset", part)
                self._add(whole, "dcterms:hasPart", part)
        for name in _FOLDERS:
            files = sorted(path.relative_to(self._data).as_posix() for path in (self._data / name).rglob("*.*"))
            key = "tables-of-the-law" if name == "tables" else f"dataset-{name}"
            titles = {language: text(key, language) for language in LANGUAGES}
            self._dataset(name, files, titles, f"dataset-{name}-description")

    def _publisher(self) -> None:
        publisher = URIRef(self._release.publisher)
        self._add(publisher, "rdf:type", URIRef(expand("foaf:Agent")))
        self._texts(publisher, "foaf:name", self._release.publisher_name)

    def _dataset(
        self,
        key: str,
        files: Iterable[str],
        titles: dict[Language, str] | None = None,
        description: str | None = None,
    ) -> URIRef:
        """A dataset of the catalogue with its files, which are named from the folder of the data."""
        node = URIRef(f"{_CATALOGUE}#{key}")
        titles = titles or {language: text(f"dataset-{key}", language) for language in LANGUAGES}
        self._add(_CATALOGUE, "dcat:dataset", node)
        self._add(node, "rdf:type", URIRef(expand("dcat:Dataset")))
        self._texts(node, "dcterms:title", titles)
        self._described(node, description or f"dataset-{key}-description")
        self._add(node, "dcterms:source", URIRef(self._release.source))
        for file in files:
            self._file(node, file)
        return node

    def _described(self, node: URIRef, description: str) -> None:
        """What is said of the catalogue and of every dataset."""
        release = self._release
        self._texts(node, "dcterms:description", {language: text(description, language) for language in LANGUAGES})
        self._add(node, "dcterms:license", URIRef(release.licence))
        self._add(node, "dcterms:publisher", URIRef(release.publisher))
        self._add(node, "dcat:landingPage", URIRef(release.landing_page))
        self._add(node, "dcat:version", Literal(release.version))
        for term, day in (("dcterms:issued", release.issued), ("dcterms:modified", release.modified)):
            self._add(node, term, Literal(day.isoformat(), datatype=XSD.date))
        for language in release.languages.values():
            self._add(node, "dcterms:language", URIRef(language))

    def _file(self, dataset: URIRef, file: str) -> None:
        content = (self._data / file).read_bytes()
        node, address = URIRef(f"{_CATALOGUE}#{file.replace('/', '-')}"), URIRef(f"{BASE}{DATA}/{file}")
        self._add(dataset, "dcat:distribution", node)
        self._add(node, "rdf:type", URIRef(expand("dcat:Distribution")))
        self._add(node, "dcterms:title", Literal(file))
        self._add(node, "dcat:downloadURL", address)
        self._add(node, "dcat:mediaType", URIRef(_MEDIA_TYPE + _media_type(file)))
        self._add(node, "dcterms:license", URIRef(self._release.licence))
        self._add(node, "dcat:byteSize", Literal(str(len(content)), datatype=XSD.nonNegativeInteger))
        checksum = URIRef(f"{node}-sha256")
        self._add(node, "spdx:checksum", checksum)
        self._add(checksum, "rdf:type", URIRef(expand("spdx:Checksum")))
        self._add(checksum, "spdx:algorithm", URIRef(expand("spdx:checksumAlgorithm_sha256")))
        digest = hashlib.sha256(content).hexdigest()
        self._add(checksum, "spdx:checksumValue", Literal(digest, datatype=XSD.hexBinary))
        if (form := FORMATS.get(file.rpartition(".")[2])) and file.startswith((ALL, FOLDER)):
            self._add(dataset, "void:dataDump", address)
            self._add(dataset, "void:feature", URIRef(form.name))

    def _figures(self, dataset: URIRef, lines: Path, *, examples: bool = False) -> None:
        """The figures of VoID, counted in the file in N-Triples."""
        store = ox.Store()
        store.load(path=lines, format=ox.RdfFormat.N_TRIPLES)
        self._add(dataset, "rdf:type", URIRef(expand("void:Dataset")))
        self._add(dataset, "void:uriSpace", Literal(BASE))
        counted = {
            "void:triples": len(store),
            "void:distinctSubjects": len({quad.subject for quad in store}),
            "void:distinctObjects": len({quad.object for quad in store}),
            "void:properties": len({quad.predicate for quad in store}),
        }
        for term, number in counted.items():
            self._add(dataset, term, Literal(str(number), datatype=XSD.integer))
        for row in select(store, _query("vocabularies")):
            self._add(dataset, "void:vocabulary", URIRef(row["namespace"]))
        if examples:
            for row in select(store, _query("examples")):
                self._add(dataset, "void:exampleResource", URIRef(row["example"]))

    def _linksets(self, dataset: URIRef) -> None:
        """The links to the vocabularies of others."""
        store = ox.Store()
        load(store, *(path for module in modules() if module.in_all for path in module.files))
        for row in select(store, _query("linksets")):
            key = shorten(row["space"]).rstrip(":/#").replace("://", "-").replace("/", "-")
            node, target = URIRef(f"{_CATALOGUE}#links-{code(row['property'])}-{key}"), URIRef(f"{_CATALOGUE}#{key}")
            self._add(dataset, "void:subset", node)
            self._add(node, "rdf:type", URIRef(expand("void:Linkset")))
            self._add(node, "void:linkPredicate", URIRef(row["property"]))
            self._add(node, "void:subjectsTarget", dataset)
            self._add(node, "void:objectsTarget", target)
            self._add(node, "void:triples", Literal(row["links"], datatype=XSD.integer))
            self._add(target, "rdf:type", URIRef(expand("void:Dataset")))
            self._add(target, "void:uriSpace", Literal(row["space"]))

    def _texts(self, node: URIRef, term: str, texts: dict[Language, str] | dict[str, str]) -> None:
        for language, words in texts.items():
            self._add(node, term, Literal(words, lang=language))

    def _add(self, node: Node, term: str, value: Node) -> None:
        self.graph.add((node, URIRef(expand(term)), value))


def _media_type(file: str) -> str:
    suffix = "." + file.rpartition(".")[2]
    if form := FORMATS.get(suffix[1:]):
        return form.media_type
    return _OTHER_MEDIA_TYPES[suffix]


def _query(name: str) -> Path:
    return folder("queries", "publish", f"{name}.rq")
