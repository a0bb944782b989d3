import json
from uuid import UUID

import numpy as np
import pandas as pd
import pytest

from anysea import NOW, TEAM, ago, customer
from custseg.allocate import Pool, PoolColumns, PoolLimit, Pools, WorkCalendar
from custseg.errors import ConfigError, DataError
from custseg.rules import F

SEA = Pool(admins="boss", limits=[PoolLimit(1, counts="locked")])


def people():
    return [
        customer(customer_id=1, owner="A"),
        customer(customer_id=2, owner="A", locked=1),
        customer(customer_id=3, owner=None),
        customer(customer_id=4, owner="gone"),
    ]


def desk(sea=SEA, events=(), at=NOW):
    return sea.desk(people(), TEAM, list(events), at=at)


REFUSED = [
    (lambda d: d.claim(9, "A"), "unknown_customer"),
    (lambda d: d.claim(3, "nobody"), "unknown_rep"),
    (lambda d: d.claim(1, "B"), "has_owner"),
    (lambda d: d.claim(1, "A"), "own_already"),
    (lambda d: d.claim(4, "A"), "has_owner"),
    (lambda d: d.assign(3, "A", by="B"), "not_admin"),
    (lambda d: d.assign(1, "B", by="boss"), "has_owner"),
    (lambda d: d.hand_over(1, "A", by="A"), "own_already"),
    (lambda d: d.hand_over(1, "B", by="B"), "not_owner"),
    (lambda d: d.hand_over(2, "B", by="A"), "unlock_first"),
    (lambda d: d.hand_over(3, "B", by="A"), "in_pool"),
    (lambda d: d.give_back(2, by="A"), "unlock_first"),
    (lambda d: d.give_back(1, by="B"), "not_owner"),
    (lambda d: d.give_back(4, by="B"), "not_owner"),
    (lambda d: d.give_back(3, by="A"), "in_pool"),
    (lambda d: d.lock(1, by="A"), "locks_full"),
    (lambda d: d.lock(2, by="A"), "locked_already"),
    (lambda d: d.unlock(1, by="A"), "not_locked"),
    (lambda d: d.unlock(2, by="B"), "not_owner"),
]


@pytest.mark.parametrize(("asked", "code"), REFUSED, ids=map(str, range(len(REFUSED))))
def test_what_is_refused_and_why(asked, code):
    verdict = asked(desk())
    assert not verdict.granted
    assert code in {reason.code for reason in verdict.reasons}
    assert desk().after(verdict).used("A") == desk().used("A")
    json.dumps(verdict.as_dict())


@pytest.mark.parametrize(
    ("asked", "changes"),
    [
        (lambda d: d.claim(3, "B"), {"owner": "B", "received_at": NOW}),
        (lambda d: d.assign(3, "B", by="boss"), {"owner": "B", "received_at": NOW}),
        (
            lambda d: d.hand_over(1, "B", by="A"),
            {"owner": "B", "previous_owner": "A", "received_at": NOW},
        ),
        (lambda d: d.give_back(1, by="A"), {"owner": None, "previous_owner": "A"}),
        (lambda d: d.give_back(4, by="boss"), {"owner": None, "previous_owner": "gone"}),
        (
            lambda d: d.hand_over(4, "B", by="boss"),
            {"owner": "B", "previous_owner": "gone", "received_at": NOW},
        ),
        (lambda d: d.unlock(2, by="boss"), {"locked": False}),
    ],
)
def test_what_is_granted_and_what_to_write(asked, changes):
    verdict = asked(desk())
    assert (verdict.granted, verdict.reasons, verdict.changes) == (True, (), changes)


def test_the_reason_of_a_return_by_hand_stands_in_the_history():
    event = desk().give_back(1, by="A", why="wrong number").event
    assert event is not None
    assert (event["event"], event["from_rep"], event["why"]) == ("given_back", "A", "wrong number")


