"""``bilik build``: every generated file."""

from __future__ import annotations

import sys

from bilik.build import build, differing, left_out
from bilik.derive.reasoning import ReasonerMissingError
from bilik.resources import root


def run(*, check: bool) -> int:
    """Build, or compare; returns the exit status."""
    for path in left_out():
        done = "not compared" if check else "left as it is"
        print(f"{path.as_posix()}: {done}: {ReasonerMissingError()}", file=sys.stderr)
    if not check:
        for path in build(root()):
            print(path.as_posix())
        return 0
    different = differing(root())
    for path in different:
        print(f"{path.as_posix()}: differs from what the source makes of it; run `bilik build`", file=sys.stderr)
    return 1 if different else 0
