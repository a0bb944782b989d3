"""The router: the order in which it asks, owners, fallback, wishes of the day, ids, kinds."""

from datetime import UTC, datetime
from uuid import UUID

import attrs
import numpy as np
import pytest

import custseg as cs
from custseg.allocate import (
    Availability,
    Cap,
    HasRoom,
    LeastLoaded,
    Match,
    MostRoom,
    Router,
    RouterState,
    Senior,
    StickyHash,
)
from custseg.checks.kinds import answers, kinds
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.reasons import Reason
from custseg.rules import F

AT = "2026-06-30T09:00"
TEAM = [
    {"rep_id": "a", "region": "north", "capacity": 2, "seniority": 1},
    {"rep_id": "b", "region": "south", "capacity": 2, "seniority": 9},
    {"rep_id": "c", "region": "south", "capacity": 0, "seniority": 5},
]


def lead(**values):
    return {"lead_id": 1, "region": "south", **values}


def codes(found):
    return {c.rep_id: c.dropped.code for c in found.explanation.candidates if c.dropped}


def test_each_is_dropped_for_the_first_reason():
    router = Router(
        gates=[Match("region", required=True)], wishes=[Senior()], guards=[HasRoom(), Cap(0)]
    )
    found = router.route(lead(tier="high"), TEAM, at=AT)
    assert found.rep_id is None
    assert codes(found) == {"a": "not_eligible", "b": "cap_of_day", "c": "no_room_left"}


def test_the_best_by_wishes_are_asked_and_slack_widens():
    for slack, owner in ((0.0, "b"), (0.5, "b"), (1.0, "a")):
        router = Router(LeastLoaded(), wishes=[Match("region"), Senior()], slack=slack)
        state = RouterState.of(held={"b": 1, "c": 1})
        found = router.route(lead(tier="high"), TEAM, state, at=AT)
        assert found.rep_id == owner, slack
    points = {c.rep_id: c.points for c in found.explanation.candidates}
    assert points == {"a": 0.0, "b": 1.0, "c": 0.75}


def test_points_are_those_of_an_allocation():
    wishes, weights = [Match("region"), Senior()], [2, 1]
    plan = cs.allocate.Allocation(wishes=wishes, weights=weights, customer_id="lead_id")
    told = plan.assign([lead(tier="medium")], TEAM).explain(1)
    found = Router(wishes=wishes, weights=weights).route(lead(tier="medium"), TEAM, at=AT)
    mine = {c.rep_id: c.points for c in found.explanation.candidates}
    theirs = {c.rep_id: c.points for c in told.candidates}
    assert {rep: mine[rep] for rep in theirs} == theirs


def test_an_owner_keeps_the_lead_while_free_and_the_first_column_counts():
    router = Router(owners=["owner", "account_owner"], guards=[HasRoom()])
    both = lead(owner="gone", account_owner="b")
    assert router.route(both, TEAM, at=AT).reason.code == "returning_owner"
    assert router.route(both, TEAM, at=AT).rep_id == "b"
    full = lead(owner="c", account_owner=None)
    assert router.route(full, TEAM, at=AT).rep_id == "a"
    always = attrs.evolve(router, keep="always")
    assert always.route(full, TEAM, at=AT).rep_id == "c"


def test_an_owner_may_be_a_number_in_a_column_of_text():
    team = [{"rep_id": 7}, {"rep_id": 12}]
    for owner in (12, "12", 12.0):
        assert Router().route(lead(owner=owner), team, at=AT).rep_id == 12
    batch = Router().route_all([lead(owner=12)], team, at=AT)
    assert batch.table[0]["owner"] == 12


def test_a_named_owner_column_must_be_there_and_the_usual_one_need_not():
    assert Router().route({"lead_id": 1}, TEAM, at=AT).rep_id == "a"
    with pytest.raises(MissingColumnError, match="account_owner"):
        Router(owners=["account_owner"]).route({"lead_id": 1}, TEAM, at=AT)


def test_who_is_not_to_be_assigned_goes_to_nobody():
    found = Router(fallback="a").route(lead(do_not_assign="yes"), TEAM, at=AT)
    assert (found.rep_id, found.reason.code) == (None, "do_not_assign")
    assert found.state.given == (0, 0, 0)
    assert Router().route(lead(do_not_assign="no"), TEAM, at=AT).rep_id == "a"
    assert Router().route(lead(do_not_assign=""), TEAM, at=AT).rep_id == "a"


