"""How do customers buy: how often, when, how much, of what? Presets that read the profile."""

from collections.abc import Callable, Mapping
from typing import Final

from custseg.classify.groups.preset import UNKNOWN, Made
from custseg.errors import ConfigError, did_you_mean
from custseg.rules import Condition, F, Ladder

_NOTHING: Final[Mapping[str, str]] = {}
_READ: Final = (
    *("frequency", "tenure_days", "gap_mean_days", "gap_cv"),
    *("average_order", "refunds", "revenue", "categories"),
)
_YEAR: Final = 365
_AROUND: Final = 45  # days: a season that shifts by a month and a half is still the same one
_CALM: Final = 0.15
_CLOCK: Final = 0.3
_SHARE: Final = 0.6
_RETURNED: Final = 0.3
_ENOUGH: Final = 3
_MANY: Final = 5


def purchase_behaviour(
    *,
    every_days: float = 30.0,
    season_share: str = "",
    names: Mapping[str, str] = _NOTHING,
) -> Made:
    """Not bought, once, seasonal, frequent, occasional.

    - ``one_off``: one day with a purchase so far.
    - ``seasonal``: at least three, about a year apart: on average 320 to 410 days, and regular
      (``gap_cv`` at most 0.15); so there is evidence of two years. With ``season_share`` also
      whoever has been known for two years and made 60 % of the purchases in the same season.
    - ``frequent``: at least three, and one in ``every_days`` days since the first.
    - ``occasional``: more than one, and neither.

    Args:
        every_days: Days between purchases on average, at most, of a frequent buyer.
        season_share: A column of your own, if there is one: share of the purchase days that fall
            into the customer's main season.
        names: Columns of the profile that are called otherwise.

    Source: the four behaviours are customary; the limits are custseg's own judgement, to start
    from.
    """
    of = _fields(names)
    frequency, tenure, gap = of("frequency"), of("tenure_days"), of("gap_mean_days")
    yearly: Condition = gap.between(_YEAR - _AROUND, _YEAR + _AROUND) & (of("gap_cv") <= _CALM)
    if season_share:
        yearly |= (F(season_share) >= _SHARE) & (tenure >= 2 * _YEAR) & (frequency >= _ENOUGH)
    often = (frequency >= _ENOUGH) & (tenure <= _positive("every_days", every_days) * frequency)
    blind = frequency.is_missing() | ((frequency >= _ENOUGH) & tenure.is_missing())
    steps = (
        (blind, UNKNOWN),
        (frequency < 1, "not_bought"),
        (frequency == 1, "one_off"),
        (yearly, "seasonal"),
        (often, "frequent"),
    )
    order = ("not_bought", "one_off", "seasonal", "occasional", "frequent", UNKNOWN)
    return Made(Ladder(steps, "occasional", order))


def consumption_habit(
    *,
    big_order: float | None = None,
    small_order: float | None = None,
    every_days: float = 30.0,
    names: Mapping[str, str] = _NOTHING,
) -> Made:
    """Habits of whoever has bought on at least three days.

    - ``returns_often``: 30 % or more of what was bought came back, by money.
    - ``big_basket``: an average order of ``big_order`` or more; without it there is no such group.
    - ``small_frequent``: an average order below ``small_order``, once in ``every_days`` days.
    - ``one_category``: buys of one category alone; ``many_categories``: of five or more.
    - ``like_clockwork``: regular gaps (``gap_cv`` at most 0.3).
    - ``no_habit_seen``: none of these, as far as is known.

    Habits overlap: ``match="all"`` gives each a column of its own.

    Args:
        big_order: Money of a big order.
        small_order: Money below which an order is small.
        every_days: Days between purchases on average, at most, of a frequent buyer.
        names: Columns of the profile that are called otherwise.

    Source: the habits are customary; the limits are custseg's own judgement, to start from.
    """
    of = _fields(names)
    frequency, order = of("frequency"), of("average_order")
    often = of("tenure_days") <= _positive("every_days", every_days) * frequency
    back = _RETURNED / (1 - _RETURNED)  # of net revenue, from which refunds are taken off
    habits: list[tuple[Condition, str]] = [
        ((of("refunds") > 0) & (of("refunds") >= back * of("revenue")), "returns_often")
    ]
    if big_order is not None:
        habits.append((order >= _positive("big_order", big_order), "big_basket"))
    if small_order is not None:
        small = (order < _positive("small_order", small_order)) & often
        habits.append((small, "small_frequent"))
    habits += [
        (of("categories") == 1, "one_category"),
        (of("categories") >= _MANY, "many_categories"),
        (of("gap_cv") <= _CLOCK, "like_clockwork"),
    ]
    enough = frequency >= _ENOUGH
    few = (frequency >= 1) & (frequency < _ENOUGH)
    steps = (
        (frequency.is_missing(), UNKNOWN),
        (frequency < 1, "not_bought"),
        (few, "few_purchases"),
        *((enough & habit, name) for habit, name in habits),
    )
    inner = tuple(name for _, name in habits)
    words = ("not_bought", "few_purchases", *inner, "no_habit_seen", UNKNOWN)
    return Made(Ladder(steps, "no_habit_seen", words))


def _positive(name: str, value: float) -> float:
    if not value > 0:
        msg = f"{name} must be above 0, got {value}"
        raise ConfigError(msg, name)
    return float(value)


def _fields(names: Mapping[str, str]) -> Callable[[str], F]:
    """The columns of the profile under the names that they have."""
    for name in names:
        if name not in _READ:
            msg = f"no column {name!r} is read, only {list(_READ)}.{did_you_mean(name, _READ)}"
            raise ConfigError(msg, "names")
    return lambda name: F(names.get(name, name))
