from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import RFM, Cuts, EnoughBuyers, Quantiles, Thresholds
from custseg.tiering.rfm.learning import compacted

BUYER = st.fixed_dictionaries(
    {
        "recency_days": st.integers(0, 20) | st.none(),
        "frequency": st.integers(1, 5) | st.none(),
        "revenue": st.integers(-5, 50) | st.none(),
    }
)
PLAIN = {
    "recency": Thresholds((30, 90, 180, 365)),
    "frequency": Thresholds((2, 3, 5, 8)),
    "monetary": Thresholds((100, 300, 500, 1000)),
}


def nested_by_hand(people, bins):
    """SPSS: cut recency, then frequency inside each of its classes, then money inside both."""
    groups, out = {(): [p for p in people if p["recency_days"] is not None]}, {}
    at = tuple(i / bins for i in range(1, bins))
    for column in ("recency_days", "frequency", "revenue"):
        inside = defaultdict(list)
        for cell, some in groups.items():
            known = [p for p in some if p[column] is not None]
            if not known:
                continue
            values = np.array([p[column] for p in known], dtype=float)
            places = Quantiles(at).cuts(values).codes(values).tolist()
            for person, place in zip(known, places, strict=True):
                score = bins - place if column == "recency_days" else place + 1
                out.setdefault(id(person), []).append(score)
                inside[*cell, place].append(person)
        groups = inside
    return out


@given(st.lists(BUYER, min_size=1, max_size=40), st.sampled_from([2, 3, 5]))
def test_nested_bins_are_cut_inside_the_classes_before(people, bins):
    people = [dict(person) for person in people]
    if not any(p["recency_days"] is not None and p["revenue"] is not None for p in people):
        return
    if not any(p["recency_days"] is not None and p["frequency"] is not None for p in people):
        return
    model = RFM(bins, binning="nested", segments=None).fit(people)
    wanted = nested_by_hand(people, bins)
    for person in people:
        row = model.one(person)
        found = [row[f"{name}_score"] for name in ("recency", "frequency", "monetary")]
        scores = [score for score in found if score is not None]
        assert scores == wanted.get(id(person), [])


