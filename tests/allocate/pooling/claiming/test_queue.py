import json

import pandas as pd
import pytest

from anysea import NOW, TEAM, customer
from custseg.allocate import Pool
from custseg.errors import MissingColumnError

FREE = [customer(customer_id=n, owner=None) for n in range(3)]


def claim(customer_id, rep, at="2026-06-30 09:00:00"):
    return {"customer_id": customer_id, "rep_id": rep, "at": at}


def decide(claims, sea=Pool(claims_a_day=1)):  # noqa: B008 - frozen
    return sea.claim_all(claims, [], customers=FREE, reps=TEAM, at=NOW)


def test_the_earlier_claim_wins_wherever_it_stands():
    rows = [claim(0, "A", "2026-06-30 09:00:02"), claim(0, "B", "2026-06-30 09:00:01")]
    for some in (rows, rows[::-1]):
        done = decide(some)
        assert {row["rep_id"]: row["granted"] for row in done.table} == {"A": False, "B": True}


@pytest.mark.parametrize(
    ("at", "code"),
    [(None, "no_time"), ("2026-07-01", "another_day"), ("2026-06-29", "another_day")],
)
def test_claims_without_a_time_or_of_another_day_are_told(at, code):
    done = decide([claim(0, "A", at), claim(1, "B")])
    assert [one.code for one in done.verdicts] == [code, "granted"]


def test_the_table_is_of_its_kind_and_says_when():
    done = decide(pd.DataFrame([claim(0, "A"), claim(1, "A"), claim(2, "A")]))
    assert sorted(done.table["claim_reason"]) == ["claims_used", "claims_used", "granted"]
    assert done.table["possible_on"].notna().sum() == 2
    assert list(done.events["event"]) == ["claimed"]


def test_no_claims_are_no_trouble():
    nothing = pd.DataFrame({"customer_id": [], "rep_id": [], "at": []})
    assert decide(nothing).counts == {}
    assert decide([]).verdicts == ()


def test_it_tells_how_many_and_why_not():
    done = decide([claim(0, "A"), claim(0, "B"), claim(1, "C")])
    assert "1 of 3 claims granted" in done.text()
    assert "3 个领取申请通过 1 个" in done.text("zh")
    assert json.loads(json.dumps(done.as_dict()))["counts"]["granted"] == 1
    assert repr(done).startswith("<Claims: 1 of 3")
    assert "<td>granted</td>" in done._repr_html_()


def test_columns_are_asked_for_by_name():
    with pytest.raises(MissingColumnError, match="rep_id"):
        decide([{"customer_id": 1, "at": NOW}])


@pytest.mark.parametrize(
    "moment",
    [str, pd.Timestamp, lambda text: pd.Timestamp(text).to_pydatetime()],
    ids=["text", "pandas", "datetime"],
)
def test_the_part_of_a_second_counts(moment):
    for order in ("AB", "BA"):
        asked = [
            claim(0, rep, moment(f"2026-06-30 09:00:00.{part}"))
            for rep, part in zip(order, ("250", "300"), strict=True)
        ]
        assert {row["rep_id"]: row["granted"] for row in decide(asked).table}[order[0]]
        held = pd.DataFrame(asked[::-1])
        table = decide(held).table
        assert table.set_index("rep_id")["granted"].to_dict() == {order[0]: True, order[1]: False}


def test_midnight_is_that_of_the_company():
    asked = [claim(0, "A", "2026-06-29T16:30:00Z")]  # half past midnight in Shanghai
    sea, told = Pool(), {"customers": FREE, "reps": TEAM, "at": NOW}
    assert sea.claim_all(asked, [], **told, tz="Asia/Shanghai").table[0]["granted"]
    assert sea.claim_all(asked, [], **told).table[0]["claim_reason"] == "another_day"
