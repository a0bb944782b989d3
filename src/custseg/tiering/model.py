"""Which tier do a customer's value and potential lead to?"""

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any, ClassVar

import attrs

from custseg._typing import Record, words
from custseg.errors import ConfigError
from custseg.frames import as_mapping
from custseg.frames.scalar import reader
from custseg.model import RowModel
from custseg.reasons import Explanation
from custseg.rules import Rule
from custseg.tiering.bands import Scale, because
from custseg.tiering.service.policy import ServicePolicy
from custseg.tiering.settings import check_tiers
from custseg.tiering.worth.box import NineBox, reason_of, told
from custseg.tiering.worth.grid import Place
from custseg.tiering.worth.standing import Standing


@attrs.frozen(kw_only=True)
class TierModel(RowModel):
    """A tiering ready to apply: plain numbers, so that tonight's run cannot re-cut the scale.

    Adds ``tier``, ``tier_reason`` (a code), ``tier_rank`` (1 is served first) and ``service`` (the
    code of the policy). With a box also ``value_level``, and with a potential
    ``potential_level``: the box says what each pair of levels means, and who has bought nothing
    has a potential only. A missing value never gets the highest tier; infinity gets an end class.

    Attributes:
        value: The column that says what a customer is worth.
        cuts: The frozen cut points: ``Cuts``, or ``GroupCuts``.
        tiers: Names, lowest first.
        service: What each tier gets; in a box its cells say that.
        unknown: The tier of customers whose value is not known: a lower tier, a word of its own,
            or ``None`` (no tier).
        potential: The column that says what a customer could be worth; ``None``: not asked.
        potential_cuts: Its frozen cut points.
        box: What each pair of levels means; ``None``: the class of the value is the tier.
        bought: The column of purchases of which a prospect has 0; ``None``: nobody is one.

    Raises:
        ConfigError: Tiers, cuts, services and box do not fit one another.

    >>> from custseg.tiering import Thresholds, TierPlan
    >>> TierPlan(Thresholds((100.0, 1000.0))).fit([]).one({"revenue": None})["tier"]
    'low'
    """

    schema_version: ClassVar[int] = 1

    value: str
    cuts: Scale
    tiers: tuple[str, ...] = attrs.field(converter=words)
    service: Mapping[str, ServicePolicy]
    unknown: str | None = attrs.field(
        default=attrs.Factory(lambda model: model.tiers[0], takes_self=True)
    )
    potential: str | None = None
    potential_cuts: Scale | None = None
    box: NineBox | None = None
    bought: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check that the parts fit one another."""
        classes, second = len(self.cuts.words()), self.potential_cuts
        check_unknown(self.unknown, self.tiers)
        served = {tier for tier in self.service if tier in self.tiers or tier != self.unknown}
        check_tiers(self.tiers, served, classes if self.box is None else None)
        if (self.potential is None) != (second is None):
            msg = "potential and potential_cuts are given together, or neither"
            raise ConfigError(msg)
        check_box(self.box, self.tiers, (classes, 1 if second is None else len(second.words())))

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees."""
        if self.box is None:
            return self._by_class()
        grid = self.standing.grid
        reason = partial(reason_of, asked=grid.potential is not None)
        trees = self.box.trees(grid, unknown=self.unknown)
        names = self.box.value_levels
        levels = {
            "value_level": self.standing.by_class(names, None, names),
            "potential_level": self.standing.potential_level(self.box.potential_levels),
        }
        return {
            "tier": trees.pop("tier"),
            "tier_reason": grid.ladder(reason, "value_unknown"),
            **trees,
            **{name: tree for name, tree in levels.items() if tree is not None},
        }

    @cached_property
    def standing(self) -> Standing:
        """The levels of value and potential.

        >>> from custseg.tiering import Thresholds, TierPlan
        >>> TierPlan(Thresholds((100.0, 1000.0))).fit([]).standing.place({"revenue": 250.0})
        (1, None)
        """
        return Standing(self.value, self.cuts, self.potential, self.potential_cuts, self.bought)

    def target(self, i: int, j: Place = None) -> int | None:
        """The class of value at which the next tier begins, as the potential is.

        Args:
            i: The class of value, 0 the lowest.
            j: The level of potential; ``None`` where it is not known.

        >>> from custseg.tiering import Thresholds, TierPlan
        >>> TierPlan(Thresholds((100.0, 1000.0))).fit([]).target(1)
        2
        """
        if self.box is not None:
            return self.box.target(i, j)
        return i + 1 if i + 1 < len(self.tiers) else None

    def tier_of(self, i: int, j: Place = None) -> str:
        """The tier of a class of value and a level of potential.

        Args:
            i: The class of value, 0 the lowest.
            j: The level of potential; ``None`` where it is not known.

        >>> from custseg.tiering import Thresholds, TierPlan
        >>> TierPlan(Thresholds((100.0, 1000.0))).fit([]).tier_of(1)
        'medium'
        """
        return self.tiers[i] if self.box is None else self.box.cell(i, j).tier

    def explain(self, record: Record) -> Explanation:
        """Between which cut points the value is, and how far the next tier.

        Args:
            record: One customer, with the columns that are needed.

        Returns:
            The decision and its reasons: with a box first its cell, then value and potential. The
            values and the distances (``to_next`` band, ``to_next_tier``) are shown only with
            ``values=True``.

        >>> from custseg.tiering import Thresholds, TierPlan
        >>> model = TierPlan(Thresholds((100.0, 1000.0))).fit([])
        >>> why = model.explain({"revenue": 250})
        >>> print(why.text())
        value tier: medium
          - revenue is in the band between 100 and 1,000
        >>> why.as_dict(values=True)["reasons"][0]["values"]
        {'revenue': 250, 'to_next': 750.0}
        """
        given, decided = as_mapping(record), self.one(record)
        row = reader(self.needs)(given)
        reasons = [
            because(code, cuts.at(given), column, given)
            for code, column, cuts in self.standing.why(row)
        ]
        if self.box is not None and decided["tier_reason"] != "value_unknown":
            levels = decided["value_level"], decided.get("potential_level")
            cell = told(levels, decided, self._to_next_tier(given, row))
            reasons.insert(0, attrs.evolve(cell, code=decided["tier_reason"]))
        return Explanation("tier", {n: decided[n] for n in self.gives}, tuple(reasons))

    def _to_next_tier(self, given: Record, row: Record) -> dict[str, object]:
        """The value that is lacking to the next tier, where there is one."""
        i, j = self.standing.place(row)
        target = None if i is None else self.target(i, j)
        if target is None:
            return {}
        return {"to_next_tier": self.cuts.at(given).points[target - 1] - row[self.value]}

    def _by_class(self) -> dict[str, Rule]:
        """Without a box the class of the value is the tier."""
        last, unknown = len(self.tiers), self.unknown
        rank = None
        if unknown is not None:
            rank = float(last - self.tiers.index(unknown) if unknown in self.tiers else last + 1)
        policy = self.service.get(unknown or "", self.service[self.tiers[0]])
        codes = tuple(self.service[tier].code for tier in self.tiers)
        by_class = self.standing.by_class
        return {
            "tier": self.cuts.ladder(self.value, self.tiers, unknown),
            "tier_reason": self.cuts.why(self.value, "value_unknown"),
            "tier_rank": by_class(tuple(float(last - i) for i in range(last)), rank),
            "service": by_class(codes, policy.code, tuple(dict.fromkeys(codes))),
        }


