"""An audit by Spark gives the rows that the embedded engine gives, and so those of ``check``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from as_tables import as_csv, example, tables
from audit_rows import Row, as_table_set
from benchmarks.rosters import AS_OF, write_roster
from bilik.audit.evaluation import evaluate
from bilik.audit.session import session
from bilik.audit.sources import open_roster
from bilik.audit.spark import audit, run_spark, spark_session
from bilik.errors import InputError
from bilik.evaluate import compiled_law
from components import require
from oracle import load_law
from test_agreement import crowd
from test_audit import COLUMNS, random_claims

PEOPLE = int(os.environ.get("BILIK_PEOPLE", "300"))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session with two threads; without Spark or Java the tests that want it are skipped, and fail in CI."""
    require("pyspark")
    try:
        with _compiled_once(), spark_session("local[2]") as started:
            started.conf.set("spark.sql.shuffle.partitions", "3")
            yield started
    except InputError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@contextmanager
def _compiled_once() -> Iterator[None]:
    """A Java that compiles what it runs quickly rather than well: the rosters are small."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


def embedded(source: Path, as_of: date, *, claims_only: bool) -> list[Row]:
    with session(memory="1GB") as connection:
        open_roster(source, connection)
        evaluate(connection, compiled_law(), as_of, claims_only=claims_only)
        return connection.execute(f"SELECT {', '.join(COLUMNS)} FROM rows").fetchall()


def by_spark(spark: Any, source: Path, output: Path, as_of: date, *, claims_only: bool) -> list[Row]:
    """The rows in the order of the files, and the counts that came back compared with them."""
    counted = audit(spark, str(source), str(output), as_of, compiled_law(), claims_only=claims_only)
    files = sorted(str(file) for file in output.glob("*.parquet"))
    rows: list[Row] = duckdb.read_parquet(files).fetchall()
    claimed = [row[2] for row in rows if row[3]]
    assert counted == {verdict: claimed.count(verdict) for verdict in set(claimed)}
    return rows


def as_parts(source: Path, target: Path, *, parts: int) -> Path:
    """Files of CSV as folders of Parquet files, whose cells are text still."""
    for file in source.glob("*.csv"):
        rows = duckdb.read_csv(str(file), all_varchar=True)
        size = -(-len(rows) // parts)
        folder = target / file.stem
        folder.mkdir(parents=True)
        for part in range(parts):
            rows.limit(size, part * size).write_parquet(str(folder / f"part-{part}.parquet"))
    return target


def test_random_people_get_the_same_rows(spark: Any, tmp_path: Path) -> None:
    """Everyone on every third of the days for which they are made; rows in the same order: by person, then grade."""
    groups = crowd(load_law(), PEOPLE, seed=778)
    people = [person for group in groups.values() for person in group]
    written = as_table_set(tmp_path / "people", people, random_claims(people))
    source = as_parts(written, tmp_path / "parts", parts=1)
    for as_of in sorted(groups)[::3]:
        found = by_spark(spark, source, tmp_path / "out", as_of, claims_only=False)
        assert found
        assert found == embedded(source, as_of, claims_only=False)
    claimed = by_spark(spark, source, tmp_path / "out", as_of, claims_only=True)
    assert claimed
    assert claimed == [row for row in found if row[3]]


def test_a_clean_roster_gets_the_same_rows(spark: Any, tmp_path: Path) -> None:
    """Its days are dates, not text."""
    source = write_roster(tmp_path / "roster", persons=3000, seed=11, dirty=0)
    found = by_spark(spark, source, tmp_path / "out", AS_OF, claims_only=True)
    assert found == embedded(source, AS_OF, claims_only=True)


def test_a_dirty_roster_gets_the_same_rows_from_csv_and_from_folders_of_parquet(spark: Any, tmp_path: Path) -> None:
    source = write_roster(tmp_path / "roster", persons=1000, seed=12, dirty=0.03, form="csv")
    expected = embedded(source, AS_OF, claims_only=False)
    assert by_spark(spark, source, tmp_path / "out", AS_OF, claims_only=False) == expected
    parts = as_parts(source, tmp_path / "parts", parts=2)
    assert embedded(parts, AS_OF, claims_only=False) == expected
    assert by_spark(spark, parts, tmp_path / "out", AS_OF, claims_only=False) == expected
    assert not list(tmp_path.glob(".out*"))


def test_cells_are_read_as_the_embedded_engine_reads_them(spark: Any, tmp_path: Path) -> None:
    """Space of many kinds, titles for codes, days with a time zone or none at all, columns in any order and case."""
    content = tables(
        employees=[("қ", "\u2003Бухгалтер\u00a0", "High", " first "), ("f", "accountant", "high", "first")],
        credentials=[
            ("қ", "f", "0411", "2010-06-30Z", ""),
            ("f", "higher", " 0411\u0085", "2010-06-30+06:00", "accountant; economist"),
            ("f", "higher", "0411", "2010-6-30", ""),
            ("f", "higher", "041", "9999-12-31", ""),
        ],
        employments=[
            ("қ", "accountant", "", "second", "", "", "2010-01-31", "2015-02-30", ""),
            ("f", "accountant", "", "second", "", "", "2010-01-31", "2012-02-29", ""),
            ("f", "accountant", "", "second", "", "", "0000-01-01", "", ""),
            ("f", "\u000b", "", "", "", "", "2012-03-01", "2011-01-01", ""),
        ],
    )
    content["employments"] = [[*row[:6], row[7], row[6], row[8]] for row in content["employments"]]
    content["employments"][0] = [name.upper() for name in content["employments"][0]]
    source = as_csv(tmp_path, content)
    last = date(9999, 12, 30)
    assert by_spark(spark, source, tmp_path / "out", last, claims_only=False) == embedded(
        source, last, claims_only=False
    )


def test_nothing_but_an_older_result_is_replaced(spark: Any, tmp_path: Path) -> None:
    source = as_csv(tmp_path, example())
    (tmp_path / "mine").mkdir()
    with pytest.raises(InputError, match="mine: is there already, and is no result of Spark"):
        by_spark(spark, source, tmp_path / "mine", AS_OF, claims_only=True)
    with pytest.raises(InputError, match="there is no folder"):
        by_spark(spark, source, tmp_path / "none" / "out", AS_OF, claims_only=True)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda folder: (folder / "credentials.csv").unlink(), "no table credentials"),
        (
            lambda folder: (folder / "credentials.csv").write_text("person,field\n"),
            "table credentials has no column level",
        ),
        (lambda folder: (folder / "credentials.csv").write_text(""), "the file is empty"),
        (lambda folder: (folder / "credentials.csv").write_text("person,level\na,b,c\n"), "as long as the header"),
        (
            lambda folder: (folder / "credentials.csv").rename(folder / "credentials.parquet"),
            "cannot be read; see that it is a Parq",
        ),
        (lambda folder: (folder / "credentials.PARQUET").touch(), "table credentials is there as"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(spark: Any, tmp_path: Path, spoil: Any, complaint: str) -> None:
    source = as_csv(tmp_path, example())
    spoil(source)
    with pytest.raises(InputError, match=complaint) as refused:
        by_spark(spark, source, tmp_path / "out", AS_OF, claims_only=True)
    _is_one_line(refused.value)
    assert not list(tmp_path.glob("*out*"))


def test_a_source_that_is_no_folder_is_refused(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").touch()
    for name, complaint in (("none", "there is no such folder"), ("people.xlsx", "folders of Parquet or CSV files")):
        with pytest.raises(InputError, match=complaint):
            by_spark(spark, tmp_path / name, tmp_path / "out", AS_OF, claims_only=True)


@pytest.mark.parametrize("master", ["spark://localhost:1", "spark://nowhere.invalid:7077", "spark://localhost"])
def test_a_master_that_cannot_be_reached_is_named(tmp_path: Path, master: str) -> None:
    require("pyspark")
    with pytest.raises(InputError, match=f"--master {master}: cannot be reached: ") as refused:
        run_spark(tmp_path, tmp_path / "out", AS_OF, compiled_law(), claims_only=True, master=master)
    _is_one_line(refused.value)


def test_without_spark_it_is_said_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilik.audit.spark.machine.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install 'bilik\[spark\]'"):
        run_spark(tmp_path, tmp_path / "out", AS_OF, compiled_law(), claims_only=True, master="local[2]")


def test_a_java_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("pyspark")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "none"))
    with pytest.raises(InputError, match="none: there is no bin/java") as refused:
        run_spark(tmp_path, tmp_path / "out", AS_OF, compiled_law(), claims_only=True, master="local[2]")
    _is_one_line(refused.value)


def _is_one_line(error: InputError) -> None:
    assert "\n" not in str(error)
    assert "org.apache" not in str(error)
    assert "java." not in str(error)
