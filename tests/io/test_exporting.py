"""Exports as they are: encodings, spellings, rows that are none, orders counted once."""

from pathlib import Path

import pytest

from custseg import io
from custseg.errors import ConfigError, DataError


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
