"""What returns to the public pool on each of the next days, and why?"""

from collections.abc import Mapping
from math import ceil
from typing import Any, Final

import numpy as np

from custseg._typing import Floats
from custseg.allocate import PoolForecast
from custseg.labels import heading, table
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import WENT, colours
from custseg.plot.ticks import dated

_SIZE: Final = (8.5, 3.8)
_MOST: Final = 5
_DAYS: Final = 92
_WEEK: Final = 7
_TALL: Final = 3.0


def pool_forecast(
    forecast: PoolForecast[Any],
    *,
    by: str = "pool_reason",
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """How many customers return on each of the next days if nobody does anything, stacked.

    Who is due already stands on the first day; a bar that would dwarf the others is cut, its
    number beside it. Beyond a quarter a bar is seven days. Of more than
    five words the five with the most customers are shown, the others together.

    Args:
        forecast: From ``simulate`` of a pool.
        by: What the bars are stacked by: ``pool_reason``, ``pool``, or a column of the customers,
            such as ``tier``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingColumnError: The customers have no such column.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.allocate import NoFollowUp, Pool
    >>> row = {"customer_id": 1, "owner": "A", "received_at": "2026-06-01", "won": 0}
    >>> sea = Pool(clocks=[NoFollowUp(30)])
    >>> soon = sea.simulate([{**row, "last_follow_up": None}], "2026-06-30", days=7)
    >>> pool_forecast(soon).get_title(loc="left")
    'What returns to the public pool'
    """
    canvas = Canvas.of(ax, locale, _SIZE)
    wide = 1 if forecast.days < _DAYS else _WEEK
    shown = {word: _summed(many, wide) for word, many in forecast.daily(by).items()}
    kept = sorted(shown, key=lambda word: (-shown[word].sum(), word))[:_MOST]
    painted = colours(kept)
    rest = [many for word, many in shown.items() if word not in painted]
    days = forecast.first + wide * np.arange(ceil((forecast.days + 1) / wide), dtype=np.float64)
    ground = np.zeros(days.size)
    for word in kept:
        told = {"label": _named(canvas, by, word), "color": painted[word]}
        ground = _stacked(canvas, days, shown[word], ground, told)
    if rest:
        told = {"label": canvas.word("pool.others", words=len(rest)), "color": WENT}
        ground = _stacked(canvas, days, np.sum(rest, axis=0), ground, told)
    canvas.plain()
    _cut(canvas, days, ground)
    dated(canvas, days)
    canvas.whole()
    if kept:
        canvas.legend()
    canvas.titled(canvas.word("pool.title"), _note(canvas, forecast, wide), above=24.0)
    return canvas.done()


def _cut(canvas: Canvas, days: Floats, tops: Floats) -> None:
    """Who is due already can be so many that the days to come are seen no more: cut that bar."""
    room = float(tops[1:].max(initial=0.0))
    if 0 < _TALL * room < tops[0]:
        canvas.ax.set_ylim(0, _TALL * room)
        style: Style = {"ha": "left", "va": "top", "fontsize": 9.0, "color": canvas.ink.strong}
        wide = days[1] - days[0]
        canvas.ax.text(days[0] + 0.5 * wide, _TALL * room, f"\u2191 {tops[0]:,.0f}", **style)


def _named(canvas: Canvas, by: str, word: str) -> str:
    """A reason or a level in words, a name as it is."""
    if not word:
        return canvas.word("pool.unknown")
    if by == "pool_reason":
        return heading(word, canvas.locale)
    return table(canvas.locale).get(word, word)


def _stacked(
    canvas: Canvas, days: Floats, many: Floats, ground: Floats, told: Mapping[str, str]
) -> Floats:
    """Bars on top of others; what the next ones stand on."""
    wide = days[1] - days[0] if days.size > 1 else 1.0
    canvas.ax.bar(days, many, 0.8 * wide, bottom=ground, linewidth=0, zorder=2, **told)
    return ground + many


def _summed(many: tuple[int, ...], wide: int) -> Floats:
    """Days put together, from the first one on."""
    return np.add.reduceat(np.array(many, dtype=np.float64), np.arange(0, len(many), wide))


def _note(canvas: Canvas, forecast: PoolForecast[Any], wide: int) -> str:
    days = list(forecast.by_day)
    said = {"days": forecast.days, "day": days[0], "customers": f"{forecast.rows.size:,}"}
    overdue = f"{forecast.overdue:,}"
    note = canvas.word("pool.note", **said, overdue=overdue)
    return note if wide == 1 else f"{note}{canvas.word('pool.weeks')}"
