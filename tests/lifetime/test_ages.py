import tracemalloc

import numpy as np
import pytest

import custseg as cs
from custseg.lifetime import MBGNBD
from custseg.lifetime.ages import Ages
from custseg.lifetime.beta_geometric import Likelihood
from custseg.lifetime.patterns import Patterns

MINUTES = 24 * 60


def shop(size=300, *, seed=5):
    """Repeat purchases, recency and age in whole days."""
    chance = np.random.default_rng(seed)
    age = chance.integers(200, 900, size).astype(np.float64)
    often = chance.geometric(0.3, size) - 1.0
    last = np.where(often > 0, np.ceil(chance.random(size) * age), 0.0)
    return often, last, age


def patterns(per=1):
    often, last, age = shop()
    return Patterns.of(often, last * per, age * per)


def test_every_way_to_read_times_says_the_same():
    """By the day, and each history on its own (a step of 0)."""
    seen = patterns()
    grid, own = (
        Ages.of(seen),
        Ages.of(Patterns(seen.frequency, seen.recency, seen.age, seen.weight)),
    )
    assert len(grid.at_age)
    assert not len(own.at_age)
    for one, other in zip(grid.read(7.0), own.read(7.0), strict=True):
        for name in ("far", "begin", "end"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-12)
    sums = [(np.zeros(1), np.zeros(4)) for _ in range(2)]
    for ages, (total, gradient) in zip((grid, own), sums, strict=True):
        ages.add_last(np.array([0.5, 7.0, 1.0, 2.0]), 1, (total, gradient))
    assert sums[0][0] == pytest.approx(sums[1][0], rel=1e-12)
    assert sums[0][1] == pytest.approx(sums[1][1], rel=1e-12)


def test_minutes_need_no_more_memory_than_days():
    """There are four thousand times as many minutes as histories."""
    seen = patterns(MINUTES)
    assert seen.step == 1.0  # whole numbers, so that a grid would do
    tracemalloc.start()
    ages = Ages.of(seen)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1e6
    assert not len(ages.at_age)


def test_a_fit_in_minutes_is_that_in_days():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    rows = log.summary(as_of="1997-09-30")
    fine = [{**row, "recency": row["recency"] * MINUTES, "T": row["T"] * MINUTES} for row in rows]
    days, minutes = MBGNBD().fit(rows), MBGNBD().fit(fine)
    for name, scale in (("r", 1), ("alpha", MINUTES), ("a", 1), ("b", 1)):
        assert minutes.params[name] == pytest.approx(days.params[name] * scale, rel=1e-5)


def test_days_of_many_histories_are_read_by_the_day():
    ages = Likelihood.of(patterns()).ages
    assert len(ages.days) == int(ages.seen.age.max()) + 1
