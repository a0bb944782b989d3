"""The estimators where people put them: pipelines, searches, column transformers, frames."""

import pickle
import subprocess
import sys

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline

import custseg as cs
from custseg.classify import FixedDays, Lifecycle
from custseg.datasets import leads
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.scoring import Binning, ExpertPrior, NaiveBayes, Scorecard, WeightOfEvidence
from custseg.sklearn import Discretizer, EvidenceEncoder, ScorecardClassifier, StrategyTransformer
from custseg.tiering import RFM, Pareto, Thresholds, TierPlan

CLOSED = pd.DataFrame(leads(1500, seed=4).closed)
LEADS = CLOSED[["source", "role", "age_band", "employees", "visits", "minutes", "language"]]
WON = (CLOSED["outcome"] == "won").rename("outcome")
PROFILE = pd.DataFrame(
    {
        "customer_id": [f"C{i:03}" for i in range(60)],
        "recency_days": [None if i % 12 == 0 else float(3 * i) for i in range(60)],
        "frequency": [0 if i % 12 == 0 else 1 + i % 7 for i in range(60)],
        "revenue": [0.0 if i % 12 == 0 else 40.0 * (i % 9) for i in range(60)],
    }
)
PLAN = TierPlan(Thresholds((100.0, 300.0)), value="revenue")


# ---------------------------------------------------------------- the classifier


def test_a_card_learns_from_words_and_gaps_as_it_does_alone():
    model = ScorecardClassifier().fit(LEADS, WON)
    alone = WeightOfEvidence().fit(LEADS.assign(outcome=WON), outcome="outcome", positive=True)
    assert model.card_.factors == alone.factors
    chance = alone.apply(LEADS)["probability"]
    assert model.predict_proba(LEADS)[:, 1].tolist() == chance.tolist()
    assert model.classes_.tolist() == [False, True]
    assert model.card_.learnt.outcome == "outcome"
    assert "visits" in model.card_.explain(LEADS.iloc[0].to_dict()).text()


@pytest.mark.parametrize("spec", [None, NaiveBayes(), ExpertPrior(Scorecard.preset("lead"))])
def test_it_is_scored_fold_by_fold(spec):
    table = LEADS
    if isinstance(spec, ExpertPrior):
        table = LEADS.assign(**dict.fromkeys(set(spec.card.needs) - set(LEADS), None))
    auc = cross_val_score(ScorecardClassifier(spec), table, WON, scoring="roc_auc", cv=3)
    assert auc.mean() > 0.65


def test_a_search_reaches_into_the_spec():
    grid = {"spec__binning__most_bins": [2, 6], "spec__least_iv": [0.01, 0.05]}
    found = GridSearchCV(ScorecardClassifier(), grid, scoring="neg_log_loss", cv=3).fit(LEADS, WON)
    assert set(found.best_params_) == set(grid)
    assert found.best_estimator_.spec.binning.most_bins in {2, 6}
    scores = found.cv_results_["mean_test_score"]
    assert len(set(scores)) > 1


def test_whole_specs_can_be_searched_too():
    grid = {"spec": [WeightOfEvidence(), NaiveBayes()]}
    found = GridSearchCV(ScorecardClassifier(), grid, scoring="roc_auc", cv=3).fit(LEADS, WON)
    assert found.best_params_["spec"] in grid["spec"]


def test_weights_count_customers():
    weights = np.where(LEADS["source"] == "referral", 2, 1)
    twice = pd.concat([LEADS, LEADS[weights == 2]], ignore_index=True)
    won = pd.concat([WON, WON[weights == 2]], ignore_index=True)
    weighed = ScorecardClassifier().fit(LEADS, WON, sample_weight=weights)
    repeated = ScorecardClassifier().fit(twice, won)
    assert weighed.predict_proba(LEADS) == pytest.approx(repeated.predict_proba(LEADS))


def test_classes_keep_their_names():
    model = ScorecardClassifier().fit(LEADS, CLOSED["outcome"])
    assert model.classes_.tolist() == ["lost", "won"]
    assert set(model.predict(LEADS)) == {"lost", "won"}
    assert (model.decision_function(LEADS) > 0).tolist() == (model.predict(LEADS) == "won").tolist()


