import json

from hypothesis import given

import anycard
from custseg.reasons import Explanation
from custseg.scoring import Factor, Ramp, Scorecard

CARD = Scorecard(
    [
        Factor("orders", worth=60, curve=Ramp(0, 10)),
        Factor("satisfaction", worth=40, curve=Ramp(0, 100), missing=0.5),
        Factor("complaints", worth=-20, curve=Ramp(0, 2)),
    ]
)
RECORD = {"orders": 9, "satisfaction": None, "complaints": 1}


def test_a_score_is_explained_in_chinese():
    assert CARD.explain(RECORD).text("zh").splitlines() == [
        "评分 64，等级 B",
        "  订单数 +54（最多 60）：得部分分",
        "  满意度 +20（最多 40）：无信息",
        "  投诉次数 -10（最多 0）：扣分",
        "距 A 级还差 16 分，补足即可：满意度 +20",
        "建议先补充：满意度",
    ]


def test_values_are_shown_only_when_asked():
    secret = {"orders": 8.125, "satisfaction": 77.625, "complaints": 1}
    why = CARD.explain(secret)
    for quiet in (why.text(), why.text("zh"), json.dumps(why.as_dict()), why._repr_html_()):
        assert "8.125" not in quiet
        assert "77.625" not in quiet
    assert "orders = 8.125" in why.text(values=True)
    reason = why.as_dict(values=True)["parts"][0]["reason"]
    assert reason == {
        "code": "score_part",
        "settings": {"worth": 60.0},
        "values": {"orders": 8.125},
    }


@given(anycard.scorecards(), anycard.records)
def test_every_explanation_can_be_read_and_written(card, record):
    why = card.explain(record)
    assert isinstance(why, Explanation)
    assert len(why.reasons) == len(why.parts)
    assert json.loads(json.dumps(why.as_dict()))["decision"] == why.decision
    for locale in ("en", "zh"):
        assert why.text(locale).count("\n") >= len(why.parts)
        assert "{" not in why.text(locale)
    assert why._repr_html_().count("<tr>") == 3 + len(why.parts)


def test_names_are_escaped_in_html():
    card = Scorecard([Factor("<b>", worth=1, curve=Ramp(0, 1))])
    html = card.explain({"<b>": 1})._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
