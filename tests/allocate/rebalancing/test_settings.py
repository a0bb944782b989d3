import pytest

from custseg.allocate import Budget, Phases, Rebalancing, WorkCalendar
from custseg.errors import ConfigError


def test_a_budget_is_a_share_a_count_or_an_amount():
    assert Budget(share=0.1).limit(moveable=50.0) == 5.0
    assert Budget(count=7).limit(moveable=50.0) == 7.0
    assert Budget(amount=1e6, value="revenue").limit(moveable=50.0) == 1e6
    assert Budget(share=0.1, value="revenue").limit(moveable=1000.0) == 100.0


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"share": 0.1, "count": 3},
        {"share": 1.5},
        {"count": -1},
        {"amount": 5.0},
        {"count": 5, "value": "revenue"},
    ],
)
def test_a_budget_that_says_nothing_is_refused(wrong):
    with pytest.raises(ConfigError):
        Budget(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"count": 0}, {"every": 0}, {"amount": 5.0}, {"value": "revenue"}]
)
def test_phases_on_which_nothing_moves_are_refused(wrong):
    with pytest.raises(ConfigError):
        Phases(**wrong)


def test_days_off_are_left_out():
    friday = 20_637.0  # 2026-07-03
    assert Phases().days(friday, 3) == [20637, 20638, 20639]
    assert Phases(every=7).days(friday, 2) == [20637, 20644]
    assert Phases(calendar=WorkCalendar()).days(friday, 2) == [20637, 20640]


def test_negative_settings_are_refused():
    with pytest.raises(ConfigError):
        Rebalancing(least_gain=-0.1)
    with pytest.raises(ConfigError):
        Rebalancing(settled=-1)
    with pytest.raises(ConfigError):
        Rebalancing(weights=(1.0,))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Rebalancing(least_gain=float("nan")),
        lambda: Rebalancing(weights=(-1.0,) * 7),
        lambda: Budget(count=2.5),
        lambda: Phases(count=0.5),
        lambda: Phases(count=1, every=0.5),
    ],
    ids=["gain", "weights", "count", "a day", "every"],
)
def test_numbers_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ConfigError):
        wrong()
