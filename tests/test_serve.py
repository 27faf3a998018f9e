"""The server: what a real client gets from a real one."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import cycle
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from bilik.catalogue import read_catalogue
from bilik.namespaces import BASE, expand
from bilik.publish.documents import documents
from bilik.serve.limits import Limits
from bilik.serve.messages import ROWS, TRIPLES, Outcome, Question
from bilik.serve.negotiation import media_type, spoken
from bilik.serve.pool import Pool
from bilik.texts import LANGUAGES, text
from bilik.tokens import asks_others, prefixes
from command_line import bilik, refusal, written
from endpoint_server import ENDLESS, Server, asked, law_in, serving

GRADES = asked("SELECT ?grade ?label { ?grade a bilik:Grade ; rdfs:label ?label } ORDER BY ?grade ?label")
GRADE = asked("CONSTRUCT { grade:translator ?property ?value } WHERE { grade:translator ?property ?value }")
FORMATS = [media for media in ROWS if media != "application/json"]
PAGE = "<!doctype html><title>Біліктілік</title>"
SECONDS = 3
needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads Linux's /proc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site, as small as can be."""
    folder = tmp_path_factory.mktemp("served") / "site"
    law_in(folder)
    for language in LANGUAGES:
        (folder / language).mkdir()
        written(folder / language, "index.html", PAGE)
    for name in ("map.svg", "bilik.css", "graph.js", "bilik.jsonld", "tables.csv", "SHA256SUMS", "part.xyz"):
        written(folder, name, "{}")
    written(folder.parent, "secret.txt", "not for you")
    return folder


@pytest.fixture(scope="module")
def law(folder: Path) -> ox.Store:
    """What the endpoint is asked, asked directly."""
    store = ox.Store()
    store.load(path=folder / "data" / "bilik.ttl", format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder, "--timeout", SECONDS, "--processes", 2, "--max-size", 8, "--memory", 400) as server:
        yield server


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as client:
        yield client


def rows(answer: httpx.Response) -> list[tuple[str, ...]]:
    """The rows of an answer as text: values alone, for CSV has no more."""
    form = answer.headers["content-type"].partition(";")[0]
    if form == "text/csv":
        _, *table = csv.reader(io.StringIO(answer.text))
        return [tuple(row) for row in table]
    found = ox.parse_query_results(answer.content, format=ROWS[form])
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(term.value for term in row) for row in found]


def by_get(client: httpx.Client, query: str, accept: str = "*/*", **headers: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query}, headers={"Accept": accept, **headers})


def by_form(client: httpx.Client, query: str, accept: str = "*/*") -> httpx.Response:
    return client.post("/sparql", data={"query": query}, headers={"Accept": accept})


def by_body(client: httpx.Client, query: str, accept: str = "*/*") -> httpx.Response:
    headers = {"Accept": accept, "Content-Type": "application/sparql-query; charset=utf-8"}
    return client.post("/sparql", content=query.encode(), headers=headers)


