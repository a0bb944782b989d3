"""The most valuable customers to the most experienced."""

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Kind, Needs, words
from custseg.allocate.wishing.columns import check_scale, numbers, ranked, ranks, spread
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.wording import by_code
from custseg.reasons import Reason


@attrs.frozen
class Senior:
    """The most valuable customers to the most experienced: 1 - |rank of tier - rank of seniority|.

    Both ranks run from 0 to 1, so a low tier goes as gladly to a junior as a high one to a
    senior, who thereby stays free. What is unknown on either side gives no points.

    Attributes:
        column: The tier of the customers.
        rep_column: The seniority of the representatives.
        tiers: The tiers, the least valuable first.
        levels: The words of seniority, the least first; none: seniority is a number (years,
            level, deals won), and its place among the team counts.

    Source:
        Positive assortative matching: Becker, "A Theory of Marriage: Part I" (1973).

    >>> import numpy as np
    >>> from custseg._typing import Codes
    >>> people = {"tier": Codes(np.array([0, 1, -1]), ("low", "high"))}
    >>> Senior().points(people, {"seniority": np.array([1.0, 9.0])}).tolist()
    [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    """

    column: str = "tier"
    rep_column: str = "seniority"
    tiers: tuple[str, ...] = attrs.field(
        default=("low", "medium", "high"), converter=words, kw_only=True
    )
    levels: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a scale that has no two steps, or a step twice.

        Raises:
            ConfigError: There are fewer than two words, or one stands twice.
        """
        check_scale("senior.tiers", self.tiers)
        if self.levels:
            check_scale("senior.levels", self.levels)

    @property
    def needs(self) -> Needs:
        """The tier."""
        return {self.column: "text"}

    @property
    def rep_needs(self) -> Needs:
        """The seniority."""
        kind: Kind = "text" if self.levels else "number"
        return {self.rep_column: kind}

    @property
    def reason(self) -> Reason:
        """Tier and seniority."""
        return Reason("senior", {"column": self.column, "rep_column": self.rep_column})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """One minus the distance of the two ranks, 0 where one is unknown.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by tier.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        tier = ranked(customers, self.column, self.tiers)
        steps = np.append(np.arange(len(self.tiers)) / (len(self.tiers) - 1), np.nan)
        if self.levels:
            skill = ranks(reps, self.rep_column, self.levels)
        else:
            skill = spread(numbers(reps, self.rep_column))
        near = 1.0 - np.abs(steps[:, None] - skill)
        return by_code(tier, len(self.tiers)), np.nan_to_num(near, copy=False, nan=0.0)
