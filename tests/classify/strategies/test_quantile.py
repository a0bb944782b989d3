import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg import frames
from custseg.classify import BySegment, FixedDays, Lifecycle, PopulationQuantile
from custseg.classify.strategies.quantile import last_gaps, quantiles
from custseg.errors import ConfigError, NotEnoughDataError

ROWS = [{"frequency": 2, "recency_days": 3, "gap_last_days": gap} for gap in range(1, 201)]


def customers(seed, size=40_000, window=400.0, *, staggered=True):
    """Gaps of customers who buy at rates of their own and leave with a chance after each order."""
    chance = np.random.default_rng(seed)
    rate = chance.gamma(1.3, 1 / 40.0, size)
    end = window * (chance.random(size) if staggered else np.ones(size))
    first, last, now = (np.full(size, np.nan) for _ in range(3))
    now[:], count = 0.0, np.ones(size)
    here = np.ones(size, dtype=bool)
    while here.any():
        here &= chance.random(size) > 0.25
        gap = np.ceil(chance.exponential(1 / rate))
        here &= now + gap <= end
        first = np.where(here & np.isnan(first), gap, first)
        last, now = np.where(here, gap, last), np.where(here, now + gap, now)
        count += here
    return {"first": first, "last": last, "silence": end - now, "count": count}


def test_one_gap_of_each_customer_tells_the_gaps_of_all():
    """Right where leaving out open gaps makes them too short."""
    some, whole = customers(1), customers(2, staggered=False)
    profile = frames.table(
        [
            {"frequency": n, "recency_days": np.floor(quiet), "gap_last_days": gap}
            for n, quiet, gap in zip(some["count"], some["silence"], some["last"], strict=True)
        ]
    )
    shares = {"a": 0.5, "b": 0.75, "c": 0.9}
    truth = whole["first"][np.isfinite(whole["first"])]
    gap, over, many = last_gaps(profile)
    found = quantiles(gap, over, shares, many=many)
    for name, share in shares.items():
        right = np.quantile(truth, share)
        assert abs(found[name] - right) <= 0.06 * right + 1
        ended = np.quantile(some["last"][np.isfinite(some["last"])], share)
        assert ended < 0.9 * right


def test_a_customer_counts_once_however_often_it_buys():
    rows = [{"frequency": n, "recency_days": 9, "gap_last_days": 30} for n in (2, 90)]
    (gaps, ended, _), (few, *_) = (last_gaps(frames.table(some)) for some in (rows, rows[:1]))
    assert gaps.tolist() == [30, 30]
    assert ended.all()
    assert few.tolist() == [30]


def by_hand(gaps, share):
    """Kaplan and Meier's estimate in fractions, one day after the other."""
    left, curve = Fraction(1), []
    for day in sorted({gap for gap, _ in gaps}):
        at_risk = sum(gap >= day for gap, _ in gaps)
        left *= 1 - Fraction(sum(gap == day and ended for gap, ended in gaps), at_risk)
        curve.append((day, 1 - left))
    return next(day for day, gone in curve if gone / curve[-1][1] >= Fraction(share))


@given(
    st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=30).filter(
        lambda gaps: any(ended for _, ended in gaps)
    ),
    st.sampled_from(["0.25", "0.5", "0.9", "0.99"]),
)
def test_quantiles_of_gaps_that_end(gaps, share):
    days, ended = (np.array(part) for part in zip(*gaps, strict=True))
    found = quantiles(days.astype(float), ended, {"x": float(share)})
    assert found == {"x": by_hand(gaps, share)}


def test_limits_are_whole_days_in_plain_rules():
    model = Lifecycle(PopulationQuantile(0.9, at_risk=0.75, churned=0.99)).fit(ROWS)
    assert not model.ladder.derived
    told = [
        model.one({"frequency": 2, "recency_days": n})["lifecycle_state"]
        for n in (149, 150, 179, 180, 197, 198)
    ]
    assert told == ["active", "at_risk", "at_risk", "dormant", "dormant", "churned"]
    assert "recency_days" in model.to_sql()
    why = model.explain({"frequency": 2, "recency_days": 150})
    assert why.text().endswith(
        "no order for 150 days or more: of customers who come back, 75% do so by then"
    )
    assert why.text("zh").endswith("150 天及以上未下单：回购客户中有 75% 在此之前已回购")


