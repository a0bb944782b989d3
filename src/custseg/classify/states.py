"""Where is a customer in its life with us: potential, active or dormant?"""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Columns, Days, Floats, Gives, Index, Needs, Record
from custseg.classify.hysteresis import KEPT, PREVIOUS, SINCE, Calm, Hysteresis
from custseg.classify.ladder import CLASSES, SILENCE, StateLadder, Step
from custseg.classify.strategies.chance import ModelProbability
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.classify.strategies.single import placing
from custseg.model import RowModel, Scalar
from custseg.reasons import Explanation, Reason
from custseg.rules import Rule, merged

T = TypeVar("T")


@attrs.frozen
class Lifecycle:
    """How to tell potential, active and dormant customers apart.

    By default a model of buying tells it where the customers suffice to learn one
    (``ModelProbability``); where they do not, 180 days without an order make a customer dormant,
    each reason says so, and the model is plain rules, which become SQL. A rule that must stay the
    same however the data grow is named: ``Lifecycle(FixedDays())``.

    Attributes:
        strategy: The signs by which it is told; any class with a method ``ladder``.
        calm: How states are kept from changing to and fro.

    >>> from custseg.classify import FixedDays
    >>> model = Lifecycle(FixedDays(dormant_after=90)).fit([])
    >>> model.one({"frequency": 3, "recency_days": 90})["lifecycle"]
    'dormant'
    """

    strategy: LifecycleStrategy = attrs.field(factory=ModelProbability)
    calm: Hysteresis = attrs.field(factory=Hysteresis)

    def fit(self, data: object) -> "LifecycleModel":
        """Freeze the steps that the strategy gives for this table.

        Args:
            data: A profile, one row a customer; a strategy of fixed days does not read it.
        """
        return LifecycleModel(self.strategy.ladder(frames.table(data)), self.calm)


