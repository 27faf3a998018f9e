"""Audits of rosters that outgrow one machine, by Spark SQL.

The law and what the codes of a roster mean are worked out once, by the statements of the embedded engine, on the few
distinct things that entries say of themselves; Spark joins them to the entries, brings the entries of each person
together, and judges.
"""

from bilik.audit.spark.audit import audit, run_spark
from bilik.audit.spark.machine import spark_session

__all__ = ["audit", "run_spark", "spark_session"]
