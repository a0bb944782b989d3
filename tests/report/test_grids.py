from custseg.layout import Shade
from custseg.report.grids import Bar, Bars, Grid, painted

BAD = '"><script>'


def test_a_table_says_the_same_as_text_and_as_a_page():
    grid = Grid(("", "n"), ((BAD, Shade("12", 0.5)), ("old", "7")), caption=BAD)
    page = grid.html()
    assert "<script>" not in page
    assert 'style="--p:0.5">12<' in page
    assert [line.split() for line in grid.lines()] == [["n"], [BAD, "12"], ["old", "7"]]


def test_bars_are_as_long_as_their_share_and_never_longer():
    bars = Bars(("", "n"), (Bar(BAD, ("1",), (("active", 2.0), ("none", 0.0)), mark=3.0),))
    page = bars.html()
    assert "<script>" not in page
    assert 'class="c-active" style="width:100.0%"' in page
    assert "left:100.0%" in page
    assert page.count("<i ") == 1


def test_bars_of_counts_name_every_class():
    lines = list(Bars.of({"potential": 1, "active": 3}, "zh").lines())
    assert [line.split() for line in lines[1:]] == [
        ["潜在客户", "1", "25.0%"],
        ["活跃客户", "3", "75.0%"],
    ]
    assert list(Bars.of({}, "en").lines()) == ["  customers  share"]


def test_only_known_codes_have_a_class_of_their_own():
    assert painted("dormant") == "c-dormant"
    assert painted('x" style="') == "c-any"
