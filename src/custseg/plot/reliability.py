"""Does it happen as often as was said? What was predicted against what was observed."""

from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Needs
from custseg.errors import ConfigError
from custseg.measures import Calibration
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.palette import SEEN

_SIZE: Final = (5.4, 5.2)
_NEEDS: Final[Needs] = {
    "predicted": "number",
    "observed": "number",
    "low": "number",
    "high": "number",
    "count": "number",
}


@attrs.frozen(eq=False)
class _Points:
    """What was said of some customers, how often it came, and how many they are."""

    predicted: Floats
    observed: Floats
    low: Floats
    high: Floats
    count: Floats

    @classmethod
    def of(cls, found: Any) -> "_Points":  # noqa: ANN401 - a table of any kind
        if found is None:
            msg = (
                "is None: this signal says no probabilities; draw one that does, such as "
                "backtest(...).of(signal).calibrated, or a table of predicted and observed"
            )
            raise ConfigError(msg, "found")
        inner = getattr(found, "table", None)
        held = inner if isinstance(inner, Calibration) else found
        if isinstance(held, Calibration):
            low, high = held.interval
            count = held.count.astype(np.float64)
            return cls(held.predicted, held.observed, low, high, count)
        read = frames.table(held).read(_NEEDS)
        return cls(*(np.asarray(read[name], dtype=np.float64) for name in _NEEDS))

    @property
    def error(self) -> float:
        """The mean distance of what was said from what came."""
        many = self.count.sum()
        off = np.abs(self.predicted - self.observed)
        return float((self.count * off).sum() / many) if many else np.nan


def calibration(found: object, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Probabilities that were said, against the shares to whom it happened, with intervals.

    On the line it happened as often as was said; above it more often. The size of a point is the
    number of its customers.

    Args:
        found: What a backtest says of probabilities (``.calibrated`` or ``.as_is`` of a signal), a
            ``Calibration``, or a table with ``predicted``, ``observed``, ``low``, ``high`` and
            ``count``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        MissingColumnError: The table has no such columns.
        ConfigError: There is nothing to draw: the signal says no probabilities; or there is no
            such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> bins = [
    ...     {"predicted": 0.2, "observed": 0.25, "low": 0.1, "high": 0.4, "count": 40},
    ...     {"predicted": 0.7, "observed": 0.65, "low": 0.5, "high": 0.8, "count": 60},
    ... ]
    >>> calibration(bins).texts[0].get_text()
    '100 answers; what was said is 5.0 points off on average'
    """
    points = _Points.of(found)
    canvas = Canvas.of(ax, locale, _SIZE)
    drawn, ink = canvas.ax, canvas.ink
    drawn.plot((0, 1), (0, 1), color=ink.faint, lw=0.9, zorder=1)
    drawn.vlines(points.predicted, points.low, points.high, color=SEEN, lw=1.6, alpha=0.7)
    area = 24 + 36 * points.count / max(float(points.count.max(initial=0)), 1.0)
    style = {"color": SEEN, "edgecolor": ink.paper, "linewidth": 1.2, "zorder": 3}
    drawn.scatter(points.predicted, points.observed, area, **style)
    canvas.plain()
    drawn.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    ticks = np.linspace(0, 1, 6)
    drawn.set_xticks(ticks, [f"{100 * tick:.0f} %" for tick in ticks])
    drawn.set_yticks(ticks, [f"{100 * tick:.0f} %" for tick in ticks])
    canvas.axis_words(canvas.word("calibration.predicted"), canvas.word("calibration.observed"))
    canvas.titled(canvas.word("calibration.title"), _told(canvas, points))
    return canvas.done()


def _told(canvas: Canvas, points: _Points) -> str:
    many = float(points.count.sum())
    if not many:
        return canvas.word("calibration.nobody")
    said = {"customers": f"{many:,.0f}", "error": f"{100 * points.error:.1f}"}
    return canvas.word("calibration.note", **said)
