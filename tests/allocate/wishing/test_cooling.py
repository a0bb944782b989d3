"""The former owner waits."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.allocate import Allocation, CoolOff, Pool
from custseg.allocate.wishing.calendars.workdays import number
from custseg.errors import ConfigError, DataError

TEAM = {"rep_id": Codes(np.array([0, 1]), ("R1", "R2"))}


def barred(wish, owner, released):
    people = {
        "previous_owner": Codes(np.array([-1 if owner is None else 0]), (owner or "",)),
        "released_at": np.array([released], dtype=float),
    }
    return np.isnan(wish.points(people, TEAM)[0]).tolist()


@given(st.integers(0, 90), st.integers(-40, 120))
def test_exactly_the_former_owner_and_exactly_so_many_days(days, passed):
    today = number("2026-07-01")
    found = barred(CoolOff(days, as_of="2026-07-01"), "R1", today - passed)
    assert found == [0 <= passed <= days, False]


@pytest.mark.parametrize(
    ("owner", "released"), [(None, 20_000.0), ("R1", np.nan), ("gone", 20_630.0)]
)
def test_what_is_not_known_bars_nobody(owner, released):
    assert barred(CoolOff(30, as_of="2026-07-01"), owner, released) == [False, False]


def test_it_needs_a_day_and_days():
    with pytest.raises(ConfigError, match="as_of"):
        barred(CoolOff(30), "R1", 0.0)
    with pytest.raises(ConfigError, match="days"):
        CoolOff(-1)
    people = {
        "previous_owner": Codes(np.array([0]), ("R1",)),
        "released_at": Codes(np.array([0]), ("x",)),
    }
    with pytest.raises(DataError, match="released_at"):
        CoolOff(3, as_of="2026-07-01").points(people, TEAM)


@pytest.mark.parametrize("passed", [6, 7, 8])
def test_a_gate_and_a_pool_count_the_same_days(passed):
    day = date(2026, 7, 1) - timedelta(days=passed)
    lost = {"customer_id": 0, "at": day, "event": "recycled", "from_rep": "R1", "to_rep": None}
    people = [{"customer_id": 0, "owner": None, "previous_owner": "R1", "released_at": day}]
    team = [{"rep_id": "R1", "capacity": 9}]
    desk = Pool(cool_off=7).desk(
        [{**people[0], "received_at": None}], team, [{**lost, "pool": "pool"}], at="2026-07-01"
    )
    plan = Allocation(gates=[CoolOff(7)]).assign(people, team, as_of="2026-07-01")
    assert (plan.table[0]["owner"] == "R1") == desk.claim(0, "R1").granted == (passed > 7)
