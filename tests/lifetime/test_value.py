from datetime import date

import numpy as np
import polars as pl
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.lifetime import (
    NEW_CUSTOMER,
    BGBBModel,
    BGNBDModel,
    Fitting,
    GammaGammaModel,
    MBGCNBDModel,
    MBGNBDModel,
    Outlook,
    ParetoNBDModel,
    Terms,
    lifetime_value,
)

NOBODY = Fitting(0.0, 1.0)
BG = BGNBDModel(fitting=NOBODY, r=0.243, alpha=4.414, a=0.793, b=2.426)
MBG = MBGNBDModel(fitting=NOBODY, r=0.525, alpha=6.183, a=0.891, b=1.614)
PARETO = ParetoNBDModel(fitting=NOBODY, r=0.553, alpha=10.578, s=0.606, beta=11.669)
SPEND = GammaGammaModel(fitting=NOBODY, p=6.25, q=3.74, v=15.44)
WEEKS = Terms(unit="week")
ROWS = [
    {"frequency": 2, "recency": 30.43, "T": 38.86, "monetary_value": 22.35},
    {"frequency": 0, "recency": 0.0, "T": 38.86, "monetary_value": 0.0},
    {"frequency": 7, "recency": 29.0, "T": 29.5, "monetary_value": 73.74},
]


def test_months_are_those_of_the_calendar():
    assert Terms(as_of=date(2024, 1, 31)).months(3) == [29.0, 60.0, 90.0]
    assert Terms(unit="week", as_of=date(2026, 2, 1)).months(1) == [4.0]
    assert sum(np.diff([0.0, *Terms().months(12)])) == pytest.approx(365.2425)


def test_months_are_those_of_the_unit():
    """From the end of one month to that of another are whole months; a twelfth of a year else."""
    end = date(2026, 1, 31)
    assert Terms(unit="month", as_of=end).months(3) == [1.0, 2.0, 3.0]
    assert Terms(unit="quarter", as_of=end).months(3) == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert Terms(unit="year", as_of=end).months(12)[-1] == pytest.approx(1.0)
    for unit, whole in (("month", 12.0), ("quarter", 4.0), ("year", 1.0)):
        assert Terms(unit=unit).months(12)[-1] == pytest.approx(whole, rel=1e-14)
        assert Terms(0.21, unit=unit).rate * whole == pytest.approx(np.log(1.21), rel=1e-14)
    half = Terms(unit="month", as_of=date(2026, 1, 15)).months(1)
    assert half == pytest.approx([16 / 31 + 15 / 28])


def test_the_unit_does_not_matter_for_worth():
    """The same customers told in days and in weeks are worth the same."""
    days = [{**row, "recency": row["recency"] * 7, "T": row["T"] * 7} for row in ROWS]
    slower = MBGNBDModel(fitting=NOBODY, r=0.525, alpha=6.183 * 7, a=0.891, b=1.614)
    for terms in ({}, {"as_of": date(2026, 1, 31)}, {"margin": 0.3, "retention_cost": 1.0}):
        one = lifetime_value(ROWS, MBG, SPEND, terms=Terms(unit="week", **terms))
        other = lifetime_value(days, slower, SPEND, terms=Terms(unit="day", **terms))
        np.testing.assert_allclose(one, other, rtol=1e-12)
    one = lifetime_value(ROWS, MBG, SPEND, months=None, terms=WEEKS)
    other = lifetime_value(days, slower, SPEND, months=None, terms=Terms())
    np.testing.assert_allclose(one, other, rtol=1e-9)


def test_a_year_is_discounted_by_the_month():
    """By hand: the purchases of each month, a twelfth power of the year's discount each."""
    months = np.array([0.0, *Terms(unit="week").months(12)])
    bought = np.diff([MBG.expected_purchases(ROWS, horizon=t) for t in months], axis=0)
    left = 1.2 ** (-np.arange(1, 13) / 12)
    terms = Terms(discount=0.2, margin=0.4, unit="week")
    expected = 0.4 * 25.0 * (left[:, None] * bought).sum(axis=0)
    np.testing.assert_allclose(lifetime_value(ROWS, MBG, 25.0, terms=terms), expected, rtol=1e-12)


@pytest.mark.parametrize("model", [BG, MBG, PARETO])
def test_without_discount_it_is_purchases_times_spend(model):
    terms = Terms(discount=0.0, margin=0.3, unit="week")
    year = model.expected_purchases(ROWS, horizon=365.2425 / 7)
    worth = lifetime_value(ROWS, model, SPEND, terms=terms)
    np.testing.assert_allclose(worth, 0.3 * SPEND.expected_spend(ROWS) * year, rtol=1e-12)


