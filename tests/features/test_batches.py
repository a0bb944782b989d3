"""Batches of a log: in their order, few, and seldom copied."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.features.batches import Batch
from custseg.features.piles import piled
from custseg.features.rows import Rows


def batch(low, count):
    numbers = np.arange(low, low + count, dtype=np.int32)
    return Batch(Rows(numbers, numbers, numbers.astype("i8"), low + count), numbers)


def joined(two):
    return Batch.joined(two, two[1].rows.size)


@given(st.lists(st.integers(0, 400), max_size=40))
def test_transactions_stay_in_their_order_and_batches_few(sizes):
    pile, low = (), 0
    for count in sizes:
        pile = piled((*pile, batch(low, count)), joined)
        low += count
        lengths = [len(each) for each in pile]
        assert all(old > 2 * new for old, new in pairwise(lengths))
    if pile:
        whole = Batch.joined(pile, low)
        assert whole.second.tolist() == whole.rows.code.tolist() == list(range(low))
        assert whole.rows.size == low


def test_a_transaction_is_copied_as_often_as_the_pile_doubles():
    copied, pile = 0, ()
    for day in range(1000):
        before = {id(each) for each in pile}
        pile = piled((*pile, batch(day * 10, 10)), joined)
        copied += sum(len(each) for each in pile if id(each) not in before)
    assert copied < 10_000 * 12
