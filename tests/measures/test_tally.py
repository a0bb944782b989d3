import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import DataError
from custseg.measures import Tally

# few distinct scores, so that most are tied
rows = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), st.booleans()))
inner = st.lists(st.tuples(st.sampled_from([0.1, 0.25, 0.5, 0.9]), st.booleans()), min_size=1)


def arrays(some):
    score = np.array([score for score, _ in some], dtype=float)
    return score, np.array([case for _, case in some], dtype=bool)


def tally(some):
    return Tally.of(*arrays(some))


def by_pairs(some):
    """The area, pair by pair."""
    cases = [score for score, case in some if case]
    others = [score for score, case in some if not case]
    won = [1.0 if a > b else 0.5 if a == b else 0.0 for a in cases for b in others]
    return sum(won) / len(won) if won else np.nan


def by_thresholds(some):
    """Average precision, threshold by threshold."""
    many = sum(case for _, case in some)
    if not many:
        return np.nan
    total = recalled = 0.0
    for limit in sorted({score for score, _ in some}, reverse=True):
        above = [case for score, case in some if score >= limit]
        total += (sum(above) / many - recalled) * sum(above) / len(above)
        recalled = sum(above) / many
    return total


@given(rows)
def test_the_area_is_that_of_all_pairs(some):
    assert tally(some).auc == pytest.approx(by_pairs(some), nan_ok=True, abs=1e-15)


@given(rows)
def test_average_precision_goes_threshold_by_threshold(some):
    assert tally(some).average_precision == pytest.approx(by_thresholds(some), nan_ok=True)


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_digit(some, chance):
    mixed = tally(chance.sample(some, len(some)))
    for name in ("auc", "average_precision", "brier", "log_loss", "rate"):
        assert np.array_equal(getattr(mixed, name), getattr(tally(some), name), equal_nan=True)


@given(inner)
def test_brier_and_log_loss_are_means_of_rows(some):
    p, case = arrays(some)
    assert tally(some).brier == pytest.approx(np.mean((p - case) ** 2))
    assert tally(some).log_loss == pytest.approx(-np.mean(np.log(np.where(case, p, 1 - p))))


@given(rows, rows)
def test_joined_tallies_are_those_of_all_rows(left, right):
    both, whole = Tally.joined([tally(left), tally(right)]), tally([*left, *right])
    for name in ("score", "cases", "others"):
        assert getattr(both, name).tolist() == getattr(whole, name).tolist()


@given(inner)
def test_a_rising_map_keeps_the_area_and_a_falling_one_turns_it(some):
    up, down = tally(some), tally(some)
    assert up.mapped(up.score * 3 + 1).auc == pytest.approx(up.auc, nan_ok=True)
    assert down.mapped(-down.score).auc == pytest.approx(1 - down.auc, nan_ok=True)


@given(rows, st.integers(1, 9))
def test_groups_hold_enough_rows_and_lose_none(some, least):
    counted = tally(some)
    found = counted.gathered(least)
    assert (found.rows, found.happened) == (counted.rows, counted.happened)
    assert len(found.size) <= 1 or found.size.min() >= least
    assert (np.diff(found.score) > 0).all()
    total = float((found.size * found.score).sum())
    assert total == pytest.approx(float((counted.size * counted.score).sum()))


def test_gains_among_ties_are_those_of_any_order_on_average():
    some = tally([(0.9, True), (0.5, True), (0.5, False), (0.5, False), (0.1, False)])
    assert some.gains((0.2, 0.4, 0.8, 1.0)).tolist() == pytest.approx([0.5, 0.5 + 1 / 6, 1.0, 1.0])
    assert some.lift((0.2,)).tolist() == [2.5]


def test_examples_of_the_documentation_of_scikit_learn():
    """roc_auc_score, average_precision_score, brier_score_loss and log_loss, version 1.5."""
    ranked = tally([(0.1, False), (0.4, False), (0.35, True), (0.8, True)])
    assert ranked.auc == 0.75
    assert ranked.average_precision == pytest.approx(0.8333333333)
    assert tally([(0.1, False), (0.9, True), (0.8, True), (0.3, False)]).brier == pytest.approx(
        0.0375
    )
    spam = [(0.9, True), (0.1, False), (0.2, False), (0.65, True)]
    assert tally(spam).log_loss == pytest.approx(0.21616, abs=5e-6)


def test_ratings_of_hanley_and_mcneil():
    """Hanley and McNeil 1982, Radiology 143(1), table I: 109 images rated from 1 to 5."""
    normal, abnormal = (33, 6, 6, 11, 2), (3, 2, 2, 11, 33)
    rated = Tally(np.arange(1.0, 6.0), np.array(abnormal), np.array(normal))
    assert round(rated.auc, 3) == 0.893


def test_what_was_impossible_and_came_costs_endlessly():
    assert tally([(0.0, True), (0.5, False)]).log_loss == np.inf
    assert tally([(1.0, True), (0.0, False)]).log_loss == 0.0


def test_nobody_or_everybody_has_no_area():
    assert np.isnan(tally([]).auc)
    assert np.isnan(tally([]).brier)
    assert np.isnan(tally([]).log_loss)
    assert np.isnan(tally([]).rate)
    assert np.isnan(tally([(0.1, True), (0.2, True)]).auc)
    assert np.isnan(tally([(0.1, False)]).average_precision)
    assert np.isnan(tally([(0.1, False)]).gains((0.5,))).all()
    assert Tally.joined([]).rows == 0


def test_a_missing_score_is_refused():
    with pytest.raises(DataError, match="column 'score', row 1: a score is missing"):
        Tally.of(np.array([0.5, np.nan]), np.array([True, False]))
    with pytest.raises(DataError, match="1 scores and 2 outcomes"):
        Tally.of(np.array([0.5]), np.array([True, False]))


def by_steps(some):
    """The distance of the two sums, score by score."""
    cases, others = ([s for s, case in some if case is side] for side in (True, False))
    if not cases or not others:
        return np.nan
    limits = sorted({score for score, _ in some})
    return max(
        abs(sum(s <= x for s in cases) / len(cases) - sum(s <= x for s in others) / len(others))
        for x in limits
    )


@given(rows)
def test_ks_is_the_largest_distance(some):
    assert tally(some).ks == pytest.approx(by_steps(some), nan_ok=True)


def test_ks_is_that_of_scipy():
    from scipy.stats import ks_2samp

    chance = np.random.default_rng(2)
    score, case = chance.normal(size=300), chance.random(300) < 0.3
    expected = ks_2samp(score[case], score[~case]).statistic
    assert Tally.of(score, case).ks == pytest.approx(expected)


@given(rows)
def test_saying_the_share_of_all_has_no_skill(some):
    held = tally(some)
    if 0 < held.happened < held.rows:
        assert held.mapped(np.full(len(held.score), held.rate)).brier_skill == pytest.approx(0)
        assert held.gini == pytest.approx(2 * by_pairs(some) - 1)
    else:
        assert np.isnan(held.brier_skill)


def test_measures_are_those_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    chance = np.random.default_rng(4)
    said = np.round(chance.random(500), 2)  # with ties
    came = chance.random(500) < said
    held = Tally.of(said, came)
    assert held.auc == pytest.approx(metrics.roc_auc_score(came, said))
    assert held.brier == pytest.approx(metrics.brier_score_loss(came, said))
    assert held.average_precision == pytest.approx(metrics.average_precision_score(came, said))
    inner = np.clip(said, 0.01, 0.99)
    assert Tally.of(inner, came).log_loss == pytest.approx(metrics.log_loss(came, inner))
