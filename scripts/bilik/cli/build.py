"""``bilik build``: every generated file."""

from __future__ import annotations

import sys

from bilik.build import LEDGER, build, differing, left_out
from bilik.derive.reasoning import ReasonerMissingError
from bilik.extract.coverage import shares
from bilik.resources import root
from bilik.texts import Language, text


def run(language: Language, *, check: bool) -> int:
    """Build and say how much of the text is what, or compare; returns the exit status."""
    for path in left_out():
        done = "not compared" if check else "left as it is"
        print(f"{path.as_posix()}: {done}: {ReasonerMissingError()}", file=sys.stderr)
    if not check:
        for path in build(root()):
            print(path.as_posix())
        _say_shares(language)
        return 0
    different = differing(root())
    for path in different:
        print(f"{path.as_posix()}: differs from what the source makes of it; run `bilik build`", file=sys.stderr)
    return 1 if different else 0


def _say_shares(language: Language) -> None:
    print(text("coverage", language), file=sys.stderr)
    for kind, share in shares((root() / LEDGER).read_text(encoding="utf-8")):
        print(f"{share:7.2%}  {text(f'segment-{kind}', language)}", file=sys.stderr)
