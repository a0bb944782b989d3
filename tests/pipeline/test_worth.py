import datetime as dt

import pytest

import custseg as cs
import everykind
from custseg.errors import ConfigError
from custseg.pipeline import Pipeline, worth_of
from custseg.tiering import Bars, Calm, NineBox, Retier, Thresholds, TierPlan

NAMES = {"transactions": cs.Names(customer="who", at="paid_at")}
ORDERS = [
    {"who": "a", "paid_at": "2024-01-05", "amount": 120.0},
    {"who": "b", "paid_at": "2025-02-05", "amount": 60.0},
    {"who": "b", "paid_at": "2025-11-20", "amount": 60.0},
    {"who": "c", "paid_at": "2026-05-01", "amount": 500.0},
]
KINDS = {"who": "text", "paid_at": "text", "amount": "number"}
PLAN = TierPlan(Thresholds((100.0, 400.0)), value="revenue_365d")
JOB = Pipeline(names=NAMES, scorecard=None, tier=PLAN)
VALUE_ALONE = Calm()


def run(job=JOB, kind="records"):
    orders = everykind.as_table(kind, ORDERS, KINDS)
    return job.run(transactions=orders, as_of="2026-06-30")


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_tiers_rise_and_fall_with_the_last_year(kind):
    worth = worth_of(run(kind=kind), since="2024-12-31", unit="year", calm=VALUE_ALONE)
    assert worth.reviews.dates == (dt.date(2024, 12, 31), dt.date(2025, 12, 31))
    moved = everykind.as_records(worth.changes)
    assert [(row["who"], str(row["as_of"])[:4], row["from"], row["to"]) for row in moved] == [
        ("a", "2024", None, "medium"),
        ("a", "2025", "medium", "low"),
        ("b", "2025", None, "medium"),
    ]
    assert worth.counts == {"high": 0, "medium": 1, "low": 1}
    assert worth.migration.moved["down"] == 1


def test_the_rules_of_the_reviews_may_be_the_jobs_own():
    calm = Calm(bars=Bars(keep=0.5), grace=3)
    review = Retier(PLAN.fit([]).cuts, calm, value="revenue_365d")
    worth = worth_of(run(Pipeline(names=NAMES, scorecard=None, tier=review)), since="2024-12-31")
    assert worth.reviews.model.calm == calm
    assert worth_of(run(), calm=VALUE_ALONE).reviews.model.calm == VALUE_ALONE


def test_what_the_figures_must_not_be_taken_for_is_said():
    (note,) = worth_of(run(), since="2024-06-30").notes
    assert (note.code, note.settings["until"]) == ("window_not_filled", "2025-01-03")
    assert not worth_of(run(), since="2025-01-03").notes
    all_time = Pipeline(names=NAMES, scorecard=None, tier=TierPlan(Thresholds((100.0, 400.0))))
    assert [n.code for n in worth_of(run(all_time)).notes] == ["worth_of_all_time"]


def test_tiers_of_value_and_potential_are_reviewed_by_the_value():
    plan = TierPlan(
        Thresholds((100.0, 400.0)), value="revenue_365d", potential="revenue", box=NineBox()
    )
    worth = worth_of(run(Pipeline(names=NAMES, scorecard=None, tier=plan)))
    assert worth.reviews.model.tiers == ("low", "medium", "high")


@pytest.mark.parametrize(
    ("job", "why"),
    [
        (Pipeline(names=NAMES, tier=None, scorecard=None), "no tiers that can be reviewed"),
        (
            Pipeline(names=NAMES, scorecard=None, tier=TierPlan(PLAN.cutter, value="frequency")),
            "must be one of",
        ),
    ],
)
def test_what_cannot_be_reviewed_is_refused(job, why):
    with pytest.raises(ConfigError, match=why):
        worth_of(run(job))


def test_no_customer_and_no_single_value_is_told():
    worth = worth_of(run())
    said = f"{worth.text()} {worth.text('zh')} {worth.as_dict()}"
    assert "who" not in said.split()
    assert worth.as_dict()["counts"] == worth.counts


def test_one_review_is_no_migration():
    worth = worth_of(run(), since="2026-06-01", unit="month")
    assert (worth.migration, worth.policies) == (None, None)
