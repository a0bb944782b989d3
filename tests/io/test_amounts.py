"""Amounts in many spellings, and what proves how a column is written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.io.amounts import cents, code_of, currency, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234.5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("￥1,234.50", "1234.50"),
        ("1234.50元", "1234.50"),
        ("１２３．５０", "123.50"),
        ("US$ 12", "12"),
        ("12 EUR", "12"),
        ("(99.00)", "-99.00"),
        ("-¥5", "-5"),
        ("¥-5", "-5"),
        ("5-", "-5"),
        ("\u22125", "-5"),
        ("1 234.50", "1234.50"),
        ("1'234.50", "1234.50"),
        (".5", ".5"),
        ("0.00", "0.00"),
        ("-0.00", "0.00"),
        ("1.2E3", "1.2E3"),
        ("12,34,567", None),
        ("1,23", None),
        ("12 pieces", None),
        ("2026-06-30", None),
        ("", None),
        ("-", None),
    ],
)
def test_english_amounts(text: str, expected: str | None) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,50 €", "1234.50"),
        ("12,5", "12.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12.50", "12.50"),
        ("1 234,50", "1234.50"),
    ],
)
def test_continental_amounts(text: str, expected: str) -> None:
    assert plain(text, ",") == expected


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["1,234.50", "3"], (".", True)),
        (["1.234,50", "3"], (",", True)),
        (["12,5"], (",", True)),
        (["1,234,567"], (".", True)),
        (["1.234.567"], (",", True)),
        (["1,234"], (".", False)),
        (["0,234"], (",", True)),
        (["1.234", "12.5"], (".", True)),
        (["1.234"], (".", False)),
        (["3", "4"], (".", True)),
        (["1,5", "1.5"], (None, False)),
    ],
)
def test_a_column_proves_how_it_is_written(values: list[str], told: tuple[object, bool]) -> None:
    assert cents(values) == told


def test_the_currency_is_what_it_is_written_with() -> None:
    said = ("CNY 5", "5 €", "￥5", "5元", "HK$5", "$5", "RMB5", "5")
    assert [currency(text) for text in said] == [
        *("CNY", "EUR", "¥", "CNY", "HKD", "$", "CNY"),
        None,
    ]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_grouped_amounts_come_back(value: Decimal) -> None:
    english = f"{value:,.2f}"
    told = plain(english)
    assert told is not None
    assert Decimal(told) == value
    continental = english.translate(str.maketrans(",.", ".,"))
    told = plain(continental, ",")
    assert told is not None
    assert Decimal(told) == value


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("人民币", "CNY"),
        ("日元", "JPY"),
        ("港币", "HKD"),
        ("usd", "USD"),
        ("US dollar", "USD"),
        ("￥", "¥"),
        ("loyalty points", None),
    ],
)
def test_currencies_are_called_by_their_codes(word: str, code: str | None) -> None:
    assert code_of(word) == code
    assert currency("1200日元") == "JPY"
    assert plain("1200日元") == "1200"
