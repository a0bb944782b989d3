import json
from decimal import Decimal
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.checks.kinds import as_kind
from custseg.errors import ConfigError, MissingColumnError
from custseg.tiering import (
    FREQUENCY,
    MONETARY,
    RECENCY,
    RFM,
    Cuts,
    Measure,
    RFMModel,
    SegmentMap,
    Thresholds,
    segments,
)
from custseg.tiering.rfm.scale import MeasureScale

CUTTERS = {
    "recency": Thresholds((30, 90, 180, 365)),
    "frequency": Thresholds((2, 3, 5, 8)),
    "monetary": Thresholds((100, 300, 500, 1000)),
}
FIXED = RFM(cutters=CUTTERS).fit([])
BEST = {"recency_days": 5, "frequency": 9, "revenue": 2000.0}
NOBODY = {"recency_days": None, "frequency": 0, "revenue": 0.0}
BUYER = st.fixed_dictionaries(
    {
        "recency_days": st.integers(0, 40),
        "frequency": st.integers(1, 6),
        "revenue": st.sampled_from([5.0, 10.05, 20.0, 99.9]),
    }
)
PEOPLE = st.lists(BUYER, min_size=1, max_size=30)


def test_less_recency_and_more_of_the_others_is_better():
    assert FIXED.one(BEST)["rfm_score"] == 555
    worst = {"recency_days": 999, "frequency": 1, "revenue": 5}
    assert FIXED.one(worst)["rfm_score"] == 111


def test_the_direction_is_said_and_not_guessed_from_a_name():
    up = Measure("recency", "recency_days")
    model = RFM(cutters={"recency": CUTTERS["recency"]}, measures=(up,)).fit([])
    assert model.one({"recency_days": 5})["recency_score"] == 1


def test_whoever_never_bought_has_no_score_never_the_worst():
    row = FIXED.one(NOBODY)
    scores = ("recency_score", "frequency_score", "monetary_score", "rfm_score", "segment")
    assert [row[name] for name in scores] == [None] * 5


def test_whoever_never_bought_has_a_segment_where_it_is_set():
    model = RFM(cutters=CUTTERS, prospect="prospect").fit([])
    assert model.one(NOBODY)["segment"] == "prospect"
    assert model.one({**NOBODY, "frequency": None})["segment"] == "prospect"
    assert model.one(NOBODY)["rfm_score"] is None
    assert model.one(BEST)["segment"] == "champions"


def test_a_buyer_whose_last_purchase_is_not_known_is_no_prospect():
    model = RFM(cutters=CUTTERS, prospect="prospect").fit([])
    assert model.one({**BEST, "recency_days": None})["segment"] is None


def test_who_lacks_a_measure_lacks_its_score_alone():
    row = FIXED.one({**BEST, "revenue": None})
    assert (row["recency_score"], row["frequency_score"], row["monetary_score"]) == (5, 5, None)
    assert row["rfm_score"] is None


def test_a_segment_asks_for_no_score_that_its_map_does_not_read():
    """The usual ten read recency and frequency: who has no amount has one of them all the same."""
    for prospect in (None, "prospect"):
        model = RFM(cutters=CUTTERS, prospect=prospect).fit([])
        assert model.one({**BEST, "revenue": None})["segment"] == "champions"
        assert model.one({**BEST, "frequency": None})["segment"] is None
    assert (
        RFM(cutters=CUTTERS, segments="putler").fit([]).one({**BEST, "revenue": None})["segment"]
        is None
    )


def test_a_map_that_does_not_read_recency_has_nobody_who_never_bought():
    money = SegmentMap.of({"small": {"monetary": (1, 3)}, "large": {"monetary": (4, 5)}})
    model = RFM(cutters=CUTTERS, segments=money).fit([])
    assert model.one({**BEST, "frequency": None})["segment"] == "large"
    assert model.one({**NOBODY, "revenue": 700.0})["segment"] is None
    assert model.gives["segment"] == ("small", "large")


