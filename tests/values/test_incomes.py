from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values import incomes


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10-20万", 1e5, 2e5),
        ("20万-50万", 2e5, 5e5),
        ("10万以下", 0.0, 1e5),
        ("50万以上", 5e5, inf),
        ("under 30k", 0.0, 3e4),
        ("60-120k", 6e4, 12e4),
        ("Less than $25K", 0.0, 25e3),
        ("<=50K", 0.0, 5e4),
        (">50K", 5e4, inf),
        ("$35,000+", 35e3, inf),
        ("$50,000 - $74,999", 5e4, 74999.0),
        ("¥120,000", 12e4, 12e4),
        ("１２万元/年", 12e4, 12e4),
        ("月薪 8,000 元", 96e3, 96e3),
        ("2,000 to 4,000 per month", 24e3, 48e3),
        ("1.5w", 15e3, 15e3),
        ("$1.2 million", 12e5, 12e5),
    ],
)
def test_amounts_and_ranges_a_year(text, low, high):
    assert incomes.read(text) == (low, high)


@pytest.mark.parametrize("text", [None, "", "保密", "N/A", "rich", "20-10万", "1-2-3", "-500"])
def test_what_is_no_amount(text):
    assert incomes.read(text) is None


@given(st.text(max_size=20))
def test_a_range_goes_up(text):
    found = incomes.read(text)
    assert found is None or 0 <= found[0] <= found[1]
