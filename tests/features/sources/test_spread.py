from statistics import mean, median, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError
from custseg.features.sources.spread import Spread

PAIRS = st.lists(
    st.tuples(st.floats(-1e6, 1e6) | st.just(float("nan")), st.integers(0, 3)), max_size=20
)


@given(PAIRS)
def test_spreads_are_those_of_the_standard_library(pairs):
    values = np.array([value for value, _ in pairs])
    found = Spread.of(values, np.array([at for _, at in pairs], dtype=np.intp), 4)
    for group in range(4):
        held = [value for value, at in pairs if at == group and not np.isnan(value)]
        assert found.known[group] == len(held)
        assert found.total[group] == pytest.approx(sum(held), abs=1e-6)
        if held:
            assert found.mean[group] == pytest.approx(mean(held), abs=1e-6)
            assert found.median[group] == pytest.approx(median(held))
        if len(held) > 1:
            assert found.deviation[group] == pytest.approx(stdev(held), rel=1e-6, abs=1e-6)
        low, high = found.interval(0.95)
        assert np.isnan(low[group]) == (len(held) < 2) == np.isnan(high[group])


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(pairs, chance):
    mixed = chance.sample(pairs, len(pairs))
    one, other = (
        Spread.of(
            np.array([value for value, _ in each]),
            np.array([at for _, at in each], dtype=np.intp),
            4,
        )
        for each in (pairs, mixed)
    )
    assert one.total.tobytes() == other.total.tobytes()
    assert one.deviation.tobytes() == other.deviation.tobytes()


def test_a_level_is_between_0_and_1():
    with pytest.raises(ConfigError):
        Spread.of(np.array([1.0]), np.array([0]), 1).interval(1.0)
