"""Ladders with every difficulty, and short histories of a few customers to try them on."""

from datetime import date, timedelta

from hypothesis import strategies as st

import custseg as cs
from custseg.classify import DaysSince, Hysteresis, LifecycleModel, StateLadder, Step
from custseg.rules import F

START = date(2026, 1, 1)
NAMES = cs.Names(at="paid_at")
FINER = StateLadder(
    (
        Step(F("frequency") < 1, "potential", "never_bought"),
        Step(F("recency_days") > 29.5, "churned", "no_order"),
        Step(F("recency_days") >= 2 * F("gap_mean_days"), "dormant", "no_order"),
        Step((F("recency_days") >= 8) & ~(F("contact_days") < 4), "at_risk", "no_order"),
        Step((F("gap_last_days") >= 10) & (F("recency_days") < 3), "reactivated", "recent_order"),
        Step(F("tenure_days").between(0, 4), "new", "recent_order"),
        Step(F("tenure_days") >= 3 * F("gap_max_days"), "active", "recent_order"),
        Step(F("gap_cv") > 0.4, "at_risk", "no_order"),
        Step(F("as_of") >= date(2026, 2, 10), "active", "recent_order"),
    ),
    "new",
)
SPANNED = LifecycleModel(
    StateLadder(
        (
            Step(F("frequency") < 1, "potential", "a"),
            Step((F("frequency") < 2) & (F("recency_days") < 3), "new", "b"),
            Step((F("frequency") > 2) & (F("tenure_days") <= 5), "lead", "b"),
            Step((F("gap_last_days") >= 4) & (F("recency_days") < 3), "reactivated", "c"),
            Step((F("recency_days") <= 5) | (F("frequency") > 4), "active", "d"),
            Step(F("recency_days") < 9, "at_risk", "e"),
        ),
        otherwise="dormant",
    )
)
HOLIDAY = StateLadder(
    (
        Step(F("frequency") < 1, "lead", "never_bought"),
        Step(F("recency_days") >= 12, "dormant", "no_order"),
        Step(F("over") >= 0, "churned", "no_order"),
        Step(F("recency_days").one_of(3, 4) | (F("recency_days") == 9), "at_risk", "no_order"),
        Step(F("plan") == "gold", "active", "recent_order"),
    ),
    "new",
    signals=(DaysSince("over", "contract_end"),),
    frozen=((date(2026, 1, 12), date(2026, 1, 20)), (date(2026, 2, 1), date(2026, 2, 3))),
)
day = st.integers(0, 70).map(lambda n: START + timedelta(n))
ids = st.sampled_from(["a", "b", "c"])
orders = st.lists(
    st.fixed_dictionaries(
        {"customer_id": ids, "paid_at": day, "amount": st.sampled_from([5.0, 0.0, -2.0])}
    ),
    max_size=14,
)
contacts = st.lists(st.fixed_dictionaries({"customer_id": ids, "paid_at": day}), max_size=5)
PEOPLE = [
    {"customer_id": "b", "plan": "gold", "contract_end": date(2026, 2, 20)},
    {"customer_id": "a", "plan": None, "contract_end": None},
    {"customer_id": "z", "plan": "tin", "contract_end": date(2026, 1, 20)},
    {"customer_id": "c", "plan": "tin", "contract_end": date(2026, 3, 1)},
]
MODELS = [LifecycleModel(FINER), LifecycleModel(HOLIDAY), LifecycleModel(FINER, Hysteresis(5))]
EVERY_DAY = [START + timedelta(n) for n in range(72)]
