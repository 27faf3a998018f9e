"""Oxigraph's WebAssembly build as scripts that need no module loader."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bilik.errors import InputError
from bilik.publish.browser.packing import packed, variable
from bilik.publish.vendored import packages

PACKAGE = "oxigraph"
_NAMED = re.compile(r"^export (?:async )?(?:class|function) (\w+)", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?=(?:async )?(?:class|function) )", re.MULTILINE)
_LAST = re.compile(r"^export \{ (\w+), (\w+) as default \};\s*\Z", re.MULTILINE)
_OWN_ADDRESS = "import.meta.url"


def classic(module: str, name: str) -> str:
    """A module that exports classes and functions as a classic script that sets a variable to all that it exports.

    Args:
        module: what ``wasm-bindgen`` writes for the web. Its one use of the module's own address is to fetch the
            WebAssembly, which the script is given instead.

    Raises:
        InputError: a module written in another way.
    """
    body = _LAST.sub("", module)
    exported = sorted([*_NAMED.findall(body), *(found[1] for found in _LAST.finditer(module))])
    body = _EXPORTED.sub("", body)
    if body.count(_OWN_ADDRESS) != 1 or not exported or re.search(r"^(import|export)\b", body, re.MULTILINE):
        raise InputError(f"{PACKAGE}: its web.js is not written as it was; look at bilik/publish/browser/oxigraph.py")
    body = body.replace(_OWN_ADDRESS, "undefined")
    return f"const {name} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();\n"


def engine(files: Mapping[str, bytes]) -> str:
    """The script ``oxigraph.js``: what a worker runs, and the WebAssembly, as values of ``bilik.oxigraph``."""
    package = packages()[PACKAGE]
    notice = f"/*! {PACKAGE} {package.version}, {package.licence}, {package.homepage} */\n"
    source = classic(files["web.js"].decode("utf-8"), PACKAGE)
    return notice + variable(PACKAGE, {"script": notice + source, "wasm": packed(files["web_bg.wasm"])})
