"""A fitted job: frozen numbers that decide about a company's customers, or about one."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Unpack, cast

import attrs

from custseg import frames
from custseg.errors import ConfigError
from custseg.features import Conventions, Names
from custseg.labels import title
from custseg.layout import html_table
from custseg.match import Merge
from custseg.model import RowModel
from custseg.pipeline.decision import Stamp, policy_hash, record_hash
from custseg.pipeline.explanation import CustomerExplanation
from custseg.pipeline.nextstep import next_step
from custseg.pipeline.order import named, ordered
from custseg.pipeline.past import check_past
from custseg.pipeline.prepare import Preparation, Prepared
from custseg.pipeline.progress import At, following
from custseg.pipeline.queries import Queries, queries_of
from custseg.pipeline.run import Run
from custseg.pipeline.tables import (
    Applies,
    Assigns,
    Day,
    Inputs,
    Matches,
    TableArgs,
    by_table,
)
from custseg.progress import Progress
from custseg.scoring import DealModel, Triage
from custseg.showing import Shown, heads

_LOG = logging.getLogger(__name__)


@attrs.frozen(kw_only=True)
class Policy(Shown):
    """All cut points and models of a job, frozen: it decides, and never re-cuts.

    Made by ``Pipeline.fit``; ``cs.dump`` writes it as JSON and ``cs.load`` reads it.

    Attributes:
        names: What the columns of each table are called.
        conventions: How the company counts.
        cleaner: Fitted cleaner.
        matcher: Fitted matcher.
        merge: How doubles become one record.
        lifecycle: Fitted lifecycle model.
        scorecard: Scorecard.
        worth: Fitted models that add what the tier reads, such as RFM scores or a potential.
        tier: Fitted tier model.
        service: What each customer gets, by lifecycle, tier and potential.
        allocation: How customers are shared out.
        triage: How feedback is sorted for the worklist.
        deals: Fitted model of deals, for the list of calls.

    >>> import custseg as cs
    >>> tier = cs.tiering.TierPlan(cs.tiering.Thresholds((100.0, 1000.0))).fit([])
    >>> Policy(tier=tier).one({"revenue": 2100.0})["tier"]
    'high'
    """

    schema_version: ClassVar[int] = 1

    names: Mapping[str, Names] = attrs.field(factory=dict[str, Names], validator=by_table)
    conventions: Conventions = attrs.field(factory=Conventions)
    cleaner: Applies | None = None
    matcher: Matches | None = None
    merge: Merge | None = None
    lifecycle: Applies | None = None
    scorecard: Applies | None = None
    worth: tuple[Applies, ...] = ()
    tier: Applies | None = None
    service: Applies | None = None
    allocation: Assigns | None = None
    triage: Triage | None = None
    deals: DealModel | None = None

    @property
    def hash(self) -> str:
        """Fingerprint of every number of the policy."""
        return policy_hash(self)

    @property
    def id(self) -> str:
        """Name of the customers' id column."""
        return self.preparation.id

    @property
    def models(self) -> dict[str, Applies]:
        """The row models in the order in which they decide."""
        return named(ordered(self))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [
            (
                title(name, locale),
                ", ".join(title(column, locale) for column in getattr(model, "gives", ())),
            )
            for name, model in self.models.items()
        ]
        return html_table(heads(locale, "step", "columns_added"), rows)

    @property
    def preparation(self) -> Preparation:
        """The parts that work before the rules read columns."""
        return Preparation(
            names=self.names,
            conventions=self.conventions,
            cleaner=self.cleaner,
            matcher=self.matcher,
            merge=self.merge,
        )

    def run(
        self,
        *,
        as_of: Day,
        progress: Progress | None = None,
        actor: str | None = None,
        **tables: Unpack[TableArgs],
    ) -> Run:
        """Decide about all customers.

        Args:
            as_of: The day; what is dated later is ignored and counted.
            progress: Called as ``progress(step, done, total)``; ``False`` cancels.
            actor: Who asked; every decision carries it.
            **tables: ``customers``, ``transactions``, ``interactions``, ``feedback``,
                ``visits``, ``opportunities``, ``reps``, and ``previous``, what the last run
                wrote, for reviews of tiers to go on from: any kind of table each.

        Raises:
            ConfigError: Neither customers nor transactions are given, or nothing is to decide.
            CancelledError: The callback returned ``False``.
        """
        self.require()
        inputs = Inputs.of(as_of, tables, self.conventions)
        with following(progress) as at:
            return self.decide(self.preparation.run(inputs, at), inputs, at, actor)

    def decide(self, prepared: Prepared, inputs: Inputs, at: At, actor: str | None = None) -> Run:
        """Decide about customers that are profiled already."""
        people = prepared.people
        for _, step, model in ordered(self):
            at(step)
            check_past(people, model)
            people = model.apply(people)
        at("allocate")
        plan = None
        reps = inputs.get("reps")
        if self.allocation is not None and reps is not None:
            plan = self.allocation.assign(people, reps, as_of=inputs.as_of)
            people = plan.table
        at("done")
        _LOG.info("decided, by policy %s", self.hash)
        profiled = frames.table(prepared.people)
        seen = frames.fingerprint(profiled, key=self.id if self.id in profiled.columns else "")
        stamp = Stamp(self.hash, seen, inputs.as_of.isoformat(), actor)
        return Run(people, self, stamp, prepared, plan)

    def one(self, record: Any) -> dict[str, Any]:  # noqa: ANN401 - any kind of record
        """Decide about one profiled customer, in microseconds; no dataframe library is loaded.

        Args:
            record: A profile row, kept by the CRM or made by ``TransactionLog.one``.

        Returns:
            A new dict with the decided columns.

        Raises:
            MissingColumnError: A column that a rule reads is not in the record.
        """
        row = dict(frames.as_mapping(record))
        for model in self.models.values():
            if isinstance(model, RowModel):
                row.update(model.scalar(row))
            else:
                row = model.one(row)
        return row

    def explain(self, record: Any, /, *, actor: str | None = None) -> CustomerExplanation:  # noqa: ANN401 - any kind of record
        """Why one profiled customer is decided as it is.

        Args:
            record: A profile row.
            actor: Who asks.
        """
        row = dict(frames.as_mapping(record))
        stamp = Stamp(self.hash, record_hash(row), _day_of(row), actor)
        parts: dict[str, Any] = {}
        for name, model in self.models.items():
            parts[name] = model.explain(row)
            row = model.one(row)
        day = date.fromisoformat(stamp.as_of) if stamp.as_of else None
        due = None if day is None else next_step(row, self.intervals(), day)
        return CustomerExplanation(row.get(self.id), parts, stamp, due)

    def to_sql(self, *, table: str = "customers", dialect: str = "duckdb") -> Queries:
        """The steps as SQL, one query a step, and those that no query can say.

        Args:
            table: The table of profiles, as SQL names it.
            dialect: ``duckdb``, ``sqlite``, or any dialect of sqlglot (extra ``sql``).

        Raises:
            MissingDependencyError: The dialect needs sqlglot, which is not installed.
        """
        return queries_of(self, table, dialect)

    def words(self, column: str) -> tuple[str, ...]:
        """The words of a decided column, in the order of its labels; empty where unknown."""
        for model in self.models.values():
            words = getattr(model, "gives", {}).get(column)
            if isinstance(words, tuple):
                return words  # pyright: ignore[reportUnknownVariableType]
        return ()

    def intervals(self) -> dict[str, int | None]:
        """Days between contacts by tier, where the tier model promises them."""
        service: Any = getattr(self.tier, "service", None)
        if not isinstance(service, Mapping):
            return {}
        promises = cast("Mapping[str, Any]", service)
        return {t: getattr(p, "contact_interval_days", None) for t, p in promises.items()}

    def require(self) -> None:
        """Refuse a policy that decides nothing.

        Raises:
            ConfigError: It has no model.
        """
        if not self.models and self.allocation is None:
            msg = "a policy needs at least one of lifecycle, scorecard, tier, allocation"
            raise ConfigError(msg)


def _day_of(row: Mapping[str, Any]) -> str | None:
    day = row.get("as_of")
    return None if day is None else str(day)[:10]
