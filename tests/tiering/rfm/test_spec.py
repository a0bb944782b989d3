import json

import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import (
    FREQUENCY,
    LENGTH,
    RECENCY,
    RFM,
    EnoughBuyers,
    Measure,
    SegmentMap,
    Thresholds,
    segments,
)


def test_one_number_of_bins_is_for_all_and_a_cutter_says_its_own():
    assert RFM(3).sizes == {"recency": 3, "frequency": 3, "monetary": 3}
    assert RFM((5, 4, 3)).sizes == {"recency": 5, "frequency": 4, "monetary": 3}
    own = RFM(5, {"recency": Thresholds((30, 90))}).sizes
    assert own == {"recency": 3, "frequency": 5, "monetary": 5}


def test_the_map_of_ten_is_usual_where_it_fits():
    assert RFM().map == segments("rf10")
    assert RFM(4).map is None
    assert RFM(compact=True).map is None
    assert RFM(measures=(RECENCY, FREQUENCY)).map == segments("rf10")
    assert RFM(measures=(RECENCY,)).map is None


def test_a_map_may_be_named_in_a_document():
    made = cs.load({"kind": "rfm", "bins": 2, "segments": "rfm8_zh"})
    assert made.map == segments("rfm8_zh")
    assert cs.load({"kind": "rfm", "segments": None}).map is None
    assert cs.load(json.dumps(cs.dump(made))) == made


def test_presets():
    assert RFM.preset("lrfm").measures[0].name == "length"
    assert RFM.preset("rfm8_zh").sizes == {"recency": 2, "frequency": 2, "monetary": 2}
    assert RFM.preset("r_rfm").measures[1].column == "orders"


def test_points_of_the_business_for_the_eight_classes():
    """Ten days or fewer is near, three purchases or more often, 200 or more much."""
    model = RFM.preset("rfm8_zh", split=(10, 3, 200)).fit([])
    found = {
        (r, f, m): model.one({"recency_days": r, "frequency": f, "revenue": m})["segment"]
        for r in (10, 11)
        for f in (2, 3)
        for m in (199.99, 200)
    }
    assert found == {
        (10, 3, 200): "important_value",
        (11, 3, 200): "important_keep",
        (10, 2, 200): "important_develop",
        (11, 2, 200): "important_win_back",
        (10, 3, 199.99): "general_value",
        (11, 3, 199.99): "general_keep",
        (10, 2, 199.99): "general_develop",
        (11, 2, 199.99): "general_win_back",
    }


WRONG = {
    "one bin": (lambda: RFM(1), r"bins: must be a whole number of 2 or more, got 1"),
    "eleven bins": (lambda: RFM((5, 11, 5)), r"got \{'frequency': 11\}"),
    "two numbers": (lambda: RFM((5, 4)), r"one number, or one for each"),
    "no measure": (lambda: RFM(measures=()), "measures need different names"),
    "twice": (lambda: RFM(measures=(RECENCY, RECENCY)), "measures need different names"),
    "unknown": (
        lambda: RFM(cutters={"recncy": Thresholds((1,))}),
        r"no measure 'recncy'.*Did you mean 'recency'",
    ),
    "no weight": (
        lambda: RFM(weights={"recency": 0}),
        "weights: must be numbers from 0 to 1,000,000",
    ),
    "below 0": (lambda: RFM(weights={"recency": -1, "monetary": 3}), "weights: must be numbers"),
    "binning": (lambda: RFM(binning="random"), "binning must be one of"),
    "ties": (lambda: RFM(ties="random"), "ties must be one of"),
    "continuous": (lambda: RFM(continuous="z"), "continuous must be one of"),
    "map": (lambda: RFM(3, segments="rf10"), "written for"),
    "map of another": (
        lambda: RFM(measures=(RECENCY, LENGTH), segments="rf10"),
        "written for",
    ),
    "holes": (
        lambda: RFM(segments=SegmentMap.of({"vip": {"recency": (5, 5)}})),
        "leaves 100 combinations",
    ),
    "prospect": (lambda: RFM(measures=(FREQUENCY,), prospect="none"), "prospects have no recency"),
    "by nested": (lambda: RFM(by="industry", binning="nested"), "independent bins"),
    "by compact": (lambda: RFM(by="industry", compact=True), "independent bins"),
    "compact nested": (lambda: RFM(binning="nested", compact=True), "independent bins"),
    "preset": (lambda: RFM.preset("rfm9"), r"no preset 'rfm9'"),
    "measure": (lambda: Measure("a+b", "x"), r"without '\+'"),
    "column": (lambda: Measure("a", ""), "and a column"),
    "called rfm": (lambda: Measure("rfm", "x"), "not called 'rfm'"),
    "name of a measure": (lambda: RFM(measures=("recency",)), "a measure is RECENCY"),
    "enough": (lambda: EnoughBuyers(-1), "buyers: must be a whole number of 0 or more"),
    "enough nan": (lambda: EnoughBuyers(history_days=float("nan")), "history_days: must be a"),
    "enough text": (lambda: EnoughBuyers(orders="3"), "orders: must be a number"),
    "bins text": (lambda: RFM("5"), "bins: must be a whole number"),
    "bins fraction": (lambda: RFM(5.5), "bins: must be a whole number"),
    "bins bool": (lambda: RFM((True, 4, 5)), "bins: must be a whole number"),
    "no cutter": (lambda: RFM(cutters={"recency": (30, 90)}), "'recency' needs a cutter"),
    "no fallback": (lambda: RFM(fallback={"recency": 5}), "'recency' needs a cutter"),
    "endless weight": (lambda: RFM(weights={"recency": float("inf")}), "weights: must be numbers"),
    "text weight": (lambda: RFM(weights={"recency": "1"}), "weights: must be numbers"),
    "tiny weight": (
        lambda: RFM(weights={"recency": 1, "monetary": 1e-9}),
        r"those of \['monetary'\] would count nothing",
    ),
    "prospect without a map": (lambda: RFM(4, prospect="x"), "no segments for prospects"),
    "split of length": (lambda: RFM.preset("lrfm", split="median"), "'lrfm' is not split in two"),
    "two points": (lambda: RFM.preset("rfm8_zh", split=(10, 3)), "or three points"),
    "no name": (lambda: RFM.preset(None), "no preset None"),
    "no name of a map": (lambda: segments(5), "no map of segments 5"),
}


@pytest.mark.parametrize(("make", "said"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_at_once(make, said):
    with pytest.raises(ConfigError, match=said):
        make()
