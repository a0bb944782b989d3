"""Several currencies in an export: named, at the rates that are given, or refused."""

import json
from pathlib import Path

import pytest

from custseg.cli import main

HEAD = "order_id,customer_id,order_date,status,amount,currency\n"
ROWS = (
    "1,a,2026-06-01,paid,100,人民币\n2,b,2026-06-02,paid,10,USD\n3,c,2026-06-03,paid,20,eur\n"
    "4,c,2026-06-03,cancelled,20,JPY\n5,a,2026-06-04,paid,20,RMB\n6,,2026-06-04,paid,20,GBP\n"
)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    file = tmp_path / "orders.csv"
    file.write_text(HEAD + ROWS, encoding="utf-8")
    return file


def test_amounts_are_counted_at_the_rates_given(
    orders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    money = ["--currency", "cny", "--rates", "USD=7.1", "--rates", "EUR=7.8，HKD=0.9"]
    assert main(["report", str(orders), *money, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert "Counted in CNY: 1 USD = 7.1 CNY, 1 EUR = 7.8 CNY" in said["text"]
    assert said["exports"]["transactions"]["currencies"] == {"CNY": 2, "USD": 1, "EUR": 1}
    folder = orders.parent / "orders-report"
    assert "1 USD = 7.1 CNY" in (folder / "report.html").read_text(encoding="utf-8")
    assert 'rates = { "USD" = 7.1, "EUR" = 7.8, "HKD" = 0.9 }' in (folder / "job.toml").read_text()
    first = (folder / "customers.csv").read_bytes()
    assert b",71.0" in first
    assert main(["run", str(folder / "job.toml"), "--json"]) == 0
    assert (folder / "customers.csv").read_bytes() == first


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "--currency: say which currency the report counts in"),
        (["--rates", "USD=7.1,EUR=7.8"], "--currency: say which"),
        (["--currency", "CNY"], "--rates EUR=...,USD=..."),
        (["--currency", "CNY", "--rates", "USD=7.1"], "--rates EUR=...; rows of each: CNY 2"),
        (["--currency", "CNY", "--rates", "USD=7.1,EUR=0"], "got 'EUR=0'"),
        (["--currency", "CNY", "--rates", "USD=inf"], "got 'USD=inf'"),
        (["--currency", "CNY", "--rates", "USD"], "got 'USD'"),
        (["--currency", "CNY", "--rates", "USD=7,usd=8"], "two rates for USD"),
        (["--currency", "CNY", "--rates", "CNY=7,USD=8"], "one CNY is one CNY"),
    ],
)
def test_what_is_lacking_is_named(
    orders: Path, capsys: pytest.CaptureFixture[str], given: list[str], said: str
) -> None:
    assert main(["report", str(orders), *given]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--currency", "CNY"], "--rates：请用 --rates EUR=...,USD=... 说明"),
        (["--currency", "CNY", "--rates", "USD=7,USD=8"], "--rates：USD 给了两个汇率"),
        (["--currency", "CNY", "--rates", "CNY=7"], "不必写"),
    ],
)
def test_what_is_lacking_is_named_in_chinese_too(
    orders: Path, capsys: pytest.CaptureFixture[str], given: list[str], said: str
) -> None:
    assert main(["report", str(orders), *given, "--lang", "zh"]) == 2
    assert said in capsys.readouterr().err


def test_one_currency_needs_no_rates(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    orders.write_text(HEAD + "1,a,2026-06-01,paid,100,USD\n", encoding="utf-8")
    assert main(["report", str(orders)]) == 0
    assert "by currency" not in capsys.readouterr().out
    assert main(["report", str(orders), "--currency", "CNY"]) == 2
    assert main(["report", str(orders), "--currency", "CNY", "--rates", "USD=7"]) == 0


def test_look_says_which_there_are(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["look", str(orders), "--lang", "zh"]) == 0
    assert "--rates 指定）: CNY 2, USD 1, EUR 1" in capsys.readouterr().out
