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
