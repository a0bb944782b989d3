"""Whether Spark can be started here."""

import os
from pathlib import Path

import pytest

from custseg.errors import MissingDependencyError
from custseg.frames import optional
from custseg.frames.engines.sparklocal import java

TESTS = str(Path(__file__).parent)
"""Where workers find the works of the tests."""

SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For the JVM: tests end before code that it compiles with more care has paid for that."""


def needs_spark():
    """Skip where Spark cannot be started, unless CUSTSEG_NEEDS_JAVA=1 says that it must be."""
    try:
        optional("pyspark", extra="spark")
        java()
    except MissingDependencyError as error:
        if os.environ.get("CUSTSEG_NEEDS_JAVA") == "1":
            raise
        pytest.skip(str(error))
