"""Where do the points of one customer come from?"""

from typing import Final

from custseg.labels import label
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import FELL, ROSE, SEEN
from custseg.scoring import ScoreExplanation

_BAR: Final = 0.4
_FRAME: Final = 1.7


def score_waterfall(why: ScoreExplanation, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """The lines of a score one after the other: each begins where the last ended.

    What every customer starts with comes first, then what counts for and against this one, the
    weightiest first, then what limits changed; the last bar is the score. Values of fields are not
    shown.

    Args:
        why: From ``card.explain(record)``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.scoring import Factor, Ramp, Scorecard
    >>> card = Scorecard(
    ...     (
    ...         Factor("orders", worth=60, curve=Ramp(0, 10)),
    ...         Factor("complaints", worth=-20, curve=Ramp(0, 2)),
    ...     )
    ... )
    >>> ax = score_waterfall(card.explain({"orders": 9, "complaints": 1}))
    >>> [tick.get_text() for tick in ax.get_yticklabels()]
    ['orders', 'complaints', 'score']
    """
    order = {"base": 0, "factor": 1, "limit": 2}
    parts = [one for one in why.parts if one.hundredths]
    parts.sort(key=lambda one: order[one.line])  # a stable sort: factors stay the weightiest first
    canvas = Canvas.of(ax, locale, (7.5, _FRAME + _BAR * (len(parts) + 1)))
    reached = 0
    for i, one in enumerate(parts):
        start, reached = reached, reached + one.hundredths
        colour = ROSE if one.hundredths > 0 else FELL
        bar(canvas, i, (start / 100, one.points), colour)
        style: Style = {"color": canvas.ink.faint, "lw": 0.8, "zorder": 1}
        canvas.ax.plot((reached / 100,) * 2, (i - 0.35, i + 1.35), **style)
    bar(canvas, len(parts), (0.0, why.score), SEEN, sign="")
    canvas.plain(rules=False)
    names = [*(one.named(canvas.locale) for one in parts), label("column.score", canvas.locale)]
    canvas.named(names)
    canvas.ax.margins(x=0.12)
    canvas.ax.axvline(0, color=canvas.ink.faint, lw=0.9, zorder=1)
    said = {"score": f"{why.score:.12g}", "grade": label(why.grade, canvas.locale)}
    canvas.titled(canvas.word("waterfall.title"), canvas.word("waterfall.note", **said))
    return canvas.done()


def bar(
    canvas: Canvas, at: int, span: tuple[float, float], colour: str, *, sign: str = "+"
) -> None:
    """One bar with what it adds beside it.

    Args:
        canvas: What to draw on.
        at: The row.
        span: Where it begins, and what it adds.
        colour: Its colour.
        sign: How the number is written.
    """
    left, wide = span
    canvas.ax.barh(at, wide, 0.7, left=left, color=colour, zorder=2)
    style: Style = {"textcoords": "offset points", "va": "center", "fontsize": 9}
    style |= {"color": canvas.ink.strong, "ha": "left" if wide >= 0 else "right"}
    said = f"{wide:{sign}.12g}".replace("-", "\u2212")
    canvas.ax.annotate(said, (left + wide, at), (4 if wide >= 0 else -4, 0), **style)
