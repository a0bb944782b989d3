import pytest

from custseg.errors import MissingColumnError
from custseg.features.layout import COLUMNS
from custseg.labels import title
from custseg.scoring import Scorecard
from custseg.scoring.card.presets import BEYOND, preset

PROFILE = {*COLUMNS}
WORDS = {"source"}
LESS_IS_MORE = {"recency_days", "contact_days", "complaints", "late_share", "negative_share"}
INDUSTRY = {"industry": {"medical": 1, "retail": 0.3}}


def whole(name, **settings):
    """The card with every column that it can read."""
    some = preset(name, revenue=5000.0, columns=[*PROFILE, *BEYOND, "industry"], **settings)
    return Scorecard(some.factors, base=some.base, groups=some.groups, grades=some.grades)


def test_by_default_a_preset_reads_a_profile_alone():
    for name in ("customer", "lead"):
        assert {factor.field for factor in Scorecard.preset(name).factors} <= PROFILE
        assert all(title(f.field, "zh") != title(f.field, "en") for f in whole(name).factors)


@pytest.mark.parametrize("name", ["customer", "lead"])
@pytest.mark.parametrize("settings", [{}, {"attributes": INDUSTRY}], ids=["plain", "industry"])
def test_all_that_a_preset_knows_is_worth_100_points(name, settings):
    card = whole(name, **settings)
    spare = 0 if settings else 2 * card.base
    assert sum(factor.worth for factor in card.factors if factor.worth > 0) + spare == 100


@pytest.mark.parametrize("name", ["customer", "lead"])
def test_the_best_customer_earns_100_and_the_unknown_one_is_not_the_worst(name):
    card = whole(name, attributes=INDUSTRY)
    words = {"source": "referral", "industry": "medical"}
    best = dict.fromkeys(card.needs, 1e6) | dict.fromkeys(LESS_IS_MORE & {*card.needs}, 0) | words
    assert card.one(best)["score"] == 100.0
    unknown = card.one(dict.fromkeys(card.needs))
    low = dict.fromkeys(card.needs, -1e6) | dict.fromkeys(LESS_IS_MORE & {*card.needs}, 1e6)
    worst = {**low, "source": "cold", "industry": "retail"}
    assert unknown["score"] >= card.one(worst)["score"]
    assert unknown["score_confidence"] == 0.0


def test_complaints_and_late_payment_lower_and_engagement_enquiries_and_suggestions_raise():
    card = Scorecard.preset()
    steady = dict.fromkeys(card.needs, 1.0)
    score = card.one(steady)["score"]
    for lowers in ("complaints", "late_share", "negative_share"):
        assert card.one({**steady, lowers: 0})["score"] > score
    for raises in ("interactions", "enquiries", "suggestions", "praises", "satisfaction"):
        assert card.one({**steady, raises: 0})["score"] < score


def test_loyalty_and_willingness_to_pay_are_groups_of_their_own():
    homes = {factor.name: factor.group for factor in Scorecard.preset().factors}
    assert {homes[name] for name in ("frequency", "tenure_days", "referrals")} == {"loyalty"}
    assert {homes[name] for name in ("average_order", "late_share")} == {"willingness"}


@pytest.mark.parametrize(
    ("word", "points"),
    [
        ("referral", 3.0),
        ("Word of mouth", 3.0),
        ("word_of_mouth", 3.0),
        ("转介绍", 3.0),
        ("官网", 2.1),
        ("Trade Fair", 1.5),
        ("cold-call", 0.0),
        ("another", 1.5),
        (None, 1.5),
    ],
)
def test_sources_are_known_by_their_usual_words(word, points):
    card = Scorecard.preset(columns=["source"])
    assert card.one({"source": word})["score"] == card.base + points


def test_a_lead_is_graded_by_fit_and_engagement():
    card = Scorecard.preset("lead")
    lively = {"visits": 20, "interactions": 10, "contact_days": 0, "enquiries": 2}
    nothing = dict.fromkeys(card.needs)
    assert card.one({**nothing, **lively, "completeness": 1})["grade"] == "A1"
    assert card.one({**nothing, **lively})["grade"] == "C1"
    assert card.one({**nothing, "completeness": 1})["grade"] == "A3"
    one_sided = Scorecard.preset("lead", columns=["visits"])
    assert one_sided.one({"visits": 0})["grade"] == "D"


def test_the_revenue_of_a_very_good_customer_earns_all_of_it():
    card = Scorecard.preset(revenue=500.0, columns=["revenue"])
    assert card.one({"revenue": 500.0})["score"] == card.base + 14
    assert card.one({"revenue": 5000.0})["score"] == card.base + 14


def test_a_factor_without_its_column_is_as_if_unknown():
    every = whole("customer")
    nothing = dict.fromkeys(every.needs)
    for kept in (["satisfaction"], ["source", "revenue"], ["sentiment", "complaints"]):
        card = Scorecard.preset(revenue=5000.0, columns=kept)
        record = dict.fromkeys(kept, 1.0) | ({"source": "fair"} if "source" in kept else {})
        assert card.one(record)["score"] == every.one({**nothing, **record})["score"]


def test_no_columns_at_all_are_those_of_a_profile_and_others_are_refused():
    assert Scorecard.preset("lead", columns=()) == Scorecard.preset("lead")
    with pytest.raises(MissingColumnError):
        Scorecard.preset("lead", columns=("customer_id",))
