import custseg as cs
from custseg.pipeline import worth_of
from custseg.report import worth_html
from custseg.tiering import Thresholds, TierPlan

ORDERS = [
    {"customer_id": "<script>alert(1)</script>", "at": f"2025-{month:02}-05", "amount": 40.0}
    for month in (1, 6)
]


def page(locale):
    plan = TierPlan(Thresholds((50.0, 400.0)), value="revenue_365d")
    job = cs.Pipeline(scorecard=None, tier=plan)
    return worth_html(worth_of(job.run(transactions=ORDERS, as_of="2026-06-30")), locale=locale)


def test_the_page_is_whole_and_shows_no_customer():
    for locale, heading in (("en", "tiers over time"), ("zh", "价值等级变化")):
        said = page(locale)
        assert heading in said
        assert "<script" not in said
        assert "http" not in said
        assert said.count("<section>") == said.count("</section>") >= 3
