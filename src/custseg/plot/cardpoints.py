"""How much can each factor of a card earn, or take away?"""

from typing import Final

from custseg.labels import title
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import FELL, ROSE
from custseg.scoring import Scorecard
from custseg.scoring.card.reach import reach

_BAR: Final = 0.4
_FRAME: Final = 1.7


def card_points(card: Scorecard, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """The least and the most points of each factor, the one with the widest reach on top.

    A dot stands where a customer is of whom nothing is known.

    Args:
        card: The card, made by hand or learnt.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.scoring import Scorecard
    >>> ax = card_points(Scorecard.preset("lead"))
    >>> [tick.get_text() for tick in ax.get_yticklabels()][:2]
    ['completeness', 'visits']
    """
    reached = [(one, *reach(one.rule()), one.missing_points) for one in card.factors]
    reached.sort(key=lambda row: row[1] - row[2])  # stable: of equal ones in the card's order
    canvas = Canvas.of(ax, locale, (7.5, _FRAME + _BAR * len(reached)))
    for i, (_, low, high, unknown) in enumerate(reached):
        for left, right, colour in ((min(low, 0), 0, FELL), (0, max(high, 0), ROSE)):
            start = max(left, low) if colour == ROSE else left
            end = min(right, high) if colour == FELL else right
            if end > start:
                span = ((end - start) / 100, 0.7)
                canvas.ax.barh(i, *span, left=start / 100, color=colour, zorder=2)
        style: Style = {"color": canvas.ink.strong, "s": 22, "zorder": 4}
        canvas.ax.scatter([unknown / 100], [i], edgecolor=canvas.ink.paper, **style)
        said: Style = {"textcoords": "offset points", "va": "center", "fontsize": 9}
        said |= {"color": canvas.ink.strong}
        text = f"{low / 100:g} … {high / 100:g}".replace("-", "\u2212")
        canvas.ax.annotate(text, (max(high, unknown, 0) / 100, i), (6, 0), **said)
    canvas.plain(rules=False)
    names = [one.title or title(one.name, canvas.locale) for one, *_ in reached]
    canvas.named(names)
    canvas.ax.margins(x=0.15)
    canvas.ax.axvline(0, color=canvas.ink.faint, lw=0.9, zorder=1)
    canvas.axis_words(canvas.word("points.axis"))
    canvas.titled(canvas.word("points.title"), canvas.word("points.note"))
    return canvas.done()
