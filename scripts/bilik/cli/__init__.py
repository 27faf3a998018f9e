"""The command line ``bilik``: thin commands over the library.

Exit status: 0 done and every claim met; 1 done, but a claim is not met, there are findings, a file differs or a shape is
violated; 2 wrong use, or an input that cannot be used: one line on standard error.
"""

from __future__ import annotations

import os
import sys

from bilik.errors import BilikError


def main() -> None:
    """Run the command line; a mistake of the user ends in one line and exit status 2, never in a traceback."""
    from bilik.cli.app import app

    try:
        app()
    except BilikError as error:
        print(f"bilik: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has gone (`bilik check … | head`): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
