"""What an allocation is told: who reads which columns, what counts, what must not be broken."""

from collections.abc import Iterable
from math import isfinite
from typing import Final, Literal, TypeAlias

import attrs

from custseg._typing import Needs, floats
from custseg.allocate.limiting.limits import Limits
from custseg.allocate.limiting.loads import Load
from custseg.allocate.limiting.splitting import Split
from custseg.allocate.ruling.book import RuleBook
from custseg.allocate.solving.optimal import Exact
from custseg.allocate.solving.solver import Solver
from custseg.allocate.wishing.ordering.priority import First, Priority
from custseg.allocate.wishing.protocol import Wish
from custseg.errors import ConfigError
from custseg.rules import Condition, merged

BARRED: Final = "do_not_assign"
Unit: TypeAlias = Literal["customer", "lead", "opportunity"]
Shortfall: TypeAlias = Literal["refuse", "report"]


def _wishes(given: Iterable[Wish]) -> tuple[Wish, ...]:
    return tuple(given)


def _loads(given: Iterable[Load]) -> tuple[Load, ...]:
    return tuple(given)


def _priority(given: Iterable[Priority | str]) -> tuple[Priority, ...]:
    """A bare name is a column whose larger values come first."""
    some = (given,) if isinstance(given, str) else given
    return tuple(First(item) if isinstance(item, str) else item for item in some)


@attrs.frozen(kw_only=True)
class Settings:
    """The fields of ``Allocation``, which says what each of them means."""

    rules: RuleBook | None = None
    gates: tuple[Wish, ...] = attrs.field(default=(), converter=_wishes)
    wishes: tuple[Wish, ...] = attrs.field(default=(), converter=_wishes)
    weights: tuple[float, ...] = attrs.field(default=(), converter=floats)
    limits: Limits = attrs.field(factory=Limits)
    loads: tuple[Load, ...] = attrs.field(default=(), converter=_loads)
    priority: tuple[Priority, ...] = attrs.field(
        default=(), converter=_priority, metadata={"short": First}
    )
    solver: Solver = attrs.field(factory=Exact)
    together: str | None = None
    locked: Condition | None = None
    split: Split | None = None
    pool: str | None = None
    shortfall: Shortfall = attrs.field(
        default="refuse", validator=attrs.validators.in_(("refuse", "report"))
    )
    unit: Unit = attrs.field(
        default="customer", validator=attrs.validators.in_(("customer", "lead", "opportunity"))
    )
    customer_id: str = "customer_id"
    rep_id: str = "rep_id"
    owner: str = "owner"
    do_not_assign: str = BARRED

    def __attrs_post_init__(self) -> None:
        """Refuse weights that do not belong to the wishes.

        Raises:
            ConfigError: There are more or fewer weights than wishes, or one is negative.
        """
        if self.weights and len(self.weights) != len(self.wishes):
            msg = f"got {len(self.weights)} weights for {len(self.wishes)} wishes; give one each"
            raise ConfigError(msg, "allocation.weights")
        if not all(isfinite(weight) and weight >= 0 for weight in self.weights):
            msg = f"weights must be 0 or more, got {list(self.weights)}"
            raise ConfigError(msg, "allocation.weights")

    @property
    def needs(self) -> Needs:
        """The columns of the customers that any part reads."""
        own: Needs = {} if self.together is None else {self.together: "text"}
        wanted = [own, *(wish.needs for wish in (*self.wishes, *self.gates))]
        wanted += [load.needs for load in self.loads]
        wanted += [rule.needs for rule in self.priority]
        wanted += [] if self.rules is None else [self.rules.needs]
        wanted += [] if self.locked is None else [self.locked.needs]
        wanted += [] if self.split is None else [self.split.needs]
        return merged(dict(needs) for needs in wanted)

    @property
    def rep_needs(self) -> Needs:
        """The columns of the representatives that any part reads, but for the limits."""
        wanted = [wish.rep_needs for wish in (*self.wishes, *self.gates)]
        wanted += [load.rep_needs for load in self.loads]
        wanted += [] if self.rules is None else [self.rules.rep_needs]
        return merged(dict(needs) for needs in wanted)
