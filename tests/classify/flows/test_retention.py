from collections import defaultdict
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import plainprofile
from custseg.classify import cohorts
from custseg.errors import ConfigError
from custseg.measures import wilson

Z = 1.959963984540054
START = datetime(2026, 1, 1)  # noqa: DTZ001 - the company's own clock
busy = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": st.sampled_from("abcdefg"),
            "paid_at": st.integers(0, 89).map(lambda n: START + timedelta(days=n)),
            "amount": st.integers(-200, 3000).map(lambda n: n / 100),
        }
    ),
    min_size=15,
    max_size=24,
)


def worths(rows, measure):
    """Customer -> month of the first purchase, and what it did in each month."""
    out = {}
    for who, mine in plainprofile.counted(rows).items():
        days = plainprofile.days_of(mine)
        if not days:
            continue
        cells = defaultdict(float)
        if measure == "purchases":
            for day in days:
                cells[day.year * 12 + day.month] += 1
        else:
            for row in mine:
                day = row["paid_at"].date()
                cells[day.year * 12 + day.month] += plainprofile.units(row["amount"]) / 10_000
        out[who] = days[0].year * 12 + days[0].month, cells
    return out


def ratio_interval(now, opening):
    """A ratio of sums over the same customers, from each customer's own two numbers."""
    now, opening = np.array(now), np.array(opening)
    share = now.sum() / opening.sum()
    spread = ((now - share * opening) ** 2).sum() * len(now) / (len(now) - 1)
    half = Z * np.sqrt(spread) / opening.sum()
    return share - half, share + half


@given(busy, st.sampled_from(["purchases", "revenue"]))
def test_intervals_are_those_of_a_ratio_over_customers(rows, measure):
    log = cs.TransactionLog.of(rows, cs.Names(at="paid_at"))
    found = cohorts(log, as_of=plainprofile.AS_OF, measure=measure)
    low, high = found.intervals()
    people = worths(rows, measure).values()
    mean = found.average()
    for i, begin in enumerate(found.cohorts):
        born = begin.year * 12 + begin.month
        mine = [cells for first, cells in people if first == born]
        for age in range(len(found.cohorts) - i):
            now = [cells[born + age] for cells in mine]
            opening = [cells[born] for cells in mine]
            if age == 0:
                assert low[i, 0] == pytest.approx(1.0 if sum(opening) > 0 else np.nan, nan_ok=True)
            elif len(mine) < 2 or np.count_nonzero(now) < 2 or sum(opening) <= 0:
                assert np.isnan(low[i, age])
            else:
                assert (low[i, age], high[i, age]) == pytest.approx(
                    ratio_interval(now, opening), abs=1e-6
                )
    for age in range(len(found.cohorts)):
        told = [
            (cells[born + age], cells[born])
            for born, cells in people
            if born + age <= plainprofile.AS_OF.year * 12 + plainprofile.AS_OF.month
        ]
        now, opening = zip(*told, strict=True) if told else ((), ())
        if sum(opening) > 0:
            assert mean.share[age] == pytest.approx(sum(now) / sum(opening))
        if sum(opening) > 0 and len(now) > 1 and np.count_nonzero(now) > 1:
            assert (mean.low[age], mean.high[age]) == pytest.approx(
                ratio_interval(now, opening), abs=1e-6
            )
        assert mean.customers[age] == len(told)


def test_an_average_weighs_by_customers_and_takes_only_what_is_over():
    orders = [("a", "2026-01-05"), ("b", "2026-01-06"), ("c", "2026-01-07"), ("d", "2026-02-01")]
    back = [("a", "2026-02-05"), ("d", "2026-03-05"), ("a", "2026-04-01")]
    log = cs.TransactionLog.of(
        [{"customer_id": who, "at": at, "amount": 1} for who, at in orders + back]
    )
    mean = cohorts(log, as_of="2026-04-15").average()
    assert mean.share.round(4).tolist()[:3] == [1.0, 0.5, 0.0]  # a of a, b, c; d of d: 2 of 4
    assert np.isnan(mean.share[3])  # the fourth month is not over
    assert mean.cohorts.tolist() == [2, 2, 1, 0]
    assert mean.customers.tolist() == [4, 4, 3, 0]
    low, high = wilson(np.array([2]), np.array([4]), 0.95)
    assert (mean.low[1], mean.high[1]) == (low[0], high[0])
    assert mean.as_dict()["share"][3] is None


def test_at_the_first_age_everybody_is_there():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 10}])
    found = cohorts(log, as_of="2026-02-28")
    assert [end[0, 0] for end in found.intervals()] == [1.0, 1.0]
    assert found.average().low.tolist() == [1.0, 0.0]


def test_money_of_one_buyer_has_no_interval():
    log = cs.TransactionLog.of(
        [
            {"customer_id": "a", "at": "2026-01-05", "amount": 10},
            {"customer_id": "b", "at": "2026-01-05", "amount": 30},
            {"customer_id": "a", "at": "2026-02-05", "amount": 20},
            {"customer_id": "c", "at": "2026-02-05", "amount": 0},
        ]
    )
    found = cohorts(log, as_of="2026-02-28", measure="revenue")
    assert found.shares[0].tolist() == [1.0, 0.5]
    assert np.isnan(found.intervals()[0][0, 1])
    assert np.isnan(found.shares[1, 0])  # a gift for nothing: of no money there is no share
    assert found.per_customer[1, 0] == 0.0


def test_a_level_is_between_0_and_1():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 4}])
    found = cohorts(log, as_of="2026-02-28")
    for ask in (found.intervals, found.average):
        with pytest.raises(ConfigError, match="level"):
            ask(1.0)
