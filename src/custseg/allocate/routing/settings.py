"""What a router is told: strategy, guards, wishes, who keeps a lead, and where the rest goes."""

from collections.abc import Iterable
from math import isfinite
from typing import Final, Literal

import attrs

from custseg._typing import floats, words
from custseg.allocate.routing.desk.protocol import Guard, Routing
from custseg.allocate.routing.strategies.turns import RoundRobin
from custseg.allocate.wishing.protocol import Wish
from custseg.errors import ConfigError
from custseg.frames.moments import zone
from custseg.rules import Condition

OWNERS: Final = ("owner",)
BARRED: Final = "do_not_assign"


def _wishes(given: Iterable[Wish]) -> tuple[Wish, ...]:
    return tuple(given)


def _guards(given: Iterable[Guard]) -> tuple[Guard, ...]:
    return tuple(given)


@attrs.frozen
class RouterSettings:
    """The fields of ``Router``, which says what each of them means."""

    strategy: Routing = attrs.field(factory=RoundRobin)
    guards: tuple[Guard, ...] = attrs.field(default=(), converter=_guards, kw_only=True)
    gates: tuple[Wish, ...] = attrs.field(default=(), converter=_wishes, kw_only=True)
    wishes: tuple[Wish, ...] = attrs.field(default=(), converter=_wishes, kw_only=True)
    weights: tuple[float, ...] = attrs.field(default=(), converter=floats, kw_only=True)
    slack: float = attrs.field(default=0.0, kw_only=True)
    owners: tuple[str, ...] = attrs.field(default=OWNERS, converter=words, kw_only=True)
    keep: Literal["if_free", "always"] = attrs.field(
        default="if_free", validator=attrs.validators.in_(("if_free", "always")), kw_only=True
    )
    when: Condition | None = attrs.field(default=None, kw_only=True)
    fallback: str | int | None = attrs.field(default=None, kw_only=True)
    pool: str | None = attrs.field(default=None, kw_only=True)
    cycle: Literal["week", "month", "quarter", "year"] | None = attrs.field(
        default=None,
        validator=attrs.validators.in_((None, "week", "month", "quarter", "year")),
        kw_only=True,
    )
    tz: str | None = attrs.field(default=None, kw_only=True)
    remember_days: int = attrs.field(default=400, kw_only=True)
    lead_id: str = attrs.field(default="lead_id", kw_only=True)
    rep_id: str = attrs.field(default="rep_id", kw_only=True)
    owner: str = attrs.field(default="owner", kw_only=True)
    do_not_assign: str = attrs.field(default=BARRED, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse settings that contradict one another.

        Raises:
            ConfigError: The weights do not belong to the wishes, a number is out of its range,
                or there is no such time zone.
        """
        if self.weights and len(self.weights) != len(self.wishes):
            msg = f"got {len(self.weights)} weights for {len(self.wishes)} wishes; give one each"
            raise ConfigError(msg, "router.weights")
        if not all(isfinite(weight) and weight >= 0 for weight in self.weights):
            msg = f"weights must be 0 or more, got {list(self.weights)}"
            raise ConfigError(msg, "router.weights")
        if not 0 <= self.slack <= 1:
            msg = f"must be points from 0 to 1, got {self.slack}"
            raise ConfigError(msg, "router.slack")
        if self.remember_days < 0:
            msg = f"must be days, 0 or more, got {self.remember_days}"
            raise ConfigError(msg, "router.remember_days")
        if self.tz is not None:
            zone(self.tz)
