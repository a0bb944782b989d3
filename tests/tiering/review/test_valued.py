from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pytest

import custseg as cs
from custseg.errors import ConfigError, DataError
from custseg.tiering import RollingWindow, ValueHistory, values_at

ROWS = [
    {"customer_id": 7, "as_of": date(2026, 1, 31), "revenue": 10.0},
    {"customer_id": 5, "as_of": date(2026, 2, 28), "revenue": 7.0},
    {"customer_id": 7, "as_of": date(2026, 2, 28), "revenue": None},
    {"customer_id": 7, "as_of": date(2026, 3, 31), "revenue": 12.0},
]


@pytest.mark.parametrize(
    "make", [list, pd.DataFrame, pl.DataFrame], ids=["records", "pandas", "polars"]
)
def test_a_table_in_any_order_is_one_history(make):
    whole = ValueHistory.of(make(ROWS))
    turned = ValueHistory.of(make(ROWS[::-1]))
    for history in (whole, turned):
        who = list(history.ids).index(7)
        assert history.values[:, who].tolist()[::2] == [10.0, 12.0]
        assert np.isnan(history.values[1, who])
        assert history.first[who] == history.days[0]
    assert whole.dates == (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))
    assert type(whole.table) is type(make(ROWS))


def test_rows_without_an_id_are_counted():
    history = ValueHistory.of([*ROWS, {"customer_id": None, "as_of": None, "revenue": 1.0}])
    assert history.nameless == 1


def test_what_cannot_be_a_history_is_refused():
    with pytest.raises(DataError, match="several values on one day"):
        ValueHistory.of([ROWS[0], ROWS[0]])
    with pytest.raises(DataError, match="1 rows have no day"):
        ValueHistory.of([{**ROWS[0], "as_of": None}])
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    with pytest.raises(ConfigError, match="there is no date"):
        values_at(log, [])


def test_only_refunds_are_no_purchase_and_money_is_exact():
    log = cs.TransactionLog.of(
        [
            {"customer_id": "a", "at": "2026-01-05", "amount": "0.10"},
            {"customer_id": "a", "at": "2026-01-06", "amount": "0.20"},
            {"customer_id": "b", "at": "2026-01-06", "amount": -5},
        ]
    )
    values = values_at(log, ["2026-01-31"]).values
    assert values[0, 0] == 0.3
    assert np.isnan(values[0, 1])


def test_it_is_the_revenue_of_the_summary():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    for day in ("1997-06-30", "1998-06-30"):
        table = pd.DataFrame(log.summary(as_of=day, also=("revenue",)))
        history = values_at(log, [day], RollingWindow("10 years"))
        found = dict(zip(history.ids, history.values[0], strict=True))
        for row in table.to_dict("records")[::50]:
            assert found[row["customer_id"]] == row["revenue"]
        assert np.count_nonzero(~np.isnan(history.values[0])) == len(table)


def test_dates_come_once_and_in_order():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    history = values_at(log, ["2026-03-31", "2026-01-31", "2026-03-31"])
    assert history.dates == (date(2026, 1, 31), date(2026, 3, 31))
