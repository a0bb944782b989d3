import pytest

import everykind
from custseg import frames
from custseg.classify import Lifecycle, ModelProbability, OwnCadence
from custseg.classify.strategies.learned import PROFILE, Enough, Lesson, at_order, summarised
from custseg.lifetime import MBGNBD
from custseg.lifetime.history import NEEDS

SHOP = [
    {"frequency": 1 + n % 4, "recency_days": 9.0 + n % 5, "tenure_days": 200.0 + 9 * (n % 4)}
    for n in range(600)
]
SHOP = [
    {**row, "recency_days": row["tenure_days"]} if row["frequency"] == 1 else row for row in SHOP
]
GAPS = [{"recency_days": None}, {"tenure_days": 1.0}, {"frequency": 0}, {"frequency": None}]


def lesson(rows, enough=None, spec=None):
    return Lesson.of(frames.table(rows), spec or MBGNBD(), enough or Enough())


def test_a_profile_is_a_summary_in_other_words():
    rows = [{"frequency": 3, "recency_days": 10, "tenure_days": 50}]
    assert summarised(frames.table(rows), NEEDS) == [{"frequency": 2, "recency": 40, "T": 50}]


def test_who_has_not_bought_or_is_not_known_does_not_count():
    odd = [{**SHOP[1], **gap} for gap in GAPS]
    assert summarised(frames.table([*odd, SHOP[1]]), NEEDS) == [
        {"frequency": 1.0, "recency": 199.0, "T": 209.0}
    ]
    assert lesson([*odd, *SHOP]).model == lesson(SHOP).model


def test_the_model_is_that_of_the_summary():
    found = lesson(SHOP)
    assert found.model == MBGNBD().fit(summarised(frames.table(SHOP), NEEDS))
    assert not found.lacks
    assert lesson(SHOP[::-1]).model == found.model


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([], ["few_buyers"]),
        (SHOP[:40], ["few_buyers"]),
        ([{"frequency": 2, "recency_days": 5.0}] * 600, ["no_history"]),
        ([row for row in SHOP if row["frequency"] == 1] * 5, ["no_recent_orders", "few_regulars"]),
    ],
)
def test_what_the_data_lack_is_said(rows, codes):
    found = lesson(rows)
    assert found.model is None
    assert [reason.code for reason in found.lacks] == codes


def test_what_a_model_cannot_learn_from_is_said():
    found = lesson(SHOP, spec=MBGNBD(repeaters=10_000))
    assert (found.model, [reason.code for reason in found.lacks]) == (None, ["nothing_learned"])


def test_limits_of_ones_own():
    assert lesson(SHOP[:40], Enough(buyers=40)).model is not None
    assert [r.code for r in lesson(SHOP, Enough(span_days=900)).lacks] == ["short_history"]
    assert [r.code for r in lesson(SHOP, Enough(recent_days=5)).lacks] == ["no_recent_orders"]


def test_covariates_go_along():
    rows = [{**row, "age": float(n % 7)} for n, row in enumerate(SHOP)]
    found = lesson(rows, spec=MBGNBD(buying=("age",)))
    assert set(found.model.needs) == {*NEEDS, "age"}


def test_the_order_before_the_last_one():
    cols = frames.table([{**SHOP[1], "gap_last_days": 199.0}]).read(
        {**PROFILE, "gap_last_days": "number"}
    )
    assert {name: x.tolist() for name, x in at_order(cols, before=True).items()} == {
        "frequency": [0.0],
        "recency": [0.0],
        "T": [0.0],
    }


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_histories_of_an_engine_are_counted_there(kind):
    rows = [
        {
            "frequency": float(i % 6) or None,
            "recency_days": 3.0 + i * 7 % 90,
            "tenure_days": 3.0 + i * 7 % 90 + (i * 11 % 300 if i % 6 > 1 else 0),
            "gap_cv": i % 5 / 4,
        }
        for i in range(700)
    ]
    table = everykind.as_table(kind, rows, dict.fromkeys(rows[0], "number"))
    for spec in (ModelProbability(), OwnCadence(stages=None)):
        with frames.crossings() as account:
            model = Lifecycle(spec).fit(table)
        assert all(one.sums or one.streamed for one in account)
        assert sum("T" in one.columns for one in account) == 1  # for the gate and for the model
        assert model == Lifecycle(spec).fit(rows)
        assert model.rules() == {}  # a model of buying was learned
