"""Candidates: each pair once, with every pass that holds it; sources, caps and limits."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.errors import ConfigError
from custseg.match.blocking import candidates as module
from custseg.match.blocking.candidates import MOST_PASSES, candidates

tables = st.integers(0, 25).flatmap(
    lambda rows: st.lists(
        st.lists(st.integers(-1, 5), min_size=rows, max_size=rows), min_size=1, max_size=11
    )
)


def codes(at):
    return Codes(np.array(at, dtype=np.int64), ())


def expected(passes, cap):
    """Pairs and masks, the slow way."""
    used = []
    for at in passes:
        sizes = {key: at.count(key) for key in at}
        used.append([key if key >= 0 and sizes[key] <= cap else -1 for key in at])
    found = {}
    for one, two in combinations(range(len(passes[0])), 2):
        mask = sum(1 << p for p, at in enumerate(used) if at[one] >= 0 and at[one] == at[two])
        if mask:
            found[one, two] = mask
    return found


def told(pairs):
    sides = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    return dict(zip(sides, pairs.passes.tolist(), strict=True))


@given(tables, st.integers(2, 9))
def test_each_pair_comes_once_with_all_its_passes(passes, cap):
    pairs, counts = candidates([codes(at) for at in passes], cap=cap)
    assert told(pairs) == expected(passes, cap)
    assert len(pairs) == len(told(pairs))
    for place, count in enumerate(counts):
        held = (pairs.passes >> place) & 1
        assert count.pairs == held.sum()


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(passes, chance):
    rows = list(range(len(passes[0])))
    chance.shuffle(rows)
    pairs, _ = candidates([codes(at) for at in passes], cap=9)
    turned, _ = candidates([codes([at[row] for row in rows]) for at in passes], cap=9)
    back = {
        (min(rows[a], rows[b]), max(rows[a], rows[b])): mask
        for (a, b), mask in told(turned).items()
    }
    assert back == told(pairs)


@given(tables)
def test_pairs_are_within_or_across_sources(passes):
    rows = len(passes[0])
    sources = Codes(np.arange(rows) % 3 - 1, ("erp", "shop"))
    every = told(candidates([codes(at) for at in passes], cap=9)[0])
    for which in ("within", "across"):
        pairs, _ = candidates([codes(at) for at in passes], cap=9, sources=sources, which=which)
        same = which == "within"
        assert told(pairs) == {
            (a, b): mask
            for (a, b), mask in every.items()
            if (sources.at[a] == sources.at[b]) == same
        }


def test_chunks_change_nothing(monkeypatch):
    at = codes([0] * 7 + [1] * 7)
    whole = told(candidates([at], cap=9)[0])
    monkeypatch.setattr(module, "_CHUNK", 5)
    assert told(candidates([at], cap=9)[0]) == whole


def test_the_count_is_known_and_large_blocks_are_told():
    pairs, (count,) = candidates([codes([0, 0, 1, 1, 1, -1])], cap=2)
    assert len(pairs) == count.pairs == 1
    assert (count.records, count.shared, count.blocks, count.largest) == (5, 2, 1, 2)
    assert [(one.records, one.row) for one in count.over] == [(3, 2)]


def test_no_passes_are_no_pairs():
    pairs, counts = candidates([], cap=9)
    assert (len(pairs), counts) == (0, ())


def test_the_32nd_pass_has_a_bit_of_its_own():
    none = codes([-1, -1])
    pairs, _ = candidates([*[none] * 31, codes([4, 4])], cap=9)
    assert pairs.passes.tolist() == [1 << 31]


def test_more_passes_than_bits_are_refused():
    with pytest.raises(ConfigError, match="32 passes"):
        candidates([codes([0, 0])] * (MOST_PASSES + 1), cap=9)


def test_a_placeholder_in_every_twentieth_row_adds_no_pairs():
    rows = np.arange(20_000)
    phone = np.where(rows % 20 == 0, -5, rows // 2) + 5
    pairs, (count,) = candidates([codes(phone)], cap=50)
    assert count.over[0].records == 1_000
    assert len(pairs) <= 10_000
