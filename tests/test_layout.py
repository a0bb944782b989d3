from custseg.layout import Shade, aligned, heat, percent, plain, ranged

NAN = float("nan")


def test_columns_line_up_in_chinese_too():
    lines = aligned(("客户", "n"), (("a", "1"), ("新客户", "12"))).splitlines()
    assert lines == ["客户     n", "a        1", "新客户  12"]


def test_unknown_is_a_hyphen_and_none():
    assert percent(NAN) == ranged(NAN, NAN, NAN) == "-"
    assert plain([NAN, 1]) == [None, 1.0]


def test_heat_is_within_its_bounds():
    page = heat(("a",), [(Shade("x", 7.0), Shade("y", -1.0), Shade("z", NAN))])
    assert "0.80)" in page
    assert "0.00)" in page
    assert "<td>z</td>" in page
