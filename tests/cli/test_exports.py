"""From an export as it is to a page: ``custseg look`` and ``custseg report``."""

import json
import sys
from pathlib import Path

import pytest

from custseg import io
from custseg.cli import main

ORDERS = "订单编号,买家昵称,付款时间,订单状态,实付金额\n" + "".join(
    f"{n},买家{n % 7},2026-0{1 + n % 6}-1{n % 9} 08:00:00,交易成功,{10 + n}.50\n" for n in range(40)
)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    file = tmp_path / "订单.csv"
    file.write_text(ORDERS, encoding="gb18030")
    return file


def test_look_says_what_a_file_is(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["look", str(orders)]) == 0
    said = capsys.readouterr().out
    assert "客户: 买家昵称 (表头已知)" in said
    assert "编码: GBK（GB18030）" in said


def test_report_writes_a_page_and_a_job_that_gives_the_same_again(
    orders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(orders), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    folder = orders.parent / "订单-report"
    assert (folder / "report.html").is_file()
    assert said["as_of"] == "2026-06-18"
    first = (folder / "customers.csv").read_bytes()
    (folder / "customers.csv").unlink()
    assert main(["run", str(folder / "job.toml"), "--json"]) == 0
    assert (folder / "customers.csv").read_bytes() == first


def test_what_cannot_be_guessed_is_refused_with_what_to_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sales.csv"
    file.write_text("customer_id,order_date,total,amount\na,2026-01-02,3,4\n")
    assert main(["report", str(file)]) == 2
    assert "--column amount=COLUMN" in capsys.readouterr().err
    assert main(["report", str(file), "--column", "amount=total", "--as-of", "2026-02-01"]) == 0
    assert (tmp_path / "sales-report" / "job.toml").read_text().startswith('as_of = "2026-02-01"')


def test_a_terminal_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sales.csv"
    file.write_text("customer_id,order_date,total,amount\na,2026-01-02,3,4\nb,2026-01-05,5,6\n")
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    answers = iter(["7\n", "amount\n"])
    monkeypatch.setattr(sys.stdin, "readline", lambda: next(answers), raising=False)
    assert main(["report", str(file)]) == 0
    job = (tmp_path / "sales-report" / "job.toml").read_text(encoding="utf-8")
    assert 'amount = "amount"' in job


def test_whoever_gives_no_answer_is_told_what_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sales.csv"
    file.write_text("customer_id,order_date,total,amount\na,2026-01-02,3,4\n")
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "readline", lambda: "", raising=False)
    assert main(["report", str(file), "--lang", "zh"]) == 2
    assert "请用 --column amount=列名 指定" in capsys.readouterr().err


def test_months_of_orders_and_their_customers_make_one_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "order_id,email,order_date,order_total,status\n"
    may, june, people = (tmp_path / f"{name}.csv" for name in ("may", "june", "people"))
    may.write_text(head + "1,a@x.com,2026-05-02,5,paid\n2,b@x.com,2026-05-31,6,pending\n")
    june.write_text(head + "2,b@x.com,2026-05-31,6,paid\n3,a@x.com,2026-06-03,7,cancelled\n")
    people.write_text(
        "customer_id,name,email,phone,joined_at\n"
        "1,Ann Lee,a@x.com,013800138000,2025-01-01\n2,Bob Ray,b@x.com,,2025-02-01\n"
        "3,Cid Fox,c@x.com,021-1234,2025-02-01\n"
    )
    files = [str(may), str(june), str(people)]
    assert main(["report", *files, "--out", str(tmp_path / "out"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["as_of"] == "2026-05-31"
    rows = io.read_table(tmp_path / "out" / "customers.csv").to_dict("records")
    found = {row["email"]: (row["orders"], row["revenue"]) for row in rows}
    assert found["a@x.com"] == (1, 5)
    assert found["b@x.com"] == (1, 6)
    assert "013800138000" in (tmp_path / "out" / "input" / "customers.csv").read_text("utf-8-sig")


def test_a_column_that_no_file_has_is_refused(
    orders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(orders), "--column", "amount=实付金客"]) == 2
    assert "是不是 实付金额？" in capsys.readouterr().err
    assert main(["report", str(orders), "--column", "实付金额"]) == 2
    assert "ROLE=COLUMN" in capsys.readouterr().err


def test_customers_alone_need_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.csv"
    file.write_text("客户编号,姓名,手机号\n1,王小明,13800138000\n2,李四,13900139000\n")
    assert main(["report", str(file)]) == 2
    assert "--as-of" in capsys.readouterr().err
    assert main(["report", str(file), "--as-of", "2026-06-30"]) == 0


def test_scripts_and_formulas_in_an_export_harm_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "orders.csv"
    bad = ("<script>alert(1)</script>", "\"=cmd()|' /C calc'!A0\"")
    rows = "".join(f"{n},{who},2026-06-0{n + 1},5\n" for n, who in enumerate([*bad, "c"]))
    file.write_text("order_id,customer_id,order_date,amount\n" + rows)
    assert main(["report", str(file)]) == 0
    page = (tmp_path / "orders-report" / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    first = capsys.readouterr().out
    assert main(["run", str(tmp_path / "orders-report" / "job.toml")]) == 0
    assert "3" in first
    again = io.read_table(tmp_path / "orders-report" / "input" / "transactions.csv")
    assert "=cmd()" in again["customer_id"][1]


def test_a_last_day_far_from_all_others_is_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sales.csv"
    file.write_text(
        "customer_id,order_date,amount\na,2026-01-02,3\nb,2026-01-05,5\na,2028-12-31,4\n"
    )
    assert main(["report", str(file)]) == 2
    assert "2028-12-31, is more than a year after" in capsys.readouterr().err
    assert main(["report", str(file), "--as-of", "2026-01-05"]) == 0
