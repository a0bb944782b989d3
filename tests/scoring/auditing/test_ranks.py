import numpy as np
import pytest

from custseg.scoring.auditing.classes import Values
from custseg.scoring.auditing.ranks import contradictions, rank
from custseg.scoring.auditing.subject import Seen


def of(shares, size=200, points=None):
    """Bins of so many rows, each with its share of cases and 10 points more than the last."""
    values = np.repeat(np.arange(len(shares)), size).astype(float)
    won = np.concatenate([np.arange(size) < round(share * size) for share in shares])
    earned = values * 1000 if points is None else np.repeat(np.array(points) * 100.0, size)
    seen = Seen("f", Values("f", values), earned)
    return rank(seen, won, np.ones(len(won), dtype=bool), 0.95)


def codes(one):
    return [(f.severity, f.reason.code) for f in contradictions([one])]


def test_more_points_more_success():
    found = of([0.1, 0.2, 0.4])
    assert (found.trend, found.shape, found.against) == ("rises", "rises", None)
    assert codes(found) == [("fine", "audit.in_order")]
    assert found.counts.tolist() == [[180, 20], [160, 40], [120, 80]]


def test_a_bin_that_earns_more_and_does_worse():
    found = of([0.1, 0.4, 0.2])
    assert found.trend == "bends"
    better, worse = found.against
    assert (better.points, better.rate, worse.points, worse.rate) == (10.0, 0.4, 20.0, 0.2)
    assert codes(found) == [("watch", "audit.contradicts")]


def test_all_the_wrong_way_round():
    found = of([0.5, 0.3, 0.1])
    assert found.trend == "falls"
    assert codes(found) == [("alarm", "audit.upside_down")]


def test_points_that_follow_a_bent_shape_are_in_order():
    found = of([0.1, 0.5, 0.1], points=[0, 20, 0])
    assert (found.trend, found.shape) == ("rises", "bends")


def test_a_dip_that_chance_may_have_made_is_no_contradiction():
    found = of([0.1, 0.31, 0.3])
    assert found.trend == "rises"


def test_no_difference():
    assert codes(of([0.3, 0.3])) == [("watch", "audit.flat")]


def test_a_factor_that_earns_everybody_the_same_is_not_judged():
    found = of([0.3], size=400)
    assert found.trend == "flat"
    assert codes(found) == []


def test_few_rows_make_no_claim():
    found = of([0.0, 1.0], size=20)
    assert found.trend == "unknown"
    assert codes(found) == [("unknown", "audit.order_unknown")]


@pytest.mark.parametrize("seed", range(3))
def test_where_nothing_differs_one_factor_in_twenty_contradicts_at_most(seed):
    chance = np.random.default_rng(seed)
    wrong = 0
    for _ in range(100):
        points = chance.integers(0, 6, 600) * 100.0
        seen = Seen("f", Values("f", points), points)
        found = rank(seen, chance.random(600) < 0.4, np.ones(600, dtype=bool), 0.95)
        wrong += found.against is not None
    assert wrong <= 10


def test_a_column_without_points_is_only_looked_at():
    seen = Seen("f", Values("f", np.repeat([0.0, 1.0], 100)))
    found = rank(seen, np.arange(200) % 100 < np.repeat([20, 60], 100), np.ones(200, bool), 0.95)
    assert found.steps == ()
    assert found.shape == "rises"
    assert not list(contradictions([found]))
