"""A header and rows, whatever stands around them."""

import pytest

from custseg.errors import DataError
from custseg.io.gridding import Grid, delimited_rows, gridded, separator


def grid(text: str, header: str | None = None) -> Grid:
    return gridded(delimited_rows(text, "a.csv"), "a.csv", header)


def rows(found: Grid) -> list[list[str]]:
    return [list(found.row(i)) for i in range(len(found.numbers))]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(mark: str) -> None:
    text = f"order_id{mark}total\n" + "".join(f"{n}{mark}1.5\n" for n in range(5))
    assert separator(text) == mark


def test_commas_inside_amounts_do_not_mislead() -> None:
    text = "id;name;total\n" + "".join(f"{n};Smith, John;1.234,50\n" for n in range(9))
    assert rows(grid(text))[0] == ["0", "Smith, John", "1.234,50"]


def test_lines_above_the_header_and_totals_below_are_set_aside() -> None:
    text = (
        "某某旗舰店订单报表,,,\n导出时间:2026-07-01,,,\n"
        "订单编号,买家昵称,付款时间,实付金额\n1,甲,2026-06-01,5\n2,乙,2026-06-02,6\n"
        "合计,,,11\n共 2 条,,,\n"
    )
    found = grid(text)
    assert tuple(found.columns) == ("订单编号", "买家昵称", "付款时间", "实付金额")
    assert [row[0] for row in rows(found)] == ["1", "2"]
    assert [(row.line, row.why) for row in found.aside] == [
        (1, "title"),
        (2, "title"),
        (6, "total"),
        (7, "footer"),
    ]


def test_a_header_between_the_rows_is_set_aside() -> None:
    found = grid("order_id,total\n1,5\norder_id,total\n2,6\n")
    assert [row[0] for row in rows(found)] == ["1", "2"]
    assert found.aside[0].why == "header"


def test_rows_with_more_fields_than_the_header_are_set_aside() -> None:
    found = grid("order_id,total,note\n1,5,a\n2,6,b,c\n3,7,d,\n")
    assert [row[0] for row in rows(found)] == ["1", "3"]
    assert found.aside[0].cells == ("2", "6", "b", "c")


def test_cells_lose_what_spreadsheets_put_around_them() -> None:
    found = grid('order_id,zip,total,note\n="00123",\'0456,7\t,null\n00124,,8,--\n')
    assert rows(found) == [["00123", "0456", "7", ""], ["00124", "", "8", ""]]
    assert found.mended == {"formula": 1, "apostrophe": 1, "null": 2}


def test_short_rows_are_filled_up() -> None:
    found = grid("order_id,total,note\n1,5\n")
    assert rows(found) == [["1", "5", ""]]
    assert found.mended == {"padded": 1}


def test_columns_without_a_name_get_one_if_they_hold_something() -> None:
    found = grid("order_id,,total,total,\n1,x,5,6,\n")
    assert tuple(found.columns) == ("order_id", "column 2", "total", "total (2)")
    assert rows(found) == [["1", "x", "5", "6"]]


def test_line_ends_inside_quotes_stay() -> None:
    found = grid('order_id,address\r\n1,"a\r\nb"\r\n2,c\r\n')
    assert rows(found) == [["1", "a\r\nb"], ["2", "c"]]


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(DataError, match="is empty"):
        grid("\n \n")


def test_a_tab_before_the_comma_is_no_separator() -> None:
    text = "#orders\norder_id\t,total\t,note\t\n1\t,5\t,a\t\n2\t,6\t,b\t\n"
    assert rows(grid(text)) == [["1", "5", "a"], ["2", "6", "b"]]


@pytest.mark.parametrize("lines", [5, 40_000])
def test_a_quotation_mark_that_stays_open_is_refused(lines: int) -> None:
    text = 'order_id,total,note\n1,5,"oops\n' + "2,6,b\n" * lines
    with pytest.raises(DataError, match="in line 2"):
        grid(text)


def test_lines_in_a_cell_are_no_rows() -> None:
    note = "Hello, you\nplease call, today, or not\nand, then, so\nbye"
    found = grid(f'order_id,total,note\n1,5,"{note}"\n2,6,b\n')
    assert found.columns["note"] == [note, "b"]


def test_a_row_inside_a_cell_is_told() -> None:
    found = grid('order_id,total,note\n1,5,"x\n2,6,y"\n3,7,"two\nlines"\n')
    assert found.mended == {"row_inside": 1}


def test_wide_commas_separate_too() -> None:
    found = grid("订单编号，客户，金额\n1，甲，5\n2，乙，6\n合计，，11\n")
    assert rows(found) == [["1", "甲", "5"], ["2", "乙", "6"]]
    plain = grid("订单编号,客户,备注\n1,甲,好，很好\n2,乙,好，谢谢\n")
    assert len(plain.columns) == 3
