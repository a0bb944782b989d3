"""What every lifecycle strategy keeps: silence only ever leads further down, and wakes nobody."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
from custseg.classify import (
    STATES,
    AllOf,
    AnyOf,
    BySegment,
    Contract,
    FixedDays,
    Freeze,
    Funnel,
    Hysteresis,
    Lifecycle,
    ModelProbability,
    OneTime,
    Override,
    OwnCadence,
    PopulationQuantile,
    every_year,
    spring_festival,
)
from custseg.lifetime import MBGCNBD

FINER = FixedDays(90, at_risk_after=60, churned_after=365, new_for=20, reactivated_for=40)
QUANTILE = PopulationQuantile(at_risk=0.75, churned=0.99, new_for=9, reactivated_for=9)
CADENCE = OwnCadence(at_risk=0.8, churned=0.99, new_for=9, reactivated_for=9)
CHANCE = ModelProbability(at_risk=0.75, churned=0.95, new_for=9, reactivated_for=9)
SILENT = {
    "fixed": FINER,
    "two signals": attrs.evolve(FINER, contact_within=30),
    "quantile": QUANTILE,
    "cadence": CADENCE,
    "chance": CHANCE,
    "regular": OwnCadence(at_risk=0.8, stages=3),
    "chance of regular buyers": ModelProbability(model=MBGCNBD(2)),
    "holidays": Freeze(CHANCE, spring_festival(range(2024, 2029))),
    "closed": Freeze(CHANCE, [(date(1997, 12, 1), date(1998, 2, 15))]),
    "season": Freeze(FINER, every_year("11-01", "02-15", range(2023, 2029))),
}
JOINED = {
    "contract": Contract("contract_end", 14, 30, 90),
    "segments": BySegment("tier_previous", {"high": CHANCE, "low": CADENCE}, otherwise=FINER),
    "one-time": OneTime(otherwise=CHANCE),
    "all": AllOf((CHANCE, CADENCE, Contract())),
    "any": AnyOf((CHANCE, FINER, Contract("contract_end", 5))),
    "nested": OneTime(once=AnyOf((FINER, QUANTILE)), otherwise=AllOf((CHANCE, FINER))),
    "override": Override(CHANCE, until=None, note=None),
    "funnel": Funnel(OneTime(otherwise=CADENCE)),
}
EVERY = {**SILENT, **JOINED}
RANKS = {"new": 1, "active": 1, "reactivated": 1, "at_risk": 2, "dormant": 3, "churned": 4}
CALM = (Hysteresis(), Hysteresis(grace_days=10))


@pytest.fixture(scope="module")
def people():
    names = cs.Names(at="date")
    rows = cs.profile(transactions=cs.datasets.cdnow(), names=names, as_of="1997-09-30")
    return [{**row, "tier_previous": ("high", "low")[i % 2]} for i, row in enumerate(rows)]


@pytest.fixture(scope="module")
def fitted(people):
    return {
        (name, calm): Lifecycle(strategy, calm).fit(people)
        for name, strategy in EVERY.items()
        for calm in CALM
    }


# There are many strategies, and a record of each costs microseconds: few examples tell.
few = settings(max_examples=max(5, settings().max_examples // 4))
days = st.integers(0, 500)
buyers = st.fixed_dictionaries(
    {
        "frequency": st.integers(1, 30),
        "gaps": st.lists(st.integers(1, 200), min_size=29, max_size=29),
        "contact": st.none() | days,
        "end": st.none() | st.integers(-200, 400),
        "tier_previous": st.sampled_from(["high", "low", "none", None]),
        "lifecycle_override": st.sampled_from([None, None, None, *STATES]),
        "open_opportunities": st.sampled_from([None, 0, 1]),
    }
)
LAST = date(2025, 10, 1)


def on(buyer, silence):
    """A customer after so many days without anything."""
    gaps = buyer["gaps"][: buyer["frequency"] - 1]
    contact, end = buyer["contact"], buyer["end"]
    return {
        "frequency": buyer["frequency"],
        "recency_days": silence,
        "tenure_days": sum(gaps) + silence,
        "gap_last_days": gaps[-1] if gaps else None,
        "contact_days": None if contact is None else contact + silence,
        "contract_end": None if end is None else LAST + timedelta(days=end),
        "as_of": LAST + timedelta(days=silence),
        "last_purchase": LAST,
        "tier_previous": buyer["tier_previous"],
        "lifecycle_override": buyer["lifecycle_override"],
        "open_opportunities": buyer["open_opportunities"],
        "interactions_inbound": None,
        "visits": 1,
        "lifecycle_state_previous": None,
        "lifecycle_since_previous": None,
    }


def state(said):
    return said.get("lifecycle_state", said["lifecycle"])


@pytest.mark.parametrize("calm", CALM)
@pytest.mark.parametrize("name", EVERY)
@few
@given(buyer=buyers, silence=st.lists(days, min_size=2, max_size=6))
def test_without_a_new_event_a_state_only_decays(fitted, name, calm, buyer, silence):
    model = fitted[name, calm]
    ranks = [RANKS.get(state(model.one(on(buyer, each))), 0) for each in sorted(silence)]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("name", EVERY)
@few
@given(some=st.lists(st.tuples(buyers, days), min_size=1, max_size=5))
def test_one_customer_is_told_as_a_table_of_them(fitted, name, some):
    model = fitted[name, CALM[0]]
    rows = [on(*each) for each in some]
    told = [{key: row[key] for key in model.gives} for row in model.apply(rows)]
    assert told == [{key: model.one(row)[key] for key in model.gives} for row in rows]


@pytest.mark.parametrize("name", EVERY)
@few
@given(buyer=buyers, silence=days, later=days)
def test_signals_stay_as_they_are_until_the_next_order(fitted, name, buyer, silence, later):
    ladder = fitted[name, CALM[0]].ladder
    for signal in ladder.signals:
        if hasattr(signal, "purchases"):
            both = [signal.one(on(buyer, each)) for each in (silence, later)]
            limits = [[said[key] for key in signal.gives] for said in both]
            assert limits[0] == limits[1]
            assert limits[0][: len(signal.shares)] == sorted(limits[0][: len(signal.shares)])


@pytest.mark.parametrize("name", SILENT)
@few
@given(buyer=buyers, silence=days, data=st.data())
def test_what_is_missing_wakes_nobody(fitted, name, buyer, silence, data):
    model = fitted[name, CALM[0]]
    row = on(buyer, silence)
    gone = data.draw(st.sampled_from(sorted(model.needs)))
    known, less = model.one(row), model.one({**row, gone: None})
    if known["lifecycle"] == "dormant":
        assert less["lifecycle"] != "active"
    if RANKS.get(state(known), 0) > 1:
        assert RANKS.get(state(less), 0) != 1


@pytest.mark.parametrize("name", EVERY)
def test_a_purchase_today_wakes_whoever_is_not_held_by_hand_or_contract(fitted, name):
    buyer = {"frequency": 7, "gaps": [30] * 29, "contact": None, "end": 90}
    held = {"tier_previous": None, "lifecycle_override": None, "open_opportunities": None}
    model = fitted[name, CALM[0]]
    assert model.one(on({**buyer, **held}, 0))["lifecycle"] == "active"
    assert model.one(on({**buyer, **held}, 5000))["lifecycle"] == "dormant"


ASKED = (date(1997, 3, 31), date(1997, 9, 30), date(1998, 1, 31), date(1998, 6, 30))


@pytest.fixture(scope="module")
def replayed(people):
    """The customers with what does not change, their orders, and their profiles on some days."""
    customers = [
        {
            "customer_id": row["customer_id"],
            "tier_previous": ("high", "low", None)[n % 3],
            "contract_end": date(1997, 6, 1) + timedelta(days=n % 400) if n % 2 else None,
            "lifecycle_override": ("dormant", None, None, "no state")[n % 4],
            "open_opportunities": n % 2,
            "visits": n % 3,
        }
        for n, row in enumerate(people[::5])
    ]
    facts = {row["customer_id"]: row for row in customers}
    orders = [row for row in cs.datasets.cdnow() if row["customer_id"] in facts]
    names = cs.Names(at="date")
    profiles = []
    for day in ASKED:
        rows = cs.profile(customers, transactions=orders, names=names, as_of=day)
        blank = {"interactions_inbound": None}
        profiles.append([{**row, **facts[row["customer_id"]], **blank} for row in rows])
    return customers, cs.TransactionLog.of(orders, names), profiles


@pytest.mark.parametrize("name", [name for name in EVERY if name != "two signals"])
def test_a_replay_says_what_the_profile_of_that_day_says(fitted, replayed, name):
    customers, log, profiles = replayed
    model = fitted[name, CALM[0]]
    known = [{**row, "interactions_inbound": None} for row in customers]
    grid = cs.classify.states_asof(log, ASKED, model, customers=known)
    for row, profile in zip(grid.states, profiles, strict=True):
        told = [state(said) for said in model.apply(profile)]
        assert [grid.words[at] for at in row] == told
