"""Exports as they are: encodings, spellings, rows that are none, orders counted once."""

from pathlib import Path

import pytest

from custseg import io
from custseg.errors import ConfigError, DataError, LostTextWarning


@pytest.fixture
def write(tmp_path: Path):
    def to(text: str | bytes, name: str = "orders.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return to


def test_a_plain_file_is_read(write) -> None:
    export = io.read_export(
        write("订单编号,买家昵称,付款时间,实付金额\n0017,小李,2026/6/30 8:05,12.50\n")
    )
    assert export.table.to_dict("records") == [
        {
            "订单编号": "0017",
            "买家昵称": "小李",
            "付款时间": "2026-06-30 08:05:00",
            "实付金额": 12.5,
        }
    ]
    assert export.last == "2026-06-30"
    assert export.encoding == "utf-8"


def test_statuses_that_void_are_told(write) -> None:
    head = "order_id,customer_id,paid_at,total,status\n"
    rows = "1,a,2026-01-01,5,paid\n2,b,2026-01-09,5,refunded\n3,c,2026-01-02,5,pending\n"
    export = io.read_export(write(head + rows))
    assert export.void_statuses == ("refunded", "pending")
    assert export.last == "2026-01-01"


def test_what_cannot_be_told_is_asked(write) -> None:
    file = write("customer_id,order_date,total\na,03/04/2026,5\nb,05/06/2026,6\n")
    export = io.read_export(file)
    assert [ask.what for ask in export.recognised.asks] == ["dates"]
    with pytest.raises(ConfigError, match="dmy"):
        _ = export.names
    told = io.read_export(file, names={"dates": "mdy"})
    assert told.table["order_date"].tolist() == ["2026-03-04", "2026-05-06"]
    with pytest.raises(ConfigError, match="dmy or mdy"):
        io.read_export(file, names={"dates": "ymd"})


def test_an_empty_file_is_refused(write) -> None:
    with pytest.raises(DataError, match="is empty"):
        io.read_export(write("\n"))


def test_letters_that_are_lost_are_told(write) -> None:
    text = "order_id,customer_id,order_date,amount\n1,王小明,2026-01-02,5\n"
    with pytest.warns(LostTextWarning, match="1 lines"):
        export = io.read_export(write(text.encode() + b"2,\xff\xff\xff,2026-01-03,6\n"))
    assert export.said["lost"] == 1
    assert len(export.table) == 2


def test_mixed_lines_thousands_and_odd_days_come_out_alike(write) -> None:
    lines = [
        "订单编号,买家昵称,付款时间,实付金额",
        '1,小李,2026年6月1日 9:05,"￥1,234.50"',
        "2,小王,2026/6/2,(20.00)",
        "3,小张,20260603,１２３元",
    ]
    held = b"\r\n".join(line.encode("gbk" if n == 2 else "utf-8") for n, line in enumerate(lines))
    export = io.read_export(write(held))
    assert export.encoding == "mixed"
    assert export.table.to_dict("list") == {
        "订单编号": ["1", "2", "3"],
        "买家昵称": ["小李", "小王", "小张"],
        "付款时间": ["2026-06-01 09:05:00", "2026-06-02", "2026-06-03"],
        "实付金额": [1234.5, -20.0, 123.0],
    }
    assert "UTF-8 与 GBK 逐行混用" in export.text("zh")
    assert export.said["lines_gb18030"] == 1


def test_what_cannot_be_read_stays_and_is_counted(write) -> None:
    text = "customer_id,order_date,amount\n" + "".join(
        f"c{n},2026-01-0{n},{n}.5\n" for n in range(1, 10)
    )
    export = io.read_export(write(text + "c10,n/a soon,abc\n"))
    assert export.said["unreadable_time"] == 1
    assert export.said["unreadable_amount"] == 1
    assert export.table["amount"].tolist()[-1] == "abc"


def test_commas_before_the_cents_are_proved_or_asked(write) -> None:
    head = "customer_id;order_date;amount\n"
    german = io.read_export(write(head + "a;30.06.2026;1.234,50 €\nb;01.07.2026;12,00 €\n"))
    assert german.table["amount"].tolist() == [1234.5, 12.0]
    doubt = io.read_export(write(head + "a;30.06.2026;1,234\n"))
    assert [ask.what for ask in doubt.recognised.asks] == ["amounts"]
    file = write(head + "a;30.06.2026;1,234\n")
    assert io.read_export(file, names={"amounts": ","}).table["amount"].tolist() == [1.234]
    assert io.read_export(file, names={"amounts": "."}).table["amount"].tolist() == [1234]


def test_statuses_that_are_not_known_are_told(write) -> None:
    head = "order_id,customer_id,paid_at,total,status\n"
    export = io.read_export(write(head + "1,a,2026-01-01,5,paid\n2,b,2026-01-09,5,on its way\n"))
    assert "count as purchases: on its way 1" in export.text()
    assert export.void_statuses == ()


def test_a_lone_point_before_three_digits_is_asked_about(write) -> None:
    text = "customer_id;order_date;amount\nK1;13.05.2026;1.234\nK2;14.05.2026;2.500\n"
    file = write(text)
    asks = io.read_export(file).recognised.asks
    assert [ask.what for ask in asks] == ["amounts"]
    told = io.read_export(file, names={"amounts": ","})
    assert told.table["amount"].tolist() == [1234, 2500]


def test_of_two_columns_of_one_name_none_is_guessed(write) -> None:
    head = "customer_id,order_date,amount,amount\n"
    ask = io.read_export(write(f"{head}A,2026-01-01,5,50\n")).recognised.asks[0]
    assert (ask.what, ask.candidates) == ("amount", ("amount", "amount (2)"))
    same = io.read_export(write(f"{head}A,2026-01-01,5,5\n"))
    assert same.names.amount == "amount"


def test_a_stray_zero_byte_makes_no_utf_16(write) -> None:
    text = b"customer_id,order_date,amount\nA\0,2026-01-01,5\n"
    read = io.read_export(write(text))
    assert (read.encoding, read.table["customer_id"].tolist()) == ("utf-8", ["A"])


def test_a_header_alone_is_recognised_without_questions(write) -> None:
    read = io.read_export(write("customer_id,order_date,amount\n"))
    assert (read.names.amount, read.recognised.asks, read.last) == ("amount", (), "")


@pytest.mark.parametrize("name", ["a.xls", "a.csv"])
def test_a_web_page_is_called_one(write, name: str) -> None:
    with pytest.raises(DataError, match="is a web page"):
        io.read_export(write("\n<!DOCTYPE html><html>Please log in</html>", name))


def test_text_that_is_called_a_workbook_is_read_as_text(write) -> None:
    text = '客户编号\t下单时间\t金额\n="007"\t2026/1/5\t1,234.50\n'
    for encoding in ("gb18030", "utf-16"):
        read = io.read_export(write(text.encode(encoding), "a.xls"))
        assert read.table.values.tolist() == [["007", "2026-01-05", 1234.5]]


def test_rows_without_a_day_are_told(write) -> None:
    text = "customer_id,status,paid_date,amount\nA,paid,2026-01-02,5\nB,paid,,6\nC,voided,,7\n"
    assert io.read_export(write(text)).said["undated"] == 1


def test_there_is_no_last_day_while_days_can_be_read_in_two_ways(write) -> None:
    file = write("customer_id,order_date,amount\nA,03/04/2026,5\n")
    assert io.read_export(file).last == ""
    assert io.read_export(file, names={"dates": "mdy"}).last == "2026-03-04"


def test_where_the_header_was_found_is_told(write) -> None:
    text = (
        "订单报表 2026-11-01 至 2026-11-30,,,,\n订单编号,付款时间,买家信息,,实付金额\n"
        ",,昵称,手机号,\n1,2026-11-01,小李,13800138000,5\n合计,,,,5\n"
    )
    export = io.read_export(write(text))
    assert (export.header, export.as_dict()["header"]) == ((2, 3), [2, 3])
    assert "表头所在行: 2-3" in export.text("zh")
    assert (export.said["title"], export.said["total"]) == (1, 1)
    assert export.names.customer == "买家 昵称"
    assert "header in row" not in io.read_export(write("订单编号,买家,金额\n1,a,5\n")).text()


def test_a_header_that_may_be_in_several_rows_is_asked_for(write) -> None:
    text = "客户,金额\n甲,3\n\n客户编号,付款时间,金额,金额\n1,2026-01-01,2,2\n"
    file = write(text.replace("客户编号,付款时间,金额,金额", "客户编号,付款时间"))
    ask = io.read_export(file).recognised.asks[0]
    assert (ask.what, ask.candidates) == ("header", ("1", "4"))
    told = io.read_export(file, names={"header": "4"})
    assert told.header == (4,)
    assert "header" not in [ask.what for ask in told.recognised.asks]
    with pytest.raises(ConfigError, match="header"):
        io.read_export(file, names={"header": "3"})


def test_what_stands_beyond_the_last_column_is_kept_aside(write) -> None:
    head = "order_id,customer_id,paid_at,total\n1,a,2026-01-01,5\n"
    export = io.read_export(write(f"{head}2,b,2026-01-01,6,7,extra\n"))
    assert export.aside.to_dict("records")[0] == {
        "line": 3,
        "why": "too_wide",
        "order_id": "2",
        "customer_id": "b",
        "paid_at": "2026-01-01",
        "total": "6",
        "beyond 1": "7",
        "beyond 2": "extra",
    }


def test_statuses_of_two_parts_void_where_one_of_them_does(write) -> None:
    head = "订单编号,客户编号,付款时间,实付金额,订单状态\n"
    statuses = ("已发货，待收货", "已取消，退款成功", "已发货，赠品")
    rows = "".join(f"{n},c{n},2026-06-0{n},5,{said}\n" for n, said in enumerate(statuses, 1))
    export = io.read_export(write(head + rows))
    assert export.void_statuses == ("已取消，退款成功",)
    assert "（按购买计）: 已发货，赠品 1" in export.text("zh")
