"""Shops to look back on: a part of CDNOW, and short histories of a few customers."""

from datetime import date, timedelta

from hypothesis import strategies as st

import custseg as cs
from custseg.classify import FixedDays, Lifecycle, OwnGap, Recency, StateOrder

START = date(2026, 1, 1)
NAMES = cs.Names(at="date")
CDNOW = cs.datasets.cdnow()
SOME = [row for row in CDNOW if int(str(row["customer_id"])) % 5 == 0]

ids = st.sampled_from(["a", "b", "c", "d", "e"])
day = st.integers(0, 99).map(lambda n: START + timedelta(n))
amounts = st.sampled_from([5.0, 20.0, -2.0])
order = st.fixed_dictionaries({"customer_id": ids, "date": day, "amount": amounts})
orders = st.lists(order, min_size=1, max_size=25)

PLAIN = {
    "recency": Recency(),
    "own_gap": OwnGap(),
    "lifecycle": StateOrder(Lifecycle(FixedDays(20, at_risk_after=10, churned_after=40))),
    "revenue": lambda seen: -seen.column("revenue"),
    "trend": lambda seen: seen.column("revenue_trend"),
}
"""Signals that learn nothing that a few customers could not teach."""


def log_of(rows):
    return cs.TransactionLog.of([{"customer_id": "a", "date": START, "amount": 1.0}, *rows], NAMES)


def spied(signals):
    """The same signals, and what they said."""
    heard = []

    def listen(name, ask):
        def asked(seen):
            answer = ask(seen)
            told = sorted(zip(list(seen.ids), answer.tolist(), strict=True), key=lambda one: one[0])
            heard.append((name, seen.day, told))
            return answer

        return asked

    asks = {name: getattr(signal, "risk", signal) for name, signal in signals.items()}
    return {f"spied_{name}": listen(name, ask) for name, ask in asks.items()}, heard
