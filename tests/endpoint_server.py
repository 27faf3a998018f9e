"""A server of a published site for tests: a real process, asked over HTTP."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen

import pyoxigraph as ox

from bilik.engine import load
from bilik.namespaces import PREFIXES
from bilik.resources import law_files

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
"""A query that no engine answers in a lifetime."""

_HEADER = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("bilik", "grade", "position", "rdfs"))


def asked(body: str) -> str:
    """A query with the prefixes of the tests."""
    return _HEADER + body


@dataclass(frozen=True)
class Server:
    """A server that listens."""

    process: Popen[bytes]
    url: str

    @property
    def sparql(self) -> str:
        """The address of its endpoint."""
        return f"{self.url}sparql"

    @property
    def processes(self) -> list[int]:
        """The ids of the processes that it has started."""
        own = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(child) for child in own.read_text(encoding="ascii").split()]


@contextmanager
def serving(folder: Path, *options: object) -> Iterator[Server]:
    """``bilik serve`` of a folder on a free port, ended with the block."""
    command = [sys.executable, "-m", "bilik", "serve", folder, "--port", 0, "--lang", "en", *options]
    with Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=PIPE) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline().decode("utf-8")
            found = re.search(r"Site: (http://\S+/), ", said)
            assert found, said + process.stderr.read().decode("utf-8")
            yield Server(process, found[1])
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(20)


def law_in(folder: Path) -> ox.Store:
    """The graph of the law, as the file of a folder that an endpoint is asked about."""
    store = ox.Store()
    load(store, *law_files())
    file = folder / "data" / "bilik.ttl"
    file.parent.mkdir(parents=True)
    with file.open("wb") as output:
        ox.serialize((quad.triple for quad in store), output=output, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return store
