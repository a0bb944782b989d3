import pytest

from comparedsides import level
from custseg.errors import ConfigError
from custseg.match import Exact, Identifiers, Texts


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("New York", "new  york", "exact"),
        ("london", "lodnon", "close"),
        ("london", "londno city", "near"),
        ("london", "paris", "else"),
        ("上海浦东", "上海蒲东", "close"),
        ("浦东", "浦西", "else"),
        ("london", "N/A", "missing"),
    ],
)
def test_texts(one, other, expected):
    assert level(Texts("city", bars=(0.9, 0.8)), one, other) == expected


def test_bars_of_ones_own_are_levels_of_ones_own():
    comparison = Texts("city", bars=(0.95, 0.9, 0.85, 0.8))
    assert comparison.levels == ("exact", "close", "near", "faint", "weak", "else")
    assert sum(comparison.typical) == pytest.approx(1) == sum(comparison.rare)
    assert Texts("city", bars=()).levels == ("exact", "else")


@pytest.mark.parametrize("bars", [(0.8, 0.9), (1.0,), (0.9, 0.0), (0.9, 0.8, 0.7, 0.6, 0.5)])
def test_bars_that_do_not_fall_are_refused(bars):
    with pytest.raises(ConfigError, match="bars"):
        Texts("city", bars=bars)


def test_a_value_is_the_same_or_not():
    assert level(Exact("gender"), "M", "m") == "exact"
    assert level(Exact("gender"), "male", "mail") == "else"
    assert level(Exact("company", read="company"), "Acme Ltd", "ACME") == "exact"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("91350100M000100Y43", "91350100m000100y43", "exact"),
        ("91350100M000100Y43", "91350100M000100Y44", "one_edit"),
        ("91350100M000100Y43", "9135010OM000100Y4", "two_edits"),
        ("91350100M000100Y43", "暂无", "missing"),
        ("91350100M000100Y43", "9135************43", "missing"),
    ],
)
def test_a_wrong_check_digit_may_be_a_slip(one, other, expected):
    assert level(Identifiers("uscc", read="uscc"), one, other) == expected


def test_one_edit_in_a_short_number_says_nothing():
    assert level(Identifiers("member"), "1234", "1235") == "else"
