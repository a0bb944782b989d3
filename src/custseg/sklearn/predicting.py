"""Who will be won? A scorecard as a classifier, with the reasons of a scorecard."""

from typing import Any, Self, cast

import attrs
import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils import Tags

from custseg import frames
from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.scoring import Scorecard, WeightOfEvidence
from custseg.sklearn.adapter import Adapter
from custseg.sklearn.supervised import Taught, taught


class ScorecardClassifier(ClassifierMixin, Adapter):
    """A scorecard learnt from outcomes: chances for scikit-learn, points and reasons for people.

    Columns may hold words, and values may be missing: no encoder or imputer is needed before it.

    Args:
        spec: What learns the card: ``WeightOfEvidence``, ``NaiveBayes``, ``ExpertPrior`` or a
            spec of your own with an ``outcome`` and such a ``fit``; ``None``:
            ``WeightOfEvidence()``.

    Attributes:
        card_: The ``Scorecard``: ``card_.explain(record)``, ``card_.to_sql()``, ``cs.dump(card_)``.
        classes_: The two classes; chances of the second are what the card tells.
        n_features_in_: Number of columns of ``X``.
        feature_names_in_: Their names, where they have names.

    >>> X = [[float(i % 10)] for i in range(100)]
    >>> model = ScorecardClassifier().fit(X, ["won" if i % 10 > 6 else "lost" for i in range(100)])
    >>> model.predict([[1.0], [9.0]]).tolist(), model.card_.one({"x0": 9.0})["score"]
    (['lost', 'won'], 100.0)
    >>> model.set_params(spec__least_iv=0.1).spec.least_iv
    0.1
    """

    def __init__(self, spec: object = None) -> None:
        self.spec = spec

    def fit(self, X: object, y: object, sample_weight: object = None) -> Self:  # noqa: N803 - scikit-learn's
        """Learn the card.

        Args:
            X: One row a customer: a table of numbers and words, or an array.
            y: One of two classes a row.
            sample_weight: What each row counts for, where the spec can weigh.

        Raises:
            ValueError: There are not two classes, or no column tells them apart.
        """
        learnt = taught(self._opened(X, fit=True), y, sample_weight)
        self.card_: Scorecard = self._learnt(learnt)
        self.classes_ = learnt.classes
        return self

    def predict_proba(self, X: object) -> Any:  # noqa: ANN401, N803 - scikit-learn's
        """The chance of each class, in the order of ``classes_``.

        Args:
            X: The same columns.
        """
        chance = self._chance(X)
        return np.column_stack([1 - chance, chance])

    def decision_function(self, X: object) -> Any:  # noqa: ANN401, N803 - scikit-learn's
        """The log-odds of the second class; above 0 it is the likelier one.

        Args:
            X: The same columns.
        """
        chance = self._chance(X)
        return np.log(chance / (1 - chance))

    def predict(self, X: object) -> Any:  # noqa: ANN401, N803 - scikit-learn's
        """The likelier class of each row.

        Args:
            X: The same columns.
        """
        likelier = self._chance(X) > 0.5  # noqa: PLR2004 - of two
        return self.classes_[likelier.astype(np.intp)]

    def _chance(self, given: object) -> Floats:
        table = self._opened(given, fit=False)
        scored = frames.table(self.card_.apply(table.native))
        return np.asarray(scored.read({"probability": "number"})["probability"], dtype=np.float64)

    def _learnt(self, learnt: Taught) -> Scorecard:
        spec = self._setting("spec")
        if learnt.weight is not None:
            if not hasattr(spec, "weight"):
                msg = f"{type(spec).__name__} cannot weigh its rows: leave sample_weight out"
                raise ConfigError(msg)
            spec = attrs.evolve(spec, weight=learnt.weight)
        learns = hasattr(spec, "outcome") and hasattr(spec, "fit")
        made = spec.fit(learnt.table.native, outcome=learnt.outcome, positive=1) if learns else None
        if not isinstance(made, Scorecard) or made.odds is None:
            msg = f"a spec that learns a Scorecard with chances, such as NaiveBayes(); got {spec!r}"
            raise ConfigError(msg, "spec")
        return made

    def _setting(self, name: str) -> Any:  # noqa: ANN401 - any spec
        given = super()._setting(name)
        return WeightOfEvidence() if given is None else given

    def __sklearn_tags__(self) -> Tags:
        """Two classes, no more."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return cast("Tags", tags)
