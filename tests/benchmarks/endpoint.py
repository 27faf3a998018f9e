"""The endpoint under load: 32 clients for a minute, each with another question and format after every answer.

Run as ``python tests/benchmarks/endpoint.py [SECONDS [CLIENTS]]`` with ``tests`` on the path of modules; it starts a
server of its own. Any answer that is not the right one, byte for byte, ends it with a failure.
"""

from __future__ import annotations

import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx

from bilik.catalogue import read_catalogue
from bilik.serve.messages import ROWS
from endpoint_server import law_in, serving


def main(seconds: int = 60, clients: int = 32) -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        law_in(Path(folder, "site"))
        with serving(Path(folder, "site")) as server:
            questions = [query.sparql for query in read_catalogue() if query.data is None]
            requests = list(product(questions, ROWS))
            known = {request: _ask(httpx.Client(timeout=60), server.sparql, request) for request in requests}
            end = time.monotonic() + seconds

            def client(number: int) -> list[float]:
                taken = []
                with httpx.Client(timeout=60) as session:
                    own = requests[number % len(requests) :] + requests[: number % len(requests)]
                    while time.monotonic() < end:
                        for request in own:
                            begun = time.perf_counter()
                            answer = _ask(session, server.sparql, request)
                            taken.append(time.perf_counter() - begun)
                            if answer != known[request]:
                                raise SystemExit(f"another answer than before: {request}")
                            if time.monotonic() >= end:
                                break
                return taken

            with ThreadPoolExecutor(clients) as threads:
                taken = sorted(second for found in threads.map(client, range(clients)) for second in found)
    median, late = statistics.median(taken), next(islice(taken, int(len(taken) * 0.99), None))
    print(f"{clients} clients, {seconds} s: {len(taken)} answers, none wrong; {len(taken) / seconds:.0f} a second")
    print(f"median {median * 1000:.0f} ms, 99 of 100 within {late * 1000:.0f} ms, slowest {taken[-1] * 1000:.0f} ms")


def _ask(session: httpx.Client, url: str, request: tuple[str, str]) -> bytes:
    query, accept = request
    answer = session.post(url, data={"query": query}, headers={"Accept": accept})
    answer.raise_for_status()
    return answer.content


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
