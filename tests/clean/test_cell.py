"""One cell: what it was, what it is now, and why."""

from datetime import date
from decimal import Decimal

import pytest

from custseg.clean.cell import cell_reader


@pytest.mark.parametrize(
    ("value", "new", "state", "rule"),
    [
        ("138 0013 8000", "+8613800138000", "valid", "phone_form"),
        ("+8613800138000", "+8613800138000", "valid", None),
        (13800138000, "+8613800138000", "valid", "phone_form"),
        (13800138000.0, "+8613800138000", "valid", "phone_form"),
        (Decimal(13800138000), "+8613800138000", "valid", "phone_form"),
        ("12800138000", "12800138000", "invalid", None),
        (" 12800138000 ", "12800138000", "invalid", "tidy_text"),
        (128, "128", "invalid", "tidy_text"),
        ("暂无", None, "placeholder", "placeholder"),
        ("00000000", None, "placeholder", "repeated_digits"),
        ("", None, "missing", "blank"),
        ("  ", None, "missing", "blank"),
        (None, None, "missing", None),
    ],
)
def test_a_phone(value, new, state, rule):
    cell = cell_reader("phone", "CN").cell(value)
    assert (cell.new, cell.state, cell.rule) == (new, state, rule)
    assert cell.old == value


def test_nan_is_missing():
    assert cell_reader("phone", "CN").cell(float("nan")).state == "missing"


def test_what_cannot_be_right_can_be_made_missing():
    cell = cell_reader("phone", "CN", invalid="missing").cell("128")
    assert (cell.new, cell.state, cell.rule) == (None, "invalid", "invalid_length")


def test_placeholders_of_the_house():
    read = cell_reader("phone", "CN", placeholders=("13800138000", "Ask ME"))
    assert read.cell("１３８００１３８０００").rule == "placeholder"
    assert read.cell("ask me").rule == "placeholder"
    assert read.cell("13900139000").rule == "phone_form"


@pytest.mark.parametrize("kind", ["text", "date"])
@pytest.mark.parametrize("value", [date(2024, 2, 29), 7, 1.5, True])
def test_numbers_and_dates_stay_what_they_are(kind, value):
    cell = cell_reader(kind, "CN").cell(value)
    assert cell.new is value
    assert (cell.state, cell.rule) == ("valid", None)


def test_no_value_is_shown():
    cell = cell_reader("phone", "CN").cell("138 0013 8000")
    assert "138" not in repr(cell)
