"""Listening: the site and the endpoint under one address, until somebody ends it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount, Route

from bilik.errors import InputError
from bilik.namespaces import BASE
from bilik.publish.documents import document_of
from bilik.serve.endpoint import METHODS, Endpoint
from bilik.serve.limits import Limits
from bilik.serve.pool import Pool
from bilik.serve.site import Addresses, Site

GRAPH: Final = Path("data", "bilik.ttl")
"""The all-in-one file of a published folder: what the endpoint asks."""

_CONNECTIONS: Final = 256
_PATIENCE: Final = 3
"""Seconds that requests under way have to end once the server is told to."""


@dataclass(frozen=True)
class Address:
    """Where to listen; port 0: any that is free."""

    host: str
    port: int


def serve(folder: Path, address: Address, limits: Limits, processes: int, say: Callable[[str], None]) -> None:
    """Serve a published folder until the process is told to end (SIGTERM, Ctrl-C).

    Args:
        say: is told the URL of the site once it is there.

    Raises:
        InputError: the folder is no published site, or its graph cannot be read; the address cannot be listened at.
    """
    if not (folder / GRAPH).is_file():
        raise InputError(
            f"{folder}: no published site, {GRAPH.as_posix()} is missing; write one by `bilik publish DIR`"
        )
    pool = Pool(folder / GRAPH, limits, processes)
    document_of(BASE)  # finds out about all of them: before anybody waits for it
    with closing(_listening(address)) as listening:
        asyncio.run(_serve(listening, application(folder, pool, document_of), pool, say))


def application(folder: Path, pool: Pool, addresses: Addresses) -> Starlette:
    """The site and the endpoint as an ASGI application; a page of anybody's may read them."""
    everybody = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=list(METHODS),
        allow_headers=["*"],
        expose_headers=["Retry-After"],
    )
    routes = [Route("/sparql", Endpoint(pool)), Mount("/", Site(folder, addresses))]
    return Starlette(routes=routes, middleware=[everybody])


def _listening(address: Address) -> socket.socket:
    """A socket that listens.

    Raises:
        InputError: it cannot: the port is taken, or this machine has no such address.
    """
    where = f"{address.host}:{address.port}"
    try:
        family = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((address.host, address.port), family=family, backlog=_CONNECTIONS)
    except (OSError, OverflowError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"cannot listen at {where}: {said}; choose another --port or --host") from error


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


async def _serve(listening: socket.socket, site: Starlette, pool: Pool, say: Callable[[str], None]) -> None:
    # Told to end, uvicorn ends in order and then repeats the signal, which would end the process by force.
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda *_: None)
    await pool.start()
    config = uvicorn.Config(
        site,
        lifespan="off",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_PATIENCE,
    )
    say(_url(listening))
    try:
        await _Server(config, pool).serve(sockets=[listening])
    finally:
        await pool.close()


class _Server(uvicorn.Server):
    """A server that ends the queries under way when it is told to end, so that nobody waits for them."""

    def __init__(self, config: uvicorn.Config, pool: Pool) -> None:
        super().__init__(config)
        self._pool = pool

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening and end what is open."""
        await self._pool.close()
        await super().shutdown(sockets)
