"""The bins of a column, and what they say."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.frames import Tabled
from custseg.labels import filled, label, title
from custseg.layout import aligned, html_table, percent, ranged
from custseg.measures.intervals import wilson
from custseg.scoring.bands import band
from custseg.scoring.binning.evidence import Base, divergence
from custseg.scoring.binning.segments import Course, course_of

BinKind: TypeAlias = Literal["band", "words", "other", "special", "missing"]

_HEADS = ("bin", "rows", "share", "cases", "rate", "woe", "iv")


@attrs.frozen
class Bin:
    """One bin of a column.

    Attributes:
        kind: ``band`` of numbers, ``words``, ``other`` words, ``special`` code or ``missing``.
        rows: Customers in it (what they count for, where they are weighted).
        cases: Those of them that were won.
        low: The least value of a band; ``None``: no least.
        high: What a band's values stay below; ``None``: no most. Of a special code the code.
        words: The words of a text.

    >>> Bin("band", 90, 30, 26.0, 35.0).name()
    '26 to < 35'
    """

    kind: BinKind
    rows: float
    cases: float
    low: float | None = None
    high: float | None = None
    words: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """The share of its customers that was won; NaN where there are none."""
        return self.cases / self.rows if self.rows else float("nan")

    def name(self, locale: str = "en") -> str:
        """What it holds, for people."""
        if self.kind in {"missing", "other"}:
            return label(f"binning.{self.kind}", locale)
        if self.kind == "words":
            return ", ".join(self.words)
        if self.kind == "special":
            return label("binning.special", locale).format(code=f"{self.high:.15g}")
        return band(self.low, self.high, locale)


@attrs.frozen
class BinningTable(Tabled):
    """The bins of a column, with what each says of who is won.

    Attributes:
        column: The column.
        bins: Bands from the lowest, or words from the lowest evidence and then other words; then
            special codes, then missing, where there are such customers.
        base: All the customers.

    >>> bins = (Bin("words", 60, 30, words=("fair",)), Bin("words", 40, 10, words=("ad",)))
    >>> found = BinningTable("source", bins, Base(40.0, 60.0, shrink=0.0))
    >>> print(found.text())
    source: 100 customers, 40.0 % of them cases, information value 0.275, Jensen-Shannon 0.034
          rows   share  cases                rate     woe     iv
    fair    60  60.0 %     30  50.0 % (37.7-62.3)   0.405  0.101
    ad      40  40.0 %     10  25.0 % (14.2-40.2)  -0.693  0.173
    """

    column: str
    bins: tuple[Bin, ...]
    base: Base

    @property
    def rows(self) -> Floats:
        """Customers in each bin."""
        return np.array([each.rows for each in self.bins], dtype=np.float64)

    @property
    def cases(self) -> Floats:
        """Won customers in each bin."""
        return np.array([each.cases for each in self.bins], dtype=np.float64)

    @property
    def edges(self) -> tuple[float, ...]:
        """The edges between bands of numbers; give them as ``Binning(edges=...)`` to keep them."""
        lows = [each.low for each in self.bins if each.kind == "band"]
        return tuple(low for low in lows if low is not None)

    @property
    def woe(self) -> Floats:
        """The weight of evidence of each bin; above 0: more are won there than usual."""
        return self.base.woe(self.rows, self.cases)

    @property
    def information(self) -> Floats:
        """What each bin adds to the information value."""
        return self.base.information(self.rows, self.cases)

    @property
    def iv(self) -> float:
        """Information value of the column: below 0.02 it says next to nothing."""
        return float(self.information.sum())

    @property
    def divergence(self) -> float:
        """Jensen-Shannon divergence of won and lost over the bins."""
        return divergence(self.rows, self.cases)

    @property
    def area(self) -> float:
        """Area under the ROC curve of this column alone, bins in the order of their rates.

        Source: Gini coefficients of scorecards are twice this less 1.
        """
        order = np.argsort(np.nan_to_num(self.cases / np.maximum(self.rows, 1e-300)))
        won, lost = self.cases[order], (self.rows - self.cases)[order]
        below = np.concatenate(([0.0], np.cumsum(lost)[:-1]))
        return float((won * (below + lost / 2)).sum() / (won.sum() * lost.sum()))

    @property
    def course(self) -> Course | None:
        """How the rate runs over the bands; ``None`` for words, or where there is one band."""
        bands = [i for i, each in enumerate(self.bins) if each.kind == "band"]
        return course_of(self.woe[bands]) if len(bands) > 1 else None

    def intervals(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper end of the interval of each rate.

        Args:
            level: Share of repetitions in which such an interval holds the true rate.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.

        Source: Wilson 1927, see ``custseg.measures.wilson``.
        """
        return wilson(self.cases, self.rows, level)

    def table(self) -> list[dict[str, object]]:
        """One record a bin: what it holds, counts, rate with its interval, woe and iv."""
        low, high = self.intervals()
        woe, iv, total = self.woe, self.information, float(self.rows.sum())
        return [
            {
                "bin": each.name(),
                "kind": each.kind,
                "rows": each.rows,
                "share": each.rows / total,
                "cases": each.cases,
                "rate": each.rate,
                "rate_low": float(low[i]),
                "rate_high": float(high[i]),
                "woe": float(woe[i]),
                "iv": float(iv[i]),
            }
            for i, each in enumerate(self.bins)
        ]

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "column": self.column,
            "iv": self.iv,
            "divergence": self.divergence,
            "course": self.course,
            "edges": list(self.edges),
            "shrink": self.base.shrink,
            "bins": [{**attrs.asdict(b), **row} for b, row in self._beside()],
        }

    def _beside(self) -> Iterable[tuple[Bin, dict[str, object]]]:
        return zip(self.bins, self.table(), strict=True)

    def text(self, locale: str = "en") -> str:
        """Lines to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        heads = ["", *(label(f"binning.{name}", locale) for name in _HEADS[1:])]
        return f"{self._head(locale)}\n{aligned(heads, self._cells(locale))}"

    def _head(self, locale: str) -> str:
        return filled(
            label("binning.head", locale),
            column=title(self.column, locale),
            rows=_count(float(self.rows.sum())),
            rate=percent(self.base.rate),
            iv=f"{self.iv:.3f}",
            divergence=f"{self.divergence:.3f}",
        )

    def _cells(self, locale: str) -> list[tuple[str, ...]]:
        low, high = self.intervals()
        woe, iv, total = self.woe, self.information, float(self.rows.sum())
        return [
            (
                each.name(locale),
                _count(each.rows),
                percent(each.rows / total),
                _count(each.cases),
                ranged(each.rate, float(low[i]), float(high[i])),
                f"{woe[i]:.3f}",
                f"{iv[i]:.3f}",
            )
            for i, each in enumerate(self.bins)
        ]

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        heads = [label(f"binning.{name}", locale) for name in _HEADS]
        return html_table((self._head(locale), *heads[1:]), self._cells(locale))


def _count(many: float) -> str:
    return f"{many:,.0f}" if many == round(many) else f"{many:,.2f}"
