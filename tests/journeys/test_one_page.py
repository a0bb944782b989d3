"""Journey: an analyst opens a dirty export of a shop, and one page says who the customers are."""

import csv
import io
import json
import runpy
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

import custseg as cs
from custseg import report
from custseg.io import read_export

EXAMPLES = Path(__file__).parents[2] / "examples"
SHOPS = runpy.run_path(str(EXAMPLES / "exports.py"))["SHOPS"]
NOTEBOOKS = EXAMPLES / "notebooks"
# What a newcomer has after `pip install custseg`: pandas, and nothing that reads Parquet.
PLAIN = """
import sys
for name in ("pyarrow", "duckdb", "polars", "matplotlib", "pyspark", "dask", "sklearn"):
    sys.modules[name] = None
from custseg.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def export(tmp_path, request):
    """A file as the shop writes it, and its lines."""
    make, encoding = SHOPS[request.param]
    text = make(300)
    file = tmp_path / "orders.csv"
    file.write_bytes(text.encode(encoding, "replace"))
    return file, list(csv.DictReader(io.StringIO(text)))


def money(text):
    return float(text.replace("￥", "").replace(",", "") or 0)


def shopify_sales(lines):
    """What Shopify's own lines say, counted by hand: each order once, without what is no sale."""
    heads = {line["Name"]: line for line in lines if line["Total"]}.values()
    return {
        line["Name"]: money(line["Total"]) - money(line["Refunded Amount"])
        for line in heads
        if line["Financial Status"] in {"paid", "partially_refunded"}
        and "Bogus" not in line["Payment Method"]
        and line["Email"] not in {"", "null"}
    }


def youzan_sales(lines):
    """The same of Youzan's."""
    return {
        line["订单号"]: money(line["订单实付金额"])
        for line in lines
        if line["买家付款时间"]
        and line["订单退款状态"] != "全额退款"
        and line["买家手机号"].strip() not in {"", "null"}
    }


@pytest.mark.parametrize(
    ("export", "sales"),
    [("shopify", shopify_sales), ("youzan", youzan_sales)],
    indirect=["export"],
)
def test_each_order_counts_once_and_what_is_no_sale_does_not(export, sales):
    file, lines = export
    read = read_export(file)
    assert read.recognised.source == ("shopify" if sales is shopify_sales else "youzan")
    assert not read.recognised.asks
    job = cs.Pipeline(names={"transactions": read.names}, conventions=read.conventions)
    run = job.run(transactions=read.table, as_of=read.last)
    counted = sales(lines)
    assert len(counted) > 500
    assert run.customers["revenue"].sum() == pytest.approx(sum(counted.values()), abs=0.01)
    assert run.customers["orders"].sum() == len(counted)
    rows = sum(table.rows for table in run.reports["profile"].tables)
    assert rows + len(read.aside) == len(lines)


@pytest.mark.parametrize("export", ["shopify"], indirect=True)
def test_the_page_says_what_changed_whom_to_call_and_how_it_knows(export):
    file, _ = export
    read = read_export(file)
    job = cs.Pipeline(
        names={"transactions": read.names},
        conventions=read.conventions,
        worth=[cs.tiering.RFM()],
    )
    run = job.run(transactions=read.table, as_of=read.last)
    before = job.run(transactions=read.table, as_of="2026-03-31")
    once = (run.customers["frequency"] == 1).mean()
    assert once > 0.6  # quintiles of frequency have nothing to cut here
    for locale in ("en", "zh"):
        page = report.html(run, previous=before, locale=locale)
        assert "<script>alert" not in page
        assert "http" not in page.replace("http://www.w3.org", "")
        text = report.text(run, previous=before, locale=locale)
        for segment in set(run.customers["segment"].dropna()):
            assert cs.label(segment, locale) in text
    due = run.actions.table
    five = due[due["action"] == "win_back"].nlargest(5, "revenue")["Email"]
    assert all(
        run.explain(who).parts["lifecycle"].decision["lifecycle"] == "dormant" for who in five
    )
    kept = cs.load(json.dumps(cs.dump(run.policy)))
    assert kept.run(transactions=read.table, as_of=read.last).counts == run.counts


@pytest.mark.parametrize("export", ["youzan"], indirect=True)
def test_one_command_does_it_after_a_plain_install(export):
    file, _ = export
    words = [sys.executable, "-c", PLAIN, "report", str(file)]
    done = subprocess.run(words, capture_output=True, check=False, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    made = {path.name for path in (file.parent / "orders-report").iterdir()}
    assert {"report.html", "report.txt", "customers.csv", "job.toml", "policy.json"} <= made


@pytest.mark.timeout(300)  # it starts two kernels
def test_the_notebooks_show_what_they_hold():
    pytest.importorskip("nbclient")
    words = [sys.executable, "-W", "ignore", str(NOTEBOOKS / "execute.py"), "--check"]
    done = subprocess.run(words, capture_output=True, check=False, text=True, encoding="utf-8")
    say = "python examples/notebooks/execute.py writes anew what they show"
    assert done.returncode == 0, f"{say}\n{done.stdout}\n{done.stderr[-2000:]}"
    for path in NOTEBOOKS.glob("*.ipynb"):
        shown = [
            "".join(text)
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
            for output in cell.get("outputs", ())
            for text in output.get("data", {}).values()
        ]
        assert any("<svg" in unescape(text) for text in shown)  # the page, or within a frame
        assert not any("<script>alert" in text for text in shown)
