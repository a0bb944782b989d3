import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError
from custseg.measures import area, influence
from custseg.measures.areas import bounded

rows = st.lists(st.tuples(st.sampled_from([0.0, 1.0, 2.0, 3.0]), st.booleans()), min_size=4)


def arrays(some):
    score = np.array([score for score, _ in some], dtype=float)
    return score, np.array([case for _, case in some], dtype=bool)


def delong(score, case):
    """The variance, by its definition: a table of all pairs."""
    cases, others = score[case], score[~case]
    won = (cases[:, None] > others) + 0.5 * (cases[:, None] == others)
    rows, columns = won.mean(axis=1), won.mean(axis=0)
    return won.mean(), rows.var(ddof=1) / len(rows) + columns.var(ddof=1) / len(columns)


@given(rows)
def test_influences_sum_to_the_variance_of_delong(some):
    score, case = arrays(some)
    if not 2 <= case.sum() <= len(case) - 2:
        return
    value, variance = delong(score, case)
    found = influence(score, case)
    assert found.value == pytest.approx(value)
    assert (found.of**2).sum() == pytest.approx(variance, abs=1e-15)
    assert found.of.sum() == pytest.approx(0, abs=1e-12)


@given(rows, st.floats(0.5, 0.99))
def test_an_interval_holds_its_area_within_0_and_1(some, level):
    found = area(*arrays(some), level=level)
    if np.isnan(found.value):
        assert np.isnan(found.low)
        assert np.isnan(found.high)
    else:
        assert 0 <= found.low <= found.value <= found.high <= 1


@given(rows)
def test_the_area_of_the_opposite_is_the_rest(some):
    score, case = arrays(some)
    up, down = area(score, case), area(-score, case)
    assert down.value == pytest.approx(1 - up.value, nan_ok=True)
    assert down.low == pytest.approx(1 - up.high, nan_ok=True, abs=1e-9)


def test_intervals_cover_as_often_as_they_say():
    """Two normal distributions one apart: the true area is 0.7602."""
    chance = np.random.default_rng(7)
    case = np.repeat([True, False], [40, 80])
    held = 0
    for _ in range(600):
        found = area(chance.normal(case * 1.0), case)
        held += found.low <= 0.760250 <= found.high
    assert 0.93 <= held / 600 <= 0.97


def test_perfect_order_of_a_few_is_not_certain():
    score, case = np.arange(8.0), np.repeat([False, True], 4)
    found = area(score, case)
    assert found.value == found.high == 1
    # the root of 1 - t = z sqrt(t (1 - t) (1 + 3 ((1 - t) / (2 - t) + t / (1 + t))) / 16)
    t = found.low
    more = 3 * ((1 - t) / (2 - t) + t / (1 + t))
    assert 1 - t == pytest.approx(1.959964 * np.sqrt(t * (1 - t) * (1 + more) / 16), abs=1e-6)
    assert 0.4 < t < 0.7


def test_one_case_has_an_interval_too():
    found = area(np.array([1.0, 2.0, 3.0]), np.array([False, True, False]))
    assert found.value == 0.5
    assert found.low < 0.2
    assert found.high > 0.8


def test_a_level_is_between_0_and_1():
    with pytest.raises(ConfigError, match="level"):
        bounded(0.5, 0.1, (5, 5), 1.0)
