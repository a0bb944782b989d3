"""Rows that are none of a table, and what is not lost of them."""

import pytest

from custseg.io.gridding import Grid, delimited_rows, gridded
from custseg.io.setting_aside import says_total


def grid(text: str) -> Grid:
    return gridded(delimited_rows(text, "a.csv"), "a.csv")


HEAD = "order_id,customer_id,order_date,amount,note\n1,a,2026-01-01,5,x\n2,b,2026-01-02,6,\n"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("合计,,,11,", "total"),
        ("合计：2 笔,,,11,", "total"),
        ("合计（2笔）,,,11,", "total"),
        (",,共计 2 单,11,", "total"),
        ("Total (2 orders),,,11,", "total"),
        ("Grand Total:,,,11,", "total"),
        (",,,11,总计", "total"),
        ("制表人：张三,,审核：李四,,", "footer"),
        ("printed on Monday,,,,", "footer"),
        ("笔数：2,,合计,11,9", "total"),
        ("3,Total Wine,,7,", ""),
        ("3,c,2026-01-03,7,", ""),
        ("3,,,7,", ""),
    ],
)
def test_what_stands_at_the_end(line: str, why: str) -> None:
    found = grid(f"{HEAD}{line}\n,,,,\n")
    assert [row.why for row in found.aside] == [why] * bool(why)
    assert len(found.numbers) == 2 + (not why)


def test_totals_of_pages_and_headers_of_pages() -> None:
    found = grid(f"{HEAD}小计,,,11,\n{HEAD}合计,,,22,\n")
    assert [(row.line, row.why) for row in found.aside] == [
        (4, "total"),
        (5, "header"),
        (8, "total"),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Subtotal January,,,11,", "total"),
        ("1月合计,,,11,", "total"),
        ("小计（华东）,,,11,", "total"),
        ("North total,,,11,", "total"),
        ("Total Wine,,,abc,", ""),
        ("合计文化传媒,a,2026-01-02,11,x", ""),
        ("----,-----,------,-----,---", None),
    ],
)
def test_totals_of_parts_of_a_table(line: str, why: str | None) -> None:
    found = grid(f"{HEAD}{line}\n9,z,2026-01-09,7,x\n")
    assert [row.why for row in found.aside] == [why] * bool(why)
    assert len(found.numbers) == 3 + (why == "")


@pytest.mark.parametrize("line", ["第 1 页 / 共 3 页,,,,", "Page 1 of 3,,,,", "第1页,,,,"])
def test_lines_between_pages(line: str) -> None:
    found = grid(f"{HEAD}{line}\n9,z,2026-01-09,7,x\n")
    assert [row.why for row in found.aside] == ["footer"]
    assert len(grid(f"{HEAD}第三页书店,,,,\n9,z,2026-01-09,7,x\n").numbers) == 4


def test_a_row_that_explains_the_columns_is_of_the_header() -> None:
    found = grid("客户编号,客户名称,注册时间\n必填，唯一,选填,格式：2026-01-01\nC1,甲,2025-01-01\n")
    assert ([row.why for row in found.aside], found.numbers) == (["header"], [3])
    units = grid("order_id,order_date,total\n,yyyy-mm-dd,\n1,2026-01-02,5\n")
    assert units.numbers == [3]
    assert grid("order_id,note\n1,format\n2,x\n3,y\n").numbers == [2, 3, 4]


def test_both_rows_of_a_header_may_come_again() -> None:
    head = "订单编号,买家信息,,实付金额\n,昵称,手机号,\n"
    found = grid(f"{head}1,甲,,5\n{head}2,乙,,6\n")
    assert [row.why for row in found.aside] == ["header", "header"]
    assert found.columns["实付金额"] == ["5", "6"]


def test_a_last_column_that_most_rows_fill_needs_no_name() -> None:
    found = grid("order_id,total,\n1,5,x\n2,6,y\n3,7,\n")
    assert found.columns["column 3"] == ["x", "y", ""]
    assert not found.aside


def test_cells_stay_below_their_columns_where_empty_ones_are_left_out() -> None:
    found = grid(",order_id,,customer,amount\n,1,,a,5\n,合计,,,5\n")
    assert list(found.columns) == ["order_id", "customer", "amount"]
    assert found.aside[0].cells == ("合计", "", "5")


def test_names_that_are_numbered_stay_apart() -> None:
    found = grid("order_id,total,total,total (2)\n1,5,6,7\n")
    assert list(found.columns) == ["order_id", "total", "total (3)", "total (2)"]


def test_words_for_totals() -> None:
    assert says_total("合 计：")
    assert not says_total("Totally Tea")
