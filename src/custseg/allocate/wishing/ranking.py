"""Value and experience: the best to the most senior, and how senior somebody must be."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Floats, Kind, Needs, words
from custseg.allocate.wishing.columns import check_scale, codes, numbers, ranked, ranks, spread
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.wording import by_code
from custseg.errors import ConfigError
from custseg.reasons import Reason

Rung: TypeAlias = tuple[tuple[str, float], ...]
"""The least seniority of each tier; a tier that is not named needs none."""


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


def _rungs(given: Iterable[Any]) -> tuple[Rung, ...]:
    """Mappings of tier to least seniority, as pairs in order; one alone is a ladder of one."""
    ladder = cast("Iterable[Any]", (given,) if isinstance(given, Mapping) else given)
    return tuple(_rung(each) for each in ladder)


def _rung(given: "Mapping[str, float] | Iterable[tuple[str, float]]") -> Rung:
    pairs = cast("Iterable[tuple[str, float]]", dict(given).items())
    return tuple(sorted((tier, float(least)) for tier, least in pairs))


@attrs.frozen
class Seniority:
    """A least seniority for each tier, with a ladder of relaxation.

    As a gate (``required``) a rung opens for a tier only if nobody on the team fits a stricter
    one: with nobody of level 5, the high tier goes to level 4, never to level 1 while there is a
    4; whether those who fit are full or away does not matter. Otherwise it gives points by rung:
    1, .67 and .33 for three. A customer whose tier is not known needs no seniority; a
    representative whose seniority is not known has none.

    Attributes:
        rungs: Tier to least seniority, the strictest first.
        column: The tier of the customers.
        rep_column: The seniority of the representatives.
        tiers: The tiers, the least valuable first; a word that is none of them is refused.
        levels: The words of seniority, the least first, counted 1, 2, 3; none: it is a number.
        required: Who fits no open rung is not eligible.

    Raises:
        ConfigError: There is no rung, a rung is laxer than none or names no tier, or a later rung
            asks for more.

    Source: the relaxation of skills of a routing queue after a timeout, made to depend on the team
    instead of the clock.

    >>> from custseg._typing import Codes
    >>> wish = Seniority([{"high": 5, "medium": 3}, {"high": 4}], required=True)
    >>> people = {"tier": Codes(np.array([0, 1, 2]), ("low", "medium", "high"))}
    >>> team = {"seniority": np.array([1.0, 3.0, 4.0])}
    >>> wish.points(people, team).tolist()
    [[0.0, 0.0, 0.0], [nan, 0.0, 0.0], [nan, nan, 0.0]]
    >>> attrs.evolve(wish, required=False).points(people, team).tolist()
    [[0.0, 0.0, 0.0], [0.5, 1.0, 1.0], [0.0, 0.0, 0.5]]
    """

    rungs: tuple[Rung, ...] = attrs.field(converter=_rungs)
    column: str = "tier"
    rep_column: str = "seniority"
    tiers: tuple[str, ...] = attrs.field(
        default=("low", "medium", "high"), converter=words, kw_only=True
    )
    levels: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    required: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse rungs that are no ladder.

        Raises:
            ConfigError: As above.
        """
        check_scale("seniority.tiers", self.tiers)
        if self.levels:
            check_scale("seniority.levels", self.levels)
        if not self.rungs:
            msg = "must be one or more: tier to least seniority, the strictest first"
            raise ConfigError(msg, "seniority.rungs")
        strange = sorted({tier for rung in self.rungs for tier, _ in rung} - set(self.tiers))
        if strange:
            msg = f"{strange[0]!r} is none of the tiers {list(self.tiers)}"
            raise ConfigError(msg, "seniority.rungs")
        least = self._least()
        if np.isnan(least).any() or (least[1:] > least[:-1]).any():
            msg = "each must ask for as much as the next one or more, for every tier"
            raise ConfigError(msg, "seniority.rungs")

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
        return Reason("senior_enough", {"column": self.column, "rep_column": self.rep_column})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """The rung that a representative reaches; as a gate 0 or NaN.

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
        at = by_code(ranked(customers, self.column, self.tiers), len(self.tiers))
        skill = self._skill(reps)
        fits: Bools = skill >= self._least()[:, :, None]
        return at, self._opened(fits) if self.required else self._graded(fits)

    def _skill(self, reps: Columns) -> Floats:
        """The seniority of each, minus infinity where it is not known."""
        if self.levels:
            ranked(reps, self.rep_column, self.levels)
            steps = codes(reps, self.rep_column).recode(self.levels)
            return np.where(steps < 0, -np.inf, steps + 1.0)
        return np.nan_to_num(numbers(reps, self.rep_column), nan=-np.inf, posinf=np.inf)

    def _least(self) -> Floats:
        """The least seniority by rung and tier; a customer of no known tier is the last column."""
        out = np.full((len(self.rungs), len(self.tiers) + 1), -np.inf)
        for row, rung in enumerate(self.rungs):
            for tier, least in rung:
                out[row, self.tiers.index(tier)] = least
        return out

    def _opened(self, fits: Bools) -> Floats:
        """0 for who fits the strictest rung that anybody fits, NaN for the others."""
        rung = np.asarray(fits.any(axis=2)).argmax(axis=0)
        chosen = fits[rung, np.arange(fits.shape[1])]
        return np.where(chosen, 0.0, np.nan)

    def _graded(self, fits: Bools) -> Floats:
        """The share of rungs from the first one that each fits; 0 where a tier needs nothing."""
        count = len(self.rungs)
        reached = np.where(fits.any(axis=0), count - fits.argmax(axis=0), 0) / count
        asked = np.isfinite(self._least()).any(axis=0, keepdims=True)
        return np.where(asked.T, reached, 0.0)
