"""What is true of every model of buying, whatever its parameters and customers."""

import json
from itertools import pairwise

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

import custseg as cs
from anybuying import BG, CHANCES, IN_TIME, MBG, PARETO, REGULAR, customers, givers
from custseg.lifetime import Fitting, MBGCNBDModel, MBGNBDModel, Outlook

HORIZONS = st.sampled_from([0.5, 1.0, 30.0, 365.0]) | st.floats(0.01, 2000)
CLOSE = {"rtol": 1e-9, "atol": 1e-12}


def bounded(values):
    return bool(((values >= 0) & (values <= 1)).all())


@given(IN_TIME, customers(), HORIZONS)
def test_chances_are_chances(model, rows, horizon):
    assert bounded(model.p_alive(rows))
    assert bounded(model.p_alive(rows, after=horizon))
    assert bounded(model.p_no_purchase(rows, horizon=horizon))
    assert all(bounded(model.p_purchases(rows, n, horizon=horizon)) for n in (0, 1, 2, 7))
    assert (model.expected_purchases(rows, horizon=horizon) >= 0).all()


@given(CHANCES, givers(), st.integers(1, 9))
def test_set_chances_are_chances(model, rows, horizon):
    assert bounded(model.p_alive(rows))
    counts = [model.p_purchases(rows, n, horizon=horizon) for n in range(horizon + 1)]
    assert all(bounded(one) for one in counts)
    np.testing.assert_allclose(np.sum(counts, axis=0), 1.0, rtol=1e-12)
    mean = sum(n * one for n, one in enumerate(counts))
    np.testing.assert_allclose(model.expected_purchases(rows, horizon=horizon), mean, **CLOSE)
    assert (model.next_purchase(rows) >= 1).all()


@given(IN_TIME, customers(), st.lists(HORIZONS, min_size=2, max_size=4))
def test_who_is_silent_for_longer_is_less_likely_to_be_a_customer(model, rows, times):
    """The Erlang models rise at first for regular buyers, whose next purchase is not yet due."""
    assume(getattr(model, "stages", 1) == 1)
    alive = [model.p_alive(rows, after=time) for time in (0.0, *sorted(times))]
    assert all((later <= earlier * (1 + 1e-12)).all() for earlier, later in pairwise(alive))


@given(IN_TIME, customers(), HORIZONS, HORIZONS)
def test_nothing_is_bought_in_no_time_and_parts_add_up(model, rows, one, two):
    near, far = sorted((one, two))
    assert (model.expected_purchases(rows, horizon=0) == 0).all()
    assert (model.p_no_purchase(rows, horizon=0) == 1).all()
    first = model.expected_purchases(rows, horizon=near)
    second = model.expected_purchases(rows, horizon=far, start=near)
    whole = model.expected_purchases(rows, horizon=far)
    assert (second >= -1e-12 * whole).all()
    np.testing.assert_allclose(first + second, whole, **CLOSE)
    less = model.p_no_purchase(rows, horizon=far) - model.p_no_purchase(rows, horizon=near)
    assert (less <= 1e-12).all()


@given(BG | MBG | PARETO, customers())
def test_a_short_time_brings_purchases_at_the_rate_of_who_is_there(model, rows):
    """The form without cancellation: exact where the time is a millionth of a day."""
    x = np.array([row["frequency"] for row in rows])
    age = np.array([row["T"] for row in rows])
    rate = model.p_alive(rows) * (model.r + x) / (model.alpha + age)
    clock = min(model.alpha, getattr(model, "beta", np.inf))  # whoever leaves does so by its own
    tiny = 1e-9 * float((clock + age).min())
    found = model.expected_purchases(rows, horizon=tiny)
    np.testing.assert_allclose(found, rate * tiny, rtol=1e-6, atol=1e-300)


@given(BG | MBG | REGULAR | PARETO, customers(most=3))
def test_counts_say_the_same_as_their_mean(model, rows):
    horizon = 0.5 * model.alpha / model.r
    counts = [model.p_purchases(rows, n, horizon=horizon) for n in range(200)]
    assume(counts[-1].max() < 1e-15)  # what is left out adds less than the last digits below
    np.testing.assert_allclose(np.sum(counts, axis=0), 1.0, rtol=1e-9)
    np.testing.assert_allclose(counts[0], model.p_no_purchase(rows, horizon=horizon), **CLOSE)
    mean = sum(n * one for n, one in enumerate(counts))
    expected = model.expected_purchases(rows, horizon=horizon)
    np.testing.assert_allclose(mean, expected, rtol=1e-7, atol=1e-10)


@given(MBG, customers(), HORIZONS)
def test_one_stage_is_random_buying(model, rows, horizon):
    same = MBGCNBDModel(k=1, **{"fitting": Fitting(0.0, 1.0), **model.params})
    assert isinstance(model, MBGNBDModel)
    for ask in ("p_no_purchase", "expected_purchases"):
        one, other = (getattr(m, ask)(rows, horizon=horizon) for m in (model, same))
        np.testing.assert_allclose(one, other, rtol=1e-12)


@given(BG | MBG | REGULAR | PARETO, customers(), st.floats(0.02, 0.98))
def test_the_next_purchase_is_where_the_chance_says(model, rows, share):
    time = model.next_purchase(rows, probability=share)
    assume(np.isfinite(time).all() and time.max() < 1e15)
    for i, row in enumerate(rows):
        still = [{**row, "recency": row["T"]}] if row["frequency"] else [row]
        bought = 1 - model.p_no_purchase(still, horizon=float(time[i]))[0]
        ever = 1 - model.p_no_purchase(still, horizon=1e17)[0]
        if not isinstance(model, MBGCNBDModel) and row["frequency"]:
            assert abs(bought - share * ever) < 1e-5


@given(IN_TIME, customers(), HORIZONS)
def test_rows_do_not_meet(model, rows, horizon):
    """Order and company of rows change nothing, to the last bit."""
    together = Outlook(purchases=model, horizon=horizon).apply([*rows, *rows[::-1]])
    alone = [Outlook(purchases=model, horizon=horizon).one(row) for row in rows]
    assert together == [*alone, *alone[::-1]]


@given(IN_TIME | CHANCES)
def test_models_are_json(model):
    assert cs.load(json.dumps(cs.dump(model))) == model
