"""Headers in one row or two, below titles, and asked for where several rows may be it."""

import pytest

from custseg.errors import ConfigError
from custseg.io.gridding import Grid, delimited_rows, gridded
from custseg.io.heading import Heading, heading_of


def heading(text: str, told: str | None = None) -> Heading:
    rows = [line.split(",") for line in text.splitlines()]
    return heading_of([(i, row) for i, row in enumerate(rows, 1) if any(row)], told)


def grid(text: str) -> Grid:
    return gridded(delimited_rows(text, "a.csv"), "a.csv")


def test_groups_stand_over_names_that_are_merged_with_nothing() -> None:
    found = heading(
        "订单报表 2026-11-01 至 2026-11-30,,,,,\n"
        "订单编号,付款时间,买家信息,,商品信息,,实付金额\n"
        ",,昵称,手机号,商品名称,数量,\n"
        "1,2026-11-01,小李,13800138000,茶,2,5\n"
    )
    assert found.rows == (2, 3)
    assert found.names == (
        *("订单编号", "付款时间", "买家 昵称", "手机号", "商品名称", "数量", "实付金额"),
    )
    assert not found.others


def test_a_name_that_stands_twice_has_its_group() -> None:
    found = heading(
        "订单信息,,买家信息,,收货人信息,\n订单编号,付款时间,姓名,手机,姓名,手机\n1,,a,,b,\n"
    )
    assert found.names[2:] == ("买家 姓名", "买家 手机", "收货人 姓名", "收货人 手机")
    english = heading("Order,,Customer,,Amount\nID,Date,Name,Email,\n1,,Ann,,5\n")
    assert english.names == ("Order ID", "Order Date", "Customer Name", "Email", "Amount")


def test_a_cell_that_is_merged_may_stand_in_both_rows() -> None:
    found = heading("订单编号,买家信息,,金额,\n订单编号,昵称,手机号,应收,实付\n1,小李,,5,5\n")
    assert found.names == ("订单编号", "买家 昵称", "手机号", "应收", "实付")


@pytest.mark.parametrize(
    "text",
    [
        "客户,,状态,备注\n小李,某某,已付款,\n",
        "order_id,,total,note\n1,x,5,\n",
        "客户,时间,金额\n,2026-01-01,5\n",
    ],
)
def test_a_first_row_with_gaps_is_none_of_the_header(text: str) -> None:
    assert heading(text).rows == (1,)


@pytest.mark.parametrize(
    "title",
    ["Report of Shop A,,,", "Exported:,2026-07-01,,", "店铺,某某,,", "导出时间：今天,第一页,,"],
)
def test_titles_are_no_groups(title: str) -> None:
    found = grid(f"{title}\ncustomer,date,amount,note\na,2026-01-01,5,x\n")
    assert (found.heading.rows, [row.why for row in found.aside]) == ((2,), ["title"])


def test_two_rows_may_say_no_more_than_the_upper() -> None:
    found = heading("客户,电话,,金额\n,早上,晚上,\n甲,1,2,3\n")
    assert (found.said, found.others) == ("1-2", ())


def test_two_tables_in_one_sheet_are_asked_about() -> None:
    found = heading("客户,金额\n甲,3\n\n订单编号,付款时间\n1,2026-01-01\n")
    assert (found.said, found.others) == ("1", ("4",))
    more = heading("客户,订单数\n甲,3\n\n客户,订单编号,付款时间,金额\n甲,1,2026-01-01,2\n")
    assert (more.said, more.others) == ("4", ())
    three = heading(
        "客户,订单编号,金额\n甲,3,4\n\n客户,订单编号,付款时间,金额\n甲,1,2026-01-01,2\n"
    )
    assert (three.said, three.others) == ("4", ("1",))
    again = heading("客户,金额\n甲,3\n客户,金额\n乙,4\n")
    assert (again.said, again.others) == ("1", ())


def test_a_header_in_two_languages_is_one() -> None:
    both = "订单编号,客户编号,下单时间,金额\nOrder ID,Customer ID,Order Date,Amount\n"
    found = grid(f"{both}1,a,2026-01-02,5\n")
    assert (found.heading.rows, found.heading.others, found.numbers) == ((1,), (), [3])
    assert [row.why for row in found.aside] == ["header"]


def test_somebody_may_say_where_it_is() -> None:
    text = "a,,b,\nc,d,e,f\n1,2,3,4\n"
    assert heading(text, "2").names == ("c", "d", "e", "f")
    assert heading(text, "1-2").rows == (1, 2)
    for wrong in ("7", "2-1", "2-2", "x", ""):
        with pytest.raises(ConfigError, match="one of 1, 2, 3"):
            heading(text, wrong)


def test_words_that_nobody_knows_are_found_by_their_width() -> None:
    assert heading("Bericht,,\nKunde,Tag,Summe\nA,B,C\n").rows == (2,)
