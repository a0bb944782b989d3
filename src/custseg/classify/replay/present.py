"""Where does each customer stand on a day, and what comes next without a new order?"""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.classify.replay.chapters import Chapters, Events
from custseg.classify.replay.dwelling import Standing, calmed, settled
from custseg.classify.replay.timeline import Changes, changed, turns
from custseg.classify.states import LifecycleModel

FAR: Final = 36_525
"""Days ahead within which the next change is looked for: a hundred years."""


@attrs.frozen(eq=False)
class Present:
    """Where each customer stands on a day.

    Attributes:
        state: The state, by its code among the ladder's states; -1: not known yet.
        since: Day since when.
        previous: The state before, -1 where there was none.
        place: The step that decides on that day; hysteresis may keep another state.
        next_state: The state after the next change without a new order, -1 where there is none.
        next_day: The day of that change, NaN where there is none.
        review: The day on which at least the reason changes, NaN where there is none.
    """

    state: Index
    since: Floats
    previous: Index
    place: Index
    next_state: Index
    next_day: Floats
    review: Floats


def present(model: LifecycleModel, events: Events, chapters: Chapters, until: int) -> Present:
    """Replay all that happened up to a day, and look ahead from there.

    Args:
        model: The model that decides.
        events: What happened.
        chapters: The times between it.
        until: The day.
    """
    changes = turns(model.ladder, chapters, model.calm.grace_days)
    now = stand(calmed(model, changes, events, until=until), events)
    return ahead(model, chapters, now, until)


@attrs.frozen(eq=False)
class Stand:
    """The last change of each customer.

    Attributes:
        state: The state, -1 where there was no change.
        since: Its day.
        previous: The state before.
    """

    state: Index
    since: Floats
    previous: Index


def stand(changes: Changes, events: Events) -> Stand:
    """The last of the changes of state of each customer.

    Since when it has been so is not known of who was so from the beginning.
    """
    size = events.bought.size
    state, previous = np.full((2, size), -1)
    since = np.full(size, np.nan)
    first = changed(changes.code)
    last = np.flatnonzero(np.append(first[1:], True)[: len(first)])
    who = changes.code[last]
    state[who], since[who] = changes.state[last], changes.day[last]
    again = last[~first[last]]
    previous[changes.code[again]] = changes.state[again - 1]
    if events.opening is not None:
        since[since == events.opening] = np.nan
    return Stand(state, since, previous)


def ahead(model: LifecycleModel, chapters: Chapters, now: Stand, until: int) -> Present:
    """Add to where each customer stands what comes next if nothing happens.

    Args:
        model: The model that decides.
        chapters: The chapters; of each customer the last one counts.
        now: Where the customers stand.
        until: The day from which to look ahead.
    """
    ends = np.append(changed(chapters.code)[1:], True)[: len(chapters.code)]
    last = chapters.take(np.flatnonzero(ends))
    start = np.full(len(last.code), until)
    coming = attrs.evolve(last, start=start, end=start + FAR)
    said = turns(model.ladder, coming, model.calm.grace_days)
    place = np.full(len(now.state), -1)
    begins = changed(said.code)
    place[said.code[begins]] = said.place[begins]
    later = said.take(~begins)
    if model.calm.dwell_days:
        standing = Standing(now.state.copy(), now.since.copy(), np.full(len(now.state), -1))
        moves = settled(model, said, standing, until=until + FAR)
    else:
        moves = later.take(later.state != now.state[later.code])
    next_state, next_day = np.full(len(now.state), -1), np.full(len(now.state), np.nan)
    first = moves.take(changed(moves.code))
    next_state[first.code], next_day[first.code] = first.state, first.day
    review = next_day.copy()
    soon = later.take(changed(later.code))
    review[soon.code] = np.fmin(review[soon.code], soon.day)
    return Present(now.state, now.since, now.previous, place, next_state, next_day, review)
