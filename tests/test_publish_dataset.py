"""The published dataset: whole, the same on every run, and of use without the package."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import owlrl
import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, Graph
from rdflib.namespace import DCAT, OWL, SKOS
from rdflib.term import BNode, Literal, URIRef

from bilik.build import MANIFEST
from bilik.engine import read_statements
from bilik.errors import SourceError
from bilik.evaluate import compiled_law, judge
from bilik.jsonld import to_jsonld
from bilik.namespaces import BASE, code, expand
from bilik.people import load_people
from bilik.publish import publish
from bilik.publish.dataset import write_dataset
from bilik.publish.dataset.formats import FORMATS, OF_DOCUMENTS
from bilik.publish.dataset.materialise import close
from bilik.publish.dataset.modules import ALL, MATERIALISED, modules
from bilik.publish.dataset.redirects import check, rules_of
from bilik.publish.documents import document_of, documents
from bilik.publish.folder import DATA, SUMS, Publication
from bilik.turtle import read_turtle
from command_line import DOSSIERS, PEOPLE, ROOT, bilik, refusal
from htaccess import Htaccess
from test_rdf_files import by_oxigraph, by_rdflib, canonical

AS_OF = date(2026, 1, 1)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a publication of the dataset alone."""
    folder = tmp_path_factory.mktemp("published") / "web"
    publish(folder, parts=(write_dataset,))
    return folder


@pytest.fixture(scope="module")
def data(published: Path) -> Path:
    """The folder of its dataset."""
    return published / DATA


def store_of(*paths: Path) -> ox.Store:
    store = ox.Store()
    for path in paths:
        store.load(path=path, format=ox.RdfFormat.from_extension(path.suffix[1:]))
    return store


# -- The folder ------------------------------------------------------------------------------------------------------


