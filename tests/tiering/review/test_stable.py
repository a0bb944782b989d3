import json

import numpy as np
import pytest

from custseg.errors import ConfigError, DataError
from custseg.tiering import (
    Cuts,
    GroupCuts,
    Pareto,
    Quantiles,
    Since,
    TierPlan,
    fitted,
    frozen_cuts,
    refitted_cuts,
    smoothed_cuts,
)

RNG = np.random.default_rng(4)
BEFORE = [{"revenue": float(x)} for x in RNG.lognormal(4, 1, 2000).round(2)]
AFTER = [{"revenue": 1.6 * row["revenue"]} for row in BEFORE]
HALVES = Quantiles((0.5, 0.8))
CUTS = fitted(HALVES, BEFORE, value="revenue")


def test_frozen_cut_points_stay():
    update = frozen_cuts(CUTS, AFTER)
    assert not update.changed
    assert sum(update.counts) == 2000
    assert update.counts[0] < 1000


def test_smoothed_cut_points_go_part_of_the_way_and_arrive_in_time():
    update = smoothed_cuts(CUTS, HALVES, AFTER, weight=0.25)
    for old, new, implied in zip(CUTS, update.cuts, update.implied, strict=True):
        assert new == pytest.approx(old + 0.25 * (implied - old))
    cuts = CUTS
    for _ in range(60):
        cuts = smoothed_cuts(cuts, HALVES, AFTER, weight=0.25).cuts
    assert cuts.points == pytest.approx(update.implied.points, rel=1e-6)


def test_cut_points_are_chosen_anew_once_the_shift_is_too_large():
    still = refitted_cuts(CUTS, HALVES, BEFORE, since=Since((1000, 600, 400)))
    assert (still.changed, still.reason.code) == (False, "cuts_stable")
    assert still.psi < 0.001
    moved = refitted_cuts(CUTS, HALVES, AFTER, since=Since((1000, 600, 400), limit=0.1))
    assert (moved.changed, moved.reason.code) == (True, "cuts_refitted")
    assert moved.cuts.points == fitted(HALVES, AFTER, value="revenue").points
    later = refitted_cuts(moved.cuts, HALVES, AFTER, since=Since(moved.counts, limit=0.1))
    assert not later.changed


def test_what_cut_points_were_learnt_from_is_known_to_them():
    assert refitted_cuts(CUTS, HALVES, BEFORE).psi == pytest.approx(0.0, abs=1e-3)
    with pytest.raises(ConfigError, match="do not say what they were learnt from"):
        refitted_cuts(Cuts((1.0,)), HALVES, BEFORE)


def test_the_index_by_hand():
    people = [{"revenue": 50.0}] * 30 + [{"revenue": 500.0}] * 70
    update = refitted_cuts(Cuts((100.0,)), Quantiles((0.5,)), people, since=Since((50, 50), 9))
    expected = (0.3 - 0.5) * np.log(0.3 / 0.5) + (0.7 - 0.5) * np.log(0.7 / 0.5)
    assert update.psi == pytest.approx(expected)


def test_without_a_value_nothing_is_chosen():
    update = refitted_cuts(CUTS, HALVES, [{"revenue": None}], since=Since((5, 5, 5)))
    assert (update.changed, update.reason.code, update.psi) == (False, "cuts_unknown", None)


def test_each_update_says_what_it_did():
    for update in (
        frozen_cuts(CUTS, AFTER),
        smoothed_cuts(CUTS, HALVES, AFTER),
        refitted_cuts(CUTS, HALVES, AFTER, since=Since((1000, 600, 400), 0.01)),
    ):
        told = json.loads(json.dumps(update.as_dict()))
        assert told["points"] == list(update.cuts.points)
        for locale in ("en", "zh"):
            assert "…" not in update.text(locale)
            assert len(update.text(locale).splitlines()) >= 2
        assert update._repr_html_().startswith("<p>")


def test_labels_and_side_stay():
    cuts = Cuts((10.0, 20.0), "right", labels=("c", "b", "a"))
    assert smoothed_cuts(cuts, HALVES, AFTER).cuts.labels == ("c", "b", "a")


def test_impossible_settings_are_refused():
    with pytest.raises(ConfigError, match="above 0 and at most 1"):
        smoothed_cuts(CUTS, HALVES, AFTER, weight=0.0)
    with pytest.raises(ConfigError, match="above 0"):
        Since((1, 2), limit=0.0)
    with pytest.raises(DataError, match="implies 2 classes where there were 3"):
        smoothed_cuts(CUTS, Quantiles((0.5,)), AFTER)
    with pytest.raises(DataError, match="classes"):
        refitted_cuts(CUTS, HALVES, AFTER, since=Since((1, 2)))


def test_the_next_plan_takes_them():
    model = TierPlan(HALVES).fit(BEFORE)
    assert smoothed_cuts(model.cuts, HALVES, AFTER).cuts.classes == 3


def test_new_cut_points_know_the_customers_of_their_own_classes():
    """The next shift is measured from them: not from what the old points were learnt from."""
    before = fitted(Pareto((0.95, 0.8)), [{"revenue": 1.5**x} for x in range(30)], value="revenue")
    now = [{"revenue": float(x)} for x in range(1, 101)]
    refit = refitted_cuts(before, Pareto((0.95, 0.8)), now)
    smooth = smoothed_cuts(before, Pareto((0.95, 0.8)), now, weight=0.4)
    for update in (refit, smooth):
        assert update.changed
        assert update.cuts.learnt.rows == 100
        assert update.cuts.learnt.counts == update.counts
    again = refitted_cuts(refit.cuts, Pareto((0.95, 0.8)), now)
    assert (again.psi, again.changed) == (0.0, False)


def test_cut_points_by_group_are_refused_by_name():
    group = GroupCuts("region", {}, Cuts((100.0,)))
    for ask in (
        lambda: frozen_cuts(group, []),
        lambda: smoothed_cuts(group, Quantiles((0.5,)), [{"revenue": 5}]),
        lambda: refitted_cuts(group, Quantiles((0.5,)), [{"revenue": 5}]),
    ):
        with pytest.raises(ConfigError, match="needs Cuts, got GroupCuts"):
            ask()
