"""The life of one customer as a line: purchases above it, states on it, what is next beside it."""

from typing import Final

import attrs
import numpy as np

from custseg.features.daynumbers import day_of
from custseg.labels import label
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.life import CustomerLife
from custseg.plot.palette import colours
from custseg.plot.ticks import calendar

_SIZE: Final = (9.0, 2.6)
_AHEAD: Final = 0.4  # of the life so far, at most
_LEAST: Final = 60.0
_BAND: Final = 0.5
_MARKS: Final = 0.55
_TALL: Final = 0.12
_PALE: Final = 0.35
_UNTOLD: Final = "_nolegend_"


def customer_timeline(life: CustomerLife, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """One customer's purchases and states up to a day, and what comes if nothing is bought.

    Strokes are purchase days; a ring is the day by which half of those who buy again have. Pale is
    what has not come yet.

    Args:
        life: From ``CustomerLife.of``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> model = cs.classify.Lifecycle(cs.classify.FixedDays(90)).fit([])
    >>> ax = customer_timeline(CustomerLife.of(log, "a", model, as_of="2026-03-01"))
    >>> ax.get_title(loc="left"), ax.texts[0].get_text()
    ('Customer a', 'purchase days: 1; without another one: dormant on 2026-04-05')
    """
    canvas = Canvas.of(ax, locale, _SIZE)
    _Line(life, canvas).draw()
    canvas.titled(canvas.word("life.title", customer=life.customer), _told(canvas, life), above=24)
    return canvas.done()


@attrs.frozen(eq=False)
class _Line:
    """A life, and where to draw it."""

    life: CustomerLife
    canvas: Canvas

    def draw(self) -> None:
        ax, ink, now = self.canvas.ax, self.canvas.ink, day_of(self.life.as_of) + 1
        self._bands(now)
        at = [day_of(day) + 0.5 for day in self.life.purchases]
        ax.vlines(at, _MARKS - _TALL, _MARKS + _TALL, color=ink.strong, lw=1.4, zorder=4)
        if self.life.expected_date is not None and day_of(self.life.expected_date) < self._right:
            ring = {"s": 36, "facecolor": "none", "edgecolor": ink.strong, "linewidth": 1.4}
            ax.scatter([day_of(self.life.expected_date) + 0.5], [_MARKS], **ring, zorder=4)
        ax.axvline(now, color=ink.strong, lw=1.0, zorder=5)
        ax.set(xlim=(self._left - 2, self._right), ylim=(-_BAND / 2, 0.9), yticks=[])
        self.canvas.plain(rules=False)
        calendar(self.canvas, np.array([self._left, self._right]))
        self.canvas.legend()

    @property
    def _left(self) -> float:
        return day_of(self.life.spells[0].since)

    @property
    def _right(self) -> float:
        """Some time ahead, so far as anything comes in it."""
        now = day_of(self.life.as_of)
        room = max(_LEAST, _AHEAD * (now - self._left))
        known = (self.life.next_date, self.life.expected_date)
        coming = [day_of(day) - now + _LEAST / 2 for day in known if day is not None]
        return now + min(room, max(coming, default=_LEAST / 2))

    def _bands(self, now: float) -> None:
        spells, after = self.life.spells, self.life.next_state
        states = [*(spell.state for spell in spells), *([after] if after else [])]
        painted = colours(dict.fromkeys(states))
        told: set[str] = set()
        for spell in spells:
            name = "" if spell.state in told else label(spell.state, self.canvas.locale)
            told.add(spell.state)
            self._band(day_of(spell.since), day_of(spell.until) + 1, painted[spell.state], name)
        turn = self._right if self.life.next_date is None else day_of(self.life.next_date)
        turn = min(turn, self._right)
        self._band(now, turn, painted[spells[-1].state], "", pale=True)
        if after is not None and turn < self._right:
            name = "" if after in told else label(after, self.canvas.locale)
            self._band(turn, self._right, painted[after], name, pale=True)

    def _band(
        self, left: float, right: float, colour: str, name: str, *, pale: bool = False
    ) -> None:
        style = {"linewidth": 0, "zorder": 2, "alpha": _PALE if pale else 1.0, "color": colour}
        self.canvas.ax.barh(0.0, right - left, _BAND, left, label=name or _UNTOLD, **style)


def _told(canvas: Canvas, life: CustomerLife) -> str:
    said = [canvas.word("life.purchases", days=len(life.purchases))]
    if life.next_state is not None and life.next_date is not None:
        state = label(life.next_state, canvas.locale)
        said.append(canvas.word("life.next", state=state, date=life.next_date.isoformat()))
    if life.expected_date is not None:
        said.append(canvas.word("life.expected", date=life.expected_date.isoformat()))
    return canvas.word("and").join(said)
