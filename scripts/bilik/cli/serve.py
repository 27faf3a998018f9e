"""``bilik serve``: the published site with a SPARQL endpoint."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from bilik.errors import BilikError
from bilik.serve.limits import Limits
from bilik.texts import Language, text

_PACKAGES = ("jinja2", "starlette", "uvicorn")


def run(folder: Path | None, host: str, port: int, limits: Limits, processes: int | None, language: Language) -> None:
    """Serve a folder until told to end.

    Args:
        folder: as ``bilik publish`` writes it; None: one is written, and is gone afterwards.
        processes: how many queries are evaluated at once; None: one per processor, but two at least, for one endless
            query leaves the others to nobody else.

    Raises:
        InputError: no published site, or an address that cannot be listened at.
        BilikError: the packages of the server are not installed.
    """
    if not all(map(find_spec, _PACKAGES)):
        raise BilikError("the server is not installed: run `pip install 'bilik[serve]'`")
    from bilik.serve.server import Address, serve

    def say(url: str) -> None:
        print(text("serve-listening", language, address=url, endpoint=f"{url}sparql"), file=sys.stderr, flush=True)

    address, number = Address(host, port), processes or max(2, os.cpu_count() or 1)
    if folder is not None:
        serve(folder, address, limits, number, say)
        return
    from bilik.publish import publish

    print(text("serve-publishing", language), file=sys.stderr, flush=True)
    with TemporaryDirectory(prefix="bilik-") as temporary:
        folder = Path(temporary, "site")
        publish(folder)
        serve(folder, address, limits, number, say)
