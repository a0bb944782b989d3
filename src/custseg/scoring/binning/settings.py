"""How is a column cut into bins?"""

from collections.abc import Iterable
from itertools import pairwise
from math import isfinite
from typing import Literal, TypeAlias, get_args

import attrs
from attrs.converters import optional

from custseg._typing import floats
from custseg.errors import ConfigError
from custseg.scoring.binning.segments import Trend
from custseg.scoring.points import check_finite

Criterion: TypeAlias = Literal["iv", "likelihood"]

_LEAST_FINE, _MOST_FINE = 2, 200


def _lumps(lumps: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple((lump,) if isinstance(lump, str) else tuple(lump) for lump in lumps)


@attrs.frozen
class Binning:
    """How a column is cut into bins that tell won from lost.

    Numbers are cut finely first, equal values never apart, then neighbours are joined: the result
    is the best of all ways that keep to the trend, to the least share and to the most bins. Every
    word of a text is a bin of its own. Missing values and special codes always are bins of their
    own.

    Attributes:
        most_bins: The most bins of a column of numbers, besides missing and special ones.
        least_share: The least share of all customers in each of them.
        trend: How the rate runs over them: ``ascending``, ``descending``, ``peak`` (up, then down),
            ``valley``, ``none`` (as it comes); ``auto``: up or down, whichever tells more, or a
            peak or a valley where there plainly is one.
        criterion: What makes bins better: information value, or ``likelihood``.
        shrink: Records of the usual rate added to every bin: small bins say little. 0 gives the
            plain formulas of textbooks.
        fine_bins: Number of fine bins to start from.
        edges: Your own edges in place of learnt ones; a value on an edge is in the bin above.
        lumps: Words that share a bin, for texts; words in none stand alone.
        special: Numbers that are codes, not amounts, such as -999: bins of their own.
        most_words: The most words of a text with bins of their own; rarer ones share one.

    Raises:
        ConfigError: A setting is impossible.

    Source: optimal binning by dynamic programming as in Navas-Palencia 2020, arXiv:2001.08025
    (there by integer programming); shrinkage by records of the usual rate is the m-estimate of
    Cestnik 1990, with m = 10 as custseg's own choice.

    >>> Binning(edges=[26, 35], shrink=0).edges
    (26.0, 35.0)
    """

    most_bins: int = 10
    least_share: float = attrs.field(default=0.03, converter=float)
    trend: Trend = "auto"
    criterion: Criterion = "iv"
    shrink: float = attrs.field(default=10.0, converter=float)
    fine_bins: int = 50
    edges: tuple[float, ...] | None = attrs.field(
        default=None, converter=optional(floats), kw_only=True
    )
    lumps: tuple[tuple[str, ...], ...] = attrs.field(default=(), converter=_lumps, kw_only=True)
    special: tuple[float, ...] = attrs.field(default=(), converter=floats, kw_only=True)
    most_words: int = attrs.field(default=500, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        if (
            min(self.most_bins, self.most_words) < 1
            or not _LEAST_FINE <= self.fine_bins <= _MOST_FINE
        ):
            msg = (
                f"most_bins and most_words must be at least 1 and fine_bins from 2 to {_MOST_FINE}"
            )
            msg += f", got {self.most_bins}, {self.most_words} and {self.fine_bins}"
            raise ConfigError(msg)
        if not 0 <= self.least_share <= 1 or not (isfinite(self.shrink) and self.shrink >= 0):
            msg = "least_share must be from 0 to 1 and shrink at least 0"
            msg += f", got {self.least_share} and {self.shrink}"
            raise ConfigError(msg)
        self._check_words()
        check_finite("edges and special codes", *(self.edges or ()), *self.special)
        if any(a >= b for a, b in pairwise(self.edges or ())):
            msg = f"edges must ascend, got {list(self.edges or ())}"
            raise ConfigError(msg)

    def _check_words(self) -> None:
        for name, known in (("trend", get_args(Trend)), ("criterion", get_args(Criterion))):
            if getattr(self, name) not in known:  # a document may say anything
                msg = f"{name} is one of {list(known)}, got {getattr(self, name)!r}"
                raise ConfigError(msg)
        if len(set(self.special)) < len(self.special):
            msg = f"special codes must differ, got {list(self.special)}"
            raise ConfigError(msg)
        words = [word for lump in self.lumps for word in lump]
        if len(set(words)) < len(words) or not all(self.lumps):
            msg = "lumps must hold words, and each word once"
            raise ConfigError(msg)
