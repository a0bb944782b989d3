"""From an export as it is to a page: ``custseg look`` and ``custseg report``."""

import json
from pathlib import Path

import pytest

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
