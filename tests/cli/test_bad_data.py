"""What a user of the command line meets with bad data is said in Chinese, too."""

import re
from pathlib import Path

import pytest

from custseg.cli import main

PEOPLE = "customer_id,name,region\n001,李伟,华东\n002,Anna,华南\n"
ORDERS = "customer_id,paid_at,amount\n001,2026-06-01,2000\n002,2025-01-01,300\n001,2026-01-01,30\n"
REPS = "rep_id,region,capacity\nR1,华东,5\nR2,华南,5\n"
JOB = """as_of = 2026-06-30
[tables]
customers = "people.csv"
transactions = "orders.csv"
reps = "reps.csv"
[names.transactions]
at = "paid_at"
"""
FILES = {"people.csv": PEOPLE, "orders.csv": ORDERS, "reps.csv": REPS, "job.toml": JOB}
MONEY = "customer_id,paid_at,amount,currency\n001,2026-06-01,20,CNY\n002,2026-05-01,3,USD\n"
NO_AMOUNTS = re.sub(r",\d+\n", ",x\n", ORDERS)
STRANGERS = ORDERS.replace("\n00", "\nA")
REFUND = ORDERS.replace("30\n", "-3\n")
NO_DAYS = re.sub(r"20\d\d-", "x", ORDERS)
LATE = ORDERS.replace("2026-06", "2036-06")
ORDERS_JSON = {"job.toml": JOB.replace("orders.csv", "orders.json")}
CONVENTIONS = JOB + "[conventions]\n"


def told(folder, changed, words, capsys):
    for name, text in {**FILES, **changed}.items():
        held = text if isinstance(text, bytes) else text.encode()
        (folder / name).write_bytes(held)
    said = [str(folder / word) if Path(word).suffix else word for word in words.split()]
    assert main([*said, "--out", str(folder / "out"), "--lang", "zh"]) == 2
    return capsys.readouterr().err


RUN = [
    ({"orders.csv": ""}, "空文件"),
    ({"orders.csv": NO_DAYS}, "“paid_at”列：全部 3 行都不是能识别的时间"),
    ({"orders.csv": NO_AMOUNTS}, "“amount”列：全部 3 行都不是能识别的金额"),
    ({"orders.csv": STRANGERS}, "都不在客户表中"),
    ({"orders.csv": "customer_id,paid_at,amount\n1,45000,3\n"}, "这里应为时间，却是数字"),
    ({"orders.csv": ORDERS.replace("paid_at", "pay_at")}, "没有列 'paid_at'"),
    ({"orders.csv": bytes(range(256))}, "编码既不是 UTF-8"),
    ({"orders.csv": ORDERS + "1,2,3,4,5,6\n"}, "第 5 行有 6 列，应为 3 列"),
    ({"orders.csv": MONEY}, "有多种货币的金额"),
    ({"job.toml": CONVENTIONS + 'currency = "CNY"', "orders.csv": MONEY}, "没有折算为 CNY 的汇率"),
    ({"job.toml": CONVENTIONS + 'refunds = "error"', "orders.csv": REFUND}, "有 1 笔金额小于 0"),
    ({"job.toml": JOB.replace("2026-06-30", "2020-01-01")}, "早于全部 3 笔交易"),
    ({"job.toml": JOB.replace("orders.csv", "oders.csv")}, "是不是 orders.csv？"),
    ({"job.toml": JOB.replace("orders.csv", "orders.xyz")}, "文件扩展名应为"),
    ({**ORDERS_JSON, "orders.json": "{"}, "不是 JSON"),
    ({**ORDERS_JSON, "orders.json": '{"a": 1}'}, "应为记录的列表"),
    ({"people.csv": PEOPLE + "001,x,y\n"}, "有 1 条记录与其他记录编号相同"),
    ({"reps.csv": REPS.replace(",5", ",many")}, "“capacity”列（行号 0）：这里应为数字，却是文本"),
    ({"reps.csv": REPS + "R1,华北,3\n"}, "编号与行号 0 重复"),
    ({"reps.csv": REPS + ",华北,3\n"}, "编号为空"),
    ({"reps.csv": REPS.replace(",5", ",-5")}, "销售人员 'R1' 的容量为 -5"),
    ({"job.toml": 'as_of = 2026-06-30\n[tables]\nreps = "reps.csv"'}, "之一"),
]
REPORT = [
    ({"x.csv": ""}, "空文件"),
    ({"x.csv": ORDERS.splitlines()[0]}, "没有带日期的交易"),
    ({"x.csv": "a,b\n1,2\n"}, "有认不出来的地方：表的种类"),
    ({"x.csv": NO_AMOUNTS}, "金额：表头写着 amount，但内容已脱敏或不符"),
    ({"x.csv": "customer_id,paid_at\n1,2026-01-01\n"}, "金额：表头看不出来"),
    ({"x.csv": "<html><body>login</body></html>"}, "其实是网页"),
    ({"x.csv": LATE}, "晚一年以上"),
    ({"x.csv": MONEY}, "以哪种货币计，例如 CNY；各币种行数：CNY 1, USD 1"),
    ({"x.csv": "customer_id,paid_at,amount\n1,01/02/2026,3\n2,03/04/2026,5\n"}, "有两种读法"),
]


@pytest.mark.parametrize(("changed", "said"), RUN)
def test_bad_data_of_a_job_is_told_in_chinese(changed, said, tmp_path, capsys):
    err = told(tmp_path, changed, "run job.toml", capsys)
    assert said in err
    assert "不能接受" not in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(("changed", "said"), REPORT)
def test_bad_exports_are_told_in_chinese(changed, said, tmp_path, capsys):
    err = told(tmp_path, changed, "report x.csv", capsys)
    assert said in err
    assert "不能接受" not in err


def test_exports_that_do_not_fit_one_another_are_told_in_chinese(tmp_path, capsys):
    other = {"x.csv": "customer_id,paid_at,total\n1,2026-01-01,3\n"}
    err = told(tmp_path, other, "report orders.csv x.csv", capsys)
    assert "几个“交易记录”文件的列不一样" in err
    other = {"orders.csv": STRANGERS}
    err = told(tmp_path, other, "report orders.csv people.csv", capsys)
    assert "“交易记录”中 'customer_id' 列的客户" in err


def test_a_customer_that_is_not_there_is_told_in_chinese(tmp_path, capsys):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    job = str(tmp_path / "job.toml")
    assert main(["explain", job, "--customer", "9", "--lang", "zh"]) == 2
    assert "没有这位客户；请检查编号" in capsys.readouterr().err
