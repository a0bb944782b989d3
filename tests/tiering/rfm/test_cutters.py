import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import Halves, RQuantiles

VALUES = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30)


@given(VALUES, st.randoms())
def test_the_middle_does_not_depend_on_the_order(values, random):
    mixed = [*values]
    random.shuffle(mixed)
    for by in ("mean", "median"):
        assert Halves(by).cuts(np.array(values)) == Halves(by).cuts(np.array(mixed))


def test_a_value_on_the_middle():
    values = np.array([1.0, 2.0, 3.0])
    assert Halves().cuts(values).codes(values).tolist() == [0, 0, 1]
    assert Halves(closed="left").cuts(values).codes(values).tolist() == [0, 1, 1]


@given(VALUES, st.integers(2, 10))
def test_bins_of_r_are_numpys_quantiles_plus_one(values, bins):
    found = RQuantiles(bins).cuts(np.array(values))
    wanted = np.quantile(values, np.arange(1, bins) / bins) + 1
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("cutter", [Halves(), RQuantiles()])
def test_nothing_known_and_infinity_are_refused(cutter):
    with pytest.raises(NotEnoughDataError):
        cutter.cuts(np.array([np.nan]))
    with pytest.raises(DataError, match="infinite"):
        cutter.cuts(np.array([1.0, np.inf]))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Halves("mode"),
        lambda: Halves(closed="both"),
        lambda: RQuantiles(1),
        lambda: RQuantiles("5"),
        lambda: RQuantiles(5.5),
    ],
    ids=["by", "closed", "bins", "bins text", "bins fraction"],
)
def test_settings_that_cannot_be(wrong):
    with pytest.raises(ConfigError):
        wrong()
