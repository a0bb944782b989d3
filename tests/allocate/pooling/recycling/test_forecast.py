import json

import pytest

from anysea import NOW, ago, customer
from custseg.allocate import NoFollowUp, Pool, Pools
from custseg.errors import ConfigError
from custseg.rules import F

ROWS = [
    customer(customer_id=n, owner=owner, last_follow_up=ago(days), revenue=worth, tier=tier)
    for n, (owner, days, worth, tier) in enumerate(
        [("A", 40, 1.5, "low"), ("A", 30, 2.5, "high"), ("B", 25, None, "low"), ("B", 3, 9.0, None)]
    )
]
SEA = Pool(clocks=[NoFollowUp(30)])


def test_what_returns_by_day_by_owner_by_level_and_what_it_is_worth():
    soon = SEA.simulate(ROWS, NOW, days=10, value="revenue")
    days = {day: many for day, many in soon.by_day.items() if many}
    assert days == {"2026-06-30": 1, "2026-07-01": 1, "2026-07-06": 1}
    assert len(soon.by_day) == 11
    assert soon.by("owner") == {
        "A": {"customers": 2, "value": 4.0, "value_unknown": 0},
        "B": {"customers": 1, "value": 0.0, "value_unknown": 1},
    }
    assert soon.by("tier")["low"]["customers"] == 2
    assert soon.by("pool") == {"pool": {"customers": 3, "value": 4.0, "value_unknown": 1}}
    assert [row["customer_id"] for row in soon.table] == [0, 1, 2]


@pytest.mark.parametrize(
    ("days", "change"),
    [
        (20, {"more": 0, "fewer": 0, "sooner": 2, "later": 0}),
        (33, {"more": 0, "fewer": 0, "sooner": 0, "later": 2}),
        (30, {"more": 0, "fewer": 0, "sooner": 0, "later": 0}),
    ],
)
def test_another_rule_beside_it(days, change):
    soon = SEA.simulate(ROWS, NOW, days=10, changed=Pool(clocks=[NoFollowUp(days)]))
    assert soon.change == change
    assert "under the other rule" in soon.text()


def test_whom_the_other_rule_spares_and_whom_it_takes():
    other = Pools([Pool(when=F("tier") == "high", clocks=[NoFollowUp(30)])])
    assert SEA.simulate(ROWS, NOW, days=10, changed=other).change["fewer"] == 2
    assert other.simulate(ROWS, NOW, days=10, changed=SEA).change["more"] == 2


def test_it_reads_in_two_languages_and_as_plain_data():
    soon = SEA.simulate(ROWS, NOW, days=10)
    assert soon.text("zh").startswith("自 2026-06-30 起 10 天：3 位客户将回收，其中 1 位已到期")
    assert json.loads(json.dumps(soon.as_dict()))["by_rep"]["A"] == {"customers": 2}
    assert repr(soon).startswith("<PoolForecast: 10 days")
    assert "2026-07-06" in soon._repr_html_()


def test_a_time_before_today_is_refused():
    with pytest.raises(ConfigError, match="0 or more days, got -1"):
        SEA.simulate(ROWS, NOW, days=-1)
    for wrong in (2.5, 10**7):
        with pytest.raises(ConfigError, match="days: must be"):
            SEA.simulate(ROWS, NOW, days=wrong)
    assert SEA.simulate(ROWS, NOW, days=0).rows.tolist() == [0]


@pytest.mark.parametrize("worth", [float("inf"), float("-inf"), float("nan"), None])
def test_a_value_that_is_no_number_is_not_known(worth):
    rows = [{**ROWS[0], "revenue": 2.0}, {**ROWS[0], "customer_id": 9, "revenue": worth}]
    soon = SEA.simulate(rows, NOW, days=1, value="revenue")
    assert soon.by("owner") == {"A": {"customers": 2, "value": 2.0, "value_unknown": 1}}
