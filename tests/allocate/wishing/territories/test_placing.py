"""The signs of a territory."""

import pytest

from custseg.allocate import Allocation, Area, Territory
from custseg.allocate.wishing.territories import placing

TREE = (
    Area("East", places=["华东"]),
    Area("Jiangsu", "East", places=["江苏省"], postcodes=["21", "22"]),
    Area("Suzhou", "Jiangsu", places=["苏州市"], phones=["0512"], postcodes=["215"]),
    Area("Shanghai", "East", phones=["021", "1390161"], postcodes=["20"]),
    Area("Key accounts", accounts=["C1"]),
    Area("Berlin", phones=["+49 30"], postcodes=["D-10"]),
)
WISH = Territory(TREE)


def placed(**record):
    empty = dict.fromkeys(("customer_id", "territory", "address", "postcode", "phone"))
    row = WISH.place([{**empty, **record}])[0]
    return row["area"], row["area_by"]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, (None, None)),
        ({"territory": "Shanghai"}, ("Shanghai", "territory")),
        ({"territory": "nowhere"}, (None, None)),
        ({"address": "江苏省昆山市前进路12号"}, ("Suzhou", "address")),
        ({"address": "江苏南京"}, ("Jiangsu", "address")),
        ({"address": "浙江省杭州市"}, ("East", "address")),
        ({"postcode": "215000"}, ("Suzhou", "postcode")),
        ({"postcode": "210000"}, ("Jiangsu", "postcode")),
        ({"postcode": "d 10115"}, ("Berlin", "postcode")),
        ({"phone": "021-62345678"}, ("Shanghai", "phone")),
        ({"phone": "0512 6234 5678 转 801"}, ("Suzhou", "phone")),
        ({"phone": "13901611234"}, ("Shanghai", "phone")),
        ({"phone": "13801611234"}, (None, None)),
        ({"phone": "95512"}, (None, None)),
        ({"phone": "+49 30 901820"}, ("Berlin", "phone")),
    ],
)
def test_every_sign_tells_an_area(record, expected):
    assert placed(**record) == expected


def test_named_accounts_win_over_every_other_sign():
    everything = {"territory": "Shanghai", "phone": "021-62345678", "address": "苏州市"}
    assert placed(customer_id="C1", **everything) == ("Key accounts", "account")


def test_a_less_sure_sign_makes_finer_but_never_contradicts():
    assert placed(territory="East", phone="021-62345678") == ("Shanghai", "phone")
    assert placed(territory="Jiangsu", phone="021-62345678") == ("Jiangsu", "territory")
    assert placed(territory="East", address="江苏", postcode="215000") == ("Suzhou", "postcode")
    assert placed(territory="Suzhou", address="江苏") == ("Suzhou", "territory")


def test_a_finer_area_in_a_named_account_does_not_take_it_away():
    tree = (Area("Key", accounts=["C1"]), Area("Key East", "Key", phones=["021"]))
    wish = Territory(tree, column=None)
    row = {"customer_id": "C1", "phone": "021-62345678"}
    assert wish.place([row])[0]["area"] == "Key"


def test_one_customer_is_placed_without_reading_the_others(monkeypatch):
    people = [{"customer_id": f"C{k}", "phone": f"021-6234{k:04d}"} for k in range(50)]
    wish = Territory([Area("Shanghai", phones=["021"])], column=None)
    team = [{"rep_id": "R1", "territory": "Shanghai", "capacity": 99}]
    plan = Allocation(wishes=[wish]).assign(people, team)
    read = []
    monkeypatch.setattr(placing, "number", lambda text, _: read.append(text) or "+8621")
    assert plan.explain("C7").decision["owner"] == "R1"
    assert set(read) == {"021-62340007"}