def test_a_sum_asks_for_no_score_that_counts_nothing():
    weights = {"recency": 2.0, "monetary": 0.0}
    people = [{**BEST, "recency_days": 10 * i} for i in range(9)]
    model = RFM(weights=weights, continuous="percentile").fit(people)
    row = model.one({**people[0], "frequency": None, "revenue": None})
    assert (row["rfm_score"], row["rfm_index"]) == (10.0, row["recency_percentile"])
    only = RFM(cutters=CUTTERS, weights={"monetary": 1}).fit([])
    assert only.one({**BEST, "frequency": None})["rfm_score"] == 5.0
    assert only.one({**NOBODY, "revenue": 700.0})["rfm_score"] is None


@pytest.mark.parametrize("kind", ["pandas", "polars-lazy", "duckdb"])
def test_a_third_is_a_weight_everywhere(kind):
    people = [{"recency_days": i, "frequency": i % 5, "revenue": 1.25 * i} for i in range(30)]
    weights = {"recency": 1 / 3, "frequency": 2.0, "monetary": 1 / 7}
    model = RFM(weights=weights, continuous="percentile").fit(people)
    told = everykind.as_records(model.apply(as_kind(kind, people)))
    for row, one in zip(told, people, strict=True):
        assert {name: row[name] for name in model.gives} == {
            name: model.one(one)[name] for name in model.gives
        }


def test_ten_bins_have_codes_that_differ_and_ascend():
    tens = Thresholds(tuple(range(2, 11)))
    measures = (Measure("a", "a"), Measure("b", "b"), Measure("c", "c"))
    model = RFM(10, dict.fromkeys("abc", tens), measures).fit([])
    cells = list(product(range(1, 11), repeat=3))
    rows = [dict(zip("abc", cell, strict=True)) for cell in cells]
    codes = [row["rfm_score"] for row in model.apply(rows)]
    assert codes == sorted(set(codes))


def test_a_weighted_sum_of_scores():
    weights = {"recency": 0.1, "frequency": 0.2, "monetary": 0.7}
    model = RFM(cutters=CUTTERS, weights=weights).fit([])
    assert model.one({**BEST, "revenue": 350})["rfm_score"] == 0.5 + 1.0 + 2.1
    assert model.one(BEST)["segment"] == "champions"


def test_segments_follow_the_map_for_every_combination_of_scores():
    points = {"recency": (5, 60, 120, 250, 400), "frequency": (1, 2, 4, 6, 9)}
    points["monetary"] = (1, 200, 400, 700, 2000)
    putler = RFM(cutters=CUTTERS, segments="putler").fit([])
    for r, f, m in product(range(1, 6), repeat=3):
        row = putler.one(
            {
                "recency_days": points["recency"][5 - r],
                "frequency": points["frequency"][f - 1],
                "revenue": points["monetary"][m - 1],
            }
        )
        assert row["rfm_score"] == 100 * r + 10 * f + m
        names = [
            rule.segment
            for rule in segments("putler")
            if rule.scores["recency"][0] <= r <= rule.scores["recency"][1]
            and rule.scores["frequency+monetary"][0] * 2 <= f + m
            and f + m <= rule.scores["frequency+monetary"][1] * 2
        ]
        assert row["segment"] in names


@given(PEOPLE, st.permutations(range(30)))
def test_the_order_of_rows_changes_nothing(people, order):
    mixed = [people[i] for i in order if i < len(people)]
    assert RFM(continuous="percentile").fit(people) == RFM(continuous="percentile").fit(mixed)


@given(PEOPLE, st.sampled_from(["down", "up", "middle"]), st.sampled_from([2, 3, 5, 10]))
def test_equal_is_equal_and_better_is_never_less(people, ties, bins):
    model = RFM(bins, ties=ties, segments=None).fit(people)
    rows = model.apply(people)
    for measure in model.measures:
        pairs = sorted({(row[measure.column], row[measure.score]) for row in rows})
        values, scores = zip(*pairs, strict=True)
        assert len(set(values)) == len(values)
        assert list(scores) == sorted(scores, reverse=measure.lower_is_better)
        assert 1 <= min(scores) <= max(scores) <= bins


@given(PEOPLE, PEOPLE)
def test_the_scale_of_this_period_is_not_moved_by_the_next(people, later):
    model = RFM(prospect="prospect").fit(people)
    alone = [model.one(row) for row in later]
    assert model.apply(later) == alone
    assert model.apply([*later, *people])[: len(later)] == alone
    assert cs.load(json.dumps(cs.dump(model))) == model


