import pytest

from anysea import NOW, ago, customer
from custseg.allocate import NoFollowUp, Pool, Pools, Protection
from custseg.errors import DataError, MissingColumnError
from custseg.rules import F

SEA = Pool(clocks=[NoFollowUp(8)], protection=Protection(5, 3, 10))


def acts(*told):
    return [{"customer_id": n, "at": day} for n, day in told]


def test_the_last_follow_up_is_read_from_them_and_the_column_may_be_lacking():
    row = customer(received_at=ago(12))
    del row["last_follow_up"]
    (found,) = SEA.recycle([row], NOW, activities=acts((1, ago(4)), (1, ago(11)))).table
    assert found["returns_on"] == ago(-5)
    with pytest.raises(MissingColumnError, match="last_follow_up"):
        SEA.recycle([row], NOW)


def test_those_of_others_before_receipt_and_to_come_do_not_count():
    row = customer(received_at=ago(9))
    told = acts((1, ago(20)), (2, ago(1)), (1, ago(-1)), (None, ago(1)))
    done = SEA.recycle([row], NOW, activities=told)
    assert done.table[0]["pool_state"] == "due"
    assert done.sea.future == {"at": 1}


def test_each_pool_protects_by_its_own_days():
    sea = Pools(
        [
            Pool(name="a", when=F("tier") == "low", protection=Protection(5, 3, 10)),
            Pool(name="b", protection=Protection(9, 1, 10)),
        ]
    )
    rows = [
        customer(customer_id=n, received_at=ago(4), tier=tier)
        for n, tier in enumerate(["low", "x"])
    ]
    done = sea.recycle(rows, NOW, activities=acts((0, ago(0)), (1, ago(0))))
    assert [row["protected_until"] for row in done.table] == [ago(-3), ago(-5)]


def test_no_follow_ups_at_all():
    for told in (acts((9, NOW)), []):
        done = SEA.recycle([customer(received_at=ago(9))], NOW, activities=told)
        assert [row["pool_state"] for row in done.table] == ["due"]


def test_ids_of_another_type_are_no_ids_of_these_customers():
    with pytest.raises(DataError, match="ids are int in one table and str"):
        SEA.recycle([customer()], NOW, activities=[{"customer_id": "1", "at": NOW}])


def test_an_id_that_stands_twice_is_refused_since_follow_ups_cannot_be_shared():
    rows = [customer(), customer()]
    with pytest.raises(DataError, match="stands twice"):
        Pool(clocks=[NoFollowUp(30)]).recycle(rows, NOW, activities=[{"customer_id": 1, "at": NOW}])


def test_reminders_know_follow_ups_one_by_one_too():
    sea = Pool(clocks=[NoFollowUp(30)], remind_before=3)
    row = customer(last_follow_up=ago(28))
    assert len(sea.remind([row], NOW)) == 1
    assert not sea.remind([row], NOW, activities=acts((1, NOW)))
