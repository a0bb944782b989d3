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


def test_right_probabilities_miss_by_as_much_as_chance_makes():
    chance = np.random.default_rng(1)
    said = chance.random(2000)
    errors = [calibration(Tally.of(said, chance.random(2000) < said)).error for _ in range(60)]
    expected = calibration(Tally.of(said, chance.random(2000) < said)).chance
    assert np.mean(errors) == pytest.approx(expected, rel=0.1)


def test_nobody_has_no_chance():
    assert np.isnan(calibration(tally([])).chance)


def test_the_p_value_keeps_its_level_and_finds_what_is_wrong():
    chance = np.random.default_rng(8)
    said = chance.random(500)
    right = [calibration(Tally.of(said, chance.random(500) < said)).p_value for _ in range(300)]
    assert np.mean(np.array(right) < 0.05) == pytest.approx(0.05, abs=0.035)
    assert calibration(Tally.of(said, chance.random(500) < said**2)).p_value < 1e-4


def test_a_rare_case_more_is_no_proof():
    """Of 100 rows of 0.0005 one is a case in every twentieth sample; its bin would say p = 2e-5."""
    said, came = np.repeat([0.0005, 0.5], 100), np.arange(200) % 2 == 1
    came[:100] = np.arange(100) == 0
    assert calibration(Tally.of(said, came), 2).p_value > 0.5
    assert np.isnan(calibration(Tally.of(said[:100], came[:100])).p_value)


def test_the_p_value_is_that_of_chi_squared():
    from scipy.stats import chi2

    found = calibration(
        tally([(0.25, n < 40) for n in range(100)] + [(0.5, n < 45) for n in range(100)])
    )
    expected = (40 - 25) ** 2 / (100 * 0.25 * 0.75) + (45 - 50) ** 2 / 25
    assert found.p_value == pytest.approx(chi2.sf(expected, 2))
