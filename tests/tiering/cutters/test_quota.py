import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import Quota

some = st.lists(st.integers(-3, 9).map(float) | st.floats(-1e6, 1e6), min_size=1, max_size=40)
places = st.lists(st.integers(1, 45), min_size=1, max_size=3, unique=True)


@given(some, places)
def test_no_class_has_more_than_its_places_and_could_not_have_more(values, places):
    codes = Quota(places).cuts(np.array(values)).codes(np.array(values))
    for k, most in enumerate(sorted(places, reverse=True), start=1):
        inside = int((codes >= k).sum())
        assert inside <= most
        outside = [v for v, code in zip(values, codes, strict=True) if code < k]
        if outside:
            assert inside + outside.count(max(outside)) > most


@given(some, places)
def test_who_is_equal_to_the_last_one_in_is_in_with_ties_up(values, places):
    codes = Quota(places, "up").cuts(np.array(values)).codes(np.array(values))
    for k, most in enumerate(sorted(places, reverse=True), start=1):
        inside = sorted(v for v, code in zip(values, codes, strict=True) if code >= k)
        assert len(inside) >= min(most, len(values))
        assert len(inside) - inside.count(inside[0]) < most


@given(some, places, st.randoms(), st.sampled_from(["down", "up"]))
def test_rows_have_no_order_and_missing_has_no_place(values, places, rng, ties):
    shuffled = [*values, float("nan")]
    rng.shuffle(shuffled)
    assert Quota(places, ties).cuts(np.array(shuffled)) == Quota(places, ties).cuts(
        np.array(values)
    )


def test_shares_are_of_the_customers_rounded_down():
    assert Quota((0.05, 0.29)).places(100) == (29, 5)
    assert Quota((0.5,)).places(3) == (1,)
    values = np.arange(100.0)
    assert np.bincount(Quota((0.05, 0.29)).cuts(values).codes(values)).tolist() == [71, 24, 5]


def test_no_place_for_all_of_the_best_is_a_place_for_none():
    values = np.array([9.0, 9.0, 1.0])
    assert Quota((1,)).cuts(values).codes(values).tolist() == [0, 0, 0]
    assert Quota((1,), "up").cuts(values).codes(values).tolist() == [1, 1, 0]


@pytest.mark.parametrize("bad", [(), (0,), (-1,), (1.5,), (0.5, 3), (3, 3), (float("nan"),)])
def test_impossible_places_are_refused(bad):
    with pytest.raises(ConfigError, match="at_most must be"):
        Quota(bad)


def test_nothing_to_learn_from():
    with pytest.raises(NotEnoughDataError):
        Quota((1,)).cuts(np.array([np.nan]))
    with pytest.raises(DataError, match="infinite"):
        Quota((1,)).cuts(np.array([np.inf]))
    with pytest.raises(ConfigError, match="ties must be one of"):
        Quota((1,), "middle")