def refused(answer: httpx.Response, status: int, key: str, **words: object) -> None:
    """The status, and one line that says why."""
    assert (answer.status_code, answer.text) == (status, text(key, "en", **words) + "\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


# The SPARQL 1.1 Protocol


@pytest.mark.parametrize("ask", [by_get, by_form, by_body])
@pytest.mark.parametrize("form", FORMATS)
def test_rows_come_in_every_format_by_every_method(client: httpx.Client, law: ox.Store, ask: object, form: str) -> None:
    answer = ask(client, GRADES, form)  # type: ignore[operator]
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == form
    known = law.query(GRADES)
    assert isinstance(known, ox.QuerySolutions)
    assert rows(answer) == [tuple(term.value for term in row) for row in known]
    assert len(rows(answer)) > 1


@pytest.mark.parametrize("form", FORMATS)
def test_yes_and_no_come_in_every_format(client: httpx.Client, form: str) -> None:
    for query, known in ((asked("ASK { ?grade a bilik:Grade }"), True), (asked("ASK { ?grade a grade:none }"), False)):
        answer = by_get(client, query, form)
        assert answer.headers["content-type"].partition(";")[0] == form
        if form.startswith("text/"):
            assert answer.text.strip() == str(known).lower()
        else:
            assert bool(ox.parse_query_results(answer.content, format=ROWS[form])) is known


@pytest.mark.parametrize("ask", [by_get, by_form, by_body])
@pytest.mark.parametrize("form", TRIPLES)
def test_triples_come_in_every_format_by_every_method(
    client: httpx.Client, law: ox.Store, ask: object, form: str
) -> None:
    answer = ask(client, GRADE, form)  # type: ignore[operator]
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == form
    found = {quad.triple for quad in ox.parse(answer.content, format=TRIPLES[form])}
    assert found == {
        quad.triple for quad in law.quads_for_pattern(ox.NamedNode(expand("grade:translator")), None, None)
    }


def test_describe_gives_triples_with_the_prefixes_of_the_query(client: httpx.Client) -> None:
    answer = by_get(client, asked("DESCRIBE grade:translator"))
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "\ngrade:translator a bilik:Grade ;\n" in answer.text


def test_relative_names_are_those_of_bilik(client: httpx.Client) -> None:
    assert by_get(client, "ASK { <id/grade/translator> a <def#Grade> }").json()["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/csv;q=0.5,*/*;q=0.1", "text/csv"),
        ("text/tab-separated-values, text/turtle", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("TEXT/CSV; charset=utf-8; q=1.0", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+json"),
    ],
)
def test_the_client_chooses_the_format(client: httpx.Client, accept: str, form: str) -> None:
    answer = by_get(client, GRADES, accept)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, form)
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))


@pytest.mark.parametrize(
    ("query", "accept"), [(GRADES, "image/png"), (GRADES, "text/turtle"), (GRADE, "text/csv"), (GRADES, "text/csv;q=0")]
)
def test_a_format_that_does_not_exist_is_refused(client: httpx.Client, query: str, accept: str) -> None:
    known = {"rows": ", ".join(ROWS), "triples": ", ".join(TRIPLES)}
    refused(by_get(client, query, accept), 406, "serve-unacceptable", **known)


@pytest.mark.parametrize("ask", [by_get, by_form, by_body])
@pytest.mark.parametrize(
    "query",
    ["", "SELECT * {", "SELECT ?x { ?x a unknown:Thing }", "SELECT ?a { ?a ?b ?c } GROUP BY ?b", "DROP ALL"],
)
def test_what_is_no_query_is_refused(client: httpx.Client, ask: object, query: str) -> None:
    answer = ask(client, query)  # type: ignore[operator]
    assert answer.status_code == 400
    assert answer.text.startswith("not a SPARQL 1.1 query: error at ")
    assert answer.text.count("\n") == 1


def test_an_update_is_refused(client: httpx.Client) -> None:
    drop = "DROP ALL"
    refused(client.post("/sparql", data={"update": drop}), 400, "serve-update", name="update")
    refused(client.get("/sparql", params={"update": drop}), 400, "serve-update", name="update")
    sent = client.post("/sparql", content=drop, headers={"Content-Type": "application/sparql-update"})
    form = "application/x-www-form-urlencoded"
    refused(sent, 415, "serve-type", given="application/sparql-update", form=form)
    assert sent.headers["accept"] == f"application/sparql-query, {form}"
    assert by_get(client, "ASK { ?s ?p ?o }").json()["boolean"] is True


def test_a_query_is_given_once(client: httpx.Client) -> None:
    refused(client.get("/sparql", params={"query": ["ASK {}", "ASK {}"]}), 400, "serve-one-query", number=2)
    refused(client.get("/sparql", params={"quer": "ASK {}"}), 400, "serve-one-query", number=0)
    refused(client.post("/sparql", data={"other": "ASK {}"}), 400, "serve-one-query", number=0)
    both = client.post("/sparql", params={"query": "ASK {}"}, data={"query": "ASK {}"})
    refused(both, 400, "serve-one-query", number=2)


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_another_dataset_is_refused(client: httpx.Client, name: str) -> None:
    parameters = {"query": "ASK {}", name: "https://example.org/graph"}
    refused(client.get("/sparql", params=parameters), 400, "serve-dataset", name=name)
    refused(client.post("/sparql", data=parameters), 400, "serve-dataset", name=name)
    sent = {"Content-Type": "application/sparql-query"}
    in_url = client.post("/sparql", params={name: "https://example.org/graph"}, content="ASK {}", headers=sent)
    refused(in_url, 400, "serve-dataset", name=name)


