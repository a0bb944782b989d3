"""How many of those it happens to are among the highest scores?"""

from typing import Final

import numpy as np

from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import SEEN
from custseg.scoring import Audit

_SIZE: Final = (5.4, 5.2)
_TENTH: Final = 10


def gains_curve(found: Audit, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Share of all cases among the highest scores, against the share of rows.

    The straight line is what any rows would hold, the grey one the best that a score could do.

    Args:
        found: From ``audit``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.scoring import audit
    >>> rows = [{"score": n, "won": n % 7 > 3 or n > 80} for n in range(100)]
    >>> gains_curve(audit("score", rows, "won")).texts[0].get_text().split(";")[0]
    'AUC 0.683 (0.570-0.777)'
    """
    canvas = Canvas.of(ax, locale, _SIZE)
    drawn, ink, telling = canvas.ax, canvas.ink, found.telling
    shares = np.linspace(0, 1, len(telling.gains))
    drawn.plot((0, 1), (0, 1), color=ink.faint, lw=0.9, zorder=1)
    drawn.plot((0, telling.rate, 1), (0, 1, 1), color=ink.line, lw=1.4, zorder=1)
    drawn.fill_between(shares, shares, telling.gains, color=SEEN, alpha=0.12, linewidth=0)
    drawn.plot(shares, telling.gains, color=SEEN, lw=2.0, zorder=3)
    canvas.plain()
    drawn.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    ticks = np.linspace(0, 1, 6)
    words = [f"{100 * tick:.0f} %" for tick in ticks]
    drawn.set_xticks(ticks, words)
    drawn.set_yticks(ticks, words)
    canvas.axis_words(canvas.word("gains.rows"), canvas.word("gains.cases"))
    said: Style = {"auc": telling.auc.value, "low": telling.auc.low, "high": telling.auc.high}
    said |= {"rows": found.known, "cases": found.cases, "share": 100 * telling.gains[_TENTH]}
    canvas.titled(canvas.word("gains.title"), canvas.word("gains.note", **said))
    return canvas.done()
