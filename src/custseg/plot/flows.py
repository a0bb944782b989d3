"""Customers in each state over time, and who moves between them."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.classify.flows.moves import Moves, moves_of
from custseg.classify.replay.grid import StateGrid
from custseg.classify.replay.inparts import PartitionedGrid
from custseg.errors import ConfigError
from custseg.features.daynumbers import days_of
from custseg.frames import optional
from custseg.labels import label
from custseg.plot.canvas import Axes, Canvas, Style
from custseg.plot.palette import colours
from custseg.plot.ribbons import apart, ribbons
from custseg.plot.ticks import dated

_SIZE: Final = (9.0, 4.8)
_COLUMN: Final = 0.26
_STAYS: Final = 0.62
_GOES: Final = 0.38
_TIGHT: Final = 0.055


def state_flows(
    grid: StateGrid | PartitionedGrid,
    *,
    by: Literal["state", "class"] = "state",
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """Customers in each state on each date, with ribbons of who moves from one to the next.

    A column is a date; a ribbon has the colour of the state that its customers leave, and the
    broad ones are those who stay. A column that grows has newcomers on top of their state.

    Args:
        grid: States on several dates, from ``states_asof``.
        by: States, or the three classes.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        NotEnoughDataError: The grid has fewer than two dates.
        ConfigError: There is no such ``by`` or locale.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> days = cs.classify.month_ends("1997-03-31", "1997-12-31")
    >>> by_days = cs.classify.Lifecycle(cs.classify.FixedDays(180, at_risk_after=90))
    >>> ax = state_flows(cs.classify.states_asof(log, days, by_days))
    >>> ax.get_title(loc="left")
    'Customers by state'
    """
    if by not in {"state", "class"}:
        msg = f"must be 'state' or 'class', got {by!r}"
        raise ConfigError(msg, "by")
    moves, _ = moves_of(grid)
    columns = _Columns.of(moves.by_class(grid) if by == "class" else moves, grid.dates)
    canvas = Canvas.of(ax, locale, _SIZE)
    columns.draw(canvas)
    canvas.titled(canvas.word(f"flows.{by}"), canvas.word("flows.note"))
    return canvas.done()


@attrs.frozen(eq=False)
class _Columns:
    """States one above the other on each date.

    Attributes:
        words: The states in which anybody ever is.
        steps: Steps x from x to, of these and of nobody's customers.
        counts: Customers: dates x states.
        days: The dates as numbers.
    """

    words: tuple[str, ...]
    steps: Ints
    counts: Ints
    days: Floats

    @classmethod
    def of(cls, moves: Moves, dates: Sequence[date]) -> "_Columns":
        counts = np.vstack((moves.steps[0].sum(axis=1), moves.steps.sum(axis=1)))[:, 1:]
        seen = np.flatnonzero(counts.any(axis=0))
        places = np.concatenate(([0], seen + 1))
        return cls(
            tuple(moves.words[i] for i in seen.tolist()),
            moves.steps[:, places][:, :, places],
            counts[:, seen],
            days_of(dates).astype(np.float64),
        )

    def draw(self, canvas: Canvas) -> None:
        wide = _COLUMN * float(np.diff(self.days).min())
        painted = colours(self.words)
        self._ribbons(canvas, [painted[word] for word in self.words])
        ground = np.zeros(len(self.days))
        for i, word in enumerate(self.words):
            count = self.counts[:, i]
            told = {"color": painted[word], "label": label(word, canvas.locale), "zorder": 3}
            canvas.ax.bar(self.days, count, wide, bottom=ground, linewidth=0, **told)
            ground = ground + count
        canvas.plain(rules=False)
        dated(canvas, self.days)
        canvas.ax.set(
            xlim=(self.days[0] - wide, self.days[-1] + wide), ylim=(0, max(ground.max(), 1))
        )
        canvas.whole()
        self._names(canvas, self.days[-1] + wide)

    def _ribbons(self, canvas: Canvas, painted: Sequence[str]) -> None:
        patch = optional("matplotlib.patches").PathPatch
        for ribbon in ribbons(self.steps):
            left, right = self.days[ribbon.step : ribbon.step + 2].tolist()
            drawn = patch(
                ribbon.outline(left, right),
                facecolor=painted[ribbon.source],
                alpha=_STAYS if ribbon.source == ribbon.target else _GOES,
                linewidth=0,
                zorder=1 if ribbon.source == ribbon.target else 2,
            )
            canvas.ax.add_patch(drawn)

    def _names(self, canvas: Canvas, right: float) -> None:
        """The states beside the last column, with their numbers one below the other."""
        last = self.counts[-1]
        there = np.flatnonzero(last)
        middle = (np.cumsum(last) - last / 2)[there]
        painted = colours(self.words)
        moved = optional("matplotlib.transforms").offset_copy
        beside = moved(canvas.ax.transData, canvas.ax.figure, x=9.0, units="points")
        square: Style = {"transform": beside, "marker": "s", "s": 44.0, "clip_on": False}
        gap = _TIGHT * float(self.counts.sum(axis=1).max())
        for i, place in zip(there.tolist(), apart(middle, gap).tolist(), strict=True):
            style = {"va": "center", "fontsize": 9.5, "annotation_clip": False}
            style |= {"xycoords": "data", "textcoords": "offset points"}
            count, at = f"{last[i]:,}", (right, place)
            canvas.ax.scatter(*at, **square, color=painted[self.words[i]])
            canvas.ax.annotate(count, at, (46.0, 0.0), ha="right", color=canvas.ink.strong, **style)
            word = label(self.words[i], canvas.locale)
            canvas.ax.annotate(word, at, (51.0, 0.0), color=canvas.ink.strong, **style)
