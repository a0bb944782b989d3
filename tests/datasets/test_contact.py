import datetime as dt
from functools import cache
from statistics import mean

import custseg as cs
from custseg.datasets import Crm

END = dt.date(2026, 6, 30)
RANGES = {"csat": (1, 5), "nps": (0, 10), "stars": (1, 5)}


@cache
def crm() -> Crm:
    return cs.datasets.crm(3_000, seed=5)


def test_every_event_belongs_to_a_record_that_exists_by_then() -> None:
    made = {row["customer_id"]: row["created_at"] for row in crm().customers}
    for table, at in (
        (crm().interactions, "at"),
        (crm().feedback, "at"),
        (crm().visits, "at"),
        (crm().opportunities, "opened_at"),
    ):
        assert table
        for row in table:
            assert made[row["customer_id"]] <= row[at]
            assert row[at].date() <= END


def test_scores_lie_on_their_scale() -> None:
    scores: dict[str, set[int]] = {}
    for row in crm().feedback:
        assert (row["scale"] is None) == (row["score"] is None)
        if row["scale"]:
            scores.setdefault(row["scale"], set()).add(row["score"])
    assert {scale: (min(found), max(found)) for scale, found in scores.items()} == RANGES


def lifted(row: dict[str, object]) -> float:
    low, high = RANGES[row["scale"]]
    return (row["score"] - low) / (high - low)


def test_the_leaving_are_unhappier() -> None:
    alive = {row["customer_id"]: row["alive"] for row in crm().truth}
    scored = [row for row in crm().feedback if row["score"] is not None]
    stay = mean(lifted(row) for row in scored if alive[row["customer_id"]])
    leave = mean(lifted(row) for row in scored if alive[row["customer_id"]] is False)
    assert stay > leave + 0.2


def test_complaints_score_lower_than_praise() -> None:
    scored = [row for row in crm().feedback if row["score"] is not None]
    by_kind = {
        kind: mean(lifted(row) for row in scored if row["kind"] == kind)
        for kind in ("complaint", "praise")
    }
    assert by_kind["praise"] > by_kind["complaint"] + 0.3


def test_texts_are_whole_sentences() -> None:
    texts = [row["text"] for row in crm().feedback if row["text"]]
    assert not [text for text in texts if "{" in text]
    assert any("\u4e00" <= text[0] <= "\u9fff" for text in texts)
    assert any(text[0].isascii() for text in texts)


def test_contact_fades_after_customers_leave() -> None:
    since = dt.date(2026, 1, 1)
    state = {row["customer_id"]: row["lifecycle"] for row in crm().truth}
    recent = {row["customer_id"] for row in crm().interactions if row["at"].date() >= since}
    share = {
        name: mean(who in recent for who, is_in in state.items() if is_in == name)
        for name in ("active", "dormant")
    }
    assert share["active"] > 3 * share["dormant"] > 0


def test_clicks_are_on_pages_seen() -> None:
    assert all(0 <= row["clicks"] <= row["pages"] for row in crm().visits)


def test_deals_close_after_they_opened() -> None:
    for row in crm().opportunities:
        assert row["expected_close"] > row["opened_at"].date()
        assert row["amount"] is None or row["amount"] >= 0
    assert {row["stage"] for row in crm().opportunities} > {"lead", "won", "lost"}
