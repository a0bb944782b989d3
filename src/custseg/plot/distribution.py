"""How values are spread, and where the cut points fall."""

from collections.abc import Iterator
from itertools import pairwise
from math import log10
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.frames import optional
from custseg.labels import label
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.classes import Classes
from custseg.plot.heat import percent
from custseg.plot.palette import SEEN, ranked

_SIZE: Final = (8.5, 4.2)
_BARS: Final = 48
_SPREAD: Final = 50.0  # times as large as the middle, from where on a straight scale shows nothing
_RISE: Final = 2.5
_APART: Final = 3.0  # bars between what is not above 0 and the rest


def value_distribution(
    data: object,
    cuts: object = None,
    *,
    value: str | None = None,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """Customers by value as bars in the colour of their class, with lines at the cut points.

    No bar reaches over a cut point, so customers who are equal stand in one bar of one class.
    Where the largest value is more than fifty times the middle one, the scale is that of
    logarithms; values of 0 and below it, which have no logarithm, then stand apart at the left.

    Args:
        data: A table, or an array of values.
        cuts: Cut points, natural breaks, or a fitted plan; ``None``: no classes.
        value: The column; by default that of the plan.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale, it is not said which column, or the cut points
            differ by group.
        MissingColumnError: There is no such column.
        DataError: It holds no numbers, or endless ones.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> model = cs.tiering.TierPlan(cs.tiering.Thresholds((100.0, 1000.0))).fit([])
    >>> paid = [{"revenue": x} for x in (0, 20, 100, 250, 90_000)]
    >>> ax = value_distribution(paid, model)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['low 2 (40 %)', 'medium 2 (40 %)', 'high 1 (20 %)']
    """
    found = Classes.of(data, cuts, value)
    canvas = Canvas.of(ax, locale, _SIZE)
    Bars.of(found).draw(canvas, found)
    said = {"known": f"{len(found.values):,}", "missing": f"{found.missing:,}"}
    note = canvas.word("distribution.note", **said, value=found.name(canvas.locale))
    if not len(found.values):
        note = canvas.word("distribution.nobody")
    canvas.titled(canvas.word("distribution.title"), note, above=24.0 if found.words else 0.0)
    return canvas.done()


@attrs.frozen(eq=False)
class Bars:
    """Edges of bars on an axis on which they are about equally broad.

    Attributes:
        logs: Whether the axis is one of logarithms.
        edges: Ascending places; none lies within a class that reaches over it.
        step: How broad a bar is, about.
        apart: Which values stand apart at the left: those below 0, and those of 0.
    """

    logs: bool
    edges: Floats
    step: float
    apart: tuple[Bools, Bools]

    @classmethod
    def of(cls, found: Classes) -> "Bars":
        """Choose a scale, and edges that include the cut points."""
        values = found.values
        logs = bool(len(values)) and _wide(values)
        lost: Bools = np.asarray((values < 0) & logs)
        nought: Bools = np.asarray((values == 0) & logs)
        below = lost, nought
        rest = values[~(below[0] | below[1])]
        if not len(rest):
            return cls(logs, np.array([0.0, 1.0]), 1.0, below)
        low, high = (float(end) for end in _placed(rest[[0, -1]], logs=logs))
        step = (high - low) / _BARS or 1.0
        points = np.array([p for p in found.cuts.points if not logs or p > 0], dtype=np.float64)
        inner = _placed(points, logs=logs)
        inner = np.unique(inner[(inner > low) & (inner < high)])
        ends = [low, *inner.tolist(), high] if high > low else [low - step / 2, low + step / 2]
        edges = [_even(a, b, step)[:-1] for a, b in pairwise(ends)]
        return cls(logs, np.append(np.concatenate(edges), ends[-1]), step, below)

    def draw(self, canvas: Canvas, found: Classes) -> None:
        """Bars, cut points and axes."""
        words = found.words or ("",)
        painted = ranked(words) if found.words else {"": SEEN}
        left = self._left(canvas, found, painted, words)
        for code, word in enumerate(words):
            edges, counts = self.counted(found, code)
            some = np.flatnonzero(counts)
            broad = np.diff(edges)[some]
            # A bar that a cut point makes narrow is as high as if it had the breadth of others.
            high = counts[some] * np.clip(self.step / broad, 1.0, _RISE)
            share = percent(found.sizes[code] / max(len(found.values), 1))
            said = f"{label(word, canvas.locale)} {found.sizes[code]:,} ({share})"
            style: Style = {"align": "edge", "color": painted[word], "linewidth": 0, "zorder": 2}
            canvas.ax.bar(edges[some], high, 0.92 * broad, label=said, **style)
        self._finish(canvas, found, left)

    def counted(self, found: Classes, code: int) -> tuple[Floats, Ints]:
        """The edges of the bars of a class, and how many customers each has."""
        edges = self._within(found, code)
        places = _placed(found.values[self._rest & (found.at == code)], logs=self.logs)
        return edges, np.histogram(np.clip(places, edges[0], edges[-1]), edges)[0]

    def _within(self, found: Classes, code: int) -> Floats:
        """The edges within a class; a bar of its own where all of it lies at one end."""
        points = [p for p in found.cuts.points if not self.logs or p > 0]
        skipped = len(found.cuts.points) - len(points)
        ends = (-np.inf, *_placed(np.array(points, dtype=np.float64), logs=self.logs), np.inf)
        low, high = ends[max(code - skipped, 0)], ends[max(code - skipped, 0) + 1]
        inside: Floats = self.edges[(self.edges >= low) & (self.edges <= high)]
        if len(inside) > 1:
            return inside
        at = float(self.edges[0] if high <= self.edges[0] else self.edges[-1])
        return np.array([at - self.step, at] if high <= self.edges[0] else [at, at + self.step])

    @property
    def _rest(self) -> Bools:
        return np.asarray(~(self.apart[0] | self.apart[1]))

    def _left(
        self, canvas: Canvas, found: Classes, painted: dict[str, str], words: tuple[str, ...]
    ) -> list[tuple[float, str]]:
        """Bars of what is not above 0; where they stand and what they are."""
        told: list[tuple[float, str]] = []
        shown = [("below", self.apart[0]), ("zero", self.apart[1])]
        there = [(name, some) for name, some in shown if some.any()]
        for i, (name, some) in enumerate(reversed(there)):
            at = self.edges[0] - (_APART * (i + 1) + 1) * self.step
            ground = 0
            counts = np.bincount(found.at[some], minlength=len(words))
            for code, count in enumerate(counts.tolist()):
                if not count:
                    continue
                style: Style = {"color": painted[words[code]], "linewidth": 0, "zorder": 2}
                canvas.ax.bar(at, count, 1.4 * self.step, bottom=ground, **style)
                ground += count
            told.append((at, canvas.word(f"distribution.{name}")))
        return told

    def _finish(self, canvas: Canvas, found: Classes, left: list[tuple[float, str]]) -> None:
        ax = canvas.ax
        canvas.plain()
        canvas.whole()
        first = min([self.edges[0], *(at for at, _ in left)])
        ax.set_xlim(first - 2 * self.step, self.edges[-1] + 2 * self.step)
        ax.set_ylim(0, max(ax.dataLim.y1, 1) * 1.08)
        marks = [*left, *self._ticks()]
        ax.set_xticks([at for at, _ in marks], [word for _, word in marks])
        self._lines(canvas, found)
        canvas.axis_words(found.name(canvas.locale), canvas.word("distribution.customers"))
        if found.words:
            canvas.legend()

    def _ticks(self) -> Iterator[tuple[float, str]]:
        low, high = float(self.edges[0]), float(self.edges[-1])
        if not self.logs:
            places = optional("matplotlib.ticker").MaxNLocator(8).tick_values(low, high)
            yield from ((at, _short(at)) for at in places.tolist() if low <= at <= high)
            return
        decades = range(int(np.floor(low)), int(np.ceil(high)) + 1)
        fine = (1, 2, 5) if high - low < 3 else (1,)  # noqa: PLR2004 - decades
        for decade in decades:
            for part in fine:
                at = decade + log10(part)
                if low <= at <= high:
                    yield at, _short(part * 10.0**decade)

    def _lines(self, canvas: Canvas, found: Classes) -> None:
        top = canvas.ax.get_ylim()[1]
        points = sorted({p for p in found.cuts.points if not self.logs or p > 0})
        for point in points:
            at = float(_placed(np.array([point]), logs=self.logs)[0])
            if not self.edges[0] <= at <= self.edges[-1]:
                continue
            canvas.ax.axvline(at, color=canvas.ink.strong, lw=0.9, ls=(0, (4, 3)), zorder=3)
            put: Style = {"rotation": 90, "va": "top", "ha": "right", "fontsize": 8.5}
            put |= {"textcoords": "offset points", "color": canvas.ink.strong}
            canvas.ax.annotate(_short(point), (at, top), (-2.0, -3.0), **put)


def _even(low: float, high: float, step: float) -> Floats:
    return np.linspace(low, high, max(round((high - low) / step), 1) + 1)


def _wide(values: Floats) -> bool:
    above = values[values > 0]
    return bool(len(above)) and float(above[-1]) > _SPREAD * float(np.median(above))


def _placed(values: Floats, *, logs: bool) -> Floats:
    return np.log10(values) if logs else values


def _short(value: float) -> str:
    """A number to read on an axis.

    >>> _short(1234.5), _short(0.25), _short(2_000_000.0)
    ('1,234.5', '0.25', '2,000,000')
    """
    return f"{value:,.10g}"
