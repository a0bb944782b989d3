"""What each threshold finds, beside a count by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import DataError, NotEnoughDataError
from custseg.match import threshold_curve

PEOPLE = [{"id": f"r{at}", "who": at // 2} for at in range(8)]
PAIRS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(-3, 3)).filter(
        lambda pair: pair[0] < pair[1]
    ),
    min_size=1,
    unique_by=lambda pair: pair[:2],
)


@given(PAIRS, st.integers(-4, 4))
def test_at_a_threshold_as_counted_by_hand(pairs: list[tuple[int, int, int]], at: int) -> None:
    weighed = [
        {"left_id": f"r{a}", "right_id": f"r{b}", "match_weight": float(w)} for a, b, w in pairs
    ]
    curve = threshold_curve(weighed, PEOPLE, "who")
    found = [(a, b) for a, b, w in pairs if w >= at]
    right = sum(a // 2 == b // 2 for a, b in found)
    rates = curve.at(float(at))
    assert rates.recall == right / 4
    assert rates.precision == right / len(found) if found else np.isnan(rates.precision)
    assert curve.f1.max() == pytest.approx(curve.at(curve.best).f1)


def test_pairs_that_tie_are_taken_together() -> None:
    weighed = [
        {"left_id": "r0", "right_id": "r1", "match_weight": 1.0},
        {"left_id": "r0", "right_id": "r2", "match_weight": 1.0},
    ]
    curve = threshold_curve(weighed, PEOPLE, "who")
    assert curve.weight.tolist() == [1.0]
    assert curve.precision.tolist() == [0.5]
    assert "best threshold by F1: 1.0" in curve.text()
    assert "<table>" in curve._repr_html_()


def test_a_pair_of_strangers_is_refused() -> None:
    with pytest.raises(DataError, match="does not have"):
        threshold_curve([{"left_id": "r0", "right_id": "x", "match_weight": 1.0}], PEOPLE, "who")


def test_without_true_pairs_there_is_no_curve() -> None:
    alone = [{"id": 1, "who": "a"}, {"id": 2, "who": "b"}]
    with pytest.raises(NotEnoughDataError, match="0 pairs"):
        threshold_curve([{"left_id": 1, "right_id": 2, "match_weight": 1.0}], alone, "who")
