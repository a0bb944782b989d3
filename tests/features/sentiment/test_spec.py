import json
import sys

import attrs
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.features import LearnedSentiment, Sentiment, SentimentModel

KIND = [
    "会回购",
    "物流给力",
    "宝贝收到",
    "孩子爱不释手",
    "值这个价",
    "老板爽快",
    "秒到账",
    "一直用它家",
]
UNKIND = [
    "等到花儿谢",
    "漏气了",
    "不值这个价",
    "货不对",
    "客服踢皮球",
    "到账要三天",
    "换了别家",
    "又坏一次",
]
ROWS = [
    {"text": f"{text}{end}", "label": label}
    for label, texts in ((1, KIND), (0, UNKIND))
    for text in texts
    for end in ("", "。", "，真的")
]


def fitted(rows=ROWS, **how):
    return LearnedSentiment(**how).fit(rows)


def test_without_labels_it_leans_as_the_lists_do():
    model = fitted([])
    for text in ("服务很好，非常满意", "太慢了", "not good at all", "Great job"):
        assert model.of(text) * Sentiment().of(text) > 0
    assert model.of("几点开门") is None
    assert model == SentimentModel(loose=model.loose)


def test_it_learns_what_the_lists_do_not_know():
    model = fitted()
    assert Sentiment().of("到账要三天") is None
    assert model.of("到账要三天了") < 0 < model.of("秒到账了")
    assert model.rows == len(ROWS)
    assert model.kind_rows == len(ROWS) // 2


def test_a_few_labels_move_the_lists_and_no_more():
    model = fitted(ROWS[:4])
    assert model.weights == ()
    assert model.of("服务很好") > 0


def test_nothing_known_is_no_answer():
    model = fitted()
    assert (model.of(""), model.probability(None), model.of("zzz")) == (None, None, None)


def test_the_order_of_rows_makes_no_difference():
    assert fitted(ROWS[::-1]) == fitted()


def test_probabilities_are_strictly_between_0_and_1():
    model = fitted()
    for text in ("完美" * 5_000, "垃圾！" * 3_000):
        assert 0.0 < model.probability(text) < 1.0


def test_it_comes_back_from_json_and_reads_the_same():
    model = fitted(words={"丢包": -1.5}, within_days=90)
    again = cs.load(json.dumps(cs.dump(model)))
    assert again == model
    assert again.of("一直丢包") == model.of("一直丢包") < 0


def test_updates_go_on_where_learning_stopped():
    first = fitted()
    news = [{"text": text, "label": 0} for text in ("一直掉线啊", "掉线了", "又掉线")] * 4
    later = first.update(news)
    assert later.of("掉线") < 0
    assert later.rows == first.rows + 12
    assert later.of("秒到账了") > 0
    assert first.update([]) == first


def test_another_share_of_kind_texts_moves_all_odds_alike():
    model = fitted()
    rare = model.shifted(0.1)
    odds = [m.probability("值这个价") / (1 - m.probability("值这个价")) for m in (model, rare)]
    assert odds[1] / odds[0] == pytest.approx(1 / 9, rel=1e-6)
    assert fitted(prior_shift=0.1) == rare
    with pytest.raises(ConfigError, match="share"):
        model.shifted(1.0)
    with pytest.raises(ConfigError, match="share"):
        fitted([]).shifted(0.5)


def test_settings_that_cannot_be_are_refused():
    with pytest.raises(ConfigError, match="ridge"):
        LearnedSentiment(ridge=0)
    with pytest.raises(ConfigError, match="size"):
        LearnedSentiment(size=0)
    with pytest.raises(ConfigError, match="two ends"):
        LearnedSentiment(kind_from=4)


def test_columns_may_be_named_when_fitting():
    rows = [{"note": row["text"], "ok": row["label"]} for row in ROWS]
    model = LearnedSentiment().fit(rows, text="note", label="ok")
    assert attrs.evolve(model, text="text", label="label") == fitted()


def test_a_table_of_texts_gains_two_columns():
    model = fitted()
    out = model.apply([{"text": "秒到账"}, {"text": None}, {"text": "漏气了"}])
    assert [row["sentiment"] is None for row in out] == [False, True, False]
    assert out[0]["praise_probability"] == model.probability("秒到账")
    assert out[0]["sentiment"] == model.of("秒到账")


def test_an_explanation_names_the_pieces():
    model = fitted()
    said = model.explain("秒到账，服务很好")
    codes = {reason.code for reason in said.reasons}
    assert {"word_lists_say", "kind_piece"} <= codes
    assert said.decision["sentiment"] == model.of("秒到账，服务很好")
    assert "学得为正面" in said.text("zh")
    assert model.explain({"text": "秒到账，服务很好"}) == said
    assert model.explain({"text": None}).decision["sentiment"] is None


def test_it_takes_the_place_of_the_lists_in_a_profile():
    said = [
        {"customer_id": "a", "at": "2026-01-05", "text": "到账要三天"},
        {"customer_id": "b", "at": "2025-01-05", "text": "秒到账"},
    ]
    people = [{"customer_id": "a"}, {"customer_id": "b"}]
    model = fitted(within_days=30)
    rows = cs.profile(people, feedback=said, as_of="2026-01-31", sentiment=model)
    assert rows[0]["sentiment"] == pytest.approx(model.of("到账要三天"), abs=1e-6)
    assert rows[1]["sentiment"] is None


def test_no_scikit_learn_is_loaded(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert fitted().of("秒到账") > 0
