"""A quick yes is given only where the plans of the world say yes to the same digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values import worldplans
from custseg.values.worldplans import plans, surely

needed = pytest.mark.skipif(plans() is None, reason="needs phonenumbers")


@needed
@pytest.mark.parametrize(
    ("country", "national"),
    [("44", "7400123456"), ("49", "16053592129"), ("81", "9030366757"), ("33", "619622982")],
)
def test_common_mobiles_are_told_at_once(country, national):
    assert surely(country, national)


@needed
@given(
    st.sampled_from(["44", "49", "33", "7", "39", "61", "81", "65", "31", "852", "886", "55"]),
    st.text("0123456789", min_size=3, max_size=13),
)
def test_a_quick_yes_is_right(country, national):
    if surely(country, national):
        number = plans().parse(f"+{country}{national}", None)
        assert plans().is_valid_number(number)
        assert plans().national_significant_number(number) == national


def test_a_country_that_there_is_not():
    assert not surely("999", "123456789")


def test_a_missing_library_is_no_error(monkeypatch):
    def gone(name):
        raise ImportError(name)

    monkeypatch.setattr(worldplans, "import_module", gone)
    plans.cache_clear()
    worldplans._test.cache_clear()
    try:
        assert plans() is None
        assert not surely("44", "7400123456")
    finally:
        plans.cache_clear()
        worldplans._test.cache_clear()
