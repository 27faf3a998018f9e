"""Every RDF file: two parsers read the same graph from it, and the project's Turtle says all in triples."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import Graph

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDERS: Final = ("data", "ontology", "queries", "shapes", "tests")
FORMATS: Final = {
    ".ttl": ("turtle", ox.RdfFormat.TURTLE),
    ".nt": ("nt", ox.RdfFormat.N_TRIPLES),
    ".rdf": ("xml", ox.RdfFormat.RDF_XML),
    ".jsonld": ("json-ld", ox.RdfFormat.JSON_LD),
}
"""File suffix → what RDFLib and Oxigraph call the format."""

FILES: Final = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*") if path.suffix in FORMATS)


def by_rdflib(text: str, suffix: str) -> Graph:
    """The graph as RDFLib reads it, literals as they are written: it would otherwise mend some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        return Graph(bind_namespaces="none").parse(data=text, format=FORMATS[suffix][0])


def by_oxigraph(text: str, suffix: str) -> set[ox.Quad]:
    """The graph as Oxigraph reads it, blank nodes renamed by RDFC-1.0."""
    return canonical(text.encode("utf-8"), FORMATS[suffix][1])


def canonical(text: bytes, rdf_format: ox.RdfFormat) -> set[ox.Quad]:
    """The statements of a text; two graphs that differ in nothing but the names of blank nodes give the same."""
    dataset = ox.Dataset(ox.parse(text, format=rdf_format))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def same_for_both(text: str, suffix: str) -> bool:
    """Whether both parsers read one graph, the same but for the names of blank nodes."""
    lines = by_rdflib(text, suffix).serialize(format="nt", encoding="utf-8")
    return canonical(lines, ox.RdfFormat.N_TRIPLES) == by_oxigraph(text, suffix)


def test_there_are_files_in_every_folder() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(FOLDERS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # by its JSON-LD parser
def test_a_file_is_the_same_graph_for_both_parsers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert by_oxigraph(text, path.suffix)
    assert same_for_both(text, path.suffix)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<x:a> <x:p> [ <x:q> 1 ] , [ <x:q> 2 ] .", "<x:a> <x:p> [ <x:q> 2 ] , [ <x:q> 1 ] .", True),
        ("<x:a> <x:p> ( 1 2 ) .", "<x:a> <x:p> ( 2 1 ) .", False),
        ("<x:a> <x:p> [ <x:q> 1 ; <x:r> 2 ] .", "<x:a> <x:p> [ <x:q> 1 ] , [ <x:r> 2 ] .", False),
        ('<x:a> <x:p> "1"^^<x:d> .', '<x:a> <x:p> "01"^^<x:d> .', False),
        ('<x:a> <x:p> "a"@kk .', '<x:a> <x:p> "a"@ru .', False),
    ],
)
def test_graphs_are_the_same_but_for_the_names_of_blank_nodes(one: str, other: str, same: bool) -> None:
    read = [canonical(text.encode("utf-8"), ox.RdfFormat.TURTLE) for text in (one, other)]
    assert (read[0] == read[1]) is same
    lines = by_rdflib(one, ".ttl").serialize(format="nt", encoding="utf-8")
    assert (canonical(lines, ox.RdfFormat.N_TRIPLES) == read[1]) is same


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.suffix == ".ttl" and path.relative_to(ROOT).parts[0] != "tests"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_turtle_of_the_project_has_no_comments(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.lstrip().startswith("#")] == []
