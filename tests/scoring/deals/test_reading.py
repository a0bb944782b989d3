import numpy as np
import pytest

import custseg as cs
from custseg import frames
from custseg.scoring import DealNames
from custseg.scoring.deals.names import ended
from custseg.scoring.deals.reading import LOST, OPEN, OVER, WON, Reading

DAY = "2026-06-30"


def read(*rows, names=None, **how):
    reading = Reading(names or DealNames(), cs.Conventions(**how))
    table = frames.table(list(rows))
    cols = table.read(reading.needs(reading.names.there(table.columns)))
    until = np.full(len(rows), float(reading.conventions.day(DAY)))
    return reading.read(cols, len(rows), until)


def test_where_deals_stand():
    stages = ("won", "Closed-Lost", "赢单", "offer", "closed", None, "abandoned")
    found = read(*({"stage": stage} for stage in stages))
    assert found.stands.tolist() == [WON, LOST, WON, OPEN, OVER, OPEN, OVER]
    assert found.stage.texts() == [None, None, None, "offer", None, None, None]


def test_an_outcome_of_its_own_leaves_the_stage():
    names = DealNames(outcome="end")
    rows = ({"stage": "offer", "end": "won"}, {"stage": "offer", "end": None})
    found = read(*rows, {"stage": "lost", "end": None}, names=names)
    assert found.stands.tolist() == [WON, OPEN, LOST]
    assert found.stage.texts() == ["offer", "offer", None]


def test_ages_end_where_deals_do():
    row = {"stage": "won", "opened_at": "2026-06-01", "closed_at": "2026-06-11"}
    later = {**row, "closed_at": "2026-07-11"}
    wrong = {**row, "closed_at": "2026-05-11"}
    found = read(row, later, wrong, {**row, "opened_at": None})
    assert found.age.tolist()[:2] == [10, 29]
    assert np.isnan(found.age[2:]).all()
    assert found.stands.tolist() == [WON, OPEN, WON, WON]


def test_stays_that_begin_later_are_unknown():
    rows = [{"stage": "a", "stage_since": day} for day in ("2026-06-20", "2026-07-20")]
    found = read(*rows)
    assert found.staying[0] == 10
    assert np.isnan(found.staying[1])


def test_expected_closes():
    row = {"stage": "a", "expected_close": "2026-06-20", "expected_close_previous": "2026-06-01"}
    found = read(row, {**row, "expected_close": None})
    assert (found.over[0], found.moved[0]) == (10, 19)
    assert np.isnan([found.over[1], found.moved[1]]).all()


def test_infinite_amounts_are_unknown():
    assert np.isnan(read({"stage": "a", "amount": float("inf")}).amount[0])


@pytest.mark.parametrize(
    ("word", "end"),
    [("Won", "won"), ("丢单", "lost"), ("Proposal", "open"), ("cancelled", None), ("parked", None)],
)
def test_words_of_stages(word, end):
    assert ended(word, cs.Conventions(closed_stages="parked")) == end


def test_an_empty_name_is_not_read():
    assert "currency" not in DealNames(currency="").there(["currency", "stage"])
