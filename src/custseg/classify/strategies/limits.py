"""After what silence of its own has each customer gone a state further?"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Final

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Gives, Needs
from custseg.classify.quick import Limit, chance_limit, gap_limit, possible
from custseg.classify.strategies.learned import PROFILE, at_order
from custseg.classify.strategies.single import of_arrays
from custseg.frames.scalar import reader
from custseg.lifetime.history import History
from custseg.lifetime.purchases import PurchaseModel
from custseg.model import RowModel, Scalar

_HAIR: Final = 1e-9  # of a day: whole limits stay whole, however they are computed
_SUMMARY: Final = frozenset({"frequency", "recency", "T"})


@attrs.frozen(kw_only=True)
class OwnLimits(RowModel, ABC):
    """A signal: the limits of silence of each customer, told by a model of buying.

    They are whole days, one at least, and stay as they are until the next order: they depend on
    the orders so far and on the age at the last of them.

    Attributes:
        purchases: The model, in days.
        shares: State -> where its limit lies.
        returns: Whether to add the limit that stood before the last order, for returns.
        tag: End of the columns' names, where two signals must be told apart.
    """

    purchases: PurchaseModel
    shares: Mapping[str, float]
    returns: bool = False
    tag: str = ""

    @property
    def needs(self) -> Needs:
        """The history of a profile, and what else the model reads."""
        more: Needs = {n: kind for n, kind in self.purchases.needs.items() if n not in _SUMMARY}
        back: Needs = {"gap_last_days": "number"} if self.returns else {}
        return {**PROFILE, **back, **more}

    @property
    def gives(self) -> Mapping[str, Gives]:
        """A limit for each state."""
        states = (*self.shares, *(["return"] if self.returns else []))
        return {f"{state}_limit_days{self.tag}": "number" for state in states}

    def kernel(self, cols: Columns) -> Columns:
        """Ask the model."""
        last = self._limits(cols, at_order(cols), self.shares)
        if self.returns:
            asleep = {"return": self.shares["dormant"]}
            last |= self._limits(cols, at_order(cols, before=True), asleep)
        return last

    @abstractmethod
    def silence(self, history: History, share: float) -> Floats:
        """The silence at which a share is reached."""

    @abstractmethod
    def quick(self, share: float) -> Limit | None:
        """A limit of one customer by numbers alone; ``None`` where there is no such way."""

    def shortcut(self) -> Scalar | None:
        """One record by numbers alone, as far as they decide it; else by arrays of one row."""
        quick = {state: self.quick(share) for state, share in self.shares.items()}
        known = {state: limit for state, limit in quick.items() if limit is not None}
        if len(known) < len(quick):
            return None
        read, by_arrays = reader(self.needs), of_arrays(self)

        def run(record: Mapping[str, Any]) -> dict[str, Any]:
            row = read(record)
            return self._numbers(row, known) or by_arrays(row)

        return run

    def _numbers(self, row: Mapping[str, Any], known: Mapping[str, Limit]) -> dict[str, Any] | None:
        x, age = row["frequency"] - 1.0, row["tenure_days"] - row["recency_days"]
        if not possible(row, x, age):
            return None
        told = {f"{state}_limit_days{self.tag}": limit(x, age) for state, limit in known.items()}
        if self.returns:
            x, age = x - 1.0, age - row["gap_last_days"]
            back = known["dormant"](x, age) if possible(row, x, age) else None
            told[f"return_limit_days{self.tag}"] = back
        return None if None in told.values() else told

    def _limits(
        self, cols: Columns, summary: Mapping[str, Floats], shares: Mapping[str, float]
    ) -> dict[str, Floats]:
        known = self.purchases.reads({**cols, **summary})
        made: dict[str, Floats] = {}
        for state, share in shares.items():
            days = np.maximum(np.ceil(self.silence(known, share) - _HAIR), 1.0)
            made[f"{state}_limit_days{self.tag}"] = known.told(days)
        return made


@attrs.frozen(kw_only=True)
class ChanceLimits(OwnLimits):
    """Limits at which no purchase within a horizon has a chance: see ``ModelProbability``.

    Attributes:
        purchases: The model, in days.
        shares: State -> the chance of no purchase at its limit.
        horizon: Days within which a purchase counts.
        returns: Whether to add the limit that stood before the last order, for returns.
        tag: End of the columns' names, where two signals must be told apart.

    >>> from custseg.lifetime import Fitting, MBGNBDModel
    >>> model = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=43.3, a=0.891, b=1.614)
    >>> limits = ChanceLimits(purchases=model, shares={"dormant": 0.8}, horizon=90)
    >>> row = {"frequency": 6, "recency_days": 30, "tenure_days": 230}
    >>> limits.one(row)["dormant_limit_days"]
    165.0
    """

    schema_version: ClassVar[int] = 1

    horizon: float

    def silence(self, history: History, share: float) -> Floats:
        """The silence at which no purchase within the horizon is as likely."""
        if history.own:
            return self.purchases.quiets(history, share, self.horizon)
        return self.purchases.silence_until(history, probability=share, horizon=self.horizon)

    def quick(self, share: float) -> Limit | None:
        """The same of one customer, in whole days."""
        return chance_limit(self.purchases, share, float(self.horizon))


@attrs.frozen(kw_only=True)
class GapLimits(OwnLimits):
    """Limits that only a share of a customer's own gaps outlasts: see ``OwnCadence``.

    Attributes:
        purchases: The model, in days.
        shares: State -> the share of gaps that are shorter than its limit.
        returns: Whether to add the limit that stood before the last order, for returns.
        tag: End of the columns' names, where two signals must be told apart.

    >>> from custseg.lifetime import Fitting, MBGNBDModel
    >>> model = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=43.3, a=0.891, b=1.614)
    >>> limits = GapLimits(purchases=model, shares={"dormant": 0.9})
    >>> row = {"frequency": 6, "recency_days": 30, "tenure_days": 230}
    >>> limits.one(row)["dormant_limit_days"]
    126.0
    """

    schema_version: ClassVar[int] = 1

    def silence(self, history: History, share: float) -> Floats:
        """The gap that only the rest of gaps outlasts."""
        if history.own:
            return self.purchases.gaps(history, 1.0 - share)
        return self.purchases.silence_quantile(history, share=1.0 - share)

    def quick(self, share: float) -> Limit | None:
        """The same of one customer, in whole days."""
        return gap_limit(self.purchases, share)
