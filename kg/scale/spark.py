"""The engine of a cluster: Apache Spark runs the functions of the local pool on Arrow batches, and tries again what is lost with a machine.

Input and output must lie where every machine sees them under the same name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.graph.conform import Validate
from kg.scale.extraction import AgreedNames, Extraction
from kg.scale.facts import write_facts
from kg.scale.inputs import Piece
from kg.scale.libraries import check_installed
from kg.scale.reading import read_piece
from kg.scale.records import write_records
from kg.scale.rows import SPARK_PAGES, documents_of, page_batches, rows_of
from kg.scale.run import Progress

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

_SETTINGS = {
    "spark.app.name": "kg extract",
    # A batch of long documents must fit into memory.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    "spark.sql.execution.arrow.maxBytesPerBatch": "16m",
    "spark.sql.adaptive.enabled": "false",  # parts are few and dear: each is a task
    "spark.log.level": "ERROR",
}
_DAEMON = {"spark.python.daemon.module": "kg.scale.daemon"}  # loads the rules once for all workers of an executor


class SparkEngine:
    """A Spark cluster by its URL, or "" for what spark-submit or Spark's own configuration says; with settings of Spark."""

    def __init__(self, master: str = "", settings: Mapping[str, str] | None = None) -> None:
        self.master = master
        self.settings = dict(settings or {})
        self._session: SparkSession | None = None

    def start(self, job: Extraction) -> None:
        """Starts the session. Raises `KgError` where PySpark, Java or the cluster is not there."""
        with self._spark(job):
            pass

    def write_records(self, job: Extraction, pieces: Sequence[Piece], progress: Progress) -> None:
        """Reads the pieces in tasks, brings each part's documents together, and extracts them in tasks."""
        with self._spark(job) as spark:
            rows = [(json.dumps(asdict(piece)),) for piece in pieces]
            pages = (
                spark.createDataFrame(rows, "piece string").repartition(len(rows))
                .mapInArrow(_Reading(os.getcwd(), job.parts), SPARK_PAGES)
                .repartitionById(job.parts, "part").sortWithinPartitions("sha256")
            )  # fmt: skip
            pages.mapInArrow(_Extracting(job), "part int").collect()

    def write_facts(self, job: Extraction, parts: Sequence[int], agreed: AgreedNames, validate: Validate, progress: Progress) -> None:
        """Writes the facts of each part in a task."""
        with self._spark(job) as spark:
            frame = spark.createDataFrame([(number, part) for number, part in enumerate(parts)], "number int, part int")
            frame.repartitionById(len(parts), "number").mapInArrow(_Writing(job, agreed, validate), "part int").collect()

    def close(self) -> None:
        """Ends the session, if it is ours."""
        if self._session is not None:
            self._session.stop()
            self._session = None

    @contextmanager
    def _spark(self, job: Extraction) -> Iterator[SparkSession]:
        check_installed("pyspark")
        from py4j.protocol import Py4JError  # what the Java side raises where PySpark has no name for it
        from pyspark.errors import PySparkException

        try:
            if self._session is None:
                self._session = self._start({} if job.aliases else _DAEMON)
            yield self._session
        except (PySparkException, Py4JError) as error:
            raise _failure(str(error)) from error

    def _start(self, more: Mapping[str, str]) -> SparkSession:
        from pyspark.sql import SparkSession

        if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
            raise KgError("Spark needs Java, and there is none", remedy="install Java 17 (Debian: openjdk-17-jre-headless), or set JAVA_HOME")
        if "spark.pyspark.python" in self.settings:  # Spark reads this setting only where spark-submit starts it
            os.environ["PYSPARK_PYTHON"] = self.settings["spark.pyspark.python"]
        if self.master.startswith("local"):  # else the first python3 of the PATH would run the tasks
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")  # of pandas, which nothing here uses
        builder = SparkSession.builder
        for name, value in {**_SETTINGS, **more, "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(), **self.settings}.items():
            builder = builder.config(name, value)
        return (builder.master(self.master) if self.master else builder).getOrCreate()


@dataclass(frozen=True, slots=True)
class _Reading:
    """Pieces to pages; the pieces' paths start from this folder, here and everywhere."""

    folder: str
    parts: int

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        try:
            os.chdir(self.folder)
        except OSError as error:
            where = f"{self.folder} on {socket.gethostname()}"
            raise KgError(f"cannot be read ({error.strerror})", file=where, remedy="put the input where all machines see it by one name") from None
        for row in rows_of(batches):
            said = json.loads(row["piece"])
            yield from page_batches(read_piece(Piece(said["kind"], tuple(said["paths"]), said["bytes"])), self.parts)


@dataclass(frozen=True, slots=True)
class _Extracting:
    """The pages of a part, sorted, to its records; gives back the part."""

    job: Extraction

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for part, rows in groupby(rows_of(batches), key=lambda row: int(row["part"])):
            write_records(self.job, part, documents_of(rows))
            yield _done(part)


@dataclass(frozen=True, slots=True)
class _Writing:
    """Parts to their facts; gives back the part."""

    job: Extraction
    agreed: AgreedNames
    validate: Validate

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for row in rows_of(batches):
            write_facts(self.job, row["part"], self.agreed, self.validate)
            yield _done(row["part"])


def _done(part: int) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([{"part": part}], pa.schema([("part", pa.int32())]))


def _failure(message: str) -> KgError:
    """What went wrong, of the many lines that Spark says: the last error of a Python task, else its first line."""
    errors = [line.strip() for line in message.splitlines() if re.match(r"\s*(?!org\.|java)[\w.]+(?:Error|Exception): ", line)]
    causes = re.findall(r"^(?:Caused by)?: *(?:[\w$]+\.)*[\w$]+(?:Error|Exception): (.+)", message, re.M)  # of the Java side, the innermost last
    lines = errors[-1:] or causes[-1:] or [line for line in message.splitlines() if line.strip()][:1] or ["it does not say why"]
    if lines[0].startswith("ModuleNotFoundError"):
        remedy = "install the program for the Python of the tasks (--conf spark.pyspark.python=...); docs/scale.md says how"
        return KgError(f"Spark's tasks lack a part of the program ({lines[0].partition(': ')[2]})", remedy=remedy)
    reason = re.sub(r"^kg\.errors\.\w+: ", "", lines[0])
    return KgError(f"Spark failed: {reason}", remedy="see what it says above; the same command goes on with what is finished")
