"""The files of a published site over HTTP, and the IRIs of Bilik, which lead to them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from bilik.namespaces import BASE
from bilik.serve.negotiation import media_type, spoken
from bilik.texts import LANGUAGES, Language, text

_UTF_8: Final = "; charset=utf-8"
_TYPES: Final = {
    "": "text/plain" + _UTF_8,
    ".css": "text/css" + _UTF_8,
    ".csv": "text/csv" + _UTF_8,
    ".html": "text/html" + _UTF_8,
    ".js": "text/javascript" + _UTF_8,
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown" + _UTF_8,
    ".nt": "application/n-triples",
    ".png": "image/png",
    ".rdf": "application/rdf+xml",
    ".rq": "application/sparql-query",
    ".svg": "image/svg+xml",
    ".tsv": "text/tab-separated-values" + _UTF_8,
    ".ttl": "text/turtle" + _UTF_8,
    ".txt": "text/plain" + _UTF_8,
    ".wasm": "application/wasm",
}
"""Suffix → media type: in a table of our own, for that of the system differs from machine to machine."""

_FORMS: Final = {"text/html": "", "text/turtle": "ttl", "application/ld+json": "jsonld"}
"""Media type → the suffix of the data about a thing; a page has its language besides."""


class Address(Protocol):
    """Where something is described, as :func:`bilik.publish.documents.document_of` says."""

    def page(self, language: Language) -> str:
        """The page, from the root of the site, with the place on it."""

    def data(self, suffix: str) -> str:
        """The file with the data, from the root of the site."""


Addresses = Callable[[str], Address | None]
"""IRI → where it is described; None: nowhere."""


class Site(StaticFiles):
    """The files of a folder, and redirections from names of things to what describes them."""

    def __init__(self, folder: Path, addresses: Addresses) -> None:
        """
        Args:
            folder: as ``bilik publish`` writes it.
        """
        super().__init__(directory=folder, html=True)
        self._addresses = addresses

    async def get_response(self, path: str, scope: Scope) -> Response:
        """What a path leads to: a name of a thing to a page or to data about it, any other to the file of that name."""
        request = Request(scope)
        if request.method not in ("GET", "HEAD"):
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        if address := self._addresses(BASE + path.replace(os.sep, "/")):
            return self._described(request, address)
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:
                raise
            return self._missing(request)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """A file with its media type; a browser asks each time whether it is still the same (ETag)."""
        content_type = _TYPES.get(Path(full_path).suffix, "application/octet-stream")
        response = FileResponse(
            full_path,
            status_code=status_code,
            stat_result=stat_result,
            headers={"Cache-Control": "no-cache", "Content-Type": content_type},
        )
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response

    def _described(self, request: Request, address: Address) -> Response:
        """See other: what describes a thing is not the thing itself (https://www.w3.org/TR/cooluris/, section 4.2)."""
        vary = {"Vary": "Accept, Accept-Language"}
        accepted = media_type(", ".join(request.headers.getlist("accept")) or None, list(_FORMS))
        if accepted is None:
            line = text("serve-not-described", _language(request, "en"), forms=", ".join(_FORMS)) + "\n"
            return Response(line, 406, vary, "text/plain")
        form = _FORMS[accepted]
        target = address.data(form) if form else address.page(_language(request, LANGUAGES[0]))
        return RedirectResponse(f"/{target}", 303, vary)

    def _missing(self, request: Request) -> Response:
        language = _language(request, LANGUAGES[0])
        start = f"/{language}/index.html"
        line = text("serve-not-found", language, path=request.url.path, start=start) + "\n"
        return Response(line, 404, {"Vary": "Accept-Language", "Content-Language": language}, "text/plain")


def _language(request: Request, otherwise: Language) -> Language:
    return spoken(request.headers.get("accept-language"), otherwise)