def test_an_outcome_called_like_a_column_hides_none():
    model = ScorecardClassifier().fit(LEADS, WON.rename("visits"))
    assert model.card_.learnt.outcome == "visits_"
    assert "visits" in {factor.name for factor in model.card_.factors}


def test_what_it_cannot_learn_is_refused():
    with pytest.raises(ConfigError, match="cannot weigh its rows"):
        ScorecardClassifier(NaiveBayes()).fit(LEADS, WON, sample_weight=np.ones(len(WON)))
    with pytest.raises(ConfigError, match="learns a Scorecard with chances"):
        ScorecardClassifier(TierPlan()).fit(LEADS, WON)
    with pytest.raises(ConfigError, match="learns a Scorecard with chances"):
        ScorecardClassifier("weight-of-evidence").fit(LEADS, WON)
    with pytest.raises(NotEnoughDataError, match="there is 1 class, False"):
        ScorecardClassifier().fit(LEADS, WON & False)
    with pytest.raises(DataError, match="Only binary"):
        ScorecardClassifier().fit(LEADS, CLOSED["source"])
    with pytest.raises(DataError, match="y has 3 values"):
        ScorecardClassifier().fit(LEADS, [0, 1, 1])


def test_it_survives_a_pickle_and_a_clone():
    model = ScorecardClassifier(WeightOfEvidence(binning=Binning(most_bins=4))).fit(LEADS, WON)
    again = pickle.loads(pickle.dumps(model))
    assert (again.predict_proba(LEADS) == model.predict_proba(LEADS)).all()
    assert not hasattr(clone(model), "card_")
    assert clone(model).spec == model.spec
    assert cs.load(cs.dump(again.card_)) == model.card_


# ---------------------------------------------------------------- evidence before another model


def test_evidence_feeds_a_linear_model():
    pipe = make_pipeline(EvidenceEncoder(), LogisticRegression())
    assert cross_val_score(pipe, LEADS, WON, scoring="roc_auc", cv=3).mean() > 0.65


def test_evidence_is_that_of_the_bins():
    seen = EvidenceEncoder().set_output(transform="pandas").fit(LEADS, WON)
    out = seen.transform(LEADS)
    assert out.columns.tolist() == [*seen.tables_] == seen.get_feature_names_out().tolist()
    table = seen.tables_["source"]
    for one, woe in zip(table.bins, table.woe, strict=True):
        if one.kind == "words":
            assert set(out["source"][LEADS["source"].isin(one.words)]) == {woe}
    unknown = next(
        i for i, one in enumerate(seen.tables_["employees"].bins) if one.kind == "missing"
    )
    assert set(out["employees"][LEADS["employees"].isna()]) == {
        seen.tables_["employees"].woe[unknown]
    }


def test_codes_are_evidence_of_their_own_and_ids_are_none():
    table = pd.DataFrame(
        {
            "lead_id": [f"L{i:04}" for i in range(200)],
            "visits": [-9.0 if i % 4 == 0 else float(i % 10) for i in range(200)],
        }
    )
    won = [i % 4 == 0 or i % 10 > 7 for i in range(200)]
    seen = EvidenceEncoder(WeightOfEvidence(binning=Binning(special=(-9,)))).fit(table, won)
    assert seen.get_feature_names_out().tolist() == ["visits"]
    asked = pd.DataFrame({"lead_id": ["x"] * 3, "visits": [-9.0, 1.0, None]})
    special, low, unknown = seen.transform(asked).ravel()
    assert special > 0 > low
    assert unknown == 0.0
    with pytest.raises(NotEnoughDataError, match="no column can tell"):
        EvidenceEncoder().fit(table[["lead_id"]], won)


