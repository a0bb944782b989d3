from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.tiering import Cuts, Learnt

money = st.none() | st.decimals(-500, 5000, places=2).map(float)


@given(st.lists(money, max_size=30), st.randoms())
def test_counts_and_sums_have_no_order_and_leave_nobody_out(values, rng):
    cuts = Cuts((10.0, 100.0))
    given_ = np.array(values, dtype=float)
    learnt = cuts.counted(given_).learnt
    rng.shuffle(values)
    assert cuts.counted(np.array(values, dtype=float)).learnt == learnt
    assert learnt.rows == len(values) == learnt.missing + sum(learnt.counts)
    known = given_[~np.isnan(given_)]
    np.testing.assert_allclose(sum(learnt.sums), known.sum(), atol=1e-6)
    np.testing.assert_allclose(learnt.refunds, known[known < 0].sum(), atol=1e-6)


def test_shares_are_unknown_where_there_is_nothing_to_share():
    learnt = Cuts((1.0,)).counted(np.array([])).learnt
    assert np.isnan(learnt.shares).all()
    assert "-" in learnt.cells()[0]
    refunded = Cuts((1.0,)).counted(np.array([-5.0, 2.0])).learnt
    assert np.isnan(refunded.value_shares).all()
    assert refunded.shares == (0.5, 0.5)


def test_weights_stand_for_customers():
    learnt = Cuts((10.0,)).counted(np.array([5.0, 20.0, np.nan]), np.array([3.0, 2.0, 9.0])).learnt
    assert learnt.counts == (3.0, 2.0)
    assert learnt.sums == (15.0, 40.0)


def test_it_comes_back_from_json_with_its_day():
    cuts = Cuts((1.0,), learnt=Learnt(9, 2, as_of=date(2026, 6, 30), fallback=True))
    assert cs.load(cs.dump(cuts)).learnt == cuts.learnt
    assert "as of 2026-06-30" in cuts.text()
    assert "too few customers" in cuts.text()
    assert "截至 2026-06-30" in cuts.text("zh")
