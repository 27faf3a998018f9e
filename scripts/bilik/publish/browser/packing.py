"""Files of classic scripts: they work where pages are opened from a file system, as modules and ``fetch`` do not."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

from bilik.publish.dataset.formats import Content

STATIC = Path(__file__).parent / "static"
"""The scripts written by hand."""


def packed(content: bytes | str) -> str:
    """Content as gzip in base64; the same content gives the same text."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return base64.b64encode(gzip.compress(raw, 9, mtime=0)).decode("ascii")


def variable(name: str, value: object) -> str:
    """A script that sets ``bilik.NAME``.

    Args:
        value: anything that JSON can say.
    """
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Of JSON, these two alone are no JavaScript everywhere; "</" could end a script element.
    safe = said.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")
    return f"(window.bilik = window.bilik || {{}}).{name} = {safe};\n"


def n_triples(content: Content) -> str:
    """Statements as N-Triples; the same statements give the same text."""
    return "".join(f"{triple} .\n" for triple in content.triples)


def script(name: str) -> str:
    """The text of one of the scripts written by hand."""
    return (STATIC / name).read_text(encoding="utf-8")
