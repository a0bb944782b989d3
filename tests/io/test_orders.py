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


def test_orders_given_back_in_full_take_their_further_lines_along(read) -> None:
    day = "2026-01-02 10:00:00 -0400"
    export = read(
        SHOPIFY
        + f"#1,a@x.com,paid,{day},USD,30,{day},1,Mug,10,,Card,30,\n"
        + f"#1,a@x.com,,,,,{day},2,Tea,10,,,,\n"
        + f"#2,b@x.com,paid,{day},USD,5,{day},1,Mug,5,,Card,0,\n"
    )
    assert money(export) == [5]
    assert export.aside["why"].tolist() == ["returned", "returned"]


def test_money_given_back_for_a_line_is_of_the_line_in_the_newer_wechat_shop(read) -> None:
    export = read(
        "订单号,订单下单时间,订单状态,收件人手机,订单实际支付金额,支付方式,支付时间,商品名称,"
        "商品编码(平台),商品实际价格(总共),商品数量,商品售后,商品已退款金额\n"
        "1,2026-06-01 09:00,已完成,13800138000,50,微信,2026-06-01 09:01,茶,9,30,1,退款完成,10\n"
        "1,2026-06-01 09:00,已完成,13800138000,50,微信,2026-06-01 09:01,杯,8,20,1,,0\n"
        "2,2026-06-02 09:00,已完成,13900139000,9,微信,2026-06-02 09:01,杯,8,9,1,退款完成,9\n"
        "3,2026-06-02 09:00,已取消,13900139000,9,微信,,杯,8,9,1,,\n"
    )
    assert (export.recognised.source, export.recognised.asks) == ("wechat_shop", ())
    assert money(export) == [20, 20, 9]
    assert export.aside["why"].tolist() == ["returned"]
    assert export.void_statuses == ()


def test_money_given_back_for_a_line_is_taken_off_its_order_in_the_older_wechat_shop(read) -> None:
    row = "{},2026-06-01 09:00,已完成,{},{},微信,2026-06-01 09:01,茶,{},1,,{}\n"
    export = read(
        "订单号,下单时间,订单状态,收件人手机,订单实际支付金额,支付方式,支付时间,商品名称,商品编码(平台),"
        "商品数量,商品售后,商品已退款金额\n"
        + row.format(1, "13800138000", 50, 9, 0)
        + row.format(1, "13800138000", 50, 8, 15)
        + row.format(2, "13900139000", 9, 9, 4)
        + row.format(2, "13900139000", 9, 8, 5)
    )
    assert export.recognised.layout == "orders, older"
    assert money(export) == [35, 0]
    assert export.aside["why"].tolist() == ["returned", "returned"]
    assert (export.said["refunds"], export.said["returned"]) == (1, 2)


def test_contacts_of_wecom_are_customers(read) -> None:
    export = read(
        "客户名称,描述,添加人,添加人账号,添加人所属部门,添加时间,来源,手机,企业,邮箱\n"
        "小李,,王芳,WangFang,销售部,2026-06-01 09:00:00,扫描二维码,,,\n"
    )
    assert (export.recognised.table, export.recognised.source) == ("customers", "wecom")
    assert export.recognised.columns == {
        "customer": "客户名称",
        "source": "来源",
        "joined": "添加时间",
    }
