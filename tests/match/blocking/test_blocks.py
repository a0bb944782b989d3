"""Blocks: who shares a key, the cap, and the budget that never splits a tie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.match.blocking.blocks import blocks, joint, pairs_in, spans

ANY = 2**62
keys = st.lists(st.integers(-1, 9), max_size=40).map(np.array)


def members(found):
    ends = np.cumsum(found.sizes)
    parts = np.split(found.rows, ends[:-1]) if len(ends) else []
    return sorted(tuple(part.tolist()) for part in parts)


@given(keys, st.integers(2, 6))
def test_blocks_hold_the_rows_of_each_key_that_few_share(at, cap):
    found = blocks(at.astype(np.int64), cap=cap, most=ANY)
    rows = [tuple(np.flatnonzero(at == key).tolist()) for key in set(at.tolist()) - {-1}]
    assert members(found) == sorted(held for held in rows if 2 <= len(held) <= cap)
    assert sorted(found.over.tolist()) == sorted(len(held) for held in rows if len(held) > cap)
    assert found.keyed == int((at >= 0).sum())
    for block, held in enumerate(np.split(found.rows, np.cumsum(found.sizes)[:-1])):
        assert (found.of[held] == block).all()


@given(keys, st.integers(0, 60))
def test_a_budget_takes_all_blocks_of_a_size_or_none(at, most):
    found = blocks(at.astype(np.int64), cap=99, most=most)
    assert found.pairs <= most
    sizes = {int((at == key).sum()) for key in set(at.tolist()) - {-1}} - {1}
    used = set(found.sizes.tolist())
    assert not used & set(found.over.tolist())
    assert used | set(found.over.tolist()) == sizes
    assert max(used, default=0) < min(found.over.tolist(), default=99)


def test_what_is_left_out_is_told_with_a_row_of_it():
    found = blocks(np.array([5, 5, 5, 8, 8, 1, 1, 1, 1]), cap=2, most=ANY)
    assert found.over.tolist() == [4, 3]
    assert found.examples.tolist() == [5, 0]


def test_numbers_of_keys_may_be_large():
    found = blocks(np.array([2**61, 7, 2**61]), cap=9, most=ANY)
    assert found.rows.tolist() == [0, 2]


@pytest.mark.parametrize("at", [[], [-1, -1], [1, 2, 3]])
def test_without_a_shared_key_there_is_no_block(at):
    found = blocks(np.array(at, dtype=np.int64), cap=9, most=ANY)
    assert (len(found.rows), found.pairs, len(found.over)) == (0, 0, 0)
    assert found.of.tolist() == [-1] * len(at)


@given(st.lists(st.tuples(*[st.integers(-1, 3)] * 3), min_size=1, max_size=30))
def test_joined_keys_are_equal_where_all_parts_are(rows):
    table = np.array(rows)
    found = joint([Codes(table[:, k], ()) for k in range(3)]).at
    for one, first in enumerate(rows):
        assert (found[one] < 0) == (-1 in first)
        for two, second in enumerate(rows):
            if -1 not in first and -1 not in second:
                assert (found[one] == found[two]) == (first == second)


def test_many_wide_parts_do_not_overflow():
    wide = Codes(np.array([2**30, 2**30, 3]), ())
    found = joint([wide, wide, wide, wide]).at
    assert found[0] == found[1] != found[2]
    assert (found >= 0).all()


def test_spans_of_nothing_are_nothing():
    assert spans(np.zeros(0, dtype=int), np.zeros(0, dtype=np.int64)).tolist() == []
    assert pairs_in(np.zeros(0, dtype=np.int64)) == 0
