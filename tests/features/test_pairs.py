import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.features.pairs import Pairs

rows = st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 4), st.integers(0, 9)), max_size=30)


def pairs(some):
    columns = zip(*some, strict=True) if some else ([], [], [])
    code, thing, units = (np.array(list(c), dtype=np.int64) for c in columns)
    return Pairs.of(code, thing, units, 4)


@given(rows)
def test_different_things_are_counted_once(some):
    expected = [len({t for c, t, _ in some if c == who and t >= 0}) for who in range(4)]
    assert pairs(some).count().tolist() == expected


@given(rows)
def test_the_favourite_has_most_rows_then_most_money_then_the_lowest_number(some):
    def best(who):
        own = [(t, u) for c, t, u in some if c == who and t >= 0]
        things = {t for t, _ in own}
        rank = {
            t: (-sum(t == x for x, _ in own), -sum(u for x, u in own if x == t), t) for t in things
        }
        return min(things, key=rank.__getitem__, default=-1)

    assert pairs(some).favourite().tolist() == [best(who) for who in range(4)]


@given(rows, st.integers(1, 900))
def test_few_things_and_many_are_counted_alike(some, apart):
    near, far = pairs(some), pairs([(c, t * apart if t > 0 else t, u) for c, t, u in some])
    for name in ("customer", "rows", "units"):
        assert getattr(near, name).tolist() == getattr(far, name).tolist()
    assert (near.thing * apart).tolist() == far.thing.tolist()
