"""Files wherever Spark reads and writes them: on this machine, in HDFS, in an object store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bilik.audit.spark.machine import one_line
from bilik.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_COMPLETE = "_SUCCESS"


class Files:
    """The file systems that a session knows; a place without a scheme is in its default one."""

    def __init__(self, session: SparkSession) -> None:
        self._path = session._jvm.org.apache.hadoop.fs.Path  # type: ignore[union-attr]
        self._settings = session._jsc.hadoopConfiguration()

    def exists(self, place: str) -> bool:
        path, system = self._at(place)
        return bool(system.exists(path))

    def is_folder(self, place: str) -> bool:
        path, system = self._at(place)
        return bool(system.exists(path) and system.getFileStatus(path).isDirectory())

    def entries(self, place: str) -> list[tuple[str, bool]]:
        """(name, whether it is a folder) of what is in a folder, sorted."""
        path, system = self._at(place)
        return sorted((entry.getPath().getName(), entry.isDirectory()) for entry in system.listStatus(path))

    def beside(self, place: str) -> str:
        """A folder to write, which is to become the place."""
        path, system = self._at(place)
        if system.exists(path) and not system.exists(self._path(path, _COMPLETE)):
            raise InputError(f"{place}: is there already, and is no result of Spark; name another folder")
        if not system.exists(path.getParent()):
            raise InputError(f"{place}: there is no folder {path.getParent().toString()}")
        return str(self._path(path.getParent(), f".{path.getName()}.new").toString())

    def replace(self, beside: str, place: str) -> None:
        """Put a complete folder in the place of an older one, if there is one."""
        path, system = self._at(place)
        system.delete(path, True)
        if not system.rename(self._path(beside), path):
            raise InputError(f"{place}: cannot be written")

    def remove(self, place: str) -> None:
        path, system = self._at(place)
        system.delete(path, True)

    def _at(self, place: str) -> tuple[Any, Any]:
        from py4j.protocol import Py4JError

        try:
            path = self._path(place).makeQualified(self._path(place).getFileSystem(self._settings))
            return path, path.getFileSystem(self._settings)
        except Py4JError as error:
            raise InputError(f"{place}: cannot be reached: {one_line(error)}") from error