def test_the_same_again_in_another_process(published: Path, tmp_path: Path) -> None:
    """In a folder of another name, with other hashes of strings."""
    wanted = "import sys; from pathlib import Path; from bilik.publish import publish; "
    wanted += "from bilik.publish.dataset import write_dataset; publish(Path(sys.argv[1]), parts=(write_dataset,))"
    env = {**os.environ, "PYTHONHASHSEED": "4711"}
    done = subprocess.run([sys.executable, "-c", wanted, tmp_path / "again"], env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    first, second = (
        {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (published, tmp_path / "again")
    )
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def a_file(publication: Publication) -> None:
    publication.write(f"{DATA}/{SUMS}", "")


def fails(publication: Publication) -> None:
    a_file(publication)
    raise OSError(28, "No space left on device")


def test_an_earlier_publication_is_replaced(tmp_path: Path) -> None:
    for _ in range(2):
        publish(tmp_path / "web", parts=(a_file,))
        assert [path.name for path in tmp_path.iterdir()] == ["web"]
        (tmp_path / "web" / "left over").write_text("", encoding="utf-8")
    publish(tmp_path / "web", parts=(a_file,))
    assert [path.name for path in (tmp_path / "web").iterdir()] == [DATA]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    publish(tmp_path, parts=(a_file,))
    assert (tmp_path / DATA / SUMS).is_file()


@pytest.mark.parametrize("name", ["folder", "file"])
def test_what_is_no_publication_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert str(tmp_path / name) in refusal("publish", tmp_path / name)
    assert (tmp_path / "folder" / "thesis.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_publication_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    publish(tmp_path / "web", parts=(a_file,))
    with pytest.raises(Exception, match="No space left"):
        publish(tmp_path / "web", parts=(fails,))
    assert [path.name for path in tmp_path.iterdir()] == ["web"]


def test_a_site_that_is_no_address_is_refused(tmp_path: Path) -> None:
    assert "https://" in refusal("publish", tmp_path / "web", "--site", "example")
    assert not (tmp_path / "web").exists()


# -- Graphs ----------------------------------------------------------------------------------------------------------


def graphs(published: Path) -> Iterator[tuple[Path, list[Path]]]:
    """Stem → the files of a graph in all its formats."""
    found: dict[Path, list[Path]] = defaultdict(list)
    for path in sorted(published.rglob("*.*")):
        if path.suffix[1:] in FORMATS and path.name != "context.jsonld":
            found[path.with_suffix("")].append(path)
    yield from found.items()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # by RDFLib's JSON-LD parser
def test_every_file_is_the_same_graph_for_both_parsers_in_every_format(published: Path) -> None:
    checked = set()
    for _, files in graphs(published):
        said = [by_oxigraph(path.read_text(encoding="utf-8"), path.suffix) for path in files]
        assert said[0]
        assert all(other == said[0] for other in said[1:]), files
        for path in files:
            lines = by_rdflib(path.read_text(encoding="utf-8"), path.suffix).serialize(format="nt", encoding="utf-8")
            assert canonical(lines, ox.RdfFormat.N_TRIPLES) == said[0], path
            checked.add(path.relative_to(published).as_posix())
    stems = [ALL, MATERIALISED, "catalogue", *(module.stem for module in modules())]
    assert checked >= {f"{DATA}/{stem}.{suffix}" for stem in stems for suffix in FORMATS}
    assert checked >= {document.address.data(suffix) for document in documents().all for suffix in OF_DOCUMENTS}


def test_json_ld_keeps_blank_nodes_lists_and_rings() -> None:
    turtle = """@prefix a: <https://w3id.org/bilik/def#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    a:x a:p a:y . a:y a:p a:x . a:u a:p a:v . a:v a:p a:w . a:w a:p a:v .
    a:c owl:unionOf ( a:x [ a:q 1 ] "text"@kk ) . [] owl:annotatedSource a:c ; a:q "b"@en, "a"@en ."""
    graph = Graph(bind_namespaces="none").parse(data=turtle, format="turtle")
    terms = {"p": {"@id": "bilik:p", "@type": "@id"}, "q": {"@id": "bilik:q", "@container": "@language"}}
    text = to_jsonld(graph, terms)
    assert by_oxigraph(text, ".jsonld") == by_oxigraph(turtle, ".ttl")


def test_the_file_of_everything_holds_the_modules_and_every_published_name(data: Path) -> None:
    def lines(stem: str) -> set[str]:
        return {line for line in (data / f"{stem}.nt").read_text(encoding="utf-8").splitlines() if "_:" not in line}

    whole = lines(ALL)
    files = [path for module in modules() if module.in_all for path in module.files]
    assert whole == {f"{triple} ." for triple in read_statements(files) if "_:" not in str(triple)}
    together = set().union(*(lines(module.stem) for module in modules() if module.in_all))
    assert whole == together
    names = {str(name) for name in read_turtle(ROOT / MANIFEST).objects(None, RDFS.member)}
    assert (data / "iris.txt").read_text(encoding="utf-8").splitlines() == sorted(names)
    subjects = {line.partition(">")[0][1:] for line in whole}
    assert names - subjects == set()
    assert [name for name in sorted(names) if document_of(name) is None] == []


def test_every_file_of_the_graph_is_in_one_module() -> None:
    held = [path for module in modules() for path in module.files]
    assert len(held) == len(set(held))
    folders = [ROOT / "ontology", ROOT / "data" / "order-775"]
    assert {path for folder in folders for path in folder.rglob("*.ttl")} <= set(held)


def test_the_context_reads_a_record(data: Path) -> None:
    """The example record without its own context, with the published one."""
    record = json.loads((PEOPLE / "asel-mysal.jsonld").read_text(encoding="utf-8"))
    own = {quad for quad in by_oxigraph(json.dumps(record), ".jsonld") if quad.predicate.value != str(RDFS.label)}
    context = json.loads((data / "context.jsonld").read_text(encoding="utf-8"))
    record |= {"@context": context["@context"], "@type": "Person", "label": {"kk": record["label"]}}
    read = {quad for quad in by_oxigraph(json.dumps(record), ".jsonld") if quad.predicate.value != str(RDFS.label)}
    assert len(own) > 10
    assert read == own


# -- What follows ----------------------------------------------------------------------------------------------------


def test_what_is_materialised_is_what_a_reasoner_says() -> None:
    """Of the vocabulary, its alignments, one section and the views that are written with it: every consequence that
    names things and classes, and nothing that does not follow."""
    files = [*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "ontology" / "vocab").glob("*.ttl")]
    files += [*(ROOT / "ontology" / "align").glob("*.ttl"), ROOT / "data" / "order-775" / "sec-6.ttl"]
    files += (ROOT / "data" / "views").glob("*.ttl")
    graph = read_turtle(*files)
    for axiom in SKOS_AXIOMS:
        graph.parse(data=SKOS_PREFIXES + axiom, format="turtle")
    store = ox.Store()
    store.load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    before = set(graph)
    close(store)
    after = Graph().parse(data=b"".join(_lines(store)), format="nt")
    ours = {
        triple for triple in after if not any(isinstance(term, BNode) or _is_number(term) for term in triple)
    } - before
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=True).expand(graph)
    theirs = set(graph) - before
    ours_named = {triple for triple in ours if str(triple[0]).startswith(BASE)}
    assert len(ours_named) > 1000
    assert {triple for triple in ours if triple not in theirs and not _about_terms(triple)} == set()
    asserted = {str(term) for _, term, _ in before} | {str(term) for _, term, _ in ours}
    claimed = {
        triple
        for triple in theirs
        if str(triple[0]).startswith((f"{BASE}id/", f"{BASE}voc/"))
        and triple[0] != triple[2]
        and not any(isinstance(term, BNode) or _is_number(term) for term in triple)
        and str(triple[1]) in asserted
        and str(triple[1]) not in {str(OWL.sameAs), str(SKOS.semanticRelation)}
        and str(triple[2]) not in _TRIVIAL
    }
    assert claimed - ours == set()


SKOS_PREFIXES = "".join(
    f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in {"skos": SKOS, "rdfs": RDFS, "owl": OWL}.items()
)
SKOS_AXIOMS = [
    "skos:prefLabel rdfs:subPropertyOf rdfs:label . skos:altLabel rdfs:subPropertyOf rdfs:label .",
    "skos:definition rdfs:subPropertyOf skos:note . skos:scopeNote rdfs:subPropertyOf skos:note .",
    "skos:example rdfs:subPropertyOf skos:note . skos:topConceptOf rdfs:subPropertyOf skos:inScheme .",
    "skos:broader rdfs:subPropertyOf skos:broaderTransitive ; owl:inverseOf skos:narrower .",
    "skos:narrower rdfs:subPropertyOf skos:narrowerTransitive .",
    "skos:broaderTransitive owl:inverseOf skos:narrowerTransitive ; a owl:TransitiveProperty .",
    "skos:narrowerTransitive a owl:TransitiveProperty . skos:topConceptOf owl:inverseOf skos:hasTopConcept .",
    "skos:broadMatch rdfs:subPropertyOf skos:broader, skos:mappingRelation ; owl:inverseOf skos:narrowMatch .",
    "skos:narrowMatch rdfs:subPropertyOf skos:narrower, skos:mappingRelation .",
    "skos:exactMatch rdfs:subPropertyOf skos:closeMatch ; a owl:SymmetricProperty, owl:TransitiveProperty .",
    "skos:closeMatch rdfs:subPropertyOf skos:mappingRelation ; a owl:SymmetricProperty .",
    "skos:relatedMatch rdfs:subPropertyOf skos:related, skos:mappingRelation ; a owl:SymmetricProperty .",
    "skos:related a owl:SymmetricProperty .",
]
"""The axioms of SKOS (SKOS Reference, section 1.6 and appendix B) that the materialised file rests on."""

_TRIVIAL = {str(OWL.Thing), str(RDFS.Resource), str(RDFS.Class), str(OWL.Class), str(RDFS.Literal)}


def _is_number(term: object) -> bool:
    """Numbers are integers in a store whatever they were written as."""
    return isinstance(term, Literal) and isinstance(term.value, int)


def _about_terms(triple: tuple[Any, Any, Any]) -> bool:
    """Whether it is about classes and properties, of which the reasoner tells other things."""
    return triple[1] in (RDFS.subClassOf, RDFS.subPropertyOf)


def _lines(store: ox.Store) -> Iterator[bytes]:
    for quad in store:
        yield f"{quad.triple} .\n".encode()


def test_the_materialised_file_answers_what_needs_a_reasoner_otherwise(data: Path) -> None:
    ask = """PREFIX org: <http://www.w3.org/ns/org#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX m8g: <http://data.europa.eu/m8g/>
    ASK { ?role a org:Role ; rdfs:label ?name . ?criterion a m8g:Criterion ; m8g:hasQualifiedRelation ?value . }"""
    assert not bool(store_of(data / f"{ALL}.nt").query(ask))
    assert bool(store_of(data / f"{MATERIALISED}.nt").query(ask))


# -- Tables ----------------------------------------------------------------------------------------------------------

Row = Mapping[str, str]


def read_table(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


_DATATYPES = {
    "string": r"(?s).*",
    "positiveInteger": r"[1-9]\d*",
    "nonNegativeInteger": r"\d+",
    "boolean": "true|false",
    "anyURI": r"https://\S+",
}


def violations(folder: Path) -> list[str]:
    """What tables have that their metadata do not allow."""
    metadata = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    tables = {table["url"]: (table["tableSchema"], *read_table(folder / table["url"])) for table in metadata["tables"]}
    found = [f"{path.name}: not described" for path in folder.glob("*.csv") if path.name not in tables]
    for url, (schema, header, rows) in tables.items():
        if not rows or header != [column["titles"] for column in schema["columns"]]:
            found.append(f"{url}: empty, or other columns")
            continue
        key = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
        if len({tuple(row[column] for column in key) for row in rows}) != len(rows):
            found.append(f"{url}: rows with the same key")
        for column in schema["columns"]:
            name, cells = column["name"], [row.get(column["name"], "") for row in rows]
            if column.get("required") and not all(cells):
                found.append(f"{url}: {name} is empty somewhere")
            found += [f"{url}: {name}: {c}" for c in cells if c and not re.fullmatch(_DATATYPES[column["datatype"]], c)]
            if {text["@language"] for text in column["dc:description"]} != {"kk", "ru", "en"}:
                found.append(f"{url}: {name} is not described in three languages")
        for foreign in schema.get("foreignKeys", []):
            there = foreign["reference"]
            keys = {row[there["columnReference"]] for row in tables[there["resource"]][2]}
            name = foreign["columnReference"]
            found += [f"{url}: {name}: no {row[name]}" for row in rows if row[name] and row[name] not in keys]
    return found


def test_the_tables_are_as_their_metadata_say(data: Path) -> None:
    assert violations(data / "tables") == []


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("grades", ",order-775-cl-13,", ",order-775-cl-99,"),
        ("grades", "translator,translator,", ",translator,"),
        ("duties", "accountant-02,", "accountant-01,"),
        ("alternatives", ",true,", ",yes,"),
        ("positions", "position,group,", "position,set,"),
    ],
)
def test_a_table_that_is_otherwise_is_found(data: Path, tmp_path: Path, table: str, before: str, after: str) -> None:
    for path in (data / "tables").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    broken = tmp_path / f"{table}.csv"
    text = broken.read_text(encoding="utf-8")
    assert before in text
    broken.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert violations(tmp_path)


