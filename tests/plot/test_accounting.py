import numpy as np
import pytest

from custseg.classify import (
    FixedDays,
    Lifecycle,
    growth_accounting,
    period_ends,
    revenue_asof,
    states_asof,
)
from custseg.errors import ConfigError
from custseg.plot import growth


@pytest.fixture(scope="module")
def accounting(cdnow):
    days = period_ends("1997-03-31", "1998-06-30", unit="quarter")
    grid = states_asof(cdnow, days, Lifecycle(FixedDays(dormant_after=90)).fit([]))
    return growth_accounting(grid, value=revenue_asof(cdnow, grid))


def bars(ax):
    return {group.get_label(): [bar.get_height() for bar in group] for group in ax.containers}


def test_bars_are_customers_won_and_lost(accounting):
    assert bars(growth(accounting)) == {
        "new": accounting.new.tolist(),
        "won back": [0, 198, 200, 189, 130],
        "lost": [-1836, -310, -209, -205, -215],
    }


def test_bars_and_the_dot_of_what_is_left_over_keep_the_account(accounting):
    ax = growth(accounting)
    net = ax.lines[0].get_ydata()
    assert net.tolist() == (accounting.end - accounting.start).tolist()


def test_parts_in_money_stand_on_one_another(accounting):
    ax = growth(accounting, money=True)
    drawn = bars(ax)
    assert list(drawn) == ["new", "won back", "expansion", "lost", "contraction"]
    money = accounting.money
    assert np.allclose(ax.lines[0].get_ydata(), money.end - money.start)
    above = [bar.get_y() for bar in ax.containers[2]]
    assert np.allclose(above, money.new + money.resurrected)
    below = [bar.get_y() for bar in ax.containers[4]]
    assert np.allclose(below, -money.churned)


@pytest.mark.parametrize(
    ("locale", "names"),
    [("en", ["new", "won back", "lost", "net"]), ("zh", ["新增", "唤回", "流失", "净增"])],
)
def test_the_legend_is_in_order(accounting, locale, names):
    legend = growth(accounting, locale=locale).get_legend()
    assert [text.get_text() for text in legend.get_texts()] == names


def test_money_must_be_given(grid):
    with pytest.raises(ConfigError, match=r"money: there is none; give growth_accounting\(value"):
        growth(growth_accounting(grid), money=True)
