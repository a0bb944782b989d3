import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.tiering import RFM
from custseg.tiering.rfm.continuous import line
from custseg.tiering.rfm.measure import FREQUENCY, MONETARY, RECENCY

VALUES = st.lists(st.integers(0, 500), min_size=1, max_size=400).map(
    lambda some: np.array(some, dtype=float)
)


def people(values):
    return [{"recency_days": x, "frequency": x, "revenue": x} for x in values.tolist()]


@given(VALUES)
def test_a_percentile_is_the_share_of_buyers_who_are_worse(values):
    model = RFM(measures=(MONETARY,), continuous="percentile", segments=None).fit(people(values))
    few = len(set(values.tolist())) <= 101
    for x in set(values.tolist()):
        share = ((values < x).mean() + (values <= x).mean()) * 50
        told = model.one({"revenue": x})["monetary_percentile"]
        assert told == pytest.approx(share, abs=0.006 if few else 1.1)


@given(VALUES, st.sampled_from(["percentile", "scaled"]))
def test_better_is_never_less(values, how):
    model = RFM(measures=(RECENCY, FREQUENCY), continuous=how, segments=None).fit(people(values))
    rows = [
        model.one({"recency_days": x, "frequency": x})
        for x in sorted({*values.tolist(), -5.0, 999.0})
    ]
    far = [row[f"recency_{how}"] for row in rows]
    often = [row[f"frequency_{how}"] for row in rows]
    assert far == sorted(far, reverse=True)
    assert often == sorted(often)
    assert all(0 <= x <= 100 for x in (*far, *often))


def test_scaled_goes_from_the_worst_to_the_best():
    values = np.array([10.0, 20.0, 60.0])
    assert line(values, MONETARY, "scaled") == ((10.0, 0), (60.0, 10000))
    assert line(values, RECENCY, "scaled") == ((10.0, 10000), (60.0, 0))
    assert line(np.array([7.0, 7.0]), MONETARY, "scaled") == ((7.0, 5000),)


def test_the_index_is_the_weighted_mean():
    values = np.arange(11.0)
    weights = {"recency": 1, "frequency": 0.5, "monetary": 0}
    model = RFM(continuous="scaled", weights=weights).fit(people(values))
    row = model.one({"recency_days": 0, "frequency": 4, "revenue": 10})
    assert row["rfm_index"] == pytest.approx((100 + 0.5 * 40) / 1.5)