def test_the_tables_hold_what_the_graph_does(data: Path) -> None:
    store = store_of(data / f"{ALL}.nt")
    kinds = {"grades": "Grade", "alternatives": "Alternative", "duties": "Duty", "knowledge": "KnowledgeItem"}
    kinds |= {"advancements": "Advancement", "readings": "Interpretation"}
    for table, kind in kinds.items():
        quads = store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), ox.NamedNode(expand(f"bilik:{kind}")))
        named = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        rows = read_table(data / "tables" / f"{table}.csv")[1]
        assert {row["iri"] for row in rows} == named


# -- Without the package ---------------------------------------------------------------------------------------------


def run_rules(data: Path, records: list[ox.Quad], result: str) -> list[ox.Triple]:
    """What the published rules make of records, by what ``rules.json`` says and pyoxigraph alone."""
    how = json.loads((data / "rules" / "rules.json").read_text(encoding="utf-8"))
    store = store_of(*(data / path for path in how["graphs"]))
    allowed = set(how["record"]["properties"])
    store.extend([quad for quad in records if quad.predicate.value in allowed])
    day = how["asOf"]
    store.add(
        ox.Quad(
            ox.NamedNode(day["subject"]),
            ox.NamedNode(day["predicate"]),
            ox.Literal(AS_OF.isoformat(), datatype=ox.NamedNode(day["datatype"])),
        )
    )
    results: list[ox.Triple] = []
    for step in how["results"][result]:
        made = list(store.query((data / step["rule"]).read_text(encoding="utf-8")))  # type: ignore[arg-type]
        store.extend([ox.Quad(*triple) for triple in made])
        results += made if step["makesResult"] else []
    return results


