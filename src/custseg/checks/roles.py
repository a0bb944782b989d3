"""Which role does a strategy play, and which laws follow from it?"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from custseg.allocate import Pool
from custseg.checks import comparing, learning, merging, pooling, routing, ruling, sharing
from custseg.checks.document import document
from custseg.config.registry import asks
from custseg.errors import ConfigError
from custseg.scoring import Factor, Grades, Ramp, Scorecard


def check(strategy: Any) -> tuple[str, ...]:  # noqa: ANN401 - any role
    """Hold a strategy against the laws of its role.

    The strategy is tried on a sample of customers with every difficulty, as every kind of table
    that is installed here.

    Args:
        strategy: A lifecycle strategy, cutter, curve, scale of chances, match key, comparison,
            survivorship, wish, priority, solver, pool, clock, routing strategy, guard, router, a
            spec with ``fit`` or a fitted model: ours or your own.

    Returns:
        The names of the laws that it keeps.

    Raises:
        BrokenLawError: It breaks one; the message says which, and on which record.
        ConfigError: It plays no role that custseg knows.

    >>> import custseg as cs
    >>> "ties" in check(cs.tiering.Quantiles((0.5, 0.8)))
    True
    """
    whole = _whole(strategy)
    for method, role in _ROLES.items():
        if _plays(whole, method):
            laws = dict.fromkeys(document(strategy))
            laws |= dict.fromkeys(role(whole))
            return tuple(laws)
    msg = f"{type(strategy).__name__} plays no known role; roles have one of {list(_ROLES)}"
    raise ConfigError(msg)


def _plays(whole: Any, method: str) -> bool:  # noqa: ANN401 - any role
    """Whether there is such a method; the ladder of cut points is not that of a strategy."""
    found = getattr(whole, method, None)
    return callable(found) and (method != "ladder" or asks(found) <= 1)


def _whole(strategy: Any) -> Any:  # noqa: ANN401 - any role
    """A part of a scorecard or of a pool is judged as a part of the smallest one."""
    if isinstance(strategy, Factor):
        return Scorecard((strategy,))
    if isinstance(strategy, Grades):
        return Scorecard((Factor("revenue", worth=100, curve=Ramp(0, 1000)),), grades=strategy)
    if hasattr(strategy, "starts") and hasattr(strategy, "stops"):
        return Pool(clocks=(strategy,), remind_before=3)
    if callable(getattr(strategy, "chance", None)):
        return Scorecard((Factor("revenue", worth=100, curve=Ramp(0, 1000)),), odds=strategy)
    return strategy


_ROLES: Final[dict[str, Callable[[Any], Iterator[str]]]] = {
    "kernel": learning.fitted,
    "ladder": learning.ladder,
    "cuts": learning.cutter,
    "rule": learning.curve,
    "keys": merging.key,
    "prepare": comparing.comparison,
    "pick": merging.survivorship,
    "rank": merging.survivorship,
    "make": merging.survivorship,
    "golden": merging.merge,
    "points": sharing.wish,
    "ranks": sharing.priority,
    "solve": sharing.solver,
    "assign": sharing.allocation,
    "levels": routing.strategy,
    "refuses": routing.guard,
    "route": routing.router,
    "recycle": pooling.pool,
    "ruled": ruling.book,
    "apply": learning.fitted,
    "fit": learning.spec,
}
