import pytest

from custseg.errors import ConfigError
from custseg.tiering import FREQUENCY, RECENCY, Measure
from custseg.tiering.rfm.measure import check_weights, distinct, never_bought


def test_recency_alone_says_who_never_bought():
    assert never_bought((FREQUENCY, RECENCY)) is RECENCY
    assert never_bought((FREQUENCY, Measure("length", "tenure_days"))) is None


def test_what_is_no_measure_is_told_before_names_are_compared():
    with pytest.raises(ConfigError, match="got 'recency'"):
        distinct(["recency", RECENCY])


@pytest.mark.parametrize("weights", [{}, {"a": 1}, {"a": 0, "b": 0.0001}, {"a": 1_000_000}])
def test_weights_that_count(weights):
    check_weights(weights)


@pytest.mark.parametrize(
    "weights",
    [{"a": 0}, {"a": -1}, {"a": 1_000_001}, {"a": "1"}, {"a": None}, {"a": 1, "b": 0.00004}],
)
def test_weights_that_do_not(weights):
    with pytest.raises(ConfigError, match="weights"):
        check_weights(weights)
