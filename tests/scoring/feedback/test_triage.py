from datetime import date

import numpy as np
import pandas as pd
import pytest

import custseg as cs
from custseg.errors import ConfigError, MissingColumnError
from custseg.scoring import Signal, Triage

ADDED = list(Triage().gives)


def test_a_row_without_words_and_kind_says_nothing():
    row = Triage().one({"text": None})
    assert {row[name] for name in ADDED} == {None}
    assert Triage().explain({"text": " "}).reasons[0].code in {"triage_silent", "triage_kind"}


def test_a_recorded_kind_counts_more_than_words():
    row = Triage().one({"text": "谢谢", "kind": "投诉"})
    assert row["feedback_type"] == "complaint"
    assert Triage().one({"text": None, "kind": "Inquiry"})["feedback_type"] == "enquiry"
    assert Triage().one({"text": "太差了", "kind": "walk-in"})["feedback_type"] == "complaint"


def test_words_must_be_there():
    with pytest.raises(MissingColumnError):
        Triage().apply([{"comment": "x"}])


def test_each_distinct_text_is_read_once():
    asked = []

    class Feeling:
        within_days = None

        def of(self, text):
            asked.append(text)

    rows = [{"text": text, "tier": tier} for text in ("a b", "c d") for tier in ("high", "low")]
    Triage(sentiment=Feeling()).apply(rows * 3)
    assert sorted(asked) == ["a b", "c d"]


def test_one_row_is_as_the_whole_table_in_any_order():
    texts = ["要求退款", "please help", None, "太差了", "太差了", "起火了"]
    rows = [
        {"text": text, "tier": tier, "contacts": n, "at": "2026-06-01", "as_of": "2026-06-30"}
        for text in texts
        for tier, n in (("high", None), (None, 3.0))
    ]
    triage = Triage()
    every = triage.apply(rows)
    assert [triage.one(row) for row in rows] == every
    assert triage.apply(rows[::-1]) == every[::-1]


def test_frames_come_back_as_they_were():
    frame = pd.DataFrame({"text": ["太差了", None]}, index=[7, 3])
    found = Triage().apply(frame)
    assert found.index.tolist() == [7, 3]
    assert found.columns.tolist() == ["text", *ADDED]
    assert found["feedback_type"].tolist()[0] == "complaint"
    assert np.isnan(found["importance"][3])
    assert len(Triage().apply(frame[:0])) == 0


@pytest.mark.parametrize(
    ("days", "kind", "reasons"),
    [
        (1, "complaint", None),
        (2, "complaint", "late"),
        (3, "complaint", "very_late"),
        (9, "enquiry", "late"),
    ],
)
def test_waiting_counts_against_the_promise(days, kind, reasons):
    triage = Triage(as_of=date(2026, 6, 30))
    row = {"text": None, "kind": kind, "at": date(2026, 6, 30 - days)}
    assert triage.one(row)["reasons"] == reasons


def test_nobody_waits_who_was_answered_or_comes_later():
    triage = Triage(as_of=date(2026, 6, 30))
    old = {"text": None, "kind": "complaint", "at": "2026-06-01"}
    assert triage.one(old)["reasons"] == "very_late"
    assert triage.one({**old, "status": "已解决"})["reasons"] is None
    assert triage.one({**old, "resolved_at": "2026-06-10"})["reasons"] is None
    assert (
        triage.one({**old, "status": "已解决", "resolved_at": "2026-07-10"})["reasons"]
        == "very_late"
    )
    assert triage.one({**old, "at": "2026-07-01"})["reasons"] is None
    assert Triage().one(old)["reasons"] is None


def test_tiers_and_contacts_lift_what_is_asked_not_praise():
    row = {"tier": "high", "contacts": 4}
    asked = Triage().one({"text": "怎么开发票？", **row})
    assert (asked["importance"], asked["urgency"]) == (3, 2)
    assert asked["reasons"] == "contacted_again,vip"
    assert Triage().one({"text": "非常满意，点赞", **row})["reasons"] is None
    assert Triage(vip=("gold",), again=5).one({"text": "怎么开发票？", **row})["reasons"] is None


