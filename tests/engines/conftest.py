"""One Spark session for all tests of engines; without Java they are skipped, and say so."""

import os

import pytest

from custseg.errors import MissingDependencyError
from custseg.frames.engines.sparklocal import local_spark

NEEDED = os.environ.get("CUSTSEG_NEEDS_JAVA") == "1"


@pytest.fixture(scope="session")
def spark():
    """A session with two cores; a task is tried three times, so that faults can be shown."""
    try:
        session = local_spark(
            settings={
                "spark.master": "local[2,3]",
                "spark.sql.session.timeZone": "Asia/Shanghai",
                "spark.sql.shuffle.partitions": "4",
            }
        )
    except MissingDependencyError as error:
        if NEEDED:
            raise
        pytest.skip(str(error))
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