@pytest.mark.parametrize("model", [BG, MBG, PARETO])
def test_all_future_is_the_limit_of_many_months(model):
    terms = Terms(discount=0.5, unit="week")
    months = lifetime_value(ROWS, model, 10.0, months=12 * 40, terms=terms)
    # purchases of a month count at its end here, and when they happen there
    half_a_month = 1.5 ** (1 / 24)
    ever = lifetime_value(ROWS, model, 10.0, months=None, terms=terms)
    np.testing.assert_allclose(months * half_a_month, ever, rtol=2e-4)


def test_the_cost_of_keeping_is_taken_off_every_month():
    free = lifetime_value(ROWS, MBG, SPEND, months=3, terms=WEEKS)
    paid = lifetime_value(ROWS, MBG, SPEND, months=3, terms=Terms(retention_cost=2.0, unit="week"))
    np.testing.assert_allclose(free - paid, 2.0 * sum(1.1 ** (-n / 12) for n in (1, 2, 3)))


@pytest.mark.parametrize(
    ("model", "months", "terms"),
    [
        (BG, 0, Terms()),
        (BG, None, Terms(discount=0.0)),
        (BG, None, Terms(retention_cost=1.0)),
        (MBGCNBDModel(fitting=NOBODY, r=1.0, alpha=2.0, a=1.0, b=1.0, k=2), None, Terms()),
        (BGBBModel(fitting=NOBODY, alpha=1.0, beta=1.0, gamma=1.0, delta=1.0), 2, Terms()),
    ],
)
def test_values_without_meaning_are_refused(model, months, terms):
    with pytest.raises(ConfigError):
        lifetime_value(NEW_CUSTOMER, model, 10.0, months=months, terms=terms)


@pytest.mark.parametrize("settings", [{"discount": -0.1}, {"unit": "fortnight"}])
def test_terms_are_checked(settings):
    with pytest.raises(ConfigError):
        Terms(**settings)


def test_spend_of_who_says_nothing():
    low = GammaGammaModel(fitting=NOBODY, p=6.0, q=0.9, v=15.0)  # a mean that does not exist
    rows = [
        {"frequency": 0, "monetary_value": 0.0},
        {"frequency": 1, "monetary_value": -5.0},
        {"frequency": None, "monetary_value": 5.0},
        {"frequency": 1, "monetary_value": 5.0},
    ]
    assert np.isnan(low.expected_spend(rows)).tolist() == [True, True, True, False]
    assert np.isnan(SPEND.expected_spend(rows)).tolist() == [False, True, True, False]


def test_impossible_rows_have_no_answer():
    wrong = [
        {"frequency": 2, "recency": 40.0, "T": 38.0},
        {"frequency": 1, "recency": 0.0, "T": 38.0},
        {"frequency": None, "recency": 1.0, "T": 2.0},
    ]
    for model in (BG, MBG, PARETO):
        assert np.isnan(model.p_alive(wrong)).all()
        assert np.isnan(model.next_purchase(wrong)).all()
        assert np.isnan(model.p_no_purchase(wrong, horizon=3)).all()
        assert not np.isnan(model.p_alive([*wrong, ROWS[0]])[3])


@pytest.mark.parametrize("model", [BG, MBG, PARETO])
@pytest.mark.parametrize(
    "ask",
    [
        lambda m: m.p_alive(ROWS, after=-1),
        lambda m: m.p_no_purchase(ROWS, horizon=float("inf")),
        lambda m: m.expected_purchases(ROWS, horizon=3, start=4),
        lambda m: m.p_purchases(ROWS, -1, horizon=3),
        lambda m: m.next_purchase(ROWS, probability=1.0),
    ],
    ids=["p_alive", "p_no_purchase", "expected_purchases", "p_purchases", "next_purchase"],
)
def test_questions_without_meaning_are_refused(model, ask):
    with pytest.raises(ConfigError):
        ask(model)


def test_an_outlook_is_a_model_like_any_other():
    outlook = Outlook(purchases=MBG, spend=SPEND, horizon=39.0, terms=WEEKS)
    assert cs.load(cs.dump(outlook)) == outlook
    frame = outlook.apply(pl.DataFrame(ROWS))
    np.testing.assert_array_equal(frame["p_alive"], MBG.p_alive(ROWS))
    expected = lifetime_value(ROWS, MBG, SPEND, terms=WEEKS)
    np.testing.assert_array_equal(frame["lifetime_value"], expected)
    assert outlook.one({**ROWS[0], "T": 1.0})["p_alive"] is None
    said = outlook.explain(ROWS[0])
    assert "39" in said.text()
    assert "22.35" not in said.text()
    assert "22.35" in str(said.as_dict(values=True))
    assert outlook.explain({**ROWS[0], "T": None}).reasons[0].code == "history_unknown"
