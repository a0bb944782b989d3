"""Where growth comes from: who is won above the line, who is lost below it."""

from typing import Final

import numpy as np

from custseg._typing import Floats
from custseg.classify.flows.growth import GrowthAccounting
from custseg.errors import ConfigError
from custseg.features.daynumbers import days_of
from custseg.labels import label
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.palette import BACK, LESS, LOST, MORE, WON
from custseg.plot.ticks import dated, signed

_SIZE: Final = (8.5, 4.4)
_UP: Final = (("new", WON), ("resurrected", BACK), ("expansion", MORE))
_DOWN: Final = (("churned", LOST), ("contraction", LESS))


def growth(
    accounting: GrowthAccounting,
    *,
    money: bool = False,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """New and returning customers as bars upwards, lost ones downwards, and what is left over.

    Args:
        accounting: From ``growth_accounting``.
        money: In money, with what customers who stay spend more and less.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: Money is asked for and was not given to ``growth_accounting``, or there is no
            such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> days = cs.classify.period_ends("1997-03-31", "1998-06-30", unit="quarter")
    >>> by_days = cs.classify.Lifecycle(cs.classify.FixedDays(dormant_after=90))
    >>> grid = cs.classify.states_asof(log, days, by_days)
    >>> ax = growth(cs.classify.growth_accounting(grid))
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['new', 'won back', 'lost', 'net']
    """
    source = accounting.money if money else accounting
    if source is None:
        msg = "there is none; give growth_accounting(value=...), such as revenue_asof"
        raise ConfigError(msg, "money")
    canvas = Canvas.of(ax, locale, _SIZE)
    up, down = (
        [(name, colour, np.asarray(getattr(source, name), dtype=np.float64)) for name, colour in of]
        for of in ((_UP, _DOWN) if money else (_UP[:2], _DOWN[:1]))
    )
    at = np.arange(len(accounting.dates) - 1, dtype=np.float64)
    top, bottom = _stacked(canvas, at, up, 1.0), _stacked(canvas, at, down, -1.0)
    net = canvas.word("growth.net")
    dots = {"ms": 7.0, "mec": canvas.ink.paper, "mew": 1.5, "ls": "none", "zorder": 4}
    canvas.ax.plot(at, top - bottom, "o", color=canvas.ink.strong, label=net, **dots)
    _finish(canvas, accounting, at)
    canvas.titled(canvas.word("growth.money" if money else "growth.title"), above=26.0)
    return canvas.done()


def _stacked(
    canvas: Canvas, at: Floats, parts: list[tuple[str, str, Floats]], sign: float
) -> Floats:
    ground = np.zeros(len(at))
    for name, colour, values in parts:
        word = label(f"growth.{name}", canvas.locale)
        below = sign * ground
        canvas.ax.bar(at, sign * values, 0.7, bottom=below, color=colour, label=word, zorder=2)
        ground = ground + values
    return ground


def _finish(canvas: Canvas, accounting: GrowthAccounting, at: Floats) -> None:
    ax = canvas.ax
    days = days_of(accounting.dates[1:]).astype(np.float64)
    canvas.plain()
    dated(canvas, days, at)
    ax.axhline(0.0, color=canvas.ink.faint, linewidth=0.9, zorder=3)
    canvas.whole(signed)
    canvas.legend()
