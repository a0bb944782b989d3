from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.errors import DataError
from custseg.tiering.moves import counting

pairs = st.lists(
    st.tuples(st.integers(-1, 3), st.integers(-1, 2), st.integers(-(2**55), 2**55)), max_size=50
)


def codes(values, size, kind=np.int32):
    return Codes(np.array(values, dtype=kind), tuple(f"w{i}" for i in range(size)))


@given(pairs, st.sampled_from([4, 40]))
def test_counts_and_sums_are_exact(rows, size):
    """40 words need more than a byte for their pairs."""
    before, now = codes([a for a, _, _ in rows], size), codes([b for _, b, _ in rows], 3)
    counts, sums = Counter(), Counter()
    for a, b, units in rows:
        counts[a + 1, b + 1] += 1
        sums[a + 1, b + 1] += units
    found = counting.counted(before, now)
    assert found.shape == (size + 1, 4)
    assert {tuple(at): int(found[tuple(at)]) for at in np.argwhere(found).tolist()} == counts
    money = counting.summed(before, now, np.array([u for _, _, u in rows], dtype=np.int64))
    assert all(int(money[at]) == units for at, units in sums.items())


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32, np.int64])
def test_more_than_a_block(kind):
    draw = np.random.default_rng(5)
    a, b = draw.integers(-1, 3, (2, 200_000))
    found = counting.counted(codes(a, 3, kind), codes(b, 3, kind))
    assert np.array_equal(found, np.histogram2d(a, b, [np.arange(-1, 4)] * 2)[0])
    units = draw.integers(-(2**40), 2**40, 200_000)
    sums = counting.summed(codes(a, 3, kind), codes(b, 3, kind), units)
    assert int(sums.sum()) == int(units.sum())


def test_sums_beyond_64_bits_are_refused():
    tier = codes([0] * 4, 1)
    with pytest.raises(DataError, match="beyond what 64 bits hold"):
        counting.summed(tier, tier, np.full(4, 2**61))
    assert counting.summed(tier, tier, np.full(4, 2**59))[1, 1] == 2**61
