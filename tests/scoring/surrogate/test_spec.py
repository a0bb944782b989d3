"""A card that stands for a classifier, and says how near it comes."""

import json

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

import custseg as cs
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.scoring import ClassifierScore, Factor, Odds, Ramp, Scorecard, Surrogate, fidelity

DRAWS = np.random.default_rng(3)
ROWS = 1200
FEATURES = pd.DataFrame(
    {
        "visits": DRAWS.integers(0, 20, ROWS).astype(float),
        "age": DRAWS.normal(40, 12, ROWS).round(1),
        "noise": DRAWS.normal(size=ROWS),
    }
)
FEATURES.loc[::17, "age"] = np.nan
ODDS = 0.3 * (FEATURES["visits"] - 10) + np.where(FEATURES["age"] > 45, 1.0, -0.5)
WON = DRAWS.random(ROWS) < 1 / (1 + np.exp(-ODDS))
BOOSTED = HistGradientBoostingClassifier(max_iter=40, random_state=0).fit(FEATURES, WON)


def told(classifier, features=FEATURES):
    return features.assign(p=classifier.predict_proba(features)[:, 1])


def test_a_sum_is_told_nearly_whole():
    filled = FEATURES.fillna({"age": 40.0})
    line = LogisticRegression(max_iter=1000).fit(filled, WON)
    card = Surrogate().fit(filled, classifier=line)
    assert card.learnt.fidelity > 0.97
    assert card.learnt.outcome == "LogisticRegression"


def test_what_works_together_is_not_told_and_said_so():
    draws = np.random.default_rng(0)
    crossed = pl.DataFrame({"a": draws.integers(0, 2, 400), "b": draws.integers(0, 2, 400)})
    crossed = crossed.with_columns(p=pl.when(pl.col("a") == pl.col("b")).then(0.9).otherwise(0.1))
    card = Surrogate(columns=("a", "b")).fit(crossed, probability="p")
    assert card.learnt.fidelity < 0.1


def test_fidelity_is_measured_on_rows_that_were_not_fitted():
    """Noise by row is learnt by heart where there are as many words as rows, and not told."""
    rows = [{"word": f"w{i % 90}", "p": 0.1 + 0.8 * ((i * 7919) % 97) / 97} for i in range(360)]
    assert Surrogate(columns=("word",)).fit(rows, probability="p").learnt.fidelity < 0.1


def test_classifier_and_column_say_the_same():
    by_column = Surrogate().fit(told(BOOSTED), probability="p")
    by_model = Surrogate().fit(FEATURES, classifier=BOOSTED)
    assert by_model.factors == by_column.factors
    assert by_model.learnt.fidelity == by_column.learnt.fidelity > 0.75
    assert Surrogate("p").fit(told(BOOSTED)) == by_column


@pytest.mark.parametrize(
    "kind",
    [
        lambda frame: pl.from_pandas(frame).to_dicts(),
        pl.from_pandas,
        lambda frame: pl.from_pandas(frame).lazy(),
        lambda frame: pl.from_pandas(frame).to_arrow(),
    ],
    ids=["records", "Polars", "lazy", "PyArrow"],
)
def test_a_classifier_that_names_its_columns_is_asked_of_every_kind_of_table(kind):
    texts = FEATURES.assign(source=np.where(FEATURES["noise"] > 0, "fair", "ad"))
    coded = make_column_transformer(
        (OneHotEncoder(), ["source"]), remainder="passthrough", sparse_threshold=0
    )
    model = make_pipeline(coded, HistGradientBoostingClassifier(max_iter=9)).fit(texts, WON)
    card = Surrogate().fit(kind(texts), classifier=model)
    assert card == Surrogate().fit(texts, classifier=model)
    assert card.learnt.outcome == "HistGradientBoostingClassifier"


def test_a_classifier_that_answers_with_no_probability_is_refused():
    class Odd:
        classes_ = ("no", "yes")

        def predict_proba(self, rows):
            return np.column_stack((1 - rows[:, 0], rows[:, 0]))

    with pytest.raises(DataError, match="no probability"):
        Surrogate(columns=("visits",)).fit(FEATURES, classifier=Odd())


def test_numbers_are_enough_for_a_classifier_without_names():
    forest = RandomForestClassifier(50, random_state=0).fit(FEATURES[["visits"]].to_numpy(), WON)
    card = Surrogate(columns=("visits",)).fit(FEATURES, classifier=forest)
    assert [factor.name for factor in card.factors] == ["visits"]


@pytest.mark.parametrize("positive", [None, False, True])
def test_the_positive_class_is_asked_for(positive):
    card = Surrogate(positive=positive).fit(FEATURES, classifier=BOOSTED)
    low, high = (card.one({"visits": v, "age": 50, "noise": 0})["score"] for v in (0, 19))
    assert (low < high) is (positive is not False)


