"""When will the next ones slip away? The changes that are due, week by week."""

from typing import Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Floats, Index, Ints, Needs
from custseg.classify.ladder import STATES
from custseg.features.periods import whole
from custseg.labels import label
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.palette import colours
from custseg.plot.ticks import dated

_SIZE: Final = (8.5, 3.8)
_WEEK: Final = 7
_NEEDS: Final[Needs] = {"next_state": "text", "next_transition_date": "day", "as_of": "day"}


def transitions_ahead(
    states: object, *, weeks: int = 13, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """How many customers will change into which state in each coming week, if they buy nothing.

    Only the next change of each customer counts. A bar is the seven days that end on its date.

    Args:
        states: From ``customer_states`` or ``advance``.
        weeks: How many weeks ahead.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: ``weeks`` is no whole number of 1 or more, or there is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> model = cs.classify.Lifecycle(cs.classify.FixedDays(90)).fit([])
    >>> states = cs.classify.customer_states(log, model, as_of="2026-03-01")
    >>> transitions_ahead(states).texts[0].get_text()
    'next changes within 13 weeks after 2026-03-01: 1; later or never: 0'
    """
    weeks = whole(weeks, "weeks")
    found = _Coming.of(states, weeks)
    canvas = Canvas.of(ax, locale, _SIZE)
    ground = np.zeros(weeks)
    painted = colours(found.words)
    for word, count in zip(found.words, found.count, strict=True):
        told = {"label": label(word, canvas.locale), "color": painted[word], "zorder": 2}
        canvas.ax.bar(found.ends, count, 0.7 * _WEEK, bottom=ground, linewidth=0, **told)
        ground = ground + count
    canvas.plain()
    dated(canvas, found.ends)
    canvas.whole()
    if found.words:
        canvas.legend()
    said = {"weeks": weeks, "day": found.day, "inside": int(ground.sum()), "outside": found.later}
    canvas.titled(canvas.word("coming.title"), canvas.word("coming.note", **said), above=24.0)
    return canvas.done()


@attrs.frozen(eq=False)
class _Coming:
    """Next changes by state and week.

    Attributes:
        words: The states into which anybody changes.
        count: States x weeks: customers.
        ends: The last day of each week.
        day: The day from which weeks are counted; empty where there are no customers.
        later: Customers whose next change is later, or who have none.
    """

    words: tuple[str, ...]
    count: Ints
    ends: Floats
    day: str
    later: int

    @classmethod
    def of(cls, states: object, weeks: int) -> "_Coming":
        cols = frames.table(states).read(_NEEDS)
        codes, now = cols["next_state"], np.asarray(cols["as_of"], dtype=np.float64)
        ahead = np.asarray(cols["next_transition_date"], dtype=np.float64) - now
        nobody: Index = np.full(len(now), -1, dtype=np.intp)
        state = codes if isinstance(codes, Codes) else Codes(nobody, ())
        soon = (ahead <= _WEEK * weeks) & (state.at >= 0)
        week = (np.ceil(np.maximum(ahead[soon], 1) / _WEEK) - 1).astype(np.int64)
        size = len(state.words)
        count = np.bincount(state.at[soon] * weeks + week, minlength=size * weeks)
        count = count.reshape(size, weeks)
        order = list(STATES)
        rank = [order.index(w) if w in order else len(order) for w in state.words]
        seen: list[int] = [i for i in np.argsort(rank, kind="stable").tolist() if count[i].any()]
        start = float(now.max(initial=0.0))
        ends = start + _WEEK * np.arange(1.0, weeks + 1)
        day = str(np.datetime64(int(start), "D")) if len(now) else ""
        words: tuple[str, ...] = state.words
        return cls(
            tuple(words[i] for i in seen), count[seen], ends, day, int(np.count_nonzero(~soon))
        )
