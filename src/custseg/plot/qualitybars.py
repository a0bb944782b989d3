"""How much of each field can be used, and what is wrong with the rest?"""

from typing import Final

from custseg.clean import Quality
from custseg.frames import optional
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.palette import LOST, SEEN, STATE_COLOURS

_PARTS: Final = {
    "valid": SEEN,
    "invalid": LOST,
    "placeholder": STATE_COLOURS["at_risk"],
    "missing": STATE_COLOURS["potential"],
}
_BAR: Final = 0.36
_FRAME: Final = 1.6
_MOST: Final = 30


def quality_bars(found: Quality, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Shares of valid, invalid, placeholder and missing values of each field.

    Args:
        found: From ``clean.quality``, ``CleanModel.quality`` or the report of a run; of more than
            thirty fields the first.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.clean import quality
    >>> quality_bars(quality([{"phone": "138"}, {"phone": "n/a"}])).get_title(loc="left")
    'What can be used of each field'
    """
    fields = found.fields[:_MOST]
    canvas = Canvas.of(ax, locale, (7.0, _FRAME + _BAR * max(len(fields), 1)))
    places = list(range(len(fields)))
    left = [0.0] * len(fields)
    for part, colour in _PARTS.items():
        wide = [getattr(field, part) / field.rows if field.rows else 0.0 for field in fields]
        name = canvas.word(f"quality.{part}")
        canvas.ax.barh(places, wide, 0.7, left=left, color=colour, label=name, zorder=2)
        left = [start + more for start, more in zip(left, wide, strict=True)]
    canvas.plain(rules=False)
    canvas.named([field.column for field in fields])
    canvas.ax.set_xlim(0, 1)
    canvas.ax.xaxis.set_major_formatter(optional("matplotlib.ticker").PercentFormatter(1.0, 0))
    canvas.legend()
    said = canvas.word("quality.note", rows=found.rows)
    canvas.titled(canvas.word("quality.title"), said, above=24.0)
    return canvas.done()
