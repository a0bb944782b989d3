import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from custseg.errors import NotEnoughDataError
from custseg.measures import MonotoneMap, Tally, monotone_map

rows = st.lists(st.tuples(st.integers(-20, 20).map(float), st.booleans()), min_size=1)
leasts = st.integers(1, 9)


def tally(some):
    score = np.array([score for score, _ in some], dtype=float)
    return Tally.of(score, np.array([case for _, case in some], dtype=bool))


def greedy(counted, least):
    """Groups of neighbouring scores, made one after the other."""
    groups, now = [], []
    for row in zip(counted.score, counted.cases, counted.size, strict=True):
        now.append(row)
        if sum(size for _, _, size in now) >= least:
            groups.append(now)
            now = []
    if now and groups:
        groups[-1] += now
    return groups or [now]


@given(rows, leasts)
def test_the_knots_are_those_of_isotonic_regression(some, least):
    counted = tally(some)
    groups = greedy(counted, least)
    size = np.array([sum(n for _, _, n in group) for group in groups], dtype=float)
    cases = np.array([sum(c for _, c, _ in group) for group in groups])
    fit = isotonic_regression((cases + counted.rate) / (size + 1), weights=size)
    found = monotone_map(counted, least=least)
    expected = fit.x[fit.blocks[:-1]]
    # blocks of equal height that touch are one knot here
    assert found.chances == pytest.approx(tuple(np.unique(expected.round(12))), abs=1e-9)


@given(rows, leasts, st.lists(st.floats(-1e9, 1e9), min_size=2))
def test_a_map_never_falls_and_stays_between_0_and_1(some, least, asked):
    made = monotone_map(tally(some), least=least)
    answers = made.of(np.sort(asked))
    assert (np.diff(answers) >= 0).all()
    rate = tally(some).rate
    low, high = min(rate, 1e-9), max(rate, 1 - 1e-9)
    assert (answers >= low).all()
    assert (answers <= high).all()


@given(rows, leasts)
def test_all_together_it_says_about_what_happened(some, least):
    counted = tally(some)
    said = (counted.size * monotone_map(counted, least=least).of(counted.score)).sum()
    assert abs(said - counted.happened) <= counted.rows


def test_many_rows_are_grouped():
    chance = np.random.default_rng(3)
    score = chance.random(100_000)
    made = monotone_map(Tally.of(score, chance.random(100_000) < score))
    assert len(made.scores) <= 400
    assert np.abs(made.of(np.array([0.1, 0.5, 0.9])) - [0.1, 0.5, 0.9]).max() < 0.02


def test_endless_scores_are_the_highest():
    made = monotone_map(Tally.of(np.array([1.0, np.inf, np.inf]), np.array([False, True, True])))
    assert made.of(np.array([np.inf, np.nan]))[0] == pytest.approx(2 / 3)
    assert np.isnan(made.of(np.array([np.nan]))[0])


def test_nobody_teaches_nothing():
    with pytest.raises(NotEnoughDataError, match="nobody is known"):
        monotone_map(tally([]))


def test_a_map_is_a_value():
    assert MonotoneMap((1, 2), (0.5, 0.6), 9, 5) == MonotoneMap((1.0, 2.0), (0.5, 0.6), 9, 5)


def test_pools_are_those_of_scikit_learn():
    """Its own regression on the shares that are held towards that of all."""
    isotonic = pytest.importorskip("sklearn.isotonic")
    chance = np.random.default_rng(6)
    score = np.round(chance.normal(50, 10, 400))
    came = chance.random(400) < 1 / (1 + np.exp((55 - score) / 6))
    held = Tally.of(score, came)
    shares = (held.cases + held.rate) / (held.size + 1)
    model = isotonic.IsotonicRegression().fit(held.score, shares, sample_weight=held.size)
    steps = dict.fromkeys(model.predict(held.score).round(12).tolist())
    assert np.round(monotone_map(held, least=1).chances, 12).tolist() == list(steps)
