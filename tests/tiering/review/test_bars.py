import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.tiering import Bars, Currency, Cuts, GroupCuts, Retier
from custseg.tiering.review.bars import Hurdles

CUTS = Cuts((100.0, 1000.0))


def test_bars_are_parts_of_the_cut_points():
    assert Bars(keep=0.9, enter=1.1).of(CUTS) == ((110.00000000000001, 1100.0), (90.0, 900.0))


def test_a_part_of_a_point_below_zero_stays_on_its_side():
    enter, keep = Bars(keep=0.9, enter=1.2).of(Cuts((-100.0, 0.0)))
    assert enter == pytest.approx((-80.0, 0.0))
    assert keep == pytest.approx((-110.0, 0.0))


def test_points_of_their_own_go_before_parts():
    assert Bars(0.5, keep_at=(60, 700), enter_at=(100, 1200)).of(CUTS) == (
        (100.0, 1200.0),
        (60.0, 700.0),
    )


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Bars(keep=1.1), "keep is at most 1"),
        (lambda: Bars(enter=0.9), "enter at least 1"),
        (lambda: Bars(keep=float("nan")), "finite"),
        (lambda: Bars(keep_at=(50,)).of(CUTS), "2 cut points need 2 bars, got 1"),
        (lambda: Bars(keep_at=(500, 50)).of(CUTS), "must ascend"),
        (lambda: Bars(keep_at=(500, 900)).of(CUTS), "harder to keep than to be placed in"),
    ],
)
def test_impossible_bars_are_refused(made, said):
    with pytest.raises(ConfigError, match=said):
        made()


def test_the_side_of_the_cuts_is_the_side_of_the_bars():
    on_the_bars = np.array([80.0, 100.0, 1000.0, np.nan])
    left = Hurdles.of(CUTS, Bars(0.8))
    right = Hurdles.of(Cuts(CUTS.points, "right"), Bars(0.8))
    assert left.reached(on_the_bars, None).tolist() == [0, 1, 2, 0]
    assert left.reached(on_the_bars, None, "keep").tolist() == [1, 1, 2, 0]
    assert right.reached(on_the_bars, None).tolist() == [0, 0, 1, 0]
    assert right.reached(on_the_bars, None, "keep").tolist() == [0, 1, 2, 0]


def test_each_group_has_its_own_bars_and_strangers_those_of_all():
    cuts = GroupCuts("trade", {"retail": Cuts((500.0,))}, Cuts((100.0,)))
    model = Retier(cuts).fit().on("2026-06-30")
    people = [
        {"trade": trade, "revenue": 450.0, "tier_previous": "high"}
        for trade in ("retail", "mining", None)
    ]
    assert [row["tier_reason"] for row in model.apply(people)] == [
        "kept_band_of_tier",
        "tier_earned",
        "tier_earned",
    ]
    assert [model.one(row)["tier_reason"] for row in people] == [
        row["tier_reason"] for row in model.apply(people)
    ]


def test_what_cannot_be_reviewed_is_refused():
    money = Cuts((100.0,), currency=Currency("EUR", "currency", {"USD": 0.9}))
    with pytest.raises(ConfigError, match="bring the value to one currency first"):
        Retier(money)
    sides = GroupCuts("g", {"a": Cuts((1.0,), "right")}, Cuts((1.0,)))
    with pytest.raises(ConfigError, match="closed on the same side"):
        Retier(sides)


def test_a_note_of_the_currency_changes_nothing():
    assert Retier(Cuts((100.0,), currency="EUR")).fit().hurdles.sets[0][0] == (120.0,)


def test_bars_lie_around_their_cut_point():
    """Whoever is placed by the cut point would fall at the next review without having changed."""
    for bars in (Bars(keep_at=(150.0,), enter_at=(200.0,)), Bars(enter_at=(90.0,))):
        with pytest.raises(ConfigError, match="harder to keep than to be placed in"):
            bars.of(Cuts((100.0,)))
    assert Bars(keep_at=(100.0,), enter_at=(100.0,)).of(Cuts((100.0,))) == ((100.0,), (100.0,))
