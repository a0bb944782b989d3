from math import log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError
from custseg.frames import compiled
from custseg.scoring import Decay, Log


def at(curve, worth, value):
    return compiled(curve.rule("x", worth))({"x": value})


def test_each_half_life_halves_the_points():
    decay = Decay(90)
    assert [at(decay, 8000, age) for age in (0.0, 90.0, 180.0)] == [8000, 4000, 2000]
    assert at(decay, 8000, 1e9) == 0
    assert at(decay, 8000, -3.0) == 8000


def test_a_log_gives_all_from_its_cap():
    log = Log(15)
    assert [at(log, 1000, n) for n in (0.0, 3.0, 15.0, 1e9)] == [0, 500, 1000, 1000]
    assert at(log, 1000, -7.0) == 0


@given(st.floats(0.01, 1e5), st.floats(0, 1e6))
def test_a_step_is_never_half_a_percent_off(size, value):
    share = 2.0 ** (-value / size)
    assert abs(at(Decay(size), 10**6, value) - 10**6 * share) <= 5001
    share = min(log1p(value) / log1p(size), 1.0)
    assert abs(at(Log(size), 10**6, value) - 10**6 * share) <= 5001


@given(st.floats(0.01, 1e6), st.integers(1, 1000), st.sampled_from([Decay, Log]))
def test_steps_are_equal_in_points(size, steps, kind):
    bands = kind(size, steps).rule("x", 1000 * steps)
    assert len(bands.edges) == steps
    assert sorted(bands.values) == [1000 * step for step in range(steps + 1)]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Decay(0), "half_life must be finite and above 0"),
        (lambda: Log(-1), "cap must be finite and above 0"),
        (lambda: Decay(90, steps=0), "steps must be from 1 to 1000, got 0"),
        (lambda: Log(9, steps=10_000), "steps must be from 1 to 1000"),
    ],
)
def test_an_impossible_bend_is_refused(make, said):
    with pytest.raises(ConfigError, match=said):
        make()
