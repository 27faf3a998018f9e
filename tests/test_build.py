"""The build: what is committed is what the source makes, byte for byte, in any process; what differs is named; an
edited text is refused; nothing is written in vain; the compiled conditions are made of the law graph."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, XSD
from rdflib.term import Literal, URIRef

from bilik import build
from bilik.derive.catalogue_pages import PAGE
from bilik.derive.reasoning import covers, is_installed
from bilik.engine import derive
from bilik.errors import EngineError, SourceError
from bilik.extract.graph import iri
from bilik.turtle import read_turtle, to_turtle

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDERS: Final = ("data", "ontology", "queries", "shapes")
SOURCE: Final = Path("data", "source", "order-775.kk.txt")
GRADE: Final = "accountant-mid"

#: Python that leaves out what an OWL reasoner makes: it takes longer than all the rest, and one test here is enough.
WITHOUT_REASONER: Final = "from bilik import build; build.is_installed = lambda: False\n"
DIGESTS: Final = f"""{WITHOUT_REASONER}
import hashlib, pathlib, sys
for path, content in build.generate(pathlib.Path(sys.argv[1])):
    print(path.as_posix(), hashlib.sha256(content.encode("utf-8")).hexdigest())
"""
COMMAND: Final = f"{WITHOUT_REASONER}from bilik.cli import main; main()"


def stamps(root: Path) -> dict[Path, tuple[int, str]]:
    """file → (time of the last change in ns, sha256)."""
    return {
        path: (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in root.rglob("*")
        if path.is_file()
    }


def run(*arguments: str, seed: str, scripts: Path = ROOT / "scripts") -> subprocess.CompletedProcess[str]:
    """Python on the arguments, with the package of a checkout, in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(scripts), "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        cwd=scripts.anchor,
    )


@pytest.fixture(autouse=True, scope="module")
def _without_reasoner() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "is_installed", lambda: False)
        yield


# -- what is committed ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def generated() -> dict[Path, str]:
    """Everything the build makes of the checkout but for what a reasoner makes."""
    files = list(build.generate(ROOT))
    assert len(files) == len(dict(files))
    return dict(files)


def test_what_is_committed_is_what_the_build_makes(generated: dict[Path, str]) -> None:
    committed = {path: (ROOT / path).read_bytes().decode("utf-8") for path in generated if (ROOT / path).is_file()}
    assert [path for path, text in generated.items() if committed.get(path) != text] == []


def test_the_build_makes_every_graph_and_picture_of_its_folders(generated: dict[Path, str]) -> None:
    of_people = ROOT / "data" / "people"
    committed = {
        path.relative_to(ROOT)
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".ttl", ".svg", ".mmd") and of_people not in path.parents
    }
    assert build.left_out() == (build.COVERS,)
    others = {path for path in generated if path.suffix != ".ttl" and path.parent != build.PICTURES}
    tables = {build.MAPPINGS, build.LEDGER, build.PEOPLE_METADATA}
    assert others == {*tables, build.VIEWS / "requirements.jsonld", build.IN_WORDS, PAGE}
    assert {*generated, build.COVERS} - others == committed


@pytest.mark.skipif(not is_installed(), reason="no OWL reasoner is installed")
def test_what_the_reasoner_makes_is_committed(generated: dict[Path, str]) -> None:
    classes = Graph(bind_namespaces="none").parse(data=generated[build.CLASSES], format="turtle")
    assert to_turtle(covers(classes)) == (ROOT / build.COVERS).read_text(encoding="utf-8")


def test_two_processes_make_the_same_bytes(generated: dict[Path, str]) -> None:
    expected = [
        f"{path.as_posix()} {hashlib.sha256(text.encode('utf-8')).hexdigest()}" for path, text in generated.items()
    ]
    with ThreadPoolExecutor() as pool:
        for process in pool.map(lambda seed: run("-c", DIGESTS, str(ROOT), seed=seed), ("1", "4711")):
            assert process.stderr == ""
            assert process.stdout.splitlines() == expected


