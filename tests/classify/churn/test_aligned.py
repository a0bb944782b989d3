from datetime import timedelta

import numpy as np
import pytest

import custseg as cs
import everykind
from anychurn import NAMES, START
from custseg.classify.churn.aligned import Aligned
from custseg.classify.churn.seen import Seen
from custseg.classify.replay.base import base_of
from custseg.errors import DataError, MissingColumnError

KINDS = {"customer_id": "text", "fee": "number", "town": "text"}
ROWS = [
    {"customer_id": "c", "fee": 3.0, "town": "x"},
    {"customer_id": "a", "fee": 1.5, "town": None},
    {"customer_id": "z", "fee": 9.0, "town": "y"},
]


def seen_of(*who, until=9):
    rows = [{"customer_id": one, "date": START, "amount": 5.0} for one in who]
    log = cs.TransactionLog.of(rows, NAMES)
    day = log.conventions.day(START + timedelta(until))
    return Seen.of(base_of(log, np.array([day])), day, 30)


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_every_customer_has_its_own_row_or_none(kind):
    found = Aligned.of(everykind.as_table(kind, ROWS, KINDS), "customer_id", seen_of("a", "b", "c"))
    assert found.rows.tolist() == [1, -1, 0]
    assert found.number("fee").tolist() == pytest.approx([1.5, np.nan, 3.0], nan_ok=True)
    assert found.words("town").texts() == [None, None, "x"]


def test_order_of_rows_changes_nothing():
    seen = seen_of("a", "b", "c")
    told = [
        Aligned.of(rows, "customer_id", seen).number("fee").tolist() for rows in (ROWS, ROWS[::-1])
    ]
    assert told[0] == pytest.approx(told[1], nan_ok=True)


def test_a_column_that_is_not_there_is_known_of_nobody():
    found = Aligned.of(ROWS, "customer_id", seen_of("a", "c"))
    assert np.isnan(found.number("size")).all()
    with pytest.raises(MissingColumnError):
        found.money("size")


def test_amounts_are_exact_and_unknown_where_there_is_no_row():
    found = Aligned.of(ROWS, "customer_id", seen_of("a", "b", "c")).money("fee")
    assert found.units.tolist() == [15_000, 0, 30_000]
    assert found.known.tolist() == [True, False, True]


def test_days_are_numbers_of_days():
    rows = [{"customer_id": "a", "since": START}, {"customer_id": "b", "since": None}]
    found = Aligned.of(rows, "customer_id", seen_of("a", "b", "c"))
    day = cs.TransactionLog.of([], NAMES).conventions.day(START)
    assert found.day("since").tolist() == pytest.approx([day, np.nan, np.nan], nan_ok=True)


def test_nobody_is_looked_at():
    found = Aligned.of(ROWS, "customer_id", seen_of("a", until=-1))
    assert len(found.rows) == len(found.number("fee")) == len(found.money("nothing").units) == 0


def test_ids_of_another_type_are_refused():
    with pytest.raises(DataError, match="17 is not '17'"):
        Aligned.of([{"customer_id": 1, "fee": 2.0}], "customer_id", seen_of("a"))
    with pytest.raises(MissingColumnError):
        Aligned.of(ROWS, "id", seen_of("a"))
