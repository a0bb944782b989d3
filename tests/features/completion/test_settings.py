import pytest

from custseg.errors import ConfigError
from custseg.features.completion.settings import apart, grouped, of_known


def test_a_bare_text_is_one_column():
    assert grouped({"reach": "phone", "home": ["street", "city"]}) == {
        "reach": ("phone",),
        "home": ("street", "city"),
    }


@pytest.mark.parametrize("groups", [{"a": ("a",)}, {"g": ("b", "b")}, {"g": ("w",)}, {"g": ()}])
def test_columns_that_count_twice_are_named(groups):
    with pytest.raises(ConfigError, match="counts once"):
        apart(groups, {"w": 1.0})


def test_settings_of_nothing_are_named():
    of_known({"checks": ["a"]}, ["a"])
    with pytest.raises(ConfigError, match="'b'"):
        of_known({"checks": ["b"]}, ["a"])
