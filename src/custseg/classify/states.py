"""Where is a customer in its life with us: potential, active or dormant?"""

from collections.abc import Mapping
from typing import ClassVar, TypeVar, cast

import attrs

from custseg import frames
from custseg._typing import Record
from custseg.classify.ladder import StateLadder
from custseg.classify.strategies import FixedDays, LifecycleStrategy
from custseg.model import RowModel
from custseg.reasons import Explanation, Reason
from custseg.rules import Rule

T = TypeVar("T")


@attrs.frozen
class Lifecycle:
    """How to tell potential, active and dormant customers apart.

    Attributes:
        strategy: The signs by which it is told; any class with a method ``ladder``.

    >>> model = Lifecycle(FixedDays(dormant_after=90)).fit([])
    >>> model.one({"frequency": 3, "recency_days": 90})["lifecycle"]
    'dormant'
    """

    strategy: LifecycleStrategy = attrs.field(factory=FixedDays)

    def fit(self, data: object) -> "LifecycleModel":
        """Freeze the steps that the strategy gives for this table.

        Args:
            data: A profile, one row a customer; a strategy of fixed days does not read it.
        """
        return LifecycleModel(self.strategy.ladder(frames.table(data)))


@attrs.frozen
class LifecycleModel(RowModel):
    """Lifecycle steps ready to apply.

    Adds ``lifecycle`` (potential, active or dormant, in this order) and ``lifecycle_reason`` (a
    code); where the strategy has finer states also ``lifecycle_state``.

    Attributes:
        ladder: The steps.

    >>> model = Lifecycle(FixedDays(dormant_after=90)).fit([])
    >>> print(model.explain({"frequency": 3, "recency_days": 212}).text())
    lifecycle: dormant
      - no order for 90 days or more
    """

    schema_version: ClassVar[int] = 1

    ladder: StateLadder

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees."""
        ladder = self.ladder
        finer = any(state != ladder.class_of(state) for state in ladder.states)
        return {
            "lifecycle": ladder.by_class(),
            **({"lifecycle_state": ladder.by_state()} if finer else {}),
            "lifecycle_reason": ladder.by_reason(),
        }

    def explain(self, record: Record) -> Explanation:
        """The step that decided, with its limits.

        Args:
            record: One customer, with the columns that the strategy reads.

        Returns:
            The decision and its reason; what the record holds is shown only with
            ``values=True``.

        >>> model = Lifecycle(FixedDays(dormant_after=90)).fit([])
        >>> print(model.explain({"frequency": 3, "recency_days": 7}).text("zh"))
        客户状态: 活跃客户
          - 最近一次下单不到 90 天
        """
        decided = self.one(record)
        given = {name: decided[name] for name in self.gives}
        place = int(_Deciding(self.ladder).one(record)["place"])
        step = self.ladder.steps[place] if place < len(self.ladder.steps) else None
        needs = step.when.needs if step else self.needs
        settings = dict[str, object](step.settings if step else {})
        held = {name: decided[name] for name in needs}
        return Explanation("lifecycle", given, (Reason(given["lifecycle_reason"], settings, held),))


@attrs.frozen
class _Deciding(RowModel):
    """Which step decides; for explanations."""

    ladder: StateLadder

    def rules(self) -> Mapping[str, Rule]:
        """The place of the step."""
        return {"place": self.ladder.by_place()}


def lifecycle(data: T, strategy: LifecycleStrategy | None = None) -> T:
    """Classify customers as potential, active or dormant.

    Args:
        data: A profile, one row a customer: records or a frame.
        strategy: The signs by which it is told; by default 180 days without an order.

    Returns:
        The same kind of table with ``lifecycle`` and ``lifecycle_reason`` added.

    >>> [one["lifecycle"] for one in lifecycle([{"frequency": 0, "recency_days": None}])]
    ['potential']
    """
    opened = frames.table(data)
    return cast("T", Lifecycle(strategy or FixedDays()).fit(opened).apply(opened))