@pytest.fixture(scope="module")
def examples(data: Path) -> list[ox.Quad]:
    """The records of the published examples that are in Turtle."""
    return list(store_of(*sorted((data / "people").glob("*.ttl"))))


def test_the_rules_of_the_folder_judge_as_bilik_does(data: Path, examples: list[ox.Quad]) -> None:
    made = run_rules(data, examples, "verdicts")
    by = {
        key: {triple.subject: triple.object for triple in made if triple.predicate.value == expand(f"bilik:{term}")}
        for key, term in {"person": "concernsPerson", "grade": "concernsGrade", "outcome": "hasOutcome"}.items()
    }
    judged = {
        (str(by["person"][verdict]), str(by["grade"][verdict])): str(outcome)
        for verdict, outcome in by["outcome"].items()
    }
    people = load_people(sorted((data / "people").glob("*.ttl"))).store
    expected = {
        (f"<{verdict.person}>", f"<{expand('grade:' + verdict.grade)}>"): f"<{expand('outcome:' + verdict.outcome)}>"
        for judgement in judge(people, compiled_law(), AS_OF)
        for verdict in judgement.verdicts
    }
    assert len(set(expected.values())) == 3
    assert judged == expected


def test_the_shapes_of_the_folder_say_the_same_of_claims(data: Path, examples: list[ox.Quad]) -> None:
    how = json.loads((data / "rules" / "rules.json").read_text(encoding="utf-8"))
    assert how["shapes"]["qualificationReads"] == ["record", "facts"]
    facts = run_rules(data, examples, "facts")
    lines = ox.serialize([*(quad.triple for quad in examples), *facts], format=ox.RdfFormat.N_TRIPLES)
    shapes = read_turtle(*(data / path for path in how["shapes"]["qualification"]))
    _, report, answer = pyshacl.validate(Graph().parse(data=lines, format="nt"), shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph), answer
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for result in report.objects(None, SH.result):
        shape = code(str(report.value(result, SH.sourceShape))).removesuffix("-possible")
        found[str(report.value(result, SH.focusNode)), shape].add(code(str(report.value(result, SH.resultSeverity))))
    severities = {"qualified": set(), "undetermined": {"Warning"}, "not-qualified": {"Warning", "Violation"}}
    people = load_people(sorted((data / "people").glob("*.ttl"))).store
    claims = [verdict for judgement in judge(people, compiled_law(), AS_OF) for verdict in judgement.claimed]
    assert len({verdict.outcome for verdict in claims}) > 1
    expected = {(v.person, v.grade): severities[v.outcome] for v in claims if severities[v.outcome]}
    assert found == expected


