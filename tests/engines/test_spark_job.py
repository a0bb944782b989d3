"""The example for spark-submit does what its page says, and gives what a table in memory gives."""

import importlib.util
import sys
from pathlib import Path

import pytest

import custseg as cs
from custseg.checks.kinds import answers, as_kind, same, told

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "spark_job.py"
ASKED = ("orders", "revenue", "recency_days", "lifecycle", "tier", "service")


@pytest.fixture
def example(spark, monkeypatch):
    """The example as a module, for as long as the test runs."""
    found = importlib.util.spec_from_file_location("spark_job", EXAMPLE)
    module = importlib.util.module_from_spec(found)
    monkeypatch.setitem(sys.modules, "spark_job", module)
    found.loader.exec_module(module)
    return module


def in_memory(example, crm):
    """The same steps on records."""
    people = cs.profile(
        crm.customers,
        transactions=crm.transactions,
        names={"transactions": example.NAMES},
        conventions=example.CONVENTIONS,
        as_of="2026-06-30",
    )
    states = example.LIFECYCLE.fit(people).apply(people)
    return example.TIERS.fit(states).apply(states)


def test_the_job_writes_what_memory_gives_and_fetches_sums_alone(example, spark, tmp_path, capsys):
    crm = cs.datasets.crm(80, seed=3)
    for name in ("customers", "transactions"):
        as_kind("spark", getattr(crm, name)).write.parquet(str(tmp_path / name))
    paths = [str(tmp_path / name) for name in ("customers", "transactions", "out")]
    example.main([*paths, "2026-06-30"])
    printed = capsys.readouterr().out
    assert " sums of " in printed
    assert " rows of " not in printed
    expected = in_memory(example, crm)
    wanted = answers(expected, ASKED, "customer_id")
    found = answers(spark.read.parquet(paths[2]), ASKED, "customer_id")
    assert same(found, wanted), told(wanted, found)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_shows_the_example_as_it_is(language):
    page = (ROOT / "docs" / language / "howto" / "spark.md").read_text(encoding="utf-8")
    shown = page.split("```py\n")[1].split("```")[0]
    assert shown in EXAMPLE.read_text(encoding="utf-8")
