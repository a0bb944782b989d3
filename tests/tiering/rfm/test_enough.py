import numpy as np
import pytest

from custseg.tiering import EnoughBuyers

READ = {
    "tenure_days": np.array([10.0, 200.0, np.nan]),
    "recency": np.array([40.0, 12.0, np.nan]),
    "frequency": np.array([1.0, 3.0, np.nan]),
}


@pytest.mark.parametrize(
    ("enough", "said"),
    [
        (EnoughBuyers(2), []),
        (EnoughBuyers(3), ["rfm_few_buyers"]),
        (EnoughBuyers(2, history_days=200), []),
        (EnoughBuyers(2, history_days=201), ["rfm_short_history"]),
        (EnoughBuyers(2, active_days=12), []),
        (EnoughBuyers(2, active_days=11), ["rfm_nobody_active"]),
        (EnoughBuyers(2, orders=3), []),
        (EnoughBuyers(2, orders=4), ["rfm_few_orders"]),
        (EnoughBuyers(0, history_days=None, active_days=None, orders=None), []),
    ],
)
def test_a_limit_that_is_just_met_is_met(enough, said):
    assert [why.code for why in enough.lacking(READ, 2)] == said


def test_what_nobody_knows_is_not_enough():
    nobody = {name: np.full(2, np.nan) for name in READ}
    codes = [why.code for why in EnoughBuyers(2).lacking(nobody, 2)]
    assert codes == ["rfm_short_history", "rfm_nobody_active", "rfm_few_orders"]


def test_tenure_is_read_only_where_it_is_asked_for():
    assert EnoughBuyers(tenure="age").columns == ("age",)
    assert EnoughBuyers(history_days=None).columns == ()
