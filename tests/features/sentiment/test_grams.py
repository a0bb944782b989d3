from hypothesis import given
from hypothesis import strategies as st

from custseg.features.sentiment.grams import pieces, slots


def test_digits_and_blanks_say_nothing():
    assert pieces("12 月 3 号") == ["月", "号", "月 号"]


def test_slots_are_the_same_for_ever():
    assert slots("不好吃", 16384) == [681, 3268, 5081, 14915, 16323]


@given(text=st.text(max_size=30), size=st.integers(1, 1 << 20))
def test_slots_are_in_order_and_within(text: str, size: int):
    found = slots(text, size)
    assert found == sorted(set(found))
    assert all(0 <= one < size for one in found)
