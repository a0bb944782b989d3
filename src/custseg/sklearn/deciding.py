"""What does a strategy say of each row? States, tiers, segments and scores as columns."""

from collections.abc import Iterable
from typing import Any, Literal, Self, cast

import numpy as np
from sklearn.base import OneToOneFeatureMixin, TransformerMixin

from custseg import frames
from custseg._typing import Codes, Floats, Gives
from custseg.errors import ConfigError, DataError, did_you_mean
from custseg.frames import Table
from custseg.model import RowModel
from custseg.sklearn.adapter import Adapter


class StrategyTransformer(TransformerMixin, OneToOneFeatureMixin, Adapter):
    """The columns that a strategy adds, in place of those that it reads.

    Any spec whose ``fit`` takes a table and gives a model of rows: ``Lifecycle``, ``RFM``,
    ``TierPlan``, a ``Pipeline`` of a plug-in; or such a model, which then is applied as it is.

    Args:
        spec: The strategy, or a fitted model.
        columns: What to call the columns of ``X``, in order, so that an array has the names that
            the strategy reads; ``None``: their own names, of an array ``x0``, ``x1``, ...
        give: The columns to give; ``None``: all that the strategy adds, as far as they can be
            given.
        output: ``codes``: words as the place that they have in their order (low 0, medium 1,
            high 2), NaN where there is none; ``words``: the words themselves.

    Attributes:
        model_: The fitted model; its words are in ``model_.gives``.
        n_features_in_: Number of columns of ``X``.
        feature_names_in_: Their names, where they have names.

    >>> from custseg.tiering import Thresholds, TierPlan
    >>> plan = TierPlan(Thresholds((100.0, 1000.0)), value="revenue")
    >>> tiers = StrategyTransformer(plan, columns=("revenue",), give=("tier",))
    >>> tiers.fit_transform([[20.0], [2100.0], [350.0]]).ravel().tolist()
    [0.0, 2.0, 1.0]
    >>> tiers.set_params(output="words").fit_transform([[20.0], [2100.0]]).ravel().tolist()
    ['low', 'high']
    """

    def __init__(
        self,
        spec: object,
        *,
        columns: Iterable[str] | None = None,
        give: Iterable[str] | None = None,
        output: Literal["codes", "words"] = "codes",
    ) -> None:
        self.spec = spec
        self.columns = columns
        self.give = give
        self.output = output

    def fit(self, X: object, y: object = None) -> Self:  # noqa: ARG002, N803 - scikit-learn's
        """Learn what the strategy learns.

        Args:
            X: One row a customer: a table, or an array with ``columns`` named.
            y: Not looked at.

        Raises:
            ValueError: The table cannot be read, or there is too little in it.
        """
        if self.output not in {"codes", "words"}:
            msg = f"output is 'codes' or 'words', got {self.output!r}"
            raise ConfigError(msg, "output")
        table = self._named(X, fit=True)
        self.model_: RowModel = self.spec if isinstance(self.spec, RowModel) else self._fit(table)
        self._check_needs(table)
        self._given: tuple[str, ...] = self._chosen()
        return self

    def transform(self, X: object) -> Any:  # noqa: ANN401, N803 - scikit-learn's
        """What the model says of each row.

        Args:
            X: As for ``fit``.

        Returns:
            An array, one column for each of ``get_feature_names_out``.
        """
        table = self._named(X, fit=False)
        added = frames.table(self.model_.apply(table.native))
        gives = self.model_.gives
        if self.output == "words":
            return np.column_stack([_said(added, name, gives[name]) for name in self._given])
        return np.column_stack([_coded(added, name, gives[name]) for name in self._given])

    def get_feature_names_out(self, input_features: object = None) -> Any:  # noqa: ANN401 - an array
        """The columns that ``transform`` gives.

        Args:
            input_features: The names of the columns of ``X``, which are checked.
        """
        super().get_feature_names_out(input_features)
        return np.array(self._given, dtype=object)

    def _fit(self, table: Table[Any]) -> RowModel:
        fit = getattr(self.spec, "fit", None)
        made = fit(table.native) if callable(fit) else None
        if not isinstance(made, RowModel):
            msg = (
                f"a strategy whose fit gives a model of rows, such as TierPlan(); got {self.spec!r}"
            )
            raise ConfigError(msg, "spec")
        return made

    def _named(self, given: object, *, fit: bool) -> Table[Any]:
        opened = self._opened(given, fit=fit)
        if self.columns is None:
            return opened
        asked, found = tuple(self.columns), opened.columns
        if len(asked) > len(found):
            msg = f"X has {len(found)} feature(s), but columns= names {len(asked)}: {list(asked)}"
            raise DataError(msg)
        names = (*asked, *found[len(asked) :])
        if twice := {name for name in names if names.count(name) > 1}:
            msg = f"columns= would give two columns of X the same name: {sorted(twice)}"
            raise DataError(msg)
        return opened.renamed(names)

    def _check_needs(self, table: Table[Any]) -> None:
        table.require(name for name in self.model_.needs if name not in self.model_.optional)

    def _chosen(self) -> tuple[str, ...]:
        """The columns to give: all that can be, or those asked for."""
        gives = self.model_.gives
        plain = tuple(n for n, kind in gives.items() if self.output == "words" or _counts(kind))
        if self.give is None:
            return plain
        for name in (asked := tuple(self.give)):
            if name not in gives:
                msg = f"the strategy gives no {name!r}, but {list(gives)}."
                raise ConfigError(msg + did_you_mean(name, gives), "give")
            if name not in plain:
                msg = f"{name!r} holds texts or days, which have no codes; ask for output='words'"
                raise ConfigError(msg, "give")
        return asked


def _counts(kind: Gives) -> bool:
    """Whether a column is numbers, or words in an order."""
    return not isinstance(kind, str) or kind in {"number", "integer"}


def _coded(table: Table[Any], name: str, kind: Gives) -> Floats:
    if isinstance(kind, str):
        return np.asarray(table.read({name: "number"})[name], dtype=np.float64)
    codes = cast("Codes", table.read({name: "text"})[name])
    at = codes.recode(kind).astype(np.float64)
    at[at < 0] = np.nan
    return at


def _said(table: Table[Any], name: str, kind: Gives) -> Any:  # noqa: ANN401 - an array of objects
    if kind in {"number", "integer"}:
        return _coded(table, name, kind).astype(object)
    found = table.values(name)
    return np.array([*found.words, None], dtype=object)[found.at]
