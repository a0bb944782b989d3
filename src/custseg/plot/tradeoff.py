"""What does calm cost? Points within several budgets of moves."""

from collections.abc import Sequence
from typing import Final

from custseg.allocate import ParetoPoint
from custseg.frames import optional
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.palette import SEEN

_SIZE: Final = (7.0, 4.2)


def moves_curve(
    points: Sequence[ParetoPoint], *, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Points of the best plan against the part of customers that move: a Pareto curve.

    Points are told as a part of the best of the curve, so take a budget of 1 among the shares.

    Args:
        points: From ``Rebalance.pareto``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.allocate import Newcomer, rebalance
    >>> people = [{"customer_id": k, "owner": "R1"} for k in range(4)]
    >>> team = [{"rep_id": "R1", "capacity": 4}, {"rep_id": "R2", "capacity": 4}]
    >>> done = rebalance(people, team, "2026-06-30")
    >>> moves_curve(done.pareto([0, 0.5, 1])).get_title(loc="left")
    'What calm costs'
    """
    canvas = Canvas.of(ax, locale, _SIZE)
    best = max((point.points for point in points), default=0.0) or 1.0
    order = sorted(points, key=lambda point: point.share)
    across = [point.share for point in order]
    up = [point.points / best for point in order]
    canvas.ax.plot(across, up, color=SEEN, linewidth=2, marker="o", markersize=6, zorder=3)
    for x, y in zip(across, up, strict=True):
        style = {"textcoords": "offset points", "fontsize": 9, "color": canvas.ink.strong}
        canvas.ax.annotate(f"{100 * y:.2f} %", (x, y), (6.0, -12.0), **style)
    canvas.plain()
    form = optional("matplotlib.ticker").PercentFormatter(1.0, None)
    canvas.ax.xaxis.set_major_formatter(form)
    canvas.ax.yaxis.set_major_formatter(form)
    canvas.ax.margins(x=0.08, y=0.15)
    canvas.axis_words(canvas.word("calm.moved"), canvas.word("calm.points"))
    canvas.titled(canvas.word("calm.title"), canvas.word("calm.note"))
    return canvas.done()