def check_unknown(unknown: str | None, tiers: tuple[str, ...]) -> None:
    """Refuse the highest tier for customers of whom nothing is known.

    Raises:
        ConfigError: As said, or the word is empty.

    >>> check_unknown("low", ("low", "high"))
    """
    word: Any = unknown
    if word is not None and not isinstance(word, str):
        msg = f"unknown must be a word or None, got {word!r}"
        raise ConfigError(msg)
    if unknown is not None and (not unknown or (len(tiers) > 1 and unknown == tiers[-1])):
        msg = f"unknown must be a lower tier, a word of its own or None, got {unknown!r}"
        raise ConfigError(msg)


def check_box(
    box: NineBox | None, tiers: tuple[str, ...], classes: tuple[int | None, int | None]
) -> None:
    """Refuse a box that does not fit the tiers or the cut points.

    Args:
        box: The box, if there is one.
        tiers: Names of the tiers.
        classes: Classes of value and of potential; ``None``: not known, or not asked.

    Raises:
        ConfigError: As said.

    >>> check_box(NineBox(), ("low", "medium", "high"), (3, 3))
    """
    if box is None:
        return
    if tiers != box.tiers:
        msg = f"the tiers are {list(tiers)}, those of the box {list(box.tiers)}; name them there"
        raise ConfigError(msg)
    wanted = len(box.value_levels), len(box.potential_levels)
    for what, have, want in zip(("value", "potential"), classes, wanted, strict=True):
        if have is not None and have != want:
            msg = f"{have} classes of {what}, but the box has {want} levels of {what}"
            raise ConfigError(msg)
