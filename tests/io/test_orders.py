"""The money of an order counts once, and that of orders that are none not at all."""

from pathlib import Path

import pytest

from custseg import io
from custseg.io.export import Export

SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Cancelled at,Payment Method,Refunded Amount,Tags\n"
)


@pytest.fixture
def read(tmp_path: Path):
    def of(text: str, **names: str) -> Export:
        file = tmp_path / "orders.csv"
        file.write_text(text, encoding="utf-8")
        return io.read_export(file, names=names)

    return of


def money(export: Export) -> list[float]:
    return export.table[export.names.amount].tolist()


def test_further_lines_of_shopify_have_no_money_of_their_own(read) -> None:
    day = "2026-01-02 10:00:00 -0400"
    export = read(
        SHOPIFY
        + f"#1,a@x.com,paid,{day},USD,30,{day},1,Mug,10,,Card,0,\n"
        + f"#1,a@x.com,,,,,{day},2,Tea,10,,,,\n"
        + ",,,,,,,1,Box,0,,,,\n"
        + f"#2,b@x.com,paid,{day},USD,5,{day},1,Mug,5,,Card,0,\n"
    )
    assert money(export) == [30, 0, 0, 5]
    assert export.said["further"] == 2
    assert export.table["Name"].tolist() == ["#1", "#1", "#1", "#2"]
    assert export.table["Email"].tolist() == ["a@x.com"] * 3 + ["b@x.com"]
    assert export.table["Financial Status"].tolist() == ["paid"] * 4
    assert export.recognised.columns["amount"] == "amount_counted"


def test_cancelled_test_and_repaid_orders_of_shopify_are_set_aside_with_all_their_lines(
    read,
) -> None:
    day = "2026-01-02 10:00:00 -0400"
    export = read(
        SHOPIFY
        + f"#1,a@x.com,paid,{day},USD,30,{day},1,Mug,10,{day},Card,0,\n"
        + f"#1,a@x.com,,,,,{day},2,Tea,10,,,,\n"
        + f"#2,b@x.com,paid,{day},USD,5,{day},1,Mug,5,,(for testing) Bogus Gateway,0,\n"
        + f'#3,b@x.com,paid,{day},USD,5,{day},1,Mug,5,,Card,0,"vip, test"\n'
        + f"#4,c@x.com,partially_refunded,{day},USD,50,{day},1,Mug,5,,Card,20,latest\n"
        + f"#5,d@x.com,paid,{day},USD,50,{day},1,Mug,5,,Card,50,\n"
        + f"#6,,paid,{day},USD,50,{day},1,Mug,5,,Card,0,\n"
        + f"#7,e@x.com,refunded,{day},USD,9,{day},1,Mug,5,,Card,9,\n"
    )
    assert export.table["Name"].tolist() == ["#4", "#6", "#7"]
    assert money(export) == [30, 50, 9]
    assert export.aside["why"].tolist() == ["cancelled", "cancelled", "test", "test", "returned"]
    assert export.aside["line"].tolist() == [2, 3, 4, 5, 7]
    assert export.said["guests"] == 1
    assert export.void_statuses == ("refunded",)


def test_totals_that_stand_on_each_line_count_once(read) -> None:
    export = read(
        "订单号,订单状态,买家付款时间,订单实付金额,买家手机号,商品名称,商品数量\n"
        "1,交易完成,2026-01-02 10:00:00,30.00,13800138000,茶,1\n"
        "1,交易完成,2026-01-02 10:00:00,30.00,13800138000,杯,2\n"
        "2,交易关闭,2026-01-03 10:00:00,8.00,13800138001,杯,1\n"
    )
    assert export.recognised.source == "youzan"
    assert money(export) == [30, 0, 8]
    assert export.said["repeated"] == 1
    assert export.void_statuses == ()  # customary


HEAD = "order_id,customer_id,order_date,amount,price,quantity\n"


def test_prices_tell_a_total_from_the_money_of_a_line(read) -> None:
    lines = read(HEAD + "1,a,2026-01-02,10,10,1\n1,a,2026-01-02,10,5,2\n2,b,2026-01-03,3,3,1\n")
    assert money(lines) == [10, 10, 3]
    totals = read(HEAD + "1,a,2026-01-02,20,10,1\n1,a,2026-01-02,20,5,2\n2,b,2026-01-03,3,3,1\n")
    assert money(totals) == [20, 0, 3]


def test_differing_lines_are_lines(read) -> None:
    head = "order_id,customer_id,order_date,amount\n"
    rows = "".join(f"{n // 2},a,2026-01-02,{n}\n" for n in range(2, 30))
    assert money(read(head + rows + "99,a,2026-01-02,5\n99,a,2026-01-02,5\n"))[-2:] == [5, 5]


def test_what_an_amount_is_of_is_asked_where_nothing_tells(read) -> None:
    text = "order_id,customer_id,order_date,amount\n1,a,2026-01-02,5\n1,a,2026-01-02,5\n"
    assert [ask.what for ask in read(text).recognised.asks] == ["per"]
    assert money(read(text, per="line")) == [5, 5]
    assert money(read(text, per="order")) == [5, 0]
    named = text.replace("amount", "order_total")
    assert money(read(named)) == [5, 0]


def test_several_currencies_are_never_added_up(read) -> None:
    export = read("customer_id,order_date,amount\na,2026-01-02,€5\nb,2026-01-03,£6\n")
    assert export.names.currency == "currency_found"
    assert export.table["currency_found"].tolist() == ["EUR", "GBP"]