def test_nested_bins_are_filled_more_evenly():
    rng = np.random.default_rng(5)
    days = rng.integers(0, 300, 3000)
    orders = np.maximum(1, 12 - days // 30 + rng.integers(-2, 3, 3000))
    people = [
        {"recency_days": int(d), "frequency": int(o), "revenue": float(o * x)}
        for d, o, x in zip(days, orders, rng.lognormal(3, 1, 3000), strict=True)
    ]
    filled = []
    for binning in ("independent", "nested"):
        model = RFM(3, binning=binning, segments=None).fit(people)
        filled.append(len({row["rfm_score"] for row in model.apply(people)}))
    assert filled[1] > filled[0]
    assert filled[1] == 27


def test_a_fixed_cutter_inside_nested_bins_stays_as_it_is():
    people = [{"recency_days": i, "frequency": i, "revenue": i} for i in range(1, 20)]
    model = RFM(3, {"frequency": Thresholds((5, 10))}, binning="nested", segments=None).fit(people)
    assert model.scales[1].within == ()
    assert len(model.scales[2].within) == 9
    assert model.one({"recency_days": 1, "frequency": 12, "revenue": 5})["frequency_score"] == 3


def test_a_cutter_without_a_fixed_number_of_classes_is_refused_in_nested_bins():
    class Distinct:
        def cuts(self, values):
            return Cuts(np.unique(values)[1:4])

    people = [{"recency_days": i, "frequency": i, "revenue": max(i, 8)} for i in range(12)]
    with pytest.raises(ConfigError, match="fixed number of classes"):
        RFM(2, {"monetary": Distinct()}, binning="nested", segments=None).fit(people)


@given(st.lists(st.integers(0, 5), min_size=1), st.sampled_from(["left", "right"]))
def test_compact_classes_are_the_same_classes_numbered_anew(values, closed):
    given_, cuts = np.array(values, dtype=float), Cuts((1, 1, 2, 4, 4), closed)
    before, after = cuts.codes(given_), compacted(cuts, given_).codes(given_)
    order = {place: i for i, place in enumerate(sorted(set(before.tolist())))}
    assert after.tolist() == [order[place] for place in before.tolist()]


def test_compact_classes_are_counted_anew():
    people = [{"recency_days": i, "frequency": 1 + i // 8, "revenue": i} for i in range(10)]
    cuts = RFM(compact=True).fit(people).cuts["frequency"]
    assert (len(cuts.points), cuts.learnt.counts) == (1, (8.0, 2.0))


def test_nobody_who_bought_is_an_error_that_says_what_to_do():
    for people in ([], [{"recency_days": None, "frequency": 0, "revenue": 0}]):
        with pytest.raises(NotEnoughDataError, match="nobody has bought"):
            RFM().fit(people)
    with pytest.raises(NotEnoughDataError, match="'revenue'"):
        RFM().fit([{"recency_days": 3, "frequency": 1, "revenue": None}])


def test_infinity_is_refused_by_its_column():
    people = [{"recency_days": i, "frequency": i, "revenue": float("inf")} for i in range(9)]
    with pytest.raises(DataError, match="infinite") as caught:
        RFM().fit(people)
    assert caught.value.column == "revenue"


def test_everybody_equal_is_one_class():
    people = [{"recency_days": 3, "frequency": 1, "revenue": 10}] * 7
    (score,) = {row["rfm_score"] for row in RFM().fit(people).apply(people)}
    assert score == 511


def test_fixed_points_need_no_data():
    assert RFM(cutters=PLAIN).fit(None) == RFM(cutters=PLAIN).fit([])


FEW = tuple(
    {"recency_days": 10.0 * i, "frequency": i + 1, "revenue": 5.0 * i, "tenure_days": 99.0}
    for i in range(9)
)


class TestEnough:
    people = FEW

    def test_too_few_buyers_are_scored_by_the_points_of_the_business_and_it_is_said(self):
        spec = RFM(enough=EnoughBuyers(), fallback=PLAIN)
        model = spec.fit(self.people)
        assert model.cuts["recency"].points == (30, 90, 180, 365)
        assert [why.code for why in model.notes] == ["rfm_fallback", "rfm_few_buyers"]
        told = model.explain(self.people[0])
        assert (
            "too little to learn from, so the cut points are those set for that case" in told.text()
        )
        assert "only 9 customers have bought, at least 500 are needed" in told.text()
        assert "采用为此预设的门槛" in told.text("zh")
        assert "只有 9 位" in told.text("zh")

    @pytest.mark.parametrize(
        ("enough", "code"),
        [
            (EnoughBuyers(9), "rfm_short_history"),
            (EnoughBuyers(9, history_days=None, active_days=0, orders=10), "rfm_few_orders"),
        ],
    )
    def test_each_condition_has_its_own_words(self, enough, code):
        model = RFM(enough=enough, fallback=PLAIN).fit(self.people)
        assert [why.code for why in model.notes] == ["rfm_fallback", code]

    def test_nobody_active(self):
        late = [{**row, "recency_days": row["recency_days"] + 31} for row in self.people]
        model = RFM(enough=EnoughBuyers(9, history_days=99), fallback=PLAIN).fit(late)
        assert [why.code for why in model.notes] == ["rfm_fallback", "rfm_nobody_active"]

    def test_enough_is_learned_from_and_nothing_is_said(self):
        spec = RFM(enough=EnoughBuyers(9, history_days=99), fallback=PLAIN)
        assert spec.fit(self.people) == RFM().fit(self.people)

    def test_without_points_of_the_business_it_is_an_error(self):
        with pytest.raises(NotEnoughDataError, match=r"\['frequency', 'monetary'\].*fallback"):
            RFM(enough=EnoughBuyers(), fallback={"recency": PLAIN["recency"]}).fit(self.people)