def test_hand_written_files_keep_their_triples(generated: dict[Path, str]) -> None:
    paths = build.hand_written(ROOT)
    assert ROOT / "data" / "readings.ttl" in paths
    assert ROOT / "ontology" / "core.ttl" in paths
    assert ROOT / "shapes" / "person.ttl" in paths
    for path in paths:
        made = Graph(bind_namespaces="none").parse(data=generated[path.relative_to(ROOT)], format="turtle")
        assert len(made) == len(read_turtle(path)) > 0


# -- what differs --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory, generated: dict[Path, str]) -> Path:
    """A copy of the tree, freshly built, with the package beside it; every test leaves it as it was."""
    root = tmp_path_factory.mktemp("tree")
    for folder in (*FOLDERS, "scripts"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in generated.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return root


def test_building_writes_nothing_when_nothing_differs(tree: Path) -> None:
    before = stamps(tree)
    assert build.build(tree) == []
    assert stamps(tree) == before


def test_every_file_that_differs_is_made_again_and_a_stale_one_removed(tree: Path) -> None:
    before = {path: digest for path, (_, digest) in stamps(tree).items()}
    edits = {
        Path("data", "order-775", "sec-4.ttl"): (b"36", b"24"),
        Path("data", "order-775", "sec-5.ttl"): (b"\n", b"\r\n"),
        Path("data", "compiled", "record.ttl"): (b"\n\n", b"\n\n\n"),
        Path("ontology", "vocab", "tiers.ttl"): (b" ;\n", b"  ;\n"),
        build.IN_WORDS: (b"<p>", b"<p> "),
        build.MAPPINGS: (b"\t", b" "),
        build.VIEWS / "requirements.jsonld": (b'"name"', b'"names"'),
    }
    for path, (old, new) in edits.items():
        content = (tree / path).read_bytes()
        assert old in content
        (tree / path).write_bytes(content.replace(old, new))
    deleted, stale = Path("data", "compiled", "labels.ttl"), Path("data", "order-775", "sec-14.ttl")
    (tree / deleted).unlink()
    shutil.copy(tree / "data" / "order-775" / "sec-13.ttl", tree / stale)
    view = build.VIEWS / "obligations.jsonld"
    shutil.copy(tree / build.VIEWS / "requirements.jsonld", tree / view)
    assert set(build.build(tree)) == {*edits, deleted, stale, view}
    assert {path: digest for path, (_, digest) in stamps(tree).items()} == before


def test_the_command_names_what_differs_and_the_build_makes_it_again(tree: Path) -> None:
    path = Path("data", "order-775", "sec-10.ttl")
    content = (tree / path).read_bytes()
    (tree / path).write_bytes(content + b"\n")
    check = run("-c", COMMAND, "build", "--check", seed="0", scripts=tree / "scripts")
    assert (tree / path).read_bytes() == content + b"\n"
    assert (check.returncode, check.stdout) == (1, "")
    left_out, line = check.stderr.splitlines()
    assert left_out.startswith(f"{build.COVERS.as_posix()}: not compared: ")
    assert line.startswith("data/order-775/sec-10.ttl: differs")
    built = run("-c", COMMAND, "build", seed="0", scripts=tree / "scripts")
    assert (built.returncode, built.stdout) == (0, "data/order-775/sec-10.ttl\n")
    assert built.stderr.startswith(f"{build.COVERS.as_posix()}: left as it is: ")
    assert (tree / path).read_bytes() == content


def test_an_edited_source_text_is_refused_and_nothing_is_written(tree: Path) -> None:
    content = (tree / SOURCE).read_bytes()
    (tree / SOURCE).write_bytes(content.replace("кемінде 3 жыл".encode(), "кемінде 2 жыл".encode(), 1))
    before = stamps(tree)
    try:
        with pytest.raises(SourceError, match="the text differs from its recorded sha256"):
            build.build(tree)
        process = run("-c", COMMAND, "build", seed="0", scripts=tree / "scripts")
        assert process.returncode == 2
        assert "the order's text is never edited" in process.stderr
        assert "Traceback" not in process.stderr
        assert stamps(tree) == before
    finally:
        (tree / SOURCE).write_bytes(content)


# -- what is derived -----------------------------------------------------------------------------------------------

CONDITIONS: Final = Path("data", "compiled", "conditions.ttl")
STEM: Final = "law"
"""The file stem under which the tests hand over a law graph."""


def compiled(law: Graph) -> Graph:
    """The conditions as compiled from a law graph."""
    return build.derive_all(ROOT, {STEM: law})[CONDITIONS]


@pytest.fixture
def law() -> Graph:
    """The law graph, to be edited."""
    return read_turtle(*sorted((ROOT / "data" / "order-775").glob("*.ttl")))


def test_conditions_are_compiled_from_the_law_graph(law: Graph) -> None:
    assert to_turtle(compiled(law)) == (ROOT / CONDITIONS).read_text(encoding="utf-8")


def test_a_removed_alternative_is_in_no_compiled_condition(law: Graph) -> None:
    whole = compiled(law)
    gone = iri(f"alternative:{GRADE}-2")
    law.remove((iri(f"requirement:{GRADE}"), iri("bilik:hasAlternative"), gone))
    rest = compiled(law)
    kept = set(rest.objects(iri(f"requirement:{GRADE}"), iri("bilik:hasAlternative")))
    assert kept == {iri(f"alternative:{GRADE}-1")}
    assert set(rest) <= set(whole)
    assert {subject for subject, _, _ in set(whole) - set(rest)} == {
        iri(f"requirement:{GRADE}"),
        gone,
        iri(f"condition:{GRADE}-2-training"),
        iri(f"condition:{GRADE}-2-experience"),
    }
    assert not list(rest.predicate_objects(gone))


def test_a_changed_number_of_months_is_compiled(law: Graph) -> None:
    condition, term = iri(f"condition:{GRADE}-2-experience"), iri("bilik:minimumMonths")
    law.set((condition, term, Literal("48", datatype=XSD.nonNegativeInteger)))
    assert {int(str(months)) for months in compiled(law).objects(condition, term)} == {48}


def test_a_removed_grade_is_in_nothing_derived(law: Graph) -> None:
    law.remove((iri(f"grade:{GRADE}"), None, None))
    for path, graph in build.derive_all(ROOT, {STEM: law}).items():
        subjects = {str(subject) for subject in graph.subjects() if isinstance(subject, URIRef)}
        assert subjects
        assert str(iri(f"grade:{GRADE}")) not in subjects, path


def test_every_alternative_and_condition_of_the_law_is_compiled(law: Graph) -> None:
    conditions = compiled(law)
    for cls, link in (("Alternative", "hasAlternative"), ("Requirement", "hasRequirement")):
        nodes = set(law.subjects(RDF.type, iri(f"bilik:{cls}")))
        assert nodes == set(conditions.objects(None, iri(f"bilik:{link}")))
    for cls in ("EducationCondition", "TrainingCondition", "ExperienceCondition"):
        nodes = set(law.subjects(RDF.type, iri(f"bilik:{cls}")))
        assert nodes == set(conditions.subjects(RDF.type, iri(f"bilik:{cls}")))


def test_a_rule_that_is_no_construct_query_stops_the_build(tmp_path: Path) -> None:
    for query, problem in (("ASK { ?s ?p ?o }", "not a CONSTRUCT query"), ("CONSTRUCT {", "")):
        (tmp_path / "10-rule.rq").write_text(query, encoding="utf-8")
        with pytest.raises(EngineError, match=rf"10-rule\.rq: {problem}"):
            derive(tmp_path, ox.Store())


def test_each_rule_sees_what_the_ones_before_it_made(tmp_path: Path) -> None:
    (tmp_path / "10-first.rq").write_text("CONSTRUCT { ?s <x:b> 1 } WHERE { ?s <x:a> 1 }", encoding="utf-8")
    (tmp_path / "20-second.rq").write_text("CONSTRUCT { ?s <x:c> 1 } WHERE { ?s <x:b> 1 }", encoding="utf-8")
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:node"), ox.NamedNode("x:a"), ox.Literal(1)))
    derived = derive(tmp_path, store)
    # What is given is no part of what is made, and stays as it was.
    assert {quad.predicate.value for quad in derived} == {"x:b", "x:c"}
    assert len(store) == 1
