import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.plot import value_distribution
from custseg.plot.classes import Classes
from custseg.plot.distribution import Bars, _short
from custseg.tiering import Cuts, GroupCuts, NaturalBreaks, Thresholds, TierPlan

THREE = Cuts((100.0, 1000.0))
PAID = [0.0, -5.0, 20.0, 100.0, 100.0, 999.0, 1000.0, 90_000.0]


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_classes_have_their_customers():
    assert legend(value_distribution(np.array(PAID), THREE)) == [
        "low 3 (38 %)",
        "medium 3 (38 %)",
        "high 2 (25 %)",
    ]


def test_a_table_and_a_plan_say_which_column():
    plan = TierPlan(Thresholds((100.0, 1000.0)), value="paid").fit([])
    rows = [{"paid": value} for value in [*PAID, None]]
    ax = value_distribution(rows, plan)
    assert legend(ax) == legend(value_distribution(np.array(PAID), THREE))
    assert ax.get_xlabel() == "paid"
    assert "8 with a value, 1 without" in ax.texts[-1].get_text()


def test_what_has_no_logarithm_stands_apart():
    ax = value_distribution(np.array(PAID), THREE)
    words = [tick.get_text() for tick in ax.get_xticklabels()]
    assert words[:2] == ["0", "below 0"]
    heights = sorted((bar.get_x(), bar.get_height()) for bar in ax.patches)
    assert [height for _, height in heights[:2]] == [1, 1]


def test_a_narrow_column_has_a_straight_scale():
    ax = value_distribution(np.arange(-50.0, 51.0), Cuts((0.0,)))
    assert "below 0" not in [tick.get_text() for tick in ax.get_xticklabels()]


@given(
    st.lists(st.sampled_from([-1.0, 0.0, 1.0, 5.0, 10.0, 99.0, 100.0, 1e6]), min_size=1),
    st.lists(st.sampled_from([-1.0, 0.0, 1.0, 5.0, 10.0, 100.0, 1e6]), max_size=3).map(sorted),
    st.sampled_from(["left", "right"]),
)
def test_every_customer_is_in_one_bar_and_no_bar_reaches_over_a_cut(values, points, closed):
    found = Classes.of(np.array(values), Cuts(tuple(points), closed), None)
    bars = Bars.of(found)
    apart = found.at[bars.apart[0] | bars.apart[1]]
    place = np.log10 if bars.logs else np.asarray
    cuts = place([point for point in points if not bars.logs or point > 0])
    for code, size in enumerate(found.sizes.tolist()):
        edges, counts = bars.counted(found, code)
        assert counts.sum() + (apart == code).sum() == size
        inside = (edges[0] < cuts) & (cuts < edges[-1])
        assert not (inside.any() and counts.any())


def test_bars_hold_every_customer():
    draw = np.random.default_rng(3)
    values = np.round(np.exp(draw.normal(4, 1.5, 5000)), 2)
    ax = value_distribution(values, NaturalBreaks(3).breaks(values).cuts)
    assert sum(bar.get_height() for bar in ax.patches) == pytest.approx(5000, rel=0.01)


@pytest.mark.parametrize("values", [[], [np.nan], [5.0], [0.0], [-3.0], [7.0, 7.0]])
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_nobody_and_one(values, locale):
    ax = value_distribution(np.array(values), THREE, locale=locale)
    ax.figure.canvas.draw()
    known = [value for value in values if not np.isnan(value)]
    assert sum(bar.get_height() for bar in ax.patches) == len(known)
    if not known:
        assert ax.texts[-1].get_text() in {"nobody has a value", "没有客户有值"}


def test_in_chinese():
    ax = value_distribution(np.array(PAID), THREE, locale="zh")
    assert ax.get_title(loc="left") == "价值分布"
    assert legend(ax)[0] == "低级客户 3 (38 %)"


def test_without_cuts_there_are_no_classes():
    assert value_distribution(np.array(PAID)).get_legend() is None


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ConfigError, match="value: give the name of the column"):
        value_distribution([{"paid": 1}], THREE)
    with pytest.raises(MissingColumnError, match="revenue"):
        value_distribution([{"paid": 1}], THREE, value="revenue")
    with pytest.raises(DataError, match="endless"):
        value_distribution(np.array([1.0, np.inf]))
    with pytest.raises(ConfigError, match="one group at a time"):
        value_distribution(np.array([1.0]), GroupCuts("trade", {}, THREE))
    with pytest.raises(ConfigError, match="must be Cuts or a fitted model"):
        value_distribution(np.array([1.0]), Thresholds((1.0,)))


def test_numbers_are_short():
    assert [_short(x) for x in (0.1, 1e6, 372.35)] == ["0.1", "1,000,000", "372.35"]
