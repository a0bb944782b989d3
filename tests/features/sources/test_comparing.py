"""Sources of customers, beside plain Python and published intervals."""

import math
from statistics import mean, median, stdev

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.features import SourceRules, by_source
from everykind import KINDS, as_records, as_table

TYPES = {"source": "text", "campaign": "text", "won": "text", "revenue": "number"}
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(["ad", "Ad", "fair", "n/a", None, "展会"]),
            "campaign": st.sampled_from(["spring", None]),
            "won": st.sampled_from(["yes", "no", "open", None]),
            "revenue": st.none() | st.integers(0, 40).map(float),
        }
    ),
    min_size=1,
    max_size=15,
)


def meant(row, by):
    words = ((row[name] or "n/a").casefold() for name in by)
    return tuple(None if word == "n/a" else word for word in words)


def folded(one):
    return tuple(word and word.casefold() for word in one.source)


def plainly(rows):
    ends = [row["won"] for row in rows if row["won"] in {"yes", "no"}]
    values = [row["revenue"] for row in rows if row["revenue"] is not None]
    return {
        "customers": len(rows),
        "outcomes": len(ends),
        "won": ends.count("yes"),
        "valued": len(values),
        "value_total": sum(values),
        "conversion": ends.count("yes") / len(ends) if ends else None,
        "value_mean": mean(values) if values else None,
        "value_median": median(values) if values else None,
    }


@given(ROWS, st.sampled_from(KINDS), st.sampled_from([("source",), ("source", "campaign")]))
def test_figures_are_what_plain_python_says(rows, kind, by):
    report = by_source(as_table(kind, rows, TYPES), by, outcome="won", value="revenue")
    groups = {}
    for row in rows:
        groups.setdefault(meant(row, by), []).append(row)
    assert {folded(one) for one in report.sources} == set(groups)
    for one in report.sources:
        expected = plainly(groups[folded(one)])
        found = one.as_dict()
        assert {name: found[name] for name in expected} == pytest.approx(expected)
    assert report.total.as_dict()["value_total"] == pytest.approx(plainly(rows)["value_total"])


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, chance):
    mixed = chance.sample(rows, len(rows))
    one, other = (by_source(each, outcome="won", value="revenue") for each in (rows, mixed))
    assert one.as_dict() == other.as_dict()


@given(ROWS)
def test_customers_of_all_sources_are_all_customers(rows):
    report = by_source(rows, outcome="won")
    assert sum(one.customers for one in report.sources) == len(rows) == report.total.customers
    for one in report.sources:
        rate = one.conversion
        assert math.isnan(rate.value) or 0 <= rate.low <= rate.value <= rate.high <= 1


def people(**sources):
    """Customers of each source: how many were won, of how many."""
    return [
        {"source": name, "won": int(i < won), "revenue": float(10 * i), "score": i}
        for name, (won, many) in sources.items()
        for i in range(many)
    ]


def test_published_intervals():
    """Newcombe 1998, Statistics in Medicine 17(8), table I, method 3: 15 of 148."""
    rate = by_source(people(ad=(15, 148)), outcome="won").sources[0].conversion
    assert (round(rate.low, 4), round(rate.high, 4)) == (0.0624, 0.1605)


def test_the_interval_of_a_mean_is_students():
    worth = (
        by_source(people(ad=(0, 4)), value="revenue", rules=SourceRules(level=0.9)).sources[0].value
    )
    half = 2.3534 * stdev([0, 10, 20, 30]) / 2  # t of three degrees at 0.95, printed tables
    assert (worth.low, worth.high) == pytest.approx((15 - half, 15 + half), abs=1e-3)


def test_few_lucky_customers_lead_no_list():
    report = by_source(people(lucky=(3, 3), good=(60, 100), poor=(20, 100)), outcome="won")
    assert [one.source[0] for one in report.sources] == ["good", "poor", "lucky"]
    assert [one.small for one in report.sources] == [False, False, True]
    every = by_source(
        people(lucky=(2, 2), good=(60, 100)), outcome="won", rules=SourceRules(fewest=0)
    )
    assert every.sources[0].source == ("good",)


def test_small_sources_are_drawn_to_all_customers():
    report = by_source(
        people(lucky=(5, 5), rest=(35, 95)), outcome="won", rules=SourceRules(shrink=20)
    )
    lucky = report.source("lucky")
    assert lucky.conversion.value == 1.0
    assert lucky.conversion_shrunk == pytest.approx((5 + 20 * 0.4) / 25)
    assert report.total.conversion_shrunk == pytest.approx(0.4)


def test_costs_are_set_against_what_came_of_them():
    rows = people(ad=(2, 4), fair=(0, 2))
    costs = {"AD": 30.0, "fair": 5.0, "radio": 100.0}
    report = by_source(rows, outcome="won", value="revenue", rules=SourceRules(cost=costs))
    ad, radio = report.source("ad"), report.source("radio")
    assert (ad.cost_per_win, ad.cost_per_customer, ad.gain) == (15.0, 7.5, 1.0)
    assert (radio.customers, radio.cost, radio.gain) == (0, 100.0, -1.0)
    assert math.isnan(radio.cost_per_win)
    assert report.total.cost == 135.0
    assert math.isnan(
        by_source(rows, outcome="won", rules=SourceRules(cost={"ad": 3.0})).total.cost
    )


