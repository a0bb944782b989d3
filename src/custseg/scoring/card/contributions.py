"""Where do the points of a whole table come from?"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Codes, Columns, Floats
from custseg.errors import ConfigError, did_you_mean
from custseg.frames import Table, Tabled
from custseg.frames.vector import absent
from custseg.labels import label, title
from custseg.scoring.card.explanation import BASELINES, Baseline
from custseg.scoring.card.groups import Layout
from custseg.scoring.card.ledger import FactorPoints
from custseg.scoring.card.lines import Line
from custseg.scoring.card.tally import Tally
from custseg.scoring.points import HUNDREDTHS

_MOST: Final = 3
_BLOCK: Final = 1 << 16
_CODES: Final = ("part", "full", "lost")
"""Why a known value earned points that are not 0."""

_SIDES: Final = ("below", "above")
"""Of points beside a baseline."""


@attrs.frozen(eq=False)
class Contributions(Tabled):
    """The points of each row by factor, with base and limits as columns of their own.

    Every row of ``points`` adds up to its score exactly. The matrix is made when it is first
    asked for; of a lazy table the columns that the card reads were fetched.

    Attributes:
        layout: How the factors add up.
        cols: The columns that the factors read.
        opened: The table.

    >>> from custseg.scoring import Factor, Ramp, Scorecard
    >>> card = Scorecard(
    ...     (
    ...         Factor("orders", worth=90, curve=Ramp(0, 10)),
    ...         Factor("complaints", worth=-20, curve=Ramp(0, 2)),
    ...     ),
    ...     base=15,
    ... )
    >>> made = card.contributions([{"orders": 10, "complaints": 0}, {"orders": 5, "complaints": 2}])
    >>> made.columns
    ('orders', 'complaints', 'score_base', 'score')
    >>> made.points.tolist(), made.score.tolist()
    ([[9000, 0, 1500, -500], [4500, -2000, 1500, 0]], [100.0, 40.0])
    >>> [column.texts() for column in made.reasons(2).values()][1]
    [None, 'complaints: takes points away']
    """

    layout: Layout
    cols: Columns
    opened: Table[Any]

    @property
    def factors(self) -> tuple[str, ...]:
        """The names of the factors: the first columns."""
        return tuple(factor.name for factor in self.layout.factors)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """What each column is: a factor, the base, or what a limit changed."""
        known = {**dict.fromkeys(self.factors, "factor"), "score_base": "base"}
        return tuple(known.get(name, "limit") for name in self.columns)  # type: ignore[misc]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: factors, the base, the groups and the score where held."""
        base = ("score_base",) if self.layout.base else ()
        limits = {group.name: group.limits for group in self.layout.groups}
        limits["score"] = self.layout.limits
        held = (name for name, ends in limits.items() if ends != (None, None))
        return (*self.factors, *base, *held)

    @cached_property
    def points(self) -> NDArray[np.int32]:
        """Whole hundredths, a row a customer, a column for each of ``columns``."""
        earned = FactorPoints(self.layout.factors).kernel(self.cols)
        made = np.zeros((self.opened.size, len(self.columns)), dtype=np.int32, order="F")
        for place, name in enumerate(self.factors):
            made[:, place] = cast("Floats", earned[name])
        if self.layout.base:
            made[:, len(self.factors)] = self.layout.base
        for group, change in Tally(self.layout).cut(made[:, : len(self.factors)]).items():
            made[:, self.columns.index(group or "score")] = change
        return made

    @property
    def score(self) -> Floats:
        """The score of each row, in points."""
        total: Floats = self.points.sum(axis=1, dtype=np.int64) / HUNDREDTHS
        return total

    def of(self, name: str) -> Floats:
        """One column, in points.

        Raises:
            ConfigError: There is no such column.

        >>> from custseg.scoring import Scorecard
        >>> card = Scorecard.preset("lead", columns=["visits", "completeness"])
        >>> card.contributions([{"visits": 20, "completeness": 0.5}]).of("visits").tolist()
        [14.0]
        """
        if name not in self.columns:
            hint = did_you_mean(name, self.columns)
            msg = f"no contribution {name!r}; there are {list(self.columns)}.{hint}"
            raise ConfigError(msg)
        return self.points[:, self.columns.index(name)] / HUNDREDTHS

    def mean(self) -> Mapping[str, float]:
        """What each column adds on average, in points; nothing of a table without rows."""
        rows = max(self.opened.size, 1)
        totals = self.points.sum(axis=0, dtype=np.int64)
        return {n: int(t) / HUNDREDTHS / rows for n, t in zip(self.columns, totals, strict=True)}

    def reasons(
        self, most: int = _MOST, locale: str = "en", *, baseline: Baseline | None = None
    ) -> dict[str, Codes]:
        """The weightiest factors of each row in words, a column each; null where there is none.

        Args:
            most: How many columns: the first holds the weightiest factor of each row.
            locale: ``en`` or ``zh``.
            baseline: What points are compared with, as in ``ScoreExplanation.against``; by
                default with nothing, so that the most points weigh most, up or down, and what
                is not known is no reason.

        Returns:
            ``reason_1``, ``reason_2`` ... as labels.

        Raises:
            ConfigError: There is no such baseline.
        """
        if baseline is not None and baseline not in BASELINES:
            msg = f"baseline is one of {list(BASELINES)}, got {baseline!r}"
            raise ConfigError(msg)
        count, size = len(self.factors), self.opened.size
        words = self._words(locale, baseline)
        out = np.full((max(most, 0), size), -1, dtype=np.int32)
        for start in range(0, size, _BLOCK):
            stop = min(start + _BLOCK, size)
            gaps = self.points[start:stop, :count] - self._level(baseline)
            if baseline is None:
                self._silence(gaps, start)
            if baseline == "best":  # what silence earns may be above every answer
                np.minimum(gaps, 0, out=gaps)
            codes = self._codes(start, stop) if baseline is None else (gaps > 0).view(np.int8)
            _weightiest(gaps, codes, out[:, start:stop], len(words) // count)
        return {f"reason_{i + 1}": Codes(row, words) for i, row in enumerate(out)}

    def table(self, *, reasons: int = 0, locale: str = "en") -> Any:  # noqa: ANN401 - any table
        """The rows with a column of points for each contribution, as the same kind of table.

        Args:
            reasons: How many reasons to add, as ``reasons`` gives them.
            locale: Their language.

        >>> from custseg.scoring import Scorecard
        >>> card = Scorecard.preset("lead", columns=["visits", "completeness"])
        >>> card.contributions([{"visits": 20, "completeness": 0.5}]).table()[0]["visits_points"]
        14.0
        """
        columns: dict[str, Any] = {f"{name}_points": self.of(name) for name in self.columns}
        return self.opened.attach({**columns, **self.reasons(reasons, locale)})

    def _silence(self, gaps: NDArray[np.int32], start: int) -> None:
        """Weigh nothing where nothing is known."""
        for place, unknown in enumerate(self._unknown):
            gaps[unknown[start : start + len(gaps)], place] = 0

    def _level(self, baseline: Baseline | None) -> NDArray[np.int32]:
        """Whole hundredths of each factor to compare with."""
        factors = self.layout.factors
        if baseline is None:
            return np.zeros(len(factors), dtype=np.int32)
        levels = [getattr(factor, f"{baseline}_points") for factor in factors]
        return np.array(levels, dtype=np.int32)

    def _words(self, locale: str, baseline: Baseline | None) -> tuple[str, ...]:
        codes = _CODES if baseline is None else [f"{side}_{baseline}" for side in _SIDES]
        said = "reason.score_{}" if baseline is None else "score_{}"
        names = [factor.title or title(factor.name, locale) for factor in self.layout.factors]
        line = label("score_reason", locale)
        return tuple(
            line.format(name=name, why=label(said.format(code), locale))
            for name in names
            for code in codes
        )

    def _codes(self, start: int, stop: int) -> NDArray[np.int8]:
        """Why each factor earned what it earned, as places in ``_CODES``."""
        made = np.empty((stop - start, len(self.factors)), dtype=np.int8, order="F")
        for place, factor in enumerate(self.layout.factors):
            earned = self.points[start:stop, place]
            code = (earned == factor.best_points).astype(np.int8)
            code[earned < 0] = 2
            made[:, place] = code
        return made

    @cached_property
    def _unknown(self) -> tuple[Bools, ...]:
        """Of each factor, the rows of which nothing is known."""
        return tuple(absent(self.cols[factor.field]) for factor in self.layout.factors)


def _weightiest(
    gaps: NDArray[np.int32], codes: NDArray[np.int8], out: NDArray[np.int32], kinds: int
) -> None:
    """Write the words of the largest gaps of each row; of equal ones the first factor's."""
    sizes = np.abs(gaps)
    rows = np.arange(len(sizes))
    for row in out:
        at = np.zeros(len(sizes), dtype=np.intp)
        top = sizes[:, 0].copy()
        for place in range(1, sizes.shape[1]):
            more = sizes[:, place] > top
            at[more] = place
            np.maximum(top, sizes[:, place], out=top)
        row[:] = np.where(top > 0, kinds * at + codes[rows, at], -1)
        sizes[rows, at] = 0
