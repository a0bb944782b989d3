import io
import logging
import sys

import pytest

from custseg.cli import main
from custseg.progress.telling import told

ORDERS = "customer_id,at,amount\nzq1,2026-01-01,730\nzq2,2026-02-01,731\n"
JOB = """
as_of = 2026-06-30
[tables]
transactions = "orders.csv"
[output]
lang = "zh"
"""


@pytest.fixture
def job(tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    file = tmp_path / "job.toml"
    file.write_text(JOB, encoding="utf-8")
    return str(file)


class Tty(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.mark.parametrize(("flag", "details"), [("-v", False), ("--verbose", False), ("-vv", True)])
def test_verbose_shows_the_log_and_no_bar(job, flag, details, capsys, monkeypatch):
    stream = Tty()
    monkeypatch.setattr(sys, "stderr", stream)
    assert main(["run", job, flag]) == 0
    said = stream.getvalue()
    assert "custseg.pipeline.progress: step: tier" in said
    assert "custseg.features.log: " in said or "custseg.features.profiling: " in said
    assert ("is applied to" in said) is details
    assert "░" not in said
    assert "zq" not in said
    assert "custseg" not in capsys.readouterr().out.splitlines()[0]


def test_the_log_is_as_it_was_afterwards(job, capsys):
    log = logging.getLogger("custseg")
    before = log.level, list(log.handlers)
    assert main(["run", job, "-vv"]) == 0
    assert (log.level, log.handlers) == before
    capsys.readouterr()
    assert main(["run", job]) == 0
    assert capsys.readouterr().err == ""


def test_a_bar_speaks_the_language_of_the_job(job, capsys, monkeypatch):
    stream = Tty()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("custseg.progress.bars._MOMENT", 0.0)
    assert main(["run", job]) == 0
    assert "读取" in stream.getvalue() or not stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K") or not stream.getvalue()


def test_what_is_written_is_told_piece_by_piece(tmp_path):
    heard = []
    with told(lambda step, done, total: heard.append((step, done, total))):
        assert main(["demo", "--customers", "60", "--out", str(tmp_path / "demo")]) == 0
    assert [done for step, done, _ in heard if step == "write"] == list(range(7))