def test_a_fallback_gets_what_nobody_can_have():
    router = Router(guards=[Cap(0)], fallback="c", pool="public")
    found = router.route(lead(), TEAM, at=AT)
    assert (found.rep_id, found.reason.code, found.pool) == ("c", "fallback_rep", None)
    assert found.state.given == (0, 0, 1)
    with pytest.raises(ConfigError, match="'z' is not among"):
        Router(fallback="z").team(TEAM)


def test_no_representatives():
    found = Router(pool="public").route(lead(), [{"rep_id": "a"}][:0], at=AT)
    assert (found.rep_id, found.reason.code, found.pool) == (None, "no_reps", "public")


def test_a_wish_that_depends_on_the_day_is_asked_anew_each_day():
    gate = Availability(leave="leave")
    team = [{"rep_id": "a", "leave": "2026-06-30"}, {"rep_id": "b", "leave": None}]
    router = Router(gates=[gate])
    reps = router.team(team)
    days = ("2026-06-29", "2026-06-30", "2026-07-01")
    assert [router.route(lead(), reps, at=day).rep_id for day in days] == ["a", "b", "a"]
    leads = [{"lead_id": i, "at": day} for i, day in enumerate(days)]
    batch = router.route_all(leads, reps, at_column="at")
    assert [row["owner"] for row in batch.table] == ["a", "b", "a"]


def test_ids_come_back_as_they_went_in():
    ids = [UUID(int=2), UUID(int=1)]
    router = Router(StickyHash())
    found = router.route({"lead_id": UUID(int=9)}, [{"rep_id": rep} for rep in ids], at=AT)
    assert found.rep_id in ids
    assert found.state.reps == (str(ids[1]), str(ids[0]))
    assert found.as_dict()["decision"]["owner"] == str(found.rep_id)


def test_numbers_are_ordered_as_numbers():
    team = [{"rep_id": rep} for rep in (10, 9, 100)]
    batch = Router().route_all([{"lead_id": i} for i in range(3)], team, at=AT)
    assert [row["owner"] for row in batch.table] == [9, 10, 100]


def test_moments_with_a_zone_need_the_company_s():
    noon = datetime(2026, 6, 30, 18, tzinfo=UTC)
    with pytest.raises(ConfigError, match=r"Router\(tz"):
        Router().route(lead(), TEAM, at=noon)
    with pytest.raises(ConfigError, match=r"Router\(tz"):
        Router().route_all([lead(at="2026-06-30T18:00:00Z")], TEAM, at_column="at")
    here = Router(tz="Asia/Shanghai")
    one = here.route(lead(), TEAM, at=noon).state
    assert one.day == here.route(lead(), TEAM, at="2026-07-01T02:00").state.day
    batch = here.route_all([lead(at="2026-06-30T18:00:00Z")], TEAM, at_column="at")
    assert batch.state == one


def test_a_team_of_another_router_is_refused():
    reps = Router(MostRoom()).team(TEAM)
    assert Router(MostRoom()).route(lead(), reps, at=AT).rep_id == "a"
    with pytest.raises(ConfigError, match="read by another router"):
        Router().route(lead(), reps, at=AT)


@pytest.mark.parametrize("given", [{}, {"at": AT, "at_column": "at"}])
def test_a_batch_needs_one_kind_of_moment(given):
    with pytest.raises(ConfigError, match="either at=, "):
        Router().route_all([lead(at=AT)], TEAM, **given)


@pytest.mark.parametrize(
    ("moment", "told"), [(None, "needs its moment"), ("soon", "what is no moment")]
)
def test_every_lead_of_a_batch_needs_its_moment(moment, told):
    with pytest.raises(DataError, match=told):
        Router().route_all([lead(at=AT), {"lead_id": 2, "at": moment}], TEAM, at_column="at")


def test_every_lead_needs_an_id_of_its_own():
    with pytest.raises(DataError, match="every lead needs an id"):
        Router().route({"lead_id": None}, TEAM, at=AT)
    with pytest.raises(MissingColumnError, match="lead_id"):
        Router().route({"id": 1}, TEAM, at=AT)
    with pytest.raises(DataError, match="holds an id that stands in row 0 too"):
        Router().route_all([lead(), lead()], TEAM, at=AT)


def test_no_leads_at_all():
    state = RouterState.of(held={"a": 1})
    batch = Router().route_all([lead()][:0], TEAM, state, at=AT)
    assert (batch.state, batch.left) == (state, {})


def test_when_is_a_condition_and_a_missing_value_does_not_hold():
    router = Router(when=F("amount") >= 100)
    leads = [lead(lead_id=i, amount=amount) for i, amount in enumerate((100, 99, None))]
    batch = router.route_all(leads, TEAM, at=AT)
    assert [row["owner_reason"] for row in batch.table] == [
        "next_in_turn",
        "not_routed",
        "not_routed",
    ]
    assert [router.route(one, TEAM, at=AT).rep_id for one in leads] == ["a", None, None]


