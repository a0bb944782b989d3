from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.rules import Every, F, Some, Test, Times, merged

X, Y = F("x"), F("y")


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [
        (X == 1, X != 1),
        (X < 1, X >= 1),
        (X > 2 * Y, X <= 2 * Y),
        (X.one_of("a", "b"), Test("x", "not in", ("a", "b"), "text")),
        (X.is_missing(), X.is_present()),
        ((X > 1) & (Y > 1), (X <= 1) | (Y <= 1)),
        ((X > 1) | ((Y > 1) & (Y < 3)), (X <= 1) & ((Y <= 1) | (Y >= 3))),
    ],
)
def test_not_is_pushed_down_to_the_comparisons(condition, opposite):
    assert ~condition == opposite
    assert ~opposite == condition


def test_chains_are_flat():
    assert (X > 1) & (X < 2) & (Y > 3) == Every((X > 1, X < 2, Y > 3))
    assert (X > 1) | (X < 2) | (Y > 3) == Some((X > 1, X < 2, Y > 3))
    assert X.between(1, 2) == Every((X >= 1, X <= 2))


@pytest.mark.parametrize(
    ("value", "kind", "held"),
    [
        (1, "number", 1.0),
        (True, "number", 1.0),
        (Decimal("2.5"), "number", 2.5),
        (np.int64(3), "number", 3.0),
        (np.float32(0.5), "number", 0.5),
        ("a", "text", "a"),
        (date(2026, 1, 1), "day", date(2026, 1, 1)),
        (datetime(2026, 1, 1, 12, tzinfo=UTC), "day", date(2026, 1, 1)),
    ],
)
def test_the_value_says_how_the_field_is_read(value, kind, held):
    test = value == X
    assert (test.kind, test.value) == (kind, held)
    assert test.needs == {"x": kind}


def test_another_field_on_the_right_is_read_too():
    assert (X > Y).needs == {"x": "number", "y": "number"}
    assert (X > 2 * Y).value == Times("y", 2.0)
    assert (X > Y * 2).value == Times("y", 2.0)


@pytest.mark.parametrize("value", [None, float("nan"), [1], object(), 1j])
def test_what_cannot_be_compared_is_refused(value):
    with pytest.raises(
        ConfigError, match=r"field 'x' is compared with .*; use a number, text or date"
    ):
        _ = value == X


def test_texts_have_no_order():
    with pytest.raises(ConfigError, match="texts have no order here: field 'x' < text; use one_of"):
        _ = X < "a"


@pytest.mark.parametrize(
    "values", [(), (1, "a"), ("a", date(2026, 1, 1))], ids=["none", "two", "day"]
)
def test_one_of_needs_values_of_one_type(values):
    with pytest.raises(ConfigError, match="needs values of one type"):
        X.one_of(*values)


def test_python_words_for_and_or_not_are_refused():
    for wrong in (lambda: (X > 1) and (Y > 1), lambda: not X > 1, lambda: 1 < X < 3):
        with pytest.raises(
            TypeError, match=r"join with & \| ~ and put each comparison in brackets"
        ):
            wrong()


def test_a_field_has_no_hash():
    with pytest.raises(TypeError):
        hash(X)


def test_presence_yields_to_a_kind_that_says_more():
    assert ((X > 1) & X.is_present()).needs == {"x": "number"}
    assert (X.is_present() & Y.is_missing()).needs == {"x": "any", "y": "any"}


def test_one_field_is_read_in_one_way():
    with pytest.raises(ConfigError, match="field 'x' is read as number in one place and as text"):
        merged([{"x": "number"}, {"x": "any"}, {"x": "text"}])
