import pytest

from custseg.tiering import RFM, Thresholds

CUTTERS = {
    "recency": Thresholds((30, 90)),
    "frequency": Thresholds((2, 5)),
    "monetary": Thresholds((100, 300)),
}
MODEL = RFM(3, CUTTERS).fit([])


def codes(model, record):
    return [reason.code for reason in model.explain(record).reasons]


def test_each_score_with_the_points_around_it():
    why = MODEL.explain({"recency_days": 40, "frequency": 1, "revenue": 500})
    assert [reason.code for reason in why.reasons] == [
        "rfm_scored",
        "value_between",
        "rfm_scored",
        "value_below",
        "rfm_scored",
        "value_above",
    ]
    assert why.reasons[0].settings == {"measure": "recency_score", "score": 2, "bins": 3}
    assert why.reasons[1].settings["low"] == 30


def test_values_are_shown_only_when_asked():
    why = MODEL.explain({"recency_days": 47, "frequency": 1, "revenue": 512})
    assert "512" not in why.text()
    assert "512" in why.text(values=True)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (
            {"recency_days": None, "frequency": 0, "revenue": 0},
            ["rfm_no_purchase"],
        ),
        (
            {"recency_days": None, "frequency": None, "revenue": 7},
            ["rfm_no_purchase"],
        ),
        (
            {"recency_days": None, "frequency": 3, "revenue": 70},
            ["no_value", "rfm_no_recency", "rfm_no_recency"],
        ),
        (
            {"recency_days": 5, "frequency": 3, "revenue": None},
            ["rfm_scored", "value_below", "rfm_scored", "value_between", "no_value"],
        ),
    ],
    ids=["prospect", "nothing known", "no last purchase", "no money"],
)
def test_why_there_is_no_score(record, said):
    assert codes(MODEL, record) == said


def test_nested_scores_are_told_by_the_points_of_their_cell():
    people = [{"recency_days": i % 4, "frequency": i, "revenue": i * i} for i in range(40)]
    model = RFM(2, binning="nested", segments=None).fit(people)
    for record in people[:8]:
        why = model.explain(record)
        assert len(why.reasons) == 6
        assert why.decision["rfm_score"] == model.one(record)["rfm_score"]
    lost = {"recency_days": 1, "frequency": None, "revenue": 5}
    assert codes(model, lost) == ["rfm_scored", "value_below", "no_value"]


def test_who_buys_is_not_said_to_have_never_bought():
    told = MODEL.explain({"recency_days": None, "frequency": 3, "revenue": 70})
    assert "nothing was ever bought" not in told.text()
    assert "purchase days has no score while the last purchase is not known" in told.text()
    assert "最近一次购买未知，消费天数不计分" in told.text("zh").replace(" ", "")


def test_who_never_bought_is_told_so_once():
    told = MODEL.explain({"recency_days": None, "frequency": 0, "revenue": 0})
    assert told.text().count("\n") == 1
    assert "从未购买" in told.text("zh")
