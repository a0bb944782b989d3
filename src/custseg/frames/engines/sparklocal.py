"""Spark on this machine: for a first try, for tests and for jobs of the command line."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from custseg.errors import MissingDependencyError
from custseg.frames.engines.sparktypes import spark_schema
from custseg.frames.optional import optional
from custseg.frames.plaintypes import plain_schema

_NONE: Final[Mapping[str, str]] = {}

_REMEDY: Final = (
    "install a Java runtime, version 17 or newer (Debian and Ubuntu: apt install "
    "openjdk-17-jre-headless; macOS: brew install openjdk@17; conda: conda install openjdk), "
    "and set JAVA_HOME if it is not on the PATH"
)


def java() -> str:
    """The Java runtime that Spark will start.

    Returns:
        Its path: that of ``JAVA_HOME`` where this is set, else the first on the ``PATH``.

    Raises:
        MissingDependencyError: There is none; the message says what to install.
    """
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if found is None:
        package = f"java (JAVA_HOME is {home!r}, where there is none)" if home else "java"
        raise MissingDependencyError(package, "", _REMEDY)
    return found


def spark_running() -> Any:
    """The session of Spark that runs in this process, or ``None``; none is started."""
    sql = sys.modules.get("pyspark.sql")
    return None if sql is None else sql.SparkSession.getActiveSession()


def local_spark(*, cores: int = 2, settings: Mapping[str, str] = _NONE) -> Any:
    """A Spark session on this machine; the one that runs already, if there is one.

    A cluster has a session of its own: pass the tables of any session to custseg, and this
    function is not needed.

    Args:
        cores: How many tasks run side by side.
        settings: Settings of Spark, over those that suit one machine.

    Returns:
        A session; ``session.stop()`` ends it.

    Raises:
        MissingDependencyError: PySpark or a Java runtime is not installed.

    Example:
        >>> session = local_spark(cores=1)  # doctest: +SKIP
    """
    sql = optional("pyspark.sql", extra="spark")
    java()
    running = spark_running()
    if running is not None:
        return running
    builder = sql.SparkSession.builder.master(f"local[{cores}]").appName("custseg")
    for name, value in {**_settings(cores), **settings}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    if "PYSPARK_PYTHON" not in os.environ:  # else the first python3 of the PATH, without custseg
        session.sparkContext.pythonExec = sys.executable
    return session


def spark_frame(held: Any, *, session: Any = None) -> Any:
    """An Arrow table as a DataFrame of Spark; moments without a zone stay without one.

    Args:
        held: The Arrow table; its labels become texts.
        session: A session; without one that which runs, or one on this machine.

    Raises:
        DataError: A column has no type.
    """
    schema = plain_schema(held.schema)
    session = session or spark_running() or local_spark()
    return session.createDataFrame(held.cast(schema), schema=spark_schema(schema))


def _settings(cores: int) -> dict[str, str]:
    return {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": str(cores),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
