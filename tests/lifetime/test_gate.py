import json

import polars as pl
import pytest

import custseg as cs
from custseg.errors import ConfigError, MissingColumnError
from custseg.lifetime import DataGate, data_gate

REGULAR = {"frequency": 2, "recency": 151.0, "T": 180.0}
ONCE = {"frequency": 0, "recency": 0.0, "T": 100.0}
SHOP = [REGULAR] * 10 + [ONCE] * 490


def codes(rows, **limits):
    return [reason.code for reason in data_gate(rows, **limits).reasons]


def test_just_enough_is_enough():
    assert data_gate(SHOP) == DataGate(ok=True)
    assert data_gate(pl.DataFrame(SHOP)).ok


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (SHOP[:-1], ["few_buyers"]),
        ([{**REGULAR, "T": 179.0}] * 10 + SHOP[10:], ["short_history"]),
        ([{**REGULAR, "recency": 150.0}] * 10 + SHOP[10:], ["no_recent_orders"]),
        ([{**REGULAR, "frequency": 1}, *SHOP[1:]], ["few_regulars"]),
        ([], ["few_buyers", "short_history", "no_recent_orders", "few_regulars"]),
    ],
    ids=["buyers", "span", "recent", "regulars", "nobody"],
)
def test_what_is_lacking_is_told(rows, told):
    gate = data_gate(rows)
    assert [reason.code for reason in gate.reasons] == told
    assert not gate.ok


def test_rows_that_say_nothing_are_no_buyers():
    unknown = {"frequency": None, "recency": None, "T": None}
    assert codes([*SHOP[:-1], unknown]) == ["few_buyers"]
    assert codes([*SHOP, unknown, {"frequency": 3, "recency": 0.0, "T": 9.0}]) == []


def test_weeks_are_seven_days():
    weeks = [{**row, "recency": row["recency"] / 7, "T": row["T"] / 7} for row in SHOP]
    assert data_gate(weeks, unit="week").ok
    assert codes(weeks) == ["short_history"]


def test_it_is_told_in_both_languages():
    gate = data_gate(SHOP[:20], recent_days=29)
    assert "20 customers have bought, and 500 are needed" in gate.text()
    assert gate.text("zh").splitlines()[1] == "最近 29 天内无人购买"
    assert json.loads(json.dumps(gate.as_dict()))["reasons"][0]["code"] == "few_buyers"
    assert "20 customers have bought" in gate._repr_html_()
    assert data_gate(SHOP).text("zh")


def test_questions_without_meaning_are_refused():
    with pytest.raises(ConfigError, match="unit"):
        data_gate(SHOP, unit="fortnight")
    with pytest.raises(MissingColumnError):
        data_gate([{"frequency": 1}])


def test_cdnow_suffices():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    assert data_gate(log.summary(as_of="1997-09-30")).ok
