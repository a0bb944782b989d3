import re
from datetime import date, timedelta

import pytest
from pytest import approx  # noqa: PT013 - read in a sentence

import custseg as cs
from custseg.reasons import Explanation, Reason


@pytest.fixture(scope="module")
def run():
    crm = cs.datasets.crm(140, seed=3)
    tables = {name: rows for name, rows in crm.tables().items() if name != "truth"}
    return cs.Pipeline().run(**tables, as_of=crm.recipe.end)


def told(run, **wanted):
    """The answer about the first customer who is decided so."""
    rows = (r for r in run.customers if all(r[k] == v for k, v in wanted.items()))
    return run.explain(next(rows)["customer_id"])


def test_the_first_sentence_says_who_this_is(run):
    said = told(run, lifecycle="active", tier="high")
    owner = said.parts["owner"].decision["owner"]
    grade = said.parts["scorecard"].grade
    assert said.text().splitlines()[0] == (
        f"{said.customer} is an active customer of high value, graded {grade} "
        f"and looked after by {owner}."
    )
    assert said.text("zh").splitlines()[0] == (
        f"{said.customer} 是活跃客户，价值等级为高级客户，评分等级为 {grade}，由 {owner} 负责。"
    )


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("values", [False, True])
def test_every_line_is_whole_sentences_without_a_hole(run, locale, values):
    for row in run.customers[:25]:
        text = run.explain(row["customer_id"]).text(locale, values=values)
        for line in text.splitlines():
            assert line.endswith("." if locale == "en" else "。"), line
            assert not re.search(r"[{}…]|answer\.|reason\.|_fallback|None|\bnan\b", line), line
            assert ".." not in line


def test_no_field_value_is_told_unless_asked(run):
    for row in run.customers[:25]:
        plain = run.explain(row["customer_id"]).text()
        held = [f"{row['revenue']:,.10g}", row["name"], row["email"], row["phone"]]
        assert not [v for v in held if v and len(v) > 3 and v in plain]
        assert "[" not in plain
        assert "[revenue = " in run.explain(row["customer_id"]).text(values=True)


def test_the_day_that_is_named_is_the_day_on_which_it_changes(run):
    seen = 0
    for row in run.customers:
        said = run.explain(row["customer_id"]).text(values=True)
        if not (found := re.search(r"counts as dormant from (\S+) on, (\d+) days", said)):
            continue
        left = int(found[2])
        assert date.fromisoformat(found[1]) == run.day + timedelta(days=left)
        for days, state in ((left - 1, "active"), (left, "dormant")):
            later = {n: row[n] + days for n in ("recency_days", "tenure_days")}
            assert run.policy.one({**row, **later})["lifecycle"] == state
        seen += 1
    assert seen > 30


def test_a_limit_of_a_customers_own_is_kept_to_the_day():
    crm = cs.datasets.crm(2_000, seed=5)
    states = cs.classify.Lifecycle(cs.classify.OwnCadence())
    job = cs.Pipeline(lifecycle=states, scorecard=None, allocation=None)
    run = job.run(transactions=crm.transactions, as_of=crm.recipe.end)
    seen = 0
    for row in run.customers[:60]:
        said = run.explain(row["customer_id"]).text(values=True)
        if found := re.search(r"counts as dormant from \S+ on, (\d+) days", said):
            later = {n: row[n] + int(found[1]) for n in ("recency_days", "tenure_days")}
            before = {n: row[n] + int(found[1]) - 1 for n in ("recency_days", "tenure_days")}
            assert run.policy.one({**row, **later})["lifecycle"] == "dormant"
            assert run.policy.one({**row, **before})["lifecycle"] == "active"
            seen += 1
    assert seen > 10


def test_the_money_that_is_named_lifts_a_tier(run):
    tiers = ("low", "medium", "high")
    seen = 0
    for row in run.customers[:60]:
        said = run.explain(row["customer_id"]).text(values=True)
        if found := re.search(r"([\d,.]+) more lift it a tier", said):
            more = float(found[1].replace(",", ""))
            above = run.policy.one({**row, "revenue": row["revenue"] + more + 1e-6})["tier"]
            assert tiers.index(above) == tiers.index(row["tier"]) + 1
            seen += 1
    assert seen > 30


def test_who_has_bought_nothing_is_not_asked_for_days_since_a_purchase(run):
    said = told(run, lifecycle="potential")
    assert said.parts["scorecard"].asks
    assert "The first order makes it a customer who buys." in said.text()
    asked = re.search(r"Nothing is known of (.*): ask", said.text())
    assert not asked or "purchase" not in asked[1]


def test_points_that_stand_for_nothing_known_are_not_praised(run):
    for row in run.customers[:40]:
        part = run.explain(row["customer_id"]).parts["scorecard"]
        blind = {p.named() for p in part.parts if p.reason.code == "score_missing"}
        most = re.search(r"Most of them come from (.*?)\. ", run.explain(row["customer_id"]).text())
        assert not most or not [name for name in blind if f"{name} (" in most[1]]


def explained(**parts):
    stamp = cs.pipeline.Stamp("p", "i", "2026-06-30")
    return cs.pipeline.CustomerExplanation("C-1", parts, stamp)


def test_states_and_tiers_of_the_companys_own_are_named_as_they_are():
    said = explained(
        lifecycle=Explanation("lifecycle", {"lifecycle": "sleepy"}, (Reason("otherwise"),)),
        tier=Explanation("tier", {"tier": "gold"}, (Reason("one_tier"),)),
    )
    assert said.text().splitlines()[:3] == [
        "C-1 is a customer in the state “sleepy” of the tier “gold”.",
        "It counts as sleepy because none of the rules holds.",
        "Its value counts as gold because there is one tier for all.",
    ]
    assert said.text("zh").splitlines()[0] == "C-1 是处于“sleepy”状态的客户，价值等级为“gold”。"


def test_nobody_is_told_as_an_owner_where_there_is_none():
    none = cs.allocate.OwnerExplanation("owner", {"owner": None}, (Reason("capacity_full"),))
    lines = explained(owner=none).text().splitlines()
    assert lines[0] == "C-1 is a customer, looked after by nobody yet."
    assert lines[1] == "Nobody looks after it: everybody who is eligible is full or on leave."


def test_bands_that_are_closed_on_the_right_are_told_so():
    reason = Reason("value_below", {"value": "revenue", "closed": "right", "high": 100.0})
    said = explained(tier=Explanation("tier", {"tier": "low"}, (reason,))).text()
    assert "because its revenue is not above 100. Above that it rises a tier." in said


def test_a_step_of_the_companys_own_is_told_in_one_line():
    reason = Reason("rfm_scored", {"measure": "recency", "score": 5, "bins": 5})
    said = explained(segment=Explanation("segment", {"segment": "vip"}, (reason,)))
    assert said.text().splitlines()[0] == "C-1 is a customer."
    assert "vip" in said.text().splitlines()[1]


def test_points_of_an_answer_are_those_of_the_card(run):
    said = run.explain(run.customers[0]["customer_id"])
    score = float(re.search(r"It has ([\d.]+) points", said.text())[1])
    assert score == approx(said.parts["scorecard"].score)
