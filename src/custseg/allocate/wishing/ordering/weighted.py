"""What one column says of a priority: its share, its weight and its reason."""

from collections.abc import Iterable
from math import fsum, isfinite
from typing import Final

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs, words
from custseg.allocate.wishing.columns import check_scale, numbers, ranks
from custseg.errors import ConfigError
from custseg.labels import title
from custseg.layout import html_table
from custseg.reasons import Explanation, Reason
from custseg.showing import Shown

FINE: Final = 10_000  # points are counted in parts of so many, so that sums are exact
_MIDDLE: Final = 0.5


@attrs.frozen
class PriorityTerm(Shown):
    """One column of a priority: its share from 0 to 1, times its weight.

    Give one of ``half``, ``full`` and ``words``. With ``half``, x counts x / (x + half): the more
    the better, without an end, so that the larger of two large customers still comes first. With
    ``full``, x counts x / full, at most 1. With ``words``, the place of the word.

    Attributes:
        column: A column of the customers, leads or opportunities.
        weight: The points that it gives at most.
        half: The amount that gives half of them.
        full: The amount that gives all.
        words: All words of the column, the least urgent first.
        smallest: The smaller, the more urgent: days until a deal closes.
        unknown: The share where the value is missing, the middle unless you say otherwise: what
            is not known is not nothing. 0 where no entry means none, as with open complaints.
        code: The reason it gives.

    Raises:
        ConfigError: The weight is below 0, not one of the three is given, or a share is outside
            0 to 1.

    >>> PriorityTerm("revenue", 30, half=10_000).needs
    {'revenue': 'number'}
    """

    column: str
    weight: float = attrs.field(converter=float)
    half: float | None = attrs.field(default=None, kw_only=True)
    full: float | None = attrs.field(default=None, kw_only=True)
    words: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    smallest: bool = attrs.field(default=False, kw_only=True)
    unknown: float = attrs.field(default=_MIDDLE, converter=float, kw_only=True)
    code: str = attrs.field(default="urgent", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what gives no points.

        Raises:
            ConfigError: As above.
        """
        if not (isfinite(self.weight) and self.weight >= 0):
            msg = f"must be 0 or more, got {self.weight}"
            raise ConfigError(msg, "urgency.weight")
        amounts = [amount for amount in (self.half, self.full) if amount is not None]
        if len(amounts) + bool(self.words) != 1:
            msg = f"{self.column} needs one of half, full and words"
            raise ConfigError(msg, "urgency.terms")
        if not all(isfinite(amount) and amount > 0 for amount in amounts):
            msg = f"must be above 0, got {amounts[0]}"
            raise ConfigError(msg, "urgency.terms")
        if self.words:
            check_scale("urgency.words", self.words)
        if not 0 <= self.unknown <= 1:
            msg = f"must be 0 to 1, got {self.unknown}"
            raise ConfigError(msg, "urgency.unknown")

    @property
    def needs(self) -> Needs:
        """The column, as words or as a number."""
        return {self.column: "text" if self.words else "number"}

    def reason(self, *, known: bool = True) -> Reason:
        """What the term says.

        Args:
            known: Whether the value is there.
        """
        settings: dict[str, object] = {"column": self.column, "weight": self.weight}
        if known:
            return Reason(self.code, settings)
        if self.unknown == 0:
            return Reason("urgency_none", settings)
        return Reason("urgency_unknown", {**settings, "share": self.unknown})

    def parts(self, customers: Columns) -> Floats:
        """The points of each customer as whole numbers of ten-thousandths.

        Args:
            customers: The columns of ``needs``.
        """
        share = self.share(customers)
        share = np.where(np.isnan(share), self.unknown, share)
        return np.rint(self.weight * share * FINE)

    def share(self, customers: Columns) -> Floats:
        """The share of each customer, NaN where it is not known.

        Args:
            customers: The columns of ``needs``.
        """
        if self.words:
            found = ranks(customers, self.column, self.words)
        else:
            found = self._part(np.maximum(numbers(customers, self.column), 0.0))
        return 1.0 - found if self.smallest else found

    def _part(self, amount: Floats) -> Floats:
        if self.half is None:
            return np.minimum(amount / (self.full or 1.0), 1.0)
        with np.errstate(invalid="ignore"):
            return np.where(np.isinf(amount), 1.0, amount / (amount + self.half))


@attrs.frozen
class PriorityPoints:
    """What one term gave one customer.

    Attributes:
        reason: What it says.
        points: Its points, in ten-thousandths, so that all add up exactly.

    >>> PriorityPoints(Reason("urgent", {"column": "revenue", "weight": 30.0}), 12.5).points
    12.5
    """

    reason: Reason
    points: float


@attrs.frozen
class PriorityExplanation(Explanation):
    """Why one customer comes where it does.

    Attributes:
        terms: The terms; their points add up to ``points``.

    >>> from custseg.allocate import Urgency
    >>> why = Urgency([PriorityTerm("revenue", 30, half=10)]).explain({"revenue": 30.0})
    >>> print(why.text())
    urgency: 22.5
      +22.5 revenue (up to 30 points)
    """

    terms: tuple[PriorityPoints, ...] = ()

    @property
    def points(self) -> float:
        """The sum of the terms."""
        return added([term.points for term in self.terms])

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON.

        Args:
            values: Show what the record holds.
        """
        told = [{"reason": t.reason.as_dict(), "points": t.points} for t in self.terms]
        return {**super().as_dict(values=values), "terms": told}

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read: the points, then each term.

        Args:
            locale: ``en`` or ``zh``.
            values: Show what the record holds.
        """
        lines = [f"{title('urgency', locale)}: {self.points:g}"]
        lines += [f"  {t.points:+g} {t.reason.text(locale, values=values)}" for t in self.terms]
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        heads = title("points", locale), title("reason", locale)
        return html_table(heads, ((f"{t.points:+g}", t.reason.text(locale)) for t in self.terms))


def added(points: Iterable[float]) -> float:
    """The sum of points in ten-thousandths, without the noise of floats.

    >>> added([0.1, 0.2])
    0.3
    """
    return round(fsum(points) * FINE) / FINE
