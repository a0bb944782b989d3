"""How far have the score and its factors moved?"""

from typing import Final

from custseg.errors import ConfigError
from custseg.labels import title
from custseg.measures.stability import LIMITS
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import LOST, SEEN, STATE_COLOURS
from custseg.scoring import Audit

_COLOURS: Final = {"stable": SEEN, "moving": STATE_COLOURS["at_risk"], "moved": LOST}
_BAR: Final = 0.36
_FRAME: Final = 1.6
_MOST: Final = 14


def drift_bars(found: Audit, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Stability indices of the score and of its factors, the largest on top.

    Lines stand where moving (0.1) and moved (0.25) begin.

    Args:
        found: From ``audit`` with ``reference`` or ``at``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: Drift was not looked at, or there is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.scoring import audit
    >>> rows = [
    ...     {"score": n % 50, "won": n % 7 > 3, "day": f"2026-0{1 + n // 50}-01"}
    ...     for n in range(200)
    ... ]
    >>> drift_bars(audit("score", rows, "won", at="day")).get_title(loc="left")
    'How far scores and factors have moved'
    """
    drift = found.drift
    if drift is None:
        msg = "drift was not looked at: give the audit reference=... or at=..."
        raise ConfigError(msg, "found")
    every = sorted(drift.factors, key=lambda one: -one.stability.index)[:_MOST]
    shown = [drift.score, *every]
    canvas = Canvas.of(ax, locale, (7.0, _FRAME + _BAR * len(shown)))
    places = list(range(len(shown)))
    widths = [one.stability.index for one in shown]
    colours = [_COLOURS.get(one.stability.shift, STATE_COLOURS["dormant"]) for one in shown]
    canvas.ax.barh(places, widths, 0.7, color=colours, zorder=2)
    for at, width in zip(places, widths, strict=True):
        style: Style = {"textcoords": "offset points", "va": "center", "fontsize": 9}
        said = f"{width:.3f}" if width == width else "-"  # noqa: PLR0124 - NaN test
        at_x = width if width == width else 0.0  # noqa: PLR0124 - NaN test
        canvas.ax.annotate(said, (at_x, at), (4, 0), color=canvas.ink.strong, **style)
    _limits(canvas)
    canvas.plain(rules=False)
    canvas.named([title(one.name, canvas.locale) for one in shown])
    right = max([LIMITS[1], *(width for width in widths if width == width)])  # noqa: PLR0124
    canvas.ax.set_xlim(0, 1.15 * right)
    note = {"before": drift.before, "after": drift.after}
    said = canvas.word(f"drift.{drift.since}", **note)
    canvas.titled(canvas.word("drift.title"), said)
    return canvas.done()


def _limits(canvas: Canvas) -> None:
    for limit in LIMITS:
        canvas.ax.axvline(limit, color=canvas.ink.faint, lw=0.9, ls=(0, (4, 3)), zorder=3)
