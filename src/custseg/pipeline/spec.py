"""A job as a value: which parts, with which settings; ``fit`` freezes them into a policy."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Unpack

import attrs

from custseg import frames
from custseg.allocate import suggest
from custseg.classify import Lifecycle
from custseg.clean import Cleaner
from custseg.errors import NotEnoughDataError
from custseg.features import Conventions, Names, TransactionLog
from custseg.match import Dedupe, Merge
from custseg.match.parts import within
from custseg.match.roles import ROLES
from custseg.pipeline.counted import check_counted
from custseg.pipeline.desk import at_hand, dealing, sorting
from custseg.pipeline.order import idle, ordered
from custseg.pipeline.policy import Policy
from custseg.pipeline.prepare import Preparation, Prepared
from custseg.pipeline.progress import At, following
from custseg.pipeline.run import Run
from custseg.pipeline.tables import Assigns, Day, Fits, Inputs, TableArgs, by_table
from custseg.progress import Progress
from custseg.scoring import DealModel, Deals, Scorecard, Triage
from custseg.tiering import TierPlan
from custseg.values.columns import kind_of


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
        worth: What adds columns for the tier to read, in this order: RFM scores, a potential, a
            mix of values.
        tier: What it is worth, and which service follows.
        service: What each customer gets by lifecycle, tier and potential, and when; without it
            the services of the tiers.
        allocation: Who looks after it; without it the usual wishes (``allocate.suggest``), as far
            as the customers and the reps have the columns for them.
        triage: How feedback is sorted into a worklist, where it holds words.
        deals: Which open deals to call first, learnt from those that are over.

    >>> import custseg as cs
    >>> job = cs.Pipeline(names={"transactions": cs.Names(at="paid_at")}, scorecard=None)
    >>> policy = job.fit(
    ...     transactions=[{"customer_id": "a", "paid_at": "2026-06-01", "amount": 30.0}],
    ...     as_of="2026-06-30",
    ... )
    >>> cs.load(cs.dump(policy)) == policy
    True
    """

    names: Mapping[str, Names] = attrs.field(factory=dict[str, Names], validator=by_table)
    conventions: Conventions = attrs.field(factory=Conventions)
    cleaner: Fits | None = attrs.field(factory=_cleaner)
    dedupe: Fits | None = attrs.field(factory=_dedupe)
    merge: Merge | None = None
    lifecycle: Fits | None = attrs.field(factory=Lifecycle)
    scorecard: Fits | None = attrs.field(factory=_card)
    worth: tuple[Fits, ...] = attrs.field(default=(), converter=tuple[Fits, ...])
    tier: Fits | None = attrs.field(factory=TierPlan)
    service: Fits | None = None
    allocation: Assigns | None = None
    triage: Triage | None = attrs.field(factory=Triage)
    deals: Deals | None = attrs.field(factory=Deals)

    def fit(
        self, *, as_of: Day, progress: Progress | None = None, **tables: Unpack[TableArgs]
    ) -> Policy:
        """Learn every cut point and model from the tables, and freeze them.

        Args:
            as_of: The day; what is dated later is ignored.
            progress: Called as ``progress(step, done, total)``; ``False`` cancels.
            **tables: As for ``Policy.run``.

        Raises:
            ConfigError: Neither customers nor transactions are given, or the day is before all
                transactions.
            DataError: A table cannot be read as what it should be; names the column.
        """
        with following(progress) as at:
            return self._fitted(Inputs.of(as_of, tables, self.conventions), at)[0]

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
        inputs = Inputs.of(as_of, tables, self.conventions)
        with following(progress) as at:
            policy, prepared = self._fitted(inputs, at)
            return policy.decide(prepared, inputs, at, actor)

    def _fitted(self, inputs: Inputs, at: At) -> tuple[Policy, Prepared]:
        at("read")
        preparation = self._preparation(inputs.get("customers"))
        prepared = preparation.run(inputs, at)
        _check(prepared, preparation, inputs)
        people = prepared.people
        fitted: dict[str, Any] = {"worth": ()}
        for step in idle(self):
            prepared = prepared.without(step)
        for name, step, spec in ordered(self):
            model = None if step in prepared.reports else _learned(spec, prepared, people)
            if model is None:
                prepared = prepared.without(step)
                continue
            fitted[name] = (*fitted[name], model) if name == "worth" else model
            people = model.apply(people)
        allocation = self.allocation
        if allocation is None and (reps := inputs.get("reps")) is not None:
            allocation = attrs.evolve(suggest(people, reps), customer_id=preparation.id)
        parts = attrs.asdict(preparation, recurse=False)
        desk: dict[str, Any] = {
            "triage": self._triage(prepared),
            "deals": self._deals(prepared, inputs.as_of),
        }
        return Policy(**parts, **fitted, **desk, allocation=allocation), prepared

    def _triage(self, prepared: Prepared) -> Triage | None:
        table = prepared.histories.get("feedback")
        if self.triage is None or table is None:
            return None
        names = self.names.get("feedback", Names())
        return sorting(self.triage, names, frames.table(table).columns)

    def _deals(self, prepared: Prepared, as_of: date) -> DealModel | None:
        table = prepared.histories.get("opportunities")
        if self.deals is None or table is None:
            return None
        names = self.names.get("opportunities", Names())
        called = dealing(self.deals.names, names, frames.table(table).columns)
        spec = attrs.evolve(self.deals, names=called, conventions=self.conventions)
        return spec.fit(at_hand(table), as_of=as_of)

    def _preparation(self, customers: Any) -> Preparation:  # noqa: ANN401 - any kind of table
        names = self.names if customers is not None else _of_buyers(self.names)
        bare = Preparation(names=names, conventions=self.conventions, merge=self.merge)
        if customers is None:
            return bare
        cleaner = None if self.cleaner is None else self.cleaner.fit(customers)
        made = attrs.evolve(bare, cleaner=cleaner)
        columns = frames.table(customers).columns
        dedupe = _recognised(columns) if self.dedupe == _dedupe() else self.dedupe
        if dedupe is None or not _comparable(dedupe, columns):
            return made
        return attrs.evolve(made, matcher=dedupe.fit(made.cleaned(customers, {})))


