"""Customers by their scores of recency and frequency, as a heat map."""

from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Ints, Needs
from custseg.errors import ConfigError, DataError
from custseg.features.periods import whole
from custseg.labels import title
from custseg.measures.intervals import ratio
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.heat import Heat, percent

_CELL: Final = (0.95, 0.52)
_SCORES: Final = ("recency_score", "frequency_score")
_MOST: Final = 10
_THOUSAND: Final = 1000.0


def rfm_heatmap(
    data: object,
    *,
    value: str | None = None,
    bins: tuple[int, int] | None = None,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    r"""How many customers have each pair of scores; or what they are worth on average.

    A row is a score of recency, the best on top; a column one of frequency. Whoever lacks a score
    is left out, and the note says how many.

    Args:
        data: A table with ``recency_score`` and ``frequency_score``, as ``RFM`` adds them.
        value: A column of money: shades and the first lines are its mean.
        bins: How many scores of recency and of frequency there are; by default up to the highest.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        MissingColumnError: The table lacks a column.
        DataError: A score is no whole number from 1 to 10, or above ``bins``; or money is endless.
        ConfigError: There is no such locale, or ``bins`` are not two numbers.
        MissingDependencyError: matplotlib is not installed.

    >>> scored = [{"recency_score": r, "frequency_score": 1} for r in (1, 2, 2, 2)]
    >>> [text.get_text() for text in rfm_heatmap(scored).texts][:2]
    ['3\n75 %', '1\n25 %']
    """
    grid = _Grid.of(data, value, _sizes(bins))
    heat = grid.heat
    canvas = Canvas.of(ax, locale, heat.size)
    heat.draw(canvas, over=canvas.word("scores.over"), beside=canvas.word("customers"))
    code = "scores.customers" if value is None else "scores.value"
    note = canvas.word(code, value=title(value or "", canvas.locale))
    if grid.missing:
        lacking = canvas.word("scores.missing", customers=f"{grid.missing:,}")
        note = canvas.word("and").join((note, lacking))
    heat.titled(canvas, canvas.word("scores.title"), note)
    return canvas.done()


@attrs.frozen(eq=False)
class _Grid:
    """Customers by score of recency, the best first, and of frequency.

    Attributes:
        counts: Customers.
        means: Mean money; ``None`` where it is not asked for.
        missing: Customers without one of the scores.
    """

    counts: Ints
    means: Floats | None
    missing: int

    @classmethod
    def of(cls, data: object, value: str | None, bins: tuple[int, int] | None) -> "_Grid":
        table = frames.table(data)
        wanted = [*_SCORES, *([value] if value else [])]
        table.require(wanted)
        needs: Needs = dict.fromkeys(wanted, "number")
        read = table.select(wanted).read(needs)
        scores = np.stack([np.asarray(read[name], dtype=np.float64) for name in _SCORES])
        some = ~np.isnan(scores).any(axis=0)
        at = _checked(scores[:, some], bins)
        highest: list[int] = (at.max(axis=1, initial=0) + 1).tolist()
        shape = bins or (highest[0], highest[1])
        key: Ints = at[0] * shape[1] + at[1]
        size = shape[0] * shape[1]
        counts = np.bincount(key, minlength=size).reshape(shape)[::-1]
        missing = int(np.count_nonzero(~some))
        if value is None:
            return cls(counts, None, missing)
        money = np.asarray(read[value], dtype=np.float64)[some]
        if np.isinf(money).any():
            msg = "holds endless values, which have no mean"
            raise DataError(msg, value)
        known = ~np.isnan(money)
        sums = np.bincount(key[known], money[known], minlength=size)
        many = np.bincount(key[known], minlength=size)
        return cls(counts, ratio(sums, many).reshape(shape)[::-1], missing)

    @property
    def heat(self) -> Heat:
        """The cells."""
        names = [[str(i + 1) for i in range(size)] for size in self.counts.shape]
        shares = self.counts / max(int(self.counts.sum()), 1)
        shade = shares if self.means is None else self._shade(self.means)
        return Heat(
            shade,
            np.zeros(shade.shape, dtype=np.bool_),
            names[0][::-1],
            self.counts.sum(axis=1).tolist(),
            names[1],
            last=False,
            top=float(np.nanmax(shade, initial=0.0)) or 1.0,
            texts=_texts(self.counts, shares) if self.means is None else self._worth(self.means),
            cell=_CELL,
        )

    def _shade(self, means: Floats) -> Floats:
        """No cell where nobody is; the lightest for customers whose money is not known."""
        known: Floats = np.where(self.counts > 0, np.nan_to_num(np.maximum(means, 0.0)), np.nan)
        return known

    def _worth(self, means: Floats) -> list[list[str]]:
        pairs = zip(self.counts.tolist(), means.tolist(), strict=True)
        return [[f"{_money(m)}\n{n:,}" for n, m in zip(*row, strict=True)] for row in pairs]


def _texts(counts: Ints, shares: Floats) -> list[list[str]]:
    pairs = zip(counts.tolist(), shares.tolist(), strict=True)
    return [[_lines(n, share) for n, share in zip(*row, strict=True)] for row in pairs]


def _lines(count: int, share: float) -> str:
    return f"{count:,}\n{percent(share)}" if count else "0"


def _money(mean: float) -> str:
    if np.isnan(mean):
        return "-"
    return f"{mean:,.0f}" if abs(mean) >= _THOUSAND else f"{mean:,.2f}"


def _sizes(given: Any) -> tuple[int, int] | None:  # noqa: ANN401 - two numbers, or a mistake
    match given:
        case None:
            return None
        case (recency, frequency):
            return whole(recency, "bins"), whole(frequency, "bins")
        case _:
            msg = f"are two numbers, of scores of recency and of frequency, got {given!r}"
            raise ConfigError(msg, "bins")


def _checked(scores: Floats, bins: tuple[int, int] | None) -> Ints:
    """Scores as places from 0."""
    for name, given, most in zip(_SCORES, scores, bins or (_MOST, _MOST), strict=True):
        wrong = (given != np.floor(given)) | (given < 1) | (given > most)
        if wrong.any():
            msg = f"holds {int(wrong.sum())} scores that are no whole numbers from 1 to {most}"
            raise DataError(msg, name)
    return scores.astype(np.int64) - 1