def test_costs_of_combinations_and_of_the_unknown():
    rows = [{"source": "ad", "campaign": None, "won": 1}]
    report = by_source(
        rows, ("source", "campaign"), outcome="won", rules=SourceRules(cost={("ad", None): 7.0})
    )
    assert report.sources[0].cost_per_win == 7.0


def test_scores_are_means_of_what_is_known():
    rows = [*people(ad=(1, 3)), {"source": "ad", "won": None, "revenue": None, "score": None}]
    report = by_source(rows, score=("score", "revenue"))
    assert report.sources[0].scores == {"score": 1.0, "revenue": 10.0}
    assert report.sources[0].as_dict()["mean_score"] == 1.0


def test_an_outcome_may_be_named():
    rows = [{"source": "ad", "stage": stage} for stage in ("signed", "gone", "open", None)]
    report = by_source(rows, outcome="stage", rules=SourceRules(positive="Signed"))
    assert (report.total.won, report.total.outcomes) == (1, 2)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"outcome": "stage"}, ConfigError),
        ({"outcome": "stage", "rules": SourceRules("won")}, ConfigError),
        ({"by": ()}, ConfigError),
        ({"by": "from"}, MissingColumnError),
        ({"value": "stage"}, DataError),
        ({"rules": SourceRules(cost={("ad", "x"): 1})}, ConfigError),
    ],
)
def test_what_cannot_be_is_refused(options, error):
    rows = [{"source": "ad", "stage": "signed", "n": 1}, {"source": "ad", "stage": "gone", "n": 2}]
    with pytest.raises(error):
        by_source(rows, **options)


@pytest.mark.parametrize(
    "settings", [{"cost": {"ad": -1}}, {"shrink": -1}, {"level": 1.0}, {"shrink": float("nan")}]
)
def test_rules_that_cannot_be_are_refused(settings):
    with pytest.raises(ConfigError):
        SourceRules(**settings)


@pytest.mark.parametrize("kind", ["records", "pandas", "polars", "duckdb"])
def test_tables_of_no_rows_and_of_one(kind):
    rows = [{"source": "ad", "campaign": None, "won": "yes", "revenue": 5.0}]
    for size in (0, 1):
        table = as_table(kind, rows[:size], TYPES)
        report = by_source(table, outcome="won", value="revenue")
        assert len(report.sources) == size == report.total.customers
        assert "all" in report.text()


def test_a_report_is_read_in_both_languages():
    rows = people(ad=(20, 40), lucky=(1, 1))
    report = by_source(
        rows, outcome="won", value="revenue", score="score", rules=SourceRules(cost={"ad": 100.0})
    )
    english, chinese = report.text(), report.text("zh")
    assert english.splitlines()[1].startswith("ad")
    assert "50.0 % (35.2-64.8)" in english
    assert "* fewer than 30 customers to go by" in english
    assert "转化率" in chinese
    assert "<td>lucky *</td>" in report._repr_html_()
    assert report.as_dict()["sources"][0]["source"] == "ad"
    assert [row["source"] for row in as_records(report.table)] == ["ad", "lucky"]
    with pytest.raises(KeyError):
        report.source("radio")


def test_the_table_is_of_the_callers_kind():
    table = by_source(pd.DataFrame(people(ad=(1, 2))), outcome="won").table
    assert isinstance(table, pd.DataFrame)
    assert table["conversion"].tolist() == [0.5]


def test_costs_are_of_sources_whatever_their_type():
    rows = [{"code": 1, "won": 1}, {"code": 2, "won": 0}]
    report = by_source(rows, "code", outcome="won", rules=SourceRules(cost={1: 5, 7: 3}))
    assert (report.sources[0].source, report.sources[0].cost) == (("1",), 5.0)
    assert report.source("7").customers == 0
    assert "7 *" in report.text()


def test_two_costs_of_one_source_are_refused():
    with pytest.raises(ConfigError, match="two costs are for one source"):
        by_source([{"source": "ad"}], rules=SourceRules(cost={"ad": 5, "Ad ": 3}))


@pytest.mark.parametrize("rules", [{"cost": {"ad": "5"}}, {"fewest": -1}, {"shrink": float("nan")}])
def test_numbers_that_cannot_be_are_refused(rules):
    with pytest.raises(ConfigError, match=next(iter(rules))):
        SourceRules(**rules)


def test_columns_of_sources_do_not_hide_one_another():
    for by in ("customers", ("source", "source")):
        with pytest.raises(ConfigError, match="each column once"):
            by_source([{"source": "ad", "customers": 1}], by)


def test_infinite_values_have_no_mean():
    rows = [{"source": "ad", "v": float("inf")}, {"source": "ad", "v": 1.0}]
    with pytest.raises(DataError, match="'v'"):
        by_source(rows, value="v")


def test_the_value_of_one_customer_has_no_interval():
    line = by_source([{"source": "ad", "v": 2.5}], value="v").text().splitlines()[1]
    assert line.split() == ["ad", "*", "1", "2.50", "2.50"]
