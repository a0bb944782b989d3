"""The bound on recall: true on drawn passes, and none where nothing can be compared."""

import numpy as np
import pytest

from custseg.match.blocking.recall import recall_bound


def test_independent_passes_are_estimated_well():
    chance = np.random.default_rng(5)
    held = chance.random((50_000, 4)) < 0.5
    masks = (held * (1 << np.arange(4))).sum(axis=1)
    found = recall_bound(masks[masks > 0], np.ones((masks > 0).sum()), 4)
    assert found == pytest.approx((masks > 0).mean(), abs=0.01)


def test_doubles_that_some_passes_find_easily_make_it_a_bound_from_above():
    chance = np.random.default_rng(5)
    ease = np.repeat([0.9, 0.1], 20_000)[:, None]
    masks = ((chance.random((40_000, 3)) < ease) * (1 << np.arange(3))).sum(axis=1)
    truth = (masks > 0).mean()
    found = recall_bound(masks[masks > 0], np.ones((masks > 0).sum()), 3)
    assert truth < found < 1


def test_all_found_by_all_is_all():
    assert recall_bound(np.array([3, 3]), np.ones(2), 2) == 1.0


@pytest.mark.parametrize(
    ("masks", "chances", "passes"), [([1], [1.0], 1), ([], [], 3), ([3], [0.0], 2)]
)
def test_nothing_to_compare_is_no_answer(masks, chances, passes):
    assert recall_bound(np.array(masks, dtype=np.uint32), np.array(chances), passes) is None
