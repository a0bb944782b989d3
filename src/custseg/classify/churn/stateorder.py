"""In which order does a lifecycle put customers, from the safest to the one who is long gone?"""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.classify.churn.seen import Seen
from custseg.classify.churn.signals import Ranking
from custseg.classify.ladder import StateLadder
from custseg.classify.replay.base import fitted
from custseg.classify.replay.chapters import Chapters
from custseg.classify.replay.present import FAR, present
from custseg.classify.replay.timeline import changed, turns
from custseg.classify.states import Lifecycle, LifecycleModel
from custseg.lifetime import PurchaseModel


@attrs.frozen
class StateOrder(Ranking):
    """The order of a lifecycle: the state first, and within a state how far it has come.

    That is the chance of no purchase where the strategy asks a model of buying; otherwise the days
    beyond the day on which the customer falls dormant if it does not buy, below 0 before it.

    Attributes:
        lifecycle: A strategy, fitted anew on each day; or a fitted model.

    >>> StateOrder().chance
    False
    """

    lifecycle: Lifecycle | LifecycleModel = attrs.field(factory=Lifecycle)

    def risk(self, seen: Seen) -> Floats:
        """Rank of the state, and a part of one for how far it has come."""
        return self._told(seen)[0]

    def scale(self, seen: Seen) -> str:
        """What the part of one is: a strategy that falls back on some days counts in days there."""
        return self._told(seen)[1]

    def _told(self, seen: Seen) -> tuple[Floats, str]:
        return seen.once(self, lambda: self._order(seen))

    def _order(self, seen: Seen) -> tuple[Floats, str]:
        model = fitted(self.lifecycle, seen.base, seen.until)
        base = seen.base.reading(model.ladder)
        chapters = Chapters.of(base.events, model.ladder, seen.until)
        now = present(model, base.events, chapters, seen.until)
        rank = np.array([*map(model.ladder.rank, model.ladder.states)], dtype=np.float64)
        within, scale = _chance_of(model.ladder, seen), "chance"
        if within is None:
            within, scale = _squeezed(seen.until - _falling(model, chapters, seen)), "days"
        return rank[now.state[seen.who]] + within, scale


def _chance_of(ladder: StateLadder, seen: Seen) -> Floats | None:
    """The chance of no purchase where the steps ask a model of buying for it."""
    for signal in ladder.signals:
        held: Any = getattr(signal, "purchases", None)
        if isinstance(held, PurchaseModel):
            horizon = getattr(signal, "horizon", seen.horizon)
            return held.p_no_purchase(seen.asked(held), horizon=horizon)
    return None


def _falling(model: LifecycleModel, chapters: Chapters, seen: Seen) -> Floats:
    """The day on which each customer falls dormant after the last that happened to it."""
    ladder = model.ladder
    ends = np.append(changed(chapters.code)[1:], True)[: len(chapters.code)]
    last = chapters.take(np.flatnonzero(ends))
    coming = attrs.evolve(last, end=np.full(len(last.code), seen.until + FAR))
    said = turns(ladder, coming, model.calm.grace_days)
    asleep = np.array([ladder.class_of(state) == "dormant" for state in ladder.states])
    falls = said.take(np.asarray(asleep[said.state]))
    first = falls.take(changed(falls.code))
    day = np.full(seen.base.events.bought.size, float(seen.until + FAR))
    day[first.code] = first.day
    return day[seen.who]


def _squeezed(days: Floats) -> Floats:
    """Any number of days between 0 and 1, in the same order."""
    return np.asarray(0.5 + 0.5 * days / (1.0 + np.abs(days)))