def test_new_and_reactivated_customers():
    model = Lifecycle(PopulationQuantile(new_for=10, reactivated_for=20)).fit(ROWS)
    row = {"frequency": 1, "recency_days": 5, "tenure_days": 5, "gap_last_days": None}
    assert model.one(row)["lifecycle_state"] == "new"
    back = {"frequency": 4, "recency_days": 5, "tenure_days": 900, "gap_last_days": 180}
    assert model.one(back)["lifecycle_state"] == "reactivated"
    assert model.one({**back, "gap_last_days": 179})["lifecycle_state"] == "active"


def test_too_few_returns_are_an_error_or_a_stated_fallback():
    for rows in (ROWS[:99], []):
        with pytest.raises(NotEnoughDataError, match=f"{len(rows)} customers have come back"):
            Lifecycle(PopulationQuantile()).fit(rows)
        model = Lifecycle(PopulationQuantile(fallback=FixedDays(90))).fit(rows)
        why = model.explain({"frequency": 1, "recency_days": 90})
        assert why.reasons[0].code == "no_order_fallback"
        assert why.reasons[0].settings["found"] == len(rows)
        assert "too few customers have come back" in why.text()


def test_each_segment_has_quantiles_of_its_own():
    rows = [
        {**row, "gap_last_days": times * row["gap_last_days"], "region": region}
        for region, times in (("east", 1), ("west", 2))
        for row in ROWS
    ]
    each = PopulationQuantile()
    model = Lifecycle(BySegment("region", {"east": each, "west": each})).fit(rows)
    row = {"frequency": 2, "recency_days": 200}
    assert [model.one({**row, "region": r})["lifecycle"] for r in ("east", "west")] == [
        "dormant",
        "active",
    ]


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow", "duckdb"])
def test_every_kind_of_table_teaches_the_same(kind):
    table = everykind.as_table(kind, ROWS, dict.fromkeys(ROWS[0], "number"))
    assert Lifecycle(PopulationQuantile()).fit(table) == Lifecycle(PopulationQuantile()).fit(ROWS)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"dormant": 1.0}, "strictly between 0 and 1"),
        ({"at_risk": 0.9}, "dormant must be above at_risk"),
        ({"churned": 0.5}, "churned must be above dormant"),
        ({"new_for": 0}, "new_for must be above 0"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, message):
    with pytest.raises(ConfigError, match=message):
        PopulationQuantile(**settings)


def test_it_survives_json():
    for spec in (PopulationQuantile(), PopulationQuantile(0.5, fallback=FixedDays(30))):
        assert cs.load(json.dumps(cs.dump(spec))) == spec


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_customers_of_an_engine_are_counted_there(kind):
    some = [
        {"frequency": n % 4, "recency_days": n % 37, "gap_last_days": n % 53} for n in range(999)
    ]
    rows = [{name: float(value) for name, value in row.items()} for row in some]
    spec = PopulationQuantile(at_risk=0.5)
    table = everykind.as_table(kind, rows, dict.fromkeys(rows[0], "number"))
    with frames.crossings() as account:
        model = Lifecycle(spec).fit(table)
    assert all(one.sums for one in account)
    assert model == Lifecycle(spec).fit(rows)


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_segments_of_an_engine_learn_there(kind):
    rows = [
        {**row, "frequency": 2.0, "shop": ("a", "b", None)[i % 3]} for i, row in enumerate(ROWS)
    ]
    kinds = {**dict.fromkeys(ROWS[0], "number"), "shop": "text"}
    rows = [{n: v if n == "shop" else float(v) for n, v in row.items()} for row in rows]
    quick = PopulationQuantile(returns=10)
    spec = BySegment("shop", {"a": quick, "x": FixedDays(9)}, PopulationQuantile(returns=9))
    with frames.crossings() as account:
        model = Lifecycle(spec).fit(everykind.as_table(kind, rows, kinds))
    assert all(one.sums for one in account)
    assert model == Lifecycle(spec).fit(rows)
