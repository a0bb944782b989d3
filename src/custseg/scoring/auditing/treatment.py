"""How a score treats the groups of an attribute, and what stands in for it."""

from typing import Final

import attrs
import numpy as np

from custseg.measures import Estimate

FOUR_FIFTHS: Final = 0.8
"""The least that the lowest rate of selection should be of the highest.

Source: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D (1978).
"""

SMALL: Final = 30
"""Rows of a group below which nothing is claimed of it."""

_PROXY_V: Final = 0.3
_PROXY_AUC: Final = 0.7


@attrs.frozen(eq=False)
class GroupRow:
    """How the score treats one group.

    Attributes:
        group: Its name.
        rows: Rows of it.
        chosen: Those that are chosen.
        cases: Rows to whom it happened.
        others: Rows to whom it did not.
        true: Cases that are chosen.
        false: Others that are chosen.
        score: Mean score.
        said: Mean probability of rows whose outcome is known; NaN without probabilities.
        noise: Standard error that chance gives the share of cases, if what was said is right.
        small: Whether there are too few rows to judge it.
    """

    group: str
    rows: int
    chosen: int
    cases: int
    others: int
    true: int
    false: int
    score: float
    said: float
    noise: float
    small: bool

    @property
    def selected(self) -> float:
        """Share that is chosen."""
        return self.chosen / self.rows if self.rows else np.nan

    @property
    def true_rate(self) -> float:
        """Share of the cases that is chosen."""
        return self.true / self.cases if self.cases else np.nan

    @property
    def false_rate(self) -> float:
        """Share of the others that is chosen."""
        return self.false / self.others if self.others else np.nan

    @property
    def rate(self) -> float:
        """Share of cases among rows whose outcome is known."""
        known = self.cases + self.others
        return self.cases / known if known else np.nan


@attrs.frozen(eq=False)
class Proxy:
    """How far a factor stands in for an attribute.

    Attributes:
        factor: The factor.
        v: How closely its classes go with the groups, from 0 to 1 (Cramer's V).
        auc: How well its classes tell one group from the rest, of the group that it tells best.
        iv: Information value towards that group.
        group: That group.
        sure: Whether that is more than chance would make.
        ratio: The lowest rate of selection as a part of the highest if this factor earned the same
            of everybody; NaN of a column that the card does not read.
    """

    factor: str
    v: float
    auc: float
    iv: float
    group: str
    sure: bool
    ratio: float

    @property
    def strong(self) -> bool:
        """Whether it tells much of the attribute."""
        return self.sure and (self.v >= _PROXY_V or self.auc >= _PROXY_AUC)


@attrs.frozen(eq=False)
class Fairness:
    """How the score treats the groups of one attribute.

    Attributes:
        attribute: The column.
        groups: The groups, the largest first; who belongs to none known is the last.
        ratio: The lowest rate of selection as a part of the highest, of groups that are not small.
        lowest: The group with the lowest rate.
        highest: The group with the highest.
        true_gap: The largest difference of shares of cases that are chosen.
        false_gap: The same of those who are no cases.
        proxies: The factors, the closest to the attribute first.
        used: Factors that read the attribute itself.
        without: The ratio if these earned the same of everybody; NaN where there are none.
        stripped: The ratio if the strong stand-ins did, too; NaN where there are none.
        level: Level of the intervals, taken together over all pairs of groups.
    """

    attribute: str
    groups: tuple[GroupRow, ...]
    ratio: Estimate
    lowest: str
    highest: str
    true_gap: Estimate
    false_gap: Estimate
    proxies: tuple[Proxy, ...]
    used: tuple[str, ...]
    without: float
    stripped: float
    level: float

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """Factors of the card that tell much of the attribute."""
        return tuple(p.factor for p in self.proxies if p.strong and not np.isnan(p.ratio))
