import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.tiering import Adjustment, Calm, Cuts, Retier

LINEAR = Adjustment(threshold=1.8, notch=1.0, scale="linear")


@pytest.mark.parametrize(
    ("value", "then"), [(11.7, 10.0), (11.8, 11.08), (8.3, 10.0), (8.2, 8.74), (15.0, 13.0)]
)
def test_late_and_only_part_of_the_way(value, then):
    """1.8 notches, then 60 % up or 70 % down: Altman and Rijken 2005, Economic Notes 34(2)."""
    ruler = LINEAR.ruler(Cuts((1.0,)))
    assert LINEAR.moved_one(ruler, 10.0, value) == pytest.approx(then)


def test_on_the_log_scale_ratios_count():
    rule = Adjustment(threshold=1.0)
    ruler = rule.ruler(Cuts((100.0, 1000.0)))
    assert ruler.notch == pytest.approx(np.log(10))
    assert rule.moved_one(ruler, 100.0, 999.0) == 100.0
    assert rule.moved_one(ruler, 100.0, 1000.0) == pytest.approx(100 * 10**0.6)
    assert rule.moved_one(ruler, 1000.0, 100.0) == pytest.approx(1000 * 10**-0.7)


@pytest.mark.parametrize("rule", [Adjustment(), LINEAR])
def test_one_and_many_agree(rule):
    ruler = rule.ruler(Cuts((100.0, 1000.0)))
    values = [np.nan, -5.0, 0.0, 1.0, 80.0, 100.0, 1234.5, np.inf, -np.inf]
    before, now = map(np.ravel, np.meshgrid(values, values))
    one = [rule.moved_one(ruler, float(a), float(b)) for a, b in zip(before, now, strict=True)]
    assert np.array_equal(rule.moved(ruler, before, now), one, equal_nan=True)
    for keep in (True, False):
        bars = [100.0, 1000.0]
        many = [rule.asked(ruler, before, np.full(before.size, bar), keep=keep) for bar in bars]
        ones = [[rule.asked_one(ruler, float(a), bar, keep=keep) for a in before] for bar in bars]
        assert np.array_equal(many, ones, equal_nan=True)


def test_what_is_asked_is_just_enough():
    """With the value that is asked the bar is reached or kept; with less it is not."""
    rule = Adjustment()
    ruler = rule.ruler(Cuts((100.0, 1000.0)))
    for smoothed in (20.0, 120.0, 300.0, 900.0):
        for keep, bar in ((False, 1000.0), (True, 100.0)):
            asked = rule.asked_one(ruler, smoothed, bar, keep=keep)
            enough = rule.moved_one(ruler, smoothed, asked * (1 + 1e-9))
            less = rule.moved_one(ruler, smoothed, asked * (1 - 1e-6))
            assert enough >= bar * (1 - 1e-8)
            assert less < bar


def test_a_wobble_moves_nobody():
    model = Retier(Cuts((100.0, 1000.0)), Calm(adjustment=Adjustment())).fit().on("2026-06-30")
    row = {"revenue": 90.0, "tier_previous": "medium", "tier_smoothed_previous": 130.0}
    said = model.one(row)
    assert (said["tier"], said["tier_reason"]) == ("medium", "kept_smoothed")
    assert said["tier_smoothed"] == 130.0
    gone = model.one({**row, "revenue": 3.0})
    assert (gone["tier"], gone["tier_move"]) == ("low", "down")


def test_without_a_value_the_smoothed_one_stays():
    model = Retier(Cuts((100.0, 1000.0)), Calm(adjustment=Adjustment())).fit().on("2026-06-30")
    row = {"revenue": None, "tier_previous": "high", "tier_smoothed_previous": 2000.0}
    said = model.one(row)
    assert (said["tier"], said["tier_smoothed"]) == ("high", 2000.0)
    assert said["needed_to_keep"] is None


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Adjustment(threshold=0), "above 0"),
        (lambda: Adjustment(up=1.5), "at most 1"),
        (lambda: Adjustment(scale="cubic"), "'log', 'linear'"),
        (lambda: Retier(Cuts((100.0,)), Calm(adjustment=Adjustment())), "give notch"),
        (lambda: Retier(Cuts((-1.0, 5.0)), Calm(adjustment=Adjustment())), "use 'linear'"),
    ],
)
def test_impossible_settings_are_refused(made, said):
    with pytest.raises(ConfigError, match=said):
        made()
