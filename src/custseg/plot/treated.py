"""How often is each group of people chosen?"""

from typing import Final

import numpy as np

from custseg.errors import ConfigError, did_you_mean
from custseg.frames import optional
from custseg.labels import label, title
from custseg.measures import wilson
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.palette import LOST, SEEN
from custseg.scoring import Audit
from custseg.scoring.auditing.treatment import FOUR_FIFTHS, Fairness

_BAR: Final = 0.4
_FRAME: Final = 1.8


def fairness_bars(
    found: Audit, attribute: str | None = None, *, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Share of each group that is chosen, with its interval.

    The line stands at four fifths of the highest share of a group that is large enough; groups
    that are too small to be judged are pale.

    Args:
        found: From ``audit`` with ``protected``.
        attribute: The attribute; by default the first that was found in the table.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such attribute in the audit, or no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.scoring import audit
    >>> rows = [{"score": n % 50, "won": n % 7 > 3, "sex": "fm"[n % 2]} for n in range(200)]
    >>> ax = fairness_bars(audit("score", rows, "won", protected=["sex"]))
    >>> [tick.get_text() for tick in ax.get_yticklabels()]
    ['f', 'm']
    """
    one = _attribute(found, attribute)
    groups = [group for group in one.groups if group.rows]
    canvas = Canvas.of(ax, locale, (7.0, _FRAME + _BAR * len(groups)))
    chosen = np.array([group.chosen for group in groups])
    rows = np.array([group.rows for group in groups])
    low, high = wilson(chosen, rows, one.level)
    rates, places = chosen / rows, np.arange(len(groups))
    for i, group in enumerate(groups):
        faint = 0.35 if group.small else 1.0
        canvas.ax.barh(i, rates[i], 0.7, color=SEEN, alpha=faint, zorder=2)
    canvas.ax.hlines(places, low, high, color=canvas.ink.strong, lw=1.2, zorder=3)
    judged = [group.selected for group in groups if not group.small]
    if judged:
        line = FOUR_FIFTHS * max(judged)
        canvas.ax.axvline(line, color=LOST, lw=1.2, ls=(0, (4, 3)), zorder=4)
    canvas.plain(rules=False)
    canvas.named([label(group.group, canvas.locale) for group in groups])
    canvas.ax.set_xlim(left=0)
    canvas.ax.xaxis.set_major_formatter(optional("matplotlib.ticker").PercentFormatter(1.0, 0))
    name = title(one.attribute, canvas.locale)
    ratio = one.ratio.value
    said = canvas.word("fairness.note", ratio=ratio, low=one.ratio.low, high=one.ratio.high)
    if np.isnan(ratio):
        said = canvas.word("fairness.few")
    canvas.titled(canvas.word("fairness.title", attribute=name), said)
    return canvas.done()


def _attribute(found: Audit, name: str | None) -> Fairness:
    known = {one.attribute: one for one in found.fairness}
    if name is None and known:
        return next(iter(known.values()))
    if name is None or name not in known:
        hint = did_you_mean(name or "", known)
        msg = f"the audit looked at the attributes {list(known)}, not at {name!r}; "
        msg += f"name it: audit(..., protected=[...]).{hint}"
        raise ConfigError(msg, "attribute")
    return known[name]
