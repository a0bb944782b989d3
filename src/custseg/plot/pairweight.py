"""Why are two records one customer?"""

from typing import Final

from custseg.match import PairExplanation
from custseg.match.weighing.account import PRIOR, SHARED
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import FELL, ROSE, SEEN
from custseg.plot.waterfall import bar

_BAR: Final = 0.4
_FRAME: Final = 1.7


def match_waterfall(why: PairExplanation, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """What each comparison says of a pair, one after the other: each begins where the last ended.

    First comes what any two records have, far on the side of two customers; then what speaks for
    one customer and against it, the weightiest first; the last bar is the weight. Values of fields
    are not shown.

    Args:
        why: From ``matcher.explain(record_a, record_b)``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.match import WeightPart
    >>> parts = WeightPart("prior", "", -900), WeightPart("phone", "exact", 1250)
    >>> ax = match_waterfall(PairExplanation("pair", {}, parts=parts))
    >>> [tick.get_text() for tick in ax.get_yticklabels()][1:]
    ['phone: the same', 'weight']
    """
    order = {PRIOR: 0, SHARED: 2}
    parts = sorted(why.ordered, key=lambda one: order.get(one.comparison, 1))
    canvas = Canvas.of(ax, locale, (7.5, _FRAME + _BAR * (len(parts) + 1)))
    reached = 0
    for i, one in enumerate(parts):
        start, reached = reached, reached + one.hundredths
        bar(canvas, i, (start / 100, one.bits), ROSE if one.hundredths > 0 else FELL)
        style: Style = {"color": canvas.ink.faint, "lw": 0.8, "zorder": 1}
        canvas.ax.plot((reached / 100,) * 2, (i - 0.35, i + 1.35), **style)
    bar(canvas, len(parts), (0.0, why.weight), SEEN)
    canvas.plain(rules=False)
    names = [*(one.named(canvas.locale) for one in parts), canvas.word("pair.weight")]
    canvas.named(names)
    canvas.ax.use_sticky_edges = False  # a bar that begins far left leaves room for its number
    canvas.ax.margins(x=0.14)
    canvas.ax.axvline(0, color=canvas.ink.faint, lw=0.9, zorder=1)
    canvas.axis_words(canvas.word("pair.axis"))
    said = {"weight": f"{why.weight:+.2f}".replace("-", "\u2212"), "chance": why.percent}
    canvas.titled(canvas.word("pair.title"), canvas.word("pair.note", **said))
    return canvas.done()
