"""Models of buying where customers differ by covariates, and those held back by a prior."""

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Columns, Needs, words
from custseg.errors import ConfigError
from custseg.lifetime.effects import Effect, Traits, own
from custseg.lifetime.history import NEEDS, History, Sample
from custseg.lifetime.learning import Task
from custseg.lifetime.leaving import LeavingModel, learn
from custseg.measures.intervals import quantile


@attrs.frozen(kw_only=True)
class CovariateModel(LeavingModel):
    """A model where customers may leave after a purchase and covariates may say more of them.

    Attributes:
        fitting: How well it fits.
        r: Shape of the rate of buying.
        alpha: Its scale, in the unit of time of the summary, where covariates are at their centres.
        a: First parameter of the chance to leave, likewise.
        b: Second parameter, likewise.
        effects: What covariates change.
        levels: Categories of each covariate of text, the one to compare with first.
    """

    effects: tuple[Effect, ...] = ()
    levels: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])

    @property
    def needs(self) -> Needs:
        """The columns of a summary, and those of the covariates."""
        more: Needs = {
            effect.column: "text" if effect.column in self.levels else "number"
            for effect in self.effects
        }
        return {**NEEDS, **more}

    @property
    def params(self) -> Mapping[str, float]:
        """The parameters by name, coefficients too."""
        return {**super().params, **{one.name: one.coefficient for one in self.effects}}

    @property
    def standard_errors(self) -> Mapping[str, float]:
        """The standard error of each parameter; NaN where the data do not hold one back."""
        spread, given = self._spread(), {one.name for one in self.effects}
        return {
            name: spread[name] if name in given else value * spread[name]
            for name, value in self.params.items()
        }

    def intervals(self, level: float = 0.95) -> Mapping[str, tuple[float, float]]:
        """An interval of each parameter (Wald), in the logarithm of all but coefficients.

        Args:
            level: Share of repetitions in which such an interval holds the true value.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.
        """
        found = dict(super().intervals(level))
        far, spread = quantile(level), self._spread()
        for one in self.effects:
            half = far * spread[one.name]
            found[one.name] = (one.coefficient - half, one.coefficient + half)
        return found

    def coefficients(self) -> list[dict[str, str | float | None]]:
        """What each covariate changes: the coefficient, its standard error and how sure it is.

        Returns:
            Records with ``parameter``, ``column``, ``level``, ``coefficient``, ``standard_error``
            and ``p``: how often a coefficient of 0 would look as large by chance (Wald).
        """
        from scipy.special import ndtr  # noqa: PLC0415 - loaded where it is used

        spread = self.standard_errors
        return [
            {
                "parameter": one.parameter,
                "column": one.column,
                "level": one.level,
                "coefficient": one.coefficient,
                "standard_error": spread[one.name],
                "p": 2.0 * float(ndtr(-abs(one.coefficient) / spread[one.name])),
            }
            for one in self.effects
        ]

    def reads(self, cols: Columns) -> History:
        """Histories from columns; whose covariates are not known is not known."""
        known = History.read(cols)
        if not self.effects:
            return known
        params = {"alpha": self.alpha, "a": self.a, "b": self.b}
        found, there = own(self.effects, self.levels, params, cols)
        told = (known.frequency, known.recency, known.age)
        return attrs.evolve(History.where(known.known & there, told), own=found)


@attrs.frozen
class CovariateSpec:
    """What the models of leaving after a purchase can be told.

    Attributes:
        weight: Column that says how many customers a row stands for, if there is one.
        repeaters: How many customers must have bought again, at least.
        buying: Columns that may change how often customers buy.
        leaving: Columns that may change how readily they leave.
        baseline: The category to compare with, of each of these columns that holds text.
        penalty: How far parameters are held back: the inverse variance of a normal prior.

    Raises:
        ConfigError: A baseline is of no covariate, or the penalty is below 0.
    """

    first: ClassVar[int] = 0
    """1 where customers may leave after their first purchase too."""

    weight: str | None = None
    repeaters: int = 10
    buying: tuple[str, ...] = attrs.field(default=(), converter=words)
    leaving: tuple[str, ...] = attrs.field(default=(), converter=words)
    baseline: Mapping[str, str] = attrs.field(factory=dict[str, str])
    penalty: float = 0.0

    def __attrs_post_init__(self) -> None:
        """Check the columns and the penalty."""
        unused = sorted(set(self.baseline) - {*self.buying, *self.leaving})
        if unused:
            msg = f"{unused} are no covariates; name them in buying or leaving too"
            raise ConfigError(msg, "baseline")
        told = sorted({*self.buying, *self.leaving} & NEEDS.keys())
        if told:
            msg = f"{told} are purchases, which the model reads already"
            raise ConfigError(msg, "buying")
        if not 0 <= self.penalty < float("inf"):
            msg = f"must be 0 or more, got {self.penalty!r}"
            raise ConfigError(msg, "penalty")

    @property
    def needs(self) -> Needs:
        """The columns that are learned from."""
        columns = (*self.buying, *self.leaving)
        more: Needs = {name: "text" if name in self.baseline else "number" for name in columns}
        return {**NEEDS, **more}

    def learned(self, summary: object) -> dict[str, Any]:
        """The fields of the fitted model.

        Args:
            summary: The customers.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A row is missing something or impossible.
            NotEnoughDataError: Too few have bought again, or nothing can be told from them.
        """
        table = frames.table(summary)
        sample = self._sample(table)
        if self.buying or self.leaving or self.penalty:
            found = self._task(table, sample).solved(self.penalty)
        else:
            params, fitting = learn(sample, first=self.first)
            found = {"fitting": fitting, **params}
        fitting = attrs.evolve(found["fitting"], penalty=self.penalty, data=sample.mark)
        return {**found, "fitting": fitting}

    def task(self, summary: object) -> Task:
        """The customers, ready to learn from.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A row is missing something or impossible.
            NotEnoughDataError: Too few have bought again, or nothing can be told from them.
        """
        table = frames.table(summary)
        return self._task(table, self._sample(table))

    def _sample(self, table: frames.Table[Any]) -> Sample:
        sample = Sample.of(table, self.weight)
        sample.require_repeats(self.repeaters)
        return sample

    def _task(self, table: frames.Table[Any], sample: Sample) -> Task:
        weight = np.ones_like(sample.history.age) if sample.weight is None else sample.weight
        traits = Traits.read(table, (*self.buying, *self.leaving), self.baseline, weight)
        return Task(sample, weight, traits, (self.buying, self.leaving), self.first)
