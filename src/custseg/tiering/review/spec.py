"""How tiers are reviewed, before it is applied."""

from datetime import date
from typing import Any

import attrs

from custseg._typing import words
from custseg.errors import ConfigError
from custseg.tiering.bands import Scale
from custseg.tiering.cuts import Cuts
from custseg.tiering.groups import GroupCuts
from custseg.tiering.model import TierModel
from custseg.tiering.review.calm import Calm
from custseg.tiering.review.model import RetierModel
from custseg.tiering.review.terms import civil_day


@attrs.frozen
class Retier:
    """How tiers are reviewed from one period to the next without changing to and fro.

    Attributes:
        cuts: Frozen cut points: ``Cuts``, or ``GroupCuts``.
        calm: The rules that keep tiers from changing to and fro.
        value: The column that says what a customer is worth.
        tiers: Names, lowest first; by default those of the cuts.
        as_of: The day of the review; ``None``: the column ``as_of`` says it.

    Raises:
        ConfigError: The number of tiers does not match the cuts, or a setting does not fit them.

    >>> from custseg.tiering import Calm, Cuts
    >>> yearly = Retier(Cuts((100.0, 1000.0)), Calm(min_tenure="12 months", max_down=1)).fit()
    >>> row = {"as_of": "2026-06-30", "revenue": 40.0}
    >>> row |= {"tier_previous": "high", "tier_since_previous": "2025-12-31"}
    >>> said = yearly.one(row)
    >>> said["tier"], said["tier_reason"], said["tier_until"]
    ('high', 'kept_tenure', datetime.date(2026, 12, 31))
    """

    cuts: Scale
    calm: Calm = attrs.field(factory=Calm.preset)
    value: str = attrs.field(default="revenue", kw_only=True)
    tiers: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    as_of: date | None = attrs.field(default=None, converter=civil_day, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check what would fail later."""
        given: object = self.cuts
        if not isinstance(given, Cuts | GroupCuts):
            msg = (
                f"needs Cuts or GroupCuts, got {type(given).__name__}; a review stands on cut "
                "points that stay: fitted(cutter, data, value=...) makes them"
            )
            raise ConfigError(msg, "cuts")
        self.fit()

    @classmethod
    def of(cls, model: TierModel, calm: Calm | None = None) -> "Retier":
        """The review of a tiering that is in use: its value, its cut points, its names.

        Args:
            model: The tiering.
            calm: The rules; without them the default ones.

        Raises:
            ConfigError: Its tiers follow from more than one value, so no bar says what is needed.

        >>> from custseg.tiering import Thresholds, TierPlan
        >>> Retier.of(TierPlan(Thresholds((100.0, 1000.0))).fit([])).tiers
        ('low', 'medium', 'high')
        """
        given: Any = model
        if not isinstance(given, TierModel):
            msg = f"needs a fitted TierModel, got {type(given).__name__}; TierPlan(...).fit(data)"
            raise ConfigError(msg)
        if getattr(model, "potential", None) is not None:
            msg = (
                "these tiers follow from value and potential together; review the value alone: "
                "Retier(model.cuts, value=model.value, tiers=model.tiers)"
            )
            raise ConfigError(msg)
        return cls(model.cuts, calm or Calm.preset(), value=model.value, tiers=model.tiers)

    def fit(self, data: object = ()) -> RetierModel:
        """The rules, ready to apply; nothing is learned, as the cut points are frozen.

        Args:
            data: Not read.
        """
        del data
        names = self.tiers or self.cuts.words()
        return RetierModel(
            value=self.value, cuts=self.cuts, tiers=names, calm=self.calm, as_of=self.as_of
        )
