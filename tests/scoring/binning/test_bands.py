"""Bins of numbers: the trend that is asked for, missing and special codes apart, nobody lost."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg.scoring import Binning
from custseg.scoring.binning.bands import binned_numbers
from custseg.scoring.binning.cases import Cases

NUMBER = st.sampled_from([np.nan, -np.inf, -999.0, -1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 50.0, np.inf])


def cut(x, won, **given):
    return binned_numbers(
        "x", np.asarray(x, dtype=float), Cases(np.asarray(won) == 1), Binning(**given)
    )


def wave(course):
    """Customers whose chance runs that way over 0 to 100."""
    chance = np.random.default_rng(3)
    x = chance.uniform(0, 100, 6000)
    run = {
        "ascending": x / 100,
        "descending": 1 - x / 100,
        "peak": 1 - abs(x - 40) / 60,
        "valley": abs(x - 60) / 60,
    }
    return x, chance.random(6000) < 0.1 + 0.7 * run[course]


@pytest.mark.parametrize("course", ["ascending", "descending", "peak", "valley"])
def test_the_trend_is_found_where_there_plainly_is_one(course):
    assert cut(*wave(course)).table.course == course


@pytest.mark.parametrize("course", ["ascending", "descending", "peak", "valley"])
@pytest.mark.parametrize("trend", ["ascending", "descending"])
@pytest.mark.parametrize("criterion", ["iv", "likelihood"])
def test_the_trend_that_is_asked_for_is_kept(course, trend, criterion):
    table = cut(*wave(course), trend=trend, criterion=criterion).table
    assert table.course in {trend, None}


def test_a_turn_by_chance_is_no_peak():
    chance = np.random.default_rng(5)
    x = chance.uniform(0, 100, 300)
    won = chance.random(300) < 0.3 + 0.3 * x / 100
    assert cut(x, won).table.course in {"ascending", "descending"}


@settings(max_examples=80)
@given(
    st.lists(st.tuples(NUMBER, st.booleans()), min_size=2, max_size=60),
    st.sampled_from([0.0, 0.1, 0.5]),
    st.integers(1, 5),
    st.sampled_from([0.0, 10.0]),
)
def test_every_customer_is_in_the_bin_that_says_so(people, share, most, shrink):
    x, won = (np.array(part) for part in zip(*people, strict=True))
    if won.all() or not won.any():
        return
    found = cut(x, won, least_share=share, most_bins=most, shrink=shrink, special=(-999,))
    table = found.table
    assert table.rows.sum() == len(x)
    assert table.cases.sum() == won.sum()
    bands = [each for each in table.bins if each.kind == "band"]
    assert 1 <= len(bands) <= most
    assert all(each.rows >= share * len(x) for each in bands) or len(bands) == 1
    for value, place in zip(x, found.at, strict=True):
        bin_ = table.bins[place]
        if np.isnan(value):
            assert bin_.kind == "missing"
        elif value == -999:
            assert bin_.kind == "special"
        else:
            assert bin_.kind == "band"
            assert bin_.low is None or value >= bin_.low
            assert bin_.high is None or value < bin_.high
    assert np.bincount(found.at, minlength=len(table.bins)).tolist() == table.rows.tolist()


def test_order_of_rows_changes_nothing():
    x, won = wave("peak")
    back = cut(x[::-1], won[::-1])
    assert back.table == cut(x, won).table


def test_weights_are_as_good_as_copies():
    x, won = wave("valley")
    many = np.arange(len(x)) % 3 + 1
    weighed = binned_numbers("x", x, Cases(won, many * 1e6), Binning())
    copied = cut(np.repeat(x, many), np.repeat(won, many))
    assert weighed.table == copied.table


def test_your_own_edges_are_kept_and_a_value_on_one_is_above():
    table = cut([1, 2, 2, 3], [0, 1, 1, 0], edges=(2, 9)).table
    assert [(b.low, b.high, b.rows) for b in table.bins] == [
        (None, 2, 1),
        (2, 9, 3),
        (9, None, 0),
    ]


def test_flags_are_cut_between():
    assert cut([0, 1] * 20, [0, 1] * 18 + [1, 0] * 2).table.edges == (1,)


def test_nothing_known_is_one_bin():
    table = cut([np.nan] * 4, [0, 1, 1, 0]).table
    assert [(b.kind, b.rows) for b in table.bins] == [("band", 0), ("missing", 4)]
