"""Piles of any parts: in order, few, and nothing is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from custseg.features.piles import piled


@given(st.lists(st.text("ab", min_size=1, max_size=50), max_size=30))
def test_a_pile_is_what_came_in_its_order_in_few_parts(texts):
    pile = ()
    for text in texts:
        pile = piled((*pile, text), "".join)
        assert all(len(old) > 2 * len(new) for old, new in pairwise(pile))
    assert "".join(pile) == "".join(texts)
    assert len(pile) <= 12  # each is more than twice as long as the next
