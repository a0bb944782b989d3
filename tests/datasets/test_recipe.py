import datetime as dt

import pytest

import custseg as cs
from custseg.datasets import Recipe
from custseg.errors import ConfigError


def test_days_are_read_from_texts_and_dates() -> None:
    recipe = Recipe(start="2025-01-01", end=dt.date(2025, 1, 31))
    assert recipe.days == 31
    assert recipe.start == dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"locale": "zhh"}, "locale"),
        ({"seed": -1}, "seed"),
        ({"duplicates": 0.6}, "duplicates"),
        ({"duplicates": -0.1}, "duplicates"),
        ({"errors": 1.5}, "errors"),
        ({"zh_share": 2.0}, "zh_share"),
        ({"start": "2026-06-30"}, "start/end"),
        ({"end": "30.6.2026"}, "start/end"),
        ({"reps": 0}, "reps"),
        ({"customers": -1}, "customers"),
    ],
)
def test_impossible_options_are_refused(options: dict[str, object], path: str) -> None:
    with pytest.raises(ConfigError) as caught:
        cs.datasets.crm(**options)
    assert caught.value.path == path


def test_a_misspelt_locale_gets_a_hint() -> None:
    with pytest.raises(ConfigError, match="Did you mean 'mixed'"):
        Recipe(locale="mixd")


def test_currency_follows_the_locale() -> None:
    assert Recipe(locale="en").money == ("USD",)
    assert Recipe().money == ("CNY",)
    assert Recipe(currencies="EUR").money == ("EUR",)
