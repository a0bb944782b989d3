"""What is the least and the most that a tree of points can give?"""

from custseg.errors import ConfigError
from custseg.rules import Bands, Choice, Ladder, Line, Rule, Sum


def reach(rule: Rule, *, missing: bool = False) -> tuple[int, int]:
    """The least and the most points of a tree, over all known values of its fields.

    Of a sum it is the sum of its parts' limits, clamped: nothing is outside, though parts that
    read the same field may never reach it.

    Args:
        rule: A tree that gives whole hundredths of points.
        missing: Whether what a missing value earns counts, too.

    Raises:
        ConfigError: It gives words, fractions or nothing for some value.

    >>> reach(Line("orders", ((0.0, 0), (10.0, 2500)), missing=5000))
    (0, 2500)
    >>> reach(Line("orders", ((0.0, 0), (10.0, 2500)), missing=5000), missing=True)
    (0, 5000)
    """
    if isinstance(rule, Sum):
        limits = [reach(part, missing=missing) for part in rule.parts]
        least, most = sum(low for low, _ in limits), sum(high for _, high in limits)
        return clamp(least, rule.low, rule.high), clamp(most, rule.low, rule.high)
    points = [_whole(answer) for answer in _answers(rule)]
    if isinstance(rule, Line | Bands | Choice):
        unknown = _whole(rule.missing)
        points += [unknown] if missing else []
    return min(points), max(points)


def clamp(points: int, low: int | None, high: int | None) -> int:
    """Points within limits.

    >>> clamp(120, 0, 100), clamp(-5, 0, None)
    (100, 0)
    """
    if low is not None and points < low:
        return low
    return high if high is not None and points > high else points


def _answers(rule: Rule) -> tuple[object, ...]:
    if isinstance(rule, Line):
        return tuple(points for _, points in rule.knots)
    if isinstance(rule, Bands):
        return rule.values
    if isinstance(rule, Choice):
        return (*(points for _, points in rule.values), rule.otherwise)
    if isinstance(rule, Ladder):
        return (*(points for _, points in rule.steps), rule.otherwise)
    msg = "a curve gives whole hundredths of points; the card divides them"
    raise ConfigError(msg)


def _whole(answer: object) -> int:
    if isinstance(answer, int | float) and float(answer).is_integer():
        return int(answer)
    msg = f"a curve gives whole hundredths of points for every value, got {answer!r}"
    raise ConfigError(msg)
