"""A card learnt from outcomes: what it learns, what it says of it, and what it refuses."""

from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import custseg as cs
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.scoring import Binning, Grades, Odds, WeightOfEvidence

ROWS = 600


def leads(rows=ROWS, seed=4):
    chance = np.random.default_rng(seed)
    visits = chance.poisson(3, rows).astype(float)
    source = chance.choice(["ad", "fair", "referral"], rows)
    noise = chance.normal(size=rows)
    odds = -2 + 0.4 * visits + 1.2 * (source == "referral")
    visits[chance.random(rows) < 0.1] = np.nan
    return pd.DataFrame(
        {
            "lead_id": [f"L{i}" for i in range(rows)],
            "visits": visits,
            "source": source,
            "gender": chance.choice(["f", "m"], rows),
            "noise": noise,
            "won": np.where(chance.random(rows) < 1 / (1 + np.exp(-odds)), "yes", "no"),
        }
    )


LEADS = leads()
CARD = WeightOfEvidence("won", protect="gender", exclude="noise").fit(LEADS)


def notes(card):
    return dict(note.partition(": ")[::2] for note in card.learnt.notes)


def test_the_card_knows_what_it_was_learnt_from():
    assert (CARD.learnt.method, CARD.learnt.outcome) == ("weight-of-evidence", "won")
    assert (CARD.learnt.rows, CARD.learnt.cases) == (ROWS, int((LEADS["won"] == "yes").sum()))
    assert [factor.name for factor in CARD.factors] == ["visits", "source"]
    assert notes(CARD) == {"learnt_id": "lead_id"}
    for locale in ("en", "zh"):
        assert "lead_id" in CARD.learnt.text(locale)
        assert "learnt_id" not in CARD.learnt.text(locale)


def test_settings_may_be_given_to_fit():
    spec = WeightOfEvidence(protect="gender", exclude="noise")
    assert spec.fit(LEADS, outcome="won", positive="yes") == CARD
    assert (
        WeightOfEvidence("gender", protect="gender", exclude="noise").fit(LEADS, outcome="won")
        == CARD
    )


def test_points_rise_with_what_makes_winning_likely():
    visits, source = (factor.curve for factor in CARD.factors)
    assert list(visits.points) == sorted(visits.points)
    assert source.points["referral"] > max(source.points["ad"], source.points["fair"])


def test_chances_are_right_on_the_whole():
    chance = CARD.apply(LEADS)["probability"]
    assert chance.mean() == pytest.approx((LEADS["won"] == "yes").mean(), abs=0.005)
    assert chance.between(0, 1, inclusive="neither").all()


def test_an_unseen_word_and_nothing_known_are_as_usual():
    one = CARD.one({"visits": 3, "source": "fax"})
    assert CARD.one({"visits": 3, "source": "ad"})["score"] != one["score"]
    assert one["score"] == pytest.approx(CARD.one({"visits": 3, "source": None})["score"])


def test_rows_in_another_order_make_the_same_card():
    again = LEADS.sample(frac=1, random_state=1)
    assert WeightOfEvidence("won", protect="gender", exclude="noise").fit(again) == CARD


@pytest.mark.parametrize("kind", ["records", "polars", "lazy", "arrow", "category", "duckdb"])
def test_every_kind_of_table_makes_the_same_card(kind):
    made = {
        "records": lambda: LEADS.astype(object).where(LEADS.notna(), None).to_dict("records"),
        "polars": lambda: pl.DataFrame(LEADS),
        "lazy": lambda: pl.DataFrame(LEADS).lazy(),
        "arrow": lambda: pa.Table.from_pandas(LEADS),
        "category": lambda: LEADS.astype({"source": "category", "won": "category"}),
        "duckdb": lambda: pytest.importorskip("duckdb").from_arrow(pa.Table.from_pandas(LEADS)),
    }
    spec = WeightOfEvidence("won", protect="gender", exclude="noise")
    assert spec.fit(made[kind]()) == CARD


