import tracemalloc
from itertools import product

import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.lifetime import BGBBModel, Fitting, Terms, lifetime_value, outcome_interval

NOBODY = Fitting(0.0, 1.0)
DONORS = BGBBModel(fitting=NOBODY, alpha=1.204, beta=0.75, gamma=0.657, delta=2.783)
RARE = BGBBModel(fitting=NOBODY, alpha=0.1, beta=2.0, gamma=0.05, delta=0.4)
ROWS = [
    {"frequency": x, "recency": t, "T": n}
    for x, t, n in ((0, 0, 0), (0, 0, 6), (2, 4, 6), (6, 6, 6), (1, 1, 40))
]
EACH = pytest.mark.parametrize("model", [DONORS, RARE], ids=["donors", "rare"])


def ever(model, x, t, n):
    """The chance to buy at all in all future, term by term; what is left falls like a power."""
    from scipy.special import betaln

    a, b, c, d = model.alpha + x, model.beta + n - x, model.gamma, model.delta + n
    ahead = np.arange(100_000.0)
    terms = betaln(a + 1, b + ahead) - betaln(a, b) + betaln(c, d + ahead + 1) - betaln(c, d)
    first = np.exp(terms)
    left = float(first[-1] * (len(ahead) + n) / (a + c))
    now = model.p_alive([{"frequency": x, "recency": t, "T": n}])[0] / (d / (c + d))
    return now * (float(first.sum()) + left)


@EACH
def test_no_purchase_ever_is_a_horizon_too(model):
    """``None`` is the limit of ever longer horizons: it was refused as no whole number."""
    found = model.reaches(model.known(ROWS), np.inf)
    expected = [ever(model, *row.values()) for row in ROWS]
    assert found == pytest.approx(expected, rel=1e-5)
    near = [1.0 - model.p_no_purchase(ROWS, horizon=horizon) for horizon in (10, 100, 1000)]
    for shorter, longer in zip(near, [*near[1:], found], strict=True):
        assert (shorter <= longer + 1e-12).all()


@EACH
@pytest.mark.parametrize("probability", [0.3, 0.6, 0.9])
def test_the_silence_after_which_nobody_is_expected_back(model, probability):
    silence = model.silence_until(ROWS, probability=probability)
    long = model.silence_until(ROWS, probability=probability, horizon=3000)
    assert (silence >= long).all()  # who never comes back does not within 3000 chances
    for row, quiet in zip(ROWS, silence.tolist(), strict=True):
        if np.isfinite(quiet):
            at, before = ({**row, "T": row["recency"] + quiet - back} for back in (0, 1))
            assert 1 - ever(model, *at.values()) >= probability
            assert quiet == 0 or 1 - ever(model, *before.values()) < probability


@pytest.mark.parametrize("time", [0.5, 3.2, -1, np.inf, np.nan, "2", True, None])
@pytest.mark.parametrize("name", ["after", "horizon", "start"])
def test_times_are_whole_chances_and_the_error_says_which(time, name):
    asks = {
        "after": lambda: DONORS.p_alive(ROWS, after=time),
        "horizon": lambda: DONORS.p_no_purchase(ROWS, horizon=time),
        "start": lambda: DONORS.expected_purchases(ROWS, horizon=9, start=time),
    }
    with pytest.raises(ConfigError, match=rf"{name}: must be a (whole|finite)"):
        asks[name]()
    if name == "horizon" and time is not None:
        with pytest.raises(ConfigError, match="horizon: must be"):
            DONORS.silence_until(ROWS, probability=0.5, horizon=time)


def test_after_some_chances_it_is_as_if_they_had_passed():
    later = [{**row, "T": row["T"] + 3} for row in ROWS]
    assert DONORS.p_alive(ROWS, after=3).tolist() == DONORS.p_alive(later).tolist()


def test_months_that_are_no_whole_chances_are_refused():
    with pytest.raises(ConfigError, match="must be a whole number of chances"):
        lifetime_value(ROWS, DONORS, 10.0, terms=Terms(unit="day"))


def test_an_interval_of_outcomes_takes_whole_chances():
    with pytest.raises(ConfigError, match="must be a whole number of chances"):
        outcome_interval(DONORS, ROWS, horizon=2.5)


def test_memory_does_not_grow_with_the_silence():
    """A thousand customers of five thousand chances were five million cells at once."""
    rows = {
        "frequency": np.ones(1000),
        "recency": np.ones(1000),
        "T": np.linspace(4001, 5000, 1000).round(),
    }
    history = DONORS.reads(rows)
    tracemalloc.start()
    found = DONORS.alive(history)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 120e6
    alone = [DONORS.alive(history.take(slice(n, n + 1)))[0] for n in range(0, 1000, 97)]
    assert found[::97].tolist() == pytest.approx(alone, rel=1e-12)


def test_pieces_are_cut_anywhere():
    """Rows of no silence and of a long one, in any order, say what each says alone."""
    silences = [0, 0, 9000, 1, 0, 9999, 5, 9000, 0]
    rows = [{"frequency": 1, "recency": 1, "T": 1 + quiet} for quiet in silences * 60]
    found = DONORS.p_alive(rows)
    alone = {quiet: DONORS.p_alive([rows[silences.index(quiet)]])[0] for quiet in set(silences)}
    assert found == pytest.approx([alone[quiet] for quiet in silences * 60], rel=1e-12)
    assert DONORS.p_alive([]).tolist() == []


def test_counts_are_chances_that_add_up():
    for horizon, row in product((1, 4), ROWS):
        chances = [DONORS.p_purchases([row], n, horizon=horizon)[0] for n in range(horizon + 1)]
        assert sum(chances) == pytest.approx(1.0)
