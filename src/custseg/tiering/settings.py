"""Are the settings of a cutter possible?"""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from numbers import Real
from typing import Any, Final

from custseg.errors import ConfigError, DataError, NotEnoughDataError, did_you_mean

_SIMPLE: Final = 1000  # the largest denominator that a share such as 1/3 is recognised by


def settled(given: Any) -> tuple[float, ...]:  # noqa: ANN401 - whatever is given
    """Numbers of a setting; one number stands for itself.

    Args:
        given: Numbers, or one.

    Raises:
        ConfigError: Something else is among them: a text is no number, not even ``"12"``.

    >>> settled([100, 2.5]), settled(7)
    ((100.0, 2.5), (7.0,))
    """
    many: Any = given if hasattr(given, "__iter__") and not isinstance(given, str) else (given,)
    try:
        return tuple(_number(one) for one in many)
    except (TypeError, ValueError, OverflowError) as error:
        msg = f"numbers are needed, got {given!r}"
        raise ConfigError(msg) from error


def _number(one: Any) -> float:  # noqa: ANN401 - whatever is given
    if isinstance(one, str | bytes):
        raise TypeError
    return float(one)


def check_cutter(given: object) -> None:
    """Refuse what cannot cut.

    Raises:
        ConfigError: It has no method ``cuts``.

    >>> from custseg.tiering import Pareto
    >>> check_cutter(Pareto())
    """
    if not callable(getattr(given, "cuts", None)):
        msg = f"a cutter has a method cuts, such as Pareto((0.95, 0.8)), got {given!r}"
        raise ConfigError(msg)


def is_number(given: object) -> bool:
    """Whether a setting is a number, and not a text or a truth value.

    >>> is_number(0.5), is_number("0.5"), is_number(True)
    (True, False, False)
    """
    return not isinstance(given, bool) and isinstance(given, Real)


def check_points(name: str, points: tuple[float, ...], *, strict: bool) -> None:
    """Refuse cut points that are not finite or not in order.

    Args:
        name: The setting that holds them.
        points: The points.
        strict: Equal neighbours, and no points at all, are refused too.

    Raises:
        ConfigError: As said.

    >>> check_points("at", (100.0, 1000.0), strict=True)
    """
    if strict and not points:
        msg = f"{name} holds no points; give at least one, lowest first"
        raise ConfigError(msg)
    if any(not isfinite(point) for point in points):
        msg = f"{name} must be finite numbers, got {list(points)}"
        raise ConfigError(msg)
    if any(a > b or (strict and a == b) for a, b in pairwise(points)):
        msg = f"{name} must ascend, got {list(points)}"
        raise ConfigError(msg)


def check_shares(name: str, parts: tuple[float, ...]) -> None:
    """Refuse shares that are not strictly between 0 and 1.

    Raises:
        ConfigError: One is not, or there are none.

    >>> check_shares("at", (0.5, 0.8))
    """
    if not parts or any(not (is_number(part) and 0 < part < 1) for part in parts):
        msg = f"{name} must be shares strictly between 0 and 1, at least one, got {list(parts)}"
        raise ConfigError(msg)


def check_word(name: str, got: str, allowed: Iterable[str]) -> None:
    """Refuse a word that is not among the allowed ones.

    Raises:
        ConfigError: It is not.

    >>> check_word("ties", "up", ("down", "up"))
    """
    options = tuple(allowed)
    if got not in options:
        msg = f"{name} must be one of {list(options)}, got {got!r}"
        raise ConfigError(msg)


def check_tiers(tiers: tuple[str, ...], served: Iterable[str], classes: int | None) -> None:
    """Refuse names of tiers that do not fit the cuts or the services.

    Args:
        tiers: Names, lowest first.
        served: Names that have a service policy.
        classes: Classes that the cuts make; ``None``: not known before there is data.

    Raises:
        ConfigError: As said.

    >>> check_tiers(("low", "high"), {"low", "high"}, 2)
    """
    if not tiers or not all(tiers) or len(set(tiers)) < len(tiers):
        msg = f"tiers must be different names, at least one, lowest first, got {list(tiers)}"
        raise ConfigError(msg)
    if classes is not None and classes != len(tiers):
        msg = (
            f"{classes - 1} cuts make {classes} tiers, but {len(tiers)} are named: {list(tiers)}; "
            "name one more than there are cuts"
        )
        raise ConfigError(msg)
    given = set(served)
    if unknown := sorted(given - set(tiers)):
        hint = did_you_mean(unknown[0], tiers)
        msg = f"service for tier {unknown[0]!r}, which is not among {list(tiers)}.{hint}"
        raise ConfigError(msg)
    if lacking := [tier for tier in tiers if tier not in given]:
        msg = f"no service policy for tiers {lacking}; give one for each tier"
        raise ConfigError(msg)


def check_labels(labels: tuple[str, ...], classes: int, *, needed: bool = False) -> None:
    """Refuse words that are not one for each class.

    Args:
        labels: Words, lowest first.
        classes: The number of classes.
        needed: No words at all are refused, too, and a word may stand for several classes.

    Raises:
        ConfigError: As said.

    >>> check_labels(("low", "high"), 2)
    """
    if not labels and not needed:
        return
    if len(labels) != classes:
        msg = f"{classes} classes need {classes} words, lowest first, got {list(labels)}"
        raise ConfigError(msg)
    if not needed and (not all(labels) or len(set(labels)) < len(labels)):
        msg = f"labels must be different words, got {list(labels)}"
        raise ConfigError(msg)


def check_ties(got: str, allowed: tuple[str, ...] = ("down", "up", "middle")) -> None:
    """Refuse a tie rule that is not among the allowed ones, and say why none splits equals.

    Raises:
        ConfigError: It is not.

    >>> check_ties("up")
    """
    if got not in allowed:
        msg = (
            f"ties must be one of {list(allowed)}, got {got!r}; equal customers are never told "
            "apart by the order of rows: for a number of places use Quota"
        )
        raise ConfigError(msg)


def check_known(rows: int, there: int, infinite: int) -> None:
    """Refuse to learn from nothing, or from what has no size.

    Args:
        rows: Rows that were looked at.
        there: Rows with a value.
        infinite: Rows whose value is infinite: they would move every cut.

    Raises:
        NotEnoughDataError: No value is there.
        DataError: Some are infinite.

    >>> check_known(3, 2, 0)
    """
    if not there:
        msg = (
            f"no value to choose cut points from ({rows} rows, all missing); "
            "fit on customers whose value is known, or use Thresholds with points of your own"
        )
        raise NotEnoughDataError(msg)
    if infinite:
        msg = f"{infinite} of {there} values are infinite; make them missing or finite first"
        raise DataError(msg)


def exact_share(share: float) -> Fraction:
    """A share as the simple fraction or the decimal that it was written as.

    Args:
        share: A number between 0 and 1.

    >>> exact_share(0.29), exact_share(1 / 3), exact_share(0.123456)
    (Fraction(29, 100), Fraction(1, 3), Fraction(1929, 15625))
    """
    simple = Fraction(share).limit_denominator(_SIMPLE)
    return simple if float(simple) == share else Fraction(str(share))
