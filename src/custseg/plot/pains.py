"""What do customers complain about most, and is it getting worse?"""

from typing import Final

from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import BACK, LOST, WENT
from custseg.scoring import PainPoint, PainPoints
from custseg.scoring.feedback.pains import topic_name

_BAR: Final = 0.4
_FRAME: Final = 1.6
_MOST: Final = 12


def pain_points(found: PainPoints, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Topics by how much they weigh (count x severity x value), the heaviest on top.

    The colour says whether there are more complaints than in the period before, fewer, or as many
    or not known; the words beside a bar say how many there are.

    Args:
        found: From ``topics``; the first 12 are drawn, and whoever weighs as much as the last.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.scoring import topics
    >>> said = [{"at": "2026-06-29", "text": "Still waiting for my parcel, this is a joke"}]
    >>> ax = pain_points(topics(said, as_of="2026-06-30"))
    >>> [tick.get_text() for tick in ax.get_yticklabels()]
    ['delivery']
    """
    first = found.points[:_MOST]
    shown = [point for point in found.points if point.points >= first[-1].points] if first else []
    canvas = Canvas.of(ax, locale, (7.5, _FRAME + _BAR * max(len(shown), 1)))
    places = list(range(len(shown)))
    colours = [_colour(point) for point in shown]
    canvas.ax.barh(places, [point.points for point in shown], 0.7, color=colours, zorder=2)
    for at, point in zip(places, shown, strict=True):
        style: Style = {"textcoords": "offset points", "va": "center", "fontsize": 9}
        canvas.ax.annotate(
            _said(canvas, point), (point.points, at), (5, 0), color=canvas.ink.strong, **style
        )
    canvas.plain(rules=False)
    canvas.named([topic_name(point.topic, canvas.locale) for point in shown])
    canvas.ax.set_xlim(0, 1.35 * max((point.points for point in shown), default=1.0) or 1.0)
    told = {"n": found.complaints, "days": found.days, "until": found.as_of.isoformat()}
    canvas.titled(canvas.word("pains.title"), canvas.word("pains.note", **told))
    canvas.axis_words(canvas.word("pains.points"))
    return canvas.done()


def _colour(point: PainPoint) -> str:
    if not point.trend:
        return WENT
    return LOST if point.trend > 0 else BACK


def _said(canvas: Canvas, point: PainPoint) -> str:
    if point.before is None:
        return canvas.word("pains.count", n=point.count)
    return canvas.word("pains.moved", n=point.count, before=point.before)