def test_the_readme_names_what_is_there(data: Path) -> None:
    named = re.findall(r"^- `([^`]+)`", (data / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(named) == 3 * len(set(named))
    assert [name for name in named if not any(data.glob(name.rstrip("/")))] == []


def test_everything_that_rules_json_names_is_there(data: Path) -> None:
    how = json.loads((data / "rules" / "rules.json").read_text(encoding="utf-8"))
    named = [*how["graphs"], *how["record"]["checks"], *how["record"]["checksRead"]]
    named += [*how["shapes"]["record"], *how["shapes"]["qualification"]]
    named += [step["rule"] for steps in how["results"].values() for step in steps]
    assert [path for path in named if not (data / path).is_file()] == []
    rules = {path.relative_to(data).as_posix() for path in (data / "rules").glob("*.rq")}
    assert rules == {step["rule"] for steps in how["results"].values() for step in steps}


@pytest.mark.parametrize("path", DOSSIERS[:2], ids=lambda path: path.stem)
def test_examples_are_published_as_they_are(data: Path, path: Path) -> None:
    assert (data / "people" / path.name).read_bytes() == path.read_bytes()


# -- What the dataset says of itself ---------------------------------------------------------------------------------


def test_the_checksums_are_those_of_every_file(data: Path) -> None:
    lines = [line.split("  ", 1) for line in (data / SUMS).read_text(encoding="utf-8").splitlines()]
    files = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    assert {name for _, name in lines} == files - {SUMS}
    assert [n for digest, n in lines if hashlib.sha256((data / n).read_bytes()).hexdigest() != digest] == []


def test_the_catalogue_is_as_a_catalogue_should_be(data: Path) -> None:
    catalogue = read_turtle(data / "catalogue.ttl")
    shapes = read_turtle(ROOT / "tests" / "publish" / "catalogue-shapes.ttl")
    targets = set(shapes.objects(None, SH.targetClass))
    assert [target for target in targets if not any(catalogue.subjects(RDF.type, target))] == []
    conforms, report, text = pyshacl.validate(catalogue, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    assert conforms, text
    for triple in list(catalogue.triples((None, DCAT.downloadURL, None)))[:1]:
        catalogue.remove(triple)
    assert not pyshacl.validate(catalogue, shacl_graph=shapes, inference="none")[0]


def test_the_catalogue_tells_the_truth(data: Path) -> None:
    """Files, sizes, checksums and numbers of statements."""
    catalogue = read_turtle(data / "catalogue.ttl")
    lines = (line.split("  ", 1) for line in (data / SUMS).read_text(encoding="utf-8").splitlines())
    sums = {name: digest for digest, name in lines}
    seen = 0
    for node, address in catalogue.subject_objects(DCAT.downloadURL):
        name = str(address).removeprefix(f"{BASE}{DATA}/")
        assert str(catalogue.value(node, DCAT.byteSize)) == str((data / name).stat().st_size)
        checksum = catalogue.value(node, _term("spdx:checksum"))
        assert str(catalogue.value(checksum, _term("spdx:checksumValue"))) == sums[name]
        seen += 1
    assert seen > len(list(modules())) * len(FORMATS)
    for key in (ALL, MATERIALISED):
        triples = catalogue.value(URIRef(f"{BASE}{DATA}/catalogue#{key}"), _term("void:triples"))
        assert str(triples) == str(len((data / f"{key}.nt").read_text(encoding="utf-8").splitlines()))


def _term(curie: str) -> URIRef:
    return URIRef(expand(curie))


# -- Redirects -------------------------------------------------------------------------------------------------------

SITE = "https://bilik.example/"


@pytest.fixture(scope="module")
def redirects(data: Path) -> Htaccess:
    return Htaccess((data / "w3id" / ".htaccess").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "headers", "location"),
    [
        ("id/grade/translator", {"accept_language": "ru"}, "ru/id/grade/translator.html"),
        ("id/grade/translator", {"accept_language": "en-GB,en;q=0.9,ru;q=0.5"}, "en/id/grade/translator.html"),
        ("id/grade/translator", {"accept_language": "de, ru;q=0.8, en;q=0.5"}, "ru/id/grade/translator.html"),
        ("id/grade/translator", {"accept_language": "kk, ru;q=0.8"}, "kk/id/grade/translator.html"),
        ("id/grade/translator", {"accept_language": "de"}, "kk/id/grade/translator.html"),
        ("id/grade/translator", {}, "kk/id/grade/translator.html"),
        ("id/grade/translator", {"accept": "text/turtle"}, "id/grade/translator.ttl"),
        ("id/grade/translator", {"accept": "application/ld+json, */*;q=0.1"}, "id/grade/translator.jsonld"),
        ("id/grade/translator", {"accept": "text/html, text/turtle;q=0.1"}, "kk/id/grade/translator.html"),
        ("id/grade/translator.ttl", {"accept": "text/turtle"}, "id/grade/translator.ttl"),
        ("id/alternative/engineer-1", {}, "kk/id/grade/engineer.html#alternative-engineer-1"),
        ("id/alternative/engineer-high-first-1", {"accept": "text/turtle"}, "id/grade/engineer-high-first.ttl"),
        ("voc/tier/high", {"accept_language": "en"}, "en/voc/tier.html#high"),
        ("voc/tier", {"accept": "application/ld+json"}, "voc/tier.jsonld"),
        ("def", {"accept": "text/turtle"}, "def.ttl"),
        ("data/bilik", {"accept": "application/n-triples"}, "data/bilik.nt"),
        ("data/bilik", {"accept": "application/rdf+xml"}, "data/bilik.rdf"),
        ("data/catalogue", {}, "data/catalogue.ttl"),
        ("queries/reports/acts.rq", {}, "data/queries/reports/acts.rq"),
        ("", {}, ""),
    ],
)  # fmt: skip
def test_an_iri_leads_to_what_is_asked_for(
    redirects: Htaccess, path: str, headers: dict[str, str], location: str
) -> None:
    assert redirects.location(path, **headers) == SITE + location


def test_every_published_name_leads_where_the_documents_say(redirects: Htaccess, published: Path) -> None:
    names = (published / DATA / "iris.txt").read_text(encoding="utf-8").splitlines()
    wrong = []
    for name in names:
        path = name.removeprefix(BASE).partition("#")[0]
        address = document_of(name)
        assert address is not None
        fragment = None if "#" in name else address.fragment
        page = address.page("ru") if fragment else address.page("ru").partition("#")[0]
        if redirects.location(path, accept_language="ru") != SITE + page:
            wrong.append(name)
        target = redirects.location(path, accept="text/turtle")
        assert target is not None
        if not (published / target.removeprefix(SITE)).is_file():
            wrong.append(target)
    assert names
    assert wrong == []


def test_redirects_that_lead_elsewhere_than_the_documents_say_are_not_written() -> None:
    rules = list(rules_of(documents()))
    check(rules, documents())
    with pytest.raises(SourceError, match=r"id/advancement/.* would be redirected to None"):
        check([rule for rule in rules if "advancement" not in rule.pattern], documents())


def test_every_rule_of_data_leads_to_a_file(redirects: Htaccess, published: Path) -> None:
    stems = [f"data/{stem}" for stem in (ALL, MATERIALISED, "catalogue", *(module.stem for module in modules()))]
    for path in [*stems, "mapping/people", "align/org", "shape/law", "class/covers", "def/law", "id/quote/chars-1-2"]:
        for form in FORMATS.values():
            target = redirects.location(path, accept=form.media_type)
            assert target is not None
            assert (published / target.removeprefix(SITE)).is_file(), target


def test_the_command_writes_what_the_library_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilik.publish.PARTS", (a_file,))
    run = bilik("publish", tmp_path / "web")
    assert (run.status, run.out, run.err) == (0, "", "")
    assert (tmp_path / "web" / DATA / SUMS).is_file()
