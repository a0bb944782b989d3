import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.tiering import Potential, potential

NEEDS = {
    "customer_id": "text",
    "industry": "text",
    "size_band": "text",
    "employees": "number",
    "revenue": "number",
    "frequency": "number",
}
COLUMNS = (
    "potential",
    "headroom",
    "share_of_wallet",
    "potential_confidence",
    "peer_group",
    "peers",
)
SPEC = Potential(peers=("industry", "size_band"), scale="employees")
number = st.none() | st.sampled_from([0.0, -7.0, 5.0]) | st.decimals(0, 9999, places=2).map(float)
customers = st.lists(
    st.fixed_dictionaries(
        {
            "industry": st.sampled_from([None, "retail", "medical"]),
            "size_band": st.sampled_from([None, "small", "large"]),
            "employees": number,
            "revenue": number,
            "frequency": st.sampled_from([None, 0.0, 1.0, 9.0]),
        }
    ),
    min_size=1,
    max_size=20,
).map(lambda rows: [{"customer_id": f"{i:05}", **row} for i, row in enumerate(rows)])
some = customers.filter(
    lambda rows: any(r["revenue"] is not None and r["frequency"] != 0 for r in rows)
)


@given(some, st.sampled_from(everykind.KINDS))
def test_every_kind_of_table_and_one_record_say_the_same(rows, kind):
    table = everykind.as_table(kind, rows, NEEDS)
    model = SPEC.fit(table)
    assert model == SPEC.fit(rows)
    assert cs.load(json.dumps(cs.dump(model))) == model
    told = everykind.as_records(model.apply(table))
    assert [{c: row[c] for c in COLUMNS} for row in told] == [
        {c: model.one(row)[c] for c in COLUMNS} for row in rows
    ]


@given(some, st.randoms())
def test_the_order_of_rows_changes_nothing(rows, rng):
    shuffled = list(rows)
    rng.shuffle(shuffled)
    assert SPEC.fit(shuffled) == SPEC.fit(rows)


@given(some)
def test_a_potential_is_never_below_what_is_brought_nor_below_nothing(rows):
    for row in SPEC.fit(rows).apply(rows):
        prospect = row["revenue"] is None or row["frequency"] == 0
        assert row["potential"] >= (0 if prospect else max(row["revenue"], 0))
        assert 0 <= row["potential_confidence"] <= 1
        assert (row["headroom"] is None) == prospect
        if not prospect:
            assert row["headroom"] == row["potential"] - row["revenue"] >= 0
        if prospect or not row["potential"]:
            assert row["share_of_wallet"] is None
        else:
            assert row["share_of_wallet"] == max(row["revenue"], 0) / row["potential"] <= 1


@given(some, st.floats(0, 1e6))
def test_who_brings_more_never_has_less_potential(rows, more):
    model = SPEC.fit(rows)
    for row in rows:
        raised = {**row, "revenue": (row["revenue"] or 0.0) + more}
        assert model.one(raised)["potential"] >= model.one(row)["potential"]


@given(some)
def test_prospects_set_no_frontier(rows):
    lead = {**rows[0], "customer_id": "lead", "revenue": 1e9, "frequency": 0.0}
    assert SPEC.fit([*rows, lead]) == SPEC.fit(rows)


def market(seed, size=20_000):
    """Wallets that grow with size, by group; sales are a share of the wallet."""
    rng = np.random.default_rng(seed)
    group, staff = rng.zipf(1.4, size) % 300, rng.lognormal(3, 1, size)
    wallet = staff * np.exp(rng.normal(0, 0.3, size) + (group % 7) * 0.1)
    rows = {
        "industry": [f"i{g % 7}" for g in group],
        "size_band": [f"b{g}" for g in group],
        "employees": staff.tolist(),
        "revenue": (wallet * rng.beta(1.2, 2, size)).tolist(),
    }
    return everykind.pd.DataFrame(rows), everykind.pd.Series(wallet)


def test_on_a_market_not_seen_nine_of_ten_are_covered_and_wallets_are_ranked():
    """The design of Rosset and others: 0.899 and 0.954 are what the plain frontier reaches."""
    model = SPEC.fit(market(1)[0])
    later, wallet = market(2)
    assert model.coverage(later) == pytest.approx(0.9, abs=0.01)
    found = model.apply(later)["potential"]
    assert found.corr(wallet, method="spearman") > 0.954
    assert found.corr(wallet, method="spearman") > later["revenue"].corr(wallet, method="spearman")


def test_without_a_group_or_a_size_the_ladder_is_climbed():
    rows = [
        {"industry": trade, "size_band": band, "employees": n, "revenue": rate * n, "frequency": 2}
        for trade, rate in (("retail", 10.0), ("medical", 30.0))
        for band in ("small", "large")
        for n in range(1, 101)
    ]
    model = SPEC.fit(rows)
    asked = {"employees": 10, "revenue": 5.0, "frequency": 1}
    ladder = [
        {"industry": "retail", "size_band": "small"},
        {"industry": "retail", "size_band": "unseen"},
        {"industry": None, "size_band": "small"},
    ]
    told = [model.one({**asked, **place}) for place in ladder]
    assert [one["peer_group"] for one in told] == ["retail / small", "retail", "all"]
    assert [one["peers"] for one in told] == [100, 200, 400]
    confidence = [one["potential_confidence"] for one in told]
    assert confidence == sorted(confidence, reverse=True)
    unsized = model.one({**asked, **ladder[0], "employees": None})
    assert unsized["peer_group"] == "retail / small"
    assert unsized["potential_confidence"] < confidence[0]
    assert model.one({**asked, **ladder[0], "employees": 0})["potential"] == unsized["potential"]


def test_the_quick_form_takes_the_usual_columns_that_there_are():
    rows = [{"industry": "a", "employees": i, "revenue": 2.0 * i} for i in range(1, 12)]
    assert potential(rows)[4]["potential"] == 10.0
    assert potential(rows, peers=(), quantile=0.5)[0]["peer_group"] == "all"
    with pytest.raises(MissingColumnError, match="size_band"):
        potential(rows, peers=("size_band",))


def test_impossible_settings_are_refused():
    with pytest.raises(ConfigError, match="quantile must be shares"):
        Potential(quantile=1.0)
    with pytest.raises(ConfigError, match="shrink must be a number of peers"):
        Potential(shrink=-1)
    with pytest.raises(ConfigError, match=r"\['revenue'\] are named twice"):
        Potential(scale="revenue")
    with pytest.raises(ConfigError, match=r"\['peers'\] would be read and written"):
        Potential(peers=("peers",))


def test_what_cannot_be_learnt_from_is_named():
    with pytest.raises(NotEnoughDataError, match="of none of 1 rows it is known"):
        Potential().fit([{"revenue": None}])
    with pytest.raises(NotEnoughDataError, match="fit on customers who have bought"):
        Potential().fit([{"revenue": 9.0, "frequency": 0}])
    with pytest.raises(DataError, match="column 'revenue': 1 of 2 values are infinite"):
        Potential().fit([{"revenue": float("inf")}, {"revenue": 1.0}])
