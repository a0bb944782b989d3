"""Who comes first."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.allocate import First
from custseg.errors import ConfigError, DataError


def test_numbers_as_they_are_or_reversed():
    columns = {"x": np.array([1.0, np.nan])}
    assert First("x").ranks(columns)[0] == 1.0
    assert First("x", smallest=True).ranks(columns)[0] == -1.0
    assert np.isnan(First("x").ranks(columns)[1])


def test_words_by_their_place():
    tier = Codes(np.array([1, 0, -1]), ("high", "low"))
    found = First("tier", words=("low", "medium", "high")).ranks({"tier": tier})
    assert found[:2].tolist() == [0.0, 1.0]
    assert np.isnan(found[2])
    assert First("tier", words=("low", "high")).needs == {"tier": "text"}


def test_unknown_words_and_short_scales_are_refused():
    with pytest.raises(DataError, match="tier"):
        First("tier", words=("a", "b")).ranks({"tier": Codes(np.array([0]), ("c",))})
    with pytest.raises(ConfigError, match="words"):
        First("tier", words=("a",))
