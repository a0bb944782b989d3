import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.classify.quick import chance_limit, gap_limit
from custseg.lifetime import BGNBDModel, Fitting, MBGCNBDModel, MBGNBDModel, ParetoNBDModel
from custseg.lifetime.history import History

FIT = Fitting(-9582.1, 2357.0)
positive = st.floats(1e-3, 1e3)


@given(
    st.builds(dict, r=positive, alpha=positive, a=positive, b=positive),
    st.sampled_from([MBGNBDModel, BGNBDModel]),
    st.floats(0.01, 0.99),
    st.tuples(st.integers(0, 60), st.integers(1, 3000), st.sampled_from([1.0, 30.0, 365.0])),
)
def test_it_says_what_arrays_say_or_nothing(params, kind, share, customer):
    x, age, horizon = float(customer[0]), float(customer[1] if customer[0] else 0), customer[2]
    model = kind(fitting=FIT, **params)
    found = chance_limit(model, share, horizon)(x, age)
    one = np.array([age])
    days = model.quiets(History(np.array([x]), one, one, np.array([True])), share, horizon)[0]
    assert found is None or found == max(np.ceil(days - 1e-9), 1.0)
    if 1e-5 < days % 1 < 1 - 1e-5 and days < 1e6:
        assert found is not None


@given(
    st.builds(dict, r=positive, alpha=positive, a=positive, b=positive),
    st.floats(0.01, 0.99),
    st.tuples(st.integers(0, 60), st.integers(1, 3000)),
)
def test_gaps_of_one_customer_are_those_of_arrays(params, share, customer):
    x, age = float(customer[0]), float(customer[1] if customer[0] else 0)
    model = MBGNBDModel(fitting=FIT, **params)
    found, one = gap_limit(model, share)(x, age), np.array([age])
    days = model.gaps(History(np.array([x]), one, one, np.array([True])), 1.0 - share)[0]
    assert found is None or found == max(np.ceil(days - 1e-9), 1.0)


def test_models_that_need_arrays_are_left_to_them():
    others = (
        ParetoNBDModel(fitting=FIT, r=0.5, alpha=10.0, s=0.6, beta=11.0),
        MBGCNBDModel(fitting=FIT, r=1.3, alpha=2.8, a=0.4, b=0.8, k=2),
    )
    assert [chance_limit(model, 0.8, 90.0) for model in others] == [None, None]
    assert [gap_limit(model, 0.8) for model in others] == [None, None]


def test_a_whole_number_is_in_doubt():
    model = MBGNBDModel(fitting=FIT, r=1.0, alpha=1.0, a=1e-300, b=1.0)
    assert chance_limit(model, 0.5, 10.0)(0.0, 0.0) is None


def test_where_numbers_end_arrays_decide():
    model = MBGNBDModel(fitting=FIT, r=1e-3, alpha=1000.0, a=1e-300, b=1.0)
    assert gap_limit(model, 0.9)(0.0, 0.0) is None
    assert chance_limit(model, 0.999999, 90.0)(0.0, 0.0) is not None


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_where_it_is_past_at_once_the_limit_is_a_day(share):
    model = MBGNBDModel(fitting=FIT, r=0.01, alpha=500.3, a=1.0, b=1.0)
    found = chance_limit(model, share, 1.0)(0.0, 0.0)
    assert found in {None, 1.0}
