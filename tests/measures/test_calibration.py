import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError
from custseg.measures import Tally, calibration

rows = st.lists(st.tuples(st.floats(0, 1, width=16), st.booleans()))


def tally(some):
    score = np.array([score for score, _ in some], dtype=float)
    return Tally.of(score, np.array([case for _, case in some], dtype=bool))


@given(rows, st.integers(1, 12))
def test_bins_hold_every_row_once_and_part_no_ties(some, bins):
    found = calibration(tally(some), bins)
    assert found.count.sum() == len(some)
    assert found.cases.sum() == sum(case for _, case in some)
    assert len(found.count) <= bins
    assert (np.diff(found.predicted) > 0).all()
    total = float((found.count * found.predicted).sum()) if some else 0.0
    assert total == pytest.approx(sum(score for score, _ in some))


@given(rows)
def test_with_one_bin_the_error_is_that_of_the_mean(some):
    found = calibration(tally(some), 1)
    if some:
        said, came = (np.mean([row[i] for row in some]) for i in (0, 1))
        assert found.error == pytest.approx(abs(said - came))
    else:
        assert np.isnan(found.error)


def test_bins_are_about_equally_full():
    even = [(n / 1000, n % 3 == 0) for n in range(1000)]
    assert calibration(tally(even)).count.tolist() == [100] * 10


def test_rows_say_all_of_a_bin():
    row = next(calibration(tally([(0.5, True), (0.5, False)])).rows())
    assert row["count"] == 2
    assert row["observed"] == 0.5
    assert row["low"] < 0.5 < row["high"]


def test_scores_that_are_no_probabilities_are_refused():
    with pytest.raises(ConfigError, match="between 0 and 1"):
        calibration(tally([(2.0, True)]))
    with pytest.raises(ConfigError, match="bins"):
        calibration(tally([(0.5, True)]), 0)
