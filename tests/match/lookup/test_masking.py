"""Masked values can be recognised, and not used."""

import pytest

from custseg.match.lookup.masking import masked


@pytest.mark.parametrize("value", ["X", "王", "a@x.cn", "62345678", "1990-05-17", "13800138000"])
def test_no_value_is_shown_whole(value: str) -> None:
    shown = masked(value)
    assert shown != value
    assert value.partition("@")[0] not in shown


def test_a_short_number_keeps_two_digits() -> None:
    assert masked("62345678") == "******78"
    assert masked(None) is None