def test_everything_that_stands_against_it_is_told_together():
    sea = Pool(members="B", limits=[PoolLimit(0), PoolLimit(2)], claims_a_day=0)
    verdict = desk(sea).claim(3, "A")
    codes = [reason.code for reason in verdict.reasons]
    assert codes == ["not_member", "claims_used", "holding_full", "holding_full"]
    assert verdict.possible_on is None


def test_the_least_of_several_limits_counts():
    few = desk(Pool(limits=[PoolLimit(9), PoolLimit(2)])).claim(3, "A")
    many = desk(Pool(limits=[PoolLimit(9), PoolLimit(3)])).claim(3, "A")
    assert (few.granted, many.granted) == (False, True)


def test_who_is_over_a_limit_keeps_all_and_gains_nothing():
    at = desk(Pool(limits=[PoolLimit(1)]))
    assert at.used("A") == (("held", 2, 1),)
    assert at.claim(3, "A").reasons[0].settings == {"used": 2, "most": 1, "by": "A"}
    assert at.hand_over(1, "B", by="A").granted


def test_a_handover_is_a_gain_and_taking_back_is_one_too():
    sea = Pool(limits=[PoolLimit(1, where=F("rep_id") == "B")], cool_off=5)
    at = desk(sea)
    at = at.after(at.hand_over(1, "B", by="A"))
    assert at.claim(3, "B").code == "holding_full"
    at = at.after(at.give_back(1, by="B"))
    assert at.claim(1, "B").code == "cooling_off"
    assert at.claim(3, "B").granted


def test_a_team_shares_its_limit():
    verdict = desk(Pool(limits=[PoolLimit(2, by="team")])).claim(3, "B")
    assert verdict.reasons[0].text() == "2 of 2 places are used (x): give one back first"
    assert desk(Pool(limits=[PoolLimit(2, by="team")])).claim(3, "boss").granted


def test_a_column_gives_each_a_number_of_its_own_and_none_is_no_limit():
    sea = Pool(limits=[PoolLimit(column="places")])
    assert desk(sea).claim(3, "A").code == "holding_full"
    assert desk(sea).claim(3, "B").granted
    assert desk(sea).used("nobody") == ()


def test_limits_of_a_pool_count_its_own_customers():
    mine = Pool(name="mine", when=F("customer_id") < 2, limits=[PoolLimit(1)])
    rest = Pool(name="rest", limits=[PoolLimit(2)])
    at = Pools([mine, rest]).desk(people(), TEAM, [], at=NOW)
    assert at.claim(3, "A").granted
    assert at.used("A") == (("held", 1, 1), ("held", 1, 2))


def test_departments_claim_together_and_unknown_ones_do_not():
    at = desk(Pool(departments="shop"))
    assert [at.claim(3, who).granted for who in ("A", "B", "boss")] == [False, True, False]
    assert "only members of pool pool may claim" in at.claim(3, "A").text()


def test_days_of_cool_off_may_be_working_days():
    sea = Pool(cool_off=1, calendar=WorkCalendar())
    lost = {"customer_id": 3, "at": "2026-07-03", "event": "given_back", "from_rep": "A"}
    verdict = desk(sea, [{**lost, "to_rep": None, "pool": "pool"}], "2026-07-04").claim(3, "A")
    assert str(verdict.possible_on) == "2026-07-07"


def test_the_history_after_the_day_does_not_count():
    later = {"customer_id": 3, "at": ago(-1), "event": "recycled", "from_rep": "A"}
    event = {**later, "to_rep": None, "pool": "pool"}
    assert desk(Pool(cool_off=9), [event]).claim(3, "A").granted


def test_a_verdict_reads_in_two_languages():
    verdict = desk().lock(1, by="A")
    assert "lock: refused" in verdict.text()
    assert "1 个锁定名额已用 1 个" in verdict.text("zh")
    assert desk().claim(3, "B").text("zh") == "领取：通过"
    assert "<td>granted</td>" in desk().claim(3, "B")._repr_html_()


