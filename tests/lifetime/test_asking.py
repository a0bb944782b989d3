"""Answers of fitted models for lazy tables stay lazy, and equal those in memory."""

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import custseg as cs
from custseg.frames import crossings
from custseg.lifetime import (
    BGNBDModel,
    Fitting,
    GammaGammaModel,
    Outlook,
    ParetoNBDModel,
    Terms,
    lifetime_value,
)
from everykind import as_records

FITTING = Fitting(-9582.4, 2357)
BG = BGNBDModel(fitting=FITTING, r=0.243, alpha=4.414, a=0.793, b=2.426)
PARETO = ParetoNBDModel(fitting=FITTING, r=0.553, alpha=10.578, s=0.606, beta=11.669)
SPEND = GammaGammaModel(fitting=FITTING, p=6.25, q=3.74, v=15.44)
PEOPLE = pa.table(
    {
        "customer_id": ["a", "b", "c", "d"],
        "frequency": [0, 2, 7, None],
        "recency": [0.0, 30.43, 20.0, 1.0],
        "T": [38.86, 38.86, 21.5, 2.0],
        "monetary_value": [0.0, 22.345, 51.0, 3.0],
    }
)
QUESTIONS = {
    "p_alive": {"after": 3.0},
    "p_no_purchase": {"horizon": 10.0},
    "p_purchases": {"count": 2, "horizon": 10.0},
    "expected_purchases": {"horizon": 39.0, "start": 1.0},
    "next_purchase": {},
    "silence_quantile": {"share": 0.2},
    "silence_until": {"probability": 0.5},
}


def lazies():
    yield pl.from_arrow(PEOPLE).lazy()
    yield duckdb.connect().from_arrow(PEOPLE)


def by_id(table):
    return sorted(as_records(table), key=lambda row: row["customer_id"])


def same(found, name, expected):
    values = [np.nan if row[name] is None else row[name] for row in by_id(found)]
    np.testing.assert_array_equal(values, expected)


@pytest.mark.parametrize("model", [BG, PARETO], ids=["bg", "pareto"])
@pytest.mark.parametrize("method", QUESTIONS)
def test_every_answer_is_a_column_of_the_lazy_table(model, method):
    expected = getattr(model, method)(PEOPLE, **QUESTIONS[method])
    for people in lazies():
        found = getattr(model, method)(people, **QUESTIONS[method])
        assert type(found) is type(people)
        same(found, method, expected)


def test_money_and_worth_are_columns_too():
    for people in lazies():
        with crossings() as account:
            spent = SPEND.expected_spend(people)
            terms = Terms(unit="week")
            worth = lifetime_value(people, BG, SPEND, terms=terms)
            outlook = Outlook(purchases=BG, spend=SPEND, horizon=39.0).apply(people)
        assert account == []
        same(spent, "expected_spend", SPEND.expected_spend(PEOPLE))
        same(worth, "lifetime_value", lifetime_value(PEOPLE, BG, SPEND, terms=terms))
        same(outlook, "p_alive", BG.p_alive(PEOPLE))


def test_what_is_asked_wrongly_is_refused_at_once():
    for people in lazies():
        with pytest.raises(cs.CustsegError, match="horizon"):
            BG.p_no_purchase(people, horizon=-1.0)
