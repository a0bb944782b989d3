"""Every estimator keeps the laws of scikit-learn."""

from unittest import SkipTest

import pytest
import sklearn
from sklearn.utils.estimator_checks import check_estimator, parametrize_with_checks

from custseg.classify import FixedDays, Lifecycle
from custseg.scoring import NaiveBayes
from custseg.sklearn import Discretizer, EvidenceEncoder, ScorecardClassifier, StrategyTransformer
from custseg.tiering import Cuts, NaturalBreaks, Quantiles, TierPlan

LAWS = parametrize_with_checks(
    [
        Discretizer(),
        EvidenceEncoder(),
        ScorecardClassifier(),
        StrategyTransformer(Cuts((0.0, 1.0)).on("spent", "size"), columns=("spent",)),
    ]
)
UNWEIGHED = dict.fromkeys(
    (
        "check_sample_weights_pandas_series",
        "check_sample_weights_not_an_array",
        "check_sample_weights_list",
        "check_all_zero_sample_weights_error",
        "check_sample_weights_shape",
        "check_sample_weights_not_overwritten",
        "check_sample_weight_equivalence_on_dense_data",
        "check_classifiers_one_label_sample_weights",
    ),
    "naive Bayes counts whole outcomes: weights are refused, and the message says so",
)


OLD = tuple(map(int, sklearn.__version__.split(".")[:2])) < (1, 7)
WEIGHED = "check_sample_weight_equivalence_on_dense_data"
FAULTY = (
    {WEIGHED: "before 1.7 it names the two classes by whichever row comes first"} if OLD else {}
)


def laws():
    """As a list of ids of their own: before 1.8 it was a generator, and some checks ran twice."""
    for at, (estimator, check) in enumerate(LAWS.args[1]):
        name = LAWS.kwargs["ids"](check)
        if name not in FAULTY:
            yield pytest.param(estimator, check, id=f"{type(estimator).__name__}-{name}-{at}")


@pytest.mark.parametrize(("estimator", "check"), [*laws()])
def test_the_laws_of_scikit_learn(estimator, check):
    try:
        check(estimator)
    except SkipTest as why:
        pytest.skip(str(why))


@pytest.mark.parametrize(
    "estimator",
    [
        StrategyTransformer(TierPlan(Quantiles.of(3)), columns=("revenue",)),
        StrategyTransformer(
            Lifecycle(FixedDays(dormant_after=1)), columns=("recency_days", "frequency")
        ),
        Discretizer(NaturalBreaks(2)),
    ],
)
def test_other_settings_keep_them_too(estimator):
    check_estimator(estimator, expected_failed_checks=FAULTY, on_skip=None)


def test_a_card_of_naive_bayes_keeps_them_but_for_weights():
    check_estimator(
        ScorecardClassifier(NaiveBayes()), expected_failed_checks=UNWEIGHED, on_skip=None
    )
