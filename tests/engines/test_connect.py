"""Spark Connect gives the same by the same code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sparkneeded import SHORT_LIVED, TESTS, needs_spark

EXPECTED = [
    "pyspark.sql.connect.session",
    {"a": 5.0, "b": 2.0, "c": 32.0, "d": 0.0, "e": 0.0},
    7,
    [[2.0, 2.0], [4.0, 3.0], [8.0, 5.0], [16.0, 9.0], [32.0, 17.0], [64.0, 33.0], [128.0, 65.0]],
    ["high", "high", "high", "high", "high", "low", "low"],
    7,
    7,
    ["paid", True],
]


@pytest.mark.timeout(240)
def test_spark_connect_does_the_same():
    """One process holds a classic session or one of Connect, never both."""
    needs_spark()
    pytest.importorskip("grpc", reason="Spark Connect is not installed")
    script = Path(__file__).with_name("connected.py")
    path = os.pathsep.join(filter(None, [TESTS, os.environ.get("PYTHONPATH")]))
    here = {"PYTHONPATH": path, "PYSPARK_PYTHON": sys.executable, "JAVA_TOOL_OPTIONS": SHORT_LIVED}
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, **here},
        capture_output=True,
        text=True,
        timeout=220,
        check=False,
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("ANSWERS ")]
    assert told, done.stderr[-2000:]
    assert json.loads(told[0].removeprefix("ANSWERS ")) == EXPECTED
