"""Java is found, or what to install is said; no Spark is started to find out."""

import pytest

from custseg.errors import MissingDependencyError
from custseg.frames import local_spark
from custseg.frames.engines.sparklocal import java


@pytest.fixture
def installed(tmp_path):
    """A program called java, in a home of its own."""
    program = tmp_path / "home" / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_java_is_that_of_its_home(installed, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(installed.parents[1]))
    monkeypatch.setenv("PATH", "")
    assert java() == str(installed)


def test_java_is_found_on_the_path(installed, monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(installed.parent))
    assert java() == str(installed)


def test_without_java_the_error_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingDependencyError, match="install a Java runtime, version 17 or newer"):
        local_spark()


def test_a_home_without_java_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(MissingDependencyError, match="JAVA_HOME"):
        java()


def test_without_pyspark_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(MissingDependencyError, match=r"custseg\[spark\]"):
        local_spark()
