"""The SPARQL 1.1 Protocol, as far as it is about queries (https://www.w3.org/TR/sparql11-protocol/, section 2.1)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from bilik.serve.description import description
from bilik.serve.messages import ROWS, TRIPLES, Answer, Outcome, Question
from bilik.serve.negotiation import media_type, spoken
from bilik.serve.pool import Pool
from bilik.texts import LANGUAGES, text

PLAYGROUND: Final = "sparql.html"
"""The page of a language on which readers write queries."""

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_ALLOW: Final = {"Allow": ", ".join(METHODS)}
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_BODY: Final = 2**20
"""Bytes that a request may have: no query is that long."""

_VARY: Final = {"Vary": "Accept, Accept-Language"}
_DATASET: Final = ("default-graph-uri", "named-graph-uri")
_UPDATE: Final = ("update", "using-graph-uri", "using-named-graph-uri")
_STATUS: Final = {
    Outcome.MALFORMED: 400,
    Outcome.ASKS_OTHERS: 400,
    Outcome.UNACCEPTABLE: 406,
    Outcome.TOO_LARGE: 500,
    Outcome.TOO_MUCH: 500,
    Outcome.DIED: 500,
    Outcome.FAILED: 500,
    Outcome.TOO_LONG: 503,
    Outcome.BUSY: 503,
    Outcome.ENDING: 503,
}
"""As section 2.1.6 says: 400 for what is no query, 500 for what the service fails or refuses to evaluate; 503 where it
is a matter of time."""


class _RefusalError(Exception):
    """A request that is no query to this endpoint."""

    def __init__(self, status: int, key: str, headers: dict[str, str] | None = None, **words: object) -> None:
        super().__init__(key)
        self.status, self.key, self.words, self.headers = status, key, words, headers or {}


@dataclass(frozen=True)
class Endpoint:
    """Answers requests to ``/sparql``.

    Attributes:
        pool: what evaluates the queries.
    """

    pool: Pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application of its own: it is asked by every method."""
        response = await self.response(Request(scope, receive))
        await response(scope, receive, send)

    async def response(self, request: Request) -> Response:
        """The answer to a request, whatever it is."""
        try:
            return await self._answered(request)
        except _RefusalError as refusal:
            return _line(request, refusal.status, refusal.key, refusal.headers, **refusal.words)

    async def _answered(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_ALLOW)
        if request.method not in METHODS:
            raise _RefusalError(405, "serve-method", _ALLOW, method=request.method)
        parameters = await _parameters(request)
        names = [name for name, _ in parameters]
        if found := next((name for name in names if name in _UPDATE), None):
            raise _RefusalError(400, "serve-update", name=found)
        if found := next((name for name in names if name in _DATASET), None):
            raise _RefusalError(400, "serve-dataset", name=found)
        queries = [value for name, value in parameters if name == "query"]
        if not queries and request.method != "POST" and not parameters:
            return self._described(request)
        if len(queries) != 1:
            raise _RefusalError(400, "serve-one-query", number=len(queries))
        return await self._evaluated(request, queries[0])

    async def _evaluated(self, request: Request, sparql: str) -> Response:
        accept = _accept(request)
        rows, triples = media_type(accept, list(ROWS)), media_type(accept, list(TRIPLES))
        if rows is None and triples is None:
            raise _RefusalError(406, Outcome.UNACCEPTABLE, rows=", ".join(ROWS), triples=", ".join(TRIPLES))
        answer = await _unless_gone(request, self.pool.answer(Question(sparql, rows, triples)))
        if answer.outcome is not Outcome.ANSWERED:
            return self._not_answered(request, answer)
        return _complete(answer.body, answer.media_type)

    def _not_answered(self, request: Request, answer: Answer) -> Response:
        limits = self.pool.limits
        words = {"rows": ", ".join(ROWS), "triples": ", ".join(TRIPLES), "reason": answer.reason}
        limited = {"seconds": f"{limits.seconds:g}", "megabytes": limits.megabytes, "memory": limits.memory}
        status = _STATUS[answer.outcome]
        retry = {"Retry-After": f"{max(1, round(limits.seconds))}"} if answer.outcome is Outcome.BUSY else {}
        return _line(request, status, answer.outcome, retry, **words, **limited)

    def _described(self, request: Request) -> Response:
        """What this endpoint is: to a program as RDF, to a reader as the page to write queries on."""
        accepted = media_type(_accept(request), [*TRIPLES, "text/html"])
        if accepted == "text/html":
            language = spoken(request.headers.get("accept-language"), LANGUAGES[0])
            return RedirectResponse(f"/{language}/{PLAYGROUND}", 303, _VARY)
        if accepted is None:
            raise _RefusalError(406, Outcome.UNACCEPTABLE, rows=", ".join(ROWS), triples=", ".join(TRIPLES))
        body = description(str(request.url.replace(query="")), self.pool.limits, TRIPLES[accepted])
        return _complete(body, accepted)


async def _parameters(request: Request) -> Sequence[tuple[str, str]]:
    """The parameters of a request, a query sent as the body among them.

    Raises:
        _RefusalError: a body that is neither a query nor a form, too long, or not in UTF-8.
    """
    try:
        in_url = _pairs(request.url.query)
        if request.method != "POST":
            return in_url
        sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if sent not in (_FORM, _QUERY):
            raise _RefusalError(415, "serve-type", {"Accept": f"{_QUERY}, {_FORM}"}, given=sent or "—", form=_FORM)
        body = (await _body(request)).decode("utf-8")
        return [*in_url, ("query", body)] if sent == _QUERY else [*in_url, *_pairs(body)]
    except UnicodeDecodeError as error:
        raise _RefusalError(400, "serve-not-utf-8") from error


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _BODY:
            raise _RefusalError(413, "serve-long", bytes=_BODY)
    return bytes(body)


def _pairs(encoded: str) -> list[tuple[str, str]]:
    return parse_qsl(encoded, keep_blank_values=True, errors="strict", separator="&")


def _accept(request: Request) -> str | None:
    """All ``Accept`` headers as one."""
    return ", ".join(request.headers.getlist("accept")) or None


def _complete(body: bytes, media_type: str) -> Response:
    """A body with its media type; Starlette adds the charset to those of texts."""
    return Response(body, headers={**_VARY, "Cache-Control": "no-cache"}, media_type=media_type)


def _line(request: Request, status: int, key: str, headers: dict[str, str], **words: object) -> Response:
    """One line that says what is wrong and what would be right; who does not say a language is a program."""
    language = spoken(request.headers.get("accept-language"), "en")
    line = text(key, language, **words) + "\n"
    return Response(line, status, {**_VARY, "Content-Language": language, **headers}, media_type="text/plain")


async def _unless_gone(request: Request, answering: Awaitable[Answer]) -> Answer:
    """The answer, or none at all if the client has gone meanwhile: nobody waits for it any longer."""
    asked = asyncio.ensure_future(answering)
    gone = asyncio.ensure_future(_gone(request.receive))
    try:
        await asyncio.wait((asked, gone), return_when=asyncio.FIRST_COMPLETED)
        return await asked if asked.done() else Answer(Outcome.BUSY)
    finally:
        for task in (asked, gone):
            task.cancel()
        await asyncio.gather(asked, gone, return_exceptions=True)


async def _gone(receive: Callable[[], Awaitable[object]]) -> None:
    """Come back when the client has gone."""
    while (message := await receive()) and isinstance(message, dict) and message["type"] != "http.disconnect":
        pass