@attrs.frozen
class LifecycleModel(RowModel):
    """Lifecycle steps ready to apply.

    Adds ``lifecycle`` (potential, active or dormant, in this order) and ``lifecycle_reason`` (a
    code); where the strategy has finer states also ``lifecycle_state``; with hysteresis also
    ``lifecycle_since``, the day since when (null where it is older than what is known).

    Attributes:
        ladder: The steps.
        calm: How states are kept from changing to and fro.

    >>> from custseg.classify import FixedDays
    >>> model = Lifecycle(FixedDays(dormant_after=90)).fit([])
    >>> print(model.explain({"frequency": 3, "recency_days": 212}).text())
    lifecycle: dormant
      - no order for 90 days or more
    """

    schema_version: ClassVar[int] = 1

    ladder: StateLadder
    calm: Hysteresis = attrs.field(factory=Hysteresis)

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees; none where signals, holidays or hysteresis take part."""
        ladder = self.ladder
        if ladder.derived or self.calm.active:
            return {}
        finer = {"lifecycle_state": ladder.by_state()} if ladder.finer else {}
        return {"lifecycle": ladder.by_class(), **finer, "lifecycle_reason": ladder.by_reason()}

    @property
    def needs(self) -> Needs:
        """The columns that the steps, the signals and hysteresis read."""
        more: Needs = self.calm.needs if self.calm.active else {}
        return merged((dict(self.ladder.needs), dict(more)))

    @property
    def optional(self) -> frozenset[str]:
        """The state of the last period may be lacking."""
        return frozenset({PREVIOUS, SINCE}) if self.calm.active else frozenset()

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        ladder, calm = self.ladder, self.calm.active
        reasons = (*ladder.reasons, *KEPT) if calm else ladder.reasons
        given: dict[str, Gives] = {"lifecycle": CLASSES}
        if ladder.finer or calm:
            given["lifecycle_state"] = ladder.states
        if calm:
            given["lifecycle_since"] = "day"
        given["lifecycle_reason"] = tuple(dict.fromkeys(reasons))
        return given

    def kernel(self, cols: Columns) -> Columns:
        """Decide by the steps, then keep calm."""
        size = _rows(cols)
        ladder = self.ladder
        if not self.calm.active:
            place = ladder.place(cols, size)
            return self._told(ladder.codes[place], ladder.reasoned[place])
        calm = Calm.of(ladder, self.calm, cols, size)
        words = self.gives["lifecycle_reason"]
        reason = ladder.reasoned[calm.place]
        for kept, why in zip((calm.dwelt, calm.banded), KEPT, strict=True):
            reason = np.where(kept, words.index(why), reason)
        return self._told(calm.state, reason, calm.since)

    def shortcut(self) -> Scalar | None:
        """One record by plain Python, where hysteresis has no say."""
        if self.calm.active:
            return None
        place, ladder = placing(self.ladder), self.ladder
        told: list[dict[str, str]] = []
        for state, reason in zip(ladder.given, ladder.reasons, strict=True):
            known = {"lifecycle": ladder.class_of(state), "lifecycle_state": state}
            known["lifecycle_reason"] = reason
            told.append({name: known[name] for name in self.gives})
        return lambda record: dict(told[place(record)])

    def _told(self, state: Index, reason: Index, since: Floats | None = None) -> Columns:
        ladder, gives = self.ladder, self.gives
        classes = np.array([CLASSES.index(ladder.class_of(word)) for word in ladder.states])
        made: dict[str, Column] = {
            "lifecycle": Codes(classes[state], CLASSES),
            "lifecycle_state": Codes(state, ladder.states),
            "lifecycle_reason": Codes(reason, cast("tuple[str, ...]", gives["lifecycle_reason"])),
        }
        if since is not None:
            made["lifecycle_since"] = Days(since)
        return {name: made[name] for name in gives}

    def explain(self, record: Record) -> Explanation:
        """The step that decided, with its limits.

        Args:
            record: One customer, with the columns that the strategy reads.

        Returns:
            The decision, its reason, and the grace where limits pass later by hysteresis; what
            the record holds is shown only with ``values=True``.

        >>> from custseg.classify import FixedDays
        >>> model = Lifecycle(FixedDays(dormant_after=90)).fit([])
        >>> print(model.explain({"frequency": 3, "recency_days": 7}).text("zh"))
        客户状态: 活跃客户
          - 最近一次下单不到 90 天
        """
        decided = self.one(record)
        given = {name: decided[name] for name in self.gives}
        why = given["lifecycle_reason"]
        if why in KEPT:
            settings: dict[str, object] = attrs.asdict(self.calm)
            needs = self.calm.needs
        else:
            decided = _Deciding(self.ladder, self.calm).one(record)
            place = int(decided["place"])
            step = self.ladder.steps[place] if place < len(self.ladder.steps) else None
            settings = {**(step.settings if step else {}), **self.calm.named}
            needs = self._read(step) if step else self.needs
        held = {name: decided[name] for name in needs if name in decided}
        reasons = [Reason(why, settings, held)]
        if self.calm.named and why not in KEPT and SILENCE in needs:
            reasons.append(Reason("limits_later", self.calm.named))
        return Explanation("lifecycle", given, tuple(reasons))

    def _read(self, step: Step) -> Needs:
        """The columns that a step reads, and those that its signals read."""
        own = step.when.needs
        signals = (one.needs for one in self.ladder.signals if {*one.gives} & {*own})
        return merged((own, *map(dict, signals)))


@attrs.frozen
class _Deciding(RowModel):
    """Which step decides; for explanations."""

    ladder: StateLadder
    calm: Hysteresis

    @property
    def needs(self) -> Needs:
        """What the steps read."""
        return self.ladder.needs

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The place of the step, and what the signals say."""
        signals = (one.gives for one in self.ladder.signals)
        return {"place": "number", **{name: kind for one in signals for name, kind in one.items()}}

    def kernel(self, cols: Columns) -> Columns:
        """Find the place."""
        place = self.ladder.place(cols, _rows(cols), grace=self.calm.grace_days)
        known = self.ladder.seen(cols)
        found = {name: known[name] for name in self.gives if name in known}
        return {"place": place.astype(np.float64), **found}


def _rows(cols: Columns) -> int:
    column: Any = next(iter(cols.values()), ())
    return len(getattr(column, "at", column))


def lifecycle(data: T, strategy: LifecycleStrategy | None = None) -> T:
    """Classify customers as potential, active or dormant.

    Args:
        data: A profile, one row a customer: records or a frame.
        strategy: The signs by which it is told; without them as ``Lifecycle`` does.

    Returns:
        The same kind of table with ``lifecycle`` and ``lifecycle_reason`` added.

    >>> [one["lifecycle"] for one in lifecycle([{"frequency": 0, "recency_days": None}])]
    ['potential']
    """
    opened = frames.table(data)
    spec = Lifecycle() if strategy is None else Lifecycle(strategy)
    return cast("T", spec.fit(opened).apply(opened))