def test_other_names_of_columns():
    names = PoolColumns(customer_id="id", owner="who", received="since", locked="kept")
    rows = [{"id": "007", "who": None, "since": None, "kept": True}]
    sea = Pools([Pool()], columns=names)
    verdict = sea.claim("007", "A", [], customers=rows, reps=TEAM, at=NOW)
    assert verdict.changes == {"who": "A", "since": NOW, "kept": False}


def test_who_left_stands_in_the_history_also_by_a_number():
    rows = pd.DataFrame([customer(customer_id=n, owner=owner) for n, owner in ((1, 17), (2, None))])
    at = Pool(admins="boss").desk(rows, TEAM, [], at=NOW)
    back = at.give_back(1, by="boss")
    assert back.event is not None
    assert back.event["from_rep"] == back.rep_id == 17
    again = at.after(back).claim(1, "A")
    assert again.event is not None
    assert again.event["from_rep"] is None


def test_a_team_that_hands_over_within_itself_gains_nothing():
    sea = Pool(limits=[PoolLimit(2, by="team")])
    assert desk(sea).hand_over(1, "B", by="A").granted
    both = Pool(limits=[PoolLimit(2, by="team"), PoolLimit(0)])
    assert desk(both).hand_over(1, "B", by="A").code == "holding_full"


@pytest.mark.parametrize(
    ("places", "granted"), [(2.9, False), (3, True), (-1, False), (float("inf"), True)]
)
def test_a_part_of_a_place_is_none_and_without_end_is_no_limit(places, granted):
    team = [{**TEAM[0], "places": places}, {**TEAM[1], "places": 1.0}]
    at = Pool(limits=[PoolLimit(column="places")]).desk(people(), team, [], at=NOW)
    assert at.claim(3, "A").granted is granted
    assert len(at.used("A")) == (places != float("inf"))


def test_a_verdict_of_another_desk_that_does_not_hold_here_is_refused():
    rows = [customer(customer_id=n, owner=None) for n in (1, 2)]
    at = Pool(limits=[PoolLimit(1)]).desk(rows, TEAM, [], at=NOW)
    first, second = at.claim(1, "A"), at.claim(2, "A")
    with pytest.raises(ConfigError, match=r"does not hold at this desk \(holding_full\)"):
        at.after(first).after(second)


def test_what_belongs_to_no_pool_is_not_given_back():
    at = Pools([Pool(when=F("won") > 0)]).desk(people(), TEAM, [], at=NOW)
    assert at.give_back(1, by="A").code == "no_pool"


def test_nobody_is_locked_where_no_column_says_so():
    at = Pools([Pool()], columns=PoolColumns(locked=None)).desk(people(), TEAM, [], at=NOW)
    with pytest.raises(ConfigError, match="name the column of locks"):
        at.lock(1, by="A")


@pytest.mark.parametrize(
    ("given", "told"), [(UUID(int=7), str(UUID(int=7))), (np.int64(7), 7)], ids=["uuid", "numpy"]
)
def test_ids_that_json_does_not_know_are_told_as_it_can(given, told):
    rows = [customer(customer_id=given, owner=None)]
    verdict = Pool().claim(given, "A", [], customers=rows, reps=TEAM, at=NOW)
    said = json.loads(json.dumps(verdict.as_dict()))
    assert verdict.customer_id == given
    assert said["customer_id"] == said["event"]["customer_id"] == told


def test_an_event_without_a_day_is_refused():
    lost = {"customer_id": 3, "at": None, "event": "recycled", "from_rep": "A"}
    with pytest.raises(DataError, match="every row of the owner history needs its day"):
        desk(Pool(cool_off=3), [{**lost, "to_rep": None, "pool": "pool"}])


def test_what_is_read_is_not_written_over():
    with pytest.raises(ConfigError, match="'pool' is a column that is written"):
        PoolColumns(owner="pool")