def test_the_card_is_the_same_in_a_warehouse():
    duckdb = pytest.importorskip("duckdb")
    customers = pa.Table.from_pandas(
        pd.concat(
            [LEADS[["visits", "source"]], pd.DataFrame({"visits": [np.inf], "source": ["fax"]})]
        )
    )
    connection = duckdb.connect()
    connection.register("customers", customers)
    asked = connection.sql(CARD.to_sql()).df()
    ours = CARD.apply(asked[["visits", "source"]])
    for name in ("score", "probability", "score_confidence"):
        assert (asked[name] == ours[name]).all()
    assert (asked["grade"] == ours["grade"].astype(str)).all()


def test_a_card_is_a_document():
    assert cs.load(cs.dump(CARD)) == CARD


def test_points_that_double_the_odds():
    card = WeightOfEvidence("won", scale=Odds(), grades=Grades((620, 600, 580))).fit(LEADS)
    assert card.odds == Odds()
    both = card.apply(LEADS), WeightOfEvidence("won").fit(LEADS).apply(LEADS)
    chance, other = (found["probability"].to_numpy() for found in both)
    assert chance == pytest.approx(other, abs=2e-3)


def test_a_weight_of_two_is_two_customers():
    weighed = LEADS.assign(w=np.arange(ROWS) % 3)
    twice = LEADS.loc[LEADS.index.repeat(weighed["w"])]
    card = WeightOfEvidence("won", weight="w", exclude="lead_id").fit(weighed)
    assert card.factors == WeightOfEvidence("won", exclude="lead_id").fit(twice).factors


def test_your_own_edges_lumps_and_codes():
    spec = WeightOfEvidence(
        "won",
        columns=("visits", "source"),
        by_column={
            "visits": Binning(edges=(2, 4), special=(9,)),
            "source": Binning(lumps=(("ad", "fair"),)),
        },
    )
    visits, source = (factor.curve for factor in spec.fit(LEADS.fillna({"visits": 9})).factors)
    assert (visits.edges, list(dict(visits.special))) == ((2.0, 4.0), [9.0])
    assert source.points["ad"] == source.points["fair"]


def test_tables_show_all_columns_before_any_is_left_out():
    tables = WeightOfEvidence("won").tables(LEADS)
    assert list(tables) == ["visits", "source", "gender", "noise"]
    assert tables["visits"].iv > 0.02 > tables["gender"].iv


def test_what_says_next_to_nothing_is_left_out_and_named():
    card = WeightOfEvidence("won", least_iv=0.05).fit(LEADS)
    assert "gender" in notes(card)["learnt_weak"]


def test_what_counts_against_its_evidence_is_left_out_and_named():
    chance = np.random.default_rng(8)
    x = chance.normal(size=4000)
    both = pd.DataFrame({"x": x, "y": x + 0.4 * chance.normal(size=4000)})
    odds = 3 * both["x"] - 2 * both["y"]
    people = both.assign(won=chance.random(4000) < 1 / (1 + np.exp(-odds)))
    card = WeightOfEvidence("won").fit(people)
    assert notes(card)["learnt_against"] == "y"
    assert len(WeightOfEvidence("won", signs="keep").fit(people).factors) == 2


def test_a_perfect_column_gives_finite_points_and_a_warning():
    card = WeightOfEvidence("won").fit(LEADS.assign(closed=(LEADS["won"] == "yes").astype(int)))
    assert "closed" in notes(card)["learnt_strong"]
    assert all(np.isfinite(factor.worth) for factor in card.factors)


def test_few_outcomes_and_unknown_ones_are_said():
    card = WeightOfEvidence("won").fit(leads(60).assign(won=lambda d: d["won"].mask(d.index > 40)))
    assert notes(card)["learnt_unknown"] == "19"
    assert "learnt_few" in notes(card)


def test_one_in_a_thousand():
    chance = np.random.default_rng(6)
    x = chance.normal(size=30_000)
    people = pd.DataFrame({"x": x, "won": chance.random(30_000) < 0.0006 * np.exp(x)})
    found = WeightOfEvidence("won").fit(people).apply(people)
    assert found["probability"].mean() == pytest.approx(people["won"].mean(), rel=0.05)


