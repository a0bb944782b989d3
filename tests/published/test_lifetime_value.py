"""Customer lifetime value beside the known values of lifetimes and pymc-marketing."""

from datetime import date

import numpy as np
import pytest

from custseg.lifetime import BGNBDModel, Fitting, Terms, lifetime_value

# lifetimes, tests/test_utils.py: a BG/NBD fitted to its 5,000 example customers, and five of them.
MODEL = BGNBDModel(
    fitting=Fitting(0.0, 5000.0), r=0.16385072, alpha=1.86428187, a=1.85034151, b=3.18105431
)
FIVE = [
    {"frequency": x, "recency": last, "T": age}
    for x, last, age in ((0, 0, 298), (0, 0, 224), (6, 142, 292), (0, 0, 147), (2, 9, 183))
]
KNOWN = np.array([0.016053, 0.021171, 0.030461, 0.031686, 0.001607])
APRIL = date(2026, 4, 1)  # its months have 30 days; so has this one
HALF_A_MONTH = 2.0**12 - 1.0  # by the year: half the worth is left after a month


def test_purchases_of_thirty_days():
    assert MODEL.expected_purchases(FIVE, horizon=30) == pytest.approx(KNOWN, abs=5e-7)


@pytest.mark.parametrize(
    ("months", "discount", "times", "within"),
    [(1, 0.0, 1.0, 5e-7), (1, 1.0, 0.5, 5e-7), (2, 0.0, 2.0, 0.1), (2, 1.0, 0.75, 0.1)],
)
def test_known_values(months, discount, times, within):
    """One month exactly; two are only about twice as much there too, to a tenth."""
    terms = Terms(discount=HALF_A_MONTH * discount, as_of=APRIL)
    found = lifetime_value(FIVE, MODEL, 1.0, months=months, terms=terms)
    tolerance = {"abs": within} if months == 1 else {"rel": within}
    assert found == pytest.approx(times * KNOWN, **tolerance)


def test_two_months_of_thirty_days():
    """What lifetimes computes for two months, by hand: here months are those of the calendar."""
    first, both = (MODEL.expected_purchases(FIVE, horizon=days) for days in (30, 60))
    by_hand = first / 2 + (both - first) / 4
    terms = Terms(discount=HALF_A_MONTH, as_of=APRIL)
    found = lifetime_value(FIVE, MODEL, 1.0, months=2, terms=terms)
    assert found == pytest.approx(by_hand, rel=0.012)  # May has 31 days
    assert (found > by_hand).all()
