"""How much each criterion counts, and the scorecard that follows from it."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import ClassVar, Final, Literal, cast

import attrs

from custseg.errors import ConfigError, MissingColumnError
from custseg.labels import filled, label, title
from custseg.layout import html_table
from custseg.scoring.card.factor import Factor, Policy
from custseg.scoring.card.grades import Grades, Grading
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.curves.shapes import Ramp
from custseg.scoring.points import HUNDREDTHS, check_positive, hundredths
from custseg.scoring.weighing.pairs import Consistency
from custseg.showing import Shown

_NEAR: Final = 1e-9


def _shares(given: Mapping[str, float]) -> Mapping[str, float]:
    try:
        made = {str(name): float(share) for name, share in given.items()}
    except (TypeError, ValueError, AttributeError) as error:
        msg = "weights are a mapping from a criterion to a number: {'revenue': 3}"
        raise ConfigError(msg, "shares") from error
    total = sum(made.values())
    if not made or not all(isfinite(x) and x >= 0 for x in made.values()) or not total > 0:
        msg = f"weights are finite, 0 or more, and not all 0, got {made}"
        raise ConfigError(msg, "shares")
    exact = abs(total - 1.0) < _NEAR
    return made if exact else {name: share / total for name, share in made.items()}


def _scales(given: Mapping[str, tuple[float, float]]) -> Mapping[str, tuple[float, float]]:
    try:
        return {name: (float(none), float(all_)) for name, (none, all_) in given.items()}
    except (TypeError, ValueError, AttributeError) as error:
        msg = "a scale is two numbers: the value that earns nothing and the one that earns all"
        raise ConfigError(msg, "scales") from error


@attrs.frozen
class Weights(Shown):
    """How much each criterion counts.

    Attributes:
        shares: Criterion (a column) and its share; they are made to sum to 1.
        method: How they were found.
        scales: Column, the value that earns nothing, and the value that earns all; the first is
            the larger one where less is better.
        checks: How well judgements agree, where they come from judgements.
        rows: Customers that they were learnt from, where they were learnt.
        left_out: Customers that were left out, since something was missing.

    Raises:
        ConfigError: A weight is below 0 or not finite, or all are 0.
        MissingColumnError: A scale is of a column that is no criterion.

    >>> given = Weights({"revenue": 3, "visits": 1}, scales={"revenue": (0, 900), "visits": (0, 9)})
    >>> given.shares
    {'revenue': 0.75, 'visits': 0.25}
    >>> given.card().one({"revenue": 300, "visits": 9})["score"]
    50.0
    """

    schema_version: ClassVar[int] = 1

    shares: Mapping[str, float] = attrs.field(converter=_shares)
    method: str = "given"
    scales: Mapping[str, tuple[float, float]] = attrs.field(
        factory=dict[str, tuple[float, float]], converter=_scales
    )
    checks: tuple[Consistency, ...] = attrs.field(default=(), kw_only=True)
    rows: int | None = attrs.field(default=None, kw_only=True)
    left_out: int = attrs.field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that scales are of criteria."""
        for name in self.scales:
            if name not in self.shares:
                raise MissingColumnError(name, tuple(self.shares))

    @property
    def ratio(self) -> float:
        """The worst consistency ratio of the judgements; 0 where there are none."""
        return max((check.ratio for check in self.checks), default=0.0)

    def card(
        self,
        *,
        worth: float = 100.0,
        missing: float | Policy = "neutral",
        grades: Grading | None = None,
    ) -> Scorecard:
        """The weighted sum as a scorecard: each column a straight line over its scale.

        Args:
            worth: Points of a customer that is best by every criterion.
            missing: What a factor earns where nothing is known.
            grades: The scale of grades.

        Raises:
            ConfigError: A criterion has no scale: nothing says which values are good.

        >>> card = Weights({"revenue": 1}, scales={"revenue": (0, 900)}).card(worth=50)
        >>> card.factors[0].worth
        50.0
        """
        check_positive("worth", worth)
        counted = [name for name, share in self.shares.items() if share > 0]
        if lost := [name for name in counted if name not in self.scales]:
            msg = f"no scale for {lost}: fit on a table, or say scales={{column: (none, all)}}"
            raise ConfigError(msg, "scales")
        points = shared_out([self.shares[name] for name in counted], hundredths(worth))
        factors = [
            Factor(name, worth=best / HUNDREDTHS, curve=Ramp(*self.scales[name]), missing=missing)
            for name, best in zip(counted, points, strict=True)
            if best
        ]
        return Scorecard(tuple(factors), high=worth, grades=grades or cast("Grading", Grades()))

    def blended(
        self, other: "Weights", *, share: float = 0.5, how: Literal["sum", "product"] = "sum"
    ) -> "Weights":
        """These weights and others together: what people judge and what the data tell.

        Args:
            other: Weights of the same criteria.
            share: How much these count beside the others, from 0 to 1.
            how: ``sum``, the mean of both; or ``product``, where both must agree.

        Raises:
            ConfigError: The criteria differ, the share is not from 0 to 1, or of a column less is
                better for the one and more for the other.

        Source: the product is the multiplicative synthesis of Hwang and Yoon 1981, "Multiple
        Attribute Decision Making", p. 56, with equal powers.

        >>> judged = Weights({"revenue": 0.8, "visits": 0.2})
        >>> told = Weights({"revenue": 0.4, "visits": 0.6})
        >>> {name: round(x, 3) for name, x in judged.blended(told).shares.items()}
        {'revenue': 0.6, 'visits': 0.4}
        """
        if set(self.shares) != set(other.shares) or not 0 <= share <= 1:
            msg = f"blends are of the same criteria with a share from 0 to 1, got {share}, "
            msg += f"{sorted(self.shares)} and {sorted(other.shares)}"
            raise ConfigError(msg)
        self._check_turned(other)
        mine, theirs = self.shares, other.shares
        if how == "product":
            made = {n: mine[n] ** (2 * share) * theirs[n] ** (2 - 2 * share) for n in mine}
        else:
            made = {n: share * mine[n] + (1 - share) * theirs[n] for n in mine}
        method = f"{self.method}+{other.method}"
        return Weights(
            made,
            method,
            {**other.scales, **self.scales},
            checks=self.checks + other.checks,
            rows=self.rows if other.rows is None else other.rows,
            left_out=max(self.left_out, other.left_out),
        )

    def _check_turned(self, other: "Weights") -> None:
        ends = ((n, *self.scales[n], *other.scales[n]) for n in self.scales if n in other.scales)
        if turned := [name for name, a, b, c, d in ends if (a < b) != (c < d)]:
            msg = f"of {turned} less is better in the one and more in the other; say lower= in both"
            raise ConfigError(msg, "lower")

    def text(self, locale: str = "en") -> str:
        """The weights and what is doubtful about them, in a language."""
        lines = [label("weights.head", locale).format(method=self._called(locale))]
        ranked = sorted(self.shares.items(), key=lambda pair: (-pair[1], pair[0]))
        line = label("weights.line", locale)
        lines += [
            line.format(name=title(name, locale), share=f"{100 * share:.4g}%")
            for name, share in ranked
        ]
        if self.left_out:
            lines.append(filled(label("weights.left_out", locale), rows=self.left_out))
        lines += [line for check in self.checks for line in _checked(check, locale)]
        return "\n".join(lines)

    def _called(self, locale: str) -> str:
        parts = self.method.split("+")
        return " + ".join(label(f"weights.{p}", locale).removeprefix("weights.") for p in parts)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return attrs.asdict(self)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(title(name, locale), f"{100 * share:.4g}%") for name, share in self.shares.items()]
        return html_table(("criterion", "weight"), rows)


def _checked(check: Consistency, locale: str) -> Iterator[str]:
    code = "weights.consistent" if check.ratio <= 0.1 else "weights.inconsistent"  # noqa: PLR2004
    of = f" ({title(check.of, locale)})" if check.of else ""
    yield label(code, locale).format(of=of, ratio=f"{check.ratio:.3f}")
    if check.missing:
        yield label("weights.unjudged", locale).format(of=of, pairs=check.missing)
    for doubt in check.doubts if check.ratio > 0.1 else ():  # noqa: PLR2004 - Saaty's bound
        names = (title(doubt.first, locale), title(doubt.second, locale))
        said = (f"{doubt.given:.3g}", f"{doubt.implied:.3g}")
        yield label("weights.doubt", locale).format(
            first=names[0], second=names[1], given=said[0], implied=said[1]
        )


def shared_out(shares: list[float], whole: int) -> list[int]:
    """A whole number shared out by weights, the largest remainders first; it sums exactly.

    >>> shared_out([0.5, 0.25, 0.25], 10)
    [5, 3, 2]
    """
    total = sum(shares)
    exact = [share / total * whole for share in shares]
    out = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda i: (out[i] - exact[i], i))
    for i in order[: whole - sum(out)]:
        out[i] += 1
    return out