def test_unusable_bodies_are_refused(client: httpx.Client) -> None:
    form = "application/x-www-form-urlencoded"
    for given in ("text/plain", "multipart/form-data"):
        sent = client.post("/sparql", content="ASK {}", headers={"Content-Type": given})
        refused(sent, 415, "serve-type", given=given, form=form)
    for type_, body in (("application/sparql-query", b"ASK {} #\xff"), (form, b"query=ASK+%7B%7D+%23%FF")):
        sent = client.post("/sparql", content=body, headers={"Content-Type": type_})
        refused(sent, 400, "serve-not-utf-8")
    refused(client.get("/sparql?query=ASK+%7B%7D+%23%FF"), 400, "serve-not-utf-8")
    refused(by_body(client, "ASK {} #" + "x" * 2**20), 413, "serve-long", bytes=2**20)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/sparql")
    refused(answer, 405, "serve-method", method=method)
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_head_and_options(client: httpx.Client) -> None:
    head = client.head("/sparql", params={"query": GRADES}, headers={"Accept": "text/csv"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(by_get(client, GRADES, "text/csv").content))
    options = client.options("/sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_pages_of_others_may_ask(client: httpx.Client) -> None:
    origin = {"Origin": "https://example.org"}
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    asked_first = client.options("/sparql", headers=origin | wanted)
    assert asked_first.status_code == 200
    assert "POST" in asked_first.headers["access-control-allow-methods"]
    assert "content-type" in asked_first.headers["access-control-allow-headers"]
    for answer in (
        by_get(client, "ASK {}", **origin),
        by_get(client, "ASK", **origin),
        client.get("/", headers=origin),
    ):
        assert answer.headers["access-control-allow-origin"] == "*"
    refusing = client.options("/sparql", headers=origin | {"Access-Control-Request-Method": "DELETE"})
    assert refusing.status_code == 400


@pytest.mark.parametrize("form", TRIPLES)
def test_the_service_describes_itself(client: httpx.Client, server: Server, form: str) -> None:
    answer = client.get("/sparql", headers={"Accept": form})
    assert answer.headers["content-type"].partition(";")[0] == form
    found = {quad.triple for quad in ox.parse(answer.content, format=TRIPLES[form])}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    (service,) = (s for s, p, o in found if o == ox.NamedNode(f"{sd}Service"))
    said = {(p.value, o.value) for s, p, o in found if s == service and not isinstance(o, ox.Triple)}
    assert (f"{sd}endpoint", server.sparql) in said
    assert (f"{sd}supportedLanguage", f"{sd}SPARQL11Query") in said
    assert len([value for name, value in said if name == f"{sd}resultFormat"]) == len(FORMATS) + len(TRIPLES)
    assert any(name == f"{sd}defaultDataset" for name, _ in said)


def test_a_reader_is_led_to_the_playground(client: httpx.Client) -> None:
    for spoken_, page in (("ru,en;q=0.5", "/ru/sparql.html"), ("en-GB", "/en/sparql.html"), ("de", "/kk/sparql.html")):
        answer = client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.1", "Accept-Language": spoken_})
        assert (answer.status_code, answer.headers["location"]) == (303, page)
    refused(
        client.get("/sparql", headers={"Accept": "image/png"}),
        406,
        "serve-unacceptable",
        rows=", ".join(ROWS),
        triples=", ".join(TRIPLES),
    )


def test_refusals_are_told_in_the_language_of_the_client(client: httpx.Client) -> None:
    for language in LANGUAGES:
        answer = client.get("/sparql?query=", headers={"Accept-Language": f"{language}-KZ, de"})
        assert answer.headers["content-language"] == language
        assert answer.text.startswith(text("serve-malformed", language, reason=""))


def test_every_question_about_the_law_is_answered(client: httpx.Client, law: ox.Store) -> None:
    """As the store answers it itself: in the same bytes."""
    for query in read_catalogue():
        if query.data is None:
            known = law.query(query.sparql)
            assert isinstance(known, ox.QuerySolutions)
            assert by_form(client, query.sparql, "text/csv").content == known.serialize(
                format=ox.QueryResultsFormat.CSV
            )


# Limits


def test_an_endless_query_is_stopped_and_others_are_answered(client: httpx.Client) -> None:
    with ThreadPoolExecutor() as threads:
        endless = threads.submit(by_get, client, ENDLESS)
        meanwhile = 0
        while not endless.done():
            assert by_get(client, GRADES).status_code == 200
            meanwhile += 1
        refused(endless.result(), 503, "serve-too-long", seconds=SECONDS)
        assert meanwhile > 1
        assert {answer.status_code for answer in threads.map(lambda _: by_get(client, GRADES), range(8))} == {200}


def test_more_endless_queries_than_processes(client: httpx.Client) -> None:
    with ThreadPoolExecutor(5) as threads:
        ends = list(threads.map(lambda _: by_get(client, ENDLESS), range(5)))
    assert {answer.status_code for answer in ends} == {503}
    assert by_get(client, GRADES).status_code == 200


def test_an_endless_list_is_refused_whole(client: httpx.Client) -> None:
    """Nothing is cut short: an answer is complete, or none."""
    refused(by_get(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }"), 500, "serve-too-large", megabytes=8)
    refused(by_get(client, "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }"), 500, "serve-too-large", megabytes=8)


@needs_proc
def test_memory_has_an_end(client: httpx.Client) -> None:
    refused(by_get(client, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"), 500, "serve-too-much", memory=400)
    assert by_get(client, GRADES).status_code == 200


@needs_proc
def test_a_query_too_deep_for_the_engine(client: httpx.Client) -> None:
    refused(by_form(client, "ASK " + "{" * 30000 + "}" * 30000), 500, "serve-died")
    assert by_get(client, GRADES).status_code == 200


@needs_proc
def test_a_process_that_is_ended_is_replaced(client: httpx.Client, server: Server) -> None:
    for process in server.processes:
        os.kill(process, signal.SIGKILL)
    statuses = {by_get(client, GRADES).status_code for _ in range(6)}
    assert statuses <= {200, 500}
    assert by_get(client, GRADES).status_code == 200


def test_other_endpoints_are_not_asked(client: httpx.Client) -> None:
    for query in ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "ASK { SERVICE SILENT ?x { } }"):
        refused(by_get(client, query), 400, "serve-asks-others")


@needs_proc
def test_a_process_cannot_ask_other_endpoints(tmp_path: Path) -> None:
    """Even if a query got by: it opens no connection. Where it is not confined, it does."""
    asked_paths = []

    class Other(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked_paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        query = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{other.server_port}/x> {{ ?s ?p ?o }} }}"
        for confining, reached in (("", ["/x"]), ("confine(500)", [])):
            asked_paths.clear()
            code = f"import sys\nfrom bilik.serve.worker import *\n{confining}\nlist(ox.Store().query(sys.argv[1]))"
            subprocess.run([sys.executable, "-c", code, query], check=True)
            assert asked_paths == reached
        other.shutdown()


def test_who_waits_too_long_is_told_to_come_back(folder: Path) -> None:
    async def outcomes() -> list[Outcome]:
        pool = Pool(folder / "data" / "bilik.ttl", Limits(seconds=0.5), 1)
        await pool.start()
        question = Question(ENDLESS, next(iter(ROWS)), None)
        answers = await asyncio.gather(*(pool.answer(question) for _ in range(3)))
        await pool.close()
        return [answer.outcome for answer in answers]

    first, *others = asyncio.run(outcomes())
    assert first is Outcome.TOO_LONG
    assert Outcome.BUSY in others


def test_whoever_gives_up_leaves_the_process_to_others(folder: Path) -> None:
    with serving(folder, "--processes", 1, "--timeout", 60) as server, httpx.Client(timeout=20) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.get(server.sparql, params={"query": ENDLESS}, timeout=0.5)
        assert client.get(server.sparql, params={"query": GRADES}).status_code == 200


# Starting and stopping


@needs_proc
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_the_server_ends_with_all_its_processes(folder: Path, told: signal.Signals) -> None:
    with serving(folder, "--processes", 2, "--timeout", 60) as server, ThreadPoolExecutor() as threads:
        asking = threads.submit(httpx.get, server.sparql, params={"query": ENDLESS}, timeout=60)
        children = server.processes
        assert len(children) == 2
        time.sleep(0.2)  # the query is under way
        server.process.send_signal(told)
        assert server.process.wait(20) == 0
        assert server.process.stderr is not None
        assert b"Traceback" not in server.process.stderr.read()
        refused(asking.result(), 503, "serve-ending")
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


@needs_proc
def test_no_process_outlives_a_server_that_was_killed(folder: Path) -> None:
    with serving(folder, "--processes", 1, "--timeout", 0.5) as server, ThreadPoolExecutor() as threads:
        asking = threads.submit(httpx.get, server.sparql, params={"query": ENDLESS})
        (child,) = server.processes
        time.sleep(0.2)
        server.process.kill()
        with pytest.raises(httpx.HTTPError):
            asking.result()
    deadline = time.monotonic() + 20
    while _runs(child):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _runs(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"


def test_a_port_in_use_is_said_in_one_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"cannot listen at 127.0.0.1:{port}: " in refusal("serve", folder, "--port", port)


def test_an_address_of_others_is_said_in_one_line(folder: Path) -> None:
    assert "cannot listen at 192.0.2.1:0: " in refusal("serve", folder, "--host", "192.0.2.1", "--port", 0)
    assert "cannot listen at no.such.host.invalid:0: " in refusal(
        "serve", folder, "--host", "no.such.host.invalid", "--port", 0
    )


def test_what_is_no_published_site_is_refused(tmp_path: Path) -> None:
    assert "bilik.ttl is missing" in refusal("serve", tmp_path)
    assert "bilik.ttl is missing" in refusal("serve", tmp_path / "nothing")
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", "bilik.ttl", "not Turtle")
    run = bilik("serve", tmp_path, "--port", 0)
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "not a graph in Turtle" in run.err


def test_help_tells_the_limits() -> None:
    said = " ".join(bilik("serve", "--help").out.split())
    for default in (Limits().seconds, Limits().megabytes, Limits().memory):
        assert f"default: {default:g}." in said


@pytest.mark.parametrize("option", [("--timeout", 0), ("--max-size", 0), ("--processes", 0), ("--port", 70000)])
def test_limits_are_more_than_nothing(folder: Path, option: tuple[str, object]) -> None:
    refusal("serve", folder, *option)


def test_without_the_server_packages_the_remedy_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilik.cli.serve.find_spec", lambda name: None)
    assert "pip install 'bilik[serve]'" in refusal("serve", folder)


def test_without_a_folder_the_site_is_written_first(monkeypatch: pytest.MonkeyPatch) -> None:
    served = []

    def serve(folder: Path, *_: object) -> None:
        served.append(folder)
        assert (folder / "data" / "bilik.ttl").is_file()

    monkeypatch.setattr("bilik.publish.publish", law_in)
    monkeypatch.setattr("bilik.serve.server.serve", serve)
    run = bilik("serve", "--lang", "en")
    assert (run.status, run.err) == (0, text("serve-publishing", "en") + "\n")
    (folder,) = served
    assert not folder.exists()


# The site


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("data/bilik.ttl", "text/turtle; charset=utf-8"),
        ("bilik.jsonld", "application/ld+json"),
        ("bilik.css", "text/css; charset=utf-8"),
        ("graph.js", "text/javascript; charset=utf-8"),
        ("map.svg", "image/svg+xml"),
        ("tables.csv", "text/csv; charset=utf-8"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("part.xyz", "application/octet-stream"),
        ("kk/index.html", "text/html; charset=utf-8"),
        ("kk/", "text/html; charset=utf-8"),
    ],
)
def test_files_come_with_their_type(client: httpx.Client, folder: Path, path: str, type_: str) -> None:
    answer = client.get(path)
    file = folder / path
    assert answer.content == (file / "index.html" if file.is_dir() else file).read_bytes()
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (type_, "no-cache")
    assert client.head(path).headers["content-length"] == str(len(answer.content))


def test_a_file_that_has_not_changed_is_not_sent_again(client: httpx.Client, folder: Path) -> None:
    first = client.get("map.svg")
    again = {"If-None-Match": first.headers["etag"]}
    assert client.get("map.svg", headers=again).status_code == 304
    written(folder, "map.svg", "<svg/>")
    assert client.get("map.svg", headers=again).text == "<svg/>"


def test_a_folder_leads_to_its_page(client: httpx.Client) -> None:
    answer = client.get("/kk", follow_redirects=True)
    assert (answer.url.path, answer.text) == ("/kk/", PAGE)


@pytest.mark.parametrize(
    "path", ["../secret.txt", "kk/../../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "%2fetc%2fpasswd", "a%00b"]
)
def test_nothing_outside_the_folder_is_served(server: Server, path: str) -> None:
    """Asked as it stands: a client like httpx would tidy the path up before it is sent."""
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"not for you" not in answer


def test_a_link_out_of_the_folder_is_not_followed(client: httpx.Client, folder: Path) -> None:
    link = folder / "link.txt"
    link.symlink_to(folder.parent / "secret.txt")
    assert client.get("link.txt").status_code == 404
    link.unlink()


def test_what_is_not_there_is_said_in_the_language_of_the_reader(client: httpx.Client) -> None:
    answer = client.get("/nothing", headers={"Accept-Language": "ru"})
    assert answer.status_code == 404
    assert answer.text == text("serve-not-found", "ru", path="/nothing", start="/ru/index.html") + "\n"


def test_the_site_is_only_read(client: httpx.Client) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = client.request(method, "/kk/index.html")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_it_listens_to_this_machine_alone(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_nobody_is_in_the_graph(client: httpx.Client) -> None:
    people = asked(
        "ASK { { ?s bilik:hasEmployment ?o } UNION { ?s bilik:hasCredential ?o } UNION { ?s a bilik:Person } }"
    )
    assert by_get(client, people).json()["boolean"] is False


# Names of things


@pytest.mark.parametrize(
    ("name", "accept", "language", "target"),
    [
        ("id/grade/accountant-high-first", "text/html", "en", "en/id/grade/accountant-high-first.html"),
        ("id/grade/accountant-high-first", "*/*", "ru-RU, en;q=0.3", "ru/id/grade/accountant-high-first.html"),
        ("id/grade/accountant-high-first", "text/turtle", "ru", "id/grade/accountant-high-first.ttl"),
        (
            "id/grade/accountant-high-first",
            "application/ld+json, */*;q=0.1",
            "",
            "id/grade/accountant-high-first.jsonld",
        ),
        ("id/position/engineer", "text/html;q=0.4, text/turtle;q=0.5", "", "id/position/engineer.ttl"),
        ("def", "text/html,application/xhtml+xml,*/*;q=0.8", "de", "kk/def.html"),
        ("def", "text/turtle", "", "def.ttl"),
        ("voc/tier/high", "text/html", "kk", "kk/voc/tier.html#high"),
        ("voc/tier/high", "text/turtle", "kk", "voc/tier.ttl"),
        ("id/condition/accountant-high-first-1-education", "text/turtle", "", "id/grade/accountant-high-first.ttl"),
    ],
)
def test_a_name_leads_to_what_describes_it(
    client: httpx.Client, name: str, accept: str, language: str, target: str
) -> None:
    answer = client.get(f"/{name}", headers={"Accept": accept, "Accept-Language": language})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{target}")
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))


def test_every_document_has_an_address(client: httpx.Client) -> None:
    for document in documents().all:
        answer = client.head(f"/{document.path}", headers={"Accept": "text/turtle"})
        assert answer.headers["location"] == f"/{document.path}.ttl"


def test_a_description_in_another_form_is_refused(client: httpx.Client) -> None:
    answer = client.get("/id/grade/translator", headers={"Accept": "image/png"})
    refused(answer, 406, "serve-not-described", forms="text/html, text/turtle, application/ld+json")


def test_what_has_no_name_leads_nowhere(client: httpx.Client) -> None:
    assert client.get("/id/grade/captain").status_code == 404
    assert client.get("/id/grade").status_code == 404
    assert client.post("/id/grade/translator").status_code == 405


# Many at once


def test_many_clients_at_once(server: Server) -> None:
    """32 clients for three seconds: each answer is the right one."""
    end = time.monotonic() + 3
    known = {
        media: httpx.get(server.sparql, params={"query": GRADES}, headers={"Accept": media}).content
        for media in FORMATS
    }

    def client(number: int) -> int:
        answered = 0
        with httpx.Client(timeout=30) as session:
            for media in cycle(FORMATS[number % 4 :] + FORMATS[: number % 4]):
                if time.monotonic() > end:
                    return answered
                answer = session.get(server.sparql, params={"query": GRADES}, headers={"Accept": media})
                assert (answer.status_code, answer.content) == (200, known[media])
                answered += 1
        raise AssertionError

    with ThreadPoolExecutor(32) as threads:
        assert min(threads.map(client, range(32))) > 0


# The parts


def test_media_types_by_weight_and_by_how_exactly_they_are_named() -> None:
    offered = ["a/one", "a/two", "b/one"]
    assert media_type(None, offered) == "a/one"
    assert media_type("a/*;q=0.3, b/one;q=0.4", offered) == "b/one"
    assert media_type("*/*, a/one;q=0.2", offered) == "a/two"
    assert media_type("a/*, a/one;q=0", offered) == "a/two"
    assert media_type("b/*;q=wrong", offered) is None
    assert media_type("b/one;q=2", offered) is None
    assert media_type("c/one, ,", offered) is None


def test_languages() -> None:
    assert spoken(None, "en") == "en"
    assert spoken("de, fr", "kk") == "kk"
    assert spoken("ru-RU,ru;q=0.9,en;q=0.8", "kk") == "ru"
    assert spoken("de, en;q=0.1, ru;q=0", "kk") == "en"
    assert spoken("*", "en") == "en"
    assert spoken("kk;q=0.2, *;q=0.1", "en") == "kk"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://a> {} }",
        "select * {service silent ?x {}}",
        'SELECT * { ?s ?p "#" . SERVICE <http://a> {} }',
        "SELECT * { ?s ?p '''it's ''' . SERVICE <http://a#b> {} }",
        "SELECT * { \\u0053ERVICE <http://a> {} }",
        'SELECT * { ?s ?p "\\"" . SERVICE <http://a> {} }',
        "SELECT * { ?a a <b>.SERVICE<http://a>{} }",
    ],
)
def test_service_is_found(query: str) -> None:
    assert asks_others(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p $service }",
        'SELECT * { ?s ?p "SERVICE" }',
        "SELECT * { ?s ?p 'it is a \\' SERVICE' }",
        'SELECT * { ?s ?p """a " SERVICE "" x""" }',
        "SELECT * { ?s ?p ?o } # SERVICE",
        "SELECT * { <http://a/SERVICE> ?p 'x'@service }",
        "PREFIX service: <x:> SELECT * { service:service a :service , a:service-x, _:service, a:x.service }",
        "SELECT (COUNT(*) AS ?services) { }",
    ],
)
def test_service_is_not_found_where_it_is_none(query: str) -> None:
    assert not asks_others(query)


def test_prefixes_of_a_query() -> None:
    declared = f"# PREFIX no: <a:b>\nPREFIX a: <{BASE}> prefix : <x:y#> PREFIX r: <relative>"
    query = f"{declared} SELECT * {{ ?s ?p 'PREFIX b: <c:d>' }}"
    assert prefixes(query) == {"a": BASE, "": "x:y#"}


def test_answers_are_json_of_the_standard(client: httpx.Client) -> None:
    answer = by_get(client, GRADES, "application/json")
    assert set(json.loads(answer.text)) == {"head", "results"}
