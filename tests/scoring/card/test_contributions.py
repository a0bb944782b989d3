import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anycard
import everykind
from custseg.errors import ConfigError
from custseg.scoring import Factor, Group, Ramp, Scorecard

CARD = Scorecard(
    (
        Factor("visits", worth=30, curve=Ramp(0, 10), group="web", usual=9),
        Factor("calls", worth=30, curve=Ramp(0, 10), group="web"),
        Factor("complaints", worth=-40, curve=Ramp(0, 2), title="trouble"),
    ),
    base=10,
    groups=(Group("web", high=40),),
)
ROWS = [
    {"visits": 10, "calls": 10, "complaints": 0},
    {"visits": 1, "calls": None, "complaints": 2},
    {"visits": 0, "calls": 0, "complaints": 0},
]


@given(anycard.scorecards(), st.lists(anycard.records, min_size=1, max_size=5))
def test_the_rows_are_the_lines_of_each_explanation(card, records):
    made = card.contributions(records)
    scores = [card.one(record)["score"] for record in records]
    assert made.score.tolist() == scores
    assert made.points.dtype == np.int32
    for row, record in zip(made.points, records, strict=True):
        lines = {part.factor: part.hundredths for part in card.explain(record).parts}
        found = dict(zip(made.columns, row.tolist(), strict=True))
        assert {name: points for name, points in found.items() if points} == {
            name: points for name, points in lines.items() if points
        }


@given(anycard.scorecards(), st.lists(anycard.records, min_size=1, max_size=4))
def test_the_weightiest_known_factors_are_named_as_explanations_name_them(card, records):
    found = card.contributions(records).reasons(9, "zh")
    for place, record in enumerate(records):
        said = [column.texts()[place] for column in found.values()]
        lines = [part for part in card.explain(record).parts if part.line == "factor"]
        expected = [
            f"{p.named('zh')}：{p.reason.text('zh')}"
            for p in lines
            if p.points and p.reason.code != "score_missing"
        ]
        assert [text for text in said if text is not None] == expected


@given(anycard.scorecards(), anycard.records, st.sampled_from(["usual", "neutral", "best"]))
def test_reasons_against_a_baseline_are_those_of_the_explanation(card, record, baseline):
    found = card.contributions([record]).reasons(9, baseline=baseline)
    said = [text for column in found.values() for text in column.texts() if text is not None]
    told = card.explain(record).against(baseline, most=9)
    assert [text.partition(":")[0] for text in said] == [
        reason.text().partition(":")[0] for reason in told
    ]


@pytest.mark.parametrize("kind", everykind.EVERY)
def test_every_kind_of_table_gives_the_same(kind):
    numbers = dict.fromkeys(("visits", "calls", "complaints"), "number")
    made = CARD.contributions(everykind.as_table(kind, ROWS, numbers))
    assert made.columns == ("visits", "calls", "complaints", "score_base", "web", "score")
    assert made.lines == ("factor", "factor", "factor", "base", "limit", "limit")
    assert made.points.tolist() == [
        [3000, 3000, 0, 1000, -2000, 0],
        [300, 0, -4000, 1000, 0, 2700],
        [0, 0, 0, 1000, 0, 0],
    ]
    assert made.of("web").tolist() == [-20.0, 0.0, 0.0]
    assert made.mean()["visits"] == 11.0
    texts = {name: column.texts() for name, column in made.reasons(2).items()}
    assert texts == {
        "reason_1": ["visits: earns all it can", "trouble: takes points away", None],
        "reason_2": ["calls: earns all it can", "visits: earns a part", None],
    }


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_the_table_comes_back_as_its_kind(kind):
    numbers = dict.fromkeys(("visits", "calls", "complaints"), "number")
    given = everykind.as_table(kind, ROWS, numbers)
    found = CARD.contributions(given).table(reasons=1, locale="zh")
    assert type(found) is type(given)
    assert everykind.column(found, "web_points") == [-20.0, 0.0, 0.0]
    assert everykind.column(found, "reason_1") == ["访问次数：得满分", "trouble：扣分", None]


def test_what_is_usual_is_learnt_from_a_table():
    usual = [factor.usual for factor in CARD.with_usual(ROWS).factors]
    assert usual == [11.0, 10.0, -13.33]


def test_a_table_without_rows_has_no_contributions():
    made = CARD.contributions([])
    assert (made.points.shape, made.score.tolist(), made.mean()["visits"]) == ((0, 6), [], 0.0)
    assert [column.texts() for column in made.reasons(1).values()] == [[]]


def test_what_there_is_not_is_refused():
    made = CARD.contributions(ROWS)
    with pytest.raises(ConfigError, match=r"no contribution 'visit'.*Did you mean 'visits'"):
        made.of("visit")
    with pytest.raises(ConfigError, match="baseline is one of"):
        made.reasons(baseline="mean")
