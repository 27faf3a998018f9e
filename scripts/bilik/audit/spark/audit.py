"""From a roster to its verdicts, as Spark reads and writes them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bilik.audit.spark.dictionaries import lay_out
from bilik.audit.spark.files import Files
from bilik.audit.spark.machine import one_line, spark_session
from bilik.audit.spark.roster import open_for_spark
from bilik.errors import InputError
from bilik.evaluate import CompiledLaw
from bilik.resources import folder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_UNREADABLE = re.compile(r"\[FAILED_READ_FILE\S*\] Encountered error while reading file (.+?)\.(?: |$)")


def run_spark(
    source: str | Path, output: str | Path, as_of: date, law: CompiledLaw, *, claims_only: bool, master: str
) -> dict[str, int]:
    """Evaluate a roster with Spark; see :func:`audit`.

    Args:
        master: where Spark runs, as it writes that: ``local[*]``, ``spark://HOST:7077``, ``yarn``, ``k8s://…``.
    """
    with spark_session(master) as session:
        return audit(session, str(source), str(output), as_of, law, claims_only=claims_only)


def audit(
    session: SparkSession, source: str, output: str, as_of: date, law: CompiledLaw, *, claims_only: bool
) -> dict[str, int]:
    """Evaluate a roster and write the rows of the audit as a folder of Parquet files, complete or absent.

    The files follow one another in the order of the rows: by person, then grade in the order of the law.

    Args:
        source: folder of Parquet files, or of one CSV file a table; a path, or a URI of what Spark can reach.
        output: the folder to write, the same; an earlier result is replaced.
        claims_only: only the grades that people claim, else every grade of the law for everyone named in any table.

    Returns:
        The number of claims by verdict.

    Raises:
        InputError: a source that cannot be read, an output that cannot be written.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    files = Files(session)
    beside = files.beside(output)
    try:
        open_for_spark(session, source)
        lay_out(session, law, as_of, claims_only=claims_only)
        for statement in sorted(folder("queries", "audit", "spark", "statements").glob("*.sql")):
            given = {"as_of": as_of, "claims_only": claims_only}
            found = session.sql(statement.read_text(encoding="utf-8"), given)
            found.createOrReplaceTempView(statement.stem.partition("-")[2])
        session.table("rows").write.mode("overwrite").option("compression", "zstd").parquet(beside)
        claimed = session.read.parquet(beside).where("claimed").groupBy("verdict").count().collect()
        files.replace(beside, output)
    except (Py4JError, PySparkException) as error:
        raise InputError(_complaint(source, error)) from error
    finally:
        files.remove(beside)
    return dict(claimed)


def _complaint(source: str, error: Exception) -> str:
    said = one_line(error)
    unreadable = _UNREADABLE.match(said)
    if unreadable is None:
        return f"{source}: Spark: {said}"
    file = unreadable[1]
    right = "every row is as long as the header" if file.lower().endswith(".csv") else "it is a Parquet file"
    return f"{file}: cannot be read; see that {right}"
