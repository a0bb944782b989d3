import numpy as np
import polars as pl
import pytest

from custseg.errors import ConfigError
from custseg.lifetime import (
    BGBBModel,
    BGNBDModel,
    Fitting,
    History,
    MBGCNBDModel,
    MBGNBDModel,
    ParetoNBDModel,
    predictive_gap,
)

NOBODY = Fitting(0.0, 1.0)
BG = BGNBDModel(fitting=NOBODY, r=0.243, alpha=4.414, a=0.793, b=2.426)
MBG = MBGNBDModel(fitting=NOBODY, r=0.525, alpha=6.183, a=0.891, b=1.614)
PARETO = ParetoNBDModel(fitting=NOBODY, r=0.553, alpha=10.578, s=0.606, beta=11.669)
REGULAR = MBGCNBDModel(fitting=NOBODY, r=1.33, alpha=2.81, a=0.42, b=0.79, k=2)
DONORS = BGBBModel(fitting=NOBODY, alpha=1.204, beta=0.75, gamma=0.657, delta=2.783)
ALL = (BG, MBG, PARETO, REGULAR)
ROWS = [
    {"frequency": 2, "recency": 30.43, "T": 38.86},
    {"frequency": 0, "recency": 0.0, "T": 38.86},
    {"frequency": 7, "recency": 29.0, "T": 29.5},
]
EACH = pytest.mark.parametrize("model", ALL, ids=lambda model: type(model).__name__)


def test_who_bought_once_is_no_longer_a_customer_at_even_odds():
    """With no end of the horizon it is the silence at which P(alive) is a half: a power."""
    once = [{"frequency": 0, "recency": 0.0, "T": 1.0}]
    expected = 6.183 * ((1.614 / 0.891) ** (1 / 0.525) - 1)
    assert MBG.silence_until(once, probability=0.5) == pytest.approx([expected], rel=1e-14)
    assert MBG.p_alive([{**once[0], "T": expected}]) == pytest.approx([0.5], rel=1e-14)
    assert np.isinf(BG.silence_until(once, probability=0.5)).all()


@EACH
def test_arrays_say_the_same_as_a_table(model):
    x, last = np.array([2.0, 0.0, 7.0]), np.array([30.43, 0.0, 29.0])
    known = History.read({"frequency": x, "recency": last, "T": last})
    for ask in (
        lambda some: model.silence_quantile(some, share=0.2),
        lambda some: model.silence_until(some, probability=0.8, horizon=13),
    ):
        np.testing.assert_array_equal(ask(known), ask(ROWS))
        np.testing.assert_array_equal(ask(pl.DataFrame(ROWS)), ask(ROWS))
    gap = predictive_gap(model, x, last, share=0.2)
    np.testing.assert_array_equal(gap, model.silence_quantile(ROWS, share=0.2))


@EACH
def test_who_is_not_known_has_no_silence(model):
    wrong = [{"frequency": 1, "recency": 0.0, "T": 3.0}, {"frequency": None, "recency": 1, "T": 2}]
    for ask in (
        lambda some: model.silence_quantile(some, share=0.2),
        lambda some: model.silence_until(some, probability=0.8, horizon=13),
    ):
        found = ask([*wrong, ROWS[0]])
        assert np.isnan(found).tolist() == [True, True, False]
        assert found[2] == ask(ROWS)[0]
        read = History.read({n: np.array([0.0, 1.0]) for n in ("frequency", "recency", "T")})
        nobody = History.where(np.zeros(2, dtype=bool), (read.frequency, read.recency, read.age))
        assert np.isnan(ask(nobody)).all()


def test_a_gap_over_all_floats_has_no_end():
    rare = MBGNBDModel(fitting=NOBODY, r=0.001, alpha=6.0, a=1e-9, b=60.0)
    once = [{"frequency": 0, "recency": 0.0, "T": 1.0}]
    assert np.isinf(rare.silence_quantile(once, share=0.1)).all()
    assert np.isinf(rare.silence_until(once, probability=0.999)).all()


def test_rows_off_the_grid_are_no_trouble():
    rng = np.random.default_rng(0)
    x = rng.poisson(2.0, 20_000).astype(float)
    last = np.where(x > 0, 300.0 * rng.random(20_000) + 1e-6, 0.0)
    known = History.read({"frequency": x, "recency": last, "T": last})
    silence = MBG.silence_until(known, probability=0.7, horizon=90)
    there = silence > 0
    later = History.read({"frequency": x, "recency": last, "T": last + silence})
    chance = MBG.p_no_purchase(later, horizon=90)
    np.testing.assert_allclose(chance[there], 0.7, rtol=1e-11)


@EACH
@pytest.mark.parametrize(
    "ask",
    [
        lambda m: m.silence_quantile(ROWS, share=0.0),
        lambda m: m.silence_until(ROWS, probability=1.0, horizon=3),
        lambda m: m.silence_until(ROWS, probability=0.5, horizon=-1),
    ],
    ids=["share", "probability", "horizon"],
)
def test_questions_without_meaning_are_refused(model, ask):
    with pytest.raises(ConfigError):
        ask(model)
