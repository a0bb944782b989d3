"""One Spark session for all tests of engines; without Java they are skipped, and say so."""

import os
from pathlib import Path

import pytest

from custseg.frames import local_spark
from custseg.frames.engines.sparklocal import spark_running
from sparkneeded import SHORT_LIVED, TESTS, needs_spark


def pytest_collection_modifyitems(items):
    """Whichever test comes first waits for the session, on a machine that does other work too."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def on_workers():
    """What workers of Spark import besides custseg: the works of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", TESTS, prepend=os.pathsep)
        yield


@pytest.fixture(scope="session")
def spark(on_workers):
    """A session with two cores; a task is tried twice, so that faults can be shown."""
    needs_spark()
    session = local_spark(
        settings={
            "spark.master": "local[2,2]",
            "spark.sql.session.timeZone": "Asia/Shanghai",
            "spark.sql.shuffle.partitions": "4",
            "spark.sql.adaptive.coalescePartitions.enabled": "false",
            "spark.driver.extraJavaOptions": SHORT_LIVED,
        }
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(autouse=True)
def _nothing_kept():
    """What one test keeps is no answer to the next."""
    yield
    if (session := spark_running()) is not None:
        session.catalog.clearCache()