@attrs.frozen
class Odd:
    """A strategy that gives the wrong number of levels."""

    levels_: int = 2

    @property
    def reason(self):
        return Reason("next_in_turn")

    def rep_needs(self, there):
        return {}

    def levels(self, desk):
        return np.zeros(self.levels_)


def test_a_strategy_that_breaks_its_promise_is_named():
    with pytest.raises(ConfigError, match=r"Odd.levels must give 3 numbers, got shape \(2,\)"):
        Router(Odd()).route(lead(), TEAM, at=AT)
    assert Router(Odd(3)).route(lead(), TEAM, at=AT).rep_id == "a"


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"weights": [1]}, "router.weights"),
        ({"wishes": [Match("region")], "weights": [-1]}, "router.weights"),
        ({"slack": 1.5}, "router.slack"),
        ({"remember_days": -1}, "router.remember_days"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, path):
    with pytest.raises(ConfigError) as error:
        Router(**settings)
    assert error.value.path == path


def test_a_zone_that_is_none_is_refused():
    with pytest.raises(ConfigError, match="no time zone"):
        Router(tz="Mars/Base")


def test_any_kind_of_table_comes_back_as_it_was():
    pd = pytest.importorskip("pandas")
    people = pd.DataFrame([lead(lead_id=i) for i in range(4)], index=[9, 8, 7, 6])
    batch = Router().route_all(people, pd.DataFrame(TEAM), at=AT)
    assert batch.table.index.tolist() == [9, 8, 7, 6]
    assert batch.table["owner"].tolist() == ["a", "b", "c", "a"]


@pytest.mark.parametrize("kind", ["records", "pandas", "polars", "arrow", "duckdb"])
@pytest.mark.parametrize("ids", [("a", "b"), (1, 2)])
def test_who_is_not_to_be_routed_keeps_the_owner(kind, ids):
    """A table that is written back must not take the owner away from leads that are left out."""
    rows = [
        {"lead_id": 1, "won": 1, "owner": ids[1]},
        {"lead_id": 2, "won": 0, "owner": None},
        {"lead_id": 3, "won": 0, "owner": ids[1]},
        {"lead_id": 4, "won": 1, "owner": None},
    ]
    router = Router(when=F("won") == 0)
    batch = router.route_all(dict(kinds(rows))[kind], [{"rep_id": ids[0]}], at=AT)
    found = answers(batch.table, ("owner", "owner_reason"), "lead_id")
    assert found == {
        1: (ids[1], "not_routed"),
        2: (ids[0], "next_in_turn"),
        3: (ids[0], "next_in_turn"),
        4: (None, "not_routed"),
    }
    assert batch.given == {ids[0]: 2}
    assert batch.left == {"not_routed": 2}


def test_a_slack_of_exactly_the_difference_asks_both():
    table = {("a", 0.3), ("b", 0.1)}
    for slack, owners in ((0.2, {"a", "b"}), (0.19, {"a"})):
        router = Router(wishes=[Looked(dict(table))], slack=slack)
        batch = router.route_all([{"lead_id": i} for i in range(4)], TEAM[:2], at=AT)
        assert {row["owner"] for row in batch.table} == owners


@attrs.frozen
class Looked:
    """Points by representative."""

    known: dict

    needs, rep_needs, reason = {}, {"rep_id": "text"}, Reason("match", {"column": "rep_id"})

    def points(self, customers, reps):
        """One row for all leads."""
        del customers
        return np.array([[self.known[name] for name in reps["rep_id"].texts()]])


@attrs.frozen
class Says:
    """A guard that answers what it is told."""

    answer: object

    window, reason = 0.0, Reason("no_room_left")

    def rep_needs(self, there):
        """Nothing."""
        del there
        return {}

    def refuses(self, desk):
        """What it is told."""
        del desk
        return self.answer


@pytest.mark.parametrize("answer", [np.array([False]), np.array([0.0, 1.0, np.nan])])
def test_a_guard_that_does_not_answer_for_each_is_refused(answer):
    with pytest.raises(ConfigError, match=r"Says.refuses must give 3 times yes or no"):
        Router(guards=[Says(answer)]).route(lead(), TEAM, at=AT)
    found = Router(guards=[Says(np.array([True, False, True]))]).route(lead(), TEAM, at=AT)
    assert found.rep_id == "b"
