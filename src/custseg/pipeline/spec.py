"""A job as a value: which parts, with which settings; ``fit`` freezes them into a policy."""

from collections.abc import Mapping
from typing import Any, Unpack

import attrs

from custseg import frames
from custseg.allocate import suggest
from custseg.classify import Lifecycle
from custseg.clean import Cleaner
from custseg.features import Conventions, Names
from custseg.match import Dedupe, Merge
from custseg.pipeline.policy import Policy
from custseg.pipeline.prepare import Preparation, Prepared
from custseg.pipeline.progress import Progress, Teller
from custseg.pipeline.run import Run
from custseg.pipeline.tables import Assigns, Day, Fits, Inputs, TableArgs
from custseg.scoring import Scorecard
from custseg.tiering import TierPlan


def _cleaner() -> Fits:
    return Cleaner.preset("mixed")


def _card() -> Fits:
    return Scorecard.preset("customer")


def _dedupe() -> Fits:
    return Dedupe.preset("contact")


@attrs.frozen(kw_only=True)
class Pipeline:
    """The whole job: clean, match, profile, classify, score, tier, allocate.

    Every part may be left out with ``None``; a part of your own needs ``fit`` and a kind.

    Attributes:
        names: What the columns of each table are called, by table.
        conventions: How the company counts: time zone, currency, refunds.
        cleaner: Cleans customer records.
        dedupe: Finds doubles; without it each record is a customer.
        merge: Makes one record of doubles.
        lifecycle: Potential, active or dormant.
        scorecard: How good a customer is.
        tier: What it is worth, and which service follows.
        allocation: Who looks after it; without it the usual wishes (``allocate.suggest``), as far
            as the customers and the reps have the columns for them.

    >>> import custseg as cs
    >>> job = cs.Pipeline(names={"transactions": cs.Names(at="paid_at")}, scorecard=None)
    >>> policy = job.fit(
    ...     transactions=[{"customer_id": "a", "paid_at": "2026-06-01", "amount": 30.0}],
    ...     as_of="2026-06-30",
    ... )
    >>> cs.load(cs.dump(policy)) == policy
    True
    """

    names: Mapping[str, Names] = attrs.field(factory=dict[str, Names])
    conventions: Conventions = attrs.field(factory=Conventions)
    cleaner: Fits | None = attrs.field(factory=_cleaner)
    dedupe: Fits | None = attrs.field(factory=_dedupe)
    merge: Merge | None = None
    lifecycle: Fits | None = attrs.field(factory=Lifecycle)
    scorecard: Fits | None = attrs.field(factory=_card)
    tier: Fits | None = attrs.field(factory=TierPlan)
    allocation: Assigns | None = None

    def fit(
        self, *, as_of: Day, progress: Progress | None = None, **tables: Unpack[TableArgs]
    ) -> Policy:
        """Learn every cut point and model from the tables, and freeze them.

        Args:
            as_of: The day; what is dated later is ignored.
            progress: Called as ``progress(step, done, total)``; ``False`` cancels.
            **tables: As for ``Policy.run``.

        Raises:
            ConfigError: Neither customers nor transactions are given.
        """
        return self._fitted(Inputs.of(as_of, tables, self.conventions), Teller(progress))[0]

    def run(
        self,
        *,
        as_of: Day,
        progress: Progress | None = None,
        actor: str | None = None,
        **tables: Unpack[TableArgs],
    ) -> Run:
        """Fit and decide in one pass over the same tables; the policy is ``run.policy``.

        Args:
            as_of: The day; what is dated later is ignored.
            progress: Called as ``progress(step, done, total)``; ``False`` cancels.
            actor: Who asked; every decision carries it.
            **tables: As for ``Policy.run``.
        """
        inputs, teller = Inputs.of(as_of, tables, self.conventions), Teller(progress)
        policy, prepared = self._fitted(inputs, teller)
        return policy.decide(prepared, inputs, teller, actor)

    def _fitted(self, inputs: Inputs, teller: Teller) -> tuple[Policy, Prepared]:
        preparation = self._preparation(inputs.get("customers"))
        prepared = preparation.run(inputs, teller)
        people = prepared.people
        fitted: dict[str, Any] = {}
        for name in ("lifecycle", "scorecard", "tier"):
            spec: Fits | None = getattr(self, name)
            if spec is not None:
                fitted[name] = spec.fit(people)
                people = fitted[name].apply(people)
        parts = attrs.asdict(preparation, recurse=False)
        allocation = self.allocation
        if allocation is None and (reps := inputs.get("reps")) is not None:
            allocation = suggest(people, reps)
        return Policy(**parts, **fitted, allocation=allocation), prepared

    def _preparation(self, customers: Any) -> Preparation:  # noqa: ANN401 - any kind of table
        bare = Preparation(names=self.names, conventions=self.conventions, merge=self.merge)
        if customers is None:
            return bare
        cleaner = None if self.cleaner is None else self.cleaner.fit(customers)
        made = attrs.evolve(bare, cleaner=cleaner)
        if self.dedupe is None or not _comparable(self.dedupe, customers):
            return made
        return attrs.evolve(made, matcher=self.dedupe.fit(made.cleaned(customers, {})))


def _comparable(dedupe: Fits, customers: Any) -> bool:  # noqa: ANN401 - any kind of table
    """Whether a preset that skips what is absent finds anything to compare by."""
    if not isinstance(dedupe, Dedupe) or dedupe.absent == "refuse":
        return True
    there = set(frames.table(customers).columns)
    return any(there.issuperset(key.needs) for key in dedupe.keys)
