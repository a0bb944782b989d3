import pytest

from custseg.errors import MissingColumnError
from custseg.labels import title
from custseg.scoring import Scorecard
from custseg.scoring.card.presets import among, preset

# The columns of a profile, as the architecture names them.
PROFILE = {
    "orders",
    "frequency",
    "recency_days",
    "tenure_days",
    "revenue",
    "revenue_365d",
    "average_order",
    "margin",
    "refunds",
    "products",
    "categories",
    "favourite_category",
    "favourite_channel",
    "favourite_month",
    "interactions",
    "contact_days",
    "complaints",
    "satisfaction",
    "sentiment",
    "visits",
    "click_rate",
    "open_opportunities",
    "referrals",
    "completeness",
}


@pytest.mark.parametrize("name", ["customer", "lead"])
def test_a_preset_reads_a_profile_and_is_worth_100_points(name):
    factors = preset(name, revenue=5000.0)
    assert {factor.field for factor in factors} <= PROFILE
    assert sum(factor.worth for factor in factors if factor.worth > 0) == 100
    assert all(title(f.field, "zh") != title(f.field, "en") for f in factors)


@pytest.mark.parametrize("name", ["customer", "lead"])
def test_the_best_customer_earns_100_and_the_unknown_one_is_not_the_worst(name):
    card = Scorecard.preset(name)
    best = dict.fromkeys(card.needs, 1e6) | {"recency_days": 0, "contact_days": 0, "complaints": 0}
    assert card.one(best)["score"] == 100.0
    unknown = card.one(dict.fromkeys(card.needs))
    worst = {**best, **dict.fromkeys(card.needs, -1e6), "recency_days": 1e6, "contact_days": 1e6}
    assert unknown["score"] >= card.one({**worst, "complaints": 9})["score"]
    assert unknown["score_confidence"] == 0.0


def test_the_revenue_of_a_very_good_customer_earns_all_of_it():
    card = Scorecard.preset(revenue=500.0, columns=["revenue"])
    assert card.one({"revenue": 500.0})["score"] == 28.5
    assert card.one({"revenue": 5000.0})["score"] == 28.5


def test_a_factor_without_its_column_is_as_if_unknown():
    factors = preset("customer", revenue=5000.0)
    whole = Scorecard(factors)
    nothing = dict.fromkeys(whole.needs)
    for kept in (["satisfaction"], ["orders", "revenue"], ["sentiment", "complaints"]):
        some, base = among(factors, kept)
        record = dict.fromkeys(kept, 1.0)
        score = Scorecard(some, base=base).one(record)["score"]
        assert score == whole.one({**nothing, **record})["score"]


def test_no_columns_at_all_are_no_records_and_others_are_refused():
    factors = preset("lead", revenue=1.0)
    assert among(factors, ()) == (factors, 0.0)
    with pytest.raises(MissingColumnError):
        among(factors, ("customer_id",))