# ---------------------------------------------------------------- strategies as columns


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_states_tiers_and_segments_become_columns(make):
    people = make(PROFILE.to_dict("list"))
    each = make_column_transformer(
        (StrategyTransformer(Lifecycle(FixedDays(dormant_after=90)), give=["lifecycle"]), [1, 2]),
        (StrategyTransformer(PLAN, give=["tier", "tier_rank"]), [3]),
        (StrategyTransformer(RFM(), output="words", give=["segment"]), [1, 2, 3]),
        verbose_feature_names_out=False,
    )
    frame = each.set_output(transform="pandas").fit_transform(PROFILE)
    assert frame.columns.tolist() == ["lifecycle", "tier", "tier_rank", "segment"]
    tiers = PLAN.fit([]).apply(PROFILE)
    words = PLAN.fit([]).gives["tier"]
    assert [words[int(code)] for code in frame["tier"]] == tiers["tier"].tolist()
    model = StrategyTransformer(PLAN, output="words", give=["tier"]).fit(people)
    assert model.transform(people).ravel().tolist() == tiers["tier"].tolist()


def test_polars_comes_out_where_it_is_asked_for():
    people = pl.DataFrame(PROFILE.to_dict("list"))
    made = StrategyTransformer(PLAN, give=["tier"]).set_output(transform="polars")
    out = made.fit_transform(people)
    assert isinstance(out, pl.DataFrame)
    assert out.columns == ["tier"]


def test_a_fitted_model_is_applied_as_it_is():
    model = TierPlan(Pareto((0.95, 0.8)), value="revenue").fit(PROFILE)
    some = StrategyTransformer(model, give=["tier"]).fit(PROFILE.head(3))
    assert some.model_ is model


def test_texts_and_days_have_no_codes():
    model = StrategyTransformer(PLAN, give=["tire"])
    with pytest.raises(ConfigError, match="Did you mean 'tier'"):
        model.fit(PROFILE)
    with pytest.raises(ConfigError, match="output is 'codes' or 'words'"):
        StrategyTransformer(PLAN, output="labels").fit(PROFILE)
    with pytest.raises(ConfigError, match="gives a model of rows"):
        StrategyTransformer(7).fit(PROFILE)


def test_columns_must_be_there():
    with pytest.raises(MissingColumnError, match="revenue"):
        StrategyTransformer(PLAN).fit(PROFILE[["frequency"]])
    with pytest.raises(DataError, match="1 feature"):
        StrategyTransformer(PLAN, columns=("a", "b")).fit([[1.0], [2.0]])
    with pytest.raises(DataError, match="same name"):
        StrategyTransformer(PLAN, columns=("revenue",)).fit(PROFILE)
    with pytest.raises(DataError, match="in memory"):
        StrategyTransformer(PLAN).fit(duckdb.sql("SELECT 1.0 AS revenue"))
    with pytest.raises(DataError, match="0 sample"):
        StrategyTransformer(PLAN).fit(PROFILE.head(0))


# ---------------------------------------------------------------- classes of numbers


def test_numbers_are_cut_column_by_column():
    cut = Discretizer(Thresholds((100.0, 300.0))).set_output(transform="pandas")
    out = cut.fit_transform(PROFILE[["recency_days", "revenue"]])
    assert out["revenue"].tolist() == np.digitize(PROFILE["revenue"], [100, 300]).tolist()
    assert out["recency_days"].isna().tolist() == PROFILE["recency_days"].isna().tolist()
    assert cut.cuts_["revenue"].points == (100.0, 300.0)


def test_what_cannot_be_cut_is_named():
    with pytest.raises(DataError, match="revenue"):
        Discretizer().fit(pd.DataFrame({"revenue": [None, None]}, dtype=float))
    with pytest.raises(DataError, match="customer_id"):
        Discretizer().fit(PROFILE)


# ---------------------------------------------------------------- what it costs


def test_custseg_loads_no_scikit_learn():
    code = "import sys, custseg, custseg.sklearn as s; dir(s); print('sklearn' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "False"


def test_without_scikit_learn_it_says_what_to_install():
    code = (
        "import sys; sys.modules['sklearn'] = None\n"
        "import custseg.sklearn as s\n"
        "try: s.Discretizer\n"
        "except ImportError as error: print(error)"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "pip install 'custseg[sklearn]'" in run.stdout
