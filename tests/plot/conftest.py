"""What the figures are tried on: few customers whose states one can count by hand."""

import pytest

import custseg as cs
from custseg.classify import FixedDays, Lifecycle, month_ends, states_asof
from custseg.plot import fonts

ORDERS = [
    {"customer_id": "a", "at": "2026-01-05", "amount": 40},
    {"customer_id": "a", "at": "2026-03-05", "amount": 60},
    {"customer_id": "b", "at": "2026-01-20", "amount": 10},
    {"customer_id": "c", "at": "2026-02-10", "amount": 25},
    {"customer_id": "c", "at": "2026-04-29", "amount": 5},
]


@pytest.fixture(autouse=True)
def font(monkeypatch):
    """Words are looked at, not pixels: that needs no font with Chinese characters."""
    if fonts.chinese() is None:
        known = fonts.installed() | {"Noto Sans CJK SC"}
        monkeypatch.setattr(fonts, "installed", lambda: known)


@pytest.fixture(scope="package")
def log():
    return cs.TransactionLog.of(ORDERS)


@pytest.fixture(scope="package")
def model():
    return Lifecycle(FixedDays(60, at_risk_after=30)).fit([])


@pytest.fixture(scope="package")
def grid(log, model):
    """By month: a, b active; then a at risk, b at risk, c active; a active, b dormant, c at risk;
    a at risk, b dormant, c active."""
    return states_asof(log, month_ends("2026-01-31", "2026-04-30"), model)


@pytest.fixture(scope="package")
def cdnow():
    return cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
