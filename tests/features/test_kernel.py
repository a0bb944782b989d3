"""The kernel beside plain Python, on rows of every shape."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.features import dealing
from custseg.features.gaps import Gaps
from custseg.features.kernel import measure, radix_sorted
from custseg.features.purchases import Purchases
from custseg.features.rows import Rows

row = st.tuples(st.integers(0, 6), st.integers(-40, 400), st.integers(-300, 900))
rows = st.lists(row, max_size=40)


def made(some, size=7):
    code, day, units = (list(column) for column in zip(*some, strict=True)) if some else ([],) * 3
    return Rows(
        np.array(code, dtype=np.int32), np.array(day, dtype=np.int32), np.array(units, "i8"), size
    )


def measured(some, until=300, size=7):
    bought, gaps = Purchases.blank(size), Gaps.blank(size)
    measure(made(some, size), until, bought, gaps)
    return bought, gaps


def figures(some, until=300, size=7):
    bought, gaps = measured(some, until, size)
    columns = (bought.days, bought.first, bought.last, bought.net, bought.opening)
    return [column.tolist() for column in (*columns, *attrs.astuple(gaps)[:-1])]


def plain(some, until, size):
    out = []
    for who in range(size):
        own = [(day, units) for code, day, units in some if code == who and day <= until]
        days = sorted({day for day, units in own if units >= 0})
        opening = sum(units for day, units in own if days and day <= days[0])
        first, last = (days[0], days[-1]) if days else (0, 0)
        out.append((len(days), first, last, sum(units for _, units in own), opening))
    return out


@given(rows, st.integers(-50, 410))
def test_it_is_what_plain_python_says(some, until):
    bought, _ = measured(some, until)
    columns = (bought.days, bought.first, bought.last, bought.net, bought.opening)
    found = list(zip(*(column.tolist() for column in columns), strict=True))
    expected = plain(some, until, 7)
    for mine, theirs in zip(found, expected, strict=True):
        assert mine[:4] == theirs[:4]
        if theirs[0]:  # before a first purchase there is no opening money
            assert mine[4] == theirs[4]


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(some, chance):
    mixed = chance.sample(some, len(some))
    np.testing.assert_equal(figures(mixed), figures(some))


@given(rows, rows)
def test_customers_apart_are_customers_together(left, right):
    together = figures([*left, *((code + 7, *rest) for code, *rest in right)], size=14)
    apart = [a + b for a, b in zip(figures(left), figures(right), strict=True)]
    np.testing.assert_equal(together, apart)


@given(rows)
def test_rows_that_come_day_by_day_are_the_same_rows(some):
    in_order = sorted(some, key=lambda row: row[1])
    np.testing.assert_equal(figures(in_order), figures(some))


@given(rows)
def test_rows_after_the_day_do_not_matter(some):
    late = [(code, day + 500, units) for code, day, units in some]
    np.testing.assert_equal(figures([*some, *late]), figures(some))


@pytest.mark.parametrize(("chunk", "block"), [(3, 2), (1, 1), (5, 64)])
@given(some=rows)
def test_the_size_of_chunks_and_blocks_does_not_matter(chunk, block, some):
    expected = figures(some)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dealing, "CHUNK", chunk)
        patch.setattr(dealing, "BLOCK", block)
        np.testing.assert_equal(figures(some), expected)


def test_days_far_apart_still_fit_into_a_key():
    far = [(0, 0, 5), (0, 2_900_000, 7), (6, 2_900_000, 1)]
    bought, _ = measured(far, until=3_000_000)
    assert bought.last.tolist() == [2_900_000, 0, 0, 0, 0, 0, 2_900_000]


def test_many_customers_make_many_blocks():
    size = 300_000
    code = np.arange(size, dtype=np.int32)
    some = Rows(
        np.concatenate((code, code)),
        np.concatenate((code % 9, code % 9 + 3)).astype(np.int32),
        np.ones(2 * size, dtype=np.int64),
        size,
    )
    bought = Purchases.blank(size)
    measure(some, 100, bought)
    assert (bought.days == 2).all()
    assert (bought.first == code % 9).all()
    assert (bought.net == 2).all()


def test_sums_are_exact_where_floats_are_not():
    big = 2**60 + 1
    bought, _ = measured([(0, 1, big), (0, 2, 1), (0, 3, -big)])
    assert bought.net[0] == 1
    assert bought.opening[0] == big


@given(st.lists(st.integers(0, 2**40)))
def test_radix_sorting_is_sorting(numbers):
    keys = np.array(numbers, dtype=np.int64)
    assert radix_sorted(keys, 41).tolist() == sorted(numbers)


def test_the_rows_are_not_changed():
    some = made([(1, 5, 10), (0, 3, -2)])
    for column in (some.code, some.day, some.units):
        column.setflags(write=False)
    measure(some, 4, Purchases.blank(7), Gaps.blank(7))


@given(rows, st.integers(0, 2))
def test_rows_that_are_grouped_are_not_dealt_and_say_the_same(some, bits):
    """By customer and day, by customer alone, and up to a day, in blocks of few customers."""
    expected = figures(some, until=400)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dealing, "BLOCK", 1 << bits)
        for grouped in (sorted(some), sorted(some, key=lambda one: one[0])):
            np.testing.assert_equal(figures(grouped, until=400), expected)
            np.testing.assert_equal(figures(grouped, until=100), figures(some[::-1], until=100))
