import pytest

from anysea import NOW, TEAM, customer
from custseg.allocate import Pool, PoolLimit
from custseg.errors import ConfigError, DataError, MissingColumnError


@pytest.mark.parametrize(
    ("people", "reps", "column"),
    [
        ([customer(), customer()], TEAM, "customer_id"),
        ([customer(customer_id=None)], TEAM, "customer_id"),
        ([customer()], [TEAM[0], TEAM[0]], "rep_id"),
        ([customer()], [{**TEAM[0], "rep_id": None}], "rep_id"),
    ],
)
def test_ids_are_there_and_stand_once(people, reps, column):
    with pytest.raises(DataError, match=column):
        Pool().desk(people, reps, [], at=NOW)


def test_departments_are_asked_for_by_name():
    with pytest.raises(ConfigError, match="give reps a column 'department'"):
        Pool(departments="sales").desk([customer()], [{"rep_id": "A"}], [], at=NOW)


def test_columns_of_limits_must_be_there():
    with pytest.raises(MissingColumnError, match="crew"):
        Pool(limits=[PoolLimit(3, by="crew")]).desk([customer()], TEAM, [], at=NOW)


def test_a_history_needs_its_columns():
    with pytest.raises(MissingColumnError, match="from_rep"):
        Pool().desk([customer()], TEAM, [{"customer_id": 1, "at": NOW, "event": "x"}], at=NOW)


def test_ids_may_be_numbers_on_both_sides():
    people = [customer(customer_id=1, owner=7), customer(customer_id=2, owner=None)]
    desk = Pool(limits=[PoolLimit(1)]).desk(people, [{"rep_id": 7}, {"rep_id": 8}], [], at=NOW)
    assert desk.claim(2, 7).code == "holding_full"
    verdict = desk.hand_over(1, 8, by=7)
    assert verdict.changes["previous_owner"] == 7
    assert verdict.changes["owner"] == 8