def test_the_order_of_rows_changes_nothing():
    rows = told(BOOSTED)
    assert Surrogate("p").fit(rows.sample(frac=1, random_state=1)) == Surrogate("p").fit(rows)


def test_it_is_said_wherever_the_card_is_shown():
    card = Surrogate("p").fit(told(BOOSTED))
    record = {"visits": 3, "age": 50, "noise": 0}
    for locale, word in (("en", "surrogate"), ("zh", "替代")):
        assert word in card.learnt.text(locale)
        assert word in card.explain(record).text(locale)
    assert any(note.startswith("surrogate_agreement") for note in card.learnt.notes)
    assert cs.load(json.dumps(cs.dump(card))) == card


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({}, ConfigError, "one of them"),
        ({"probability": "p", "classifier": BOOSTED}, ConfigError, "one of them"),
        ({"probability": "q"}, MissingColumnError, "q"),
        ({"probability": "visits"}, DataError, "no probability"),
        ({"classifier": HistGradientBoostingClassifier()}, ConfigError, "fit it first"),
        ({"classifier": BOOSTED, "positive": "yes"}, ConfigError, "one of the 2 classes"),
    ],
)
def test_what_cannot_be_explained_is_said(settings, error, message):
    with pytest.raises(error, match=message):
        Surrogate().fit(told(BOOSTED), **settings)


def test_a_classifier_that_does_not_name_its_columns_needs_them():
    bare = RandomForestClassifier(5).fit(FEATURES[["visits"]].to_numpy(), WON)
    with pytest.raises(ConfigError, match="does not name its columns"):
        Surrogate().fit(FEATURES, classifier=bare)


def test_a_model_that_says_the_same_of_all_has_nothing_to_tell():
    with pytest.raises(NotEnoughDataError, match="the same of all"):
        Surrogate("p").fit(FEATURES.assign(p=0.5))


@pytest.mark.parametrize("settings", [{"bands": 0}, {"ridge": 0}, {"held_out": 1}])
def test_impossible_settings_are_refused(settings):
    with pytest.raises(ConfigError, match="held_out at least 2"):
        Surrogate(**settings)


CARD = Scorecard((Factor("x", worth=100, curve=Ramp(0, 1)),), odds=Odds(at=50, double=10))


def test_fidelity_of_the_same_scale_is_perfect():
    rows = [{"x": x / 50, "p": CARD.odds.probability(2 * x), "won": x % 3 == 0} for x in range(51)]
    found = fidelity(CARD, rows, "p", outcome="won")
    assert found.explained == pytest.approx(1, abs=1e-4)
    assert found.agreement == 1
    assert found.max_gap < 1e-3
    assert found.model_auc == found.card_auc
    assert "AUC" in found.text()
    assert found.text("zh") != found.text()


def test_agreement_counts_pairs_and_halves_ties():
    rows = [{"x": x, "p": p} for x, p in ((0.1, 0.2), (0.1, 0.4), (0.9, 0.3))]
    assert fidelity(CARD, rows, "p").agreement == pytest.approx((0.5 + 1 + 0) / 3)


def test_the_classifier_scores_and_the_card_gives_reasons():
    card = Surrogate("p").fit(told(BOOSTED))
    model = ClassifierScore(card, "p")
    rows = told(BOOSTED)
    out = model.apply(rows)
    assert out["probability"].to_numpy() == pytest.approx(rows["p"].to_numpy(), abs=1e-6)
    order = np.argsort(rows["p"].to_numpy())
    assert (np.diff(out["score"].to_numpy()[order]) >= 0).all()
    assert set(out["score_by"]) == {"model"}


def test_where_the_classifier_says_nothing_the_card_stands_in():
    model = ClassifierScore(CARD, "p")
    for nothing in (None, float("nan"), -0.2, 85):
        said = model.one({"x": 0.7, "p": nothing})
        assert (said["score"], said["score_by"]) == (70.0, "surrogate")
    assert model.one({"x": 0.7, "p": 1.0})["probability"] == 1 - 1e-6
    assert model.one({"x": 0.7, "p": 1.0})["score"] == 100


def test_what_the_score_is_beyond_the_reasons_is_a_line():
    said = ClassifierScore(CARD, "p").explain({"x": 0.2, "p": 0.8})
    assert [(part.factor, part.points) for part in said.parts] == [("x", 20), ("score_beyond", 50)]
    assert said.score == 70
    assert "beyond these reasons" in said.text()


@pytest.mark.parametrize(
    ("card", "column"),
    [(Scorecard(CARD.factors), "p"), (CARD, "x")],
)
def test_cards_that_cannot_stand_for_a_model_are_refused(card, column):
    with pytest.raises(ConfigError):
        ClassifierScore(card, column)
