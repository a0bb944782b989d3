import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.classify.churn.trials import Looked, Trials, weighted
from custseg.measures import Tally, monotone_map

people = st.lists(
    st.tuples(st.integers(0, 5), st.booleans(), st.none() | st.integers(0, 5)),
    min_size=1,
    max_size=25,
)


def looked(rows, day=100):
    base, lost, _ = zip(*rows, strict=True)
    who = np.arange(len(rows))
    return Looked(day, who, np.array(lost), np.array(base, dtype=np.float64))


def scores(rows):
    return np.array([np.nan if one[2] is None else one[2] for one in rows], dtype=np.float64)


def area(score, lost):
    """The share of pairs in which the lost one has the higher signal; a tie is half a pair."""
    high, low = score[lost], score[~lost]
    if not len(high) or not len(low):
        return np.nan
    pairs = (high[:, None] > low) + 0.5 * (high[:, None] == low)
    return pairs.mean()


@given(people)
def test_figures_are_of_those_of_whom_something_is_told(rows):
    trial, some, score = (
        Trials.blank("mine", 30, len(rows), chance=False),
        looked(rows),
        scores(rows),
    )
    trial.add(some, score)
    found, told = trial.done[0].figures, ~np.isnan(score)
    assert (found.customers, found.unknown) == (told.sum(), (~told).sum())
    assert found.lost == some.lost[told].sum()
    expected = area(score[told], some.lost[told])
    assert found.auc.value == pytest.approx(expected, nan_ok=True)
    base = area(some.baseline[told], some.lost[told])
    assert found.gain.value == pytest.approx(expected - base, nan_ok=True)
    assert found.as_is is found.calibrated is None


@given(people)
def test_the_baseline_gains_nothing_over_itself(rows):
    trial, some = Trials.blank("recency", 30, len(rows), chance=False), looked(rows)
    trial.add(some, some.baseline)
    gain = trial.done[0].figures.gain
    assert (gain.value, gain.low, gain.high) == (0, 0, 0) or np.isnan(gain.value)


def test_a_map_is_learned_from_days_whose_horizon_is_over():
    rows = [(n, n > 2, n) for n in range(6)]
    trial = Trials.blank("mine", 30, len(rows), chance=False)
    for day in (100, 115, 130, 160):
        trial.add(looked(rows, day), scores(rows))
    assert [one.mapped is None for one in trial.done] == [True, True, False, False]
    assert trial.known_by(129, "") is None
    tally = Tally.of(scores(rows), looked(rows).lost)
    assert trial.known_by(130, "") == monotone_map(tally)
    assert trial.known_by(130, "other") is None
    assert trial.maps() == {"": monotone_map(Tally.joined([tally] * 4))}


def test_all_days_together_weigh_their_pairs():
    one = [(n, n > 2, n) for n in range(6)]  # nine pairs, all in order
    other = [(n, n < 1, n) for n in range(3)]  # two pairs, none in order
    trial = Trials.blank("mine", 30, 6, chance=False)
    trial.add(looked(one, 100), scores(one))
    trial.add(looked(other, 200), scores(other))
    whole = trial.together()
    assert whole.auc.value == pytest.approx(9 / 11)
    assert (whole.customers, whole.lost, whole.at) == (9, 4, None)


def test_probabilities_as_they_are_compare_with_calibrated_ones_of_the_same_days():
    rows = [(n, n > 2, n) for n in range(6)]
    trial = Trials.blank("mine", 30, 6, chance=True)
    for day in (100, 130):
        trial.add(looked(rows, day), scores(rows) / 5)
    whole = trial.together()
    assert whole.as_is.customers == whole.calibrated.customers == 6  # of the second day alone
    early = Trials.blank("mine", 30, 6, chance=True)
    early.add(looked(rows), scores(rows) / 5)
    assert early.together().as_is.customers == 6
    assert early.together().calibrated is None


def test_not_tried_at_all():
    whole = Trials.blank("mine", 30, 3, chance=True).together()
    assert whole.customers == 0
    assert np.isnan(whole.auc.value)
    assert whole.as_is is None
    assert Trials.blank("mine", 30, 3, chance=False).maps() == {}


def test_a_mean_of_what_is_known():
    assert weighted([1.0, 3.0], [3, 1]) == 1.5
    assert weighted([np.nan, 2.0], [0, 4]) == 2.0
    assert np.isnan(weighted([np.nan], [0]))
