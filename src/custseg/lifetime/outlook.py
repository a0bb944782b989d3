"""What a model of buying says of each customer, as columns of any table."""

from collections.abc import Mapping
from typing import ClassVar

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Gives, Needs, Record
from custseg.lifetime.gammagamma import SPEND, GammaGammaModel
from custseg.lifetime.history import lasting
from custseg.lifetime.purchases import PurchaseModel
from custseg.lifetime.value import Terms, worth
from custseg.model import RowModel
from custseg.reasons import Explanation, Reason


@attrs.frozen(kw_only=True)
class Outlook(RowModel):
    """Fitted models ready to apply to tables and records: each customer's outlook.

    Adds ``p_alive``, ``p_no_purchase`` and ``expected_purchases`` within the horizon and
    ``next_purchase`` (half of those who buy again have by then); with a model of spend also
    ``expected_spend`` (of a purchase) and ``lifetime_value``. Where a row says nothing possible
    they are missing.

    Attributes:
        purchases: A fitted model of purchases.
        spend: A fitted model of spend, if there is one.
        horizon: Time from now, in the unit of the summary.
        months: Months of the lifetime value; ``None`` for all future.
        terms: Discount, margin, cost, unit and calendar of the lifetime value.

    Raises:
        ConfigError: The horizon is below 0.

    >>> from custseg.lifetime import MBGNBDModel
    >>> from custseg.lifetime.maximum import Fitting
    >>> model = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=6.183, a=0.891, b=1.614)
    >>> outlook = Outlook(purchases=model, horizon=39.0)
    >>> row = outlook.one({"frequency": 2, "recency": 30.43, "T": 38.86})
    >>> round(row["p_alive"], 3), round(row["p_no_purchase"], 3)
    (0.706, 0.44)
    """

    schema_version: ClassVar[int] = 1

    purchases: PurchaseModel
    spend: GammaGammaModel | None = None
    horizon: float = 365.0
    months: int | None = 12
    terms: Terms = attrs.field(factory=Terms)

    def __attrs_post_init__(self) -> None:
        """Check the horizon."""
        lasting("horizon", self.horizon)

    @property
    def needs(self) -> Needs:
        """The columns of a summary."""
        more: Needs = {} if self.spend is None else SPEND
        return {**self.purchases.needs, **more}

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns of an outlook."""
        names = ["p_alive", "p_no_purchase", "expected_purchases", "next_purchase"]
        more = [] if self.spend is None else ["expected_spend", "lifetime_value"]
        return dict.fromkeys([*names, *more], "number")

    def kernel(self, cols: Columns) -> Columns:
        """Ask the models."""
        model, known = self.purchases, self.purchases.reads(cols)
        found: dict[str, Floats] = {
            "p_alive": model.alive(known),
            "p_no_purchase": 1.0 - model.reaches(known, self.horizon),
            "expected_purchases": model.forecast(known, self.horizon),
            "next_purchase": model.waits(known, 0.5),
        }
        if self.spend is not None:
            money = self.spend.spends(cols)
            found["expected_spend"] = money
            found["lifetime_value"] = worth(
                model, known, money, months=self.months, terms=self.terms
            )
        return {name: known.told(_finite(values)) for name, values in found.items()}

    def explain(self, record: Record) -> Explanation:
        """What is known of the customer, and what follows.

        Args:
            record: One customer, with the columns of a summary.

        Returns:
            The outlook; the customer's own numbers are shown only with ``values=True``.
        """
        out = self.one(record)
        settings = {"horizon": self.horizon}
        values = {name: out[name] for name in self.needs}
        known = out["p_alive"] is not None
        reason = (
            Reason("purchases_expected", settings, values) if known else Reason("history_unknown")
        )
        return Explanation("p_no_purchase", {name: out[name] for name in self.gives}, (reason,))


def _finite(values: Floats) -> Floats:
    """Endless times and sums are no number that a table could hold in every kind."""
    return np.where(np.isfinite(values), values, np.nan)
