import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError
from custseg.tiering import ValueMixModel
from custseg.tiering.worth.blend import MixPart, shared_out


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=9), st.integers(1, 10**6))
def test_whole_numbers_share_a_total_in_proportion(weights, total):
    whole = sum(weights)
    found = shared_out([weight * total for weight in weights], whole, total)
    assert sum(found) == total
    for weight, part in zip(weights, found, strict=True):
        assert abs(part - weight * total / whole) < 1


def test_parts_must_make_a_whole():
    part = MixPart("margin", 9_999, "margin", ((0.0, 0), (1.0, 9_999)))
    with pytest.raises(ConfigError, match=r"make 100 points together, got 99\.99"):
        ValueMixModel(parts=(part,))
    assert ValueMixModel(parts=(attrs.evolve(part, best=10_000),)).parts[0].best == 10_000
