"""Settings of bins that are impossible are refused by name."""

import pytest

from custseg.errors import ConfigError
from custseg.scoring import Binning


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"most_bins": 0}, "most_bins"),
        ({"most_words": 0}, "most_words"),
        ({"fine_bins": 1}, "fine_bins"),
        ({"fine_bins": 1000}, "fine_bins"),
        ({"least_share": 1.5}, "least_share"),
        ({"shrink": -1}, "shrink"),
        ({"shrink": float("nan")}, "shrink"),
        ({"edges": (1, 1)}, "ascend"),
        ({"edges": (float("inf"),)}, "finite"),
        ({"special": (float("nan"),)}, "finite"),
        ({"special": (1, 1)}, "special"),
        ({"lumps": (("a", "b"), ("b",))}, "each word once"),
        ({"lumps": ((),)}, "hold words"),
        ({"trend": "up"}, "trend"),
        ({"criterion": "gini"}, "criterion"),
    ],
)
def test_an_impossible_setting(given, says):
    with pytest.raises(ConfigError, match=says):
        Binning(**given)


def test_a_bare_word_is_a_lump_of_one():
    assert Binning(lumps=("ad", ["a", "b"])).lumps == (("ad",), ("a", "b"))
