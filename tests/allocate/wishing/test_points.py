"""Wishes added up."""

from typing import ClassVar

import attrs
import numpy as np
import pytest

from custseg.allocate import Allocation, Area, Availability, Match, Senior, Stay, Territory
from custseg.allocate.wishing.points import Score, added, parts, rounded
from custseg.allocate.wishing.sides import read_side
from custseg.errors import ConfigError, DataError
from custseg.frames import table
from custseg.reasons import Reason


@attrs.frozen
class Fixed:
    found: tuple
    needs: ClassVar = {}
    rep_needs: ClassVar = {}
    reason: ClassVar = Reason("fixed")

    def points(self, customers, reps):
        return np.array(self.found, dtype=float)


def score(wishes, weights=()):
    people = read_side(table([{"id": 1, "a": "x"}]), "id", {"a": "text"})
    team = read_side(table([{"id": 1, "a": "x"}, {"id": 2, "a": "y"}]), "id", {"a": "text"})
    return Score(wishes, parts(weights, len(wishes)), people, team)


def test_points_are_the_weighted_sum_and_nan_wins():
    found = score([Match("a"), Fixed([[0.5, np.nan]])], (3, 1)).points()
    assert found[0, 0] == 0.875
    assert np.isnan(found[0, 1])


def test_a_wish_of_no_weight_may_still_refuse():
    assert np.isnan(score([Fixed([[0.5, np.nan]])], (0,)).points()[0, 1])


def test_equal_sums_are_equal_numbers():
    assert rounded(np.array([0.1 + 0.2]))[0] == 0.3


def test_the_leading_wish_weighs_most_and_the_first_wins_ties():
    both = score([Fixed([[0.4, 0]]), Fixed([[0.4, 0]]), Fixed([[0.1, 0]])])
    assert both.leading(np.array([0])).tolist() == [0]
    assert both.leading(np.array([1])).tolist() == [-1]
    assert both.leading(np.array([-1])).tolist() == [-1]


@pytest.mark.parametrize("found", [[[0.5]], [[2.0, 0.0]], [[-0.1, 0.0]], [[np.inf, 0.0]]])
def test_a_wish_must_keep_to_its_shape_and_range(found):
    with pytest.raises(ConfigError, match=r"Fixed\.points"):
        score([Fixed(found)]).points()


@attrs.frozen
class Plain:
    """The same wish without its classes."""

    wish: object

    @property
    def needs(self):
        return self.wish.needs

    @property
    def rep_needs(self):
        return self.wish.rep_needs

    @property
    def reason(self):
        return self.wish.reason

    def points(self, customers, reps):
        return self.wish.points(customers, reps)


PEOPLE = [
    {
        "id": f"C{i}",
        "region": ("n", "s", None)[i % 3],
        "tier": ("low", "medium", "high", None)[i % 4],
        "owner": ("R0", "R9", None, "R2", "R1")[i % 5],
    }
    for i in range(240)
]
TEAM = [
    {"rep_id": f"R{j}", "region": ("n", "n;s", None)[j], "seniority": (1.0, None, 5.0)[j]}
    for j in range(3)
]
WISHES = (Match("region", separator=";", required=True), Senior(), Stay(), Match("region"))


def whole(wishes, weights=(0.1, 0.2, 0.3, 0.37), people=PEOPLE):
    needs = {"region": "text", "tier": "text", "owner": "text"}
    rep_needs = {"region": "text", "seniority": "number", "rep_id": "text"}
    return Score(
        wishes,
        parts(weights, len(wishes)),
        read_side(table(people), "id", needs),
        read_side(table(TEAM), "rep_id", rep_needs),
    )


def test_classes_give_the_same_points_to_the_last_bit():
    fast = whole(WISHES)
    slow = whole([Plain(wish) for wish in WISHES])
    mixed = whole([WISHES[0], Plain(WISHES[1]), WISHES[2], Plain(WISHES[3])])
    assert np.array_equal(fast.points(), slow.points(), equal_nan=True)
    assert np.array_equal(mixed.points(), slow.points(), equal_nan=True)
    at, points = fast.grouped()
    assert len(points) <= 61
    assert np.array_equal(points[at], slow.points(), equal_nan=True)
    assert np.array_equal(added(slow.parts, slow.terms(slice(None))), points[at], equal_nan=True)


def test_the_order_of_wishes_does_not_matter():
    turned = whole(WISHES[::-1], (0.37, 0.3, 0.2, 0.1))
    assert np.array_equal(turned.points(), whole(WISHES).points(), equal_nan=True)


def test_the_leading_wish_is_the_same_by_classes():
    slow = whole([Plain(wish) for wish in WISHES])
    for rep in range(-1, 3):
        at = np.full(240, rep)
        assert np.array_equal(whole(WISHES).leading(at), slow.leading(at))


def test_there_are_classes_only_where_they_save_something():
    assert whole([Plain(WISHES[0])], ()).grouped() is None
    assert whole(WISHES, people=PEOPLE[:20]).grouped() is None
    at, points = whole((), ()).grouped()
    assert (len(points), set(at.tolist())) == (1, {0})


def test_blocks_do_not_matter(monkeypatch):
    mixed = [WISHES[0], Plain(WISHES[1]), WISHES[2], Plain(WISHES[3])]
    expected = whole(mixed).points()
    monkeypatch.setattr("custseg.allocate.wishing.points._BLOCK", 7)
    assert np.array_equal(whole(mixed).points(), expected, equal_nan=True)


@attrs.frozen
class Sorted(Fixed):
    at: tuple = (0,)

    def classes(self, customers, reps):
        return np.array(self.at), np.array(self.found, dtype=float)


@pytest.mark.parametrize(
    "wish",
    [
        Sorted([[0.5]]),
        Sorted([[2.0, 0.0]]),
        Sorted([[0.5, 0.5]], (1,)),
        Sorted([[0.5, 0.5]], (-1,)),
        Sorted([[0.5, 0.5]], (0, 0)),
    ],
)
def test_classes_must_keep_to_their_shape_and_range(wish):
    with pytest.raises(ConfigError, match="Sorted"):
        score([wish]).points()


def test_rows_of_an_error_are_those_of_the_caller():
    people = [{"customer_id": c, "tier": t} for c, t in (("c", "gold"), ("b", "low"), ("a", "low"))]
    team = [
        {"rep_id": r, "capacity": 9, "seniority": 1, "leave": d}
        for r, d in (("R2", "x"), ("R1", None))
    ]
    with pytest.raises(DataError, match="'tier', row 0"):
        Allocation(wishes=[Senior()]).assign(people, team)
    gate = Availability(leave="leave")
    with pytest.raises(DataError, match="'leave', row 0"):
        Allocation(gates=[gate]).assign(people, team, as_of="2026-07-01")
    areas = [
        {"rep_id": r, "capacity": 9, "territory": t} for r, t in (("R2", "Eest"), ("R1", "East"))
    ]
    rows = [{"customer_id": 1, "territory": "East"}]
    with pytest.raises(DataError, match="'territory': holds 'Eest', no area"):
        Allocation(wishes=[Territory([Area("East")])]).assign(rows, areas)
