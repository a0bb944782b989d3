"""Between which cut points is a customer's value?"""

from collections.abc import Mapping
from typing import ClassVar

import attrs

from custseg._typing import Record, words
from custseg.frames.scalar import number
from custseg.model import RowModel
from custseg.reasons import Explanation, Reason
from custseg.rules import Condition, F, Ladder, Rule
from custseg.tiering.cuts import Cuts
from custseg.tiering.service.policy import ServicePolicy
from custseg.tiering.settings import check_tiers


@attrs.frozen(kw_only=True)
class TierModel(RowModel):
    """A tiering ready to apply: plain numbers, so that tonight's run cannot re-cut the scale.

    Adds ``tier``, ``tier_reason`` (a code) and ``service`` (the code of the tier's policy). A
    missing value gets the lowest tier, with the reason ``value_unknown``; infinity gets an end
    tier.

    Attributes:
        value: The column that says what a customer is worth.
        cuts: The frozen cut points.
        tiers: Names, lowest first.
        service: What each tier gets.

    Raises:
        ConfigError: The number of tiers does not match the cuts, or a tier has no service.

    >>> from custseg.tiering import Thresholds, TierPlan
    >>> model = TierPlan(Thresholds((100.0, 1000.0))).fit([])
    >>> model.one({"revenue": None})
    {'revenue': None, 'tier': 'low', 'tier_reason': 'value_unknown', 'service': 'standard_care'}
    """

    schema_version: ClassVar[int] = 1

    value: str
    cuts: Cuts
    tiers: tuple[str, ...] = attrs.field(converter=words)
    service: Mapping[str, ServicePolicy]

    def __attrs_post_init__(self) -> None:
        """Check that tiers, cuts and services fit one another."""
        check_tiers(self.tiers, self.service, self.cuts.classes)

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees."""
        codes = tuple(self.service[tier].code for tier in self.tiers)
        return {
            "tier": self._by_band(self.tiers),
            "tier_reason": self._by_reason(),
            "service": self._by_band(codes),
        }

    def explain(self, record: Record) -> Explanation:
        """Between which cut points the value is, and how far the next tier.

        Args:
            record: One customer, with the value column.

        Returns:
            The decision and its reason. The value and the distance to the next tier
            (``to_next``) are shown only with ``values=True``.

        >>> from custseg.tiering import Thresholds, TierPlan
        >>> model = TierPlan(Thresholds((100.0, 1000.0))).fit([])
        >>> why = model.explain({"revenue": 250})
        >>> print(why.text())
        value tier: medium
          - revenue is in the band between 100 and 1,000
        >>> why.as_dict(values=True)["reasons"][0]["values"]
        {'revenue': 250, 'to_next': 750.0}
        """
        decided = self.one(record)
        given = {name: decided[name] for name in self.gives}
        place = self.tiers.index(str(given["tier"]))
        return Explanation("tier", given, (self._reason(place, decided),))

    def _reason(self, place: int, decided: Record) -> Reason:
        code, points = str(decided["tier_reason"]), self.cuts.points
        settings: dict[str, object] = {"value": self.value, "closed": self.cuts.closed}
        if place > 0:
            settings["low"] = points[place - 1]
        if place < len(points):
            settings["high"] = points[place]
        values: dict[str, object] = {self.value: decided[self.value]}
        if code not in {"value_unknown", "value_above", "one_tier"}:
            values["to_next"] = points[place] - number(decided[self.value])
        return Reason(code, settings, values)

    def _above(self, place: int) -> Condition:
        """The condition to be in the class above a cut point."""
        value, point = F(self.value), self.cuts.points[place]
        return value >= point if self.cuts.closed == "left" else value > point

    def _by_band(self, names: tuple[str, ...]) -> Ladder:
        """The name of each class, the highest first; a missing value is in none but the lowest."""
        falling = range(len(self.cuts) - 1, -1, -1)
        steps = tuple((self._above(place), names[place + 1]) for place in falling)
        return Ladder(steps, names[0], tuple(dict.fromkeys(names)))

    def _by_reason(self) -> Ladder:
        if not self.cuts.points:
            return Ladder(((F(self.value).is_present(), "one_tier"),), "value_unknown")
        above = (self._above(len(self.cuts) - 1), "value_above")
        between = ((self._above(0), "value_between"),) if len(self.cuts) > 1 else ()
        below = (~self._above(0), "value_below")
        return Ladder((above, *between, below), "value_unknown")
