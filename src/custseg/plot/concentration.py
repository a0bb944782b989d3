"""How much the largest customers hold: the Pareto curve, with the limits of the classes."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.labels import label
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.classes import Classes
from custseg.plot.heat import percent
from custseg.plot.palette import SEEN, ranked

_SIZE: Final = (6.4, 5.2)
_FIFTH: Final = 0.2
_MOST: Final = 0.8
_CLOSE: Final = 0.04
_STEEP: Final = 0.4


def pareto_curve(
    data: object,
    cuts: object = None,
    *,
    value: str | None = None,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """The share of the whole that the largest customers hold, from the largest to the smallest.

    Points mark the limits of classes: what a class and those above it hold. Equal customers are
    one straight piece of the curve, so no order among them shows. Values of 0 and less hold
    nothing.

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

    Source: Lorenz 1905, Publications of the American Statistical Association 9(70), the curve,
    here from the largest; Juran 1951, "Quality Control Handbook", the vital few.

    >>> import custseg as cs
    >>> paid = [{"paid": x} for x in (80, 10, 5, 4, 1)]
    >>> ax = pareto_curve(paid, cs.tiering.Cuts((8.0, 50.0)), value="paid")
    >>> ax.texts[-1].get_text()
    'the largest 20 % of customers hold 80 % of paid; 20 % hold 80 %'
    """
    found = Classes.of(data, cuts, value)
    canvas = Canvas.of(ax, locale, _SIZE)
    name = found.name(canvas.locale)
    curve = _Curve.of(found)
    curve.draw(canvas)
    if curve.whole:
        _limits(canvas, found)
    canvas.plain()
    ticks = np.linspace(0, 1, 6)
    canvas.ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.04))
    canvas.ax.set_xticks(ticks, [f"{100 * tick:.0f} %" for tick in ticks])
    canvas.ax.set_yticks(ticks, [f"{100 * tick:.0f} %" for tick in ticks])
    canvas.axis_words(canvas.word("pareto.customers"), canvas.word("pareto.money", value=name))
    canvas.titled(canvas.word("pareto.title"), _told(canvas, curve, name))
    return canvas.done()


@attrs.frozen(eq=False)
class _Curve:
    """Corners of the curve, one a distinct value.

    Attributes:
        customers: Share of customers up to each corner.
        money: Share of the whole that they hold.
        whole: The sum of the values above 0.
        below: The sum of those below it.
    """

    customers: Floats
    money: Floats
    whole: float
    below: float

    @classmethod
    def of(cls, found: Classes) -> "_Curve":
        distinct, many = np.unique(found.values, return_counts=True)
        distinct, many = distinct[::-1], many[::-1]
        held = np.concatenate(([0.0], np.cumsum(np.maximum(distinct, 0.0) * many)))
        count = np.concatenate(([0], np.cumsum(many)))
        below = float((np.minimum(distinct, 0.0) * many).sum())
        whole = float(held[-1])
        return cls(count / max(count[-1], 1), held / (whole or 1.0), whole, below)

    def draw(self, canvas: Canvas) -> None:
        canvas.ax.plot((0, 1), (0, 1), color=canvas.ink.faint, lw=0.9, zorder=1)
        if self.whole:
            canvas.ax.plot(self.customers, self.money, color=SEEN, lw=2.0, zorder=2)

    def held(self, share: float) -> float:
        """What the largest share of customers holds."""
        return float(np.interp(share, self.customers, self.money))

    def few(self, share: float) -> float:
        """How many customers hold a share."""
        return float(np.interp(share, self.money, self.customers))


def _limits(canvas: Canvas, found: Classes) -> None:
    """A point where each class but the lowest ends."""
    painted, sizes = ranked(found.words), found.sizes
    sums = np.bincount(found.at, np.maximum(found.values, 0.0), minlength=len(sizes))
    customers, money = (_falling(part) / max(part.sum(), 1e-300) for part in (sizes, sums))
    last = -1.0
    for code in range(len(found.words) - 1, 0, -1):
        if not sizes[code]:
            continue
        x, y = float(customers[code]), float(money[code])
        word = found.words[code]
        canvas.ax.scatter(x, y, 52, color=painted[word], edgecolor=canvas.ink.paper, zorder=4)
        style: Style = {"color": canvas.ink.faint, "lw": 0.8, "ls": (0, (2, 3)), "zorder": 1}
        canvas.ax.plot((x, x, -1.0), (-1.0, y, y), **style)
        parts = {"customers": sizes, "share": sums}
        said = {name: percent(part[code] / part.sum()) for name, part in parts.items()}
        told = canvas.word("pareto.tier", tier=label(word, canvas.locale), **said)
        canvas.ax.annotate(told, (x, y), color=canvas.ink.strong, **_beside(x, y - last))
        last = y


def _beside(x: float, above: float) -> Style:
    """Below the curve at its steep end, above it where it is flat; apart from the one before."""
    lift = 0.0 if above > _CLOSE else 12.0
    style: Style = {"textcoords": "offset points", "fontsize": 9.0}
    if x < _STEEP:
        return style | {"xytext": (9.0, -3.0 - lift), "ha": "left", "va": "center"}
    return style | {"xytext": (-7.0, 3.0 + lift), "ha": "right", "va": "bottom"}


def _falling(parts: Ints | Floats) -> Floats:
    """The sum of each part and all that follow."""
    return np.asarray(np.cumsum(parts[::-1])[::-1], dtype=np.float64)


def _told(canvas: Canvas, curve: _Curve, name: str) -> str:
    if not curve.whole:
        return canvas.word("pareto.nobody")
    said = {"share": percent(curve.held(_FIFTH)), "few": percent(curve.few(_MOST)), "value": name}
    told = canvas.word("pareto.note", fifth=percent(_FIFTH), **said)
    if not curve.below:
        return told
    return canvas.word("and").join((told, canvas.word("pareto.less", sum=f"{curve.below:,.2f}")))
