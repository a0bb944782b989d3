"""What a model of buying expected against what came, as two lines over the weeks."""

from typing import Final

import numpy as np

from custseg._typing import Floats
from custseg.features.daynumbers import day_of
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import FORESEEN, SEEN
from custseg.plot.ribbons import apart
from custseg.plot.ticks import calendar, signed
from custseg.plot.weeks import Tracking

_SIZE: Final = (8.5, 4.4)
_TIGHT: Final = 0.08


def expected_actual(
    found: Tracking, *, weekly: bool = False, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Repeat purchases that a model expected, and those that came, before and after it learned.

    Args:
        found: From ``Tracking.of(model, log.split(at=...))``.
        weekly: Each week by itself; otherwise all weeks so far.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> model = cs.lifetime.MBGNBD().fit(log.summary(as_of="1997-09-30", unit="week"))
    >>> found = Tracking.of(model, log.split(at="1997-09-30"), unit="week")
    >>> expected_actual(found).get_title(loc="left")
    'Repeat purchases so far'
    """
    canvas = Canvas.of(ax, locale, _SIZE)
    days = found.ends
    actual = found.actual.astype(np.float64)
    lines = {"actual": (actual, SEEN, "-"), "expected": (found.expected, FORESEEN, "--")}
    ends: dict[str, float] = {}
    for name, (values, colour, style) in lines.items():
        drawn = values if weekly else np.cumsum(values)
        ends[name] = float(drawn[-1])
        word = canvas.word(f"tracking.{name}")
        canvas.ax.plot(days, drawn, style, color=colour, lw=2.0, label=word, zorder=3)
    canvas.plain()
    canvas.ax.set_ylim(bottom=0.0)
    calendar(canvas, days)
    canvas.whole()
    _divided(canvas, found, days)
    _named(canvas, ends, float(days[-1]))
    title = canvas.word("tracking.weekly" if weekly else "tracking.so_far")
    off = "-" if np.isnan(found.deviation) else signed(100 * found.deviation) + " %"
    canvas.titled(title, canvas.word("tracking.note", customers=f"{found.customers:,}", off=off))
    return canvas.done()


def _divided(canvas: Canvas, found: Tracking, days: Floats) -> None:
    """Where learning ends."""
    at = day_of(found.at)
    if not days[0] <= at < days[-1]:
        return
    canvas.ax.axvline(at, color=canvas.ink.faint, lw=0.9, zorder=1)
    style: Style = {
        "xycoords": ("data", "axes fraction"),
        "textcoords": "offset points",
        "va": "top",
    }
    style |= {"color": canvas.ink.faint, "fontsize": 9.0}
    learned, foreseen = canvas.word("tracking.learned"), canvas.word("tracking.foreseen")
    canvas.ax.annotate(f"← {learned}", (at, 1.0), (-6.0, -2.0), ha="right", **style)
    canvas.ax.annotate(f"{foreseen} →", (at, 1.0), (6.0, -2.0), ha="left", **style)


def _named(canvas: Canvas, ends: dict[str, float], right: float) -> None:
    """Each line by its name and last number, at its end."""
    names = sorted(ends, key=ends.__getitem__)
    top = float(canvas.ax.get_ylim()[1])
    places = apart(np.array([ends[name] for name in names]), _TIGHT * top)
    colours = {"actual": SEEN, "expected": FORESEEN}
    for name, place in zip(names, places.tolist(), strict=True):
        canvas.ax.annotate(
            f"{canvas.word(f'tracking.{name}')} {ends[name]:,.0f}",
            (right, place),
            (8.0, 0.0),
            textcoords="offset points",
            va="center",
            fontsize=9.5,
            fontweight="bold",
            color=colours[name],
            annotation_clip=False,
        )
