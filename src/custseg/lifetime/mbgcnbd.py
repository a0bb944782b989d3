"""MBG/CNBD-k: like MBG/NBD, for customers who buy at regular gaps."""

from typing import ClassVar

import attrs
import numpy as np

from custseg._typing import Needs
from custseg.errors import ConfigError
from custseg.lifetime.condensing import condensing
from custseg.lifetime.history import NEEDS, Sample
from custseg.lifetime.leaving import LeavingModel, learn
from custseg.lifetime.maximum import falling
from custseg.lifetime.patterns import dot

_MOST = 12


@attrs.frozen(kw_only=True)
class MBGCNBDModel(LeavingModel):
    """A fitted MBG/CNBD-k model; see ``MBGCNBD``.

    Attributes:
        fitting: How well it fits.
        k: Stages of the gap between purchases: the more, the more regular.
        r: Shape of the rate of stages.
        alpha: Its scale, in the unit of time of the summary.
        a: First parameter of the chance to leave after a purchase.
        b: Second parameter.

    Source: Reutterer, Platzer and Schroeder 2021, International Journal of Research in Marketing
    38(2). Its counts are here without approximation: purchases are every k-th stage, those since
    the last purchase are known by their chances.

    >>> from custseg.lifetime.maximum import Fitting
    >>> model = MBGCNBDModel(fitting=Fitting(0, 1), k=2, r=1.33, alpha=2.81, a=0.42, b=0.79)
    >>> weekly = [{"frequency": 9, "recency": 50, "T": t} for t in (51, 70)]
    >>> model.p_alive(weekly).round(2)
    array([0.96, 0.23])
    """

    schema_version: ClassVar[int] = 1
    first: ClassVar[int] = 1
    forgets: ClassVar[bool] = False

    k: int

    @property
    def stages(self) -> int:
        """Stages of the gap between purchases."""
        return self.k


@attrs.frozen
class MBGCNBD:
    """MBG/CNBD-k: gaps of k stages (Erlang), a chance to leave after every purchase.

    Attributes:
        k: Stages of the gap between purchases: 1 is MBG/NBD; ``None`` tries 1, 2, ... until the
            log-likelihood has fallen twice.
        log_gaps: Column with the sum of the natural logarithms of each customer's gaps. It does
            not change the parameters of one k, but without it log-likelihoods of different k
            cannot be compared.
        weight: Column that says how many customers a row stands for, if there is one.
        repeaters: How many customers must have bought again, at least.

    Raises:
        ConfigError: k is below 1, or is to be chosen without ``log_gaps``.

    Source: Reutterer, Platzer and Schroeder 2021, "Leveraging purchase regularity for predicting
    customer behavior the easy way", International Journal of Research in Marketing 38(2).

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> model = MBGCNBD(k=1).fit(log.summary(as_of="1997-09-30", unit="week"))
    >>> round(model.log_likelihood, 3)
    -9582.136
    """

    k: int | None = 2
    log_gaps: str | None = None
    weight: str | None = None
    repeaters: int = 10

    def __attrs_post_init__(self) -> None:
        """Check that k is there or can be chosen."""
        if self.k is not None and self.k < 1:
            msg = f"must be 1 or more, got {self.k!r}"
            raise ConfigError(msg, "k")
        if self.k is None and self.log_gaps is None:
            msg = "k cannot be chosen without log_gaps, the column with the sum of log gaps"
            raise ConfigError(msg, "k")

    @property
    def needs(self) -> Needs:
        """The columns that are learned from."""
        more: Needs = {} if self.log_gaps is None else {self.log_gaps: "number"}
        return {**NEEDS, **more}

    @condensing
    def fit(self, summary: object) -> MBGCNBDModel:
        """Learn the four parameters, and k where it is not given.

        Args:
            summary: A table with ``frequency``, ``recency`` and ``T``.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A row is missing something or impossible.
            NotEnoughDataError: Too few have bought again, or nothing can be told from them.
        """
        more = () if self.log_gaps is None else (self.log_gaps,)
        sample = Sample.of(summary, self.weight, *more)
        sample.require_repeats(self.repeaters)
        if self.k is not None:
            return self._fit(sample, self.k)
        tried: list[MBGCNBDModel] = []
        for k in range(1, _MOST + 1):
            tried.append(self._fit(sample, k))
            if falling([model.log_likelihood for model in tried]):
                break
        return max(tried, key=lambda model: model.log_likelihood)

    def _fit(self, sample: Sample, k: int) -> MBGCNBDModel:
        from scipy.special import gammaln  # noqa: PLC0415 - loaded where it is used

        params, fitting = learn(sample, stages=k, first=1)
        x = sample.history.frequency
        w = np.ones_like(x) if sample.weight is None else sample.weight
        shift = -float(gammaln(float(k))) * dot(w, x)
        if self.log_gaps is not None:
            shift += (k - 1) * dot(w, sample.more[self.log_gaps])
        # densities of stages, counted in the unit of the summary
        told = attrs.evolve(fitting, log_likelihood=fitting.log_likelihood + shift)
        return MBGCNBDModel(fitting=told, k=k, **params)
