"""How the customers truly buy: a rate of their own, a chance to leave after each purchase.

The process is the one of the MBG/NBD model (gamma rates, a coin of leaving after every purchase,
the first included), made more regular for half of the customers, and run on the clock of
``custseg.datasets.seasons``, so that purchases crowd on shopping days.
"""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.datasets import exact
from custseg.datasets.draws import Draws
from custseg.datasets.people import Person
from custseg.datasets.recipe import Recipe
from custseg.datasets.seasons import USUAL, day_of, moment, season, seconds_of_day


@attrs.frozen
class Habit:
    """A way of buying.

    Attributes:
        word: Its name in the truth table.
        share: Weight among customers.
        gap: Usual days between two purchases.
        stop: Chance to leave after a purchase, of a thousand.
        spend: Size of an order against other habits.
    """

    word: str
    share: int
    gap: int
    stop: int
    spend: float


HABITS = (
    Habit("none", 17, 90, 1000, 1.0),
    Habit("once", 15, 90, 1000, 1.0),
    Habit("weekly", 10, 7, 10, 0.4),
    Habit("monthly", 27, 30, 45, 0.7),
    Habit("quarterly", 21, 91, 90, 1.2),
    Habit("yearly", 10, 365, 120, 2.2),
)
PATIENCE_GAPS = 2.0
PATIENCE_DAYS = 30
"""A customer is truly dormant when silent for more than two of their own gaps and 30 days."""

TIERS = ("low", "medium", "high")
TIER_EDGES = (1_000.0, 8_000.0)
"""Money a year, while the customer buys, from which the true tier is medium and high."""

_NEVER = 0
_BUSINESS_SPEND = 4.0
_USUAL_ORDER = 4.6  # exp(4.6) is about 100
_WHALES = 0.02
_WHALE_SPEND = 12.0
_AT_ONCE = 0.45  # share that buys on the day it becomes known
_FIRST_LAG = 25.0 * USUAL
_REPEATED_DAY = 0.03


@attrs.frozen(eq=False)
class Nature:
    """What drives each customer, unseen in any table.

    Attributes:
        habit: Position in ``HABITS``.
        gap: Mean days between purchases.
        stop: Chance to leave after a purchase.
        regular: Buys at even intervals rather than at random ones.
        spend: Usual money an order.
        known_on: Day the customer became known, counted from the start.
    """

    habit: Index
    gap: Floats
    stop: Floats
    regular: Bools
    spend: Floats
    known_on: Ints

    @property
    def yearly_value(self) -> Floats:
        """Money a year while the customer buys."""
        return np.rint(self.spend * 36_500.0 / self.gap) / 100.0

    @property
    def patience(self) -> Floats:
        """Days of silence after which the customer is dormant."""
        return self.gap * PATIENCE_GAPS + PATIENCE_DAYS


@attrs.frozen(eq=False)
class Purchases:
    """Every true purchase, by customer and then by time.

    Attributes:
        who: Position of the customer.
        at: Seconds since 1970-01-01, local.
        cents: Money, always above 0.
        alive: Per customer, whether the process still runs at the end.
    """

    who: Index
    at: Ints
    cents: Ints
    alive: Bools

    def first(self) -> Ints:
        """Second of the first purchase of each customer, -1 if there is none."""
        found = np.full(len(self.alive), -1, dtype=np.int64)
        found[self.who[::-1]] = self.at[::-1]
        return found

    def last_day(self) -> Ints:
        """Day of the last purchase of each customer, -1 if there is none."""
        found = np.full(len(self.alive), -1, dtype=np.int64)
        np.maximum.at(found, self.who, day_of(self.at))
        return found


def natures(draws: Draws, recipe: Recipe, people: list[Person]) -> Nature:
    """Give each customer a way of buying."""
    n = len(people)
    habit = draws.pick(n, [one.share for one in HABITS])
    rate = np.clip(draws.gamma(n, 2), 0.35, 2.5)
    business = np.array([one.company is not None for one in people])
    spend = exact.exp(draws.normal(n) * 0.9 + _USUAL_ORDER)
    spend *= np.array([one.spend for one in HABITS])[habit]
    spend = np.where(business, spend * _BUSINESS_SPEND, spend)
    spend = np.where(draws.chance(n, _WHALES), spend * _WHALE_SPEND, spend)
    early = draws.uniform(n)
    return Nature(
        habit=habit,
        gap=np.array([float(one.gap) for one in HABITS])[habit] / rate,
        stop=np.array([one.stop / 1000 for one in HABITS])[habit],
        regular=draws.chance(n, 0.5),
        spend=spend,
        # More of them at the start: a company that is watched from some day on has customers.
        known_on=(early * early * recipe.days).astype(np.int64),
    )


def purchases(draws: Draws, recipe: Recipe, people: list[Person], nature: Nature) -> Purchases:
    """Let the customers buy until they leave or time is up."""
    repeats = _repeats(draws, recipe, nature)
    who = np.repeat(np.arange(len(people)), repeats)
    clock = _clock(draws, nature, who)
    day = _days(recipe, people, nature, who, clock)
    inside = day < recipe.days
    alive = np.bincount(who[inside], minlength=len(people)) < repeats
    who, day = who[inside], day[inside]
    again = draws.chance(len(who), _REPEATED_DAY)
    who, day = np.concatenate([who, who[again]]), np.concatenate([day, day[again]])
    at = moment(recipe.first_day + day.astype(np.int64), seconds_of_day(draws, len(who)))
    noise = exact.exp(draws.normal(len(who)) * 0.45)
    cents = np.maximum(np.rint(nature.spend[who] * noise * 100.0), 100.0).astype(np.int64)
    order = np.lexsort((at, who))
    return Purchases(who[order], at[order], cents[order], alive)


def _repeats(draws: Draws, recipe: Recipe, nature: Nature) -> Ints:
    """Count the purchases of each customer up to leaving, with more than time allows as the cap."""
    stays = np.maximum(1.0 - nature.stop, 1e-9)
    until_leaving = 1.0 + np.floor(exact.log(draws.uniform(len(stays))) / exact.log(stays))
    cap = np.floor(2.0 * recipe.days / nature.gap) + 10.0
    counts = np.minimum(until_leaving, cap).astype(np.int64)
    counts[nature.habit == _NEVER] = 0
    return counts


def _clock(draws: Draws, nature: Nature, who: Index) -> Ints:
    """Add up the gaps of each customer: purchase time since the customer became known."""
    n = len(who)
    gap = np.where(nature.regular[who], draws.gamma(n, 2), draws.exponential(n))
    steps = np.maximum(np.rint(gap * nature.gap[who] * USUAL), 1.0).astype(np.int64)
    first = np.ones(n, dtype=np.bool_)
    first[1:] = who[1:] != who[:-1]
    lag = np.rint(draws.exponential(n) * _FIRST_LAG).astype(np.int64)
    lag[draws.chance(n, _AT_ONCE)] = 0
    steps = np.where(first, lag, steps)
    total = np.cumsum(steps)
    starts = np.flatnonzero(first)
    base = (total - steps)[starts]
    return total - np.repeat(base, np.diff(np.append(starts, n)))


def _days(recipe: Recipe, people: list[Person], nature: Nature, who: Index, clock: Ints) -> Index:
    language = np.array([one.language for one in people])[who]
    day = np.empty(len(who), dtype=np.intp)
    for name in recipe.languages:
        mine = language == name
        seasons = season(name, recipe.first_day, recipe.days)
        known = seasons.before(nature.known_on)[who[mine]]
        day[mine] = seasons.day(known + clock[mine])
    return day