@given(PEOPLE)
def test_prospects_among_the_customers_move_no_cut(people):
    assert RFM().fit(people) == RFM().fit([NOBODY, *people, NOBODY])


def test_columns_stay_in_their_order_and_kind():
    frame = pd.DataFrame([BEST, NOBODY])
    found = RFM(cutters=CUTTERS, continuous=None, prospect="prospect").fit(frame).apply(frame)
    assert list(found.columns)[3:] == [
        "recency_score",
        "frequency_score",
        "monetary_score",
        "rfm_score",
        "segment",
    ]
    assert found["segment"].cat.ordered
    assert found["segment"].astype(object).tolist() == ["champions", "prospect"]
    assert np.isnan(found["rfm_score"].iloc[1])


def test_by_group_each_has_cut_points_of_its_own():
    people = [
        {"recency_days": i, "frequency": i, "revenue": i * scale, "industry": name}
        for name, scale in (("retail", 1.0), ("medical", 1000.0))
        for i in range(1, 41)
    ]
    model = RFM(by="industry").fit(people)
    rows = model.apply(people)
    assert [row["rfm_score"] for row in rows[:40]] == [row["rfm_score"] for row in rows[40:]]
    assert {row.among for row in model.thresholds} == {"", "retail", "medical"}


def test_a_missing_column_is_named():
    with pytest.raises(MissingColumnError, match="recency_days"):
        RFM().fit([{"frequency": 1, "revenue": 2}])
    with pytest.raises(MissingColumnError, match="revenue"):
        FIXED.one({"recency_days": 1, "frequency": 2})


def test_a_model_takes_only_a_map_that_fits_it():
    scale = MeasureScale(RECENCY, Cuts((30.0,)))
    with pytest.raises(ConfigError, match="written for"):
        RFMModel(scales=(scale,), segments=segments("rf10"))
    eleven = MeasureScale(RECENCY, Cuts(range(10)))
    with pytest.raises(ConfigError, match="10 scores or fewer"):
        RFMModel(scales=(eleven,))


def test_nobody_and_infinity_have_an_answer():
    assert FIXED.apply([]) == []
    far = {"recency_days": float("inf"), "frequency": float("inf"), "revenue": float("-inf")}
    assert FIXED.one(far)["rfm_score"] == 151


def test_decimals_are_cut_as_floats_are():
    people = [{"recency_days": i, "frequency": 1 + i % 4, "revenue": i * 10.05} for i in range(20)]
    exact = [{**row, "revenue": Decimal(i) * Decimal("10.05")} for i, row in enumerate(people)]
    scores = [[row["rfm_score"] for row in RFM().fit(p).apply(p)] for p in (people, exact)]
    assert scores[0] == scores[1]


def test_one_buyer_is_scored_by_its_own_values():
    only = {"recency_days": 3, "frequency": 4, "revenue": 30.15}
    model = RFM().fit([only])
    assert model.one(only)["rfm_score"] == 511
    assert model.one({"recency_days": 4, "frequency": 5, "revenue": 31})["rfm_score"] == 155


@pytest.mark.parametrize("kind", ["polars-lazy", "duckdb"])
def test_an_engine_learns_the_same_scale(kind):
    people = [
        {"recency_days": 7 * i % 50, "frequency": 1 + i % 4, "revenue": i * 10.05}
        for i in range(60)
    ] + [{"recency_days": None, "frequency": 0, "revenue": 0.0}]
    for some in (people, people[:-1]):
        assert RFM(continuous="percentile").fit(as_kind(kind, some)) == RFM(
            continuous="percentile"
        ).fit(some)


def test_mean_order_value_as_money():
    average = Measure("monetary", "average_order")
    people = [
        {"recency_days": 1, "frequency": 5, "average_order": x, "revenue": -x} for x in range(10)
    ]
    rows = RFM(measures=(RECENCY, FREQUENCY, average)).fit(people).apply(people)
    assert [row["monetary_score"] for row in rows] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert MONETARY.column == "revenue"


def test_what_is_left_over_is_a_segment():
    rules = SegmentMap.of({"vip": {"recency": (5, 5), "frequency": (5, 5)}}, otherwise="others")
    model = RFM(cutters=CUTTERS, segments=rules).fit([])
    assert model.one(BEST)["segment"] == "vip"
    assert model.one({**BEST, "frequency": 1})["segment"] == "others"
