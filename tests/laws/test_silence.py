"""What is true of the silences that models of buying tell, whatever the model and customers."""

from itertools import pairwise

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from anybuying import BG, CHANCES, IN_TIME, MBG, PARETO, customers, givers
from custseg.lifetime import MBGCNBDModel

CHANCE = st.sampled_from([0.1, 0.5, 0.9, 0.99]) | st.floats(0.01, 0.99)
HORIZONS = st.sampled_from([1.0, 30.0, 365.0]) | st.floats(0.1, 1000)
EXACT = {"rtol": 1e-9, "atol": 1e-11}


def after(rows, silence):
    """The same customers after a silence since the last purchase."""
    return [{**row, "T": row["recency"] + quiet} for row, quiet in zip(rows, silence, strict=True)]


def usable(silence):
    """Silences that a float can hold beside the age of a customer."""
    return bool((np.isfinite(silence) & (silence < 1e9)).all())


@given(IN_TIME, customers(), CHANCE, HORIZONS)
def test_at_that_silence_the_chance_is_as_said(model, rows, probability, horizon):
    silence = model.silence_until(rows, probability=probability, horizon=horizon)
    assume(usable(silence))
    chance = model.p_no_purchase(after(rows, silence), horizon=horizon)
    reached = silence > 1e-6  # less is lost in the sum with the age
    np.testing.assert_allclose(chance[reached], probability, rtol=1e-7)
    if not (isinstance(model, MBGCNBDModel) and model.k > 1):
        assert (chance[~reached] >= probability * (1 - 1e-6)).all()
    later = model.p_no_purchase(after(rows, 1.01 * silence + 1.0), horizon=horizon)
    assert (later >= probability * (1 - 1e-9)).all()


@given(BG | MBG | PARETO, customers(), CHANCE, HORIZONS)
def test_a_shorter_horizon_is_silent_sooner(model, rows, probability, horizon):
    times = (0.0, horizon / 3, horizon, 2.0 * horizon, None)
    found = [model.silence_until(rows, probability=probability, horizon=time) for time in times]
    assert (found[0] == 0).all()
    for short, long in pairwise(found):
        assert (short <= long * (1 + 1e-9)).all()


@given(IN_TIME, customers(), CHANCE, HORIZONS)
def test_silences_stay_as_they_are_until_the_next_purchase(model, rows, chance, horizon):
    later = after(rows, np.full(len(rows), 1234.5))
    for ask in (
        lambda some: model.silence_quantile(some, share=chance),
        lambda some: model.silence_until(some, probability=chance, horizon=horizon),
    ):
        assert ask(rows).tolist() == ask(later).tolist()
        alone = [ask([row])[0] for row in rows]
        assert ask(rows).tolist() == alone


@given(BG | MBG | PARETO, customers(), CHANCE)
def test_gaps_are_those_of_customers_who_stay(model, rows, share):
    """The share of gaps beyond a silence is the chance of no stage at the customer's rate."""
    gap = model.silence_quantile(rows, share=share)
    assume(usable(gap))
    x, last = (np.array([row[name] for row in rows]) for name in ("frequency", "recency"))
    scale = model.alpha + last
    beyond = (scale / (scale + gap)) ** (model.r + x)
    np.testing.assert_allclose(beyond, share, **EXACT)


@given(MBG, customers(), CHANCE, st.integers(2, 5))
def test_regular_gaps_are_those_of_their_stages(model, rows, share, k):
    """The chance of fewer than k stages is a sum; the quantile is SciPy's inverse of it."""
    regular = MBGCNBDModel(fitting=model.fitting, k=k, **model.params)
    gap = regular.silence_quantile(rows, share=share)
    assume(usable(gap))
    x, last = (np.array([row[name] for row in rows]) for name in ("frequency", "recency"))
    scale, rho = model.alpha + last, model.r + k * x
    left = scale / (scale + gap)
    term = left**rho
    beyond = term.copy()
    for j in range(1, k):
        term = term * (rho + j - 1) / j * (gap / (scale + gap))
        beyond += term
    np.testing.assert_allclose(beyond, share, rtol=1e-8)


@given(CHANCES, givers(), st.floats(0.05, 0.95), st.integers(1, 5))
def test_set_chances_are_told_whole(model, rows, probability, horizon):
    gap = model.silence_quantile(rows, share=probability)
    assert (gap == np.floor(gap)).all()
    quiet = model.silence_until(rows, probability=probability, horizon=horizon)
    near = quiet < 50
    some = [row for row, take in zip(rows, near, strict=True) if take]
    chance = model.p_no_purchase(after(some, quiet[near]), horizon=horizon)
    assert (chance >= probability - 1e-12).all()
    sooner = [n for n, silence in enumerate(quiet[near]) if silence >= 1]
    before = model.p_no_purchase(
        after([some[n] for n in sooner], quiet[near][sooner] - 1), horizon=horizon
    )
    assert (before < probability + 1e-12).all()
