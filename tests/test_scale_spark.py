"""`kg extract --engine spark` gives the bytes of the local engine, hostile input and a killed machine or not."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.scale.spark import _failure
from tests.scaling import await_that, below_of, files_of, texts, warc_record, write_archive, write_lines

pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
pytestmark = [
    pytest.mark.skipif(not shutil.which("java"), reason="there is no Java"),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

ROOT = Path(__file__).resolve().parent.parent
PARTS = 12
SECONDS = 900  # a machine under load is slow, and no failure


@contextlib.contextmanager
def extracting(folder: Path, out: str, *more: str) -> Iterator[subprocess.Popen[str]]:
    """The process of `kg extract` in a folder with the input `in`."""
    command = [sys.executable, "-m", "kg", "extract", "in", "-o", out, "--parts", str(PARTS), *more]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of all kinds, some of them hostile, and what the local engine makes of them."""
    folder = tmp_path_factory.mktemp("spark")
    rows: list[object] = [*texts(150), "{", {"text": 7}, {"text": "a \ud800"}, {"text": "x", "date": "soon"}, texts(3)[2]]
    write_lines(folder / "in" / "trade.jsonl", rows)
    write_archive(folder / "in" / "crawl.wet.gz", [
        *(warc_record("conversion", row["url"], row["text"].replace("million", "billion").encode(), "text/plain") for row in texts(10)),
        warc_record("conversion", "https://example.org/binary", b"\x00\xff", "text/plain"),
        warc_record("conversion", "https://example.org/cut", b"A text that is cut off in the middle.", "text/plain")[:-20],
    ])  # fmt: skip
    (folder / "in" / "no.parquet").write_bytes(b"PAR1 no table")
    (folder / "in" / "latin.txt").write_bytes("Trade with Perú.".encode("latin-1"))
    (folder / "in" / "seeds").mkdir()
    for file in sorted((ROOT / "seeds").glob("*.md"))[:2]:
        shutil.copy(file, folder / "in" / "seeds")
    with extracting(folder, "local") as process:
        told = process.communicate(timeout=SECONDS)[1]
    assert process.returncode == 1 and told.count("left out: in/") >= 8, told
    return folder


def test_spark_gives_the_bytes_of_the_local_engine(folder: Path) -> None:
    with extracting(folder, "spark", "--engine", "spark", "--master", "local[2]", "--conf", "spark.ui.enabled=false") as process:
        printed, told = process.communicate(timeout=SECONDS)
    assert process.returncode == 1, told
    assert "left out: in/trade.jsonl:151: is no JSON" in told
    assert files_of(folder / "spark") == files_of(folder / "local")
    with extracting(folder, "spark") as process:  # the engine is no part of what the shards are
        assert process.communicate(timeout=SECONDS)[0] == printed


def test_a_machine_killed_in_mid_job_changes_nothing(folder: Path) -> None:
    cluster = ("--engine", "spark", "--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false")
    with extracting(folder, "cluster", *cluster) as process:
        done = await_that(lambda: list((folder / "cluster" / "done").glob("records-*.json")))
        executors = executors_of(process.pid)
        assert len(executors) == 2 and len(done) < PARTS, "two machines are in mid-job"
        os.kill(executors[0], signal.SIGKILL)
        told = process.communicate(timeout=SECONDS)[1]
    assert process.returncode == 1, told
    assert files_of(folder / "cluster") == files_of(folder / "local")


def test_without_java_spark_says_what_to_install(tmp_path: Path) -> None:
    write_lines(tmp_path / "in" / "a.jsonl", texts(1))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": str(tmp_path)}
    environment.pop("JAVA_HOME", None)
    command = [sys.executable, "-m", "kg", "extract", "in", "-o", "out", "--engine", "spark"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("error: Spark needs Java, and there is none - install Java 17")
    assert [each.name for each in tmp_path.iterdir()] == ["in"]


def test_an_error_of_spark_is_told_by_its_cause() -> None:
    java = (
        "An error occurred while calling None.org.apache.spark.api.java.JavaSparkContext.\n: org.apache.spark.SparkException: Could not parse "
        "Master URL: 'local[x]'\n\tat org.apache.spark.SparkContext$.create(SparkContext.scala:3391)\n"
    )
    assert _failure(java).what == "Spark failed: Could not parse Master URL: 'local[x]'"
    nested = f"{java}Caused by: java.net.UnknownHostException: nowhere: unknown name\n\tat java.base/java.net.Inet.get(Inet.java:1)\n"
    assert _failure(nested).what == "Spark failed: nowhere: unknown name"
    task = f"{java}Traceback (most recent call last):\n  File x\nkg.errors.KgError: in on head: cannot be read\n\n\tat org.apache.spark.X(Y:1)\n"
    assert _failure(task).what == "Spark failed: in on head: cannot be read"
    assert _failure("").what == "Spark failed: it does not say why"


def executors_of(pid: int) -> list[int]:
    """The processes of Spark's executors below this process."""
    return [each for each in below_of(pid) if b"CoarseGrainedExecutorBackend" in Path(f"/proc/{each}/cmdline").read_bytes()]
