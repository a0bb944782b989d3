import numpy as np
import pytest

from custseg.lifetime import BGNBDModel, Fitting
from custseg.plot import Tracking, expected_actual
from custseg.plot.palette import FORESEEN, SEEN


@pytest.fixture(scope="module")
def found(cdnow):
    model = BGNBDModel(fitting=Fitting(-9582.4, 2357), r=0.243, alpha=4.414, a=0.793, b=2.426)
    return Tracking.of(model, cdnow.split(at="1997-09-30"), unit="week")


def lines(ax):
    return {line.get_label(): line for line in ax.lines if not line.get_label().startswith("_")}


def test_lines_so_far(found):
    drawn = lines(expected_actual(found))
    assert drawn["actual"].get_ydata().tolist() == np.cumsum(found.actual).tolist()
    assert np.allclose(drawn["expected"].get_ydata(), np.cumsum(found.expected))
    assert (drawn["actual"].get_color(), drawn["expected"].get_color()) == (SEEN, FORESEEN)


def test_lines_by_week(found):
    drawn = lines(expected_actual(found, weekly=True))
    assert drawn["actual"].get_ydata().tolist() == found.actual.tolist()


def test_the_day_of_division_is_marked(found):
    ax = expected_actual(found)
    (rule,) = (line for line in ax.lines if line.get_label().startswith("_"))
    assert set(rule.get_xdata()) == {found.ends[38]}
    assert [text.get_text() for text in ax.texts][:2] == ["← learned", "foreseen →"]


def test_lines_are_named_at_their_ends(found):
    texts = [text.get_text() for text in expected_actual(found).texts]
    assert texts[2:4] == [f"expected {found.expected.sum():,.0f}", "actual 4,339"]
    assert texts[-1] == "2,357 customers; foreseen against what came: \N{MINUS SIGN}11 %"


def test_in_chinese(found):
    ax = expected_actual(found, weekly=True, locale="zh")
    assert ax.get_title(loc="left") == "每周复购次数"
    assert lines(ax).keys() == {"实际", "预期"}
