import numpy as np
import pytest

from custseg.scoring.deals.ages import aging
from custseg.scoring.deals.reading import LOST, OPEN, WON


def test_without_open_deals_it_is_the_share_of_those_that_came_so_far():
    rng = np.random.default_rng(2)
    age = rng.integers(0, 60, 800).astype(float)
    stands = np.where(rng.random(800) < 0.3 + age / 120, WON, LOST)
    found = aging(age, stands)
    assert found.first == pytest.approx((stands == WON).mean())
    for low, high, chance in zip((0, *found.edges), found.edges, found.chances, strict=False):
        held = np.concatenate([stands[age >= day] for day in range(int(low), int(high))])
        assert chance == pytest.approx((held == WON).mean())


def test_open_deals_take_part_until_today():
    """Of deals that are won late and lost early, those cut off would seem lost."""
    age = np.repeat([3.0, 50.0, 20.0], [100, 50, 50])
    stands = np.repeat([LOST, WON, OPEN], [100, 50, 50])
    found = aging(age, stands)
    assert found.first == pytest.approx(0.5)
    assert found.chances[-1] > 0.9


def test_too_few_closed_deals_say_nothing():
    assert aging(np.arange(29.0), np.full(29, WON)) is None
    assert aging(np.full(90, np.nan), np.full(90, WON)) is None


def test_all_alike_have_one_band():
    found = aging(np.full(50, 7.0), np.where(np.arange(50) < 20, WON, LOST))
    assert found.edges in {(), (7.0,)}
    assert found.first == pytest.approx(0.4)


def test_chances_are_never_0_or_1():
    found = aging(np.repeat([1.0, 30.0], 100), np.repeat([LOST, WON], 100))
    assert all(0 < chance < 1 for chance in found.chances)
