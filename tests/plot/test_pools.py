import pytest

from anysea import NOW, ago, customer
from custseg.allocate import NoDeal, NoFollowUp, Pool
from custseg.errors import ConfigError, MissingColumnError
from custseg.plot import pool_forecast

SEA = Pool(clocks=[NoFollowUp(30), NoDeal(90)])
ROWS = [
    customer(customer_id=n, last_follow_up=ago(days), received_at=ago(got), tier=tier)
    for n, (days, got, tier) in enumerate(
        [(40, 60, "low"), (30, 60, "high"), (0, 90, None), (28, 60, "low"), (0, 0, "low")]
    )
]


def bars(ax):
    return {group.get_label(): [bar.get_height() for bar in group] for group in ax.containers}


def test_bars_are_who_returns_on_each_day_by_what_returns_them():
    ax = pool_forecast(SEA.simulate(ROWS, NOW, days=4))
    assert bars(ax) == {"no follow-up": [1, 1, 0, 1, 0], "no deal": [0, 1, 0, 0, 0]}
    assert ax.texts[-1].get_text().endswith("4 customers, 1 of them due already")
    tops = [bar.get_y() + bar.get_height() for bar in ax.containers[1]]
    assert tops == [1, 2, 0, 1, 0]


def test_stacked_by_a_column_of_the_customers():
    ax = pool_forecast(SEA.simulate(ROWS, NOW, days=4), by="tier", locale="zh")
    assert {name: sum(many) for name, many in bars(ax).items()} == {
        "低级客户": 2,
        "高级客户": 1,
        "未知": 1,
    }
    assert ax.get_title(loc="left") == "将回收进公海的客户"


def test_of_many_words_the_largest_are_shown_and_the_others_together():
    rows = [
        customer(customer_id=k * 10 + n, owner=f"R_{k}", last_follow_up=ago(31))
        for k in range(1, 9)
        for n in range(k)
    ]
    found = bars(pool_forecast(SEA.simulate(rows, NOW, days=1), by="owner"))
    assert {name: sum(many) for name, many in found.items()} == {
        **{f"R_{k}": k for k in range(4, 9)},
        "3 others": 6,
    }


@pytest.mark.parametrize(("days", "size"), [(0, 1), (91, 92), (92, 14), (97, 14), (98, 15)])
def test_a_bar_is_a_day_or_beyond_a_quarter_a_week(days, size):
    soon = SEA.simulate(ROWS, NOW, days=days)
    ax = pool_forecast(soon)
    assert {len(many) for many in bars(ax).values()} == {size}
    assert sum(map(sum, bars(ax).values())) == soon.rows.size
    note = ax.texts[-1].get_text().replace("\n", " ")
    assert ("a bar is 7 days" in note) == (days > 91)


@pytest.mark.parametrize(("overdue", "cut"), [(3, False), (4, True)])
def test_who_is_due_already_does_not_dwarf_the_days_to_come(overdue, cut):
    gone = [customer(customer_id=n, last_follow_up=ago(40)) for n in range(overdue)]
    rows = [*gone, customer(customer_id=99, last_follow_up=ago(20))]
    ax = pool_forecast(Pool(clocks=[NoFollowUp(30)]).simulate(rows, NOW))
    assert bool(ax.get_ylim()[1] == 3) is cut
    assert ("\u2191 4" in [text.get_text() for text in ax.texts]) is cut
    alone = pool_forecast(Pool(clocks=[NoFollowUp(30)]).simulate(gone, NOW))
    assert alone.get_ylim()[1] > overdue


def test_nobody_returns():
    assert not pool_forecast(SEA.simulate([], NOW)).containers


def test_what_is_not_there_is_refused():
    with pytest.raises(MissingColumnError, match="colour"):
        pool_forecast(SEA.simulate(ROWS, NOW), by="colour")
    with pytest.raises(ConfigError, match="locale"):
        pool_forecast(SEA.simulate(ROWS, NOW), locale="tlh")
