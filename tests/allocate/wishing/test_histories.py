"""Contacts counted by customer and representative."""

import numpy as np
import pytest

from custseg.allocate import HistoryColumns, with_history
from custseg.errors import ConfigError, DataError, MissingColumnError
from everykind import KINDS, as_records, as_table

PEOPLE = [{"customer_id": "C1"}, {"customer_id": "C2"}, {"customer_id": "C3"}]
LOG = [
    {"customer_id": "C1", "rep_id": "R2", "worth": 0.1, "day": "2026-01-05"},
    {"customer_id": "C1", "rep_id": "R1", "worth": 0.2, "day": "2026-01-06"},
    {"customer_id": "C1", "rep_id": "R2", "worth": 0.3, "day": "2026-03-01"},
    {"customer_id": "C2", "rep_id": None, "worth": 5.0, "day": "2026-01-01"},
    {"customer_id": "C9", "rep_id": "R1", "worth": None, "day": None},
    {"customer_id": "C3", "rep_id": "R1", "worth": None, "day": None},
]


def told(rows, **settings):
    return [r["contacts_by_rep"] for r in as_records(with_history(PEOPLE, rows, **settings))]


def test_rows_are_counted_the_most_first():
    assert told(LOG) == ["R2:2;R1:1", None, "R1:1"]


def test_amounts_are_added_up_whatever_the_order():
    names = HistoryColumns(amount="worth")
    assert told(LOG, names=names) == told(LOG[::-1], names=names) == ["R2:0.4;R1:0.2", None, None]


def test_nothing_later_than_the_day_counts():
    names = HistoryColumns(at="day")
    assert told(LOG, names=names, as_of="2026-02-01") == ["R1:1;R2:1", None, None]
    with pytest.raises(ConfigError, match="as_of"):
        told(LOG, names=names)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table(kind):
    people = as_table(kind, PEOPLE, {"customer_id": "text"})
    log = [{name: row[name] for name in ("customer_id", "rep_id")} for row in LOG]
    found = with_history(people, as_table(kind, log, {"customer_id": "text", "rep_id": "text"}))
    assert [r["contacts_by_rep"] for r in as_records(found)] == ["R2:2;R1:1", None, "R1:1"]


def test_nothing_happened():
    assert told([{"customer_id": "C1", "rep_id": None}]) == [None] * 3


def test_what_cannot_be_listed_is_refused():
    with pytest.raises(DataError, match="semicolon"):
        told([{"customer_id": "C1", "rep_id": "a;b"}])
    with pytest.raises(MissingColumnError):
        told([{"customer_id": "C1"}])


def test_an_infinite_amount_is_told():
    deals = [{"customer_id": 1, "rep_id": "R1", "amount": x} for x in (1.0, np.inf)]
    with pytest.raises(DataError, match="'amount', row 1"):
        with_history([{"customer_id": 1}], deals, names=HistoryColumns(amount="amount"))


def test_a_day_without_a_column_of_days_is_told():
    calls = [{"customer_id": 1, "rep_id": "R1", "at": "2030-01-01"}]
    with pytest.raises(ConfigError, match="names=HistoryColumns"):
        with_history([{"customer_id": 1}], calls, as_of="2026-07-01")