def _of_buyers(names: Mapping[str, Names]) -> Mapping[str, Names]:
    """Names of a job without customers: they are those of the transactions, and called so."""
    if "customers" in names or "transactions" not in names:
        return names
    return {**names, "customers": Names(customer=names["transactions"].customer)}


def _learned(spec: Fits, prepared: Prepared, people: Any) -> Any:  # noqa: ANN401 - the spec's own model
    """The fitted model; ``None`` where nobody came, or nothing is known of what they bought."""
    try:
        return spec.fit(people)
    except NotEnoughDataError:
        bought = prepared.reports["profile"].table("transactions")
        if bought is not None and bought.rows and frames.table(people).size:
            raise
        return None


def _check(prepared: Prepared, preparation: Preparation, inputs: Inputs) -> None:
    """There is something to learn from."""
    data = inputs.get("transactions")
    if data is not None:
        names = preparation.names.get("transactions", Names())
        logged = isinstance(data, TransactionLog)
        columns = tuple(data.columns.values()) if logged else frames.table(data).columns
        check_counted(prepared.reports["profile"], names, columns)


def _recognised(columns: Sequence[str]) -> Fits:
    """The usual keys, with roles found in columns of other usual names, such as 手机号."""
    found: dict[str, str] = {}
    for column in columns:
        kind = kind_of(column)
        role = {"person": "name", "date": "birthday"}.get(str(kind), str(kind))
        if role in ROLES and role not in columns:
            found.setdefault(role, column)
    return Dedupe.preset("contact", names=found)


def _comparable(dedupe: Fits, columns: Sequence[str]) -> bool:
    """Whether a preset that skips what is absent finds anything to compare by."""
    if not isinstance(dedupe, Dedupe) or dedupe.absent == "refuse":
        return True
    kept, _, _ = within(dedupe, columns)
    return bool(kept.keys or kept.comparisons)
