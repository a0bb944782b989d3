import datetime as dt

from matplotlib.colors import to_hex

from custseg.plot import pain_points
from custseg.plot.palette import BACK, LOST, WENT
from custseg.scoring import PainPoint, PainPoints


def found(*points):
    return PainPoints(points, (), dt.date(2026, 6, 30), 90, 12, 0, {})


def test_bars_are_points_and_colours_tell_the_trend():
    ax = pain_points(
        found(
            PainPoint("delivery", 4, 2, 3, 4.0, 1.0),
            PainPoint("price", 3, 5, 3, 4.0, 1.0),
            PainPoint("my_app", 1, None, 1, 3.0, 1.0),
        )
    )
    assert [bar.get_width() for bar in ax.patches] == [16, 12, 3]
    assert [to_hex(bar.get_facecolor()).upper() for bar in ax.patches] == [LOST, BACK, WENT]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["delivery", "price", "my app"]
    assert [text.get_text() for text in ax.texts][:3] == ["4 (before: 2)", "3 (before: 5)", "1"]


def test_in_chinese():
    ax = pain_points(found(PainPoint("invoice", 4, 4, 3, 4.0, 1.0)), locale="zh")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["发票"]
    assert ax.get_title(loc="left") == "客户抱怨最多的是什么"


def test_equals_of_the_last_are_drawn_and_nothing_is_nothing():
    many = [PainPoint(f"t{i:02}", 2, None, 1, 3.0, 1.0) for i in range(14)]
    assert len(pain_points(found(*many)).patches) == 14
    assert not pain_points(found()).patches
