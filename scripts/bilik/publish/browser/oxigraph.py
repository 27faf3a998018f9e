"""Oxigraph's WebAssembly build as a script."""

from __future__ import annotations

from collections.abc import Mapping

from bilik.publish.browser.modules import classic, notice
from bilik.publish.browser.packing import packed, variable
from bilik.publish.vendored import packages

PACKAGE = "oxigraph"
_OWN_ADDRESS = "import.meta.url"
"""A module's own address: from there it would fetch the WebAssembly, which it is given instead."""


def engine(files: Mapping[str, bytes]) -> str:
    """The script ``oxigraph.js``: what a worker runs, and the WebAssembly, as values of ``bilik.oxigraph``.

    Args:
        files: of the package.

    Raises:
        InputError: a module that is not written as it was.
    """
    package = packages()[PACKAGE]
    module = files["web.js"].decode("utf-8").replace(_OWN_ADDRESS, "undefined", 1)
    source = f"{notice(package)}const {PACKAGE} = {classic(module, package)};\n"
    return notice(package) + variable(PACKAGE, {"script": source, "wasm": packed(files["web_bg.wasm"])})
