"""The command line ``bilik``: thin commands over the library.

Exit status: 0 done and every claim met; 1 done, but a claim is not met, there are findings, a file differs or a shape
is violated (also: whoever read the output has gone); 2 wrong use, or an input that cannot be used: one line on standard
error.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from types import FrameType

from bilik.errors import BilikError


def main() -> None:
    """Run the command line; a mistake of the user ends in one line and exit status 2, never in a traceback."""
    import click

    from bilik.cli.app import app

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Kazakh has letters that the code page of a machine may lack.
            stream.reconfigure(encoding="utf-8")
    try:
        status = app.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        sys.exit(2)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "bilik"
        _refuse(f"{error.format_message()} See `{command} --help`.")
    except BilikError as error:
        _refuse(str(error))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has gone (`bilik query --list | head`): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(status or 0)


def _stop(number: int, frame: FrameType | None) -> None:
    """End as if the user had stopped it, so that nothing half-written is left."""
    raise KeyboardInterrupt


def _refuse(reason: str) -> None:
    print(f"bilik: {reason}", file=sys.stderr)
    sys.exit(2)
