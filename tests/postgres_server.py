"""A PostgreSQL server for tests: a real one, of its own, in a temporary folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from components import missing, require

_UNPRIVILEGED = "nobody"
_PATIENCE = 60.0


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database; reached through a socket in the file system.

    Where no server is installed the test is skipped, and fails in continuous integration (``CI=true``).
    """
    psycopg = require("psycopg")
    initdb, postgres = _program("initdb"), _program("postgres")
    # A server refuses to be root, and the folders of tests are root's alone: it has one of its own.
    as_user: dict[str, Any] = {"user": _UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="bilik-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if as_user:
            shutil.chown(folder, _UNPRIVILEGED)
        data = folder / "data"
        options = ["--username=bilik", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        made = subprocess.run(
            [initdb, "-D", str(data), *options], cwd=folder, capture_output=True, text=True, check=False, **as_user
        )
        assert made.returncode == 0, made.stderr
        log = (folder / "log").open("w", encoding="utf-8")
        command = [postgres, "-D", str(data), "-k", name, "-c", "listen_addresses=", "-c", "fsync=off"]
        with log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **as_user) as process:
            try:
                url = f"postgresql:///postgres?host={folder}&user=bilik"
                _wait(psycopg, url, process, folder / "log")
                yield url
            finally:
                process.send_signal(signal.SIGINT)  # shuts down without waiting for anybody to leave


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        found = next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None)
    if not found:
        missing(f"PostgreSQL's {name} is not installed")
    return found


def _wait(psycopg: Any, url: str, process: subprocess.Popen[Any], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(log.read_text(encoding="utf-8")) from None
            time.sleep(0.05)