@pytest.mark.parametrize(
    "column",
    [
        [Decimal(i % 9) / 4 for i in range(ROWS)],
        pd.array([None if i % 7 == 0 else i % 9 for i in range(ROWS)], dtype="Int64"),
        pd.array([None if i % 7 == 0 else i % 2 == 0 for i in range(ROWS)], dtype="boolean"),
        pd.Categorical([("a", "b")[i % 2] for i in range(ROWS)], ["a", "b", "unused"]),
        [(-np.inf, 1.0, np.inf)[i % 3] for i in range(ROWS)],
    ],
    ids=["decimal", "int with nulls", "flag with nulls", "category", "infinite"],
)
def test_every_kind_of_column(column):
    people = LEADS.assign(x=column)[["x", "visits", "won"]]
    card = WeightOfEvidence("won", least_iv=0, signs="keep").fit(people)
    assert [factor.name for factor in card.factors] == ["x", "visits"]
    records = people.astype(object).where(people.notna(), None).to_dict("records")
    assert card.apply(people)["score"].tolist() == [card.one(row)["score"] for row in records]


@pytest.mark.parametrize(
    ("people", "error", "says"),
    [
        ([], NotEnoughDataError, "none of 0 rows"),
        ([{"x": 1, "won": 1}], NotEnoughDataError, "won in all 1 rows"),
        (LEADS.assign(won=None), NotEnoughDataError, "none of 600 rows"),
        (LEADS[["gender", "won"]].assign(x=1), NotEnoughDataError, "gender.*'x'"),
        (LEADS.assign(won="secret"), ConfigError, "1 distinct values"),
    ],
)
def test_what_cannot_be_learnt_from(people, error, says):
    with pytest.raises(error, match=says):
        WeightOfEvidence("won", least_iv=0.02).fit(people)


def test_a_name_of_a_column_is_a_text():
    with pytest.raises(DataError, match="names must be texts"):
        WeightOfEvidence("won").fit(LEADS[["visits", "won"]].rename(columns={"visits": 0}))


def test_no_column_to_learn_from_is_said_so():
    with pytest.raises(NotEnoughDataError, match="none is left to learn from"):
        WeightOfEvidence("won", columns="visits", exclude="visits").fit(LEADS)


@pytest.mark.parametrize("signs", ["drop", "keep"])
def test_what_tells_nothing_at_all_is_never_used(signs):
    whole = {"noise": Binning(edges=())}
    spec = WeightOfEvidence("won", least_iv=0, signs=signs, by_column=whole)
    with pytest.raises(NotEnoughDataError, match="noise"):
        spec.fit(LEADS[["noise", "won"]])
    assert "noise" in notes(spec.fit(LEADS))["learnt_weak"]


def test_an_outcome_must_be_named():
    with pytest.raises(ConfigError, match="outcome="):
        WeightOfEvidence().fit(LEADS)


def test_weights_that_are_none_are_refused():
    with pytest.raises(DataError, match="weight"):
        WeightOfEvidence("won", weight="visits").fit(LEADS)


@pytest.mark.parametrize(
    "setting", [{"least_iv": -1}, {"ridge": float("nan")}, {"ridge": -1}, {"signs": "no"}]
)
def test_an_impossible_setting_is_refused(setting):
    with pytest.raises(ConfigError):
        WeightOfEvidence(**setting)


@pytest.mark.parametrize("better", [1, None])
def test_a_column_that_tells_only_by_being_known(better):
    likely = (LEADS["won"] == "yes") | (LEADS.index % 3 == 0)
    given = likely if better else ~likely
    people = LEADS[["won", "visits"]].assign(phone=np.where(given, 1.0, np.nan))
    worse = None if better else 1
    card = WeightOfEvidence("won").fit(people)
    best, worst = (card.one({"visits": 2, "phone": x})["score"] for x in (better, worse))
    assert best > worst
    alone = WeightOfEvidence("won", exclude="visits").fit(people)
    assert [alone.one({"phone": x})["score"] for x in (worse, better)] == [0, 100]
    assert alone.explain({"phone": better}).score == 100