def test_who_must_not_be_contacted_gets_nothing_that_reaches_out():
    triage = Triage()
    assert triage.one({"text": "太差了", "do_not_contact": True})["action"] == "handle_inside"
    assert triage.one({"text": "太棒了，点赞", "do_not_contact": "是"})["action"] == "note_it"
    assert triage.one({"text": "太差了", "do_not_contact": None})["action"] == "make_good"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("充电器起火了", "stop_harm_inside"),
        ("My account was hacked", "secure_data"),
        ("再不处理我就打12315", "tell_manager"),
    ],
)
def test_harm_reaches_somebody_though_the_customer_must_not_be_contacted(text, action):
    row = Triage().one({"text": text, "do_not_contact": True})
    assert (row["action"], row["importance"], row["urgency"], row["priority"]) == (action, 3, 3, 1)


def test_what_no_list_knows_is_of_the_kind_that_is_set():
    row = {"text": "The tiles were laid with the pattern upside down."}
    assert Triage().one(row)["feedback_type"] == "other"
    found = Triage(unclear="complaint").one(row)
    assert (found["feedback_type"], found["feedback_types"]) == ("complaint", "complaint")
    assert (found["reasons"], found["action"], found["importance"]) == ("unclear", "read_it", 2)
    kept = Triage(unclear="complaint").one({**row, "kind": "other"})
    assert (kept["feedback_type"], kept["action"]) == ("other", "read_it")
    assert Triage(unclear="complaint").one({"text": "ok"})["feedback_type"] == "other"
    with pytest.raises(ConfigError, match="no 'complain'"):
        Triage(unclear="complain")


def test_fit_finds_who_may_be_contacted():
    rows = [{"text": "太棒了，点赞", "是否同意": word} for word in ("是", "否", None)]
    fitted = Triage().fit(rows)
    assert [row["action"] for row in fitted.apply(rows)] == ["thank", "note_it", "note_it"]
    asked = [{**row, "text": "几点开门？"} for row in rows]
    assert {row["action"] for row in fitted.apply(asked)} == {"answer"}
    assert [r.code for r in fitted.explain(rows[1]).reasons][-1] == "triage_contact"


def test_signals_words_and_topics_of_ones_own():
    triage = Triage(
        signals=(
            Signal("recall", 3, 2, words=("召回", "recall"), action="call_for_safety"),
            Signal("refund", 1, 1, kinds="complaint"),
        ),
        words={"complaint": ("翻车",)},
        topics={"app": ("小程序",), "price": ("割韭菜",)},
        packs="telecom",
    )
    row = triage.one({"text": "这次翻车了，小程序割韭菜，宽带也断，要召回吗"})
    assert row["feedback_type"] == "complaint"
    assert {"app", "price", "broadband"} <= set(row["topics"].split(","))
    assert row["reasons"].split(",")[0] == "recall"
    assert (row["importance"], row["urgency"]) == (3, 2)
    assert triage.one({"text": "退款，太差了"})["urgency"] == 1
    why = triage.explain({"text": "太差了，这要召回"})
    assert "recall" in why.text()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"packs": "telecoms"}, "Did you mean 'telecom'"),
        ({"words": {"complaints": ("x",)}}, "Did you mean 'complaint'"),
        ({"columns": {"when": "at"}}, "no 'when'"),
        ({"sla": {"complain": 1}}, "Did you mean 'complaint'"),
    ],
)
def test_settings_that_are_none_are_refused(settings, message):
    with pytest.raises(ConfigError, match=message):
        Triage(**settings)


def test_it_is_written_and_read():
    triage = Triage(packs="saas", signals=(Signal("recall", 3, 3),), as_of=date(2026, 6, 30))
    assert cs.load(cs.dump(triage)) == triage
    assert cs.schema("triage")["properties"]["packs"]


def test_words_are_shown_only_when_asked():
    why = Triage().explain({"text": "我要找记者"})
    assert "找记者" not in why.text("zh")
    assert "找记者" in why.text("zh", values=True)
    assert "找记者" not in str(why.as_dict())


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_every_action_and_signal_has_words(locale):
    from custseg.labels import table
    from custseg.scoring.feedback.signals import KIND_ACTIONS, SIGNALS, SILENT
    from custseg.values.feedback.vocabulary import packs, topics

    actions = {signal.action for signal in SIGNALS} - {None}
    known = table(locale)
    assert actions | {*KIND_ACTIONS.values(), *SILENT.values()} <= set(known)
    assert {f"reason.triage_{signal.code}" for signal in SIGNALS} <= set(known)
    named = {*topics(), *(topic for pack in packs().values() for topic in pack)}
    assert {f"topic.{topic}" for topic in named} <= set(known)
